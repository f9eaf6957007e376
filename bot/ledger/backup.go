package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"

	"lianwen/bot"
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
	err = l.reader.QueryRowContext(ctx, `SELECT count(*) FROM push WHERE state = $1`, string(bot.PushUncertain)).Scan(&s.Uncertain)
	return s, err
}
