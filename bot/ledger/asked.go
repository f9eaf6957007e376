package ledger

import (
	"context"
	"fmt"
	"time"

	"lianwen/bot"
)

// Ask implements bot.AskedRecords.
func (l *Ledger) Ask(ctx context.Context, q bot.Asked, keep time.Duration) error {
	_, err := l.db.ExecContext(ctx, `INSERT INTO asked (at, channel, outcome, question) VALUES ($1, $2, $3, $4)`,
		millis(q.At), q.Channel, q.Outcome, q.Question)
	if err == nil {
		_, err = l.db.ExecContext(ctx, `DELETE FROM asked WHERE at < $1`, millis(q.At.Add(-keep)))
	}
	if err != nil {
		return fmt.Errorf("record question: %w", err)
	}
	return nil
}

// Asked implements bot.AskedRecords.
func (l *Ledger) Asked(ctx context.Context, from, to time.Time) (list []bot.Asked, err error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT at, channel, outcome, question FROM asked WHERE at >= $1 AND at < $2 ORDER BY at`, millis(from), millis(to))
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var q bot.Asked
		var at int64
		if err := rows.Scan(&at, &q.Channel, &q.Outcome, &q.Question); err != nil {
			return nil, fmt.Errorf("read questions: %w", err)
		}
		q.At = fromMillis(at)
		list = append(list, q)
	}
	return list, rows.Err()
}
