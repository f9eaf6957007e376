package ledger_test

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// look looks at a ledger, wants nothing to have changed by it, and calls f with
// what there is to be read.
func look(t *testing.T, w ledgertest.Where, f func(l *ledger.Ledger, c ledger.Condition)) {
	t.Helper()
	var before string
	if w.Address == "" {
		before = entries(t, w.File)
	}
	l, c, err := ledger.Look(t.Context(), w.Source())
	must(t, err)
	f(l, c)
	if l != nil {
		must(t, l.Close())
	}
	if w.Address == "" && entries(t, w.File) != before {
		t.Errorf("looked at, and the folder changed from %s to %s", before, entries(t, w.File))
	}
}

// To look changes nothing and makes nothing, whether somebody uses the ledger or
// not; it sees what is in it, and cannot write.
func TestFault07LookOnly(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		if w.Address == "" {
			must(t, os.MkdirAll(filepath.Dir(w.File), 0o700))
		}
		look(t, w, func(l *ledger.Ledger, c ledger.Condition) {
			if w.Address == "" && l != nil || c.Version != 0 || c.Err != nil {
				t.Errorf("before there is one: %+v", c)
			}
		})
		within(t, w, func(l *ledger.Ledger) {
			_, err := l.ImportMembers(t.Context(), roster(), "2026-12-01", "staff", noon)
			must(t, err)
			look(t, w, seen(t, "in use"))
		})
		look(t, w, seen(t, "closed"))
		look(t, w, seen(t, "closed, and looked at before"))
		look(t, w, func(l *ledger.Ledger, _ ledger.Condition) {
			if w.Address == "" { // in PostgreSQL whoever reads could write, in a transaction of their own
				if err := l.Note(t.Context(), "staff", "test", "", noon); err == nil {
					t.Error("written by somebody who only looks")
				}
			}
		})
	})
}

// seen wants the small roster to be seen.
func seen(t *testing.T, when string) func(l *ledger.Ledger, c ledger.Condition) {
	return func(l *ledger.Ledger, c ledger.Condition) {
		t.Helper()
		if l == nil || c.Version != c.Knows || c.Version < 6 || c.Err != nil || c.ReadOnly != "" || c.Writer {
			t.Fatalf("%s: %+v", when, c)
		}
		if s, err := l.Summary(t.Context()); err != nil || bare(s) != (ledger.Summary{Members: 3, Audit: 1}) {
			t.Errorf("%s: %+v, %v", when, s, err)
		}
	}
}

// A ledger of a former version is reported, and left as it is for the program
// that uses it; so is one of a newer version.
func TestFault07LookAtOldVersion(t *testing.T) {
	t.Parallel()
	for version, newer := range map[int64]bool{1: false, 5: false, 99: true} {
		w := ledgertest.Where{File: ledgerOfVersion(t, min(version, 6))}
		if newer {
			_, err := w.Raw(t).ExecContext(t.Context(), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, true)")
			must(t, err)
		}
		look(t, w, func(l *ledger.Ledger, c ledger.Condition) {
			if l != nil || c.Version != version || c.Knows != newestVersion(t) {
				t.Errorf("version %d: %+v", version, c)
			}
		})
	}
}

// newestVersion is the version that the program brings a ledger to.
func newestVersion(t *testing.T) int64 {
	t.Helper()
	files, err := os.ReadDir("migrations")
	must(t, err)
	return int64(len(files))
}

// What is not the ledger that was here is found.
func TestFault07LookAtAnother(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		damage func(t *testing.T, file string) error
		want   error
	}{
		"as it was": {func(*testing.T, string) error { return nil }, nil},
		"gone":      {func(_ *testing.T, file string) error { return os.Remove(file) }, ledger.ErrGone},
		"emptied":   {func(_ *testing.T, file string) error { return os.Truncate(file, 0) }, ledger.ErrGone},
		"foreign": {func(t *testing.T, file string) error {
			return os.Rename(remembered(t, ledgertest.SQLite(t)).File, file)
		}, ledger.ErrForeign},
		"stray": {func(_ *testing.T, file string) error { return os.Remove(strings.TrimSuffix(file, ".db") + ".id") }, ledger.ErrStray},
		"unmarked": {func(_ *testing.T, file string) error {
			return os.WriteFile(strings.TrimSuffix(file, ".db")+".id", nil, 0o600)
		}, ledger.ErrUnmarked},
	} {
		w := remembered(t, ledgertest.SQLite(t))
		must(t, tt.damage(t, w.File))
		look(t, w, func(_ *ledger.Ledger, c ledger.Condition) {
			if !errors.Is(c.Err, tt.want) {
				t.Errorf("%s: %+v", name, c)
			}
		})
	}
}

// What would keep serve from writing to PostgreSQL is found without writing.
func TestFault07LookAtPostgres(t *testing.T) {
	t.Parallel()
	w := ledgertest.Postgres(t)
	must(t, imported(t, w).Close())
	look(t, w, func(_ *ledger.Ledger, c ledger.Condition) {
		if c.Encoding != "UTF8" || c.ReadOnly != "" {
			t.Errorf("%+v", c)
		}
	})
	u, err := url.Parse(w.Address)
	must(t, err)
	q := u.Query()
	q.Set("default_transaction_read_only", "on")
	u.RawQuery = q.Encode()
	look(t, ledgertest.Where{Address: u.String()}, func(_ *ledger.Ledger, c ledger.Condition) {
		if !strings.Contains(c.ReadOnly, "只读") {
			t.Errorf("%+v", c)
		}
	})
	reader := "reader_" + u.Query().Get("search_path")
	for _, s := range []string{"CREATE ROLE " + reader + " LOGIN", "GRANT USAGE ON SCHEMA " + u.Query().Get("search_path") + " TO " + reader, "GRANT SELECT ON ALL TABLES IN SCHEMA " + u.Query().Get("search_path") + " TO " + reader} {
		_, err := w.Raw(t).ExecContext(t.Context(), s)
		must(t, err)
	}
	t.Cleanup(func() {
		db, err := sql.Open("pgx", w.Address)
		must(t, err)
		for _, s := range []string{"DROP OWNED BY " + reader, "DROP ROLE " + reader} {
			_, err := db.ExecContext(context.WithoutCancel(t.Context()), s)
			must(t, err)
		}
		must(t, db.Close())
	})
	q.Del("default_transaction_read_only")
	u.RawQuery, u.User = q.Encode(), url.User(reader)
	look(t, ledgertest.Where{Address: u.String()}, func(_ *ledger.Ledger, c ledger.Condition) {
		if !strings.Contains(c.ReadOnly, "不能读写表") {
			t.Errorf("%+v", c)
		}
	})
}

// A server that takes connections and says nothing keeps nobody longer than they
// want to wait.
func TestFault24LookAtNobody(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { silent.Close() })
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, _, err := ledger.Look(ctx, ledger.Source{URL: "postgres://" + silent.Addr().String() + "/x"}); err == nil {
		t.Error("something was seen")
	}
}

// A truncated ledger is found to be damaged at once.
func TestFault24LookAtTruncated(t *testing.T) {
	t.Parallel()
	w := remembered(t, ledgertest.SQLite(t))
	must(t, os.Truncate(w.File, 4096))
	if _, _, err := ledger.Look(t.Context(), w.Source()); ledger.TroubleOf(err) != ledger.Damaged {
		t.Errorf("got %v", err)
	}
}

// No part of a password gets into an error, wherever the address goes wrong.
func TestPasswordIsSecret(t *testing.T) {
	t.Parallel()
	const secret = "geheim"
	for _, address := range []string{
		"postgres://lw:" + secret + "/" + secret + "@127.0.0.1:1/db", "postgres://lw:" + secret + "@" + secret + "/" + secret + "@127.0.0.1:1/db",
		"postgres://lw:1234/" + secret + "@127.0.0.1/db", "postgres://lw:" + secret + "?" + secret + "@127.0.0.1:1/db", "postgres://lw:" + secret + "#" + secret + "@127.0.0.1:1/db",
		"postgres://lw:%zz" + secret + "@127.0.0.1:1/db", "postgres://lw:" + secret + " " + secret + "@127.0.0.1:1/db", "postgres://lw:" + secret + "@127.0.0.1:x/db",
		"postgres://lw:" + secret + "%2F%40@127.0.0.1:1/db?connect_timeout=2", "postgres://lw:" + secret + "@" + secret + "@127.0.0.1:1/db?connect_timeout=2",
		"postgres://127.0.0.1:1/db?connect_timeout=2&password=" + secret, "host=127.0.0.1 password=" + secret, "postgresql://" + secret, "mysql://" + secret,
	} {
		_, err := ledger.Open(t.Context(), ledger.Source{URL: address})
		if err == nil {
			t.Errorf("%s was opened", address)
		}
		for _, err := range []error{err, ledger.CheckURL(address)} {
			if err != nil && strings.Contains(err.Error(), secret) && address != "postgresql://"+secret {
				t.Errorf("%s: %v", address, err)
			}
		}
	}
	for address, want := range map[string]error{
		"postgres://lw:a%2Fb@h/db?sslmode=disable": nil, "postgres:///db?host=/run/postgresql": nil, "postgres://lw:a@b@h/db": ledger.ErrUnescaped,
		"postgres://lw:a/b@h/db": ledger.ErrUnescaped, "postgres://lw:a#b@h/db": ledger.ErrUnescaped, "postgres://lw:a?b@h/db": ledger.ErrUnescaped,
		"mysql://h/db": ledger.ErrURL, "postgres:/h/db": ledger.ErrURL, "postgres://lw:%zz@h/db": ledger.ErrURL, "": ledger.ErrURL,
	} {
		if err := ledger.CheckURL(address); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", address, err, want)
		}
	}
}
