package admin

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianwen/bot/ledger"
)

// A group of synonyms is added, changed with its effect seen, removed and put back; a
// new one that begins as one that is there adds to it.
func TestSynonymsPage(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/synonyms?words=" + url.QueryEscape("手机 大哥大"))
	says(t, status, body, 200, `value="手机 大哥大"`, "签到 画到 打卡", "synonyms/own.txt:1", "现有的（2 组）")
	status, body = c.post("/synonyms", url.Values{"words": {"手机 大哥大"}, "do": {"save"}})
	says(t, status, body, 200, "已保存：“”→“手机 大哥大”", "synonyms/learned.txt:2", "撤销")
	status, body = c.post("/synonyms", url.Values{"words": {"请假　歇班"}, "do": {"save"}})
	says(t, status, body, 200, "“请假 告假”→“请假 告假 歇班”")
	status, body = c.get("/synonyms?group=" + url.QueryEscape("请假"))
	says(t, status, body, 200, "改这一组", `name="was" value="请假 告假 歇班"`)
	f := url.Values{"file": {"synonyms/own.txt"}, "was": {"请假 告假 歇班"}, "words": {"请假 告假 歇班 请人替"}, "do": {"effect"}}
	_, body = c.await("/synonyms", f)
	says(t, 200, body, 200, "还没有人问过，也没有带答案的问题，看不出影响", `value="请假 告假 歇班 请人替"`)
	f.Set("do", "save")
	status, body = c.post("/synonyms", f)
	says(t, status, body, 200, "歇班 请人替")
	f = url.Values{"file": {"synonyms/own.txt"}, "was": {"请假 告假 歇班 请人替"}, "gone": {"1"}, "do": {"save"}}
	status, body = c.post("/synonyms", f)
	says(t, status, body, 200, "现有的（2 组）")
	if got := s.holds("synonyms/own.txt"); got != "签到 画到 打卡\n" {
		t.Errorf("%q", got)
	}
	status, body = c.get("/synonyms?q=" + url.QueryEscape("画"))
	says(t, status, body, 200, "有“画”的 1 组")
	status, body = c.get("/synonyms?q=" + url.QueryEscape("<i>"))
	says(t, status, body, 200, "没有哪一组里有“&lt;i&gt;”")
}

// Words that cannot be are said beside the form, and so is what another has done.
func TestSynonymsPageRefused(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	own := "synonyms/own.txt"
	for name, tt := range map[string]struct {
		was, words string
		status     int
		says       []string
	}{
		"in another group": {"请假 告假", "请假 打卡", 409, []string{"「打卡」已经在 synonyms/own.txt 第 1 行那一组里（签到 画到 打卡）", `value="请假 打卡"`}},
		"changed before":   {"请假 歇", "请假 歇班", 409, []string{"现在是“请假 告假”", `name="was" value="请假 告假"`, `value="请假 歇班"`}},
		"gone":             {"出差 外出", "出差 跑腿", 409, []string{"已经没有了", `value="出差 跑腿"`}},
		"one word":         {"请假 告假", "请假", 400, []string{"用空格隔开"}},
		"twice":            {"请假 告假", "请假 告假 告假", 400, []string{"写了两遍"}},
		"markup":           {"请假 告假", "请假 <b>歇", 400, []string{"不带标点", "请假 &lt;b&gt;歇"}},
		"unseen":           {"请假 告假", "请假 歇\u200b班", 400, []string{"不带标点"}},
		"too long":         {"请假 告假", "请假 " + strings.Repeat("长", 21), 400, []string{"2 到 20 个字"}},
	} {
		status, body := c.post("/synonyms", url.Values{"file": {own}, "was": {tt.was}, "words": {tt.words}, "do": {"save"}})
		t.Run(name, func(t *testing.T) { says(t, status, body, tt.status, tt.says...) })
	}
	if got := s.holds(own); got != "签到 画到 打卡\n请假 告假\n" {
		t.Errorf("%q", got)
	}
}

// A reply is added, changed and removed; who changes it second is told.
func TestRepliesPage(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/replies?say=" + url.QueryEscape("食堂几点开") + "&say=" + url.QueryEscape("饭堂在哪"))
	says(t, status, body, 200, "食堂几点开\n饭堂在哪</textarea>", "您好，请直接提问。", "talk/talk.toml", "你好 / 您好")
	must(t, s.Desk.Ledger.Ask(t.Context(), ledger.Asked{At: s.now, Outcome: ledger.AskedNone, Question: "食堂几点开", Asker: "x"}))
	f := url.Values{"say": {"食堂几点开\n饭堂在哪"}, "text": {"食堂七点开，<一楼>。"}, "do": {"effect"}}
	_, body = c.await("/replies", f)
	says(t, 200, body, 200, "有 1 个问题换了回答", "食堂七点开，&lt;一楼&gt;。", "应答")
	f.Set("do", "save")
	status, body = c.post("/replies", f)
	says(t, status, body, 200, "食堂几点开 / 饭堂在哪", "食堂七点开，&lt;一楼&gt;。")
	status, body = c.get("/replies?id=hello&file=talk/talk.toml")
	says(t, status, body, 200, "改这一条", ">您好，请直接提问。</textarea>")
	was := body[strings.Index(body, `name="was" value="`)+len(`name="was" value="`):]
	was = was[:strings.Index(was, `"`)]
	f = url.Values{"file": {"talk/talk.toml"}, "id": {"hello"}, "was": {was}, "say": {"你好"}, "text": {"您好，想问什么？"}, "do": {"save"}}
	status, body = c.post("/replies", f)
	says(t, status, body, 200, "您好，想问什么？")
	f.Set("text", "晚了")
	status, body = c.post("/replies", f)
	says(t, status, body, 409, "刚刚有人改过（改的人", "现在说的是“您好，想问什么？”", ">晚了</textarea>")
	f.Set("was", body[strings.Index(body, `name="was" value="`)+18:][:16])
	f.Set("gone", "1")
	status, body = c.post("/replies", f)
	says(t, status, body, 200, "已保存")
	if strings.Contains(s.holds("talk/talk.toml"), "hello") {
		t.Error(s.holds("talk/talk.toml"))
	}
	for text, want := range map[string]string{"": "1 到 120 个字", strings.Repeat("长", 121): "现在是 121 个字"} {
		status, body = c.post("/replies", url.Values{"say": {"甲"}, "text": {text}, "do": {"save"}})
		says(t, status, body, 400, want)
	}
	status, body = c.post("/replies", url.Values{"say": {"饭堂在哪"}, "text": {"不知道。"}, "do": {"save"}})
	says(t, status, body, 409, "已经有应答了（learned-1）")
}

// The pages look as they should, and what was found out before saving is saved from
// there.
func TestEditingLooks(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := newBrowser(t, s, ledger.RoleEdit)
	must(t, s.Desk.Ledger.Ask(t.Context(), ledger.Asked{At: s.now, Outcome: ledger.AskedNone, Question: "有事去不了得跟谁讲一声", Asker: "x"}))
	must(t, os.MkdirAll(filepath.Join(s.library, "asked"), 0o755))
	must(t, os.WriteFile(filepath.Join(s.library, "asked", "qingjia.txt"), []byte("[3] 第三条 00000000\n旧条文怎么问 ← 手写，张三 2026-10-01\n还有一句 ← 手写\n"), 0o644))
	b.looks("/synonyms?group="+url.QueryEscape("请假"), "synonyms")
	b.looks("/replies", "replies")
	b.looks(linesOf3, "lines")
	b.resize(1366, 768)
	b.open(linesOf3)
	b.send("textarea[name=add]", "有事去不了得跟谁讲一声")
	b.click("button[value=effect]")
	b.await(".altered")
	b.looks(b.path(), "effect")
	b.click("button[value=save]")
	b.await(".edits")
	if got := b.text(".notice"); !strings.Contains(got, "已保存：加「有事去不了得跟谁讲一声」") || len(s.kept("qingjia#3").Approved) != 1 {
		t.Error(got)
	}
	b.screenshot("lines-saved")
}
