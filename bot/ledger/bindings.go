package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Binding is that a member can be recognised on a channel.
type Binding struct {
	Member  string // number
	Channel string
	Since   time.Time // when the first of the logins that are still known there was bound
}

// Bindings are those of everybody, by member and channel, of who has left among
// them.
func (l *Ledger) Bindings(ctx context.Context) ([]Binding, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT member, channel, MIN(bound) FROM identity GROUP BY member, channel ORDER BY member, channel`)
	list, err := collect(rows, err, func(row scanner) (b Binding, err error) {
		var since int64
		err = row.Scan(&b.Member, &b.Channel, &since)
		b.Since = fromMillis(since)
		return b, err
	})
	if err != nil {
		return nil, fmt.Errorf("read bindings: %w", err)
	}
	return list, nil
}

// UnusedCodes is until when the binding codes are good that nobody has used yet, by
// the number of the member.
func (l *Ledger) UnusedCodes(ctx context.Context, now time.Time) (map[string]time.Time, error) {
	until := map[string]time.Time{}
	rows, err := l.reader.QueryContext(ctx, `SELECT member, MAX(expires) FROM code WHERE expires > $1 GROUP BY member`, millis(now))
	_, err = collect(rows, err, func(row scanner) (number string, err error) {
		var expires int64
		err = row.Scan(&number, &expires)
		until[number] = fromMillis(expires)
		return number, err
	})
	if err != nil {
		return nil, fmt.Errorf("read unused codes: %w", err)
	}
	return until, nil
}

// UnbindMember forgets all by whom a member is recognised on a channel, because
// staff say so. ErrNoMember: they are not bound there.
func (l *Ledger) UnbindMember(ctx context.Context, number, channel string, actor Actor, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		n, err := affected(ctx, tx, `DELETE FROM identity WHERE channel = $1 AND member = $2`, channel, number)
		switch {
		case err != nil:
			return err
		case n == 0:
			return ErrNoMember
		}
		return l.note(ctx, tx, actor, "unbind member", number+" "+channel, now)
	})
	if err != nil {
		return fmt.Errorf("unbind %s: %w", number, err)
	}
	return nil
}
