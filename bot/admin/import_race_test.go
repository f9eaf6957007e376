package admin

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

// Of many who publish at once what they looked at, one does; the others hear of it, and
// nothing of theirs is in the library.
func TestImportAtOnce(t *testing.T) {
	s := newSite(t, follows)
	const many = 4
	var at [many]string
	editors := make([]*client, many)
	for i := range many {
		editors[i] = s.as(ledger.RoleEdit)
		at[i], _, _ = editors[i].papers(nil, sent{"印章.txt", strings.Replace(sealPaper, "专人", strings.Repeat("人", i+2), 1)})
	}
	var all sync.WaitGroup
	var statuses [many]int
	for i := range many {
		all.Go(func() { _, statuses[i], _ = editors[i].press(at[i]+"/publish", nil) })
	}
	all.Wait()
	done := map[int]int{}
	for _, status := range statuses {
		done[status]++
	}
	if done[http.StatusOK] != 1 || done[http.StatusConflict] != many-1 {
		t.Errorf("%v", done)
	}
	c, err := corpus.Open(s.library)
	must(t, err)
	log, err := s.Desk.Publications("")
	must(t, err)
	if len(c.Faults) > 0 || len(log) != 1 || c.RuleByName("印章管理办法") == nil {
		t.Errorf("%v, %d published", c.Faults, len(log))
	}
	if left := s.left(); len(left) != many-1 {
		t.Errorf("%q wait", left)
	}
}

// One preview whose button is pressed twice is written once.
func TestImportPressedTwice(t *testing.T) {
	t.Parallel()
	p := &preview{}
	if !p.become(waits, publishing) || p.become(waits, publishing) || !p.become(publishing, published) || p.become(waits, discarded) {
		t.Error("it became what it cannot")
	}
}

// Publishing that ends half-way says so, and what is left can be looked at anew.
func TestImportHalfWay(t *testing.T) {
	s := newSite(t, follows)
	editor := s.as(ledger.RoleEdit)
	at, _, _ := editor.papers(nil, sent{"印章.txt", sealPaper}, sent{"用车.txt", "用车管理办法\n第一条 甲车归办公室管理。\n第二条 乙车归行政科调度。\n"})
	for _, file := range s.left() {
		if filepath.Base(file) == "02.txt" {
			must(t, os.WriteFile(file, []byte("改过"), 0o600))
		}
	}
	_, status, body := editor.press(at+"/publish", nil)
	says(t, status, body, http.StatusServiceUnavailable, "已写入 1 部，还有 1 部没有写", "已写入 1 部制度", "印章管理办法", "按现在的制度库重新看一遍")
	if strings.Contains(body, "用车管理办法") {
		t.Error("what was not written is said to be")
	}
	s.audited("导入制度 新增 yzglbf《印章管理办法》")
}

// A preview is its account's alone, and only of those who may import.
func TestImportRoles(t *testing.T) {
	s := newSite(t, follows)
	viewer := s.as(ledger.RoleView)
	status, body := viewer.get("/import")
	says(t, status, body, http.StatusForbidden, "编辑")
	_, status, body = viewer.papers(nil, sent{"印章.txt", sealPaper})
	says(t, status, body, http.StatusForbidden, "编辑")
	if left := s.left(); len(left) > 0 {
		t.Errorf("left %q", left)
	}
	editor := s.as(ledger.RoleEdit)
	for _, path := range []string{"/publish", "/again", "/discard"} {
		if status, _ := editor.post("/import/NONE"+path, nil); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
	for _, path := range []string{"/import/NONE", "/import/NONE/1", "/import/done/NONE"} {
		if status, _ := editor.get(path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}

// Reading that is given up leaves no files.
func TestImportCancelled(t *testing.T) {
	s := newSite(t, follows)
	up, err := s.uploads.begin()
	must(t, err)
	must(t, up.store("印章.txt", strings.NewReader(sealPaper)))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.lookAt(ctx, up, func(int, int) {}); bot.CodeOf(err) != bot.Conflict || len(s.left()) > 0 {
		t.Errorf("%v, left %q", err, s.left())
	}
	up, err = s.uploads.begin()
	must(t, err)
	must(t, up.store("印章.txt", strings.NewReader(sealPaper)))
	got, err := s.lookAt(t.Context(), up, func(int, int) {})
	if p, ok := got.(*preview); err != nil || !ok || shelf.Summarize(p.plan.Papers).Writes() != 1 {
		t.Errorf("%v %v", got, err)
	}
}

// A rule that was written and that does not answer yet is said to be on its way.
func TestImportWaits(t *testing.T) {
	s := newSite(t) // nothing takes up what is written
	c := s.as(ledger.RoleEdit)
	at, _, _ := c.papers(nil, sent{"印章.txt", sealPaper})
	if _, status, body := c.press(at+"/publish", nil); status != http.StatusOK {
		t.Fatal(body)
	}
	log, err := s.Desk.Publications("")
	must(t, err)
	status, body := c.get("/rules/" + log[0].Rule)
	says(t, status, body, http.StatusServiceUnavailable, "《印章管理办法》刚刚写入制度库，正在换上")
	status, body = c.get("/rules/" + log[0].Rule + "/history")
	says(t, status, body, http.StatusOK, "正在换上", "新增")
	if strings.Contains(body, "不在制度库里") {
		t.Error("it is said to be gone")
	}
	status, body = c.get("/rules/nothing")
	says(t, status, body, http.StatusNotFound, "没有这部制度")
}
