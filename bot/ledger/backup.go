package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// ErrPostgres means that a ledger in PostgreSQL is backed up by its own tools.
var ErrPostgres = errors.New("the ledger is in PostgreSQL")

// ErrDamaged means that a file is no ledger, or not a whole one.
var ErrDamaged = errors.New("not a whole ledger")

// Summary is what a ledger holds.
type Summary struct {
	Members   int `json:"members"`   // on the roster
	Audit     int `json:"audit"`     // rows, all of them verified
	Uncertain int `json:"uncertain"` // pushes that nobody knows of
}

// Backup writes a copy to a new file while the ledger is in use, and verifies
// it. It fails with ErrPostgres, and where the file exists.
func (l *Ledger) Backup(ctx context.Context, file string) (Summary, error) {
	if l.postgres {
		return Summary{}, ErrPostgres
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		return Summary{}, fmt.Errorf("back up ledger: %s: %w", file, fs.ErrExist)
	}
	if _, err := l.db.ExecContext(ctx, `VACUUM INTO $1`, file); err != nil {
		return Summary{}, errors.Join(fmt.Errorf("back up ledger: %w", err), os.RemoveAll(file))
	}
	if err := os.Chmod(file, 0o600); err != nil {
		return Summary{}, fmt.Errorf("back up ledger: %w", err)
	}
	return Examine(ctx, file)
}

// Examine verifies a backup without changing it.
func Examine(ctx context.Context, file string) (s Summary, err error) {
	if _, err := os.Stat(file); err != nil {
		return s, fmt.Errorf("examine backup: %w", err)
	}
	source := "file:" + (&url.URL{Path: file}).EscapedPath() + "?mode=ro&immutable=1"
	db, err := sql.Open("sqlite", source)
	if err != nil {
		return s, fmt.Errorf("examine backup: %w", err)
	}
	defer db.Close()
	l := &Ledger{db: db, reader: db}
	var verdict string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check`).Scan(&verdict); err != nil || verdict != "ok" {
		return s, fmt.Errorf("examine backup: %w: %w", ErrDamaged, errors.Join(err, errors.New(verdict)))
	}
	if s, err = l.Summary(ctx); err != nil {
		return s, fmt.Errorf("examine backup: %w: %w", ErrDamaged, err)
	}
	return s, nil
}

// ErrExists means that there is a ledger where one would be restored to.
var ErrExists = errors.New("there is a ledger already")

// Restore puts a backup in the place of the ledger at file. A ledger that is
// there is renamed and kept when replace says so, else it is ErrExists. It
// returns what the backup holds and where the former ledger is now, "" when there
// was none. A backup that is not whole is ErrDamaged, and nothing is changed.
// Nobody may be using the ledger.
func Restore(ctx context.Context, from, file string, replace bool, now time.Time) (s Summary, kept string, err error) {
	if s, err = Examine(ctx, from); err != nil {
		return s, "", err
	}
	_, err = os.Stat(file)
	exists := err == nil
	if exists && !replace {
		return s, "", fmt.Errorf("restore ledger: %w", ErrExists)
	}
	next := file + ".restoring"
	if err := copyFile(from, next); err != nil {
		return s, "", errors.Join(fmt.Errorf("restore ledger: %w", err), os.RemoveAll(next))
	}
	aside := file + now.Format(".20060102-150405")
	if err := setAside(ctx, file, aside); err != nil {
		return s, "", fmt.Errorf("restore ledger: %w", err)
	}
	if exists {
		kept = aside
	}
	if err := os.Rename(next, file); err != nil {
		return s, kept, fmt.Errorf("restore ledger: %w", err)
	}
	return s, kept, nil
}

// setAside renames a ledger, once what is still in its journal is in it. One that
// cannot be opened is kept as it is, journal and all; so is the journal of one
// that is gone, or SQLite would take it for that of the ledger to come.
func setAside(ctx context.Context, file, kept string) error {
	if _, err := os.Stat(file); err == nil {
		if l, err := Open(ctx, "", file); err == nil {
			if err := l.Close(); err != nil { // the last to close takes the journal in
				return err
			}
		}
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(file+suffix, kept+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// copyFile copies, and is done when the copy is on the disk.
func copyFile(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// Summary verifies the audit and counts.
func (l *Ledger) Summary(ctx context.Context) (s Summary, err error) {
	if s.Audit, err = l.Verify(ctx); err != nil {
		return s, err
	}
	members, err := l.Members(ctx)
	if err != nil {
		return s, err
	}
	for _, m := range members {
		if m.Left == "" {
			s.Members++
		}
	}
	err = l.reader.QueryRowContext(ctx, `SELECT count(*) FROM push WHERE state = $1`, string(PushUncertain)).Scan(&s.Uncertain)
	return s, err
}
