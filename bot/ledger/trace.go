package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// Traced is what has become of a head that was kept elsewhere, on paper say.
type Traced struct {
	Rows   int     // that the audit has now
	Holds  bool    // it is a row of the audit still, and so are all before it
	Deed   Deed    // the row of its number, if there is one
	Return *Return // that may have taken it away; nil: none did
}

// Trace looks for a head, of whose hash the first digits are enough. An audit that is
// not as it was written is ErrTampered.
func (l *Ledger) Trace(ctx context.Context, h Head) (t Traced, err error) {
	if t.Rows, err = l.Verify(ctx); err != nil {
		return t, err
	}
	var hash string
	var at int64
	err = l.reader.QueryRowContext(ctx, `SELECT hash, at, actor, action, detail FROM audit WHERE seq = $1`, h.Row).
		Scan(&hash, &at, &t.Deed.Actor, &t.Deed.Action, &t.Deed.Detail)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return t, fmt.Errorf("trace a head: %w", err)
	}
	t.Deed.At = fromMillis(at)
	if t.Holds = h.Hash != "" && strings.HasPrefix(hash, h.Hash); t.Holds {
		return t, nil
	}
	returns, err := returnsIn(ctx, l.reader)
	if err != nil {
		return t, fmt.Errorf("trace a head: %w", err)
	}
	for i, r := range returns {
		if h.Row > r.To.Row {
			t.Return = &returns[i]
		}
	}
	return t, nil
}
