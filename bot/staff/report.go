package staff

import (
	"context"
	"slices"
	"time"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Participation is who took part on some days; see ledger.Tally.
func (d *Desk) Participation(ctx context.Context, from, to corpus.Date) (ledger.Table, error) {
	return d.Ledger.Tally(ctx, from, to, d.here())
}

// Record is how one member stands this year; see ledger.Own.
func (d *Desk) Record(ctx context.Context, number string) (ledger.Own, error) {
	from, to := d.ThisYear()
	return d.Ledger.Own(ctx, number, from, to, d.here())
}

// Unanswered is what people asked in vain in some time.
type Unanswered struct {
	Clusters        []Cluster // most frequent first
	Useful, Useless int       // ratings of answers
}

// Unanswered is what people asked in vain in the last so many days, but for what
// holds a binding code: an earlier version has kept that, too.
func (d *Desk) Unanswered(ctx context.Context, days int) (Unanswered, error) {
	from, to := d.Now().AddDate(0, 0, -days), d.Now().Add(time.Minute)
	asked, err := d.Ledger.Asked(ctx, from, to)
	if err != nil {
		return Unanswered{}, err
	}
	asked = slices.DeleteFunc(asked, func(q ledger.Asked) bool { return HoldsCode(q.Question) })
	u := Unanswered{Clusters: ClusterAsked(asked)}
	u.Useful, u.Useless, err = d.Ledger.Rated(ctx, from, to)
	return u, err
}

// History is what was done last, newest first, at most so many deeds.
func (d *Desk) History(ctx context.Context, most int) ([]ledger.Deed, error) {
	return d.Ledger.History(ctx, most)
}
