package ledger_test

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// Somebody looks at the file with another tool and keeps it locked: reading goes
// on, writing waits.
func TestLocked(t *testing.T) {
	t.Parallel()
	w := ledgertest.Where{File: filepath.Join(t.TempDir(), "ledger.db")}
	l := imported(t, w)
	other, err := w.Raw(t).Conn(t.Context())
	must(t, err)
	defer other.Close()
	_, err = other.ExecContext(t.Context(), "BEGIN IMMEDIATE")
	must(t, err)
	noted := make(chan error, 1)
	go func() { noted <- l.Note(t.Context(), "staff", "test", "", noon) }()
	if members, err := l.Members(t.Context()); err != nil || len(members) != 3 {
		t.Errorf("while it is locked: %d members, %v", len(members), err)
	}
	time.Sleep(200 * time.Millisecond)
	select {
	case err := <-noted:
		t.Errorf("written while it was locked: %v", err)
	default:
	}
	_, err = other.ExecContext(t.Context(), "ROLLBACK")
	must(t, err)
	must(t, <-noted)
}

// With no room left what cannot be written whole is not written at all, and
// what was there is still there.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=768k"); err != nil {
		t.Skipf("no small disk to be had here: %v", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	l := imported(t, ledgertest.Where{File: filepath.Join(dir, "ledger.db")})
	var list []ledger.Member
	for i := range 5000 {
		list = append(list, ledger.Member{Number: fmt.Sprint(i), Name: strings.Repeat("委", 20)})
	}
	_, err := l.ImportMembers(t.Context(), list, "2026-12-02", "staff", noon)
	if ledger.TroubleOf(err) != ledger.Full {
		t.Errorf("importing: %v", err)
	}
	if members, err := l.Members(t.Context()); err != nil || len(members) != 3 {
		t.Errorf("afterwards: %d members, %v", len(members), err)
	}
	if _, err := l.Verify(t.Context()); err != nil {
		t.Errorf("the audit: %v", err)
	}
	if _, err := l.Backup(t.Context(), filepath.Join(dir, "copy.db")); err == nil {
		t.Error("a backup found room")
	} else if _, err := os.Stat(filepath.Join(dir, "copy.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half a backup is left: %v", err)
	}
}

// PostgreSQL throws us out: what comes next works again, and nothing was done
// twice.
func TestDroppedConnection(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		if w.Address == "" {
			t.Skip("SQLite has no connection to drop")
		}
		u, err := url.Parse(w.Address)
		must(t, err)
		q := u.Query()
		name := "lianwen " + q.Get("search_path")
		q.Set("application_name", name)
		u.RawQuery = q.Encode()
		l := imported(t, ledgertest.Where{Address: u.String()})
		_, err = l.OpenRound(t.Context(), round("2026-12-01"))
		must(t, err)
		for i := range 5 {
			drop(t, w.Raw(t), name)
			_, err := l.Answer(t.Context(), ledger.Answer{Round: "2026-12-01", Member: "A01", Choice: i, At: noon.Add(time.Minute)})
			if err != nil && !errors.Is(err, ledger.ErrAnswered) {
				t.Logf("the %d. time: %v", i+1, err) // allowed, but not the next
				_, err = l.Answer(t.Context(), ledger.Answer{Round: "2026-12-01", Member: "A01", Choice: i, At: noon.Add(time.Minute)})
			}
			if err != nil && !errors.Is(err, ledger.ErrAnswered) {
				t.Errorf("after the %d. time: %v", i+1, err)
			}
		}
		if answers, err := l.Answers(t.Context(), "2026-12-01", "2026-12-01"); err != nil || len(answers) != 1 {
			t.Errorf("%+v, %v", answers, err)
		}
	})
}

func drop(t *testing.T, db *sql.DB, name string) {
	t.Helper()
	_, err := db.ExecContext(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1`, name)
	must(t, err)
}

// What PostgreSQL says is told by its code, however it is wrapped.
func TestTroublesOfPostgres(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]ledger.Trouble{
		"53100": ledger.Full, "57P01": ledger.Unreachable, "57P02": ledger.Unreachable, "57P03": ledger.Unreachable, "53300": ledger.Unreachable,
		"55P03": ledger.Busy, "40P01": ledger.Busy, "23505": ledger.NoTrouble, "": ledger.NoTrouble,
	} {
		err := fmt.Errorf("read roster: %w", &pgconn.PgError{Code: code})
		if got := ledger.TroubleOf(err); got != want {
			t.Errorf("%s: %v, want %v", code, got, want)
		}
	}
	if got := ledger.TroubleOf(errors.New("53100")); got != ledger.NoTrouble {
		t.Errorf("of anything: %v", got)
	}
	if got := ledger.TroubleOf(nil); got != ledger.NoTrouble {
		t.Errorf("of nothing: %v", got)
	}
}

// What SQLite says is told by its code.
func TestTroublesOfSQLite(t *testing.T) {
	t.Parallel()
	ctx, file := t.Context(), filepath.Join(t.TempDir(), "ledger.db")
	imported(t, ledgertest.Where{File: file})
	connect := func() *sql.Conn {
		c, err := ledgertest.Where{File: file}.Raw(t).Conn(ctx)
		must(t, err)
		t.Cleanup(func() { c.Close() })
		return c
	}
	db, other := connect(), connect()
	_, err := other.ExecContext(ctx, "BEGIN IMMEDIATE")
	must(t, err)
	_, busy := db.ExecContext(ctx, "DELETE FROM audit") // does not wait
	_, err = other.ExecContext(ctx, "ROLLBACK")
	must(t, err)
	_, err = db.ExecContext(ctx, "PRAGMA query_only = 1")
	must(t, err)
	_, readonly := db.ExecContext(ctx, "DELETE FROM audit")
	_, nowhere := ledgertest.Where{File: filepath.Join(file, "below a file.db")}.Raw(t).ExecContext(ctx, "SELECT 1 FROM audit")
	_, wrong := db.ExecContext(ctx, "SELECT 1 FROM nothing")
	for what, tt := range map[string]struct {
		err  error
		want ledger.Trouble
	}{
		"locked": {busy, ledger.Busy}, "read only": {readonly, ledger.Unwritable}, "no folder": {nowhere, ledger.Unwritable}, "a mistake of ours": {wrong, ledger.NoTrouble},
	} {
		if got := ledger.TroubleOf(fmt.Errorf("write: %w", tt.err)); tt.err == nil || got != tt.want {
			t.Errorf("%s: %v, %v", what, got, tt.err)
		}
	}
}

// What can be done about a database depends on what ails it.
func TestTroubles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	must(t, os.WriteFile(text, []byte(strings.Repeat("this is no database at all ", 100)), 0o600))
	for name, tt := range map[string]struct {
		address, file string
		want          ledger.Trouble
	}{
		"a text":       {file: text, want: ledger.Damaged},
		"nobody there": {address: "postgres://127.0.0.1:1/x?connect_timeout=2", want: ledger.Unreachable},
		"a bad URL":    {address: "mysql://x", want: ledger.NoTrouble},
	} {
		_, err := ledger.Open(t.Context(), ledger.Source{URL: tt.address, File: tt.file})
		if got := ledger.TroubleOf(err); err == nil || got != tt.want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	file := filepath.Join(dir, "ledger.db")
	l, err := ledger.Open(t.Context(), ledger.Source{File: file})
	must(t, err)
	must(t, l.Close())
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
}
