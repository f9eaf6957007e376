package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	api "github.com/blevesearch/bleve_index_api"

	"lianwen/corpus"
)

// BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009)
// with the usual reading of the parameters: k1 bounds what repetition adds, b
// is how far long texts are discounted.
const (
	k1 = 0.8
	b  = 0.6
)

// singleWeight and singlePower make a single character count for little unless
// it is rare: pairs carry the meaning, single characters catch what pairs miss.
const (
	singleWeight = 0.3
	singlePower  = 1.5
)

// fieldWeight is what a match in each field is worth.
var fieldWeight = map[string]float64{fieldBody: 1, fieldAsked: 1, fieldHead: 0.4}

// candidate is an article while it is being scored.
type candidate struct {
	unit    int
	score   float64
	covered float64 // idf of the question's own pairs and words that it has
	pairs   int     // how many those are
	last    int     // the term counted last in covered
}

// rank scores every article that shares a term with the question.
func (x *Index) rank(ctx context.Context, folded string) (Result, error) {
	ts := questionTerms(folded, x.groups)
	found := map[int]*candidate{}
	total := 0.0
	for i, t := range ts {
		idf, err := x.score(ctx, i, t, found)
		if err != nil {
			return Result{}, err
		}
		if !t.single() && !t.synonym {
			total += idf
		}
	}
	ranked := make([]*candidate, 0, len(found))
	for _, c := range found {
		ranked = append(ranked, c)
	}
	slices.SortFunc(ranked, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.unit, b.unit))
	})
	return x.decide(ts, ranked, total), nil
}

// score adds one term's part to every article that has it, and returns the
// term's idf over the whole corpus.
func (x *Index) score(ctx context.Context, i int, t term, found map[int]*candidate) (float64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	readers := make([]api.TermFieldReader, len(fields))
	df := uint64(0)
	for f, field := range fields {
		r, err := x.reader.TermFieldReader(ctx, []byte(t.text), field, true, true, false)
		if err != nil {
			return 0, fmt.Errorf("read term in %s: %w", field, err)
		}
		defer r.Close()
		readers[f] = r
		df = max(df, r.Count())
	}
	n := float64(len(x.units))
	idf := math.Log(1 + (n-float64(df)+0.5)/(float64(df)+0.5))
	weight := t.share * idf
	if t.single() {
		weight = t.share * singleWeight * math.Pow(idf, singlePower)
	}
	for f, r := range readers {
		err := x.scoreField(r, x.mean[fields[f]], func(unit int, tf float64) {
			c := found[unit]
			if c == nil {
				c = &candidate{unit: unit, last: -1}
				found[unit] = c
			}
			c.score += fieldWeight[fields[f]] * weight * tf
			if c.last != i && !t.single() && !t.synonym {
				c.covered += idf
				c.pairs++
				c.last = i
			}
		})
		if err != nil {
			return 0, err
		}
	}
	return idf, nil
}

// scoreField calls add with BM25's saturated frequency for each posting.
func (x *Index) scoreField(r api.TermFieldReader, mean float64, add func(unit int, tf float64)) error {
	var posting api.TermFieldDoc
	for {
		p, err := r.Next(&posting)
		if err != nil {
			return fmt.Errorf("read postings: %w", err)
		}
		if p == nil {
			return nil
		}
		tf := float64(p.Freq)
		length := 1 / (p.Norm * p.Norm) // bleve's norm is 1/√length
		add(x.place[p.ID.Value()], tf*(k1+1)/(tf+k1*(1-b+b*length/mean)))
	}
}

// hits turns the best candidates into hits with their quotes.
func (x *Index) hits(ranked []*candidate, ts []term) []Hit {
	var out []Hit
	for _, c := range ranked[:min(len(ranked), MaxHits)] {
		h := newHit(x.units[c.unit], ts)
		h.Score = c.score
		out = append(out, h)
	}
	return out
}

// nearestRules are the rules of the best candidates, each once.
func (x *Index) nearestRules(ranked []*candidate, n int) []*corpus.Rule {
	var rules []*corpus.Rule
	for _, c := range ranked {
		r := x.units[c.unit].Rule
		if !slices.Contains(rules, r) {
			rules = append(rules, r)
		}
		if len(rules) == n {
			break
		}
	}
	return rules
}
