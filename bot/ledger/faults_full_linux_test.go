package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// Wherever the disk becomes full while a backup is restored, the ledger is the
// old or the new one, and nothing half done is left to keep it full.
func TestFault05DiskFull(t *testing.T) {
	t.Parallel()
	backup := filepath.Join(t.TempDir(), "backup.db")
	var list []ledger.Member
	for i := range 300 {
		list = append(list, ledger.Member{Number: strings.Repeat("A", 1+i), Name: strings.Repeat("委", 100)})
	}
	within(t, ledgertest.SQLite(t), func(l *ledger.Ledger) {
		_, err := l.ImportMembers(t.Context(), list, "2026-12-01", "staff", noon)
		must(t, err)
		_, err = l.Backup(t.Context(), backup)
		must(t, err)
	})
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("no small disk to be had here: %v", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	w := remembered(t, ledgertest.Where{File: filepath.Join(dir, "ledger.db")})
	filler := filepath.Join(dir, "filler")
	refused := 0
	for room := 0; room <= 2<<20; room += 64 << 10 {
		fillUp(t, filler, room)
		left := entries(t, w.File)
		_, kept, err := ledger.Restore(t.Context(), backup, w.File, true, "terminal", noon)
		members := 3
		switch {
		case err == nil:
			members = len(list)
		case ledger.TroubleOf(err) != ledger.Full && !errors.Is(err, syscall.ENOSPC):
			t.Errorf("with %d KB left: %v", room>>10, err)
		default:
			if refused++; entries(t, w.File) != left {
				t.Errorf("with %d KB left, the folder changed from %s to %s", room>>10, left, entries(t, w.File))
			}
		}
		must(t, os.Remove(filler))
		within(t, w, func(l *ledger.Ledger) {
			if got, err := l.Members(t.Context()); err != nil || len(got) != members {
				t.Errorf("with %d KB left: %d members, want %d, %v", room>>10, len(got), members, err)
			}
		})
		if err == nil {
			t.Logf("refused %d times, restored with %d KB left, the former one kept as %s", refused, room>>10, filepath.Base(kept))
			return
		}
	}
	t.Error("never restored")
}

// fillUp leaves so many bytes on a disk.
func fillUp(t *testing.T, filler string, room int) {
	t.Helper()
	var s syscall.Statfs_t
	must(t, syscall.Statfs(filepath.Dir(filler), &s))
	must(t, os.WriteFile(filler, make([]byte, max(0, int(s.Bavail)*int(s.Bsize)-room)), 0o600))
}
