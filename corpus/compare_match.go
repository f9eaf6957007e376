package corpus

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// articleAlike is how alike two articles must be for one to be a revision of the
// other: no two articles of a rule of the sample are. What stands in the right
// place is preferred, by placeAhead, and a little what kept its number.
const (
	articleAlike = 0.36
	placeAhead   = 0.2
	numberAhead  = 0.05
)

// compared is an article with what it is compared by.
type compared struct {
	*Article
	words string
	pairs []uint64 // of its characters, sorted
}

// living are the articles of a rule that hold something.
func living(r *Rule) []*compared {
	var list []*compared
	for _, a := range r.Articles {
		if !a.Deleted {
			words := folded(strings.TrimLeft(a.Body(), spaces+"：:"))
			list = append(list, &compared{a, words, characterPairs(words)})
		}
	}
	return list
}

// part is where in a rule an article can only be compared with its like.
func (a *compared) part() int {
	switch {
	case a.Number.Preamble:
		return 1
	case a.Number.Annex > 0:
		return 2
	}
	return 0
}

// characterPairs are the pairs of neighbouring characters, the last one with
// the end: so that even one character has a pair.
func characterPairs(text string) []uint64 {
	pairs := make([]uint64, 0, utf8.RuneCountInString(text))
	for rest := text; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
		next, size := utf8.DecodeRuneInString(rest)
		if size == 0 {
			next = 0
		}
		pairs = append(pairs, uint64(r)<<32|uint64(next))
	}
	slices.Sort(pairs)
	return pairs
}

// pairing finds out which article of the new version is which of the old.
type pairing struct {
	old, new     []*compared
	toNew, toOld []int // by place in the other list; -1: none
}

func (p *pairing) match() {
	p.toNew, p.toOld = slices.Repeat([]int{-1}, len(p.old)), slices.Repeat([]int{-1}, len(p.new))
	p.matchSame()
	p.matchAlike()
}

// join pairs two articles if both are free.
func (p *pairing) join(i, j int) {
	if p.toNew[i] < 0 && p.toOld[j] < 0 {
		p.toNew[i], p.toOld[j] = j, i
	}
}

// expected is where each old article would stand in the new version, counted
// from the next one before it that is paired, else from the beginning, and from
// the next one behind it, else from the end.
func (p *pairing) expected() [][2]int {
	places := make([][2]int, len(p.old))
	shift := 0
	for i, j := range p.toNew {
		if j >= 0 {
			shift = j - i
		}
		places[i][0] = i + shift
	}
	shift = len(p.new) - len(p.old)
	for i, j := range slices.Backward(p.toNew) {
		if j >= 0 {
			shift = j - i
		}
		places[i][1] = i + shift
	}
	return places
}

// matchSame pairs articles with the same words. Where several share them, they
// keep their order; where one of those is missing, the rest stay in place.
func (p *pairing) matchSame() {
	type key struct {
		part  int
		words string
	}
	olds, news := map[key][]int{}, map[key][]int{}
	for j, a := range p.new {
		k := key{a.part(), a.words}
		news[k] = append(news[k], j)
	}
	for i, a := range p.old {
		k := key{a.part(), a.words}
		olds[k] = append(olds[k], i)
	}
	for k, is := range olds {
		if len(is) == len(news[k]) {
			p.inOrder(is, news[k])
		}
	}
	for i, places := range p.expected() {
		for _, j := range places {
			if j >= 0 && j < len(p.new) && p.old[i].words == p.new[j].words && p.old[i].part() == p.new[j].part() {
				p.join(i, j)
			}
		}
	}
	for k, is := range olds {
		p.inOrder(is, news[k])
	}
}

// inOrder pairs the free ones of two lists, first with first.
func (p *pairing) inOrder(is, js []int) {
	taken := func(to []int) func(int) bool { return func(at int) bool { return to[at] >= 0 } }
	is, js = slices.DeleteFunc(slices.Clone(is), taken(p.toNew)), slices.DeleteFunc(slices.Clone(js), taken(p.toOld))
	for k := range min(len(is), len(js)) {
		p.join(is[k], js[k])
	}
}

// matchAlike pairs what is left, the best first.
func (p *pairing) matchAlike() {
	type candidate struct {
		old, new int
		score    float64
	}
	var list []candidate
	places := p.expected()
	for i, a := range p.old {
		for j, b := range p.new {
			if p.toNew[i] >= 0 || p.toOld[j] >= 0 || a.part() != b.part() {
				continue
			}
			score := dice(a.pairs, b.pairs)
			if score < articleAlike {
				continue
			}
			if a.Number == b.Number {
				score += numberAhead
			}
			if j == places[i][0] || j == places[i][1] {
				score += placeAhead
			}
			list = append(list, candidate{i, j, score})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	for _, c := range list {
		p.join(c.old, c.new)
	}
}

// dice is the share of two sorted lists that they have in common. It is not
// worked out where their lengths alone keep it below articleAlike.
func dice(a, b []uint64) float64 {
	all := float64(len(a) + len(b))
	if 2*float64(min(len(a), len(b))) < articleAlike*all {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := cmp.Compare(a[i], b[j]); c {
		case 0:
			common++
			i++
			j++
		case -1:
			i++
		default:
			j++
		}
	}
	return 2 * float64(common) / all
}

// removed are the old articles without a counterpart, by the place in the new
// version that they stand before: behind the one they followed, and one by one
// beside new ones that came instead.
func (p *pairing) removed() map[int][]int {
	places := map[int][]int{}
	at := 0
	for i, j := range p.toNew {
		if j >= 0 {
			at = j + 1
			continue
		}
		places[at] = append(places[at], i)
		if at < len(p.new) && p.toOld[at] < 0 {
			at++
		}
	}
	return places
}
