package admin

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

const (
	sealPaper  = "印章管理办法\n某协办〔2026〕8号\n第一章 总则\n第一条 印章由专人保管。\n第二章 用印\n第二条 用印应当登记，依照《委员请假办法》第三条办理。\n第三条 本办法自2026年6月1日起施行。\n"
	leavePaper = "委员请假办法\n示例〔2026〕30号\n第一章 总则\n第一条 为了规范委员请假，制定本办法。\n第二条 本办法适用于全体会议的请假。\n第二章 手续\n第三条 委员不能参加会议的，应当在会议召开五日以前书面请假。\n第四条 全体会议的请假由主席批准，其他会议的请假由秘书长批准。\n第五条 本办法自2026年11月1日起施行。\n"
)

// follows is a site whose library is read anew each time, as if its index followed at
// once.
func follows(c *Config) {
	c.Desk.Library = func() (*corpus.Corpus, func()) {
		now, err := corpus.Open(c.Desk.Dir)
		if corpus.Empty(err) {
			return &corpus.Corpus{}, func() {}
		}
		if err != nil {
			panic(err)
		}
		return now, func() {}
	}
	c.Desk.Reindex = nil
}

// sent is a file of a form.
type sent struct{ name, content string }

// papers sends files as a browser does, and follows to where that leads.
func (c *client) papers(fields url.Values, files ...sent) (at string, status int, body string) {
	c.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for name, values := range fields {
		must(c.t, form.WriteField(name, values[0]))
	}
	for _, f := range files {
		h := textproto.MIMEHeader{"Content-Type": {"application/octet-stream"}}
		h.Set("Content-Disposition", `form-data; name="files"; filename="`+strings.NewReplacer("\\", "\\\\", `"`, "%22", "\r", "%0D", "\n", "%0A").Replace(f.name)+`"`)
		part, err := form.CreatePart(h)
		must(c.t, err)
		_, err = part.Write([]byte(f.content))
		must(c.t, err)
	}
	must(c.t, form.Close())
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.base+"/import", &b)
	must(c.t, err)
	req.Header.Set("Content-Type", form.FormDataContentType())
	return c.ended(req)
}

// ended follows a request, and a job that it starts, to its end.
func (c *client) ended(req *http.Request) (at string, status int, body string) {
	c.t.Helper()
	for {
		res, err := c.Do(req)
		must(c.t, err)
		var b bytes.Buffer
		_, err = b.ReadFrom(res.Body)
		must(c.t, err)
		must(c.t, res.Body.Close())
		at, status, body = res.Request.URL.Path, res.StatusCode, b.String()
		if !strings.HasPrefix(at, "/jobs/") || status != http.StatusOK {
			return at, status, body
		}
		req, err = http.NewRequestWithContext(c.t.Context(), http.MethodGet, res.Request.URL.String(), nil)
		must(c.t, err)
	}
}

// press sends a form and follows to the end.
func (c *client) press(path string, form url.Values) (at string, status int, body string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.base+path, strings.NewReader(form.Encode()))
	must(c.t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.ended(req)
}

// left are the files that wait in the data folder.
func (s *site) left() []string {
	s.t.Helper()
	found, err := filepath.Glob(filepath.Join(s.uploads.dir, "*", "*"))
	must(s.t, err)
	return found
}

// A rule comes in, another is revised; both are looked at before, can be read after, and
// are taken back.
func TestImportJourney(t *testing.T) {
	s := newSite(t, follows)
	editor := s.as(ledger.RoleEdit)
	status, body := editor.get("/import")
	says(t, status, body, http.StatusOK, "选文件，或者拖到这里", `type="file"`)
	at, status, body := editor.papers(url.Values{"simplified": {"on"}}, sent{"印章.txt", sealPaper}, sent{"请假.txt", leavePaper}, sent{"图.docx", "\x89PNG\r\n"})
	says(t, status, body, http.StatusOK, "共 3 个文件：新增 1 部，修订 1 部；不能导入 1 个。", "文号 某协办〔2026〕8号", "2 章 3 条", "不能导入：是图片", "<ins>五日</ins>", "写入 2 部")
	if len(s.left()) != 3 {
		t.Errorf("%q wait", s.left())
	}
	status, body = editor.get(at + "/2")
	says(t, status, body, http.StatusOK, "应当在会议召开五日以前书面请假", "← 回到预览")
	if status, body = editor.get(at + "/9"); status != http.StatusNotFound {
		t.Errorf("%d %s", status, body)
	}
	if status, _ = s.as(ledger.RoleAdmin).get(at); status != http.StatusNotFound {
		t.Errorf("somebody else sees the preview: %d", status)
	}
	done, status, body := editor.press(at+"/publish", nil)
	says(t, status, body, http.StatusOK, "已写入 2 部制度", "新增", "修订", "一分钟内")
	if len(s.left()) != 0 || !strings.HasPrefix(done, "/import/done/") {
		t.Errorf("%q are left; %s", s.left(), done)
	}
	_, status, body = editor.press(at+"/publish", nil)
	says(t, status, body, http.StatusConflict, "已经写入")
	status, body = editor.get("/rules")
	says(t, status, body, http.StatusOK, "印章管理办法", "现行 3 部", "制度库刚刚改过")
	status, body = editor.get("/rules/qingjia")
	says(t, status, body, http.StatusOK, "示例〔2026〕30号", "2026年11月1日起", "五日以前")
	status, body = editor.get("/rules/qingjia/history")
	says(t, status, body, http.StatusOK, "新旧对照", "<ins>五日</ins>", "撤回最近一次修订", names[ledger.RoleEdit])
	s.takesBack(editor, "qingjia", "已撤回《委员请假办法》的修订")
	status, body = editor.get("/rules/qingjia")
	says(t, status, body, http.StatusOK, "三日以前", "示例〔2026〕3号")
	s.takesBack(editor, "yzglbf", "已撤回《印章管理办法》的新增")
	if status, body = editor.get("/rules/yzglbf"); status != http.StatusNotFound {
		t.Errorf("%d %s", status, body)
	}
	status, body = editor.get("/rules/yzglbf/history")
	says(t, status, body, http.StatusOK, "现在不在制度库里", "撤回")
	s.audited("导入制度 修订 qingjia《委员请假办法》", "撤回导入 新增 yzglbf《印章管理办法》")
}

var wasField = regexp.MustCompile(`name="was" value="([0-9a-f]*)"`)

// takesBack presses 撤回 on the page of a rule's history.
func (s *site) takesBack(c *client, rule, want string) {
	s.t.Helper()
	_, body := c.get("/rules/" + rule + "/history")
	m := wasField.FindStringSubmatch(body)
	if m == nil {
		s.t.Fatalf("nothing to take back on the page:\n%s", body)
	}
	status, body := c.post("/rules/"+rule+"/takeback", url.Values{"was": {m[1]}})
	says(s.t, status, body, http.StatusOK, want)
}

// audited fails unless all these deeds are on record.
func (s *site) audited(want ...string) {
	s.t.Helper()
	deeds, err := s.Desk.Ledger.History(s.t.Context(), 100)
	must(s.t, err)
	text := ""
	for _, d := range deeds {
		_, what, detail := staff.DeedInWords(d)
		text += what + " " + detail + "\n"
	}
	for _, w := range want {
		if !strings.Contains(text, w) {
			s.t.Errorf("%q is not on record:\n%s", w, text)
		}
	}
}

// Two look at the same library and publish: the second hears of it, nothing is lost, and
// the papers need not be sent again.
func TestImportTwice(t *testing.T) {
	s := newSite(t, follows)
	one, other := s.as(ledger.RoleEdit), s.as(ledger.RoleAdmin)
	first, _, _ := one.papers(nil, sent{"请假.txt", leavePaper})
	second, _, _ := other.papers(nil, sent{"请假.txt", strings.Replace(leavePaper, "五日", "七日", 1)})
	if _, status, body := one.press(first+"/publish", nil); status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	_, status, body := other.press(second+"/publish", nil)
	says(t, status, body, http.StatusConflict, "制度库有了改动。什么也没有写", "没有写入", "按现在的制度库重新看一遍")
	again := regexp.MustCompile(`action="(/import/\w+/again)"`).FindStringSubmatch(body)
	if again == nil {
		t.Fatal("no way to look anew")
	}
	third, status, body := other.press(again[1], nil)
	says(t, status, body, http.StatusOK, "更正 1 部", "<del>五日</del>", "<ins>七日</ins>")
	_, status, body = other.press(third+"/publish", nil)
	says(t, status, body, http.StatusOK, "已写入 1 部制度", "更正")
	if c, err := corpus.Open(s.library); err != nil || !strings.Contains(c.Article("qingjia#3").Text, "七日") || len(s.left()) != 0 {
		t.Errorf("%v, left %q", err, s.left())
	}
}

// The library changes on the disk under a preview; the preview can also be given up.
func TestImportStale(t *testing.T) {
	s := newSite(t, follows)
	editor := s.as(ledger.RoleEdit)
	at, _, _ := editor.papers(nil, sent{"印章.txt", sealPaper})
	must(t, os.WriteFile(filepath.Join(s.library, "rules/shou.md"), []byte("+++\nid = \"shou\"\ntitle = \"手写办法\"\nstatus = \"in-force\"\n+++\n第一条 手写。\n"), 0o644))
	_, status, body := editor.press(at+"/publish", nil)
	says(t, status, body, http.StatusConflict, "什么也没有写")
	if _, err := os.Stat(filepath.Join(s.library, "rules/yzglbf.md")); err == nil {
		t.Error("it was written all the same")
	}
	status, body = editor.post(at+"/discard", nil)
	says(t, status, body, http.StatusOK, "已放弃")
	if status, body = editor.get(at); status != http.StatusNotFound || len(s.left()) != 0 {
		t.Errorf("%d, left %q: %s", status, s.left(), body)
	}
}

// A paper that is little like the version in force is refused, until it is to be taken.
func TestImportReplace(t *testing.T) {
	s := newSite(t, follows)
	editor := s.as(ledger.RoleEdit)
	at, status, body := editor.papers(nil, sent{"请假.txt", "委员请假办法\n第一条 请假找办公室。\n第二条 完。\n"})
	says(t, status, body, http.StatusOK, "不能导入", "差别太大", "没有需要写入的")
	_, status, body = editor.press(at+"/again", url.Values{"replace": {"on"}})
	says(t, status, body, http.StatusOK, "写入 1 部", `name="replace" checked`)
}

// Text can be pasted; what cannot be taken in leaves the text in its field.
func TestImportPasted(t *testing.T) {
	s := newSite(t, follows)
	editor := s.as(ledger.RoleEdit)
	_, status, body := editor.papers(url.Values{"text": {sealPaper}})
	says(t, status, body, http.StatusOK, "粘贴的文字.txt", "新增 1 部")
	_, status, body = editor.papers(url.Values{"text": {" \n"}})
	says(t, status, body, http.StatusBadRequest, "没有选文件，也没有粘贴文字")
	many := make([]sent, uploadFiles+1)
	for i := range many {
		many[i] = sent{"一.txt", sealPaper}
	}
	_, status, body = editor.papers(url.Values{"text": {"<b>写了一半"}}, many...)
	says(t, status, body, http.StatusBadRequest, "一次最多导入 50 个文件", "&lt;b&gt;写了一半")
	if len(s.left()) != 1 {
		t.Errorf("left %q", s.left())
	}
}

// The sample is read, and says how to get a library of one's own.
func TestImportSample(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Desk.Dir = "" })
	editor := s.as(ledger.RoleEdit)
	for _, path := range []string{"/import", "/rules"} {
		status, body := editor.get(path)
		says(t, status, body, http.StatusOK, "lianwen library init")
	}
	_, status, body := editor.papers(nil, sent{"印章.txt", sealPaper})
	says(t, status, body, http.StatusBadRequest, "lianwen library init")
	for _, path := range []string{"/rules/qingjia/takeback", "/rules/qingjia/repeal"} {
		status, body := editor.post(path, url.Values{"until": {"2026-12-31"}})
		says(t, status, body, http.StatusBadRequest, "lianwen library init")
	}
	status, body = editor.get("/rules/huiyi/history")
	says(t, status, body, http.StatusOK, "自带的示例没有记录", "新旧对照")
}

// A folder with nothing in it yet: the page says what comes first, and the first rule
// comes in.
func TestImportFirst(t *testing.T) {
	s := newSite(t, follows)
	must(t, os.RemoveAll(s.library))
	must(t, os.MkdirAll(s.library, 0o755))
	editor := s.as(ledger.RoleEdit)
	status, body := editor.get("/rules")
	says(t, status, body, http.StatusOK, "制度库还是空的", `href="/import"`)
	at, _, _ := editor.papers(nil, sent{"印章.txt", sealPaper})
	_, status, body = editor.press(at+"/publish", nil)
	says(t, status, body, http.StatusOK, "已写入 1 部制度")
}
