package admin

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
)

// fetched is a file that is sent: its status, its name and what is in it.
func (c *client) fetched(path string) (status int, name string, content []byte) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.base+path, nil)
	must(c.t, err)
	return c.received(req)
}

func (c *client) received(req *http.Request) (status int, name string, content []byte) {
	c.t.Helper()
	res, err := c.Do(req)
	must(c.t, err)
	content, err = io.ReadAll(res.Body)
	must(c.t, err)
	must(c.t, res.Body.Close())
	if header := res.Header.Get("Content-Disposition"); header != "" {
		_, values, err := mime.ParseMediaType(header)
		must(c.t, err)
		name = values["filename"]
	}
	return res.StatusCode, name, content
}

// Whoever may look gets every report under a name that says of which days it is.
func TestSendReport(t *testing.T) {
	s := newSite(t)
	s.rounds()
	c := s.as(ledger.RoleView)
	for form, want := range map[string]string{
		"workbook": "参与情况 2026-10-01至2026-10-31.xlsx", "summary": "汇总 2026-10-01至2026-10-31.docx", "each": "一人一表 2026-10-01至2026-10-31.docx",
		"member": "一人一表 A02李四 2026-10-01至2026-10-31.docx", "template": "汇总模板.docx",
	} {
		status, name, content := c.fetched("/figures/report/" + form + "?from=2026-10-01&to=2026-10-31&number=a02")
		if status != http.StatusOK || name != want || !bytes.HasPrefix(content, []byte("PK")) {
			t.Errorf("%s: %d %s %.60q", form, status, name, content)
		}
	}
	for path, want := range map[string]struct {
		status int
		text   string
	}{
		"member?period=2026":            {http.StatusBadRequest, "请写上委员的编号"},
		"member?period=2026&number=Z09": {http.StatusNotFound, "花名册里没有编号 Z09"},
		"member?period=2026&number=S01": {http.StatusBadRequest, "是工作人员"},
		"secrets?period=2026":           {http.StatusNotFound, "没有这种报表"},
		"workbook?period=2031":          {http.StatusBadRequest, "没有“2031”"},
	} {
		status, body := c.get("/figures/report/" + path)
		says(t, status, body, want.status, want.text)
	}
}

// template is a request with a template and these days.
func (c *client) template(name string, content []byte, form url.Values) *http.Request {
	c.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for key := range form {
		must(c.t, w.WriteField(key, form.Get(key)))
	}
	if name != "" {
		part, err := w.CreateFormFile("template", name)
		must(c.t, err)
		_, err = part.Write(content)
		must(c.t, err)
	}
	must(c.t, w.Close())
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.base+"/figures/report/summary", &b)
	must(c.t, err)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return req
}

// A template of one's own is used once; what is wrong with it is told on the page, with
// its name as text.
func TestSendOwnSummary(t *testing.T) {
	s := newSite(t)
	s.rounds()
	c := s.as(ledger.RoleView)
	template, err := office.Template()
	must(t, err)
	october := url.Values{"from": {"2026-10-01"}, "to": {"2026-10-31"}}
	status, name, content := c.received(c.template("模板.docx", template, october))
	if status != http.StatusOK || name != "汇总 2026-10-01至2026-10-31.docx" || !bytes.HasPrefix(content, []byte("PK")) {
		t.Errorf("%d %s %.60q", status, name, content)
	}
	status, body := c.send(c.template(`<b>"a.docx`, []byte("no docx"), october))
	says(t, status, body, http.StatusBadRequest, "不能用：不是 Word 文档", "&lt;b&gt;", "2026年10月1日至2026年10月31日")
	status, body = c.send(c.template("", nil, october))
	says(t, status, body, http.StatusBadRequest, "请先选好模板文件")
	status, body = c.send(c.template("big.docx", make([]byte, maxTemplate+1), october))
	says(t, status, body, http.StatusBadRequest, "超过 8 MB")
	status, body = c.send(c.template("a.docx", template, url.Values{"from": {"x"}, "to": {"y"}}))
	says(t, status, body, http.StatusBadRequest, "不是日期")
}
