package admin

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
)

// upload sends a file as a form does, and follows to where its job leads; at is the
// last part of that address.
func (c *client) upload(path, name string, content []byte) (status int, at, body string) {
	c.t.Helper()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	file, err := w.CreateFormFile("file", name)
	must(c.t, err)
	_, err = file.Write(content)
	must(c.t, err)
	must(c.t, w.Close())
	return c.uploadForm(path, w.FormDataContentType(), &form)
}

func (c *client) uploadForm(path, kind string, form io.Reader) (status int, at, body string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.base+path, form)
	must(c.t, err)
	req.Header.Set("Content-Type", kind)
	status, at, body = c.follow(req)
	return status, at[strings.LastIndex(at, "/")+1:], body
}

// What is no form, or too much of one, is refused with a sentence, on both pages.
func TestBadUploads(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleAdmin)
	for _, path := range []string{"/people/import", "/activities/import"} {
		for name, tt := range map[string]struct {
			content []byte
			says    string
		}{
			"empty":      {nil, "文件是空的"},
			"word.xlsx":  {[]byte("PK\x03\x04 and nothing"), "不是完好的 xlsx 文件"},
			"old.xls":    {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "老格式的 xls"},
			"paper.pdf":  {[]byte("%PDF-1.7"), "这是 PDF"},
			"page.xlsx":  {[]byte("<html><script>alert(1)</script>"), "网页"},
			"bytes.csv":  {[]byte("\xff\xff\xff\xff"), "文字编码不认识"},
			"a\"b\n.csv": {[]byte("一,二\n1,2\n"), "没有“"},
		} {
			status, _, body := c.upload(path, name, tt.content)
			says(t, status, body, http.StatusBadRequest, tt.says, `type="file"`)
		}
		for kind, form := range map[string]string{
			"multipart/form-data; boundary=x":   "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n编号", // breaks off
			"multipart/form-data":               "no boundary",
			"application/x-www-form-urlencoded": "file=x",
			"text/plain":                        "x",
		} {
			status, _, body := c.uploadForm(path, kind, strings.NewReader(form))
			says(t, status, body, http.StatusBadRequest, "文件没有收全")
		}
		status, _, body := c.uploadForm(path, "multipart/form-data; boundary=x", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n1\r\n--x--\r\n"))
		says(t, status, body, http.StatusBadRequest, "还没有选文件")
	}
	for name, size := range map[string]int{"large.csv": office.MaxFile + 1, "huge.csv": office.MaxFile + 2<<20} {
		status, _, body := c.upload("/people/import", name, bytes.Repeat([]byte("x"), size))
		says(t, status, body, http.StatusBadRequest, "文件太大，最多 16 MB")
	}
	deeds, err := s.Desk.History(t.Context(), 100)
	must(t, err)
	for _, d := range deeds {
		if strings.Contains(d.Action, "import") && d.Actor != "setup" {
			t.Errorf("something was imported: %+v", d)
		}
	}
}
