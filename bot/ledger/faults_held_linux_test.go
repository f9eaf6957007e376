package ledger_test

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// locks is how many locks this process has on a file, by what the system says.
func locks(t *testing.T, file string) (n int) {
	t.Helper()
	var s syscall.Stat_t
	must(t, syscall.Stat(file, &s))
	raw, err := os.ReadFile("/proc/locks")
	if err != nil {
		t.Skip(err)
	}
	for line := range strings.Lines(string(raw)) {
		if fields := strings.Fields(line); len(fields) > 5 && fields[4] == fmt.Sprint(os.Getpid()) && strings.HasSuffix(fields[5], fmt.Sprintf(":%d", s.Ino)) {
			n++
		}
	}
	return n
}

// A process that serves looks at its own ledger, and keeps SQLite's locks on it:
// without them another process would take the journal away.
func TestFault07LookWhereHeld(t *testing.T) {
	w := ledgertest.SQLite(t)
	within(t, w, func(l *ledger.Ledger) {
		_, err := l.ImportMembers(t.Context(), roster(), "2026-12-01", "staff", noon)
		must(t, err)
		db, shared := locks(t, w.File), locks(t, w.File+"-shm")
		if db == 0 || shared == 0 {
			t.Skipf("the system does not tell who has locks: %d, %d", db, shared)
		}
		s := w.Source()
		s.Held = true
		for range 2 {
			looked, c, err := ledger.Look(t.Context(), s)
			if err != nil || looked == nil || c.Err != nil || c.Writer {
				t.Fatalf("%+v, %v", c, err)
			}
			if members, err := looked.Members(t.Context()); err != nil || len(members) != len(roster()) {
				t.Errorf("%d members, %v", len(members), err)
			}
			must(t, looked.Close())
		}
		if now, nowShared := locks(t, w.File), locks(t, w.File+"-shm"); now != db || nowShared != shared {
			t.Errorf("of %d and %d locks are left %d and %d", db, shared, now, nowShared)
		}
		must(t, l.Note(t.Context(), "staff", "test", "", noon))
		look(t, w, func(*ledger.Ledger, ledger.Condition) {}) // what this is for
		if nowShared := locks(t, w.File+"-shm"); nowShared >= shared {
			t.Errorf("without Held all locks are still there, %d: it is not needed any more", nowShared)
		}
	})
}
