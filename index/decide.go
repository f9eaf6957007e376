package index

import (
	"math"
	"slices"
	"strings"

	"lianwen/corpus"
)

// The thresholds of decide, set on the judged questions (testdata).
const (
	sure           = 1.75 // from here on the best article answers
	nearStrength   = 2.1  // below this what is shared is accident, unless
	fullCoverage   = 0.6  // … most of a short question is there
	bridgeStrength = 2.0  // from here on the bridge knows what a question is about,
	overStrength   = 2.5  // … and an article here is about the same
	namingStrength = 1.4  // below this not even its heading is worth reading
)

// maxNearest is how many rules or articles are named when nothing was found.
const maxNearest = 3

// decide says how sure the ranking is, by three signs of the best article.
//
//   - Strength is its score in units of the most that one term can be worth, so
//     that it means the same in small and large libraries, with asked-as lines
//     and without. A question from elsewhere has little.
//   - Coverage is the share of the question that the article has: a long
//     question gathers strength from common words, but little coverage.
//   - Lead is how far the second best is behind. Where several articles are
//     equally near, none of them may be the one, or they may all be.
//
// The article answers when strength × √coverage × (1.5 - second ÷ best) reaches
// sure. On the judged questions that holds for 77 of 100 right first places, 26
// of 100 wrong ones and 19 of 100 near-misses; no score can tell a rule that
// does not settle a question from one that does. The reader is shown the text
// and judges. What was found over the bridge, by words that nobody said, is shown and
// does not answer.
//
// worthNaming reports of None whether the best articles are still worth naming.
func (x *Index) decide(q *question, ranked []candidate) (outcome Outcome, worthNaming bool) {
	if len(ranked) == 0 {
		return None, false
	}
	best := x.units[ranked[0].unit]
	coverage, meant, pairs := coverage(best, q)
	q.covered = coverage
	strength := x.strength(ranked[0])
	second := 0.0
	if len(ranked) > 1 {
		second = ranked[1].score / ranked[0].score
	}
	switch {
	case q.over == 0 && strength*math.Sqrt(coverage)*(1.5-second) >= sure:
		return Answered, false
	case pairs > 0 && (q.over == 0 && strength >= nearStrength || meant >= fullCoverage), slices.Contains(talkedRules(q.before), best.Rule),
		q.near, q.over >= bridgeStrength && strength >= overStrength:
		return Choices, false
	}
	return None, pairs > 0 && strength >= namingStrength
}

// result is what a question found, as it was decided; it lists the best articles in
// Ranked to a depth.
func (x *Index) result(q *question, ranked []candidate, outcome Outcome, worthNaming bool, depth int) Result {
	res := Result{Outcome: outcome, Ranked: x.articles(ranked, depth)}
	switch {
	case len(ranked) == 0:
	case outcome != None:
		res.Hits = x.hits(ranked, q)
	default:
		res.Nearest = x.nearestRules(ranked, maxNearest)
		if worthNaming {
			res.Near = x.articles(ranked, maxNearest)
		}
	}
	return res
}

// strength is an article's score in units of the most that one term can be worth.
func (x *Index) strength(c candidate) float64 {
	return c.matched / (math.Pow(x.rarest(), x.params.pairPower) * x.reach(c.unit))
}

// reach is the most that a term of idf 1 can add to an article: in a folder of
// some rules with asked-as lines and some without, both can be sure.
func (x *Index) reach(unit int) float64 {
	text, asked := x.params.fields[fieldBody], x.params.fields[fieldAsked]
	most := text.weight * (text.k1 + 1)
	switch {
	case len(x.units[unit].Lines()) > 0:
		return most + asked.weight*(asked.k1+1)
	case x.uneven:
		return most * float64(1+x.makeUp)
	}
	return most
}

// coverage is the share of the question's own pairs and words, by idf, that an
// article has in its text, its asked-as lines or its rule's names, and how many
// those are. A pair that no article has counts as what it was taken for. In meant and
// pairs a word that was said is there where another of the same meaning is: it is near,
// but not what was said.
func coverage(a *corpus.Article, q *question) (share, meant float64, pairs int) {
	doc := document(a)
	all := fold(strings.Join(append(ruleNames(a.Rule), doc[fieldBody], doc[fieldAsked]), "\n"))
	heard := map[string]term{} // by what was said; the most frequent is the last to be put
	for _, t := range slices.Backward(q.terms) {
		if t.said != "" {
			heard[t.said] = t
		}
	}
	same := q.sameIn(all)
	total := 0.0
	singles := !slices.ContainsFunc(q.terms, func(t term) bool { return !t.single() && !t.synonym && !t.scaffold })
	for _, t := range q.terms {
		if t.single() && !singles || t.synonym || t.scaffold {
			continue
		}
		if m, ok := heard[t.text]; ok {
			t = m
		}
		w := t.idf
		if t.aside {
			w *= t.share
		}
		total += w
		here := strings.Contains(all, t.text)
		if here {
			share += w
		}
		if here || same[t.text] {
			meant += w
			pairs++
		}
	}
	if total == 0 {
		return 0, 0, 0
	}
	return share / total, meant / total, pairs
}

// sameIn are the terms of the words of a question for which others stand in a text.
func (q *question) sameIn(text string) map[string]bool {
	same := map[string]bool{}
	for _, m := range q.meant {
		if slices.ContainsFunc(m.words, func(w string) bool { return strings.Contains(text, w) }) {
			for _, t := range terms(m.word) {
				same[t] = true
			}
		}
	}
	return same
}

// rarest is the idf of a term that one article of the library has, times what makes
// it ln(1+n) for the sample's 1,300 articles, on which the thresholds were set:
// in a folder of two rules nothing can be rarer than one in some dozens.
func (x *Index) rarest() float64 {
	return sampleScale * math.Log(1+(float64(len(x.units))-0.5)/1.5)
}

const sampleScale = 1.06
