package ledger

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Ledger is an open ledger. Its methods may be called from many goroutines.
type Ledger struct {
	db       *sql.DB // for what writes
	reader   *sql.DB // for what only reads; with PostgreSQL the same
	postgres bool
	batch    batch
}

// ErrNewer means that the ledger was written by a newer program.
var ErrNewer = errors.New("the ledger was written by a newer version of the program")

// Open opens the ledger at a URL that begins with postgres://, else, when the
// URL is "", that in file, and brings it up to date. It makes what is missing.
func Open(ctx context.Context, address, file string) (*Ledger, error) {
	l := &Ledger{postgres: address != ""}
	var err error
	if l.postgres {
		if !strings.HasPrefix(address, "postgres://") && !strings.HasPrefix(address, "postgresql://") {
			return nil, errors.New("open ledger: the URL does not begin with postgres://")
		}
		if l.db, err = sql.Open("pgx", address); err == nil {
			// A connection is dear to open and cheap to keep; a server has
			// some hundred for everybody.
			l.db.SetMaxOpenConns(postgresConns)
			l.db.SetMaxIdleConns(postgresConns)
			l.db.SetConnMaxIdleTime(5 * time.Minute)
		}
	} else {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, fmt.Errorf("open ledger: %w", err)
		}
		if err := private(file); err != nil {
			return nil, fmt.Errorf("open ledger: %w", err)
		}
		// Transactions read and then write: they take the lock when they
		// begin, so as not to find it taken half way.
		pragmas := "?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)"
		source := "file:" + (&url.URL{Path: file}).EscapedPath() + pragmas
		if l.db, err = sql.Open("sqlite", source); err == nil {
			l.db.SetMaxOpenConns(1) // writers take turns here sooner than by asking again and again whether the file is free
			l.reader, err = sql.Open("sqlite", source+"&_pragma=query_only(1)")
		}
	}
	if err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	if l.postgres {
		l.reader = l.db
	}
	if err := l.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open ledger: %w", err), l.Close())
	}
	return l, nil
}

// private makes a file that is not there, for its owner alone: it will hold
// names and telephone numbers. SQLite gives its journal the same mode.
func private(file string) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// postgresConns is how many connections a process has at most.
const postgresConns = 12

// Close closes the ledger.
func (l *Ledger) Close() error {
	if l.postgres {
		return l.db.Close()
	}
	return errors.Join(l.reader.Close(), l.db.Close())
}

// migrate brings the ledger up to date. Of several processes that do so at once
// PostgreSQL lets one after the other; on SQLite one succeeds and the others fail
// on what it has made, and then look again.
func (l *Ledger) migrate(ctx context.Context) error {
	if l.postgres {
		return l.migrateOnce(ctx)
	}
	for wait := 50 * time.Millisecond; ; wait *= 2 {
		err := l.migrateOnce(ctx)
		if err == nil || errors.Is(err, ErrNewer) || ctx.Err() != nil || wait > time.Second {
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
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	dialect := goose.DialectSQLite3
	var options []goose.ProviderOption
	if l.postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60)) // look each second, for a minute
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(dialect, l.db, files, options...)
	if err != nil {
		return err
	}
	has, err := provider.GetDBVersion(ctx)
	if err != nil {
		return err
	}
	sources := provider.ListSources()
	if knows := sources[len(sources)-1].Version; has > knows {
		return fmt.Errorf("%w: it has version %d, this program knows %d", ErrNewer, has, knows)
	}
	_, err = provider.Up(ctx)
	return err
}

// in runs f in a transaction.
func (l *Ledger) in(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
