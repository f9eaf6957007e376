package index

import "math"

// The thresholds of decide, set on the judged questions (testdata). Coverage
// is the share of the question's telling pairs and words that the best article
// has, weighed by idf; strength is its score in units of ln N, the most one
// term can be worth, so that it means the same in small and large libraries.
const (
	sureCoverage   = 0.4 // this much of the question is in the article
	likelyCoverage = 0.2 // … or this much, and
	likelyStrength = 3.5 // enough of it to be no accident
	nearStrength   = 2.0 // below this, shared words are accidents
	onePairNear    = 2.5 // … the more so if a single pair is shared
)

// maxNearest is how many rules are named when nothing was found.
const maxNearest = 3

// decide says how sure the ranking is. A question from elsewhere shares only
// common words with any article. A score cannot tell a rule that does not
// settle a question from one that does: the reader is shown the text and
// judges.
func (x *Index) decide(ts []term, ranked []*candidate, total float64) Result {
	if len(ranked) == 0 {
		return Result{Outcome: None}
	}
	best := ranked[0]
	coverage, strength := 0.0, best.score/math.Log(1+float64(len(x.units)))
	if total > 0 {
		coverage = best.covered / total
	}
	switch {
	case coverage >= sureCoverage, coverage >= likelyCoverage && strength >= likelyStrength:
		return Result{Outcome: Answered, Hits: x.hits(ranked, ts)}
	case strength >= onePairNear, strength >= nearStrength && best.pairs > 1:
		return Result{Outcome: Choices, Hits: x.hits(ranked, ts)}
	}
	return Result{Outcome: None, Nearest: x.nearestRules(ranked, maxNearest)}
}
