package ledger

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
)

// Origin is which ledger this is, and how far it has come. It is kept in the
// ledger and beside it, so that one that came from somewhere else is known.
type Origin struct {
	ID         string `json:"id"`
	Generation int64  `json:"generation"` // one more with each backup that took its place
	Counter    int64  `json:"counter"`    // one more with each start of serve, each push and each backup
	Audited    int64  `json:"audited"`    // rows of the audit
	Pushed     int64  `json:"pushed"`     // when the last push was claimed; kept beside the ledger only
	Head       Head   `json:"head"`       // of the audit; kept beside the ledger only
}

// What can be wrong with a ledger as a whole.
var (
	ErrGone    = errors.New("there was a ledger, and it is missing or empty")
	ErrForeign = errors.New("another ledger than the one that was here")
	ErrOlder   = errors.New("an older copy of the ledger that was here")
	ErrStray   = errors.New("a ledger from somewhere else, of which nothing is known here")
)

// accepts is nil where a ledger with an origin now may be the one that had o.
func (o Origin) accepts(now Origin) error {
	switch {
	case now.ID == "": // of a program that did not keep it
		return ErrOlder
	case now.ID != o.ID:
		return ErrForeign
	case now.Generation < o.Generation, now.Generation == o.Generation && (now.Counter < o.Counter || now.Audited < o.Audited):
		return ErrOlder
	}
	return nil
}

// begun reports whether somebody has worked with a ledger since it was made. Then
// its origin was kept beside it before.
func (o Origin) begun() bool { return o.Generation > 1 || o.Counter > 1 }

// sameStep reports whether nothing has happened in between that has to be kept
// beside the ledger.
func (o Origin) sameStep(now Origin) bool {
	return o.ID == now.ID && o.Generation == now.Generation && o.Counter == now.Counter
}

const originColumns = `id, generation, counter, audited`

func scanOrigin(row scanner) (o Origin, err error) {
	err = row.Scan(&o.ID, &o.Generation, &o.Counter, &o.Audited)
	return o, err
}

// present is the origin of the ledger as it is; the zero one for a ledger from
// before there were any. ErrGone: there is nothing in it.
func (l *Ledger) present(ctx context.Context) (Origin, error) {
	has, err := l.hasTable(ctx, l.reader, "member")
	if err != nil {
		return Origin{}, err
	}
	if !has {
		return Origin{}, ErrGone
	}
	if has, err = l.hasTable(ctx, l.reader, "origin"); err != nil || !has {
		return Origin{}, err
	}
	return originIn(ctx, l.reader)
}

func originIn(ctx context.Context, q queryer) (Origin, error) {
	o, err := scanOrigin(q.QueryRowContext(ctx, `SELECT `+originColumns+` FROM origin`))
	if errors.Is(err, sql.ErrNoRows) {
		return Origin{}, nil
	}
	return o, err
}

// settleOrigin gives a ledger an origin that has none yet, and returns it.
func (l *Ledger) settleOrigin(ctx context.Context) (Origin, error) {
	o, err := originIn(ctx, l.reader)
	if err != nil || o.ID != "" {
		return o, err
	}
	err = exec(ctx, l.db, `INSERT INTO origin (one, id, generation, counter, audited)
		VALUES (1, $1, 1, 1, (SELECT COALESCE(MAX(seq), 0) FROM audit)) ON CONFLICT DO NOTHING`, rand.Text())
	if err != nil {
		return o, err
	}
	return originIn(ctx, l.reader)
}

// step counts within a transaction. ErrOlder or ErrForeign: the ledger was
// exchanged while it was in use.
func (l *Ledger) step(ctx context.Context, tx *sql.Tx) (Origin, error) {
	now, err := scanOrigin(tx.QueryRowContext(ctx, `UPDATE origin SET counter = counter + 1 RETURNING `+originColumns))
	if err != nil {
		return now, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err = l.known.accepts(now); err == nil && l.known.sameStep(now) {
		err = ErrOlder // this number was given out before
	}
	return now, err
}

// stepped takes note of a step that was committed, and keeps it beside the
// ledger.
func (l *Ledger) stepped(ctx context.Context, step Origin) error {
	l.mu.Lock()
	if l.known.accepts(step) == nil { // of two steps at once the earlier may come here last
		l.known = step
	}
	l.mu.Unlock()
	return l.remember(ctx, step.Pushed)
}

// remember keeps beside the ledger how far it has come, where its audit ends, and
// when a push was claimed, if one was. It locks the origin, so that of several
// processes none writes over what a later one has written; and what it reads then is
// committed, so that a process that dies leaves a head that lags behind, never one
// of a row that is not there.
func (l *Ledger) remember(ctx context.Context, pushed int64) error {
	if l.beside == nil {
		return nil
	}
	return l.in(ctx, func(tx *sql.Tx) error {
		lock := ``
		if l.postgres { // SQLite's transactions come one after another
			lock = ` FOR UPDATE`
		}
		now, err := scanOrigin(tx.QueryRowContext(ctx, `SELECT `+originColumns+` FROM origin`+lock))
		if err != nil {
			return err
		}
		before, _, err := l.beside.read()
		if err != nil {
			return err
		}
		now.Pushed = max(before.Pushed, pushed)
		if now.Head, err = advanced(ctx, tx, before.Head); err != nil {
			return err
		}
		return l.beside.write(now)
	})
}

// Serve counts a start of serve.
func (l *Ledger) Serve(ctx context.Context) error {
	if err := l.count(ctx); err != nil {
		return fmt.Errorf("begin to serve: %w", err)
	}
	return nil
}

// count is a step by itself.
func (l *Ledger) count(ctx context.Context) error {
	var now Origin
	err := l.in(ctx, func(tx *sql.Tx) (err error) {
		now, err = l.step(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	return l.stepped(ctx, now)
}
