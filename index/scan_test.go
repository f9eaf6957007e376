package index

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
)

// crowded is a library of two shards, and a question of forty characters that
// are in about half of its articles each.
func crowded(t *testing.T) (*corpus.Corpus, string) {
	t.Helper()
	chars := strings.Split("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥金木水火土天地玄黄宇宙洪荒日月盈昃列", "")
	var b strings.Builder
	b.WriteString("试验章程\n")
	bits := uint32(1)
	for i := 1; i <= maxShards*minShard; i++ {
		fmt.Fprintf(&b, "第%s条 委员%s", corpus.FormatNumeral(i), strings.Repeat("到会", 1+i%8))
		for _, c := range chars {
			if bits = bits*1664525 + 1013904223; bits>>31 == 0 {
				b.WriteString("，" + c) // apart, so that they make no pairs
			}
		}
		b.WriteString("。\n")
	}
	c, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte(b.String())}})
	if err != nil {
		t.Fatal(err)
	}
	return c, "委员到会 " + strings.Join(chars, " ")
}

// When a question has more postings than are read, the best articles score what
// reading everything would have given them, and the others less.
func TestScoreContenders(t *testing.T) {
	t.Parallel()
	c, question := crowded(t)
	x := openIndex(t, c)
	if len(x.stores) != maxShards {
		t.Fatalf("%d shards", len(x.stores))
	}
	comparePostings(t, x, fieldBody) // across the shards
	scores := func(budget int) []float32 {
		x.params.budget = budget
		s := x.newScan()
		defer s.release()
		if err := s.score(t.Context(), x.questionTerms(fold(question)), textFields); err != nil {
			t.Fatal(err)
		}
		return slices.Clone(s.own)
	}
	all := scores(math.MaxInt)
	if got := best(scores(0), 10); len(got) != 10 {
		t.Errorf("without a budget: %d found, want 10 all the same", len(got))
	}
	for _, budget := range []int{100_000, 150_000} {
		some := scores(budget)
		if got, want := best(some, 10), best(all, 10); !slices.Equal(got, want) {
			t.Errorf("budget %d:\ngot  %v\nwant %v", budget, got, want)
		}
		less := 0
		for u := range x.units {
			if some[u] > all[u] {
				t.Fatalf("budget %d: article %d scores %v, more than all terms are worth, %v", budget, u, some[u], all[u])
			}
			if some[u] < all[u] {
				less++
			}
		}
		if less < len(x.units)/2 || less > len(x.units)-contenders {
			t.Errorf("budget %d: %d of %d articles score less than they could, want most, but never of the best %d", budget, less, len(x.units), contenders)
		}
	}
}
