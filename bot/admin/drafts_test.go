package admin

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"lianwen/bot/ledger"
	"lianwen/bot/lines"
)

// drafted proposes lines for two articles: two that pass and one that is set apart.
func (s *site) drafted() (ids map[string]string) {
	s.t.Helper()
	x, release := s.Live.Acquire()
	defer release()
	for key, texts := range map[string][]string{"qingjia#3": {"有事来不了该怎么说", "<b>去不了</b>要写啥"}, "qingjia#4": {"abc"}} {
		var list []lines.Line
		for _, text := range texts {
			list = append(list, lines.Line{Text: text})
		}
		_, _, err := s.Lines.Propose(s.t.Context(), lines.NewChecker(x), x.Corpus().Article(key), "模型 甲", list)
		must(s.t, err)
	}
	drafts, err := s.Lines.Drafts("qingjia")
	must(s.t, err)
	ids = map[string]string{}
	for _, d := range drafts {
		ids[d.Text] = d.ID()
	}
	return ids
}

// Drafts are looked at by article, approved and declined in bulk, and opened again.
func TestDraftsPage(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/drafts")
	says(t, status, body, 200, "没有等着批准的问法")
	ids := s.drafted()
	status, body = c.get("/drafts")
	says(t, status, body, 200, "《委员请假办法》2 句，另 1 句有疑问", "有事来不了该怎么说", "&lt;b&gt;去不了&lt;/b&gt;要写啥", "有疑问：没有汉字", "模型 甲", "委员不能参加会议的")
	post := func(do string, ids ...string) (int, string) {
		return c.post("/drafts", url.Values{"rule": {"qingjia"}, "do": {do}, "draft": ids})
	}
	status, body = post("approve", ids["有事来不了该怎么说"], "gone")
	says(t, status, body, 200, "已批准 1 句", "另有 1 句刚刚有人处理过了", "第三条：有事来不了该怎么说")
	status, body = post("decline", ids["abc"], ids["<b>去不了</b>要写啥"])
	says(t, status, body, 200, "2 句不要了", "没有等着批准的问法了")
	if got := s.kept("qingjia#3").Approved; len(got) != 1 || got[0].From != "模型 甲，改的人 2026-12-01" {
		t.Errorf("%+v", got)
	}
	status, body = post("undo", ids["有事来不了该怎么说"], ids["abc"])
	says(t, status, body, 200, "2 句放回待批", "有疑问：没有汉字")
	if got := s.kept("qingjia#3").Approved; len(got) != 0 {
		t.Errorf("%+v", got)
	}
	list, err := s.Desk.History(t.Context(), 3)
	must(t, err)
	for i, want := range []string{"reopen lines qingjia: 2", "decline lines qingjia: 2", "approve lines qingjia: 1"} {
		if got := list[i].Action + " " + list[i].Detail; got != want || list[i].Actor != ledger.WebActor("改的人") {
			t.Errorf("%s: %s, want %s", list[i].Actor, got, want)
		}
	}
}

// What was ticked in vain is said, and nothing is done.
func TestDraftsPageRefused(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	id := s.drafted()["有事来不了该怎么说"]
	for name, tt := range map[string]struct {
		form   url.Values
		status int
		want   string
	}{
		"nothing ticked": {url.Values{"rule": {"qingjia"}, "do": {"approve"}}, 400, "一句也没有勾选"},
		"nothing to do":  {url.Values{"rule": {"qingjia"}, "draft": {id}}, 400, "没有说是批准还是不要"},
		"decided":        {url.Values{"rule": {"qingjia"}, "do": {"undo"}, "draft": {id}}, 409, "刚刚有人处理过了"},
		"no such rule":   {url.Values{"rule": {"none"}, "do": {"approve"}, "draft": {id}}, 404, "刚刚废止或者改了"},
	} {
		status, body := c.post("/drafts", tt.form)
		t.Run(name, func(t *testing.T) { says(t, status, body, tt.status, tt.want) })
	}
	status, body := c.get("/drafts?rule=none")
	says(t, status, body, 404, "现行的制度里没有")
	rule := s.holds("rules/qingjia.md")
	must(t, os.WriteFile(filepath.Join(s.library, "rules", "qingjia.md"), []byte(strings.Replace(rule, "三日以前", "五日以前", 1)), 0o644))
	status, body = c.post("/drafts", url.Values{"rule": {"qingjia"}, "do": {"approve"}, "draft": {id}})
	says(t, status, body, 409, "条文改了")
}

// The whole list is decided on by keyboard.
func TestDraftsByKeyboard(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := newBrowser(t, s, ledger.RoleEdit)
	s.drafted()
	b.looks("/drafts", "drafts")
	b.resize(1366, 768)
	b.open("/drafts")
	b.await(".keys [data-hint]") // the script is there
	b.keys("jjkx")
	if got := evaluate[string](b, `[...document.querySelectorAll("input[name=draft]")].map(e => e.checked).join()`); got != "true,false,false" {
		t.Fatalf("ticked: %s", got)
	}
	b.keys("a")
	b.await(".notice")
	if got := b.text(".notice"); !strings.Contains(got, "已批准 1 句") || len(s.kept("qingjia#3").Approved) != 1 {
		t.Errorf("%s", got)
	}
	b.await(".keys [data-hint]")
	b.keys("jxjxd")
	b.await("//*[@class='notice'][contains(.,'2 句不要了')]")
	b.await("[data-undo] [data-hint]")
	b.keys("u")
	b.await("//*[@class='notice'][contains(.,'放回待批')]")
	b.await(".keys [data-hint]")
	b.click("[data-all]")
	if got := evaluate[string](b, `[...document.querySelectorAll("input[name=draft]:checked")].map(e => e.closest("li").className).join()`); strings.Contains(got, "doubt") {
		t.Errorf("all ticks those in doubt: %s", got)
	}
}

// keys presses keys where the page has the focus.
func (b *browser) keys(keys string) {
	b.t.Helper()
	b.do("press "+keys, chromedp.KeyEvent(keys))
}

// path is the path of the page that is shown.
func (b *browser) path() string {
	b.t.Helper()
	return evaluate[string](b, "location.pathname")
}
