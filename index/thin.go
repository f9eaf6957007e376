package index

import "math"

// enoughLines is how many asked-as lines an article needs to be found by them.
const enoughLines = 5

// An article without lines is not to be drowned by those that have some: its text
// counts for madeUp more in place of the lines it lacks. Lines give the right article
// more, the more there are: madeUp is for usualLines an article, and grows with the
// power growth of their number. The text of an article that has its lines counts for
// atLeast of that: exact words find it as they find one without. Chosen on the sample
// with lines for a tenth to a half of its articles, by rule and at random: see
// testdata/prepared.golden.
const (
	madeUp     = 3.4
	usualLines = 7.0
	growth     = 0.3
	atLeast    = 0.75
)

// fewLack is the share of all lines that may lack before that is made up for: nobody
// asks for the few articles that say who explains a rule.
const fewLack = 0.05

// measureLines learns which articles lack lines, and whether many do while others have
// them.
func (x *Index) measureLines() {
	x.lacking = make([]float32, len(x.units))
	lines, having, lacking := 0, 0, 0.0
	for u, a := range x.units {
		n := len(a.Lines())
		lines += n
		if n > 0 {
			having++
		}
		x.lacking[u] = 1 - float32(min(n, enoughLines))/enoughLines
		lacking += float64(x.lacking[u])
	}
	if lacking /= float64(len(x.units)); having > 0 && lacking > fewLack {
		x.uneven = true
		x.makeUp = float32(madeUp * math.Pow(max(1, float64(lines)/float64(having)/usualLines), growth))
	}
}

// evenOut makes up for the lines that articles lack.
func (s *scan) evenOut() {
	x := s.x
	for i, v := range s.own {
		if v > 0 {
			text := v - s.asked[i]
			s.own[i] = max(v+x.makeUp*x.lacking[i]*text, (1+atLeast*x.makeUp)*text)
		}
	}
}
