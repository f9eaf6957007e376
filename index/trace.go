package index

import "lianwen/corpus"

// Part is what an article's score is made up of.
type Part int

// The parts of a score, in the order in which they come about.
const (
	OfTerms     Part = iota // what its text and its asked-as lines give
	OfRule                  // what its rule and its neighbours add
	OfTalk                  // … belonging to what was talked about
	OfLines                 // … single asked-as lines that are like the question
	OfHeading               // … its heading
	OfFormality             // what an article loses that only says why there is a rule
	OfQuotation             // what having the question word for word adds
	allParts    = iota
)

// trace notes how a question came to its ranking, for Explain. One that is nil, as
// in answering, notes nothing.
type trace struct {
	asked  *question // as it was asked last: over the bridge, if it was put there
	ranked []candidate
	bridge []*corpus.Article
	parts  map[int]*[allParts]float64 // by place
	scores map[int]float64            // as they were noted last
}

// begin begins anew with what the terms of a question gave.
func (t *trace) begin(asked *question, own []float32, ranked []candidate) {
	if t == nil {
		return
	}
	t.asked, t.parts, t.scores = asked, map[int]*[allParts]float64{}, map[int]float64{}
	for _, c := range ranked {
		of := float64(own[c.unit])
		t.parts[c.unit] = &[allParts]float64{OfTerms: of, OfRule: c.score - of}
		t.scores[c.unit] = c.score
	}
	t.ranked = ranked
}

// note notes what has changed in the scores since as a part of them.
func (t *trace) note(p Part, ranked []candidate) {
	if t == nil {
		return
	}
	for _, c := range ranked {
		t.parts[c.unit][p] += c.score - t.scores[c.unit]
		t.scores[c.unit] = c.score
	}
}

// over notes what the bridge said a question is about.
func (t *trace) over(bridge *Index, ranked []candidate) {
	if t == nil {
		return
	}
	t.bridge = bridge.articles(ranked, len(ranked))
}
