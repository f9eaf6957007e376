package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Gap is a time of which the ledger does not know what went out: a backup knows
// nothing of what was between it and the moment when it took its place.
type Gap struct {
	Since time.Time // the last that it knows of
	Until time.Time
}

// Covers reports whether a push may have gone out in the gap.
func (g Gap) Covers(p Push) bool { return !p.Until.Before(g.Since) && !p.Due.After(g.Until) }

// Gaps are all that there are.
func (l *Ledger) Gaps(ctx context.Context) ([]Gap, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT since, until FROM gap ORDER BY until`)
	list, err := collect(rows, err, func(row scanner) (g Gap, err error) {
		var since, until int64
		err = row.Scan(&since, &until)
		g.Since, g.Until = fromMillis(since), fromMillis(until)
		return g, err
	})
	if err != nil {
		return nil, fmt.Errorf("read gaps: %w", err)
	}
	return list, nil
}

// uncertainDetail is why pushes are uncertain that were under way in a ledger
// that takes another's place.
const uncertainDetail = "恢复的台账不知道有没有发出"

// leap makes the ledger the one that comes after another, of which only the
// origin is known: what may have gone out since is uncertain. The gap lasts at
// least until the other's last push: the clock may have been set back since. The
// audit tells who did so, and which rows are gone with the other.
func (l *Ledger) leap(ctx context.Context, former Origin, actor Actor, now time.Time) (next Origin, err error) {
	err = l.in(ctx, func(tx *sql.Tx) error {
		if next, err = originIn(ctx, tx); err != nil {
			return err
		}
		was := next.Generation
		next.Pushed = former.Pushed
		next.Generation, next.Counter = max(next.Generation, former.Generation)+1, max(next.Counter, former.Counter)+1
		if err := exec(ctx, tx, `UPDATE origin SET generation = $1, counter = $2`, next.Generation, next.Counter); err != nil {
			return err
		}
		var since int64
		if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(at), 0) FROM (
			SELECT MAX(at) AS at FROM push WHERE at <= $1
			UNION ALL SELECT MAX(at) FROM audit WHERE at <= $1
			UNION ALL SELECT MAX(at) FROM answer WHERE at <= $1) AS known`, millis(now)).Scan(&since); err != nil {
			return err
		}
		if err := exec(ctx, tx, `INSERT INTO gap (since, until) VALUES ($1, $2)`, since, max(millis(now), former.Pushed)); err != nil {
			return err
		}
		if err := exec(ctx, tx, `UPDATE push SET state = 'uncertain', detail = $1, at = $2 WHERE state IN ('claimed', 'waiting')`, uncertainDetail, millis(now)); err != nil {
			return err
		}
		if err := endAllSessions(ctx, tx); err != nil {
			return err
		}
		if err := l.noteReturn(ctx, tx, was, next, former.Head, actor, now); err != nil {
			return err
		}
		next.Head, err = headIn(ctx, tx)
		next.Audited = next.Head.Row
		return err
	})
	return next, err
}
