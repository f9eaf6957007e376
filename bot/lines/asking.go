package lines

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"lianwen/bot"
	"lianwen/bot/model"
	"lianwen/corpus"
)

// mostDown is how many articles in a row may get no answer before the rest is not asked:
// there is nobody there.
const mostDown = 5

// Asking asks a model for lines, and keeps what it says as drafts.
type Asking struct {
	Model    *model.Client
	Template *Template
	Store    *Store
	Check    *Checker
	At       int           // requests at a time
	Done     func(Outcome) // called after each article, one at a time
}

// Outcome is how it ended for an article: with lines, or with a reason.
type Outcome struct {
	Article *corpus.Article
	Kept    int      // lines that wait for a person
	Apart   int      // lines that were set apart
	Notes   []string // what of the answer was left out
	Why     string   // why there are no lines; "" when there are
	Usage   model.Usage
}

// From is where the lines of a model come from, as drafts say it.
func From(name string) string { return "模型 " + name }

// Run asks for each article. What is answered is kept at once: whatever ends the program
// loses no more than the requests under way. It ends early when ctx does, or when the
// model cannot be asked at all.
func (k *Asking) Run(ctx context.Context, requests []Request) error {
	group, until := errgroup.WithContext(ctx)
	group.SetLimit(max(k.At, 1))
	run := &run{Asking: k}
	for _, r := range requests {
		if until.Err() != nil {
			break
		}
		group.Go(func() error { return run.ask(until, r) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// run is what the requests of a run share.
type run struct {
	*Asking
	mu   sync.Mutex // for the store, Done and
	down int        // how many articles in a row got no answer
}

func (r *run) ask(ctx context.Context, req Request) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	system, user := r.Template.Prompt(req)
	text, usage, err := r.Model.Complete(ctx, system, user)
	var failed *model.Error
	switch {
	case err == nil:
		return r.keep(ctx, req, ReadAnswer(req.Article, text), usage, false)
	case errors.As(err, &failed) && failed.Kind != model.Setup:
		return r.keep(ctx, req, Answer{Why: bot.Say(err)}, usage, failed.Kind == model.Down)
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return fmt.Errorf("ask for lines of %s: %w", req.Article.Key(), err)
}

// keep keeps an answer, and tells of it.
func (r *run) keep(ctx context.Context, req Request, answer Answer, usage model.Usage, down bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	ctx = context.WithoutCancel(ctx) // it was paid for
	outcome, err := r.Store.Keep(ctx, r.Check, req.Article, From(r.Model.Name), answer)
	if err != nil {
		return err
	}
	outcome.Usage = usage
	r.Done(outcome)
	if r.down++; !down {
		r.down = 0
	}
	if r.down == mostDown {
		return bot.Unavailable.Sayf("接连 %d 条没有问成，其余的不再问：%s", mostDown, answer.Why)
	}
	return nil
}

// Keep keeps an answer: its lines as drafts, or the reason why there are none.
func (s *Store) Keep(ctx context.Context, check *Checker, a *corpus.Article, from string, answer Answer) (Outcome, error) {
	out := Outcome{Article: a, Notes: answer.Notes, Why: answer.Why}
	if out.Why == "" {
		var err error
		if out.Kept, out.Apart, err = s.Propose(ctx, check, a, from, answer.Lines); err != nil {
			return Outcome{}, err
		}
		if out.Kept+out.Apart == 0 {
			out.Why = "都是已经有的"
		}
	}
	if out.Why == "" {
		return out, nil
	}
	drafts, err := s.Drafts(a.Rule.ID)
	if err == nil && !Drafted(drafts, a) {
		err = s.Fail(ctx, a, from, out.Why)
	}
	return out, err
}
