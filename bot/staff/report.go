package staff

import (
	"context"
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
// correction found things, and where the ledger ended. Where the days are a period
// that is closed, the figures are those as closed.
func (d *Desk) Report(ctx context.Context, from, to corpus.Date) (r office.Report, err error) {
	if r.Head, err = d.Ledger.Head(ctx); err != nil { // before the rows: what is added meanwhile is more than it says, not less
		return r, err
	}
	closed, err := d.Closed(ctx)
	if err != nil {
		return r, err
	}
	for _, c := range closed {
		c.At = c.At.In(d.Location)
		for i := range c.Changes {
			c.Changes[i].Deed.At = c.Changes[i].Deed.At.In(d.Location)
		}
		if c.From == from && c.To == to {
			r.Table, r.Before, r.Closed = c.Table, c.Before, []ledger.Closed{c}
			return r, nil
		}
		if c.From <= to && from <= c.To {
			r.Closed = append(r.Closed, c)
		}
	}
	a, err := d.Ledger.Explain(ctx, from, to, d.here())
	if err != nil {
		return r, err
	}
	r.Table = a.Table
	for _, c := range r.Corrections {
		i := slices.IndexFunc(a.All, func(round ledger.Round) bool { return round.Day == c.Round })
		r.Before = append(r.Before, a.Grounds[c.Member][i].Without)
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
