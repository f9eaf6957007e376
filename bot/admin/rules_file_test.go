package admin

import (
	"archive/zip"
	"bytes"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// fetch gets a file, and what the answer says of it.
func (c *client) fetch(path string) (status int, h http.Header, content string) {
	c.t.Helper()
	res, err := c.Get(c.base + path)
	must(c.t, err)
	raw, err := io.ReadAll(res.Body)
	must(c.t, err)
	must(c.t, res.Body.Close())
	return res.StatusCode, res.Header, string(raw)
}

// imports takes papers in and publishes them.
func (c *client) imports(files ...sent) {
	c.t.Helper()
	at, _, _ := c.papers(nil, files...)
	_, status, body := c.press(at+"/publish", nil)
	says(c.t, status, body, http.StatusOK, "已写入")
}

// A paper can be had that the log names, under its own name, and no other file.
func TestOriginals(t *testing.T) {
	s := newSite(t, follows)
	editor, viewer := s.as(ledger.RoleEdit), s.as(ledger.RoleView)
	editor.imports(sent{"用印 100%“新”.txt", sealPaper})
	editor.imports(sent{"改.txt", strings.Replace(sealPaper, "专人", "两人", 1)})
	c, err := corpus.Open(s.library)
	must(t, err)
	rule := c.RuleByID("yzglbf")
	_, body := viewer.get("/rules/yzglbf/history")
	if !strings.Contains(body, ">以前的文字</a>") {
		t.Errorf("the words before the correction are not on the page:\n%s", body)
	}
	log, err := s.Desk.Publications("yzglbf")
	must(t, err)
	status, body := viewer.get("/rules/yzglbf/history?before=" + log[1].Written)
	says(t, status, body, http.StatusOK, "更正以前的文字和现在的对照", "<del>专人</del>", "<ins>两人</ins>")
	for _, none := range []string{"0123", log[0].Written} {
		if status, _ := viewer.get("/rules/yzglbf/history?before=" + none); status != http.StatusNotFound {
			t.Errorf("before %s: %d", none, status)
		}
	}
	for name, want := range map[string]string{rule.Original: "两人", log[0].Original: "专人", log[1].Before: "印章由专人保管"} {
		status, h, content := viewer.fetch(originalHref(name))
		_, params, err := mime.ParseMediaType(h.Get("Content-Disposition"))
		if status != http.StatusOK || err != nil || !strings.Contains(content, want) || h.Get("Content-Type") != "application/octet-stream" || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v %q", name, status, h, content)
		}
		if name == log[0].Original && params["filename"] != "用印 100%“新”.txt" {
			t.Errorf("it is called %q", params["filename"])
		}
	}
	must(t, os.WriteFile(filepath.Join(s.library, "originals/yzglbf/other.txt"), []byte("别的"), 0o644))
	for _, path := range []string{
		"/originals/log.jsonl", "/originals/.lock", "/originals/yzglbf/other.txt", "/originals/yzglbf", "/originals/", "/originals/..%2frules%2fyzglbf.md",
		"/originals/%2e%2e/rules/yzglbf.md", "/originals//etc/passwd", "/originals/yzglbf/..%2f..%2f..%2f..%2fetc%2fpasswd", `/originals/..%5crules`, "/originals/%00",
	} {
		if status, _, content := viewer.fetch(path); status != http.StatusNotFound || strings.Contains(content, "印章由") || strings.Contains(content, "root:") {
			t.Errorf("%s: %d %.100q", path, status, content)
		}
	}
	file := filepath.Join(s.library, filepath.FromSlash(rule.Original))
	must(t, os.Remove(file))
	must(t, os.Symlink("/etc/passwd", file))
	if status, _, content := viewer.fetch(originalHref(rule.Original)); status != http.StatusNotFound {
		t.Errorf("a link leads out of the library: %d %q", status, content)
	}
}

// A rule can be had as its file, its revision as a table for Word.
func TestRuleFiles(t *testing.T) {
	s := newSite(t, follows)
	viewer := s.as(ledger.RoleView)
	raw, err := os.ReadFile(filepath.Join(s.library, "rules/huiyi.md"))
	must(t, err)
	status, h, content := viewer.fetch("/rules/huiyi/rule.md")
	if _, params, err := mime.ParseMediaType(h.Get("Content-Disposition")); status != http.StatusOK || err != nil || params["filename"] != "会议纪律.md" || content != string(raw) {
		t.Errorf("%d %v %q", status, h, content)
	}
	if _, _, old := viewer.fetch("/rules/huiyi/rule.md?version=2025-01-01"); !strings.Contains(old, "会议期间手机应当关机") {
		t.Errorf("%q", old)
	}
	status, h, content = viewer.fetch("/rules/huiyi/compare.docx?to=2026-02-01")
	z, err := zip.NewReader(bytes.NewReader([]byte(content)), int64(len(content)))
	if status != http.StatusOK || err != nil || !strings.HasSuffix(h.Get("Content-Type"), "wordprocessingml.document") {
		t.Fatalf("%d %v %v", status, h, err)
	}
	if f, err := z.Open("word/document.xml"); err != nil || f.Close() != nil {
		t.Error(err)
	}
	for _, path := range []string{"/rules/qingjia/compare.docx", "/rules/huiyi/compare.docx?to=2020-01-01", "/rules/no/rule.md", "/rules/huiyi?version=2020-01-01", "/rules/huiyi/77", "/rules/huiyi/1x", "/rules/no/history"} {
		if status, _, _ := viewer.fetch(path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}

// A rule is marked as repealed from a day on, which can be taken back; whoever looked at
// another version is told, and whoever may only look may not.
func TestRepealOnPage(t *testing.T) {
	s := newSite(t, follows)
	editor := s.as(ledger.RoleEdit)
	form := url.Values{"was": {"2026-02-01"}, "until": {"2026-12-31"}}
	_, body := s.as(ledger.RoleView).get("/rules/qingjia")
	if strings.Contains(body, "标为废止") || strings.Contains(body, "改问法") {
		t.Error("whoever may look is offered to change something")
	}
	status, body := s.as(ledger.RoleView).post("/rules/qingjia/repeal", form)
	says(t, status, body, http.StatusForbidden, "编辑")
	status, body = editor.post("/rules/qingjia/repeal", url.Values{"was": {"2026-02-01"}, "until": {"明天"}})
	says(t, status, body, http.StatusBadRequest, "请选废止的日期")
	status, body = editor.post("/rules/qingjia/repeal", url.Values{"was": {"2020-01-01"}, "until": {"2026-12-31"}})
	says(t, status, body, http.StatusConflict, "又有改动")
	status, body = editor.post("/rules/qingjia/repeal", form)
	says(t, status, body, http.StatusOK, "已标为废止", "撤回最近一次废止")
	status, body = editor.get("/rules/qingjia")
	says(t, status, body, http.StatusOK, "已废止（2026年12月31日起）")
	status, body = editor.post("/rules/qingjia/takeback", url.Values{"was": {"0123"}})
	says(t, status, body, http.StatusConflict, "打开页面以后又有改动")
	s.takesBack(editor, "qingjia", "已撤回《委员请假办法》的废止")
	s.audited("废止制度 废止 qingjia《委员请假办法》", "撤回导入 废止 qingjia《委员请假办法》")
}
