package index

import (
	"cmp"
	"slices"

	"lianwen/corpus"
)

// Likeness of a half-remembered title to a real one, as a share of common
// characters and pairs (Dice): enough to be meant at all, enough to be meant
// alone, how far ahead of the next rule it must be for that, and how far behind
// others are still offered.
const (
	titleAlike = 0.5
	titleSure  = 0.8
	titleAhead = 0.08
	titleNear  = 0.2
)

// mostTitle is how long a title may be, in characters.
const mostTitle = 60

// lookupLike answers 「请假办法第五条」, where no rule is called just that.
func (x *Index) lookupLike(title string, cites []cited) (Result, bool) {
	if runes(title) > mostTitle {
		return Result{}, false
	}
	best := map[*corpus.Rule]float64{}
	var rules []*corpus.Rule
	for _, n := range x.names {
		if _, seen := best[n.rule]; !seen {
			rules = append(rules, n.rule)
		}
		best[n.rule] = max(best[n.rule], alike(title, n.text))
	}
	slices.SortStableFunc(rules, func(a, b *corpus.Rule) int { return cmp.Compare(best[b], best[a]) })
	if len(rules) == 0 || best[rules[0]] < titleAlike {
		return Result{}, false
	}
	top := best[rules[0]]
	if top >= titleSure && (len(rules) == 1 || top-best[rules[1]] >= titleAhead) {
		return x.exactAll(rules[0], "", cites[:1]), true
	}
	res := Result{Outcome: None}
	for _, r := range rules {
		if best[r] >= top-titleNear && best[r] >= titleAlike && len(res.Hits) < MaxHits {
			res.Hits = append(res.Hits, x.exact(r, cites[0].places[0]).Hits...)
		}
	}
	if len(res.Hits) > 0 {
		res.Outcome = Choices
	}
	return res, true
}

// alike is the Dice coefficient of two strings' characters and pairs.
func alike(a, b string) float64 {
	as, bs := terms(a), terms(b)
	if len(as)+len(bs) == 0 {
		return 0
	}
	left := map[string]int{}
	for _, t := range as {
		left[t]++
	}
	common := 0
	for _, t := range bs {
		if left[t] > 0 {
			left[t]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(as)+len(bs))
}
