package index

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lianwen/corpus"
)

// BenchmarkGrowth asks the same questions of the articles and of a million
// made from them. kept is the share of the ten best that would be among the ten
// best without a budget.
func BenchmarkGrowth(b *testing.B) {
	c, questions := compared(b)
	engines := []*engine{ours(b, c), ours(b, million(b, c))}
	engines[0].name, engines[1].name = "as-given", "million"
	for _, e := range engines {
		e.kept = kept(b, e.index, questions)
	}
	for range b.N {
		for _, e := range engines {
			e.took = nil
			for _, j := range questions {
				start := time.Now()
				if _, err := e.ask(j.Q); err != nil {
					b.Fatal(err)
				}
				e.took = append(e.took, time.Since(start))
			}
		}
	}
	b.ReportMetric(0, "ns/op")
	for _, e := range engines {
		b.Run(e.name, func(b *testing.B) { e.report(b, len(questions)) })
	}
}

func kept(b *testing.B, x *Index, questions []Judged) float64 {
	ten := func(q string, budget int) []*corpus.Article {
		p := x.params
		p.budget = budget
		x.params = p
		res, err := x.Search(context.Background(), Query{Text: q, Depth: 10})
		if err != nil {
			b.Fatal(err)
		}
		return res.Ranked
	}
	same, all := 0, 0
	for i := 0; i < len(questions); i += 5 {
		exact := ten(questions[i].Q, math.MaxInt)
		for _, a := range ten(questions[i].Q, defaults.budget) {
			if all++; slices.Contains(exact, a) {
				same++
			}
		}
	}
	return float64(same) / float64(all)
}

// million makes 1,000,000 articles in rules of a hundred, each out of clauses
// of the given ones, as many as a given one has: words are as frequent as in
// real articles and stand together as there, within a clause.
func million(b *testing.B, c *corpus.Corpus) *corpus.Corpus {
	var clauses []string
	var lengths []int
	for _, a := range indexable(c) {
		n := 0
		for _, s := range strings.FieldsFunc(a.Text, func(r rune) bool { return strings.ContainsRune("，。；\n", r) }) {
			clauses = append(clauses, s)
			n++
		}
		lengths = append(lengths, max(1, n))
	}
	random := rand.New(rand.NewPCG(1, 2))
	var file bytes.Buffer
	lines := json.NewEncoder(&file)
	for i := range 1_000_000 {
		var text strings.Builder
		for range lengths[random.IntN(len(lengths))] {
			text.WriteString(clauses[random.IntN(len(clauses))] + "，")
		}
		title := fmt.Sprintf("第%d号规定第%s条", i/100, corpus.FormatNumeral(i%100+1))
		if err := lines.Encode(map[string]string{"id": strconv.Itoa(i), "title": title, "text": text.String()}); err != nil {
			b.Fatal(err)
		}
	}
	big, err := corpus.Read(fstest.MapFS{"million.jsonl": {Data: file.Bytes()}})
	if err != nil {
		b.Fatal(err)
	}
	return big
}
