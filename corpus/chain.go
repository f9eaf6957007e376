package corpus

import "slices"

// A chain is the labels of a text that are its articles: the sequence of numbers
// decides, over all of the text, not what stands next to a number.

// Costs and gains of putting one label behind another.
const (
	inSequence = 6  // 第三条 behind 第二条
	skipping   = -8 // 第五条 behind 第二条: something is missing, or one is no article
	startLate  = -8 // the first is not 第一条
	startAgain = -6 // 第一条 comes again: a table of contents, an annex, another rule
)

// mostMissing is how many numbers a gap may have and still be one.
const mostMissing = 100

// joint is the best chain that ends with a label.
type joint struct {
	score int
	from  int // the label before it, or -1
}

// bestChain is the sequence of labels with the most speaking for it, in order; runs
// begin at the labels numbered 1.
func bestChain(labels []label) []label {
	steps := make([]joint, len(labels))
	exact := map[Number]int{} // the best chain's last label with this number
	last := map[int]int{}     // and with this Main
	best, highest := -1, 0
	for i, c := range labels {
		s := joint{score: startLate, from: -1}
		if c.number == (Number{Main: 1}) {
			s.score = 0
		}
		try := func(from, gain int) {
			if score := steps[from].score + gain; score > s.score {
				s = joint{score, from}
			}
		}
		if before, ok := predecessor(c.number, exact, last); ok {
			try(before, inSequence)
		}
		for main := min(highest, c.number.Main); main > max(0, c.number.Main-mostMissing); main-- {
			if from, ok := last[main]; ok && labels[from].number.before(c.number) {
				try(from, skipping)
			}
		}
		highest = max(highest, c.number.Main)
		if c.number == (Number{Main: 1}) && best >= 0 {
			try(best, startAgain)
		}
		s.score += c.weight
		steps[i] = s
		if at, ok := exact[c.number]; !ok || steps[at].score <= s.score {
			exact[c.number] = i
		}
		if at, ok := last[c.number.Main]; !ok || steps[at].score <= s.score {
			last[c.number.Main] = i
		}
		if best < 0 || steps[best].score < s.score {
			best = i
		}
	}
	return trace(labels, steps, best)
}

// predecessor is the label that c's number follows.
func predecessor(n Number, exact map[Number]int, last map[int]int) (int, bool) {
	switch {
	case n.Sub > 1:
		at, ok := exact[Number{Main: n.Main, Sub: n.Sub - 1}]
		return at, ok
	case n.Sub == 1:
		at, ok := exact[Number{Main: n.Main}]
		return at, ok
	}
	at, ok := last[n.Main-1]
	return at, ok
}

func trace(labels []label, steps []joint, at int) []label {
	var back []label
	for ; at >= 0; at = steps[at].from {
		back = append(back, labels[at])
	}
	slices.Reverse(back)
	return back
}

// runs divides a chain where its numbers begin again.
func runs(chain []label) [][]label {
	var out [][]label
	for i, c := range chain {
		if i == 0 || c.number == (Number{Main: 1}) {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], c)
	}
	return out
}

// contiguous reports whether a run begins with 1 and leaves nothing out.
func contiguous(run []label) bool {
	prev := Number{}
	for _, c := range run {
		if !c.number.follows(prev) {
			return false
		}
		prev = c.number
	}
	return true
}

// weightOf is what speaks for a run, all told.
func weightOf(run []label) int {
	sum := 0
	for _, c := range run {
		sum += c.weight
	}
	return sum
}
