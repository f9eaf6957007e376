package admin

import (
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"

	"lianwen/bot/ledger"
)

// A disk that becomes full in an upload is said, and nothing stays on it.
func TestImportDiskFull(t *testing.T) {
	s := newSite(t, follows)
	must(t, os.MkdirAll(s.uploads.dir, 0o700))
	if err := syscall.Mount("tmpfs", s.uploads.dir, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("no small disk to be had here: %v", err)
	}
	defer syscall.Unmount(s.uploads.dir, syscall.MNT_DETACH)
	editor := s.as(ledger.RoleEdit)
	_, status, body := editor.papers(nil, sent{"印章.txt", sealPaper}, sent{"大.txt", strings.Repeat("第一条 甲。\n", 20_000)})
	says(t, status, body, http.StatusServiceUnavailable, "磁盘满了", "什么也没有留下")
	if left, err := os.ReadDir(s.uploads.dir); err != nil || len(left) > 0 {
		t.Errorf("left %v %v", left, err)
	}
	_, status, body = editor.papers(nil, sent{"印章.txt", sealPaper})
	says(t, status, body, http.StatusOK, "新增 1 部")
}
