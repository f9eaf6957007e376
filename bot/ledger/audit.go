package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// auditRow is a row of the audit without its hash.
type auditRow struct {
	Seq            int64
	At             int64
	Actor          Actor
	Action, Detail string
	Previous       string
}

// hash is what the row's hash must be: SHA-256 over the row as JSON, the hash of
// the row before included.
func (r auditRow) hash() string {
	raw, err := json.Marshal(r)
	if err != nil {
		panic(err) // strings and numbers cannot fail
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// lockAudit makes a transaction the only one that writes to the audit, and to
// whatever takes its order from it, until it ends. SQLite's come one after
// another anyway.
func (l *Ledger) lockAudit(ctx context.Context, tx *sql.Tx) error {
	if !l.postgres {
		return nil
	}
	return exec(ctx, tx, `LOCK TABLE audit IN EXCLUSIVE MODE`)
}

// note appends to the audit within a transaction.
func (l *Ledger) note(ctx context.Context, tx *sql.Tx, actor Actor, action, detail string, now time.Time) error {
	_, err := l.addRow(ctx, tx, actor, action, detail, now)
	return err
}

// addRow is note for who wants to know the number of the row.
func (l *Ledger) addRow(ctx context.Context, tx *sql.Tx, actor Actor, action, detail string, now time.Time) (int64, error) {
	if err := l.lockAudit(ctx, tx); err != nil {
		return 0, err
	}
	r := auditRow{Seq: 1, At: millis(now), Actor: actor, Action: action, Detail: detail}
	err := tx.QueryRowContext(ctx, `SELECT seq + 1, hash FROM audit ORDER BY seq DESC LIMIT 1`).Scan(&r.Seq, &r.Previous)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	err = exec(ctx, tx, `INSERT INTO audit (seq, at, actor, action, detail, previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		r.Seq, r.At, string(r.Actor), r.Action, r.Detail, r.Previous, r.hash())
	if err != nil {
		return 0, err
	}
	if err := exec(ctx, tx, `UPDATE origin SET audited = $1`, r.Seq); err != nil {
		return 0, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.noted == nil {
		l.noted = map[*sql.Tx]bool{}
	}
	l.noted[tx] = true
	return r.Seq, nil
}

// Note adds to the audit: who did what, when.
func (l *Ledger) Note(ctx context.Context, actor Actor, action, detail string, now time.Time) error {
	if err := l.in(ctx, func(tx *sql.Tx) error { return l.note(ctx, tx, actor, action, detail, now) }); err != nil {
		return fmt.Errorf("note %s: %w", action, err)
	}
	return nil
}

// Deed is a row of the audit for people to read.
type Deed struct {
	At             time.Time
	Actor          Actor
	Action, Detail string
}

func scanDeed(row scanner) (d Deed, err error) {
	var at int64
	err = row.Scan(&at, &d.Actor, &d.Action, &d.Detail)
	d.At = fromMillis(at)
	return d, err
}

// History is the last rows of the audit, newest first, at most so many.
func (l *Ledger) History(ctx context.Context, most int) ([]Deed, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT at, actor, action, detail FROM audit ORDER BY seq DESC LIMIT $1`, most)
	list, err := collect(rows, err, scanDeed)
	if err != nil {
		return nil, fmt.Errorf("read audit: %w", err)
	}
	return list, nil
}

// PastDeed is a deed with its row, by which older ones are asked for.
type PastDeed struct {
	Row int64
	Deed
}

// HistoryBefore is what was done before a row of the audit, newest first, at most so
// many deeds; row 0 is after the last. With an actor it is only what that one did.
func (l *Ledger) HistoryBefore(ctx context.Context, row int64, actor Actor, most int) ([]PastDeed, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT seq, at, actor, action, detail FROM audit
		WHERE (CAST($1 AS bigint) = 0 OR seq < $1) AND ($2 = '' OR actor = $2) ORDER BY seq DESC LIMIT $3`, row, string(actor), most)
	list, err := collect(rows, err, func(row scanner) (d PastDeed, err error) {
		var at int64
		err = row.Scan(&d.Row, &at, &d.Actor, &d.Action, &d.Detail)
		d.At = fromMillis(at)
		return d, err
	})
	if err != nil {
		return nil, fmt.Errorf("read audit: %w", err)
	}
	return list, nil
}

// Actors are all who have done something, in the order of their names.
func (l *Ledger) Actors(ctx context.Context) ([]Actor, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT DISTINCT actor FROM audit ORDER BY actor`)
	list, err := collect(rows, err, func(row scanner) (a Actor, err error) {
		err = row.Scan(&a)
		return a, err
	})
	if err != nil {
		return nil, fmt.Errorf("read who is in the audit: %w", err)
	}
	return list, nil
}
