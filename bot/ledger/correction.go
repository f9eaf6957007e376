package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"lianwen/bot"
	"lianwen/corpus"
)

// Correct implements bot.RoundRecords.
func (l *Ledger) Correct(ctx context.Context, c bot.Correction) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `INSERT INTO correction (round, member, standing, reason, actor, at)
			SELECT id, CAST($2 AS TEXT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS BIGINT) FROM round WHERE id = $1`,
			c.Round, c.Member, string(c.Standing), c.Reason, c.Actor, millis(c.At))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			return bot.ErrNoRound
		}
		return l.note(ctx, tx, c.Actor, "correct", fmt.Sprintf("%s %s %s: %s", c.Round, c.Member, c.Standing, c.Reason), c.At)
	})
	if err != nil {
		return fmt.Errorf("correct round %s of %s: %w", c.Round, c.Member, err)
	}
	return nil
}

// Corrections implements bot.RoundRecords.
func (l *Ledger) Corrections(ctx context.Context, from, to corpus.Date) (list []bot.Correction, err error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT round, member, standing, reason, actor, at FROM correction
		WHERE round >= $1 AND round <= $2 ORDER BY at`, string(from), string(to))
	if err != nil {
		return nil, fmt.Errorf("read corrections: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c bot.Correction
		var at int64
		if err := rows.Scan(&c.Round, &c.Member, &c.Standing, &c.Reason, &c.Actor, &at); err != nil {
			return nil, fmt.Errorf("read corrections: %w", err)
		}
		c.At = fromMillis(at)
		list = append(list, c)
	}
	return list, rows.Err()
}
