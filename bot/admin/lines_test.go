package admin

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

const linesOf3 = "/rules/qingjia/3/lines"

// kept is an article as the library has it on the disk.
func (s *site) kept(key string) *corpus.Article {
	s.t.Helper()
	c, err := corpus.Open(s.library)
	must(s.t, err)
	if a := c.Article(key); a != nil && len(c.Faults) == 0 {
		return a
	}
	s.t.Fatalf("no %s: %v", key, c.Faults)
	return nil
}

// holds is a file of the library.
func (s *site) holds(name string) string {
	s.t.Helper()
	raw, err := os.ReadFile(filepath.Join(s.library, filepath.FromSlash(name)))
	if !os.IsNotExist(err) {
		must(s.t, err)
	}
	return string(raw)
}

// form is the form of an article as the page has it, with changes: pairs of a name and a
// value.
func (s *site) form(key string, changes ...string) url.Values {
	a := s.kept(key)
	f := url.Values{"words": {a.WordsDigest()}, "heading_was": {a.Heading}, "heading": {a.Heading}}
	for i := 0; i < len(changes); i += 2 {
		if name := changes[i]; name == "remove" {
			f.Add(name, changes[i+1])
		} else {
			f.Set(name, changes[i+1])
		}
	}
	return f
}

// Lines and a heading are typed, their effect is seen, they are saved and taken back.
func TestLinesPage(t *testing.T) {
	s := judging(t)
	must(t, os.WriteFile(s.Desk.JudgedFile, []byte(`{"q":"想歇一歇跟谁打招呼","want":["qingjia#3"]}`+"\n"+`{"q":"旧的","want":["qingjia#99"]}`+"\n"), 0o600))
	must(t, s.Desk.Ledger.Ask(t.Context(), ledger.Asked{At: s.now, Outcome: ledger.AskedNone, Question: "想歇一歇跟谁打招呼", Asker: "x"}))
	c := s.as(ledger.RoleEdit)
	status, body := c.get(linesOf3 + "?add=" + url.QueryEscape("想歇一歇跟谁打招呼"))
	says(t, status, body, 200, "《委员请假办法》第三条的问法", "写明下列事项", `value="请假的办法"`, "开会去不了怎么请假", "写在制度文件里", ">想歇一歇跟谁打招呼</textarea>")
	f := s.form("qingjia#3", "add", "想歇一歇跟谁打招呼\n", "do", "effect", "heading", "怎么请假")
	at, body := c.await(linesOf3, f)
	if !strings.HasPrefix(at, "/effect/") {
		t.Fatalf("led to %s:\n%s", at, body)
	}
	says(t, 200, body, 200, "有 1 个变好", "没有查到", "《委员请假办法》第三条", "1 个带答案的问题和最近问过的 1 个问题", `name="add" value="想歇一歇跟谁打招呼`)
	if len(s.kept("qingjia#3").Approved) != 0 || s.kept("qingjia#3").Heading != "请假的办法" {
		t.Fatal("saved before anybody said so")
	}
	f.Set("do", "back")
	status, body = c.post(linesOf3, f)
	says(t, status, body, 200, `value="怎么请假"`, ">想歇一歇跟谁打招呼\n</textarea>")
	f.Set("do", "save")
	f.Add("remove", "请假要提前几天")
	status, body = c.post(linesOf3, f)
	says(t, status, body, 200, "已保存：加「想歇一歇跟谁打招呼」，去「请假要提前几天」，条旨「请假的办法」→「怎么请假」", "网页，改的人 2026-12-01", "最近的改动")
	a := s.kept("qingjia#3")
	if got := strings.Join(a.Lines(), "|"); got != "开会去不了怎么请假|想歇一歇跟谁打招呼" || a.Heading != "怎么请假" {
		t.Error(got, a.Heading)
	}
	list, err := s.Desk.History(t.Context(), 1)
	must(t, err)
	if d := list[0]; d.Actor != ledger.WebActor("改的人") || strings.Contains(d.Detail, "歇一歇") || !strings.Contains(d.Detail, "qingjia#3") {
		t.Errorf("%+v", d)
	}
	edits, err := s.Desk.Edits(func(shelf.Entry) bool { return true })
	must(t, err)
	status, body = c.post("/edits/undo", url.Values{"id": {edits[0].ID}, "to": {linesOf3}})
	says(t, status, body, 200, "已撤销", "请假要提前几天")
	if got := s.kept("qingjia#3"); got.Heading != "请假的办法" || len(got.Lines()) != 2 {
		t.Errorf("%+v", got)
	}
	status, body = c.post("/edits/undo", url.Values{"id": {edits[0].ID}, "to": {"//elsewhere"}})
	says(t, status, body, 404, "撤销过了")
}

// What cannot be is said beside the form, with what was typed; nothing of it is saved.
func TestLinesPageWrongInput(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	was := s.holds("rules/qingjia.md")
	long := strings.Repeat("长", 61)
	for name, tt := range map[string]struct {
		form   url.Values
		status int
		says   []string
	}{
		"61 characters": {s.form("qingjia#3", "add", "还行\n"+long), 400, []string{"61 字，超过 60 字", ">还行\n" + long + "</textarea>"}},
		"nothing":       {s.form("qingjia#3", "add", " \n\n"), 409, []string{"没有要改的"}},
		"a duplicate":   {s.form("qingjia#3", "add", "请假要提前几天？"), 409, []string{"没有要改的", ">请假要提前几天？</textarea>"}},
		"control":       {s.form("qingjia#3", "add", "怎么\x07请假"), 400, []string{"看不见的字符"}},
		"secret":        {s.form("qingjia#3", "add", "11010519491231002X 怎么请假"), 400, []string{"问法里"}},
		"heading":       {s.form("qingjia#3", "heading", "十三个字的条旨就是这样长的"), 400, []string{"超过 12 个字", `value="十三个字的条旨就是这样长的"`}},
		"old heading":   {s.form("qingjia#3", "heading_was", "从前", "heading", "新的"), 409, []string{"现在是「请假的办法」", "不是您改的时候的「从前」", `name="heading_was" value="请假的办法"`, `value="新的"`}},
		"old words":     {s.form("qingjia#3", "words", "00000000", "add", "去不了咋办"), 409, []string{"刚刚改过，请再看一遍", "去不了咋办"}},
		"gone already":  {s.form("qingjia#3", "remove", "早没了"), 409, []string{"「早没了」已经不在了"}},
	} {
		for _, do := range []string{"save", "effect"} {
			tt.form.Set("do", do)
			status, body := c.post(linesOf3, tt.form)
			t.Run(name+" "+do, func(t *testing.T) { says(t, status, body, tt.status, append(tt.says, `role="alert"`)...) })
		}
	}
	if s.holds("rules/qingjia.md") != was || s.holds("asked/qingjia.txt") != "" {
		t.Error("something was saved")
	}
	for path, want := range map[string]string{"/rules/none/1/lines": "没有这部制度", "/rules/qingjia/99/lines": "没有这一条", "/rules/qingjia/x%2F..%2F1/lines": "没有这一条"} {
		status, body := c.get(path)
		says(t, status, body, 404, want)
	}
}

// Markup in a line is text, on the page, in its effect and in what was done.
func TestLinesPageMarkup(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	const evil = `<script>alert(1)</script>"><img src=x onerror=alert(1)>`
	f := s.form("qingjia#3", "add", evil, "do", "effect")
	_, effect := c.await(linesOf3, f)
	f.Set("do", "save")
	status, saved := c.post(linesOf3, f)
	says(t, status, saved, 200, "&lt;script&gt;alert(1)&lt;/script&gt;")
	for name, body := range map[string]string{"effect": effect, "saved": saved} {
		if strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") {
			t.Errorf("%s:\n%s", name, body)
		}
	}
}

// A rule that was repealed and an article that was deleted under an open form are said;
// the session that is over keeps what was typed.
func TestLinesPageMeanwhile(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	f := s.form("qingjia#3", "add", "去不了咋办", "do", "save")
	rule := s.holds("rules/qingjia.md")
	file := filepath.Join(s.library, "rules", "qingjia.md")
	at := strings.Index(rule, "第三条")
	must(t, os.WriteFile(file, []byte(rule[:at]+"第三条 （删去）\n\n"+rule[strings.Index(rule, "第四条"):]), 0o644))
	status, body := c.post(linesOf3, f)
	says(t, status, body, 404, "没有第三条", "去不了咋办")
	must(t, os.WriteFile(file, []byte(strings.Replace(rule, "in-force", "repealed", 1)), 0o644))
	status, body = c.post(linesOf3, f)
	says(t, status, body, 409, "已经废止", "去不了咋办")
	status, body = c.get(linesOf3)
	says(t, status, body, 200, "已经废止，不再改它的问法")
	must(t, os.Remove(file))
	status, body = c.post(linesOf3, f)
	says(t, status, body, 404, "没有这部制度", "去不了咋办", "再提交一次")
	must(t, os.WriteFile(file, []byte(rule), 0o644))
	status, body = s.nobody().post(linesOf3, f)
	says(t, status, body, 401, "刚才写的还在", url.QueryEscape("去不了咋办"))
}

// Who may only look sees everything and can change nothing; where the library is the
// sample, it is said how to get one's own.
func TestEditingRefused(t *testing.T) {
	s := newSite(t)
	look := s.as(ledger.RoleView)
	forms := map[string]url.Values{linesOf3: s.form("qingjia#3", "add", "去不了咋办"), "/synonyms": {"words": {"请假 歇班"}}, "/replies": {"say": {"在吗"}, "text": {"在。"}}, "/drafts": {"rule": {"qingjia"}, "do": {"approve"}, "draft": {"x"}}}
	for path, form := range forms {
		status, body := look.get(path)
		says(t, status, body, 200, "您的账号只能看")
		status, body = look.post(path, form)
		says(t, status, body, 403, "编辑")
	}
	s.Desk.Dir = ""
	c := s.as(ledger.RoleEdit)
	status, body := c.get("/synonyms")
	says(t, status, body, 200, "lianwen library init")
	for _, path := range []string{"/synonyms", "/replies"} {
		status, body := c.post(path, forms[path])
		says(t, status, body, 400, "lianwen library init")
	}
}
