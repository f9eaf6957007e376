package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"lianwen/corpus"
)

// Correction is what staff say of a member and a round, against what the other
// records say. The one that was recorded last holds, whatever the clock said;
// none is ever changed.
type Correction struct {
	Round    corpus.Date
	Member   string // number
	Standing Participation
	Reason   string
	Actor    Actor
	At       time.Time
}

// Correct adds a correction. ErrNoRound: there was no round on that day.
func (l *Ledger) Correct(ctx context.Context, c Correction) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		if err := l.lockAudit(ctx, tx); err != nil { // no two have the same place
			return err
		}
		n, err := affected(ctx, tx, `INSERT INTO correction (seq, round, member, standing, reason, actor, at)
			SELECT (SELECT COALESCE(MAX(seq), 0) + 1 FROM correction), id, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS BIGINT)
			FROM round WHERE id = $1`,
			string(c.Round), c.Member, string(c.Standing), c.Reason, string(c.Actor), millis(c.At))
		switch {
		case err != nil:
			return err
		case n == 0:
			return ErrNoRound
		}
		return l.noteOf(ctx, tx, c.Actor, correctAction, c.detail(), c.At, c.Round, c.Round, []string{c.Member})
	})
	if err != nil {
		return fmt.Errorf("correct round %s of %s: %w", c.Round, c.Member, err)
	}
	return nil
}

// Corrections are those of the rounds of some days, in the order in which they
// were recorded.
func (l *Ledger) Corrections(ctx context.Context, from, to corpus.Date) ([]Correction, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT round, member, standing, reason, actor, at FROM correction
		WHERE round >= $1 AND round <= $2 ORDER BY seq`, string(from), string(to))
	list, err := collect(rows, err, func(row scanner) (c Correction, err error) {
		var at int64
		err = row.Scan(&c.Round, &c.Member, &c.Standing, &c.Reason, &c.Actor, &at)
		c.At = fromMillis(at)
		return c, err
	})
	if err != nil {
		return nil, fmt.Errorf("read corrections: %w", err)
	}
	return list, nil
}
