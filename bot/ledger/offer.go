package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"lianwen/corpus"
)

// Offer is the question that a member was shown last in some place, so that a
// letter said there is the answer to it: the question of a round, or one for
// practice.
type Offer struct {
	Round corpus.Date // "": it is for practice
	Drill string      // the question's id, for practice
	Done  bool        // a letter has answered it
	At    time.Time   // when it was shown, or answered
}

// OfferLife is how long an offer is remembered: as long as a round is open.
const OfferLife = RoundDays * 24 * time.Hour

// PutOffer remembers what a member is offered in a place, instead of what they
// were offered there before.
func (l *Ledger) PutOffer(ctx context.Context, member, place string, o Offer) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		if err := exec(ctx, tx, `DELETE FROM offer WHERE at < $1`, millis(o.At.Add(-OfferLife))); err != nil {
			return err
		}
		return exec(ctx, tx, `INSERT INTO offer (member, place, round, drill, done, at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (member, place) DO UPDATE SET round = excluded.round, drill = excluded.drill, done = excluded.done, at = excluded.at`,
			member, place, string(o.Round), o.Drill, boolean(o.Done), millis(o.At))
	})
	if err != nil {
		return fmt.Errorf("remember offer to %s: %w", member, err)
	}
	return nil
}

// Offered is what a member was offered last in a place within OfferLife; ok is
// false when there was nothing.
func (l *Ledger) Offered(ctx context.Context, member, place string, now time.Time) (o Offer, ok bool, err error) {
	var done, at int64
	err = l.reader.QueryRowContext(ctx, `SELECT round, drill, done, at FROM offer WHERE member = $1 AND place = $2 AND at >= $3`,
		member, place, millis(now.Add(-OfferLife))).Scan(&o.Round, &o.Drill, &done, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return Offer{}, false, nil
	}
	if err != nil {
		return Offer{}, false, fmt.Errorf("look for offer to %s: %w", member, err)
	}
	o.Done, o.At = done != 0, fromMillis(at)
	return o, true, nil
}
