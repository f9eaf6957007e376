package index

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	"lianwen/corpus"
)

// passage is a passage of an article with what it is compared by.
type passage struct {
	corpus.Passage
	text, lead, asked string // folded

	lines []line
}

// passages are an article's passages, folded when they are first needed.
func (x *Index) passages(unit int) []passage {
	if known := x.divided[unit].Load(); known != nil {
		return *known
	}
	a := x.units[unit]
	all := a.Passages()
	out := make([]passage, len(all))
	for i, p := range all {
		out[i] = passage{Passage: p, text: fold(p.In(a.Text))}
		for _, s := range p.Lead {
			out[i].lead += fold(s.In(a.Text)) + "\n"
		}
		for _, l := range p.AskedAs {
			out[i].lines = append(out[i].lines, newLine(fold(l)))
			out[i].asked += out[i].lines[len(out[i].lines)-1].text + "\n"
		}
	}
	x.divided[unit].Store(&out)
	return out
}

// What tells the passage of an article that answers. The terms a passage has
// itself count whole, those of the words it depends on for leadShare and of its
// asked-as lines for askedShare; one such line that is like the question counts for
// up to linesShare of all the question says, having what is asked for (a number,
// an office …) for kindShare of it. What the reply before has shown counts for
// readShare: whoever asks on wants something else. What is told besides the question
// has found the article; here it counts for asideShare. A passage fits that has
// fitShare of what the best has.
const (
	leadShare  = 0.9
	askedShare = 0.4
	linesShare = 1.0
	kindShare  = 0.15
	readShare  = 0.85
	fitShare   = 0.5
	asideShare = 0.3
)

// dependent is a passage that says nothing without what stands before it.
var dependent = regexp.MustCompile(`本款|前款|前两款|前项|前述|上述`)

// fitting are an article's passages by how well they fit a question, the first of
// equals first, those left out that do not fit.
func (x *Index) fitting(a *corpus.Article, passages []passage, q *question) []int {
	worth := make([]float64, len(q.terms))
	for k, t := range q.terms {
		if worth[k] = x.worth(t); t.aside {
			worth[k] *= asideShare
		}
	}
	scores := make([]float64, len(passages))
	order := make([]int, len(passages))
	for i, p := range passages {
		order[i] = i
		for k, t := range q.terms {
			switch {
			case t.scaffold:
			case strings.Contains(p.text, t.text):
				scores[i] += worth[k]
			case strings.Contains(p.asked, t.text):
				scores[i] += askedShare * worth[k]
			case strings.Contains(p.lead, t.text):
				scores[i] += leadShare * worth[k]
			}
		}
		if dependent.MatchString(p.In(a.Text)) {
			scores[i] *= readShare
		}
		scores[i] += q.worth * linesShare * q.like.lines(p.lines)
		if q.kinds.in(p.text) {
			scores[i] += kindShare * q.worth
		}
		if q.before.Reply != "" && strings.Contains(q.before.Reply, p.In(a.Text)) {
			scores[i] *= readShare
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	n := 1
	for n < len(order) && scores[order[n]] >= fitShare*scores[order[0]] {
		n++
	}
	return order[:n]
}

// worth is what a term counts for wherever it stands.
func (x *Index) worth(t term) float64 {
	if t.single() {
		return t.share * x.params.single * math.Pow(t.idf, x.params.singlePower)
	}
	return t.share * math.Pow(t.idf, x.params.pairPower)
}

// newHit is an article with the passage of it that answers.
func (x *Index) newHit(unit int, q *question) Hit {
	h := Hit{Article: x.units[unit], Quote: x.units[unit].Text}
	passages := x.passages(unit)
	if len(passages) == 0 {
		return h
	}
	h.fitting = x.fitting(h.Article, passages, q)
	for _, p := range passages {
		h.passages = append(h.passages, p.Passage)
	}
	p := h.passages[h.fitting[0]]
	h.Quote = p.In(h.Article.Text)
	for _, s := range p.Lead {
		h.Leads = append(h.Leads, s.In(h.Article.Text))
	}
	return h
}
