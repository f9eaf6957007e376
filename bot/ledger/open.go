package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// DefaultConns is how many connections a process has at most, unless it is told
// otherwise.
const DefaultConns = 12

// Source is where a ledger is.
type Source struct {
	URL  string // of PostgreSQL; "": SQLite, in File
	File string // the data folder's; beside it is kept which ledger it is, also of one in PostgreSQL. "": nothing is
	// Conns is how many connections there are at most; 0: DefaultConns. On SQLite
	// one writes and the others read; with but one, that does both.
	Conns int
	// Held says that this process has the ledger open already. Look then opens none of
	// SQLite's files by itself: closing one would end the locks this process has on it,
	// and does not find out whether somebody keeps the ledger from being written.
	Held bool
}

// Exists reports whether there is a ledger, or was one: of one in PostgreSQL that
// is known only when it is opened.
func (s Source) Exists() (bool, error) {
	if s.URL != "" {
		return true, nil
	}
	_, had, err := besideOf(s).read()
	if err != nil || had || journal(s.File) {
		return true, err
	}
	_, err = os.Stat(s.File)
	if absent(err) {
		return false, nil
	}
	return err == nil, err
}

// conns is how many connections there are at most.
func (s Source) conns() int {
	if s.Conns < 1 {
		return DefaultConns
	}
	return s.Conns
}

// Ledger is an open ledger. Its methods may be called from many goroutines.
type Ledger struct {
	db       *sql.DB // for what writes
	reader   queryer // for what only reads
	postgres bool
	batch    batch
	closers  []func() error

	beside    *beside // nil: nothing is kept beside it
	mu        sync.Mutex
	known     Origin           // the last that was seen of it
	noted     map[*sql.Tx]bool // transactions that have added to the audit
	looking   bool             // it only looks, at what was there when it began
	accepting bool             // an end of the audit that is missing is what is accepted
	kept      []keptHead       // by then
	behind    error            // why the head beside it lags behind; nil: it does not
}

// Open opens a ledger and brings it up to date. It makes what is missing, unless
// there was a ledger before: then it is ErrGone, and where the ledger that is
// there is not the one that was, ErrForeign or ErrOlder. A SQLite ledger that
// somebody has put where none was is ErrStray; one in PostgreSQL may be new here.
func Open(ctx context.Context, s Source) (*Ledger, error) {
	b, err := openBeside(ctx, s, sharing)
	if err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	l, err := s.begin(ctx, b)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open ledger: %w", err), b.close())
	}
	return l, nil
}

// begin opens the ledger whose folder is held, if it is the one that was there
// before.
func (s Source) begin(ctx context.Context, b *beside) (*Ledger, error) {
	before, had, err := b.read()
	if err != nil {
		return nil, err
	}
	if s.URL == "" {
		if err := s.make(had); err != nil {
			return nil, err
		}
	}
	l, err := s.connect()
	if err != nil {
		return nil, err
	}
	l.beside = b
	if err := l.takeUp(ctx, before, had); err != nil {
		return nil, errors.Join(err, l.disconnect())
	}
	l.closers = append(l.closers, b.close)
	return l, nil
}

// takeUp compares the ledger with what is known of it, brings it up to date, and
// keeps beside it which one it is.
func (l *Ledger) takeUp(ctx context.Context, before Origin, had bool) error {
	if err := l.isTheOne(ctx, before, had); err != nil {
		return err
	}
	if err := l.migrate(ctx); err != nil {
		return err
	}
	now, err := l.settleOrigin(ctx)
	if err != nil {
		return err
	}
	l.known = now
	if had && before.sameStep(now) && before.Head.Row == now.Audited {
		return nil
	}
	if err := l.remember(ctx, 0); err != nil || had || now.begun() {
		return err
	}
	// A former version may have pushed from it: from now on a copy is known for one.
	var pushed bool
	if err := l.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM push)`).Scan(&pushed); err != nil || !pushed {
		return err
	}
	return l.count(ctx)
}

// isTheOne is nil where the ledger is the one that was here, or none was.
func (l *Ledger) isTheOne(ctx context.Context, before Origin, had bool) error {
	now, err := l.present(ctx)
	switch {
	case errors.Is(err, ErrGone) && !had:
		return nil
	case err != nil:
		return err
	case had:
		return before.accepts(now)
	case now.begun() && !l.postgres && l.beside != nil:
		return ErrStray
	}
	return nil
}

// make makes the file of a SQLite ledger that is not there, for its owner alone:
// it will hold names and telephone numbers. SQLite gives its journal the same
// mode. Where a ledger was, none is made.
func (s Source) make(had bool) error {
	left := journal(s.File) // asked first: who makes the ledger at this moment writes the file before the journal
	info, err := os.Stat(s.File)
	missing := errors.Is(err, fs.ErrNotExist)
	switch {
	case err != nil && !missing:
		return err
	case !missing && info.Size() > 0:
		return nil
	case had || left:
		return ErrGone
	case !missing:
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(s.File), 0o700); err != nil {
		return err
	}
	f, err := makePrivate(s.File)
	if errors.Is(err, fs.ErrExist) {
		_, err = os.Stat(s.File) // another process was faster
		return err
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// journal reports whether a journal with something in it lies beside a SQLite
// file.
func journal(file string) bool {
	info, err := os.Stat(file + walSuffix)
	return err == nil && info.Size() > 0
}

// connect makes the connections, and asks nothing yet.
func (s Source) connect() (*Ledger, error) {
	if s.URL != "" {
		db, err := openPostgres(s.URL, s.conns())
		if err != nil {
			return nil, err
		}
		return &Ledger{db: db, reader: db, postgres: true, closers: []func() error{db.Close}}, nil
	}
	// Transactions read and then write: they take the lock when they begin, so
	// as not to find it taken half way.
	source := sqliteSource(s.File, "_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)")
	db, err := sql.Open("sqlite", source)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // writers take turns here sooner than by asking again and again whether the file is free
	l := &Ledger{db: db, reader: db, closers: []func() error{db.Close}}
	if s.conns() == 1 {
		return l, nil
	}
	reader, err := sql.Open("sqlite", source+"&_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	reader.SetMaxOpenConns(s.conns() - 1)
	l.reader, l.closers = reader, []func() error{reader.Close, db.Close}
	return l, nil
}

// sqliteSource is the name of a database in a file for the driver.
func sqliteSource(file, options string) string {
	return "file:" + (&url.URL{Path: file}).EscapedPath() + "?" + options
}

// Close closes the ledger.
func (l *Ledger) Close() error {
	if l.lags() != nil {
		l.keepHead(context.Background())
	}
	return errors.Join(l.lags(), l.disconnect())
}

// lags is why the head beside the ledger lags behind; nil where it does not.
func (l *Ledger) lags() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.behind
}

func (l *Ledger) disconnect() error {
	var errs []error
	for _, f := range l.closers {
		errs = append(errs, f())
	}
	return errors.Join(errs...)
}
