package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// A process that serves notices when the ledger beneath it is exchanged, and
// claims nothing from one that does not know what has gone out.
func TestFault04UnderServe(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		must(t, l.Serve(t.Context()))
		sent(t, l, "group:甲")
		for _, statement := range []string{"UPDATE origin SET counter = counter - 1", "UPDATE origin SET counter = 1"} {
			_, err := w.Raw(t).ExecContext(t.Context(), statement)
			must(t, err)
			if ok, err := l.ClaimPush(t.Context(), push("group:乙"), noon); ok || !errors.Is(err, ledger.ErrOlder) {
				t.Errorf("%s: claimed %v, %v", statement, ok, err)
			}
		}
		if records, err := l.Pushes(t.Context(), "2026-12-01", "2026-12-01"); err != nil || len(records) != 1 {
			t.Errorf("%+v, %v", records, err)
		}
	})
}

// What cannot be kept beside the ledger does not go out: it waits.
func TestFault04NotKept(t *testing.T) {
	t.Parallel()
	w := remembered(t, ledgertest.SQLite(t))
	l := w.Open(t)
	beside := strings.TrimSuffix(w.File, ".db") + ".id"
	must(t, os.Remove(beside))
	must(t, os.MkdirAll(filepath.Join(beside, "in the way"), 0o700))
	if ok, err := l.ClaimPush(t.Context(), push("group:乙"), noon); ok || err == nil {
		t.Fatalf("claimed: %v, %v", ok, err)
	}
	records, err := l.Pushes(t.Context(), "2026-12-01", "2026-12-01")
	must(t, err)
	r := records[slices.IndexFunc(records, func(r ledger.PushRecord) bool { return r.Target == "group:乙" })]
	if r.State != ledger.PushWaiting || r.Detail == "" {
		t.Errorf("%+v", r)
	}
	must(t, os.RemoveAll(beside))
	if ok, err := l.ClaimPush(t.Context(), push("group:乙"), noon); !ok || err != nil {
		t.Errorf("with room again: %v, %v", ok, err)
	}
}

// Pushes that were under way in a ledger that takes another's place are
// uncertain; those that had ended stay what they were.
func TestFault04Gap(t *testing.T) {
	t.Parallel()
	w := remembered(t, ledgertest.SQLite(t))
	backup := filepath.Join(t.TempDir(), "backup.db")
	within(t, w, func(l *ledger.Ledger) {
		if ok, err := l.ClaimPush(t.Context(), push("claimed"), noon); !ok || err != nil {
			t.Fatal(ok, err)
		}
		_, err := l.AskForPush(t.Context(), push("asked for"), "staff", noon)
		must(t, err)
		_, err = l.Backup(t.Context(), backup)
		must(t, err)
	})
	restored := noon.Add(2 * time.Hour)
	_, _, err := ledger.Restore(t.Context(), backup, w.File, true, "terminal", restored)
	must(t, err)
	l := w.Open(t)
	records, err := l.Pushes(t.Context(), "2026-12-01", "2026-12-01")
	must(t, err)
	for _, r := range records {
		want := ledger.PushUncertain
		if r.Target == "group:甲" {
			want = ledger.PushSent
		}
		if r.State != want || want == ledger.PushUncertain && r.Detail == "" {
			t.Errorf("%s is %s (%s)", r.Target, r.State, r.Detail)
		}
	}
	gaps, err := l.Gaps(t.Context())
	if err != nil || len(gaps) != 1 || !gaps[0].Since.Equal(noon) || !gaps[0].Until.Equal(restored) {
		t.Fatalf("%v, %v", gaps, err)
	}
	for name, tt := range map[string]struct {
		due, until time.Time
		want       bool
	}{
		"before":             {noon.Add(-time.Hour), noon.Add(-time.Millisecond), false},
		"late at the backup": {noon.Add(-time.Hour), noon, true},
		"in between":         {noon.Add(time.Minute), noon.Add(2 * time.Minute), true},
		"as it was restored": {restored, restored.Add(time.Hour), true},
		"since":              {restored.Add(time.Millisecond), restored.Add(time.Hour), false},
	} {
		if got := gaps[0].Covers(ledger.Push{Due: tt.due, Until: tt.until}); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// When the clock was set back before a backup takes the ledger's place, what went
// out by the right clock is in the gap all the same.
func TestFault04GapWithTheClockBack(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	backup := filepath.Join(t.TempDir(), "backup.db")
	within(t, w, func(l *ledger.Ledger) {
		_, err := l.Backup(t.Context(), backup)
		must(t, err)
	})
	w = remembered(t, w) // and pushes at noon
	_, _, err := ledger.Restore(t.Context(), backup, w.File, true, "terminal", noon.AddDate(0, 0, -1))
	must(t, err)
	l := w.Open(t)
	if gaps, err := l.Gaps(t.Context()); err != nil || len(gaps) != 1 || !gaps[0].Covers(push("group:甲")) {
		t.Errorf("%v, %v", gaps, err)
	}
	must(t, l.Serve(t.Context())) // which has not pushed, and forgets nothing
	must(t, l.Close())
	_, _, err = ledger.Restore(t.Context(), backup, w.File, true, "terminal", noon.AddDate(0, 0, -2))
	must(t, err)
	if gaps, err := w.Open(t).Gaps(t.Context()); err != nil || len(gaps) != 1 || !gaps[0].Covers(push("group:甲")) {
		t.Errorf("for the second time: %v, %v", gaps, err)
	}
}

// A ledger from which a former version has pushed is known for a copy from the
// first time that it is opened.
func TestFault04Upgraded(t *testing.T) {
	t.Parallel()
	w := ledgertest.Where{File: ledgerOfVersion(t, 5)}
	db := w.Raw(t)
	_, err := db.ExecContext(t.Context(), `INSERT INTO push VALUES ('story', 'group:甲', '2026-12-01', 'story', 'x', 'x', 1, 2, 'sent', '7', '', 1, 0)`)
	must(t, errors.Join(err, db.Close()))
	opens(t, w, nil)
	opens(t, w, nil)
	opens(t, ledgertest.Where{File: crashCopy(t, w.File, t.TempDir())}, ledger.ErrStray)
}
