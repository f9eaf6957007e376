package ledger

import (
	"context"
	"fmt"
	"time"
)

// Lease makes name a holder's until a time, and reports whether it is: it is
// not while another holder's lease lasts. A holder extends its lease by asking
// again.
func (l *Ledger) Lease(ctx context.Context, name, holder string, until, now time.Time) (bool, error) {
	n, err := affected(ctx, l.db, `INSERT INTO lease (name, holder, until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
		WHERE lease.holder = excluded.holder OR lease.until <= $4`, name, holder, millis(until), millis(now))
	if err != nil {
		return false, fmt.Errorf("lease %s: %w", name, err)
	}
	return n == 1, err
}

// Release ends a holder's lease before its time.
func (l *Ledger) Release(ctx context.Context, name, holder string) error {
	if err := exec(ctx, l.db, `DELETE FROM lease WHERE name = $1 AND holder = $2`, name, holder); err != nil {
		return fmt.Errorf("release %s: %w", name, err)
	}
	return nil
}
