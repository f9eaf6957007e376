package index

import (
	"math"
	"strings"
	"unicode"
)

// linesLooked is for how many of the best articles the asked-as lines are read
// one by one.
const linesLooked = 20

// byLines ranks the best anew by how well single asked-as lines fit the question,
// which it adds to their scores. The asked field holds all lines of an article
// together, so words that stand in different lines count there as if they had been
// said at once. It returns how like the question the closest line of all is.
func (x *Index) byLines(like *likeness, ranked []candidate) (closest float64) {
	if len(ranked) == 0 || x.params.lines == 0 {
		return 0
	}
	top := ranked[0].score
	looked := ranked[:min(linesLooked, len(ranked))]
	for i, c := range looked {
		best, second := like.closest(x.lines(c.unit))
		looked[i].score += x.params.lines * top * (best + second) / 2
		closest = max(closest, best)
	}
	byScore(looked)
	return closest
}

// leastQuoted is from how many characters on words that stand in an article one after
// the other were taken from it.
const leastQuoted = 8

// byQuotation lets an article come first whose very words the question is, whatever
// asked-as lines others have.
func (x *Index) byQuotation(q *question, ranked []candidate) {
	words := wordsOnly(q.folded)
	if len(ranked) == 0 || textLength(words) < leastQuoted || asking.MatchString(q.folded) {
		return
	}
	top := ranked[0].score
	looked := ranked[:min(linesLooked, len(ranked))]
	for i, c := range looked {
		if strings.Contains(wordsOnly(fold(x.units[c.unit].Text)), words) {
			looked[i].score += top
		}
	}
	byScore(looked)
}

// wordsOnly is text without marks and spaces.
func wordsOnly(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// line is an asked-as line, folded, with what tells quickly what it is not.
type line struct {
	text   string
	chars  uint64 // which characters it may have; see charsOf
	length int    // see textLength
}

func newLine(folded string) line { return line{folded, charsOf(folded), textLength(folded)} }

// charsOf has a bit for each character of a text, several characters sharing one:
// a text without a bit of another's cannot hold that.
func charsOf(s string) uint64 {
	chars := uint64(0)
	for _, r := range s {
		chars |= 1 << (uint32(r) * 2654435761 >> 26)
	}
	return chars
}

// lines are an article's asked-as lines, folded when they are first needed.
func (x *Index) lines(unit int) []line {
	if known := x.folded[unit].Load(); known != nil {
		return *known
	}
	asked := x.units[unit].Lines()
	lines := make([]line, len(asked))
	for i, l := range asked {
		lines[i] = newLine(fold(l))
	}
	x.folded[unit].Store(&lines)
	return lines
}

// likeness compares lines with a question, by its terms once they are scored.
type likeness struct {
	terms []likeTerm
	total float64
}

type likeTerm struct {
	text   string
	chars  uint64
	weight float64
	counts bool // it is one character or word of the line
}

func likeTo(ts []term) *likeness {
	like := &likeness{}
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
		like.total += w
		like.terms = append(like.terms, likeTerm{t.text, charsOf(t.text), w, t.single() || runes(t.text) > 2})
	}
	return like
}

// lines is how like the two closest lines are, from 0 to 1: the mean of their
// coverage × √precision. Coverage is the share of the question's terms that the
// line has, by weight; precision the share of the line's characters and words that
// the question has.
func (q *likeness) lines(lines []line) float64 {
	best, second := q.closest(lines)
	return (best + second) / 2
}

func (q *likeness) closest(lines []line) (best, second float64) {
	for _, l := range lines {
		like := q.line(l)
		if like > best {
			best, second = like, best
		} else if like > second {
			second = like
		}
	}
	return best, second
}

func (q *likeness) line(l line) float64 {
	covered, shared := 0.0, 0
	for _, t := range q.terms {
		if t.chars&^l.chars == 0 && strings.Contains(l.text, t.text) {
			covered += t.weight
			if t.counts {
				shared++
			}
		}
	}
	if q.total == 0 {
		return 0
	}
	precision := min(1, float64(shared)/float64(max(1, l.length)))
	return covered / q.total * math.Sqrt(precision)
}
