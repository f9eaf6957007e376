package admin

import (
	"html"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/duty"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// is makes a push of the library's first story what it says.
func (s *site) is(name, target string, on time.Time, state ledger.PushState, detail string) {
	s.t.Helper()
	p := ledger.Push{Name: name, Target: target, Date: corpus.DateOf(on), Due: on, Until: on.Add(time.Hour), Content: day.StoryContent, ContentID: "baozheng", Title: "包拯还砚"}
	ok, err := s.Desk.Ledger.SkipPush(s.t.Context(), ledger.PushRecord{Push: p, State: state, Detail: detail, At: on})
	must(s.t, err)
	if !ok {
		s.t.Fatalf("%s to %s is somebody else's", name, target)
	}
}

// lacks fails if any of these texts is on a page.
func lacks(t *testing.T, body string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(body, text) {
			t.Errorf("%q is on the page:\n%s", text, body)
		}
	}
}

// The page says what goes where and when, how it went and what to do; there is no list
// of chores when nothing is to be done.
func TestToday(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/")
	says(t, status, body, http.StatusOK, "今天　12月1日 星期二", "明天　12月2日 星期三", "12月5日 星期六", "（休息日）", "12月8日 星期二",
		`<strong>story</strong>`, "学习群、机关群", "未到时间", "看内容，现在发…", "跳过这一次", "没有启用任何渠道")
	lacks(t, body, "要做的", "核实</h2>", "签发", "12月9日")
	yesterday := s.now.AddDate(0, 0, -1)
	s.is("story", "group:学习群", yesterday, ledger.PushFailed, "没有找到群“学习群”")
	s.is("story", "group:机关群", yesterday, ledger.PushUncertain, "不知道有没有发出")
	s.is("story", "group:学习群", s.now, ledger.PushSkipped, "这一天已经向这里发了 2 条")
	s.is("quiz", "member:A01", s.now, ledger.PushSkipped, "没有可发的内容："+day.PrivateDetail)
	must(t, s.Desk.Ledger.Mute(t.Context(), "A01", s.now))
	must(t, s.Desk.Ledger.Ask(t.Context(), ledger.Asked{At: s.now, Question: "<b>食堂</b>几点开饭"}))
	status, body = c.get("/")
	says(t, status, body, http.StatusOK, "要做的", "1 条推送不确定有没有发出", `href="#uncertain"`, "有 1 条推送没有发出", "没有查到的问题有 1 类", `href="/unanswered"`,
		"没有发出（没有找到群“学习群”）", "打开这个群发一句话", `<details class="past" open>`, "群“机关群”", "已发</button>",
		"有 1 条因为一天或一周的上限没有发", "不收私聊推送的委员 1 人（不列是谁）", "委员私聊 1 人")
	lacks(t, body, "A01", "本人不收私聊推送")
	if status, body = s.as(ledger.RoleView).get("/"); status != http.StatusOK {
		t.Errorf("who may only look sees %d", status)
	}
	lacks(t, body, "<button>", "跳过", "现在发…", `name="found"`)
}

// What is skipped, paused and let go again is said; what is over, or is no push, is
// refused with a sentence.
func TestSteering(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	status, body := c.post("/pushes/story/skip", url.Values{"date": {"2026-12-03"}})
	says(t, status, body, http.StatusOK, "2026年12月3日的“story”跳过 2 条", "没有发（改的人 跳过）")
	status, body = c.post("/pushes/story/skip", url.Values{"date": {"2026-12-03"}})
	says(t, status, body, http.StatusConflict, "没有可跳过的：2 条都已经办过")
	status, body = c.post("/pushes/story/pause", nil)
	says(t, status, body, http.StatusOK, "已暂停“story”", "已暂停的推送：story", "恢复“story”")
	status, body = c.post("/pushes/story/now", url.Values{"was": {s.seen("story")}})
	says(t, status, body, http.StatusConflict, "“story”已暂停。请先恢复")
	status, body = c.post("/pushes/story/resume", nil)
	says(t, status, body, http.StatusOK, "已恢复“story”", "暂停“story”…")
	lacks(t, body, "已暂停的推送")
	for path, form := range map[string]url.Values{
		"/pushes/nope/skip": {"date": {"2026-12-03"}}, "/pushes/nope/pause": nil, "/pushes/%2F..%2F/resume": nil, "/pushes/nope/now": {"was": {""}},
	} {
		status, body = c.post(path, form)
		says(t, status, body, http.StatusNotFound, "没有叫“", "名称有：story、quiz")
	}
	for date, want := range map[string]int{"": http.StatusBadRequest, "明天": http.StatusBadRequest, "2026-11-30": http.StatusConflict, "2100-01-01": http.StatusNotFound} {
		if status, _ = c.post("/pushes/story/skip", url.Values{"date": {date}}); status != want {
			t.Errorf("skip on %q: %d", date, status)
		}
	}
	for _, path := range []string{"/pushes/story/skip", "/pushes/story/pause", "/pushes/story/resume", "/pushes/story/now", "/pushes/story/resolve"} {
		if status, _ = s.as(ledger.RoleView).post(path, nil); status != http.StatusForbidden {
			t.Errorf("who may only look can do %s: %d", path, status)
		}
	}
	if list, err := s.Desk.Ledger.History(t.Context(), 4); err != nil || list[0].Actor != ledger.WebActor("改的人") || list[0].Action != "resume" || list[2].Detail != "story 2026-12-03, 2 pushes" {
		t.Errorf("the audit has %+v, %v", list, err)
	}
}

// A push may have any name, and its links lead to it.
func TestPushOfAnyName(t *testing.T) {
	s := newSite(t)
	s.Desk.Schedule.Specs[0].Name = `早/报?"<#%2F`
	c := s.as(ledger.RoleEdit)
	_, body := c.get("/")
	for what, want := range map[string]string{"/skip": "跳过 2 条", "/pause": "已暂停“早/报?&#34;&lt;#%2F”"} {
		path := html.UnescapeString(between(body, `action="/pushes/%E6`, "/pause"))
		status, answer := c.post("/pushes/%E6"+path+what, url.Values{"date": {"2026-12-01"}})
		says(t, status, answer, http.StatusOK, want)
	}
	status, body := c.get(html.UnescapeString("/pushes/%E6" + between(body, `href="/pushes/%E6`, `"`)))
	says(t, status, body, http.StatusOK, "包拯还砚", "推送“早/报?&#34;&lt;#%2F”")
}

// seen is what a form of push now carries.
func (s *site) seen(name string) string {
	s.t.Helper()
	_, text, err := s.Desk.PushPreview(s.t.Context(), name, "")
	must(s.t, err)
	return ledger.TextDigest(text)
}

// What would go out is shown, and to whom; what goes out by hand was read first, and of
// two who press at once the second is told.
func TestPushNow(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/pushes/story")
	says(t, status, body, http.StatusOK, "现在发出去就是这样（廉政故事", "廉政故事：", "<li>群“学习群”</li><li>群“机关群”</li>", "现在发</button>", s.seen("story"))
	status, body = c.get("/pushes/story?date=2026-12-02")
	says(t, status, body, http.StatusOK, "12月2日 08:00 要发的", "廉政故事：")
	lacks(t, body, "现在发")
	status, body = c.get("/pushes/quiz?kind=member&who=Ａ01")
	says(t, status, body, http.StatusOK, "委员 A01（私聊）", "现在发给 委员 A01")
	for path, want := range map[string]int{
		"/pushes/nope": http.StatusNotFound, "/pushes/story?date=x": http.StatusNotFound, "/pushes/story?who=丙": http.StatusBadRequest,
		"/pushes/story?kind=member&who=B99": http.StatusNotFound, "/pushes/story?kind=x&who=丙": http.StatusBadRequest,
	} {
		if status, body = c.get(path); status != want {
			t.Errorf("%s: %d\n%s", path, status, body)
		}
	}
	status, body = c.post("/pushes/story/now", url.Values{"was": {"another text"}})
	says(t, status, body, http.StatusConflict, "要发的内容在您看过以后变了，没有发")
	status, body = c.post("/pushes/story/now", url.Values{"was": {s.seen("story")}})
	says(t, status, body, http.StatusOK, "已登记：现在推送“story”", "2 条。但是 lianwen serve 没有在运行，在 12月1日 11:30 前启动它才会发出", "等着再试（改的人 要求现在推送）", `hx-get="/pushes"`)
	status, body = s.as(ledger.RoleAdmin).post("/pushes/story/now", url.Values{"was": {s.seen("story")}})
	says(t, status, body, http.StatusConflict, "改的人已经在07:30要求现在推送“story”，正等着发")
	status, body = c.post("/pushes/story/now", url.Values{"was": {s.seen("story")}, "kind": {"group"}, "who": {"丙群"}})
	says(t, status, body, http.StatusOK, "1 条。但是", "丙群")
	status, body = c.get("/pushes")
	says(t, status, body, http.StatusOK, "丙群", "12月1日")
	lacks(t, body, "<html", "12月2日")
}

// What somebody found who has looked is written down once; the second is told by whom.
func TestResolveOnPage(t *testing.T) {
	s := newSite(t)
	s.is("gone", "group:学习群", s.now.AddDate(0, 0, -3), ledger.PushUncertain, "不知道有没有发出")
	c := s.as(ledger.RoleEdit)
	form := url.Values{"target": {"group:学习群"}, "date": {"2026-11-28"}, "found": {"yes"}}
	status, body := c.post("/pushes/gone/resolve", form)
	says(t, status, body, http.StatusOK, "已登记：2026年11月28日的“gone”（群“学习群”）已发")
	lacks(t, body, "要做的", "核实</h2>")
	status, body = s.as(ledger.RoleAdmin).post("/pushes/gone/resolve", form)
	says(t, status, body, http.StatusConflict, "改的人已经核实过了（12月1日07:30）")
	for _, bad := range []url.Values{{"date": {"2026-11-28"}}, {"date": {"x"}, "found": {"no"}}, {"date": {"2026-11-28"}, "found": {"maybe"}}} {
		status, body = c.post("/pushes/gone/resolve", bad)
		says(t, status, body, http.StatusBadRequest, "没有看懂")
	}
	status, body = c.post("/pushes/never/resolve", form)
	says(t, status, body, http.StatusConflict, "已经核实过了，或者不用核实")
}

// Where the records cannot be read the page says so and still shows channels and alarms.
func TestTodayWithoutRecords(t *testing.T) {
	w := filepath.Join(t.TempDir(), "other.db")
	s := newSite(t, func(c *Config) { c.Channels = []Channel{{"wechat", "微信"}} })
	gone, err := ledger.Open(t.Context(), ledger.Source{File: w})
	must(t, err)
	must(t, gone.Close())
	s.Desk.Schedule.Ledger = gone
	a := duty.NewAlarm(duty.Ways{}, s.DataDir, s.Log)
	a.Tell(t.Context(), "廉问掉线：登录已失效")
	a.Wait()
	s.now = time.Now().In(s.now.Location())
	status, body := s.as(ledger.RoleView).get("/")
	says(t, status, body, http.StatusServiceUnavailable, "台账现在读不出来", "还没有值守过", "廉问掉线：登录已失效", "没有告诉任何人")
	lacks(t, body, "今天　", "chores")
}

// What staff approve, pushes that bring nothing and days off that are missing are chores.
func TestChoresInWords(t *testing.T) {
	s := newSite(t)
	s.Desk.Schedule.Specs = append(s.Desk.Schedule.Specs, day.PushSpec{Name: "case", Content: day.CaseContent, Targets: []string{"group:甲"}})
	s.Desk.Schedule.Specs[0].Approval, s.Desk.Schedule.Specs[0].Workdays = true, true
	s.now = time.Date(2039, 12, 1, 7, 0, 0, 0, s.now.Location())
	status, body := s.as(ledger.RoleView).get("/")
	says(t, status, body, http.StatusOK, "条推送的内容待签发，最早的是 12月1日 08:00 的“story”", `<li class="urgent">`, `href="/signing"`, "推送“case”：制度库里没有可推的案例（cases）", "2040 年的放假安排还没有", "还没有签发")
	list, err := s.chores(staff.Chores{Suspended: 2, Faults: 3, Failed: 1})
	if err != nil || len(list) != 3 || list[0].Path != "#line" || list[1].Path != "/suspended" || list[2].Path != "/settings" {
		t.Errorf("%+v, %v", list, err)
	}
}
