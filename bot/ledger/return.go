package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// returned is what the audit calls it when a backup, or another copy, took the
// ledger's place.
const returned = "put back"

// Return is that the ledger went back to an earlier row, because a backup took its
// place: rows behind it were there and are not any more.
type Return struct {
	At     time.Time
	Actor  Actor
	To     Head // the row behind which it is told, and the generation that the copy was of
	Former Head // the last that is known of the ledger whose place was taken; Row 0: nothing
	Now    int64
}

// detail is a return as the audit has it.
func (r Return) detail() string {
	return fmt.Sprintf("%d %s %d %d %d %s", r.To.Row, orDash(r.To.Hash), r.To.Generation, r.Now, r.Former.Row, orDash(r.Former.Hash))
}

func orDash(hash string) string {
	if hash == "" {
		return "-"
	}
	return hash
}

// ReadReturn reads what a deed tells of a return; ok is false for any other deed.
func ReadReturn(d Deed) (r Return, ok bool) {
	if d.Action != returned {
		return r, false
	}
	r.At, r.Actor = d.At, d.Actor
	n, err := fmt.Sscanf(d.Detail, "%d %s %d %d %d %s", &r.To.Row, &r.To.Hash, &r.To.Generation, &r.Now, &r.Former.Row, &r.Former.Hash)
	return r, err == nil && n == 6
}

func returnsIn(ctx context.Context, q queryer) (list []Return, err error) {
	rows, err := q.QueryContext(ctx, `SELECT at, actor, action, detail FROM audit WHERE action = $1 ORDER BY seq`, returned)
	deeds, err := collect(rows, err, scanDeed)
	for _, d := range deeds {
		if r, ok := ReadReturn(d); ok {
			list = append(list, r)
		}
	}
	return list, err
}

// tells finds the return that took a head away with it: the head was seen in a
// generation before, and it stood behind the row that was gone back to, or in a
// ledger that the present one does not come from.
func tells(returns []Return, h Head) (Return, bool) {
	for _, r := range returns {
		if h.Generation < r.Now && (h.Row > r.To.Row || h.Generation > r.To.Generation) {
			return r, true
		}
	}
	return Return{}, false
}

// noteReturn has the audit tell that the ledger takes another's place.
func (l *Ledger) noteReturn(ctx context.Context, tx *sql.Tx, was int64, now Origin, former Head, actor Actor, at time.Time) error {
	to, err := headIn(ctx, tx)
	if err != nil {
		return err
	}
	to.Generation = was
	return l.note(ctx, tx, actor, returned, Return{To: to, Former: former, Now: now.Generation}.detail(), at)
}
