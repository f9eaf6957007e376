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

// params are the parameters of ranking. They stand together so that each part
// can be taken away by itself and measured.
type params struct {
	fields map[string]field
	// A single character counts for single × idf^singlePower: pairs carry the
	// meaning, single characters catch what pairs miss.
	single, singlePower float64
	// What a term of the asking counts for, among the asked-as lines only.
	scaffold float64
	// What a synonym counts for, next to a word that was said.
	synonym float64
	// What the other articles of its rule add to an article: a share of the
	// mean of the rule's ten best, and of the better of its two neighbours.
	rule, neighbour float64
}

// field is how matches in one field count: their weight, and BM25's k1, which
// bounds what repetition adds, and b, how far long texts are discounted
// (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009).
type field struct{ weight, k1, b float64 }

// defaults were chosen on the judged questions (testdata); the optimum is flat,
// see testdata/ablation.golden for what each part is worth.
var defaults = params{
	fields: map[string]field{
		fieldBody:  {weight: 1, k1: 0.8, b: 0.6},
		fieldAsked: {weight: 1.6, k1: 0.8, b: 0.4},
		fieldHead:  {weight: 0.1, k1: 0.8, b: 0.6},
		fieldSound: {weight: 1, k1: 1.2}, // no b: its mean length is not kept
	},
	single: 0.5, singlePower: 1.5, scaffold: 1,
	synonym: 0.5, rule: 0.6, neighbour: 0.1,
}

// candidate is an article with its score.
type candidate struct {
	unit  int
	score float64
}

// rank scores every article that shares a term with the question. Its result
// lists the best depth of them in Ranked.
func (x *Index) rank(ctx context.Context, folded string, depth int) (Result, error) {
	ts := x.questionTerms(folded)
	own := make([]float64, len(x.units))
	for i := range ts {
		if err := x.score(ctx, &ts[i], textFields, own); err != nil {
			return Result{}, err
		}
	}
	ranked := best(x.inContext(own), max(depth, minRanked))
	res := x.decide(ts, ranked)
	res.Ranked = x.articles(ranked, depth)
	if res.Outcome != None {
		return res, nil
	}
	if guess, ok, err := x.rankBySound(ctx, folded, depth); ok || err != nil {
		return guess, err
	}
	return res, nil
}

// articles are the first n of the ranked.
func (x *Index) articles(ranked []candidate, n int) []*corpus.Article {
	var out []*corpus.Article
	for _, c := range ranked[:min(n, len(ranked))] {
		out = append(out, x.units[c.unit])
	}
	return out
}

// minRanked is how many of the best are looked at: enough for the hits and for
// the rules nearest to them.
const minRanked = 20

// best returns the n articles with the highest scores, best first; articles
// with equal scores stand in the order of the library.
func best(scores []float64, n int) []candidate {
	order := func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.unit, b.unit))
	}
	top := make([]candidate, 0, 2*n)
	floor := 0.0 // what a score must exceed to be among the n best
	for u, s := range scores {
		if s <= floor {
			continue
		}
		top = append(top, candidate{u, s})
		if len(top) == 2*n {
			slices.SortFunc(top, order)
			top = top[:n]
			floor = top[n-1].score
		}
	}
	slices.SortFunc(top, order)
	return top[:min(n, len(top))]
}

// score adds one term's part to every article that has it, and sets its idf:
// how few articles have it in the field where most have it.
func (x *Index) score(ctx context.Context, t *term, fields []string, scores []float64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	readers := make([]api.TermFieldReader, len(fields))
	df := uint64(0)
	for f, name := range fields {
		if x.mean[name] == 0 { // no article has anything there
			continue
		}
		r, err := x.reader.TermFieldReader(ctx, []byte(t.text), name, true, true, false)
		if err != nil {
			return fmt.Errorf("read term in %s: %w", name, err)
		}
		defer r.Close()
		readers[f] = r
		df = max(df, r.Count())
	}
	n := float64(len(x.units))
	t.idf = math.Log(1 + (n-float64(df)+0.5)/(float64(df)+0.5))
	weight := t.share * t.idf
	if t.single() {
		weight = t.share * x.params.single * math.Pow(t.idf, x.params.singlePower)
	}
	if t.scaffold {
		weight *= x.params.scaffold
	}
	for f, r := range readers {
		if r == nil || t.scaffold && fields[f] != fieldAsked {
			continue
		}
		p := x.params.fields[fields[f]]
		p.weight *= weight
		if err := x.scoreField(r, p, x.mean[fields[f]], scores); err != nil {
			return err
		}
	}
	return nil
}

// scoreField adds BM25's saturated frequency, weighed, for each posting.
func (x *Index) scoreField(r api.TermFieldReader, f field, mean float64, scores []float64) error {
	var posting api.TermFieldDoc
	for {
		p, err := r.Next(&posting)
		if err != nil {
			return fmt.Errorf("read postings: %w", err)
		}
		if p == nil {
			return nil
		}
		tf, long := float64(p.Freq), 0.0
		if f.b > 0 {
			long = f.b * (1/(p.Norm*p.Norm)/mean - 1) // bleve's norm is 1/√length
		}
		scores[x.place[p.ID.Value()]] += f.weight * tf * (f.k1 + 1) / (tf + f.k1*(1+long))
	}
}

// inContext adds to each article that was found what its rule and its
// neighbours say for it.
func (x *Index) inContext(own []float64) []float64 {
	out := make([]float64, len(own))
	for start := 0; start < len(x.units); {
		end := start + 1
		for end < len(x.units) && x.units[end].Rule == x.units[start].Rule {
			end++
		}
		rule := x.params.rule * topMean(own[start:end])
		for u := start; u < end; u++ {
			if own[u] == 0 {
				continue
			}
			near := 0.0
			if u > start {
				near = own[u-1]
			}
			if u+1 < end {
				near = max(near, own[u+1])
			}
			out[u] = own[u] + rule + x.params.neighbour*near
		}
		start = end
	}
	return out
}

// topMean is the sum of the ten greatest, divided by ten: a rule with one
// matching article is not as near as one with ten.
func topMean(scores []float64) float64 {
	const n = 10
	var top [n]float64 // ascending
	for _, s := range scores {
		if s <= top[0] {
			continue
		}
		i := 1
		for i < n && top[i] < s {
			top[i-1] = top[i]
			i++
		}
		top[i-1] = s
	}
	sum := 0.0
	for _, s := range top {
		sum += s
	}
	return sum / n
}

// hits turns the best candidates into hits with their quotes.
func (x *Index) hits(ranked []candidate, ts []term) []Hit {
	var out []Hit
	for _, c := range ranked[:min(len(ranked), MaxHits)] {
		h := newHit(x.units[c.unit], ts)
		h.Score = c.score
		out = append(out, h)
	}
	return out
}

// nearestRules are the rules of the best candidates, each once.
func (x *Index) nearestRules(ranked []candidate, n int) []*corpus.Rule {
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
