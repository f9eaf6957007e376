package admin

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"lianwen/bot/ledger"
)

// A second server that starts on the data folder, as serve does beside web, leaves the
// first one's open previews alone, and clears what one has left that was killed.
func TestSharedUploads(t *testing.T) {
	s := newSite(t, follows)
	editor := s.as(ledger.RoleEdit)
	at, status, body := editor.papers(nil, sent{"印章.txt", sealPaper})
	says(t, status, body, http.StatusOK, "新增 1 部")
	killed := filepath.Join(s.DataDir, uploadsFolder, "KILLED", "IMPORT")
	must(t, os.MkdirAll(killed, 0o700))
	must(t, os.WriteFile(filepath.Join(s.DataDir, uploadsFolder, "KILLED.lock"), nil, 0o600))
	second, err := New(s.Config)
	must(t, err)
	if _, err := os.Stat(filepath.Dir(killed)); !os.IsNotExist(err) {
		t.Errorf("what was left is there: %v", err)
	}
	up, err := second.uploads.begin()
	must(t, err)
	second.Close()
	if _, err := os.Stat(up.dir); !os.IsNotExist(err) {
		t.Errorf("what waits at the end is left: %v", err)
	}
	_, status, body = editor.press(at+"/publish", nil)
	says(t, status, body, http.StatusOK, "已写入 1 部制度")
	s.Close()
	if list, err := os.ReadDir(filepath.Join(s.DataDir, uploadsFolder)); err != nil || len(list) != 1 {
		t.Errorf("left %v %v", list, err) // but for the lock
	}
}

// What cannot be cleared keeps nobody from starting.
func TestUploadsStay(t *testing.T) {
	s := newSite(t)
	must(t, os.WriteFile(filepath.Join(s.DataDir, uploadsFolder), nil, 0o600))
	second, err := New(s.Config)
	must(t, err)
	second.Close()
	_, status, body := s.as(ledger.RoleEdit).papers(nil, sent{"印章.txt", sealPaper})
	says(t, status, body, http.StatusServiceUnavailable, "写不进数据文件夹")
}

// Two servers on a data folder keep the tries of both.
func TestSharedTries(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var two [2]*tries
	for i := range two {
		var err error
		two[i], err = openTries(dir)
		must(t, err)
	}
	var all sync.WaitGroup
	for i, one := range two {
		all.Go(func() {
			for n := range 10 {
				if err := one.add(try{ID: fmt.Sprint(i, n), Said: []string{"甲"}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	for i, one := range two {
		if n := len(one.newest()); n != 20 {
			t.Errorf("the server %d knows %d", i, n)
		}
	}
}
