package staff

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"lianwen/bot/ledger"
	"lianwen/bot/shelf"
	"lianwen/index"
)

// Effect is what an edit would change of the answers to questions: the judged ones, and
// the last that were asked.
type Effect struct {
	What          string    // the edit, in words
	Judged, Asked int       // how many were asked
	Better, Worse int       // of the judged ones
	Changed       []Altered // answered with something else; the judged ones first
	Reworded      []Altered // answered with the same, in other words or beside other things
}

// Altered is a question whose answer changes. Who asked it is not known.
type Altered struct {
	Question      string
	Judged        bool
	Course        int // of a judged one: 1 better, -1 worse, 0 neither
	Before, After Told
}

// Told is an answer in short.
type Told struct {
	Where string // the article; or that nothing was found, or that it is a reply
	Words string // what it begins with
	all   string
}

// Trial is with what an effect is tried.
type Trial struct {
	Index  *index.Index                   // that answers now
	Ask    func(*index.Index) index.Asker // how people ask it
	Judged []index.Judged                 // with the articles that answer them; none is no fault
	Step   func(done, all int)            // hears how far it is
}

// lastAsked is how many of the last questions are asked again.
const lastAsked = 100

// Effect says what an edit would change, and changes nothing.
func (d *Desk) Effect(ctx context.Context, actor ledger.Actor, e shelf.Edit, try Trial) (Effect, error) {
	s, err := d.Shelf(actor)
	if err != nil {
		return Effect{}, err
	}
	library, what, err := s.Foresee(ctx, e)
	if err != nil {
		return Effect{}, err
	}
	asked, err := d.lastAsked(ctx)
	if err != nil {
		return Effect{}, err
	}
	after, err := try.Index.Beside(ctx, library, nil)
	if err != nil {
		return Effect{}, fmt.Errorf("build the index to try: %w", err)
	}
	defer func() { _ = after.Close() }() // it is in memory
	questions := slices.Concat(try.Judged, asked)
	steps := 2 * len(questions)
	was, err := put(ctx, try, try.Index, questions, func(n int) { try.Step(n, steps) })
	if err != nil {
		return Effect{}, err
	}
	now, err := put(ctx, try, after, questions, func(n int) { try.Step(len(questions)+n, steps) })
	if err != nil {
		return Effect{}, err
	}
	effect := compare(was, now, len(try.Judged))
	effect.What = what.Said()
	return effect, nil
}

// lastAsked are the last questions that were asked, each once, the last first. What
// cannot be told as a question by itself is among them: it is answered the same twice.
func (d *Desk) lastAsked(ctx context.Context) ([]index.Judged, error) {
	now := d.Now()
	list, err := d.Ledger.Asked(ctx, now.Add(-ledger.AskedLife), now.AddDate(0, 0, 1))
	if err != nil {
		return nil, err
	}
	var out []index.Judged
	seen := map[string]bool{}
	for _, q := range slices.Backward(list) {
		if text := strings.TrimSpace(q.Question); text != "" && !seen[text] && len(out) < lastAsked {
			seen[text] = true
			out = append(out, index.Judged{Q: text})
		}
	}
	return out, nil
}

// outcome is what became of a question.
type outcome struct {
	index.Verdict
	Told
}

// put asks questions of an index.
func put(ctx context.Context, try Trial, x *index.Index, questions []index.Judged, step func(int)) ([]outcome, error) {
	var told []Told
	ask := try.Ask(x)
	report, err := x.Evaluate(ctx, questions, func(ctx context.Context, said []string, depth int) (index.Result, string, error) {
		res, screen, err := ask(ctx, said, depth)
		told = append(told, tell(res, screen))
		return res, screen, err
	}, func(done, _ int) { step(done) })
	if err != nil {
		return nil, err
	}
	out := make([]outcome, len(told))
	for i, v := range report.Questions {
		out[i] = outcome{v, told[i]}
	}
	return out, nil
}

// mostTold is how many characters of an answer are told.
const mostTold = 60

// tell puts an answer in short.
func tell(res index.Result, screen string) Told {
	t := Told{Words: strings.Join(strings.Fields(screen), " "), all: screen}
	if utf8.RuneCountInString(t.Words) > mostTold {
		t.Words = string([]rune(t.Words)[:mostTold]) + "……"
	}
	switch {
	case res.Took == 0:
		t.Where = "应答" // nothing was searched
	case len(res.Hits) == 0:
		t.Where = "没有查到"
	case res.Outcome == index.Answered:
		t.Where = res.Hits[0].Article.Citation()
	default:
		t.Where = "列出几条，先是" + res.Hits[0].Article.Citation()
	}
	return t
}

// compare finds the questions whose answers differ; the first of them are judged.
func compare(was, now []outcome, judged int) Effect {
	e := Effect{Judged: judged, Asked: len(was) - judged}
	for i := range was {
		a := Altered{Question: was[i].Q, Judged: i < judged, Before: was[i].Told, After: now[i].Told}
		if a.Judged {
			a.Course = grade(now[i].Verdict) - grade(was[i].Verdict)
			a.Course = max(-1, min(1, a.Course))
		}
		switch a.Course {
		case 1:
			e.Better++
		case -1:
			e.Worse++
		}
		switch {
		case a.Before.Where != a.After.Where || a.Course != 0 || was[i].Where == "应答" && was[i].all != now[i].all:
			e.Changed = append(e.Changed, a)
		case a.Before.all != a.After.all:
			e.Reworded = append(e.Reworded, a)
		}
	}
	return e
}

// grade is how well a judged question was answered, to be compared with how it was else.
func grade(v index.Verdict) int {
	none, answered := v.Outcome == index.None.String(), v.Outcome == index.Answered.String()
	if len(v.Want) == 0 {
		switch {
		case none:
			return 2
		case answered:
			return 0
		}
		return 1
	}
	g := 0
	if v.Screen != nil && *v.Screen {
		g = 8
	}
	switch {
	case none:
	case answered && v.Place != 1:
		g -= 2 // told for sure, and not so: worse than nothing
	case answered:
		g += 4
	case v.Place == 1:
		g += 3
	case v.Place > 1 && v.Place <= 3:
		g += 2
	case v.Place > 3 && v.Place <= 10:
		g++
	}
	return g
}
