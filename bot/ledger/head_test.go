package ledger_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// idFile is what lies beside a ledger.
func idFile(file string) string { return strings.TrimSuffix(file, ".db") + ".id" }

// anchored is the head that is kept beside a ledger.
func anchored(t *testing.T, file string) ledger.Head {
	t.Helper()
	raw, err := os.ReadFile(idFile(file))
	must(t, err)
	var o ledger.Origin
	must(t, json.Unmarshal(raw, &o))
	return o.Head
}

// besideIt gives a ledger a data folder, also one in PostgreSQL.
func besideIt(t *testing.T, w ledgertest.Where) ledgertest.Where {
	t.Helper()
	if w.File == "" {
		w.File = filepath.Join(t.TempDir(), "ledger.db")
	}
	return w
}

// After each row the head is kept beside the table, by whoever wrote it; that of
// another process lags behind, and is a row of the table all the same.
func TestHeadKept(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		w = besideIt(t, w)
		l, ctx := imported(t, w), t.Context()
		other := w
		if w.Address != "" { // another machine
			other.File = filepath.Join(t.TempDir(), "ledger.db")
		}
		second := other.Open(t)
		for i := range 4 {
			by, where := l, w
			if i%2 == 1 {
				by, where = second, other
			}
			must(t, by.Note(ctx, "staff", "test", fmt.Sprint(i), noon))
			h, err := by.Head(ctx)
			must(t, err)
			if got := anchored(t, where.File); got.Row != int64(i+2) || got.Hash != h.Hash || got.Generation != 1 || !got.At.Equal(noon) {
				t.Errorf("after row %d: %+v, want %+v", i+2, got, h)
			}
			for _, l := range []*ledger.Ledger{l, second} {
				if n, err := l.Verify(ctx); err != nil || n != i+2 {
					t.Errorf("%d rows, %v", n, err)
				}
			}
		}
		must(t, l.Close())
		within(t, w, func(*ledger.Ledger) {}) // what lagged behind is caught up with
		if got := anchored(t, w.File); got.Row != 5 {
			t.Errorf("opened again: %+v", got)
		}
	})
}

// A process that dies between a row and its head leaves a head that lags behind.
func TestHeadAfterCrash(t *testing.T) {
	t.Parallel()
	w := remembered(t, ledgertest.SQLite(t))
	before, err := os.ReadFile(idFile(w.File))
	must(t, err)
	within(t, w, func(l *ledger.Ledger) { must(t, l.Note(t.Context(), "staff", "test", "", noon)) })
	must(t, os.WriteFile(idFile(w.File), before, 0o600))
	look(t, w, func(l *ledger.Ledger, c ledger.Condition) {
		if n, err := l.Verify(t.Context()); c.Err != nil || err != nil || n != 2 {
			t.Errorf("looked at: %+v, %d rows, %v", c, n, err)
		}
	})
	within(t, w, func(l *ledger.Ledger) {
		if _, err := l.Verify(t.Context()); err != nil {
			t.Error(err)
		}
	})
	if h := anchored(t, w.File); h.Row != 2 {
		t.Errorf("caught up: %+v", h)
	}
}

// Where the head cannot be kept, what was recorded is recorded all the same, and
// whoever closes the ledger hears of it.
func TestHeadNotKept(t *testing.T) {
	t.Parallel()
	w := remembered(t, ledgertest.SQLite(t))
	l, err := ledger.Open(t.Context(), w.Source())
	must(t, err)
	must(t, os.Mkdir(idFile(w.File)+".new", 0o700))
	must(t, os.WriteFile(filepath.Join(idFile(w.File)+".new", "x"), nil, 0o600))
	must(t, l.Note(t.Context(), "staff", "test", "", noon))
	if n, err := l.Verify(t.Context()); err != nil || n != 2 {
		t.Errorf("%d rows, %v", n, err)
	}
	if err := l.Close(); err == nil || !strings.Contains(err.Error(), "keep beside the ledger") {
		t.Errorf("closed with %v", err)
	}
	must(t, os.RemoveAll(idFile(w.File)+".new"))
	l = w.Open(t)
	must(t, l.Close())
	if h := anchored(t, w.File); h.Row != 2 {
		t.Errorf("later: %+v", h)
	}
}

// A head that is no row any more stays until somebody restores or accepts.
func TestHeadStays(t *testing.T) {
	t.Parallel()
	w := remembered(t, ledgertest.SQLite(t))
	l, ctx := w.Open(t), t.Context()
	for i := range 5 {
		must(t, l.Note(ctx, "staff", "test", fmt.Sprint(i), noon))
	}
	_, err := w.Raw(t).ExecContext(ctx, "DELETE FROM audit WHERE seq > 4; UPDATE origin SET audited = 4")
	must(t, err)
	for i := range 3 { // what is written since does not cover it up
		must(t, l.Note(ctx, "staff", "later", fmt.Sprint(i), noon))
		if h := anchored(t, w.File); h.Row != 6 {
			t.Fatalf("the head is %+v", h)
		}
		var tampered *ledger.TamperError
		if _, err := l.Verify(ctx); !errors.As(err, &tampered) || !strings.Contains(tampered.What, "ledger.id") || tampered.Means == "" || tampered.Fix == "" {
			t.Fatalf("%d later: %v", i, err)
		}
	}
	must(t, l.Close())
	_, err = ledger.Accept(ctx, w.Source(), "terminal zhang", noon)
	must(t, err)
	within(t, w, func(l *ledger.Ledger) {
		if n, err := l.Verify(ctx); err != nil || n != 8 {
			t.Errorf("accepted: %d rows, %v", n, err)
		}
		list, err := l.History(ctx, 1)
		must(t, err)
		r, ok := ledger.ReadReturn(list[0])
		if !ok || r.Actor != "terminal zhang" || r.To.Row != 7 || r.Former.Row != 6 || r.Now != 2 {
			t.Errorf("%+v, %v", r, ok)
		}
	})
}

// An end that was cut off can be accepted, whether the number of rows was put right or
// not; nothing else is.
func TestCutEndAccepted(t *testing.T) {
	t.Parallel()
	w := remembered(t, ledgertest.SQLite(t))
	ctx := t.Context()
	within(t, w, func(l *ledger.Ledger) { must(t, l.Note(ctx, "staff", "test", "", noon)) })
	db := w.Raw(t)
	rows := anchored(t, w.File).Row
	_, err := db.ExecContext(ctx, "DELETE FROM audit WHERE seq = $1", rows)
	must(t, err)
	s, err := ledger.Accept(ctx, w.Source(), "terminal", noon)
	if err != nil || int64(s.Audit) != rows {
		t.Fatalf("%+v, %v", s, err)
	}
	look(t, w, func(l *ledger.Ledger, c ledger.Condition) {
		if n, err := l.Verify(ctx); c.Err != nil || err != nil || int64(n) != rows {
			t.Errorf("accepted: %v, %d rows, %v", c.Err, n, err)
		}
	})
	_, err = db.ExecContext(ctx, "DELETE FROM audit WHERE seq = 1")
	must(t, err)
	if _, err := ledger.Accept(ctx, w.Source(), "terminal", noon); !errors.Is(err, ledger.ErrTampered) {
		t.Errorf("a beginning that was cut off: %v", err)
	}
}

// What is printed can be read again, as people copy it.
func TestReadHead(t *testing.T) {
	t.Parallel()
	h := ledger.Head{Row: 31, Hash: strings.Repeat("0123456789abcdef", 4)}
	for text, want := range map[string]ledger.Head{
		h.String():            {Row: 31, Hash: "0123456789abcdef"},
		"31 0123456789abcdef": {Row: 31, Hash: "0123456789abcdef"},
		" 31  01234567 ":      {Row: 31, Hash: "01234567"},
		"第31条,校验：0123ABCD":    {Row: 31, Hash: "0123abcd"},
		"31 " + h.Hash:        {Row: 31, Hash: h.Hash},
		"台账截至第 31 条，校验 0123456789abcdef。": {Row: 31, Hash: "0123456789abcdef"},
		"第３１条 校验e123456789abcdef":         {Row: 31, Hash: "e123456789abcdef"},
	} {
		if got, ok := ledger.ReadHead(text); !ok || got != want {
			t.Errorf("%q: %+v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "31", "31 0123456", "31 xyzxyzxyz", "校验 abc4defabcdefabcdef", "0 01234567", "31 " + h.Hash + "0", "99999999999999999999 01234567"} {
		if got, ok := ledger.ReadHead(text); ok {
			t.Errorf("%q is %+v", text, got)
		}
	}
	if got := (ledger.Head{}).String(); got != "台账还没有操作记录" {
		t.Error(got)
	}
}

// A restore that dies before the head is kept beside the ledger that it has put in its
// place leaves the head of the former one, of which the audit tells.
func TestHeadAfterRestoreKilled(t *testing.T) {
	t.Parallel()
	w, ctx := remembered(t, ledgertest.SQLite(t)), t.Context()
	backup := filepath.Join(t.TempDir(), "backup.db")
	within(t, w, func(l *ledger.Ledger) {
		_, err := l.Backup(ctx, backup)
		must(t, err)
		for i := range 3 {
			must(t, l.Note(ctx, "staff", "since", fmt.Sprint(i), noon))
		}
	})
	former, err := os.ReadFile(idFile(w.File))
	must(t, err)
	_, _, err = ledger.Restore(ctx, backup, w.File, true, "terminal", noon)
	must(t, err)
	must(t, os.WriteFile(idFile(w.File), former, 0o600))
	look(t, w, func(l *ledger.Ledger, c ledger.Condition) {
		if n, err := l.Verify(ctx); c.Err != nil || err != nil || n != 2 {
			t.Errorf("%v, %d rows, %v", c.Err, n, err)
		}
	})
	within(t, w, func(l *ledger.Ledger) {
		if _, err := l.Verify(ctx); err != nil || anchored(t, w.File).Row != 2 {
			t.Errorf("%+v, %v", anchored(t, w.File), err)
		}
	})
}
