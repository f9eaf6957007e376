package staff

import (
	"context"
	"errors"
	"slices"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/corpus"
)

// Participation is who took part on some days; see ledger.Tally.
func (d *Desk) Participation(ctx context.Context, from, to corpus.Date) (ledger.Table, error) {
	return d.Ledger.Tally(ctx, from, to, d.here())
}

// Report is who took part on some days, for a report that goes up: with how each
// correction found things.
func (d *Desk) Report(ctx context.Context, from, to corpus.Date) (office.Report, error) {
	table, err := d.Participation(ctx, from, to)
	r := office.Report{Table: table}
	if err != nil || len(table.Corrections) == 0 {
		return r, err
	}
	answers, err1 := d.Ledger.Answers(ctx, from, to)
	excuses, err2 := d.Ledger.Excuses(ctx, from, to)
	tenures, err3 := d.Ledger.Tenures(ctx)
	if err := errors.Join(err1, err2, err3); err != nil {
		return r, err
	}
	for _, c := range table.Corrections {
		stood := ledger.Absent
		switch { // as ledger.Tally does
		case !tenures.On(c.Member, c.Round):
			stood = ledger.NotDue
		case slices.ContainsFunc(answers, func(a ledger.Answer) bool { return a.Round == c.Round && a.Member == c.Member }):
			stood = ledger.Took
		case ledger.OnLeave(excuses, c.Member, c.Round):
			stood = ledger.Excused
		}
		r.Before = append(r.Before, stood)
	}
	return r, nil
}

// Record is how one member stands this year; see ledger.Own.
func (d *Desk) Record(ctx context.Context, number string) (ledger.Own, error) {
	from, to := d.ThisYear()
	return d.Ledger.Own(ctx, number, from, to, d.here())
}

// History is what was done last, newest first, at most so many deeds.
func (d *Desk) History(ctx context.Context, most int) ([]ledger.Deed, error) {
	return d.Ledger.History(ctx, most)
}
