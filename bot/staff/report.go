package staff

import (
	"context"
	"time"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Participation is who took part on some days; see ledger.Tally.
func (d *Desk) Participation(ctx context.Context, from, to corpus.Date) (ledger.Table, error) {
	return d.Ledger.Tally(ctx, from, to, d.here())
}

// Unanswered is what people asked in vain in some time.
type Unanswered struct {
	Clusters        []Cluster // most frequent first
	Useful, Useless int       // ratings of answers
}

// Unanswered is what people asked in vain in the last so many days.
func (d *Desk) Unanswered(ctx context.Context, days int) (Unanswered, error) {
	from, to := d.Now().AddDate(0, 0, -days), d.Now().Add(time.Minute)
	asked, err := d.Ledger.Asked(ctx, from, to)
	if err != nil {
		return Unanswered{}, err
	}
	u := Unanswered{Clusters: ClusterAsked(asked)}
	u.Useful, u.Useless, err = d.Ledger.Rated(ctx, from, to)
	return u, err
}

// History is what was done last, newest first, at most so many deeds.
func (d *Desk) History(ctx context.Context, most int) ([]ledger.Deed, error) {
	return d.Ledger.History(ctx, most)
}
