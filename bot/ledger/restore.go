package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// ErrExists means that there is a ledger where one would be put.
var ErrExists = errors.New("there is a ledger already")

// ErrSame means that a ledger would be put in its own place.
var ErrSame = errors.New("that is the ledger itself")

// Files that SQLite keeps beside a database. In the first two may be what is not
// in the database yet; the third is made anew.
const (
	walSuffix     = "-wal"
	journalSuffix = "-journal"
	shmSuffix     = "-shm"
)

// Restore puts a backup in the place of the ledger at file. A ledger that is
// there is kept under another name when replace says so, else it is ErrExists. It
// returns what the backup holds and where the former ledger is now, "" when there
// was none. A backup that is not whole is a *DamageError, one whose audit was changed
// ErrTampered, and then nothing is changed. ErrInUse: somebody uses the ledger.
//
// It works on a copy, which it makes of the backup with the journal that lies
// beside it, and brings up to date; so a folder that was copied after a crash can
// be restored, and the backup is left as it is. Whenever the process dies, the
// ledger is the old or the new one.
func Restore(ctx context.Context, from, file string, replace bool, actor Actor, now time.Time) (s Summary, kept string, err error) {
	if _, err = os.Stat(from); err == nil {
		s, kept, err = exchange(ctx, file, replace, actor, now, func(next string) error { return copyLedger(ctx, from, file, next) })
	}
	if err != nil {
		return Summary{}, "", fmt.Errorf("restore ledger: %w", err)
	}
	return s, kept, nil
}

// Renew begins a ledger anew. One that is there is kept under another name when
// replace says so, else it is ErrExists; one in PostgreSQL must be gone. It
// returns where the former ledger is now, as Restore does.
func Renew(ctx context.Context, s Source, replace bool, actor Actor, now time.Time) (kept string, err error) {
	if s.URL != "" {
		_, err = takeOver(ctx, s, actor, now, func(l *Ledger) error {
			if _, err := l.present(ctx); !errors.Is(err, ErrGone) {
				return errors.Join(ErrExists, err)
			}
			return nil
		})
	} else {
		_, kept, err = exchange(ctx, s.File, replace, actor, now, func(next string) error {
			f, err := makePrivate(next)
			if err != nil {
				return err
			}
			return f.Close()
		})
	}
	if err != nil {
		return "", fmt.Errorf("begin a new ledger: %w", err)
	}
	return kept, nil
}

// Accept takes the ledger that is there for the right one, though it is not the
// one that was there before, or the end of its audit is missing.
func Accept(ctx context.Context, s Source, actor Actor, now time.Time) (done Summary, err error) {
	done, err = takeOver(ctx, s, actor, now, func(l *Ledger) error {
		l.accepting = true
		if _, err := l.present(ctx); err != nil || l.postgres {
			return err
		}
		return l.examine(ctx)
	})
	if err != nil {
		return Summary{}, fmt.Errorf("accept ledger: %w", err)
	}
	return done, nil
}

// takeOver makes the ledger that is there the one that comes after what is kept
// beside it, if it passes a check.
func takeOver(ctx context.Context, s Source, actor Actor, now time.Time, check func(*Ledger) error) (done Summary, err error) {
	b, err := openBeside(ctx, s, alone)
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	if s.URL == "" {
		if err := s.make(true); err != nil {
			return done, err
		}
	}
	l, err := s.connect()
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, l.disconnect()) }()
	if err := check(l); err != nil {
		return done, err
	}
	former, _, err := b.read()
	if err != nil && !errors.Is(err, ErrUnmarked) {
		return done, err
	}
	next, done, err := l.succeed(ctx, former, actor, now)
	if err == nil && b != nil {
		err = b.write(next)
	}
	return done, err
}

// succeed makes a ledger the one that comes after another.
func (l *Ledger) succeed(ctx context.Context, former Origin, actor Actor, now time.Time) (next Origin, done Summary, err error) {
	if err := l.migrate(ctx); err != nil {
		return next, done, err
	}
	if _, err := l.settleOrigin(ctx); err != nil {
		return next, done, err
	}
	if done, err = l.Summary(ctx); err != nil { // before anything says that it is the right one
		return next, done, err
	}
	if next, err = l.leap(ctx, former, actor, now); err != nil {
		return next, done, err
	}
	done, err = l.Summary(ctx)
	return next, done, err
}

// exchange puts what make makes in the place of a SQLite ledger.
func exchange(ctx context.Context, file string, replace bool, actor Actor, now time.Time, make func(next string) error) (s Summary, kept string, err error) {
	b, err := openBeside(ctx, Source{File: file}, alone)
	if err != nil {
		return s, "", err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	if info, err := os.Lstat(file); err == nil && info.Size() > 0 && !replace {
		return s, "", ErrExists
	}
	dir, err := workshop(file)
	if err != nil {
		return s, "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	next := filepath.Join(dir, "next.db")
	if err := make(next); err != nil {
		return s, "", err
	}
	origin, s, err := prepare(ctx, next, formerOrigin(ctx, b, file), actor, now)
	if err != nil {
		return s, "", err
	}
	if kept, err = keepFormer(ctx, file, dir, now); err != nil {
		return s, "", err
	}
	if err := moveOver(next, file); err != nil {
		return s, "", err
	}
	return s, kept, b.write(origin)
}

// workshop is a folder beside a file that nobody else gets into. Those of
// processes that were killed are cleared away.
func workshop(file string) (string, error) {
	pattern := filepath.Base(file) + ".restoring"
	left, err := filepath.Glob(filepath.Join(globbed(filepath.Dir(file)), globbed(pattern)+"*"))
	if err != nil {
		return "", err
	}
	for _, dir := range left {
		if err := os.RemoveAll(dir); err != nil {
			return "", err
		}
	}
	return os.MkdirTemp(filepath.Dir(file), pattern+"-")
}

// copyLedger makes a copy of a ledger that is whole, with what is in its journal.
func copyLedger(ctx context.Context, from, file, next string) (err error) {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return damaged("不是普通文件", nil)
	}
	if there, err := os.Stat(file); err == nil && os.SameFile(info, there) {
		return ErrSame
	}
	if err := notInUse(ctx, from); err != nil {
		return err
	}
	raw := next + ".source"
	for _, suffix := range []string{"", walSuffix, journalSuffix} {
		if err := copyFile(from+suffix, raw+suffix); err != nil && (suffix == "" || !errors.Is(err, fs.ErrNotExist)) {
			return err
		}
	}
	db, err := sql.Open("sqlite", sqliteSource(raw, "_pragma=foreign_keys(0)"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	if err := (&Ledger{db: db, reader: db}).examine(ctx); err != nil {
		return err
	}
	return vacuumInto(ctx, db, next)
}

// prepare makes a copy the ledger that comes after another. It keeps no journal
// of its own that could be left behind.
func prepare(ctx context.Context, next string, former Origin, actor Actor, now time.Time) (Origin, Summary, error) {
	db, err := sql.Open("sqlite", sqliteSource(next, "_txlock=immediate&_pragma=journal_mode(DELETE)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)"))
	if err != nil {
		return Origin{}, Summary{}, err
	}
	db.SetMaxOpenConns(1)
	o, s, err := (&Ledger{db: db, reader: db}).succeed(ctx, former, actor, now)
	return o, s, errors.Join(err, db.Close())
}
