package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Settlement is what staff did so that a question is not asked in vain again.
type Settlement struct {
	Number   int // by which it is undone
	At       time.Time
	Actor    Actor
	Kind     SettlementKind
	Question string // as it stood in the list; "" when it was about none
	Change   string // what was changed, for whoever undoes it
	Undone   time.Time
	// After is the last settlement of the same question that whoever settles it knows
	// of, 0 for none. It is not kept.
	After int
}

// SettlementKind is what was done.
type SettlementKind string

// The kinds of settlement.
const (
	SettledLine    SettlementKind = "line"    // asked-as lines
	SettledSynonym SettlementKind = "synonym" // synonyms
	SettledReply   SettlementKind = "reply"   // a fixed reply
	SettledNotOurs SettlementKind = "not ours"
)

// ErrSettled means that somebody else has settled the question meanwhile.
var ErrSettled = errors.New("the question was settled meanwhile")

// ErrNotSettled means that there is no such settlement, or that it was undone.
var ErrNotSettled = errors.New("no such settlement, or it was undone")

// Settle records what was done and returns the number that it is undone by. The
// audit, which is kept for ever, has the number and the detail, not the question.
// ErrSettled: the question has a later settlement than s.After.
func (l *Ledger) Settle(ctx context.Context, s Settlement, detail string) (number int, err error) {
	err = l.in(ctx, func(tx *sql.Tx) error {
		if err := l.lockAudit(ctx, tx); err != nil { // of two at once each has a number
			return err
		}
		last := 0
		err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) + 1, COALESCE(MAX(CASE WHEN undone = 0 AND question = $1 AND question <> '' THEN number END), 0) FROM settled`, s.Question).Scan(&number, &last)
		switch {
		case err != nil:
			return err
		case last > s.After:
			return ErrSettled
		}
		err = exec(ctx, tx, `INSERT INTO settled (number, at, actor, kind, question, change, undone) VALUES ($1, $2, $3, $4, $5, $6, 0)`,
			number, millis(s.At), string(s.Actor), string(s.Kind), s.Question, s.Change)
		if err != nil {
			return err
		}
		return l.note(ctx, tx, s.Actor, "settle "+string(s.Kind), fmt.Sprintf("%d: %s", number, detail), s.At)
	})
	if err != nil {
		return 0, fmt.Errorf("settle question: %w", err)
	}
	return number, nil
}

// Unsettle records that a settlement was undone. ErrNotSettled: there is none.
func (l *Ledger) Unsettle(ctx context.Context, number int, actor Actor, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		n, err := affected(ctx, tx, `UPDATE settled SET undone = $1 WHERE number = $2 AND undone = 0`, millis(now), number)
		if err == nil && n == 0 {
			err = ErrNotSettled
		}
		if err != nil {
			return err
		}
		return l.note(ctx, tx, actor, "undo settlement", fmt.Sprintf("%d", number), now)
	})
	if err != nil {
		return fmt.Errorf("undo settlement %d: %w", number, err)
	}
	return nil
}

// Settlements are what was done, oldest first, what was undone too.
func (l *Ledger) Settlements(ctx context.Context) ([]Settlement, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT number, at, actor, kind, question, change, undone FROM settled ORDER BY number`)
	list, err := collect(rows, err, func(row scanner) (s Settlement, err error) {
		var at, undone int64
		err = row.Scan(&s.Number, &at, &s.Actor, &s.Kind, &s.Question, &s.Change, &undone)
		s.At, s.Undone = fromMillis(at), fromMillis(undone)
		return s, err
	})
	if err != nil {
		return nil, fmt.Errorf("read settlements: %w", err)
	}
	return list, nil
}
