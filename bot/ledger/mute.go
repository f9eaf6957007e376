package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// A member's wish not to be sent anything in private that they have not asked
// for is theirs alone: the audit does not have it, nor does any list that staff
// see. It belongs to the member, not to a sender: it outlasts unbinding, binding
// anew and leaving the roster.

// Mute keeps that a member wants nothing sent in private that they have not
// asked for. Who has said so before keeps the day on which they did.
func (l *Ledger) Mute(ctx context.Context, number string, now time.Time) error {
	err := exec(ctx, l.db, `INSERT INTO mute (member, since) VALUES ($1, $2) ON CONFLICT (member) DO NOTHING`, number, millis(now))
	if err != nil {
		return fmt.Errorf("mute: %w", err) // without the number: errors are logged
	}
	return nil
}

// Unmute ends that, if it was so.
func (l *Ledger) Unmute(ctx context.Context, number string) error {
	if err := exec(ctx, l.db, `DELETE FROM mute WHERE member = $1`, number); err != nil {
		return fmt.Errorf("unmute: %w", err)
	}
	return nil
}

// Muted is since when a member wants nothing sent in private that they have not
// asked for; the zero time: they have not said so.
func (l *Ledger) Muted(ctx context.Context, number string) (since time.Time, err error) {
	var at int64
	err = l.reader.QueryRowContext(ctx, `SELECT since FROM mute WHERE member = $1`, number).Scan(&at)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return since, fmt.Errorf("look for mute: %w", err)
	}
	return fromMillis(at), nil
}

// CountMuted is how many of those on the roster want nothing sent in private.
func (l *Ledger) CountMuted(ctx context.Context) (n int, err error) {
	err = l.reader.QueryRowContext(ctx, `SELECT count(*) FROM mute WHERE member IN (SELECT number FROM roster WHERE left_on = '')`).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count muted: %w", err)
	}
	return n, nil
}
