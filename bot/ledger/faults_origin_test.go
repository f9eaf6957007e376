package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// remembered is a ledger with a file beside it, as a process leaves it that has
// served and sent a push.
func remembered(t *testing.T, w ledgertest.Where) ledgertest.Where {
	t.Helper()
	if w.File == "" {
		w.File = filepath.Join(t.TempDir(), "ledger.db")
	}
	l := imported(t, w)
	must(t, l.Serve(t.Context()))
	sent(t, l, "group:甲")
	must(t, l.Close())
	return w
}

// sent sends a push at noon.
func sent(t *testing.T, l *ledger.Ledger, target string) {
	t.Helper()
	if ok, err := l.ClaimPush(t.Context(), push(target), noon); err != nil || !ok {
		t.Fatalf("claimed %s: %v, %v", target, ok, err)
	}
	must(t, l.SettlePush(t.Context(), ledger.PushRecord{Push: push(target), State: ledger.PushSent, MessageID: "7", At: noon}))
}

// opens wants a ledger to open with an error, and leaves the folder as it is.
func opens(t *testing.T, w ledgertest.Where, want error) {
	t.Helper()
	before := entries(t, w.File)
	l, err := ledger.Open(t.Context(), w.Source())
	if !errors.Is(err, want) {
		t.Errorf("opened with %v, want %v", err, want)
	}
	if err == nil {
		must(t, l.Close())
	} else if after := entries(t, w.File); after != before {
		t.Errorf("refused, and the folder changed from %s to %s", before, after)
	}
}

// entries are the files of a ledger's folder with their sizes, but for locks and
// SQLite's shared memory, which are made anew whenever somebody looks.
func entries(t *testing.T, file string) string {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(file))
	must(t, err)
	var b strings.Builder
	for _, e := range list {
		if info, err := e.Info(); err == nil && !strings.HasSuffix(e.Name(), "-shm") && !strings.HasSuffix(e.Name(), ".lock") && (info.Size() > 0 || !strings.HasSuffix(e.Name(), "-wal")) {
			b.WriteString(e.Name() + " " + info.Mode().String() + " " + time.Duration(info.Size()).String() + "; ")
		}
	}
	return b.String()
}

// crashCopy copies a ledger's files as they are at a moment to another place, and
// returns that.
func crashCopy(t *testing.T, file, dir string) string {
	t.Helper()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		raw, err := os.ReadFile(file + suffix)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		must(t, err)
		must(t, os.WriteFile(filepath.Join(dir, filepath.Base(file))+suffix, raw, 0o600))
	}
	return filepath.Join(dir, filepath.Base(file))
}

// Where a ledger was, none is made without a word: not when it is gone, not when
// it is empty, not when only its journal is left.
func TestFault04Gone(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		damage func(file string) error
		want   error
	}{
		"deleted":           {os.Remove, ledger.ErrGone},
		"emptied":           {func(file string) error { return os.Truncate(file, 0) }, ledger.ErrGone},
		"its journal alone": {nil, ledger.ErrGone},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := remembered(t, ledgertest.SQLite(t))
			if name == "its journal alone" {
				l := w.Open(t)
				must(t, l.Note(t.Context(), "staff", "test", "", noon))
				w.File = crashCopy(t, w.File, t.TempDir())
				must(t, os.Remove(w.File))
			} else {
				must(t, tt.damage(w.File))
			}
			opens(t, w, tt.want)
			// It is begun anew when somebody says so, and what was due till then is not
			// sent again.
			kept, err := ledger.Renew(t.Context(), w.Source(), false, "terminal", noon.Add(time.Minute))
			must(t, err)
			if name == "its journal alone" && kept == "" {
				t.Error("the journal was not kept")
			}
			opens(t, w, nil)
			l := w.Open(t)
			if n, err := l.Members(t.Context()); err != nil || len(n) != 0 {
				t.Errorf("members: %v, %v", n, err)
			}
			if gaps, err := l.Gaps(t.Context()); err != nil || len(gaps) != 1 || !gaps[0].Covers(push("group:甲")) {
				t.Errorf("gaps: %v, %v", gaps, err)
			}
		})
	}
}

// A truncated file is no ledger.
func TestFault04Truncated(t *testing.T) {
	t.Parallel()
	for _, size := range []int64{100, 4096, 5000, 40_000} {
		w := remembered(t, ledgertest.SQLite(t))
		must(t, os.Truncate(w.File, size))
		_, err := ledger.Open(t.Context(), w.Source())
		if ledger.TroubleOf(err) != ledger.Damaged {
			t.Errorf("%d bytes: %v", size, err)
		}
		if _, err := ledger.Renew(t.Context(), w.Source(), false, "terminal", noon); !errors.Is(err, ledger.ErrExists) {
			t.Errorf("%d bytes, begun anew unasked: %v", size, err)
		}
		kept, err := ledger.Renew(t.Context(), w.Source(), true, "terminal", noon)
		must(t, err)
		if info, err := os.Stat(kept); err != nil || info.Size() != size {
			t.Errorf("%d bytes kept as %v, %v", size, info, err)
		}
		opens(t, w, nil)
	}
}

// within opens a ledger for as long as f takes.
func within(t *testing.T, w ledgertest.Where, f func(l *ledger.Ledger)) {
	t.Helper()
	l, err := ledger.Open(t.Context(), w.Source())
	must(t, err)
	f(l)
	must(t, l.Close())
}

// A copy that was put in the ledger's place by hand is known, wherever it comes
// from, and taken only when somebody says so; then nothing is sent twice.
func TestFault04AnotherCopy(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		copied func(t *testing.T, w ledgertest.Where, dir string) string
		want   error
	}{
		"from before a push": {func(t *testing.T, w ledgertest.Where, dir string) (file string) {
			file = crashCopy(t, w.File, dir)
			within(t, w, func(l *ledger.Ledger) { sent(t, l, "group:乙") })
			return file
		}, ledger.ErrOlder},
		"from before a start": {func(t *testing.T, w ledgertest.Where, dir string) (file string) {
			file = crashCopy(t, w.File, dir)
			within(t, w, func(l *ledger.Ledger) { must(t, l.Serve(t.Context())) })
			return file
		}, ledger.ErrOlder},
		"a backup": {func(t *testing.T, w ledgertest.Where, dir string) string {
			file := filepath.Join(dir, "backup.db")
			within(t, w, func(l *ledger.Ledger) {
				_, err := l.Backup(t.Context(), file)
				must(t, err)
			})
			return file
		}, ledger.ErrOlder},
		"without its journal": {func(t *testing.T, w ledgertest.Where, dir string) (file string) {
			within(t, w, func(l *ledger.Ledger) {
				sent(t, l, "group:乙")
				file = crashCopy(t, w.File, dir)
			})
			must(t, os.Remove(file+"-wal"))
			return file
		}, ledger.ErrOlder},
		"of another office": {func(t *testing.T, _ ledgertest.Where, _ string) string {
			return remembered(t, ledgertest.SQLite(t)).File
		}, ledger.ErrForeign},
		"of another machine": {func(t *testing.T, _ ledgertest.Where, _ string) string {
			return remembered(t, ledgertest.SQLite(t)).File
		}, ledger.ErrStray},
		"of a former version": {func(t *testing.T, _ ledgertest.Where, _ string) string {
			return ledgerOfVersion(t, 5)
		}, ledger.ErrOlder},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := remembered(t, ledgertest.SQLite(t))
			file := tt.copied(t, w, t.TempDir())
			must(t, os.Remove(w.File))
			must(t, os.Rename(crashCopy(t, file, t.TempDir()), w.File))
			if tt.want == ledger.ErrStray {
				must(t, os.Remove(strings.TrimSuffix(w.File, ".db")+".id"))
			}
			opens(t, w, tt.want)
			opens(t, w, tt.want) // to be opened once has not made it the right one
			_, err := ledger.Accept(t.Context(), w.Source(), "terminal", noon.Add(2*time.Minute))
			must(t, err)
			opens(t, w, nil)
			if gaps, err := w.Open(t).Gaps(t.Context()); err != nil || len(gaps) != 1 || !gaps[0].Covers(push("group:乙")) {
				t.Errorf("gaps: %v, %v", gaps, err)
			}
		})
	}
}

// In PostgreSQL it is the same: a database that is empty, or was restored from an
// older dump, is known for that.
func TestFault04Postgres(t *testing.T) {
	t.Parallel()
	w := remembered(t, ledgertest.Postgres(t))
	opens(t, w, nil)
	dump := func(statement string) {
		_, err := w.Raw(t).ExecContext(t.Context(), statement)
		must(t, err)
	}
	dump("UPDATE origin SET counter = counter - 1")
	opens(t, w, ledger.ErrOlder)
	if _, err := ledger.Renew(t.Context(), w.Source(), true, "terminal", noon); !errors.Is(err, ledger.ErrExists) {
		t.Errorf("begun anew over another: %v", err)
	}
	_, err := ledger.Accept(t.Context(), w.Source(), "terminal", noon)
	must(t, err)
	opens(t, w, nil)
	dump("UPDATE origin SET id = 'another'")
	opens(t, w, ledger.ErrForeign)
	other := ledgertest.Postgres(t)
	other.File = w.File
	opens(t, other, ledger.ErrGone)
	_, err = ledger.Renew(t.Context(), other.Source(), false, "terminal", noon)
	must(t, err)
	opens(t, other, nil)
	opens(t, w, ledger.ErrForeign)
}

// What is kept beside a ledger and cannot be read is not passed over.
func TestFault04Unmarked(t *testing.T) {
	t.Parallel()
	w := remembered(t, ledgertest.SQLite(t))
	for _, raw := range []string{"", "no JSON", "{}"} {
		must(t, os.WriteFile(strings.TrimSuffix(w.File, ".db")+".id", []byte(raw), 0o600))
		opens(t, w, ledger.ErrUnmarked)
	}
	_, err := ledger.Accept(t.Context(), w.Source(), "terminal", noon)
	must(t, err)
	opens(t, w, nil)
}
