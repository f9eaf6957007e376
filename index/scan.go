package index

import (
	"context"
	"math"
	"slices"
	"sync"
)

// contenders is for how many of the best articles the lists are looked at that
// the budget left over.
const contenders = 2000

// scan is the scoring of one question. What it holds is as large as the corpus
// and used again.
type scan struct {
	x        *Index
	own, out []float32 // by place: an article's own score, and with its context
	of       []float32 // … and what the term at hand adds to it, before level
	into     []float32 // where adders add: own, or of

	// Of own and of, what the asked-as lines give; empty where all articles have
	// their lines: see thin.go.
	asked, ofAsked, intoAsked []float32

	levels  bool     // the question has words enough for level
	touched []uint32 // the rules that the term at hand is found in
	widest  []uint32 // the places where the term at hand is, in the field where most have it
	units   []uint32
	seen    []uint32 // by rule: the last term that was found there
	term    uint32
}

var scans sync.Pool

func (x *Index) newScan() *scan {
	s, _ := scans.Get().(*scan)
	if s == nil {
		s = &scan{}
	}
	n := len(x.units)
	s.x = x
	s.own, s.out = slices.Grow(s.own[:0], n)[:n], slices.Grow(s.out[:0], n)[:n]
	s.seen = slices.Grow(s.seen[:0], len(x.rules))[:len(x.rules)]
	s.of = slices.Grow(s.of[:0], n)[:n]
	s.into = s.own
	clear(s.own)
	clear(s.of)
	clear(s.out)
	clear(s.seen)
	s.asked, s.ofAsked = s.asked[:0], s.ofAsked[:0]
	if x.uneven {
		s.asked, s.ofAsked = slices.Grow(s.asked, n)[:n], slices.Grow(s.ofAsked, n)[:n]
		clear(s.asked)
		clear(s.ofAsked)
	}
	s.intoAsked = s.asked
	s.term = 0
	return s
}

func (s *scan) release() {
	s.x = nil
	scans.Put(s)
}

// reading is a term with the lists it is found in.
type reading struct {
	*term
	lists  [][]list // by field and layer; nil where it is not looked for
	df     int      // in the field where most have it,
	widest int      // which is this one
}

// score adds every term's part to every article that has it, and sets the
// terms' idf: how few articles have it in the field where most have it.
func (s *scan) score(ctx context.Context, ts []term, fields []string) error {
	p, err := s.x.postings()
	if err != nil {
		return err
	}
	s.levels = ownWords(ts) >= levelWords
	readings := make([]reading, len(ts))
	for i := range ts {
		if readings[i], err = s.find(p, &ts[i], fields); err != nil {
			return err
		}
	}
	slices.SortStableFunc(readings, func(a, b reading) int { return a.df - b.df })
	read := 0
	for i, r := range readings {
		if err := ctx.Err(); err != nil {
			return err
		}
		// The first that is in any article is read whatever it costs: without it
		// there would be no best.
		if read += r.df; read > max(s.x.params.budget, r.df) && r.single() {
			s.scoreContenders(p, readings[i:], fields)
			return nil
		}
		s.scoreTerm(p, r, fields)
	}
	return nil
}

func (s *scan) find(p *postings, t *term, fields []string) (reading, error) {
	r := reading{term: t, lists: make([][]list, len(fields))}
	single := t.single()
	for f, name := range fields {
		for n := range layers {
			l, err := p.find(name, layerTerm(t.text, n))
			if err != nil {
				return r, err
			}
			if l.n == 0 {
				break
			}
			r.lists[f] = append(r.lists[f], l)
			if n == 0 && l.n > r.df {
				r.df, r.widest = l.n, f
			}
			if single || t.once || name == fieldSound {
				break // they have one layer
			}
		}
	}
	t.idf = s.x.idf(r.df)
	return r, nil
}

// idf is how rare a term is that so many articles have.
func (x *Index) idf(df int) float64 {
	n := float64(len(x.units))
	return math.Log(1 + (n-float64(df)+0.5)/(float64(df)+0.5))
}

// scoreTerm reads a term's lists and adds what BM25 gives for them.
func (s *scan) scoreTerm(p *postings, r reading, fields []string) {
	if r.df == 0 {
		return
	}
	s.widest = p.units(r.lists[r.widest][0], s.widest[:0])
	weight := s.weight(*r.term, s.countRules(s.widest))
	levels := s.levels && !r.single()
	if levels {
		s.into, s.intoAsked = s.of, s.ofAsked
	}
	for f, lists := range r.lists {
		if len(lists) == 0 || r.scaffold && fields[f] != fieldAsked {
			continue
		}
		add := s.adder(fields[f], weight, r.single())
		for n, l := range lists {
			units := s.widest
			if f != r.widest || n > 0 {
				s.units = p.units(l, s.units[:0])
				units = s.units
			}
			if add(units, n); levels && n == 0 {
				s.touch(units)
			}
		}
	}
	if levels {
		s.level()
	}
}

// scoreContenders adds what the terms left over are worth to the best so far.
func (s *scan) scoreContenders(p *postings, rest []reading, fields []string) {
	some := p.some(best(s.own, contenders))
	for _, r := range rest {
		weight := s.weight(*r.term, len(s.x.rules))
		for f, lists := range r.lists {
			if len(lists) == 0 || r.scaffold && fields[f] != fieldAsked {
				continue
			}
			add := s.adder(fields[f], weight, r.single())
			for n, l := range lists {
				s.units = p.unitsAmong(l, some, s.units[:0])
				add(s.units, n)
			}
		}
	}
}

// adder returns a function that adds to each unit what one more layer of a
// term is worth in a field.
func (s *scan) adder(name string, weight float64, single bool) func(units []uint32, layer int) {
	add := s.adderTo(s.into, name, weight, single)
	if name != fieldAsked || len(s.intoAsked) == 0 {
		return add
	}
	addAsked := s.adderTo(s.intoAsked, name, weight, single)
	return func(units []uint32, layer int) {
		add(units, layer)
		addAsked(units, layer)
	}
}

func (s *scan) adderTo(into []float32, name string, weight float64, single bool) func(units []uint32, layer int) {
	x := s.x
	field := x.params.fields[name]
	discount := x.discounts[name]
	if single {
		discount = x.singleDiscounts[name]
	}
	top := float32(weight * field.weight * (field.k1 + 1))
	return func(units []uint32, layer int) {
		tf := float32(layers[layer].tf)
		if discount == nil {
			for _, u := range units {
				into[u] += top / (1 + float32(field.k1))
			}
			return
		}
		if layer == 0 {
			for _, u := range units {
				into[u] += top / (1 + discount[u])
			}
			return
		}
		below := float32(layers[layer-1].tf)
		for _, u := range units {
			d := discount[u]
			into[u] += top * (tf/(tf+d) - below/(below+d))
		}
	}
}

// weight is what a term counts for that is found in so many rules.
func (s *scan) weight(t term, rules int) float64 {
	p := s.x.params
	share := t.share
	if share > 1 {
		share = math.Pow(share, p.repeat)
	}
	var w float64
	if t.single() {
		w = share * p.single * math.Pow(t.idf, p.singlePower)
	} else {
		w = share * math.Pow(t.idf, p.pairPower)
	}
	if t.scaffold {
		w *= p.scaffold
	}
	if p.spread == 0 {
		return w
	}
	n := float64(len(s.x.rules))
	rarity := math.Log(1 + (n-float64(rules)+0.5)/(float64(rules)+0.5))
	return w * math.Pow((t.idf+spreadFloor)/(rarity+spreadFloor), p.spread)
}

// spreadFloor keeps the quotient of two small rarities near 1.
const spreadFloor = 0.2

// countRules is how many rules the articles of a list belong to.
func (s *scan) countRules(units []uint32) int {
	s.term++
	n := 0
	for _, u := range units {
		if r := s.x.ruleOf[u]; s.seen[r] != s.term {
			s.seen[r] = s.term
			n++
		}
	}
	return n
}
