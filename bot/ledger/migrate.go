package ledger

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrNewer means that the ledger was written by a newer program.
var ErrNewer = errors.New("the ledger was written by a newer version of the program")

// migrate brings the ledger up to date. Of several processes that do so at once
// PostgreSQL lets one after the other; on SQLite one succeeds and the others fail
// on what it has made, and then look again.
func (l *Ledger) migrate(ctx context.Context) error {
	if l.postgres {
		return l.migrateOnce(ctx)
	}
	for wait := 50 * time.Millisecond; ; wait *= 2 {
		err := l.migrateOnce(ctx)
		if err == nil || errors.Is(err, ErrNewer) || TroubleOf(err) == Damaged || ctx.Err() != nil || wait > time.Second {
			return err
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return err
		}
	}
}

func (l *Ledger) migrateOnce(ctx context.Context) error {
	provider, err := l.provider()
	if err != nil {
		return err
	}
	has, err := provider.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	if knows := newest(provider); has > knows {
		return fmt.Errorf("%w: it has version %d, this program knows %d", ErrNewer, has, knows)
	}
	_, err = provider.Up(ctx)
	return err
}

// provider knows the migrations.
func (l *Ledger) provider() (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	if !l.postgres {
		return goose.NewProvider(goose.DialectSQLite3, l.db, files)
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60)) // look each second, for a minute
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, l.db, files, goose.WithSessionLocker(locker))
}

// newest is the version that a provider brings a ledger to.
func newest(p *goose.Provider) int64 {
	sources := p.ListSources()
	return sources[len(sources)-1].Version
}

// hasTable reports whether the ledger has a table.
func (l *Ledger) hasTable(ctx context.Context, q queryer, name string) (has bool, err error) {
	query := `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = $1)`
	if l.postgres {
		query = `SELECT to_regclass($1) IS NOT NULL`
	}
	err = q.QueryRowContext(ctx, query, name).Scan(&has)
	return has, err
}

// in runs f in a transaction, and keeps outside the table where the audit ends when
// f has added to it.
func (l *Ledger) in(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		l.hasNoted(tx)
		return errors.Join(err, tx.Rollback())
	}
	err, noted := tx.Commit(), l.hasNoted(tx)
	if err == nil && noted {
		l.keepHead(ctx)
	}
	return err
}

// hasNoted reports, once, whether a transaction has added to the audit.
func (l *Ledger) hasNoted(tx *sql.Tx) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	noted := l.noted[tx]
	delete(l.noted, tx)
	return noted
}

// headWithin is how long it may take to keep a head.
const headWithin = 15 * time.Second

// keepHead keeps outside the table where the audit ends now. What was to be
// recorded is recorded by then, and whoever wanted it must not be told that it
// failed: where the head cannot be kept it is kept with the next row, or when the
// ledger is closed, and Close says so when it cannot even then.
func (l *Ledger) keepHead(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), headWithin)
	defer cancel()
	err := l.remember(ctx, 0)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.behind = err
}
