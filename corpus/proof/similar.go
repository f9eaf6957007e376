package proof

import (
	"cmp"
	"math"
	"slices"
	"unicode"
)

// bag is a text as the set of its pairs of neighbouring characters, marks and spaces
// left out, each pair a number; the rarest pairs of all texts come first.
type bag []int

// bags makes bags of texts. A text too short to tell anything has an empty one.
func bags(texts []string, shortest int) []bag {
	ids, counts := map[[2]rune]int{}, []int{}
	list := make([]bag, len(texts))
	for i, text := range texts {
		var b bag
		last, n := rune(0), 0
		for _, r := range text {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				continue
			}
			if n++; n > 1 {
				pair := [2]rune{last, r}
				id, known := ids[pair]
				if !known {
					id = len(counts)
					ids[pair] = id
					counts = append(counts, 0)
				}
				b = append(b, id)
			}
			last = r
		}
		if n < shortest {
			continue
		}
		slices.Sort(b)
		list[i] = slices.Compact(b)
		for _, id := range list[i] {
			counts[id]++
		}
	}
	for _, b := range list {
		slices.SortFunc(b, func(x, y int) int { return cmp.Or(cmp.Compare(counts[x], counts[y]), cmp.Compare(x, y)) })
	}
	return list
}

// join calls visit for every two bags of which the pairs in both are at least the share
// least of the pairs in either (Jaccard). Two such bags have one of their rarest pairs in
// common (Chaudhuri, Ganti, Kaushik 2006: prefix filtering), so few are compared.
func join(list []bag, least float64, visit func(i, j int, share float64)) {
	holders := map[int][]int{}
	for j, b := range list {
		prefix := len(b) - int(math.Ceil(least*float64(len(b)))) + 1
		if len(b) == 0 {
			continue
		}
		met := map[int]bool{}
		for _, id := range b[:min(prefix, len(b))] {
			for _, i := range holders[id] {
				if !met[i] {
					met[i] = true
					if share := jaccard(list[i], b); share >= least {
						visit(i, j, share)
					}
				}
			}
			holders[id] = append(holders[id], j)
		}
	}
}

// jaccard is which share of the pairs in either of two bags is in both.
func jaccard(a, b bag) float64 {
	in := make(map[int]bool, len(a))
	for _, id := range a {
		in[id] = true
	}
	both := 0
	for _, id := range b {
		if in[id] {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}
