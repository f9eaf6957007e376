package index

// level adds to the articles what the term at hand is worth to each. Where many
// articles of a rule have it, it tells the rule and not the article: the more do,
// the nearer to their mean all the rule's articles are put, those without it as
// well.
func (s *scan) level() {
	for _, r := range s.touched {
		span := s.x.rules[r]
		of := s.of[span.start:span.end]
		sum, having := float32(0), 0
		for _, v := range of {
			if v > 0 {
				sum += v
				having++
			}
		}
		mean, share, blend := sum/float32(len(of)), float64(having)/float64(len(of)), float32(0)
		if len(of) >= levelRule && share > levelFrom {
			blend = float32(levelMost * min(1, levelSlope*(share-levelFrom)/(1-levelFrom)))
		}
		for i, v := range of {
			s.own[span.start+i] += v + blend*(mean-v)
		}
		clear(of)
		if len(s.ofAsked) > 0 {
			s.levelAsked(span, blend)
		}
	}
	s.touched = s.touched[:0]
	s.term++ // touch has used the next
	s.into, s.intoAsked = s.own, s.asked
}

// levelAsked levels what the asked-as lines give of it.
func (s *scan) levelAsked(span ruleSpan, blend float32) {
	of := s.ofAsked[span.start:span.end]
	mean := float32(0)
	for _, v := range of {
		mean += v / float32(len(of))
	}
	for i, v := range of {
		s.asked[span.start+i] += v + blend*(mean-v)
	}
	clear(of)
}

// touch notes which rules the articles of a list belong to.
func (s *scan) touch(units []uint32) {
	for _, u := range units {
		if r := s.x.ruleOf[u]; s.seen[r] != s.term+1 {
			s.seen[r] = s.term + 1
			s.touched = append(s.touched, r)
		}
	}
}

// How level levels: from which share of a rule's articles on, how far at most, and
// how fast between. Rules of a few articles are left alone, and so are questions of
// few words, which have nothing else to go by.
const (
	levelFrom  = 0.2
	levelMost  = 0.6
	levelSlope = 2
	levelRule  = 5
	levelWords = 4
)
