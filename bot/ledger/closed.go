package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"lianwen/corpus"
)

// Actions of the audit about closed periods.
const (
	closedAction  = "close period"
	changedAction = "number changes"
)

// Closed is a period whose figures are final (定稿). What is recorded later changes
// them no more; it is numbered behind them.
type Closed struct {
	Name     string // the year and which of its closings, such as 2026-1
	From, To corpus.Date
	Actor    Actor
	By       string // the name of who closed it
	At       time.Time
	Head     Head // the last row of the audit that the figures rest on
	Table    Table
	Before   []Participation // how each of Table.Corrections stood without it
	Changes  []Change        // recorded since, by number

	raw string // the figures as they are kept
}

// ErrNothingToClose means that in a period there is neither a round nor an activity.
var ErrNothingToClose = errors.New("nothing to close")

// Why else a period cannot be closed.
type (
	// OpenError is that rounds in it can still be answered.
	OpenError struct{ Rounds []Round }
	// OverlapError is that some of its days are closed already.
	OverlapError struct{ Closed Closed }
)

func (e *OpenError) Error() string    { return fmt.Sprintf("%d rounds are still open", len(e.Rounds)) }
func (e *OverlapError) Error() string { return "closed already: " + e.Closed.Name }

// ClosePeriod makes the figures of some days final. Nothing opens them again.
func (l *Ledger) ClosePeriod(ctx context.Context, from, to corpus.Date, actor Actor, by string, now time.Time) (c Closed, err error) {
	c = Closed{From: from, To: to, Actor: actor, By: by, At: now}
	err = l.in(ctx, func(tx *sql.Tx) error {
		if err := l.lockAudit(ctx, tx); err != nil { // nobody changes a figure meanwhile
			return err
		}
		if err := l.lockAnswers(ctx, tx); err != nil {
			return err
		}
		within := l.within(tx)
		if err := within.name(ctx, &c); err != nil {
			return err
		}
		f, err := within.gather(ctx, from, to)
		if err != nil {
			return err
		}
		if open := stillOpen(f.rounds, now); len(open) > 0 {
			return &OpenError{open}
		}
		if c.Table = f.tally(from, to, now); len(f.rounds)+len(c.Table.Activities) == 0 {
			return ErrNothingToClose
		}
		c.Before = f.before(c.Table.Corrections)
		return l.putClosed(ctx, tx, &c)
	})
	if err != nil {
		return c, fmt.Errorf("close %s to %s: %w", from, to, err)
	}
	return c, nil
}

// within is the ledger as a transaction sees it.
func (l *Ledger) within(tx *sql.Tx) *Ledger {
	return &Ledger{db: l.db, reader: tx, postgres: l.postgres, accepting: l.accepting}
}

// stillOpen are the rounds that can be answered.
func stillOpen(rounds []Round, now time.Time) (open []Round) {
	for _, r := range rounds {
		if r.Void == "" && r.Closes.After(now) {
			open = append(open, r)
		}
	}
	return open
}

// name names a period that is to be closed, if none of its days is closed already.
func (l *Ledger) name(ctx context.Context, c *Closed) error {
	list, err := l.closings(ctx)
	if err != nil {
		return err
	}
	year, n := string(c.From)[:4], 1
	for _, other := range list {
		if other.From <= c.To && c.From <= other.To {
			return &OverlapError{other}
		}
		if string(other.From)[:4] == year {
			n++
		}
	}
	c.Name = fmt.Sprintf("%s-%d", year, n)
	return nil
}

// putClosed writes a closing. The audit has the digest of the figures and that of
// the rounds and answers that they come from.
func (l *Ledger) putClosed(ctx context.Context, tx *sql.Tx, c *Closed) (err error) {
	if c.raw, err = c.figures(); err != nil {
		return err
	}
	if c.Head, err = headIn(ctx, tx); err != nil {
		return err
	}
	answers, err := l.within(tx).Answers(ctx, c.From, c.To)
	if err != nil {
		return err
	}
	digests, err := l.within(tx).roundDigests(ctx, c.From, c.To, answers)
	if err != nil {
		return err
	}
	err = exec(ctx, tx, `INSERT INTO closed (name, from_day, to_day, actor, at, head, hash, figures) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		c.Name, string(c.From), string(c.To), string(c.Actor), millis(c.At), c.Head.Row, c.Head.Hash, c.raw)
	if err != nil {
		return err
	}
	return l.note(ctx, tx, c.Actor, closedAction, closedDetail(*c, digests), c.At)
}

func closedDetail(c Closed, digests map[corpus.Date]string) string {
	return fmt.Sprintf("%s %s %s %s %s", c.Name, c.From, c.To, digest(c.raw), sources(digests, c.From, c.To))
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

const closedColumns = `name, from_day, to_day, actor, at, head, hash, figures`

// closings are all closed periods without what came after them, in the order in
// which they were closed.
func (l *Ledger) closings(ctx context.Context) ([]Closed, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT `+closedColumns+` FROM closed ORDER BY head, name`)
	return collect(rows, err, func(row scanner) (c Closed, err error) {
		var at int64
		if err := row.Scan(&c.Name, &c.From, &c.To, &c.Actor, &at, &c.Head.Row, &c.Head.Hash, &c.raw); err != nil {
			return c, err
		}
		c.At = fromMillis(at)
		return c, c.read()
	})
}

// Closed are the periods that are closed, with what was recorded since, in the order
// in which they were closed.
func (l *Ledger) Closed(ctx context.Context) ([]Closed, error) {
	list, err := l.closings(ctx)
	for i := range list {
		if err == nil {
			list[i].Changes, err = l.changes(ctx, list[i].Name)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read closed periods: %w", err)
	}
	return list, nil
}
