package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// How often in a row somebody may try to log in under a name, how long nobody may
// then, and how long a wrong password is remembered.
const (
	MostLogins    = 5
	LockedFor     = 15 * time.Minute
	failedForgets = 24 * time.Hour
)

// TryLogin counts an attempt to log in before it is made, so that of many at
// once none is free. until is when the name is locked until, if it is: what is
// tried then does not count. left is how many are left after this one. It makes
// no difference whether there is such an account: nobody learns that from it.
func (l *Ledger) TryLogin(ctx context.Context, spelling string, now time.Time) (left int, until time.Time, err error) {
	key := hashToken(spelling)
	err = l.in(ctx, func(tx *sql.Tx) error {
		// What lies ahead is of a clock that was set back since.
		if err := exec(ctx, tx, `DELETE FROM web_attempt WHERE at < $1 OR at > $2 OR failed >= $3 AND at <= $4`,
			millis(now.Add(-failedForgets)), millis(now.Add(LockedFor)), MostLogins, millis(now.Add(-LockedFor))); err != nil {
			return err
		}
		var failed int
		err := tx.QueryRowContext(ctx, `INSERT INTO web_attempt (spelling, failed, at) VALUES ($1, 1, $2)
			ON CONFLICT (spelling) DO UPDATE SET failed = web_attempt.failed + 1, at = excluded.at WHERE web_attempt.failed < $3
			RETURNING failed`, key, millis(now), MostLogins).Scan(&failed)
		if err == nil {
			left = MostLogins - failed
			return nil
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		var at int64
		err = tx.QueryRowContext(ctx, `SELECT at FROM web_attempt WHERE spelling = $1`, key).Scan(&at)
		until = fromMillis(at).Add(LockedFor)
		return err
	})
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("count attempt to log in: %w", err)
	}
	return left, until, nil
}

// LoggedIn forgets the attempts under a name, and keeps when its account logged in.
func (l *Ledger) LoggedIn(ctx context.Context, spelling string, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		if err := exec(ctx, tx, `DELETE FROM web_attempt WHERE spelling = $1`, hashToken(spelling)); err != nil {
			return err
		}
		return exec(ctx, tx, `UPDATE web_account SET seen = $2 WHERE spelling = $1`, spelling, millis(now))
	})
	if err != nil {
		return fmt.Errorf("keep log-in: %w", err)
	}
	return nil
}
