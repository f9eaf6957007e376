package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"lianwen/bot"
	"lianwen/corpus"
)

const pushColumns = `name, target, day, content, content_id, title, due, until, state, message_id, detail, at, next_try`

func pushValues(r bot.PushRecord) []any {
	return []any{
		r.Name, r.Target, string(r.Date), r.Content, r.ContentID, r.Title, millis(r.Due), millis(r.Until),
		string(r.State), r.MessageID, r.Detail, millis(r.At), millis(r.NextTry),
	}
}

func scanPushes(rows *sql.Rows, err error) (list []bot.PushRecord, _ error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r bot.PushRecord
		var due, until, at, next int64
		if err := rows.Scan(&r.Name, &r.Target, &r.Date, &r.Content, &r.ContentID, &r.Title, &due, &until,
			&r.State, &r.MessageID, &r.Detail, &at, &next); err != nil {
			return nil, err
		}
		r.Due, r.Until, r.At, r.NextTry = fromMillis(due), fromMillis(until), fromMillis(at), fromMillis(next)
		list = append(list, r)
	}
	return list, rows.Err()
}

// ClaimPush implements bot.PushRecords.
func (l *Ledger) ClaimPush(ctx context.Context, p bot.Push, now time.Time) (claimed bool, err error) {
	r := bot.PushRecord{Push: p, State: bot.PushClaimed, At: now}
	res, err := l.db.ExecContext(ctx, `INSERT INTO push (`+pushColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (name, target, day) DO UPDATE SET state = excluded.state, at = excluded.at
		WHERE push.state = 'waiting' AND push.next_try <= excluded.at`, pushValues(r)...)
	if err != nil {
		return false, fmt.Errorf("claim push %s to %s of %s: %w", p.Name, p.Target, p.Date, err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// SettlePush implements bot.PushRecords.
func (l *Ledger) SettlePush(ctx context.Context, r bot.PushRecord) error {
	_, err := l.db.ExecContext(ctx, `UPDATE push SET state = $1, message_id = $2, detail = $3, at = $4, next_try = $5
		WHERE name = $6 AND target = $7 AND day = $8 AND state = 'claimed'`,
		string(r.State), r.MessageID, r.Detail, millis(r.At), millis(r.NextTry), r.Name, r.Target, string(r.Date))
	if err != nil {
		return fmt.Errorf("settle push %s to %s of %s: %w", r.Name, r.Target, r.Date, err)
	}
	return nil
}

// SkipPush implements bot.PushRecords.
func (l *Ledger) SkipPush(ctx context.Context, r bot.PushRecord) (bool, error) {
	res, err := l.db.ExecContext(ctx, `INSERT INTO push (`+pushColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (name, target, day) DO UPDATE SET state = excluded.state, detail = excluded.detail, at = excluded.at
		WHERE push.state = 'waiting'`, pushValues(r)...)
	if err != nil {
		return false, fmt.Errorf("skip push %s to %s of %s: %w", r.Name, r.Target, r.Date, err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// AbandonPushes implements bot.PushRecords.
func (l *Ledger) AbandonPushes(ctx context.Context, before, now time.Time) ([]bot.PushRecord, error) {
	list, err := scanPushes(l.db.QueryContext(ctx, `UPDATE push SET state = 'uncertain', at = $1, detail = $2
		WHERE state = 'claimed' AND at < $3 RETURNING `+pushColumns,
		millis(now), "发送时程序中断，不知道有没有发出", millis(before)))
	if err != nil {
		return nil, fmt.Errorf("abandon pushes: %w", err)
	}
	return list, nil
}

// ResolvePush implements bot.PushRecords.
func (l *Ledger) ResolvePush(ctx context.Context, r bot.PushRecord, actor string) (resolved bool, err error) {
	err = l.in(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE push SET state = $1, detail = $2, at = $3
			WHERE name = $4 AND target = $5 AND day = $6 AND state = 'uncertain'`,
			string(r.State), r.Detail, millis(r.At), r.Name, r.Target, string(r.Date))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		resolved = true
		return l.note(ctx, tx, actor, "resolve push", fmt.Sprintf("%s %s %s: %s", r.Name, r.Target, r.Date, r.State), r.At)
	})
	if err != nil {
		return false, fmt.Errorf("resolve push %s to %s of %s: %w", r.Name, r.Target, r.Date, err)
	}
	return resolved, nil
}

// Pushes implements bot.PushRecords.
func (l *Ledger) Pushes(ctx context.Context, from, to corpus.Date) ([]bot.PushRecord, error) {
	list, err := scanPushes(l.reader.QueryContext(ctx, `SELECT `+pushColumns+` FROM push
		WHERE day >= $1 AND day <= $2 ORDER BY due, name, target`, string(from), string(to)))
	if err != nil {
		return nil, fmt.Errorf("read pushes: %w", err)
	}
	return list, nil
}

// Pause implements bot.PushRecords.
func (l *Ledger) Pause(ctx context.Context, name string, on bool, actor string, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		statement, action := `INSERT INTO pause (name, actor, at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING`, "pause"
		args := []any{name, actor, millis(now)}
		if !on {
			statement, action, args = `DELETE FROM pause WHERE name = $1`, "resume", args[:1]
		}
		if _, err := tx.ExecContext(ctx, statement, args...); err != nil {
			return err
		}
		return l.note(ctx, tx, actor, action, name, now)
	})
	if err != nil {
		return fmt.Errorf("pause push %s: %w", name, err)
	}
	return nil
}

// Paused implements bot.PushRecords.
func (l *Ledger) Paused(ctx context.Context) (list []string, err error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT name FROM pause ORDER BY name`)
	if err != nil {
		return nil, fmt.Errorf("read paused pushes: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("read paused pushes: %w", err)
		}
		list = append(list, name)
	}
	return list, rows.Err()
}
