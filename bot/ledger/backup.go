package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// ErrPostgres means that a ledger in PostgreSQL is backed up by its own tools.
var ErrPostgres = errors.New("the ledger is in PostgreSQL")

// Summary is what a ledger holds.
type Summary struct {
	Members   int  `json:"members"`   // on the roster
	Audit     int  `json:"audit"`     // rows, all of them verified
	Uncertain int  `json:"uncertain"` // pushes that nobody knows of
	Head      Head `json:"head"`      // of the audit
}

// Backup writes a copy to a new file while the ledger is in use, and verifies
// it. It fails with ErrPostgres, and where there is something of that name. From
// then on the copy is an older one than the ledger: put in its place by hand it
// is known for that. Where the copy's audit ends is kept beside the ledger.
func (l *Ledger) Backup(ctx context.Context, file string) (Summary, error) {
	if l.postgres {
		return Summary{}, ErrPostgres
	}
	s, err := l.backup(ctx, file)
	if err == nil {
		err = l.listBackup(ctx, file, s.Head)
	}
	if err == nil {
		err = l.count(ctx)
	}
	if err != nil {
		return Summary{}, fmt.Errorf("back up ledger: %w", err)
	}
	return s, nil
}

func (l *Ledger) backup(ctx context.Context, file string) (s Summary, err error) {
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return s, fmt.Errorf("%s: %w", file, fs.ErrExist)
	}
	sweepBackups(filepath.Dir(file))
	dir, err := os.MkdirTemp(filepath.Dir(file), halfBackup) // nobody else gets into it
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	copied := filepath.Join(dir, "ledger.db")
	if err := vacuumInto(ctx, l.db, copied); err != nil {
		return s, err
	}
	if s, err = Examine(ctx, copied); err != nil {
		return s, err
	}
	return s, publish(copied, file)
}

// halfBackup begins the names of folders with a backup that is not whole yet; one whose
// program was killed stays, and after halfBackupLife nobody is at work on it any more.
const (
	halfBackup     = ".lianwen-backup-"
	halfBackupLife = time.Hour
)

// sweepBackups removes from a folder what was left of backups: the names and answers of
// all are in it.
func sweepBackups(dir string) {
	list, _ := os.ReadDir(dir) // that nothing can be written there is found out next
	for _, e := range list {
		info, err := e.Info()
		if err == nil && e.IsDir() && strings.HasPrefix(e.Name(), halfBackup) && time.Since(info.ModTime()) > halfBackupLife {
			_ = os.RemoveAll(filepath.Join(dir, e.Name())) // the backup that is made is no worse for it
		}
	}
}

// vacuumInto writes a copy of a SQLite database to where nothing is.
func vacuumInto(ctx context.Context, db *sql.DB, file string) error {
	f, err := makePrivate(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := db.ExecContext(ctx, `VACUUM INTO $1`, file); err != nil {
		return err
	}
	return f.Sync()
}

// Examine verifies a backup of this program without changing it. What is not
// whole is a *DamageError, an audit that was changed ErrTampered.
func Examine(ctx context.Context, file string) (s Summary, err error) {
	if _, err := os.Stat(file); err != nil {
		return s, fmt.Errorf("examine backup: %w", err)
	}
	db, err := sql.Open("sqlite", sqliteSource(file, "mode=ro&immutable=1"))
	if err != nil {
		return s, fmt.Errorf("examine backup: %w", err)
	}
	defer db.Close()
	l := &Ledger{db: db, reader: db}
	if err = l.examine(ctx); err == nil {
		s, err = l.Summary(ctx)
	}
	if err != nil {
		return s, fmt.Errorf("examine backup: %w", err)
	}
	return s, nil
}

// Summary verifies the audit and counts. Of one that was changed it tells neither the
// rows nor the head.
func (l *Ledger) Summary(ctx context.Context) (s Summary, err error) {
	rows, tampered := l.Verify(ctx)
	switch {
	case tampered == nil:
		s.Audit = rows
		if s.Head, err = headIn(ctx, l.reader); err != nil {
			return s, err
		}
	case !errors.Is(tampered, ErrTampered):
		return s, tampered
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
	return s, errors.Join(err, tampered)
}
