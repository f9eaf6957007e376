package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"lianwen/corpus"
)

// Leave is that a member is out of the count for some days, or, where Back is
// set, in it again: of the leaves that cover a day the last one holds.
type Leave struct {
	Member   string // number
	From, To corpus.Date
	Reason   string
	Actor    Actor
	Back     bool // it takes earlier leave back
}

// OnLeave reports whether a member is out of the count on a day, by leaves in
// the order in which they were recorded.
func OnLeave(leaves []Leave, member string, day corpus.Date) bool {
	for _, l := range slices.Backward(leaves) {
		if l.Member == member && l.covers(day) {
			return !l.Back
		}
	}
	return false
}

// covers reports whether a day is one of a leave's.
func (l Leave) covers(day corpus.Date) bool { return l.From <= day && day <= l.To }

// Excuse takes a member out of the count from one day to another.
func (l *Ledger) Excuse(ctx context.Context, leave Leave, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error { return l.putLeave(ctx, tx, leave, now) })
	if err != nil {
		return fmt.Errorf("excuse %s: %w", leave.Member, err)
	}
	return nil
}

// TakeBack puts a member into the count again from one day to another. It
// returns ErrNoLeave when they are not out of it on any of these days.
func (l *Ledger) TakeBack(ctx context.Context, leave Leave, now time.Time) error {
	leave.Back = true
	err := l.in(ctx, func(tx *sql.Tx) error {
		if err := l.lockAudit(ctx, tx); err != nil { // nobody excuses in between
			return err
		}
		before, _, err := excusesIn(ctx, tx, leave.From, leave.To)
		if err != nil {
			return err
		}
		if !anyExcused(before, leave) {
			return ErrNoLeave
		}
		return l.putLeave(ctx, tx, leave, now)
	})
	if err != nil {
		return fmt.Errorf("take back the leave of %s: %w", leave.Member, err)
	}
	return nil
}

// anyExcused reports whether a member is out of the count on one of the days of
// a leave. It is enough to look at the days on which something begins.
func anyExcused(before []Leave, leave Leave) bool {
	days := []corpus.Date{leave.From}
	for _, l := range before {
		days = append(days, l.From)
		if l.Back {
			days = append(days, l.To.AddDays(1))
		}
	}
	return slices.ContainsFunc(days, func(day corpus.Date) bool {
		return leave.From <= day && day <= leave.To && OnLeave(before, leave.Member, day)
	})
}

// putLeave writes a leave as the last one.
func (l *Ledger) putLeave(ctx context.Context, tx *sql.Tx, leave Leave, now time.Time) error {
	if err := l.lockAudit(ctx, tx); err != nil {
		return err
	}
	err := exec(ctx, tx, `INSERT INTO excuse (member, from_day, to_day, reason, actor, at, back, seq)
		VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT COALESCE(MAX(seq), 0) + 1 FROM excuse))`,
		leave.Member, string(leave.From), string(leave.To), leave.Reason, string(leave.Actor), millis(now), boolean(leave.Back))
	if err != nil {
		return err
	}
	return l.noteOf(ctx, tx, leave.Actor, leave.action(), leave.detail(), now, leave.From, leave.To, []string{leave.Member})
}

// excusesIn are the leaves that touch some days, and when each was recorded, in that
// order.
func excusesIn(ctx context.Context, q queryer, from, to corpus.Date) (list []Leave, recorded []time.Time, err error) {
	rows, err := q.QueryContext(ctx, `SELECT member, from_day, to_day, reason, actor, back, at FROM excuse
		WHERE from_day <= $2 AND to_day >= $1 ORDER BY seq, at, member`, string(from), string(to))
	list, err = collect(rows, err, func(row scanner) (e Leave, err error) {
		var back, at int64
		err = row.Scan(&e.Member, &e.From, &e.To, &e.Reason, &e.Actor, &back, &at)
		e.Back = back != 0
		recorded = append(recorded, fromMillis(at))
		return e, err
	})
	if err != nil {
		err = fmt.Errorf("read excuses: %w", err)
	}
	return list, recorded, err
}

// Excuses are the leaves that touch some days, in the order in which they were
// recorded; see OnLeave.
func (l *Ledger) Excuses(ctx context.Context, from, to corpus.Date) ([]Leave, error) {
	list, _, err := excusesIn(ctx, l.reader, from, to)
	return list, err
}
