package index

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// linesLooked is for how many of the best articles the asked-as lines are read
// one by one.
const linesLooked = 20

// byLines ranks the best anew by how well single asked-as lines fit the
// question, which it adds to their scores. The asked field holds all lines of an article together, so words
// that stand in different lines count there as if they had been said at once.
func (x *Index) byLines(ts []term, ranked []candidate) {
	if len(ranked) == 0 || x.params.lines == 0 {
		return
	}
	top := ranked[0].score
	looked := ranked[:min(linesLooked, len(ranked))]
	for i, c := range looked {
		looked[i].score += x.params.lines * top * likeLines(x.lines(c.unit), ts)
	}
	slices.SortStableFunc(looked, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
}

// likeLines is how like a question the two closest lines are, from 0 to 1: the
// mean of their coverage × √precision. Coverage is the share of the question's
// terms that the line has, by weight; precision the share of the line's
// characters and words that the question has.
func likeLines(lines []string, ts []term) float64 {
	best, second := 0.0, 0.0
	for _, line := range lines {
		like := likeLine(line, ts)
		if like > best {
			best, second = like, best
		} else if like > second {
			second = like
		}
	}
	return (best + second) / 2
}

// lines are an article's asked-as lines, folded when they are first needed.
func (x *Index) lines(unit int) []string {
	if known := x.folded[unit].Load(); known != nil {
		return *known
	}
	lines := make([]string, len(x.units[unit].AskedAs))
	for i, l := range x.units[unit].AskedAs {
		lines[i] = fold(l)
	}
	x.folded[unit].Store(&lines)
	return lines
}

func likeLine(line string, ts []term) float64 {
	covered, total, shared := 0.0, 0.0, 0
	for _, t := range ts {
		if t.synonym {
			continue
		}
		w := t.share * t.idf
		if t.single() {
			w *= 0.3
		}
		if t.scaffold {
			w *= 0.3
		}
		total += w
		if strings.Contains(line, t.text) {
			covered += w
			if t.single() || utf8.RuneCountInString(t.text) > 2 {
				shared++
			}
		}
	}
	if total == 0 {
		return 0
	}
	precision := min(1, float64(shared)/float64(max(1, textLength(line))))
	return covered / total * math.Sqrt(precision)
}
