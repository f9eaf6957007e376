package ledger_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// forger is somebody with the database in hand, who knows how the hashes are made,
// and leaves the data folder's other files alone.
type forger struct {
	*testing.T
	db   *sql.DB
	rng  *rand.Rand
	rows int64
}

func (f *forger) exec(statement string, args ...any) {
	f.Helper()
	if _, err := f.db.ExecContext(f.Context(), statement, args...); err != nil {
		f.Fatalf("%s: %v", statement, err)
	}
}

// any is a row from the first given on.
func (f *forger) any(from int64) int64 { return from + f.rng.Int64N(f.rows-from+1) }

// reseal writes the hashes anew from a row on, and puts the number of rows right.
func (f *forger) reseal(from int64) {
	f.Helper()
	type row struct {
		seq, at               int64
		actor, action, detail string
	}
	previous, list := "", []row{}
	if from > 1 {
		must(f.T, f.db.QueryRowContext(f.Context(), `SELECT hash FROM audit WHERE seq < $1 ORDER BY seq DESC LIMIT 1`, from).Scan(&previous))
	}
	rows, err := f.db.QueryContext(f.Context(), `SELECT seq, at, actor, action, detail FROM audit WHERE seq >= $1 ORDER BY seq`, from)
	must(f.T, err)
	for rows.Next() {
		var r row
		must(f.T, rows.Scan(&r.seq, &r.at, &r.actor, &r.action, &r.detail))
		list = append(list, r)
	}
	must(f.T, errors.Join(rows.Err(), rows.Close()))
	for i, r := range list {
		seq := from + int64(i)
		hash := sealed(f.T, seq, r.at, r.actor, r.action, r.detail, previous)
		f.exec(`UPDATE audit SET seq = $1, previous = $2, hash = $3 WHERE seq = $4`, seq, previous, hash, r.seq)
		previous = hash
	}
	f.exec(`UPDATE origin SET audited = (SELECT COALESCE(MAX(seq), 0) FROM audit)`)
}

// forgeries are what such a forger does, each in one of its many ways.
var forgeries = map[string]func(f *forger){
	"a byte changed": func(f *forger) {
		column := []string{"seq", "at", "actor", "action", "detail", "previous", "hash"}[f.rng.IntN(7)]
		seq := f.any(1)
		if column == "seq" || column == "at" {
			f.exec(`UPDATE audit SET `+column+` = `+column+` + $1 WHERE seq = $2`, 1000+f.rng.IntN(1000), seq)
			return
		}
		var text string
		must(f.T, f.db.QueryRowContext(f.Context(), `SELECT `+column+` FROM audit WHERE seq = $1`, seq).Scan(&text))
		raw := []byte(text + "x")
		raw[f.rng.IntN(len(raw))] ^= byte(1 + f.rng.IntN(3))
		f.exec(`UPDATE audit SET `+column+` = $1 WHERE seq = $2`, string(raw), seq)
	},
	"a row deleted": func(f *forger) { f.exec(`DELETE FROM audit WHERE seq = $1`, f.any(1)) },
	"a row deleted, the rest closed up": func(f *forger) {
		seq := f.any(1)
		f.exec(`DELETE FROM audit WHERE seq = $1`, seq)
		f.reseal(seq)
	},
	"the end cut off": func(f *forger) { f.exec(`DELETE FROM audit WHERE seq >= $1`, f.any(1)) },
	"the end cut off, the number right": func(f *forger) {
		f.exec(`DELETE FROM audit WHERE seq >= $1`, f.any(1))
		f.exec(`UPDATE origin SET audited = (SELECT COALESCE(MAX(seq), 0) FROM audit)`)
	},
	"the end cut off, others written": func(f *forger) {
		from := f.any(2)
		f.exec(`UPDATE audit SET detail = 'forged' WHERE seq >= $1`, from)
		f.reseal(from)
	},
	"two rows exchanged": func(f *forger) {
		a, b := f.any(1), f.any(2)
		if a == b {
			a--
		}
		f.exec(`UPDATE audit SET seq = -1 WHERE seq = $1`, a)
		f.exec(`UPDATE audit SET seq = $1 WHERE seq = $2`, a, b)
		f.exec(`UPDATE audit SET seq = $1 WHERE seq = -1`, b)
	},
	"two rows exchanged, all sealed": func(f *forger) {
		a := f.any(1)
		b := 1 + a%f.rows
		f.exec(`UPDATE audit SET seq = -1 WHERE seq = $1`, a)
		f.exec(`UPDATE audit SET seq = $1 WHERE seq = $2`, a, b)
		f.exec(`UPDATE audit SET seq = $1 WHERE seq = -1`, b)
		f.reseal(1)
	},
	"a row put in": func(f *forger) {
		seq := f.any(1)
		f.exec(`UPDATE audit SET seq = -seq WHERE seq >= $1`, seq)
		f.exec(`UPDATE audit SET seq = 1 - seq WHERE seq < 0`)
		f.exec(`INSERT INTO audit SELECT $1, at, actor, action, 'put in', previous, hash FROM audit WHERE seq = $2`, seq, seq+1)
		if f.rng.IntN(2) == 0 {
			f.reseal(seq)
		}
	},
	"the rest written anew": func(f *forger) {
		seq := f.any(1)
		f.exec(`UPDATE audit SET detail = detail || 'x' WHERE seq = $1`, seq)
		f.reseal(seq)
	},
}

// Whatever is done to the audit, ends that are cut off included, is noticed, while
// what lies beside the ledger is left alone.
func TestThousandForgeries(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	l, ctx := imported(t, w), t.Context()
	for i := range 40 {
		must(t, l.Excuse(ctx, ledger.Leave{Member: "A01", From: "2026-12-01", To: "2026-12-02", Reason: "出差", Actor: ledger.StaffActor(fmt.Sprint(i))}, noon))
	}
	f := &forger{T: t, db: w.Raw(t), rng: rand.New(rand.NewPCG(1, 2)), rows: 41}
	f.db.SetMaxOpenConns(1)
	f.exec(`CREATE TEMP TABLE kept AS SELECT * FROM audit`)
	times := 100 // of each of ten
	if testing.Short() {
		times = 10
	}
	noticed := 0
	for name, forge := range forgeries {
		for range times {
			forge(f)
			if _, err := l.Verify(ctx); errors.Is(err, ledger.ErrTampered) {
				noticed++
			} else {
				t.Errorf("%s: %v", name, err)
			}
			f.exec(`DELETE FROM audit`)
			f.exec(`INSERT INTO audit SELECT * FROM kept`)
			f.exec(`UPDATE origin SET audited = 41`)
		}
	}
	if n, err := l.Verify(ctx); n != 41 || err != nil {
		t.Errorf("what was put back counts as changed: %d, %v", n, err)
	}
	t.Logf("%d forgeries of %d noticed", noticed, times*len(forgeries))
}

// In a year in which everything happens that may happen, nothing is reported that was
// not: rows, starts, backups, restores, a crash between a row and its head.
func TestNothingReportedInAYear(t *testing.T) {
	t.Parallel()
	w := remembered(t, ledgertest.SQLite(t))
	rng, ctx, dir := rand.New(rand.NewPCG(3, 4)), t.Context(), t.TempDir()
	var backups []string
	days, checks := 365, 0
	if testing.Short() {
		days = 60
	}
	for day := range days {
		now := noon.AddDate(0, 0, day)
		within(t, w, func(l *ledger.Ledger) {
			before, err := os.ReadFile(idFile(w.File))
			must(t, err)
			for i := range rng.IntN(4) {
				must(t, l.Note(ctx, "staff", "test", fmt.Sprint(day, i), now))
			}
			if rng.IntN(5) == 0 { // it dies before the head is kept
				must(t, os.WriteFile(idFile(w.File), before, 0o600))
			}
			if rng.IntN(3) == 0 {
				must(t, l.Serve(ctx))
			}
			if rng.IntN(7) == 0 {
				file := filepath.Join(dir, fmt.Sprint(day, ".db"))
				_, err := l.Backup(ctx, file)
				must(t, err)
				backups = append(backups, file)
			}
			if n, err := l.Verify(ctx); err != nil {
				t.Fatalf("day %d, %d rows: %v", day, n, err)
			}
		})
		if rng.IntN(15) == 0 && len(backups) > 0 {
			_, kept, err := ledger.Restore(ctx, backups[rng.IntN(len(backups))], w.File, true, "terminal", now)
			must(t, err)
			if rng.IntN(2) == 0 { // one that was put aside can come back
				backups = append(backups, kept)
			}
		}
		look(t, w, func(l *ledger.Ledger, c ledger.Condition) {
			if n, err := l.Verify(ctx); c.Err != nil || err != nil {
				t.Fatalf("day %d, looked at: %v, %d rows, %v", day, c.Err, n, err)
			}
			checks++
		})
	}
	t.Logf("%d backups, %d looks", len(backups), checks)
}

// Two processes on one database, each with a data folder of its own, report nothing
// of each other, nor of a dump that was put back.
func TestNothingReportedOfTwo(t *testing.T) {
	t.Parallel()
	w := remembered(t, ledgertest.Postgres(t))
	other, ctx := w, t.Context()
	other.File = filepath.Join(t.TempDir(), "ledger.db")
	for i := range 20 {
		within(t, w, func(a *ledger.Ledger) {
			within(t, other, func(b *ledger.Ledger) {
				done := make(chan error)
				for _, l := range []*ledger.Ledger{a, b} {
					go func() { done <- several(ctx, l, i) }()
				}
				must(t, errors.Join(<-done, <-done))
			})
		})
	}
	_, err := w.Raw(t).ExecContext(ctx, "DELETE FROM audit WHERE seq > 100; UPDATE origin SET audited = 100")
	must(t, err)
	for _, w := range []ledgertest.Where{w, other} {
		look(t, w, func(l *ledger.Ledger, c ledger.Condition) {
			if _, err := l.Verify(ctx); !errors.Is(err, ledger.ErrTampered) || !errors.Is(c.Err, ledger.ErrOlder) {
				t.Errorf("an older dump: %v, %v", c.Err, err)
			}
		})
	}
	_, err = ledger.Accept(ctx, w.Source(), "terminal", noon) // in the one folder
	must(t, err)
	for _, w := range []ledgertest.Where{w, other} { // is known in the other
		within(t, w, func(l *ledger.Ledger) { must(t, several(ctx, l, 0)) })
	}
}

// several adds rows, and verifies after each.
func several(ctx context.Context, l *ledger.Ledger, i int) error {
	for n := range 5 {
		if err := l.Note(ctx, "staff", "test", fmt.Sprint(i, n), noon); err != nil {
			return err
		}
		if _, err := l.Verify(ctx); err != nil {
			return err
		}
	}
	return nil
}
