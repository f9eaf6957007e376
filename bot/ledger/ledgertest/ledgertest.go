// Package ledgertest gives tests a ledger of their own: on SQLite, and on
// PostgreSQL where LIANWEN_TEST_POSTGRES names a database to make schemas in.
// Files and schemas are gone when the test ends.
package ledgertest

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"lianwen/bot/ledger"
)

// postgresVariable names a database that the tests may make schemas in.
const postgresVariable = "LIANWEN_TEST_POSTGRES"

// Where is a ledger that can be opened more than once.
type Where struct {
	Address, File string
	Conns         int // at most; 0: as many as usual
}

// Source is the ledger for Open.
func (w Where) Source() ledger.Source {
	return ledger.Source{URL: w.Address, File: w.File, Conns: w.Conns}
}

// SQLite is a new ledger in a file.
func SQLite(t *testing.T) Where {
	t.Helper()
	return Where{File: filepath.Join(t.TempDir(), "a b#?", "ledger.db")}
}

// Open opens the ledger until the test ends.
func (w Where) Open(t *testing.T) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(t.Context(), w.Source())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// Raw is the database beneath.
func (w Where) Raw(t *testing.T) *sql.DB {
	t.Helper()
	driver, source := "sqlite", "file:"+(&url.URL{Path: w.File}).EscapedPath()
	if w.Address != "" {
		driver, source = "pgx", w.Address
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// Both runs a test on SQLite and on PostgreSQL, on each with as many connections
// as usual and with a single one: whoever wants a second while holding the first
// waits for ever. They run side by side, each time on a new ledger. In short the single
// one is left out: what waits for ever does so without the race detector, too.
func Both(t *testing.T, test func(t *testing.T, w Where)) {
	t.Parallel()
	for name, make := range map[string]func(t *testing.T) Where{"sqlite": SQLite, "postgres": Postgres} {
		for conns, name := range map[int]string{0: name, 1: name + " on one connection"} {
			if conns == 1 && testing.Short() {
				continue
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				w := make(t)
				w.Conns = conns
				test(t, w)
			})
		}
	}
}

// Postgres is a new ledger in a schema of its own. It skips the test where there
// is no PostgreSQL.
func Postgres(t *testing.T) Where {
	t.Helper()
	address := os.Getenv(postgresVariable)
	if address == "" {
		t.Skip(postgresVariable + " is not set: not tested on PostgreSQL")
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	schema := fmt.Sprintf("test_%d", rand.Uint64())
	db := Where{Address: address}.Raw(t)
	if _, err := db.ExecContext(t.Context(), "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.ExecContext(context.WithoutCancel(t.Context()), "DROP SCHEMA "+schema+" CASCADE"); err != nil {
			t.Error(err)
		}
	})
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return Where{Address: u.String()}
}
