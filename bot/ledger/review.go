package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"lianwen/bot"
)

// approval is what a question was approved with.
type approval struct {
	digest    string
	suspended int64 // since when; 0: it is not
}

func approvals(ctx context.Context, q queryer) (map[string]approval, error) {
	rows, err := q.QueryContext(ctx, `SELECT question, digest, suspended FROM approval`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	have := map[string]approval{}
	for rows.Next() {
		var id string
		var a approval
		if err := rows.Scan(&id, &a.digest, &a.suspended); err != nil {
			return nil, err
		}
		have[id] = a
	}
	return have, rows.Err()
}

// Review implements bot.ReviewRecords.
func (l *Ledger) Review(ctx context.Context, list []bot.Basis, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		have, err := approvals(ctx, tx)
		if err != nil {
			return err
		}
		for _, b := range list {
			if err := l.review(ctx, tx, b, have, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("review questions: %w", err)
	}
	return nil
}

func (l *Ledger) review(ctx context.Context, tx *sql.Tx, b bot.Basis, have map[string]approval, now time.Time) error {
	a, known := have[b.Question]
	same := b.Digest == a.digest
	switch {
	case !known && b.Sound:
		return exec(ctx, tx, `INSERT INTO approval (question, digest, suspended, actor, at) VALUES ($1, $2, 0, $3, $4) ON CONFLICT (question) DO NOTHING`,
			b.Question, b.Digest, "library", millis(now))
	case !known:
		if err := exec(ctx, tx, `INSERT INTO approval (question, digest, suspended, actor, at) VALUES ($1, '', $2, $3, $2) ON CONFLICT (question) DO NOTHING`,
			b.Question, millis(now), "library"); err != nil {
			return err
		}
		return l.void(ctx, tx, b.Question, bot.VoidReason, now)
	case same && a.suspended != 0:
		if err := exec(ctx, tx, `UPDATE approval SET suspended = 0 WHERE question = $1`, b.Question); err != nil {
			return err
		}
		return l.void(ctx, tx, b.Question, "", now)
	case !same && a.suspended == 0:
		if err := exec(ctx, tx, `UPDATE approval SET suspended = $2 WHERE question = $1`, b.Question, millis(now)); err != nil {
			return err
		}
		return l.void(ctx, tx, b.Question, bot.VoidReason, now)
	}
	return nil
}

// void says of the open rounds of a question why they are void, or, by "", that
// they are not; the audit has it.
func (l *Ledger) void(ctx context.Context, tx *sql.Tx, question, reason string, now time.Time) error {
	if err := exec(ctx, tx, `UPDATE round SET void = $1 WHERE question = $2 AND closes > $3`, reason, question, millis(now)); err != nil {
		return err
	}
	action := "suspend"
	if reason == "" {
		action = "resume question"
	}
	return l.note(ctx, tx, "library", action, question, now)
}

// Approve implements bot.ReviewRecords.
func (l *Ledger) Approve(ctx context.Context, b bot.Basis, keep bool, actor string, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		if err := exec(ctx, tx, `INSERT INTO approval (question, digest, suspended, actor, at) VALUES ($1, $2, 0, $3, $4)
			ON CONFLICT (question) DO UPDATE SET digest = excluded.digest, suspended = 0, actor = excluded.actor, at = excluded.at`,
			b.Question, b.Digest, actor, millis(now)); err != nil {
			return err
		}
		if keep {
			if err := exec(ctx, tx, `UPDATE round SET void = '' WHERE question = $1 AND closes > $2`, b.Question, millis(now)); err != nil {
				return err
			}
		}
		return l.note(ctx, tx, actor, "approve question", b.Question, now)
	})
	if err != nil {
		return fmt.Errorf("approve question %s: %w", b.Question, err)
	}
	return nil
}

// Suspensions implements bot.ReviewRecords.
func (l *Ledger) Suspensions(ctx context.Context) (list []bot.Suspension, err error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT question, suspended FROM approval WHERE suspended > 0 ORDER BY question`)
	if err != nil {
		return nil, fmt.Errorf("read suspended questions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var s bot.Suspension
		var since int64
		if err := rows.Scan(&s.Question, &since); err != nil {
			return nil, fmt.Errorf("read suspended questions: %w", err)
		}
		s.Since = fromMillis(since)
		list = append(list, s)
	}
	return list, rows.Err()
}

func exec(ctx context.Context, tx *sql.Tx, statement string, args ...any) error {
	_, err := tx.ExecContext(ctx, statement, args...)
	return err
}
