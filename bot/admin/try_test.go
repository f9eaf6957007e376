package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/corpus"
	"lianwen/index"
)

// revise changes a file of the library and takes it up.
func (s *site) revise(name, old, now string) {
	s.t.Helper()
	file := filepath.Join(s.library, filepath.FromSlash(name))
	raw, err := os.ReadFile(file)
	must(s.t, err)
	must(s.t, os.WriteFile(file, []byte(strings.Replace(string(raw), old, now, 1)), 0o644))
	s.takeUp()
}

// takeUp answers from the library as it is in its folder.
func (s *site) takeUp() {
	s.t.Helper()
	c, err := corpus.Open(s.library)
	must(s.t, err)
	_, err = s.Live.Revise(s.t.Context(), filepath.Join(s.DataDir, "index"), c, index.Options{}, index.Gate{})
	must(s.t, err)
}

// hidden is the first value of a hidden field on a page.
func hidden(t *testing.T, body, name string) string {
	t.Helper()
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("no field %s on the page:\n%s", name, body)
	}
	return m[1]
}

// traces is how much is on record of questions and of what people did.
func (s *site) traces() string {
	s.t.Helper()
	from, to := s.now.AddDate(-1, 0, 0), s.now.AddDate(0, 0, 1)
	asked, err := s.Desk.Ledger.Asked(s.t.Context(), from, to)
	must(s.t, err)
	useful, useless, err := s.Desk.Ledger.Rated(s.t.Context(), from, to)
	must(s.t, err)
	deeds, err := s.Desk.History(s.t.Context(), 1000)
	must(s.t, err)
	return fmt.Sprint(len(asked), useful, useless, len(deeds))
}

// A question is answered as in a chat, with the reasons and the ranking; what follows on
// it is, too; and nothing of it is on record.
func TestTry(t *testing.T) {
	s := newSite(t)
	c, before := s.as(ledger.RoleView), s.traces()
	status, body := c.get("/try")
	says(t, status, body, http.StatusOK, "像在微信里那样问一句", "还没有试过")
	conversation := hidden(t, body, "talk")
	ask := func(question string, texts ...string) string {
		t.Helper()
		status, body := c.post("/try", url.Values{"question": {question}, "talk": {conversation}})
		says(t, status, body, http.StatusOK, texts...)
		return body
	}
	body = ask("开会去不了怎么告假", "微信里的回复", "应当在会议召开三日以前书面请假", "排在前面的", "《委员请假办法》第三条", "像它的问法", "开会去不了怎么请假", "告假 → 请假", "自己的同义词", "得分", "/rules/qingjia/3", "最近试过的 1 次")
	if strings.Contains(body, "这条才对") {
		t.Error("whoever may only look may judge")
	}
	ask("1", "数字代表前面给的选项", "这次对话里说过：开会去不了怎么告假 → 1")
	ask("会议纪律第二条", "写明了制度名称或条号")
	ask("火星上有几只猫", "没查到", "制度中没有查到")
	ask("没用", "没有办", "试问不登记")
	ask("今日推送", "没查到")
	if after := s.traces(); after != before {
		t.Errorf("on record: %s, and was %s", after, before)
	}
	_, body = c.post("/try", url.Values{"question": {"1"}, "talk": {"another"}})
	says(t, http.StatusOK, body, http.StatusOK, "没有编号为 1 的选项")
	if status, body = s.as(ledger.RoleEdit).post("/try", url.Values{"question": {"1"}, "talk": {conversation}}); !strings.Contains(body, "没有编号为 1 的选项") {
		t.Errorf("in somebody else's talk: %d %s", status, body)
	}
}

// What must not be kept is not, what cannot be read is refused, and what looks like a
// page is text.
func TestTryBadInput(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	for question, want := range map[string]string{
		"": "没有收到文字", strings.Repeat("假", 501): "501 个字", "😀😀": "不回话", "\x00\x1b": "没有收到文字", "\xff\xfe请假": "编码不对",
		"绑定 K7QM3XWP": "试问不登记", "请问K7QM3XWP怎么用": "微信里的回复", "机密★10年 关于请假的通知": "拦下了", "我请假去医院看病": "微信里的回复", "身份证 11010519491231002X": "保密闸",
	} {
		status, body := c.post("/try", url.Values{"question": {question}})
		says(t, status, body, http.StatusOK, want, "还没有试过")
	}
	if raw, err := os.ReadFile(filepath.Join(s.DataDir, "tries.json")); !os.IsNotExist(err) {
		t.Errorf("kept: %s, %v", raw, err)
	}
	status, body := c.post("/try", url.Values{"question": {"<script>alert(1)</script>请假找\r\n谁批"}, "talk": {strings.Repeat("x", 300)}})
	says(t, status, body, http.StatusOK, "&lt;script&gt;alert(1)&lt;/script&gt;请假找 谁批", "由主席批准")
	if strings.Contains(body, "<script>alert") || len(hidden(t, body, "talk")) > 40 {
		t.Errorf("not escaped, or a talk of any length:\n%s", body)
	}
	if strings.Contains(s.logged.String(), "请假") {
		t.Errorf("in the log: %s", s.logged)
	}
}

// A question becomes a line of the article that should answer it, and answers from then
// on; the last tries say what has changed; it is taken back.
func TestTryTeaches(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	status, body := c.post("/try", url.Values{"question": {"大会来不成谁点头"}})
	says(t, status, body, http.StatusOK, "加一条问法", "这条才对", `value="大会来不成谁点头"`)
	form := url.Values{"article": {"qingjia#4"}, "words": {s.liveArticle("qingjia#4").WordsDigest()}, "try": {hidden(t, body, "try")}, "add": {"大会来不成谁点头"}}
	bad := url.Values{"article": form["article"], "words": form["words"], "try": form["try"], "add": {"张三来不成谁点头"}}
	status, body = c.post("/try/line", bad)
	says(t, status, body, http.StatusBadRequest, "里有人名", `value="张三来不成谁点头"`)
	see := url.Values{"words": form["words"], "add": form["add"], "heading": {s.liveArticle("qingjia#4").Heading}, "heading_was": {s.liveArticle("qingjia#4").Heading}, "do": {"effect"}}
	if _, body := c.await("/rules/qingjia/4/lines", see); !strings.Contains(body, "还没有保存") || !strings.Contains(body, `value="大会来不成谁点头"`) {
		t.Errorf("its effect is not shown:\n%s", body)
	}
	status, body = c.post("/try/line", form)
	says(t, status, body, http.StatusOK, "已给《委员请假办法》第四条加上问法“大会来不成谁点头”", "撤销刚加的问法")
	s.takeUp()
	status, body = c.get("/try")
	says(t, status, body, http.StatusOK, "还有 1 次没有和现在比", `hx-get="/try/last"`)
	status, body = c.get("/try/last")
	says(t, status, body, http.StatusOK, "变了：答了", "《委员请假办法》第四条")
	status, body = c.get("/try/" + form.Get("try"))
	says(t, status, body, http.StatusOK, "由主席批准", "当时是“没查到”", "现在不一样了")
	deeds, err := s.Desk.History(t.Context(), 1)
	if err != nil || string(deeds[0].Actor) != "web:改的人" || deeds[0].Action != "settle line" {
		t.Errorf("%+v, %v", deeds, err)
	}
	status, body = c.post("/try/line", form)
	says(t, status, body, http.StatusConflict, "已经是这条的问法了")
	status, body = c.post("/unanswered/undo", url.Values{"number": {"1"}, "to": {"/try"}})
	says(t, status, body, http.StatusOK, "撤销了 1 号")
	status, body = s.as(ledger.RoleView).post("/try/line", form)
	says(t, status, body, http.StatusForbidden, "您的账号是")
}

// An article that has gone or changed meanwhile, a try that is not kept any more, and a
// library that cannot be changed are said to be so.
func TestTryTooLate(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	_, body := c.post("/try", url.Values{"question": {"会上电话响了咋办"}})
	form := url.Values{"article": {"huiyi#2"}, "words": {s.liveArticle("huiyi#2").WordsDigest()}, "try": {hidden(t, body, "try")}, "add": {"会上电话响了咋办"}, "question": {"会上电话响了咋办"}}
	s.revise("rules/huiyi.md", "不得接打电话", "不得接听电话")
	status, body := c.post("/try/line", form)
	says(t, status, body, http.StatusConflict, "《会议纪律》第二条刚刚改过，没有加", "不得接听电话", `value="会上电话响了咋办"`)
	s.revise("rules/huiyi.md", "第三条 【请假】 因故不能参加会议的，依照《委员请假办法》第三条办理。", "")
	gone := url.Values{"article": {"huiyi#3"}, "try": form["try"], "add": form["add"], "question": form["question"]}
	for _, path := range []string{"/try/line", "/try/judge"} {
		status, body = c.post(path, gone)
		says(t, status, body, http.StatusNotFound, "这一条现在没有了")
	}
	status, body = c.get("/try/unknown")
	says(t, status, body, http.StatusNotFound, "只留最近 200 次")
	s.Desk.Dir = ""
	status, body = c.get("/try/" + form.Get("try"))
	says(t, status, body, http.StatusOK, "lianwen library init")
	if strings.Contains(body, "加一条问法") {
		t.Error("what cannot be changed is offered to be")
	}
	form.Set("words", s.liveArticle("huiyi#2").WordsDigest())
	status, body = c.post("/try/line", form)
	says(t, status, body, http.StatusBadRequest, "自带的示例")
}

// The last 200 are kept, over a restart; a file that cannot be read costs only those.
func TestTriesKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	kept, err := openTries(dir)
	must(t, err)
	for i := range triesKept + 5 {
		said := []string{fmt.Sprint("问", i)}
		if i == triesKept {
			said = strings.Split("1 2 3 4 5 6 7 8 9 10", " ")
		}
		kept.list = append(kept.list, try{ID: fmt.Sprint(i), Said: said, At: time.Unix(int64(i), 0)})
	}
	must(t, kept.add(try{ID: "last", Account: "甲", Talk: "t", Said: strings.Split("1 2 3 4 5 6 7 8 9 10", " ")}))
	again, err := openTries(dir)
	must(t, err)
	list := again.newest()
	if len(list) != triesKept || list[0].ID != "last" || list[triesKept-1].ID != "6" || len(list[0].Said) != mostSaid || list[0].Question() != "10" {
		t.Errorf("%d, the first %+v, the last %+v", len(list), list[0], list[len(list)-1])
	}
	if len(again.said("甲", "t")) != mostSaid || again.said("乙", "t") != nil || again.said("甲", "u") != nil {
		t.Error("a talk is of whoever had it")
	}
	must(t, os.WriteFile(filepath.Join(dir, "tries.json"), []byte(`[{"id":"x"`), 0o600))
	if torn, err := openTries(dir); err == nil || len(torn.list) != 0 {
		t.Errorf("%v, %v", torn.list, err)
	}
}
