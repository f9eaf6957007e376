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

// shelf is texts as bags, with what each pair weighs: the rarer, the more it tells.
type shelf struct {
	bags    []bag
	weights []float64
}

// shelve makes bags of texts. A text too short to tell anything has an empty one.
func shelve(texts []string, shortest int) shelf {
	ids, counts := map[[2]rune]int{}, []int{}
	s := shelf{bags: make([]bag, len(texts))}
	filled := 0
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
		s.bags[i] = slices.Compact(b)
		for _, id := range s.bags[i] {
			counts[id]++
		}
		filled++
	}
	for _, b := range s.bags {
		slices.SortFunc(b, func(x, y int) int { return cmp.Or(cmp.Compare(counts[x], counts[y]), cmp.Compare(x, y)) })
	}
	for _, n := range counts {
		s.weights = append(s.weights, math.Log(1+float64(filled)/float64(max(n, 1))))
	}
	return s
}

// join calls visit for every two bags of which the pairs in both weigh at least the share
// least of the pairs in either (weighted Jaccard). Two such bags have one of their rarest
// pairs in common (Chaudhuri, Ganti, Kaushik 2006: prefix filtering), so few are compared.
func (s shelf) join(least float64, visit func(i, j int, share float64)) {
	holders := map[int][]int{}
	for j, b := range s.bags {
		met := map[int]bool{}
		left := s.weight(b) // of the pairs not yet looked at
		for need := least * left; len(b) > 0 && left >= need-1e-9; b = b[1:] {
			id := b[0]
			for _, i := range holders[id] {
				if !met[i] {
					met[i] = true
					if share := s.jaccard(s.bags[i], s.bags[j]); share >= least {
						visit(i, j, share)
					}
				}
			}
			holders[id] = append(holders[id], j)
			left -= s.weights[id]
		}
	}
}

// weight is what the pairs of a bag weigh.
func (s shelf) weight(b bag) (sum float64) {
	for _, id := range b {
		sum += s.weights[id]
	}
	return sum
}

// jaccard is which share of the pairs in either of two bags is in both, by weight.
func (s shelf) jaccard(a, b bag) float64 {
	in := make(map[int]bool, len(a))
	for _, id := range a {
		in[id] = true
	}
	both := 0.
	for _, id := range b {
		if in[id] {
			both += s.weights[id]
		}
	}
	return both / (s.weight(a) + s.weight(b) - both)
}
