package staff

import (
	"context"
	"errors"
	"fmt"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/shelf"
	"lianwen/corpus"
	"lianwen/corpus/convert"
)

// Intake is how papers are to be taken in.
type Intake struct {
	Files   []shelf.File
	Options convert.Options
	Replace bool // a paper may take the place of a rule it has little in common with
}

// PlanImport reads papers and works out what importing them would do. Nothing is
// written.
func (d *Desk) PlanImport(ctx context.Context, in Intake, progress func(done, all int)) (*shelf.Plan, error) {
	s, err := d.Shelf("")
	if err != nil {
		return nil, err
	}
	read := 0
	papers, err := shelf.ReadNamed(ctx, in.Files, in.Options, func() {
		read++
		progress(read, len(in.Files))
	})
	if err != nil {
		return nil, err
	}
	return s.Plan(papers, in.Replace)
}

// Import publishes a plan, on record, and has the index built anew. It returns how many
// rules were written, an error notwithstanding.
func (d *Desk) Import(ctx context.Context, actor ledger.Actor, plan *shelf.Plan, progress func(done, all int)) (written int, err error) {
	s, err := d.Shelf(actor)
	if err != nil {
		return 0, err
	}
	all := shelf.Summarize(plan.Papers).Writes()
	var noted error
	err = s.Publish(ctx, plan, func(one *shelf.Draft) {
		written++
		progress(written, all)
		noted = errors.Join(noted, d.note(ctx, actor, "rule import", one.Action.String(), one.Rule.ID, one.Rule.Title))
	})
	if written > 0 {
		d.refresh()
	}
	if err != nil {
		err = shelf.HalfWay(err, written, all)
	}
	return written, errors.Join(err, noted)
}

// note puts a change of a rule on record. It was made: that the one who asked for it has
// gone is no reason not to.
func (d *Desk) note(ctx context.Context, actor ledger.Actor, action, what, rule, title string) error {
	return d.Ledger.Note(context.WithoutCancel(ctx), actor, action, fmt.Sprintf("%s %s《%s》", what, rule, title), d.Now())
}

// refresh has the index follow the library at once. Where it cannot, or one is being
// built, it follows by itself: whoever answers watches the library.
func (d *Desk) refresh() {
	if d.Reindex != nil {
		d.Reindex()
	}
}

// TakeRuleBack takes the last publication of a rule back, on record; was is the Written of
// the one that is meant.
func (d *Desk) TakeRuleBack(ctx context.Context, actor ledger.Actor, rule, was string) (shelf.Entry, error) {
	s, err := d.Shelf(actor)
	if err != nil {
		return shelf.Entry{}, err
	}
	e, err := s.TakeBack(ctx, rule, was)
	if err != nil {
		return e, err
	}
	d.refresh()
	return e, d.note(ctx, actor, "rule back", e.Action, e.Rule, e.Title)
}

// RepealRule marks the version in force of a rule as repealed from a day on, on record. was is
// the day from which the version holds that is meant.
func (d *Desk) RepealRule(ctx context.Context, actor ledger.Actor, rule string, was, until corpus.Date) error {
	s, err := d.Shelf(actor)
	if err != nil {
		return err
	}
	c, err := s.Library()
	if err != nil {
		return err
	}
	versions, err := shelf.Versions(c, rule)
	if err != nil {
		return err
	}
	now, err := shelf.InForce(versions)
	switch {
	case err != nil:
		return err
	case now.Effective != was:
		return bot.Conflict.Sayf("《%s》在您打开页面以后又有改动，没有标为废止。请看过以后再定。", now.Title)
	}
	if err := s.Repeal(ctx, now, until); err != nil {
		return err
	}
	d.refresh()
	return d.note(ctx, actor, "rule repeal", "废止", now.ID, now.Title)
}

// Former is a rule with the words that a publication took the place of.
func (d *Desk) Former(e shelf.Entry) (*corpus.Rule, error) {
	return (&shelf.Shelf{Dir: d.Dir}).Former(e)
}

// Publications is what was done to a rule of the library, the oldest first; "" for all.
func (d *Desk) Publications(rule string) ([]shelf.Entry, error) {
	if d.Dir == "" {
		return nil, nil
	}
	return (&shelf.Shelf{Dir: d.Dir}).Log(rule)
}
