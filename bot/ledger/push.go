package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"lianwen/corpus"
)

// PushState is what became of a push. A push that was never due has no record.
type PushState string

// The states. Every push ends in one of the last four; claimed and waiting are
// on the way there.
const (
	PushClaimed   PushState = "claimed"   // somebody is sending it
	PushWaiting   PushState = "waiting"   // refused for now, to be tried again
	PushSent      PushState = "sent"      // the platform has taken it
	PushFailed    PushState = "failed"    // surely not delivered
	PushSkipped   PushState = "skipped"   // too late, or too many, or nothing to send
	PushUncertain PushState = "uncertain" // nobody knows; never sent again by itself
)

// Push is one content to one target on one day.
type Push struct {
	Name      string
	Date      corpus.Date
	Due       time.Time
	Until     time.Time // later it is skipped
	Target    string
	Content   string
	ContentID string
	Title     string
}

// PushKey is what makes a push that push.
type PushKey struct {
	Name, Target string
	Date         corpus.Date
}

// Key is the push's key.
func (p Push) Key() PushKey { return PushKey{p.Name, p.Target, p.Date} }

// PushRecord is a push with what became of it.
type PushRecord struct {
	Push
	State     PushState
	MessageID string    // the platform's
	Detail    string    // why, for people
	At        time.Time // of the last change
	NextTry   time.Time // of a waiting one
}

const pushColumns = `name, target, day, content, content_id, title, due, until, state, message_id, detail, at, next_try`

func pushValues(r PushRecord) []any {
	return []any{
		r.Name, r.Target, string(r.Date), r.Content, r.ContentID, r.Title, millis(r.Due), millis(r.Until),
		string(r.State), r.MessageID, r.Detail, millis(r.At), millis(r.NextTry),
	}
}

func scanPush(row scanner) (r PushRecord, err error) {
	var due, until, at, next int64
	err = row.Scan(&r.Name, &r.Target, &r.Date, &r.Content, &r.ContentID, &r.Title, &due, &until,
		&r.State, &r.MessageID, &r.Detail, &at, &next)
	r.Due, r.Until, r.At, r.NextTry = fromMillis(due), fromMillis(until), fromMillis(at), fromMillis(next)
	return r, err
}

// ClaimPush makes a push this process's to send. It returns false when
// another has it, when it is done, or when its next try is not due. ErrFull: with
// it there would be more than a bound allows, counted over all processes. ErrOlder
// or ErrForeign: the ledger is no longer the one that was opened, and must not be
// believed about what has gone out.
func (l *Ledger) ClaimPush(ctx context.Context, p Push, now time.Time, bounds ...Bound) (claimed bool, err error) {
	r := PushRecord{Push: p, State: PushClaimed, At: now}
	var step Origin
	err = l.in(ctx, func(tx *sql.Tx) error {
		n, err := affected(ctx, tx, `INSERT INTO push (`+pushColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
			ON CONFLICT (name, target, day) DO UPDATE SET state = excluded.state, at = excluded.at,
				content_id = excluded.content_id, title = excluded.title
			WHERE push.state = 'waiting' AND push.next_try <= excluded.at`, pushValues(r)...)
		if err != nil || n == 0 {
			return err
		}
		claimed = true
		step, err = l.step(ctx, tx)
		step.Pushed = millis(now)
		for _, b := range bounds {
			if err == nil {
				err = b.within(ctx, tx)
			}
		}
		return err
	})
	if err == nil && claimed {
		if err = l.stepped(ctx, step); err != nil { // nothing goes out that only the ledger would know of
			r.State, r.Detail, r.NextTry = PushWaiting, "记不下来，没有发", now
			err = errors.Join(err, l.SettlePush(context.WithoutCancel(ctx), r))
		}
	}
	if err != nil {
		return false, fmt.Errorf("claim push %s to %s of %s: %w", p.Name, p.Target, p.Date, err)
	}
	return claimed, nil
}

// SettlePush says what became of a push, for whoever has claimed it.
func (l *Ledger) SettlePush(ctx context.Context, r PushRecord) error {
	err := exec(ctx, l.db, `UPDATE push SET state = $1, message_id = $2, detail = $3, at = $4, next_try = $5
		WHERE name = $6 AND target = $7 AND day = $8 AND state = 'claimed'`,
		string(r.State), r.MessageID, r.Detail, millis(r.At), millis(r.NextTry), r.Name, r.Target, string(r.Date))
	if err != nil {
		return fmt.Errorf("settle push %s to %s of %s: %w", r.Name, r.Target, r.Date, err)
	}
	return nil
}

// SkipPush ends a push that nobody has claimed, or that waits, or makes it
// wait. It returns false when it came too late.
func (l *Ledger) SkipPush(ctx context.Context, r PushRecord) (bool, error) {
	n, err := affected(ctx, l.db, `INSERT INTO push (`+pushColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (name, target, day) DO UPDATE SET state = excluded.state, detail = excluded.detail, at = excluded.at
		WHERE push.state = 'waiting'`, pushValues(r)...)
	if err != nil {
		return false, fmt.Errorf("skip push %s to %s of %s: %w", r.Name, r.Target, r.Date, err)
	}
	return n == 1, err
}

// AskedDetail is behind who has asked for a push by hand, in why it waits.
const AskedDetail = " 要求现在推送"

// AskedBy is who has asked for a push that waits to be sent at once; ok is false for
// one that nobody has, or that waits for something else by now.
func (r PushRecord) AskedBy() (actor Actor, ok bool) {
	by, asked := strings.CutSuffix(r.Detail, AskedDetail)
	return Actor(by), asked && r.State == PushWaiting
}

// AskForPush makes a push wait to be sent at once, because staff want it. It
// returns false when that may not be: it is on its way, has gone out, nobody
// knows, or somebody has asked for it already and it is not too late for that.
func (l *Ledger) AskForPush(ctx context.Context, p Push, actor Actor, now time.Time) (asked bool, err error) {
	r := PushRecord{Push: p, State: PushWaiting, Detail: string(actor) + AskedDetail, At: now, NextTry: now}
	err = l.in(ctx, func(tx *sql.Tx) error {
		n, err := affected(ctx, tx, `INSERT INTO push (`+pushColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
			ON CONFLICT (name, target, day) DO UPDATE SET content = excluded.content, content_id = excluded.content_id, title = excluded.title,
				due = excluded.due, until = excluded.until, state = excluded.state, detail = excluded.detail, at = excluded.at, next_try = excluded.next_try
			WHERE push.state IN ('failed', 'skipped') OR push.state = 'waiting' AND NOT (push.detail LIKE $14 AND push.until >= excluded.at)`,
			append(pushValues(r), "%"+AskedDetail)...)
		if err != nil || n == 0 {
			return err
		}
		asked = true
		return l.note(ctx, tx, actor, "push now", fmt.Sprintf("%s %s %s: %s", p.Name, p.Target, p.Date, p.ContentID), now)
	})
	if err != nil {
		return false, fmt.Errorf("ask for push %s to %s of %s: %w", p.Name, p.Target, p.Date, err)
	}
	return asked, nil
}

// AbandonPushes makes claims from before a time uncertain: who made them has
// crashed. It returns them.
func (l *Ledger) AbandonPushes(ctx context.Context, before, now time.Time) ([]PushRecord, error) {
	rows, err := l.db.QueryContext(ctx, `UPDATE push SET state = 'uncertain', at = $1, detail = $2
		WHERE state = 'claimed' AND at < $3 RETURNING `+pushColumns,
		millis(now), "发送时程序中断，不知道有没有发出", millis(before))
	list, err := collect(rows, err, scanPush)
	if err != nil {
		return nil, fmt.Errorf("abandon pushes: %w", err)
	}
	return list, nil
}

// ResolvePush makes an uncertain push sent or failed, because somebody has
// looked. It returns false when it is not uncertain.
func (l *Ledger) ResolvePush(ctx context.Context, r PushRecord, actor Actor) (resolved bool, err error) {
	err = l.in(ctx, func(tx *sql.Tx) error {
		n, err := affected(ctx, tx, `UPDATE push SET state = $1, detail = $2, at = $3
			WHERE name = $4 AND target = $5 AND day = $6 AND state = 'uncertain'`,
			string(r.State), r.Detail, millis(r.At), r.Name, r.Target, string(r.Date))
		if err != nil || n == 0 {
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

// Pushes are the records of some days, by time.
func (l *Ledger) Pushes(ctx context.Context, from, to corpus.Date) ([]PushRecord, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT `+pushColumns+` FROM push
		WHERE day >= $1 AND day <= $2 ORDER BY due, name, target`, string(from), string(to))
	list, err := collect(rows, err, scanPush)
	if err != nil {
		return nil, fmt.Errorf("read pushes: %w", err)
	}
	return list, nil
}

// Pause keeps a push back, or lets it go again.
func (l *Ledger) Pause(ctx context.Context, name string, on bool, actor Actor, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		statement, action := `INSERT INTO pause (name, actor, at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING`, "pause"
		args := []any{name, string(actor), millis(now)}
		if !on {
			statement, action, args = `DELETE FROM pause WHERE name = $1`, "resume", args[:1]
		}
		if err := exec(ctx, tx, statement, args...); err != nil {
			return err
		}
		return l.note(ctx, tx, actor, action, name, now)
	})
	if err != nil {
		return fmt.Errorf("pause push %s: %w", name, err)
	}
	return nil
}

// Paused are the names of the pushes that are kept back.
func (l *Ledger) Paused(ctx context.Context) ([]string, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT name FROM pause ORDER BY name`)
	list, err := collect(rows, err, text)
	if err != nil {
		return nil, fmt.Errorf("read paused pushes: %w", err)
	}
	return list, nil
}
