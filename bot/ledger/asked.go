package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"lianwen/bot"
)

// Ask implements bot.AskedRecords.
func (l *Ledger) Ask(ctx context.Context, q bot.Asked, keep time.Duration) error {
	_, err := l.db.ExecContext(ctx, `INSERT INTO asked (at, channel, outcome, question, asker) VALUES ($1, $2, $3, $4, $5)`,
		millis(q.At), q.Channel, q.Outcome, q.Question, q.Asker)
	if err == nil {
		err = l.forgetBefore(ctx, q.At.Add(-keep))
	}
	if err != nil {
		return fmt.Errorf("record question: %w", err)
	}
	return nil
}

// Rate implements bot.AskedRecords.
func (l *Ledger) Rate(ctx context.Context, r bot.Rating, keep time.Duration) error {
	_, err := l.db.ExecContext(ctx, `INSERT INTO feedback (at, channel, asker, question, cite, useful) VALUES ($1, $2, $3, $4, $5, $6)`,
		millis(r.At), r.Channel, r.Asker, r.Question, r.Cite, boolean(r.Useful))
	if err == nil {
		err = l.forgetBefore(ctx, r.At.Add(-keep))
	}
	if err != nil {
		return fmt.Errorf("record rating: %w", err)
	}
	return nil
}

func (l *Ledger) forgetBefore(ctx context.Context, t time.Time) error {
	_, err := l.db.ExecContext(ctx, `DELETE FROM asked WHERE at < $1`, millis(t))
	if err == nil {
		_, err = l.db.ExecContext(ctx, `DELETE FROM feedback WHERE at < $1`, millis(t))
	}
	return err
}

// Asked implements bot.AskedRecords.
func (l *Ledger) Asked(ctx context.Context, from, to time.Time) (list []bot.Asked, err error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT at, channel, outcome, question, '' AS cite, asker FROM asked WHERE at >= $1 AND at < $2
		UNION ALL SELECT at, channel, $3, question, cite, asker FROM feedback WHERE at >= $1 AND at < $2 AND useful = 0
		ORDER BY at`, millis(from), millis(to), bot.AskedUseless)
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var q bot.Asked
		var at int64
		if err := rows.Scan(&at, &q.Channel, &q.Outcome, &q.Question, &q.Cite, &q.Asker); err != nil {
			return nil, fmt.Errorf("read questions: %w", err)
		}
		q.At = fromMillis(at)
		list = append(list, q)
	}
	return list, rows.Err()
}

// Rated implements bot.AskedRecords.
func (l *Ledger) Rated(ctx context.Context, from, to time.Time) (useful, useless int, err error) {
	err = l.reader.QueryRowContext(ctx, `SELECT COALESCE(SUM(useful), 0), COALESCE(SUM(1 - useful), 0) FROM feedback WHERE at >= $1 AND at < $2`,
		millis(from), millis(to)).Scan(&useful, &useless)
	if err != nil {
		return 0, 0, fmt.Errorf("count ratings: %w", err)
	}
	return useful, useless, nil
}

// Forget implements bot.AskedRecords.
func (l *Ledger) Forget(ctx context.Context, askers []string, actor string, now time.Time) (n int, err error) {
	err = l.in(ctx, func(tx *sql.Tx) error {
		for _, table := range []string{"asked", "feedback"} {
			for _, asker := range askers {
				res, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE asker = $1`, asker)
				if err != nil {
					return err
				}
				gone, err := res.RowsAffected()
				if err != nil {
					return err
				}
				n += int(gone)
			}
		}
		if n == 0 {
			return nil
		}
		return l.note(ctx, tx, actor, "forget questions", fmt.Sprintf("%d", n), now)
	})
	if err != nil {
		return 0, fmt.Errorf("forget questions: %w", err)
	}
	return n, nil
}

// Holdings implements bot.MemberRecords.
func (l *Ledger) Holdings(ctx context.Context, channel, sender, number string, askers []string) (h bot.Holdings, err error) {
	var bound int64
	err = l.reader.QueryRowContext(ctx, `SELECT
		COALESCE((SELECT bound FROM identity WHERE channel = $1 AND sender = $2), 0),
		(SELECT count(*) FROM answer WHERE member = $3),
		(SELECT count(*) FROM excuse WHERE member = $3),
		(SELECT count(*) FROM correction WHERE member = $3),
		(SELECT count(*) FROM attendance WHERE member = $3)`, channel, sender, number).
		Scan(&bound, &h.Answers, &h.Excuses, &h.Corrections, &h.Activities)
	for _, asker := range askers {
		var n int
		if err == nil {
			err = l.reader.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM asked WHERE asker = $1) + (SELECT count(*) FROM feedback WHERE asker = $1)`, asker).Scan(&n)
			h.Asked += n
		}
	}
	if err != nil {
		return bot.Holdings{}, fmt.Errorf("count holdings: %w", err)
	}
	h.Bound = fromMillis(bound)
	return h, nil
}
