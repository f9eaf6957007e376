package admin

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/shelf"
)

// Twenty people at their own windows give one article lines at once: each of them is
// there in the end. Two who change one heading: the second is told.
func TestEditorsAtOnce(t *testing.T) {
	s := newSite(t)
	form := s.form("qingjia#3", "do", "save")
	var all sync.WaitGroup
	for i := range 20 {
		c := s.as(ledger.RoleEdit)
		f := url.Values{}
		for name, values := range form {
			f[name] = values
		}
		f.Set("add", fmt.Sprintf("第%d个人这么问", i))
		all.Go(func() {
			if status, body := c.post(linesOf3, f); status != 200 || !strings.Contains(body, "已保存") {
				t.Errorf("%d: %d\n%s", i, status, body)
			}
		})
	}
	all.Wait()
	if got := s.kept("qingjia#3").Approved; len(got) != 20 {
		t.Errorf("%d lines: %v", len(got), got)
	}
	list, err := s.Desk.Edits(func(shelf.Entry) bool { return true })
	if err != nil || len(list) != 20 {
		t.Errorf("%d on record, %v", len(list), err)
	}
	deeds, err := s.Desk.History(t.Context(), 20)
	must(t, err)
	for _, d := range deeds {
		if d.Action != "edit library" {
			t.Errorf("in the audit: %+v", d)
		}
	}
	first, second := s.form("qingjia#4", "heading", "谁批", "do", "save"), s.form("qingjia#4", "heading", "找谁批", "do", "save")
	c := s.as(ledger.RoleEdit)
	status, body := c.post("/rules/qingjia/4/lines", first)
	says(t, status, body, 200, "条旨「批准」→「谁批」")
	status, body = c.post("/rules/qingjia/4/lines", second)
	says(t, status, body, 409, "现在是「谁批」（改的人 12月1日07:30 改的）", `value="找谁批"`, `name="heading_was" value="谁批"`)
}

// Lines that wait since the words changed are taken again or let go, on the page.
func TestSuspendedLinesOnPage(t *testing.T) {
	s := newSite(t)
	must(t, os.MkdirAll(filepath.Join(s.library, "asked"), 0o755))
	must(t, os.WriteFile(filepath.Join(s.library, "asked", "qingjia.txt"), []byte("[3] 第三条 00000000\n旧条文怎么问 ← 手写\n还有一句 ← 手写\n"), 0o644))
	c := s.as(ledger.RoleEdit)
	status, body := c.get(linesOf3)
	says(t, status, body, 200, "2 句停用的问法", "条文改过，要重新批准", `name="settle" value="3: 00000000"`)
	f := s.form("qingjia#3", "settle", "3: 00000000", "renew 3: 00000000", "还有一句", "heading", "十三个字的条旨就是这样长的", "do", "save")
	status, body = c.post(linesOf3, f)
	says(t, status, body, 400, `value="3: 00000000" checked`, `value="还有一句" checked`, `value="旧条文怎么问">`)
	f.Set("heading", "请假的办法")
	status, body = c.post(linesOf3, f)
	says(t, status, body, 200, "去「旧条文怎么问」", "加「还有一句」")
	if got := s.kept("qingjia#3").Approved; len(got) != 1 || got[0].Text != "还有一句" || got[0].From != "手写" {
		t.Errorf("%+v", got)
	}
	status, body = c.post(linesOf3, f)
	says(t, status, body, 409, "没有要改的")
}

// What stands in the way of an effect is said, and saving goes on without it.
func TestEffectRefused(t *testing.T) {
	s := newSite(t)
	s.Desk.JudgedFile = t.TempDir() // which is no file
	c := s.as(ledger.RoleEdit)
	f := s.form("qingjia#3", "add", "去不了咋办", "do", "effect")
	at, body := c.await(linesOf3, f)
	if !strings.HasPrefix(at, "/jobs/") || !strings.Contains(body, "judged_questions）读不出来") {
		t.Errorf("%s\n%s", at, body)
	}
	f.Set("do", "save")
	status, body := c.post(linesOf3, f)
	says(t, status, body, 200, "已保存：加「去不了咋办」")
	status, body = c.get("/effect/none")
	says(t, status, body, 404, "结果已经不在了")
}

// An office whose library has nothing yet, or cannot be read, is told so.
func TestEditingNothing(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	must(t, os.RemoveAll(s.library))
	must(t, os.MkdirAll(filepath.Join(s.library, "rules"), 0o755))
	for path, want := range map[string]string{"/drafts": "没有等着批准的问法", "/synonyms": "还没有自己的同义词", "/replies": "自带"} {
		status, body := c.get(path)
		says(t, status, body, 200, want)
	}
	status, body := c.post("/synonyms", url.Values{"words": {"请假 歇班"}, "do": {"save"}})
	says(t, status, body, 404, "还没有制度")
	must(t, os.WriteFile(filepath.Join(s.library, "rules", "x.md"), []byte("+++\n坏的\n"), 0o644))
	status, body = c.get("/synonyms")
	says(t, status, body, 503, "制度库现在读不出来")
}
