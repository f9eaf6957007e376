package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Score is how a set of judged questions went. Hit1, Hit3, MRR10 and Recall100
// are means over the questions that want something and look at the ranking,
// whatever the outcome. An article that repeats a wanted one word for word,
// same rule and number, is as good (bulk data has such copies). AnsweredWrong counts questions that want nothing and
// were answered, RefusedWrong those that want something and ended in None.
type Score struct {
	N             int     `json:"n"`
	Hit1          float64 `json:"hit1"`
	Hit3          float64 `json:"hit3"`
	MRR10         float64 `json:"mrr10"`
	Recall100     float64 `json:"recall100"`
	OutOfScope    int     `json:"out_of_scope"` // questions that want nothing
	AnsweredWrong int     `json:"answered_wrong"`
	RefusedWrong  int     `json:"refused_wrong"`
	Answered      int     `json:"answered"`
	Choices       int     `json:"choices"`
	None          int     `json:"none"`
	// Of the questions that say what their first screen must show (Shown), the
	// share whose screen shows it. Only where screens were looked at.
	Shown  int     `json:"shown,omitempty"`
	Screen float64 `json:"screen,omitempty"`
	// QuotedWrong counts questions that were answered with an article that they
	// do not want.
	QuotedWrong int `json:"quoted_wrong"`
}

// Verdict is what became of one question.
type Verdict struct {
	Q       string   `json:"q"`
	Class   string   `json:"class"`
	Want    []string `json:"want"`
	Got     []string `json:"got"`   // the first MaxHits of the ranking
	Place   int      `json:"place"` // of the first wanted article, from 1; 0 if not in the first hundred
	Outcome string   `json:"outcome"`
	// Screen says of a question that has Shows whether its first screen showed
	// them; it is nil of others, and where no screens were looked at.
	Screen *bool  `json:"screen,omitempty"`
	First  string `json:"first_screen,omitempty"` // … and what it showed when it did not

	Leaned bool `json:"leaned,omitempty"` // it was asked together with what was said before

	recall      float64
	quotedWrong bool
	took        time.Duration
}

// Report is the outcome of an evaluation.
type Report struct {
	Score
	Classes   map[string]Score `json:"classes"`
	P50       float64          `json:"p50_ms"`
	P99       float64          `json:"p99_ms"`
	Questions []Verdict        `json:"questions"`
}

// evalDepth is how far down the ranking recall looks.
const evalDepth = 100

// Asker answers the last of some messages of one person, as Search does, and
// gives the first screen of the reply; "" when it composes none.
type Asker func(ctx context.Context, said []string, depth int) (Result, string, error)

// ask is the Asker of an index by itself.
func (x *Index) ask(ctx context.Context, said []string, depth int) (Result, string, error) {
	var res Result
	var before Said
	for i, text := range said {
		q := Query{Text: text, Before: before}
		if i == len(said)-1 {
			q.Depth = depth
		}
		var err error
		if res, err = x.Search(ctx, q); err != nil {
			return Result{}, "", err
		}
		before = res.Said(q)
	}
	return res, "", nil
}

// Evaluate asks every question by itself, one after the other: through Search, or
// through ask if it is not nil. progress is called after each, if set.
func (x *Index) Evaluate(ctx context.Context, questions []Judged, ask Asker, progress func(done, total int)) (Report, error) {
	if ask == nil {
		ask = x.ask
	}
	var r Report
	for i, j := range questions {
		begun := time.Now()
		res, screen, err := ask(ctx, j.said(), evalDepth)
		took := time.Since(begun) / time.Duration(len(j.said()))
		if err != nil {
			return Report{}, fmt.Errorf("evaluate %q: %w", j.question(), err)
		}
		v := x.judge(j, res, screen)
		v.took = took
		r.Questions = append(r.Questions, v)
		if progress != nil {
			progress(i+1, len(questions))
		}
	}
	r.sum()
	return r, nil
}

func (x *Index) judge(j Judged, res Result, screen string) Verdict {
	v := Verdict{Q: j.question(), Class: j.Class, Want: j.Want, Got: []string{}, Outcome: res.Outcome.String(), Leaned: res.Leaned}
	var wanted []identity
	for _, key := range j.Want {
		if a := x.corpus.Article(key); a != nil {
			wanted = append(wanted, identify(a))
		}
	}
	v.quotedWrong = res.Outcome == Answered && (len(res.Hits) == 0 || !slices.Contains(wanted, identify(res.Hits[0].Article)))
	found := 0
	for i, a := range res.Ranked {
		if i < MaxHits {
			v.Got = append(v.Got, a.Key())
		}
		id, here := identify(a), 0
		for _, w := range wanted {
			if w == id {
				here++
			}
		}
		if here > 0 && v.Place == 0 {
			v.Place = i + 1
		}
		found += here
	}
	if pieces := j.pieces(); len(pieces) > 0 && screen != "" {
		shown := !slices.ContainsFunc(pieces, func(any []string) bool {
			return !slices.ContainsFunc(any, func(piece string) bool { return strings.Contains(screen, piece) })
		})
		if v.Screen = &shown; !shown {
			v.First = screen
		}
	}
	if len(j.Want) > 0 {
		v.recall = float64(found) / float64(len(j.Want))
	}
	return v
}

func (r *Report) sum() {
	byClass := map[string][]Verdict{}
	var took []time.Duration
	for _, v := range r.Questions {
		byClass[v.Class] = append(byClass[v.Class], v)
		took = append(took, v.took)
	}
	r.Score, r.Classes = score(r.Questions), map[string]Score{}
	for class, vs := range byClass {
		r.Classes[class] = score(vs)
	}
	slices.Sort(took)
	if n := len(took); n > 0 {
		r.P50, r.P99 = milliseconds(took[n/2]), milliseconds(took[n*99/100])
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func score(vs []Verdict) Score {
	s := Score{N: len(vs)}
	wanted := 0.0
	for _, v := range vs {
		switch v.Outcome {
		case Answered.String():
			s.Answered++
		case Choices.String():
			s.Choices++
		default:
			s.None++
		}
		if v.quotedWrong {
			s.QuotedWrong++
		}
		if v.Screen != nil {
			s.Shown++
			if *v.Screen {
				s.Screen++
			}
		}
		if len(v.Want) == 0 {
			s.OutOfScope++
			if v.Outcome == Answered.String() {
				s.AnsweredWrong++
			}
			continue
		}
		wanted++
		if v.Outcome == None.String() {
			s.RefusedWrong++
		}
		s.Recall100 += v.recall
		if v.Place == 1 {
			s.Hit1++
		}
		if v.Place >= 1 && v.Place <= 3 {
			s.Hit3++
		}
		if v.Place >= 1 && v.Place <= 10 {
			s.MRR10 += 1 / float64(v.Place)
		}
	}
	for _, sum := range []*float64{&s.Hit1, &s.Hit3, &s.MRR10, &s.Recall100} {
		*sum /= cmp.Or(wanted, 1)
	}
	s.Screen /= cmp.Or(float64(s.Shown), 1)
	return s
}
