package admin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/talk"
)

// What leans on the question before, what has a fixed reply and what is a digit cannot
// be taught by themselves; what stands by itself can.
func TestTryTeachable(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	ask := func(question string, teaches bool, texts ...string) {
		t.Helper()
		status, body := c.post("/try", url.Values{"question": {question}, "talk": {"one"}})
		says(t, status, body, http.StatusOK, texts...)
		if strings.Contains(body, "加一条问法") != teaches {
			t.Errorf("%s: can be taught %v", question, !teaches)
		}
	}
	ask("请假要提前几天", true, "排在前面的")
	ask("有没有例外", false, "接着前一句“请假要提前几天”一起查的", "请把话问全了再试一次")
	ask("1", false, "数字代表")
	ask("目录", false, "这是命令“目录”")
	status, body := c.post("/try", url.Values{"question": {"有没有例外"}, "talk": {"one"}, "anew": {"1"}})
	says(t, status, body, http.StatusOK, "有没有例外")
	if strings.Contains(body, "接着前一句") || hidden(t, body, "talk") == "one" {
		t.Error("a new talk leans on the old one")
	}
}

// A try is tried again with what was said before it, also when the library has changed
// and by somebody else; that counts as no new try.
func TestTryAgainInContext(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	for _, question := range []string{"请假要提前几天", "有没有例外"} {
		status, body := c.post("/try", url.Values{"question": {question}, "talk": {"one"}})
		says(t, status, body, http.StatusOK)
	}
	one := s.tries.newest()[0]
	if !slices.Equal(one.Said, []string{"请假要提前几天", "有没有例外"}) || one.Account != "改的人" || one.Then.Outcome == "" {
		t.Fatalf("%+v", one)
	}
	s.revise("rules/huiyi.md", "会议期间手机应当静音", "会议期间手机必须静音")
	status, body := s.as(ledger.RoleView).get("/try/" + one.ID)
	says(t, status, body, http.StatusOK, "接着前一句“请假要提前几天”一起查的", "请假要提前几天 → 有没有例外")
	if n := len(s.tries.newest()); n != 2 {
		t.Errorf("%d tries", n)
	}
	if now, _ := s.tries.find(one.ID); now.Library != s.digest() || now.Changed() {
		t.Errorf("%+v", now)
	}
	status, body = c.get("/try/last")
	says(t, status, body, http.StatusOK, "一样")
	if strings.Contains(body, "hx-get") || strings.Contains(body, "<html") {
		t.Errorf("goes on comparing, or is a whole page:\n%s", body)
	}
}

// What is compared is noted of what is still there, and kept.
func TestTriesCompared(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	kept, err := openTries(dir)
	must(t, err)
	then := verdict{"没查到", ""}
	must(t, kept.add(try{ID: "a", Said: []string{"甲"}, Then: then, Now: then, Library: "1"}))
	must(t, kept.add(try{ID: "b", Said: []string{"乙"}, Then: then, Now: then, Library: "1"}))
	must(t, kept.compared(map[string]verdict{"b": {"答了", "r#1"}, "gone": {"答了", ""}}, "2"))
	again, err := openTries(dir)
	must(t, err)
	a, _ := again.find("a")
	b, _ := again.find("b")
	if a.Changed() || a.Library != "1" || !b.Changed() || b.Library != "2" || b.Then != then {
		t.Errorf("%+v %+v", a, b)
	}
	if _, ok := again.find("gone"); ok {
		t.Error("what is gone is back")
	}
	must(t, os.Remove(filepath.Join(dir, "tries.json")))
	must(t, os.Mkdir(filepath.Join(dir, "tries.json"), 0o755))
	if err := again.add(try{ID: "c", Said: []string{"丙"}}); err == nil {
		t.Error("kept where nothing can be")
	}
	if _, ok := again.find("c"); !ok {
		t.Error("not even in memory")
	}
}

// What cannot be kept is answered all the same.
func TestTryWithoutDisk(t *testing.T) {
	s := newSite(t)
	s.tries.file = filepath.Join(s.DataDir, "none", "tries.json")
	status, body := s.as(ledger.RoleEdit).post("/try", url.Values{"question": {"请假找谁批"}})
	says(t, status, body, http.StatusOK, "由主席批准", "最近试过的 1 次")
	if got := s.logged.String(); !strings.Contains(got, "试问没有记下") || strings.Contains(got, "请假") {
		t.Errorf("%s", got)
	}
}

// Words of rules, headings and lines are text, whatever they look like.
func TestTryEscapes(t *testing.T) {
	s := newSite(t)
	s.revise("rules/huiyi.md", "第一条 【签到】 参加会议的委员应当在会议开始以前签到。", "第一条 【<i>签到】 参加会议的委员应当<img src=x onerror=alert(1)>签到。\n> 问：<b>到了要签名吗")
	c := s.as(ledger.RoleEdit)
	status, body := c.post("/try", url.Values{"question": {"到了要签名吗"}})
	says(t, status, body, http.StatusOK, "&lt;img src=x onerror=alert(1)&gt;签到", "【&lt;i&gt;签到】", "&lt;b&gt;到了要签名吗")
	s.asks("到了要签名吗")
	status, cluster := c.get("/unanswered/" + clusterID("到了要签名吗"))
	says(t, status, cluster, http.StatusOK, "&lt;img src=x")
	for _, text := range []string{"<img", "<i>", "<b>到了"} {
		if strings.Contains(body+cluster, text) {
			t.Errorf("%s is markup", text)
		}
	}
}

// Twenty who try at once each have a talk of their own, and all is kept.
func TestTryAtOnce(t *testing.T) {
	s := newSite(t)
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			account, conversation := fmt.Sprint("甲", i%3), fmt.Sprint(i)
			first, _, err := s.ask(context.Background(), account, conversation, "请假要提前几天")
			if err != nil || first.Leaned {
				t.Errorf("%v %v", first.Leaned, err)
			}
			next, held, err := s.ask(context.Background(), account, conversation, "有没有例外")
			if err != nil || held || !next.Leaned {
				t.Errorf("%v %v %v", next.Leaned, held, err)
			}
			if err := s.tries.add(try{ID: conversation, Account: account, Talk: conversation, Said: []string{"有没有例外"}, Then: verdictOf(next)}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(s.tries.newest()); n != 20 {
		t.Errorf("%d are kept", n)
	}
	if tried, held, err := s.ask(t.Context(), "甲0", "0", "机密★10年 关于请假的通知"); err != nil || !held || tried.Taken != talk.AsQuestion || tried.Ranking != nil || !strings.Contains(tried.Text, "请问办公室") {
		t.Errorf("%v %+v %v", held, tried, err)
	}
}
