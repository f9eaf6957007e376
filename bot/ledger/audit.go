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

// ErrTampered means that a row of the audit is not as it was written.
var ErrTampered = errors.New("the audit was changed")

// auditRow is a row of the audit without its hash.
type auditRow struct {
	Seq                   int64
	At                    int64
	Actor, Action, Detail string
	Previous              string
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

// note appends to the audit within a transaction.
func (l *Ledger) note(ctx context.Context, tx *sql.Tx, actor, action, detail string, now time.Time) error {
	if l.postgres { // SQLite's transactions come one after another anyway
		if _, err := tx.ExecContext(ctx, `LOCK TABLE audit IN EXCLUSIVE MODE`); err != nil {
			return err
		}
	}
	r := auditRow{Seq: 1, At: millis(now), Actor: actor, Action: action, Detail: detail}
	err := tx.QueryRowContext(ctx, `SELECT seq + 1, hash FROM audit ORDER BY seq DESC LIMIT 1`).Scan(&r.Seq, &r.Previous)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO audit (seq, at, actor, action, detail, previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		r.Seq, r.At, r.Actor, r.Action, r.Detail, r.Previous, r.hash())
	return err
}

// Note implements bot.Records.
func (l *Ledger) Note(ctx context.Context, actor, action, detail string, now time.Time) error {
	if err := l.in(ctx, func(tx *sql.Tx) error { return l.note(ctx, tx, actor, action, detail, now) }); err != nil {
		return fmt.Errorf("note %s: %w", action, err)
	}
	return nil
}

// Verify checks the audit from its first row on and returns how many rows it
// has. ErrTampered names the first that is not as it was written; a row cut off
// at the end cannot be missed.
func (l *Ledger) Verify(ctx context.Context) (rows int, err error) {
	list, err := l.reader.QueryContext(ctx, `SELECT seq, at, actor, action, detail, previous, hash FROM audit ORDER BY seq`)
	if err != nil {
		return 0, fmt.Errorf("read audit: %w", err)
	}
	defer list.Close()
	previous := ""
	for list.Next() {
		var r auditRow
		var hash string
		if err := list.Scan(&r.Seq, &r.At, &r.Actor, &r.Action, &r.Detail, &r.Previous, &hash); err != nil {
			return rows, fmt.Errorf("%w: row %d: %w", ErrTampered, rows+1, err)
		}
		if rows++; r.Seq != int64(rows) || r.Previous != previous || hash != r.hash() {
			return rows, fmt.Errorf("%w: row %d", ErrTampered, rows)
		}
		previous = hash
	}
	return rows, list.Err()
}
