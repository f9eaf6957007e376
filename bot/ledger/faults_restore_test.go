package ledger_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// ledgerOfVersion is a SQLite ledger as a former version of the program left it,
// with a member and a row of the audit.
func ledgerOfVersion(t *testing.T, version int64) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "old.db")
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)")
	must(t, err)
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, os.DirFS("migrations"))
	must(t, err)
	_, err = provider.UpTo(t.Context(), version)
	must(t, err)
	rows := []string{
		`INSERT INTO member VALUES ('A01', '张三', '教育界', '提案委', 0, '', '2026-12-01', '')`,
		`INSERT INTO round VALUES ('2026-12-01', 'q', '几天？', '["三天","五天"]', 1, '见第五条', '[]', 1796126400000, 1796731200000)`,
		`INSERT INTO answer VALUES ('2026-12-01', 'A01', 1, 1, 1796130000000)`,
		`INSERT INTO audit VALUES (1, 1764590400000, 'staff', 'roster import', '1 added, 0 changed, 0 left', '', 'c6d8d5c691b3779e444dc0081f59224515aa175e557a8f9e8b1f7201bf674fed')`,
	}
	if version >= 4 {
		rows[0] = `INSERT INTO member VALUES ('A01', '张三', '教育界', '提案委', 0, ''); INSERT INTO tenure VALUES ('A01', '2026-12-01', '')`
		rows[1] = strings.TrimSuffix(rows[1], ")") + `, '')`
	}
	if version >= 6 {
		rows = append(rows, `INSERT INTO origin VALUES (1, 'old', 1, 1, 1)`)
	}
	for _, row := range rows {
		_, err := db.ExecContext(t.Context(), row)
		must(t, err)
	}
	must(t, db.Close())
	return file
}

// Three restores within a second keep three ledgers.
func TestFault05KeepsAll(t *testing.T) {
	t.Parallel()
	w := remembered(t, ledgertest.SQLite(t))
	backup := filepath.Join(t.TempDir(), "backup.db")
	within(t, w, func(l *ledger.Ledger) {
		_, err := l.Backup(t.Context(), backup)
		must(t, err)
	})
	kept := map[string]bool{}
	for i := range 3 {
		within(t, w, func(l *ledger.Ledger) {
			for range i {
				must(t, l.Note(t.Context(), "staff", "since", "", noon))
			}
		})
		_, file, err := ledger.Restore(t.Context(), backup, w.File, true, "terminal", noon)
		must(t, err)
		kept[file] = true
		s, err := ledger.Examine(t.Context(), file)
		if err != nil || s.Audit != 1+i+min(i, 1) { // what was restored has a row about that
			t.Errorf("kept as %s: %+v, %v", file, s, err)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("others may read what was kept: %v, %v", info, err)
		}
	}
	if len(kept) != 3 {
		t.Errorf("kept %v", kept)
	}
}

// A folder that was copied after a crash is restored with what is in its journal,
// and is left as it is.
func TestFault05JournalBesideIt(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	l := imported(t, w)
	_, err := l.OpenRound(t.Context(), round("2026-12-01"))
	must(t, err)
	for _, m := range []string{"A01", "A02"} {
		_, err := l.Answer(t.Context(), ledger.Answer{Round: "2026-12-01", Member: m, At: noon.Add(time.Minute)})
		must(t, err)
	}
	from := crashCopy(t, w.File, t.TempDir())
	before := entries(t, from)
	to := filepath.Join(t.TempDir(), "new", "ledger.db")
	s, kept, err := ledger.Restore(t.Context(), from, to, false, "terminal", noon.Add(time.Hour))
	if err != nil || kept != "" || bare(s) != (ledger.Summary{Members: 3, Audit: 2}) {
		t.Fatalf("%+v, kept %q, %v", s, kept, err)
	}
	if after := entries(t, from); after != before {
		t.Errorf("what was restored was changed from %s to %s", before, after)
	}
	answers, err := ledgertest.Where{File: to}.Open(t).Answers(t.Context(), "2026-12-01", "2026-12-01")
	if err != nil || len(answers) != 2 {
		t.Errorf("%d answers of 2, %v", len(answers), err)
	}
}

// Nothing is restored over a ledger that somebody uses, nor from one, nor over
// itself.
func TestFault05InUse(t *testing.T) {
	t.Parallel()
	w, other := remembered(t, ledgertest.SQLite(t)), remembered(t, ledgertest.SQLite(t))
	refuses := func(why, from string, want error) {
		t.Helper()
		before := entries(t, w.File)
		if _, kept, err := ledger.Restore(t.Context(), from, w.File, true, "terminal", noon); !errors.Is(err, want) || kept != "" {
			t.Errorf("%s: kept %q, %v", why, kept, err)
		}
		if after := entries(t, w.File); after != before {
			t.Errorf("%s: the folder changed from %s to %s", why, before, after)
		}
	}
	within(t, w, func(*ledger.Ledger) { refuses("in use", other.File, ledger.ErrInUse) })
	within(t, other, func(*ledger.Ledger) { refuses("from one in use", other.File, ledger.ErrInUse) })
	refuses("itself", w.File, ledger.ErrSame)
	refuses("a folder", t.TempDir(), ledger.ErrDamaged)
	refuses("the null device", os.DevNull, ledger.ErrDamaged)
	db := w.Raw(t) // a program that knows nothing of the lock
	conn, err := db.Conn(t.Context())
	must(t, err)
	var n int
	must(t, conn.QueryRowContext(t.Context(), "SELECT count(*) FROM member").Scan(&n))
	refuses("somebody has read and may do so again", other.File, ledger.ErrInUse)
	must(t, errors.Join(conn.Close(), db.Close()))
	_, _, err = ledger.Restore(t.Context(), other.File, w.File, true, "terminal", noon)
	must(t, err)
}

// Backups of all former versions are brought up to date.
func TestFault06OldVersions(t *testing.T) {
	t.Parallel()
	for version := int64(1); version <= 6; version++ {
		to := filepath.Join(t.TempDir(), "ledger.db")
		s, _, err := ledger.Restore(t.Context(), ledgerOfVersion(t, version), to, false, "terminal", noon)
		if err != nil || bare(s) != (ledger.Summary{Members: 1, Audit: 2}) {
			t.Errorf("version %d: %+v, %v", version, s, err)
			continue
		}
		l := ledgertest.Where{File: to}.Open(t)
		table, err := l.Tally(t.Context(), "2026-12-01", "2026-12-31", noon.AddDate(0, 1, 0))
		if err != nil || table.Total() != (ledger.Counts{Took: 1}) {
			t.Errorf("version %d: %+v, %v", version, table.Total(), err)
		}
	}
}

// A backup is what this program has made, and nothing else: what is missing, what
// works by itself, what hides something, what nobody knows. Nothing is changed by
// one that is refused.
func TestFault06Structure(t *testing.T) {
	t.Parallel()
	w := remembered(t, ledgertest.SQLite(t))
	for name, tt := range map[string]struct {
		statement string
		want      error
		says      string
	}{
		"a newer version":           {"INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, true)", ledger.ErrNewer, ""},
		"a version left out":        {"DELETE FROM goose_db_version WHERE version_id = 3", ledger.ErrDamaged, "第 3 版"},
		"no version":                {"DELETE FROM goose_db_version", ledger.ErrDamaged, "版本"},
		"no table of versions":      {"DROP TABLE goose_db_version", ledger.ErrDamaged, "goose_db_version"},
		"a table missing":           {"DROP TABLE answer", ledger.ErrDamaged, "缺表 answer"},
		"a column missing":          {"ALTER TABLE answer DROP COLUMN correct", ledger.ErrDamaged, "answer"},
		"a column more":             {"ALTER TABLE member ADD COLUMN remark TEXT", ledger.ErrDamaged, "member"},
		"another kind of column":    {"DROP TABLE pause; CREATE TABLE pause (name BLOB PRIMARY KEY, actor TEXT NOT NULL, at BIGINT NOT NULL)", ledger.ErrDamaged, "pause"},
		"no key":                    {"DROP TABLE pause; CREATE TABLE pause (name TEXT NOT NULL, actor TEXT NOT NULL, at BIGINT NOT NULL)", ledger.ErrDamaged, "pause"},
		"an index missing":          {"DROP INDEX push_day", ledger.ErrDamaged, "缺索引 push_day"},
		"an index more":             {"CREATE UNIQUE INDEX once ON answer (member)", ledger.ErrDamaged, "once"},
		"a trigger":                 {"CREATE TRIGGER t AFTER INSERT ON answer BEGIN DELETE FROM answer; END", ledger.ErrDamaged, "触发器 t"},
		"a view that hides":         {"DROP VIEW roster; CREATE VIEW roster AS SELECT number, name, sector, committee, staff, phone, joined, left_on FROM member JOIN tenure ON member = number WHERE number <> 'A02'", ledger.ErrDamaged, "视图 roster"},
		"no view":                   {"DROP VIEW roster", ledger.ErrDamaged, "缺视图 roster"},
		"a view more":               {"CREATE VIEW v AS SELECT 1", ledger.ErrDamaged, "视图 v"},
		"a view for a table":        {"ALTER TABLE pause RENAME TO kept; CREATE VIEW pause AS SELECT * FROM kept", ledger.ErrDamaged, "pause"},
		"a virtual table":           {"CREATE VIRTUAL TABLE v USING fts5 (x)", ledger.ErrDamaged, "v"},
		"an answer of nobody":       {"PRAGMA foreign_keys = 0; INSERT INTO answer VALUES ('2020-01-01', 'nobody', 0, 0, 0, '')", ledger.ErrDamaged, "foreign_key_check"},
		"rows of the audit are out": {"DELETE FROM audit", ledger.ErrTampered, ""},
	} {
		from := filepath.Join(t.TempDir(), "backup.db")
		within(t, w, func(l *ledger.Ledger) {
			_, err := l.Backup(t.Context(), from)
			must(t, err)
		})
		db := ledgertest.Where{File: from}.Raw(t)
		_, err := db.ExecContext(t.Context(), tt.statement)
		must(t, err)
		must(t, db.Close())
		before := entries(t, w.File)
		if _, kept, err := ledger.Restore(t.Context(), from, w.File, true, "terminal", noon); !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) || kept != "" {
			t.Errorf("%s: kept %q, %v", name, kept, err)
		}
		if after := entries(t, w.File); after != before {
			t.Errorf("%s: the folder changed from %s to %s", name, before, after)
		}
	}
	opens(t, w, nil)
}

// While a backup is written nobody else can read it, and a link that somebody has
// put where it is to be is not followed.
func TestFault23Private(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	l := imported(t, w)
	var list []ledger.Member
	for i := range 3000 {
		list = append(list, ledger.Member{Number: strings.Repeat("A", 1+i%9) + time.Duration(i).String(), Name: strings.Repeat("委", 100)})
	}
	_, err := l.ImportMembers(t.Context(), list, "2026-12-02", "staff", noon)
	must(t, err)
	dir := t.TempDir()
	done, seen := make(chan struct{}), make(chan []string)
	go func() { // what somebody sees who keeps looking
		var open []string
		for {
			_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
				if info, err := os.Lstat(path); err == nil && path != dir && info.Mode().Perm()&0o077 != 0 {
					open = append(open, path+" "+info.Mode().String())
				}
				return nil // it may be gone by now
			})
			select {
			case <-done:
				seen <- open
				return
			default:
			}
		}
	}()
	_, err = l.Backup(t.Context(), filepath.Join(dir, "backup.db"))
	must(t, err)
	close(done)
	if open := <-seen; len(open) > 0 {
		t.Errorf("others could read %s", open[0])
	}
	victim := filepath.Join(t.TempDir(), "victim")
	link := filepath.Join(dir, "planted.db")
	must(t, os.Symlink(victim, link))
	if _, err := l.Backup(t.Context(), link); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a link: %v", err)
	}
	if _, err := os.Lstat(victim); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the link was followed")
	}
	left, err := os.ReadDir(dir)
	must(t, err)
	if !slices.ContainsFunc(left, func(e fs.DirEntry) bool { return e.Name() == "backup.db" }) || len(left) != 2 {
		t.Errorf("left over: %v", left)
	}
}

// A ledger is not made through a link that leads nowhere, and what lies beside it
// is its owner's alone.
func TestFault23Beside(t *testing.T) {
	t.Parallel()
	victim := filepath.Join(t.TempDir(), "victim.db")
	planted := filepath.Join(t.TempDir(), "ledger.db")
	must(t, os.Symlink(victim, planted))
	if _, err := ledger.Open(t.Context(), ledger.Source{File: planted}); err == nil {
		t.Error("made through a link")
	}
	if _, err := os.Lstat(victim); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the link was followed")
	}
	w := ledgertest.SQLite(t)
	must(t, os.MkdirAll(filepath.Dir(w.File), 0o755))
	secret := filepath.Join(t.TempDir(), "secret")
	must(t, os.WriteFile(secret, []byte("x"), 0o600))
	must(t, os.Symlink(secret, strings.TrimSuffix(w.File, ".db")+".id.new"))
	w = remembered(t, w)
	list, err := os.ReadDir(filepath.Dir(w.File))
	must(t, err)
	for _, e := range list {
		if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", e.Name(), info.Mode(), err)
		}
	}
	if raw, err := os.ReadFile(secret); err != nil || string(raw) != "x" {
		t.Errorf("written through a link: %q, %v", raw, err)
	}
}
