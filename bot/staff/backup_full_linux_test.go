package staff_test

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger/ledgertest"
)

// On a disk that becomes full while a backup is written it is said, and nothing
// half written stays to keep it full.
func TestBackupOnFullDisk(t *testing.T) {
	r := newRoom(t, ledgertest.SQLite(t))
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=128k"); err != nil {
		t.Skipf("no small disk to be had here: %v", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	_, _, err := r.desk.KeepBackup(t.Context(), filepath.Join(dir, "backups"), boss)
	if bot.CodeOf(err) != bot.Unavailable || !strings.HasPrefix(bot.Say(err), "磁盘满了，没有备份成") {
		t.Errorf("%v", err)
	}
	if got := r.names(filepath.Join(dir, "backups")); got != "" {
		t.Errorf("left behind: %s", got)
	}
	if _, _, err := r.desk.KeepBackup(t.Context(), filepath.Join(t.TempDir(), "backups"), boss); err != nil {
		t.Errorf("elsewhere: %v", err)
	}
}
