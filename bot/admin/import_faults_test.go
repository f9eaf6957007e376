package admin

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// What a file is called is shown, in one line, and is no path.
func TestDisplayName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"值班办法.docx": "值班办法.docx", "../../etc/passwd": "passwd", `C:\制度\值班.docx`: "值班.docx", "..": "", ".": "", "": "", "a/": "",
		"值\r\n班\x00.docx": "值__班_.docx", "\u202excod.exe": "_xcod.exe", "\xff.txt": "_.txt", "CON.docx": "CON.docx", " x.txt ": "x.txt",
		strings.Repeat("长", 300) + ".docx": strings.Repeat("长", longestName-5) + ".docx", strings.Repeat("a", 300): strings.Repeat("a", longestName),
		"a." + strings.Repeat("b", 300): "a." + strings.Repeat("b", longestName-2),
	} {
		if got := displayName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// Names and texts that would be more than words in a page, a path or a header are words
// everywhere; on the disk a file has a name of ours.
func TestImportHostile(t *testing.T) {
	s := newSite(t, follows)
	editor := s.as(ledger.RoleEdit)
	name := "<img src=x onerror=alert(1)>\"'\n.txt"
	paper := strings.Replace(sealPaper, "印章由专人保管。", "印章由<script>alert(1)</script>“专人”&amp;保管。", 1)
	at, status, body := editor.papers(nil, sent{name, paper}, sent{"../../rules/x.md", sealPaper})
	says(t, status, body, http.StatusOK, "&lt;img src=x onerror=alert(1)&gt;", "x.md")
	for _, file := range s.left() {
		if base := filepath.Base(file); base != "01.txt" && base != "02.md" {
			t.Errorf("a file is called %s", file)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v %v", info.Mode(), err)
		}
	}
	pages := body
	at2, _, _ := editor.papers(nil, sent{name, paper})
	_, body = editor.get(at2 + "/1")
	pages += body
	_, status, body = editor.press(at2+"/publish", nil)
	says(t, status, body, http.StatusOK, "已写入 1 部制度")
	pages += body
	c, err := corpus.Open(s.library)
	must(t, err)
	rule := c.RuleByName("印章管理办法")
	for _, path := range []string{"/rules", "/rules/yzglbf", "/rules/yzglbf/1", "/rules/yzglbf/history"} {
		_, body = editor.get(path)
		pages += body
	}
	for _, bad := range []string{"<script>alert", "<img src=x"} {
		if strings.Contains(pages, bad) {
			t.Errorf("%s is in a page", bad)
		}
	}
	if texts := wordsOn(body); len(texts) > 0 || !strings.Contains(rule.Articles[0].Text, "<script>alert(1)</script>") {
		t.Errorf("%q", rule.Articles[0].Text)
	}
	res, err := editor.Get(editor.base + originalHref(rule.Original))
	must(t, err)
	raw, err := io.ReadAll(res.Body)
	must(t, err)
	must(t, res.Body.Close())
	if d := res.Header.Get("Content-Disposition"); string(raw) != paper || !strings.HasPrefix(d, "attachment; ") || strings.ContainsAny(d, "<>\n") {
		t.Errorf("%q %q", d, raw)
	}
	if status, _ := editor.get(at); status != http.StatusOK {
		t.Errorf("the other preview is gone: %d", status)
	}
}

// A paper that unpacks to more than there is room for is refused by itself.
func TestImportBomb(t *testing.T) {
	s := newSite(t, follows)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	part, err := z.Create("word/document.xml")
	must(t, err)
	blank := bytes.Repeat([]byte(" "), 1<<20)
	for range 65 {
		_, err := part.Write(blank)
		must(t, err)
	}
	must(t, z.Close())
	_, status, body := s.as(ledger.RoleEdit).papers(nil, sent{"炸弹.docx", b.String()}, sent{"印章.txt", sealPaper})
	says(t, status, body, http.StatusOK, "不能导入：", "新增 1 部；不能导入 1 个")
}

// What is too large is refused with a sentence, after all of it was sent; nothing is left.
func TestImportTooLarge(t *testing.T) {
	s := newSite(t, follows)
	s.uploads.file = 2 << 20
	_, status, body := s.as(ledger.RoleEdit).papers(nil, sent{"大.txt", strings.Repeat(" ", 2<<20+1)}, sent{"又.txt", strings.Repeat(" ", 1<<20)})
	says(t, status, body, http.StatusBadRequest, "“大.txt”超过 2 MB")
	s.uploads.file = uploadFile
	if left := s.left(); len(left) > 0 {
		t.Errorf("left %q", left)
	}
	up, err := s.uploads.begin()
	must(t, err)
	must(t, up.store("正好.txt", io.LimitReader(blanks{}, uploadFile)))
	if up.room != uploadAll-64<<20 {
		t.Errorf("%d bytes may come", up.room)
	}
	up.room = 1
	if err := up.store("多.txt", strings.NewReader("两字")); bot.CodeOf(err) != bot.Invalid || !strings.Contains(err.Error(), "一共超过 256 MB") {
		t.Errorf("%v", err)
	}
	up.remove()
	long := s.uploads.pace.of(httptest.NewRecorder(), io.NopCloser(blanks{}))
	long.most = 10
	if _, err := io.Copy(io.Discard, long); bot.CodeOf(err) != bot.Invalid {
		t.Errorf("a form without end: %v", err)
	}
}

type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// An upload that breaks off, or does not end, leaves nothing and says so.
func TestImportBrokenOff(t *testing.T) {
	s := newSite(t, follows)
	form := "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\n第一条"
	for name, tt := range map[string]struct {
		body io.Reader
		want string
	}{
		"broken off": {io.MultiReader(strings.NewReader(form), failing{io.ErrUnexpectedEOF}), "没有传完就断了"},
		"too slow":   {io.MultiReader(strings.NewReader(form), failing{os.ErrDeadlineExceeded}), "传得太慢"},
		"no end":     {strings.NewReader(form), "没有传完就断了"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/import", tt.body)
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		_, _, err := s.uploads.receive(httptest.NewRecorder(), r)
		if bot.CodeOf(err) != bot.Invalid || !strings.Contains(bot.Say(err), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	status, body := s.as(ledger.RoleEdit).post("/import", nil)
	says(t, status, body, http.StatusBadRequest, "提交的不是文件")
	if left, err := os.ReadDir(s.uploads.dir); len(left) > 0 {
		t.Errorf("left %v %v", left, err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// A connection over which nothing comes any more is given up.
func TestImportStalled(t *testing.T) {
	s := newSite(t, follows)
	s.uploads.pace.idle = 20 * time.Millisecond
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.web.URL, "http://"))
	must(t, err)
	defer conn.Close()
	cookie := s.cookie(names[ledger.RoleEdit])
	_, err = fmt.Fprintf(conn, "POST /import HTTP/1.1\r\nHost: x\r\nCookie: %s=%s\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\n第一", cookie.Name, cookie.Value)
	must(t, err)
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	must(t, err)
	raw, err := io.ReadAll(res.Body)
	must(t, err)
	says(t, res.StatusCode, string(raw), http.StatusBadRequest, "传得太慢")
	if left := s.left(); len(left) > 0 {
		t.Errorf("left %q", left)
	}
}

// Bytes have to come at a pace, however long they take.
func TestPace(t *testing.T) {
	t.Parallel()
	w := &deadlines{ResponseWriter: httptest.NewRecorder()}
	body := pace{idle: time.Hour, spare: time.Minute, least: 10}.of(w, io.NopCloser(strings.NewReader(strings.Repeat("x", 600))))
	_, err := body.Read(make([]byte, 600))
	must(t, err)
	first := w.read
	_, _ = body.Read(make([]byte, 1))
	if more := w.read.Sub(first); more != time.Minute {
		t.Errorf("600 bytes at 10 a second gave %v more", more)
	}
	if body.done(); !w.read.IsZero() || w.write.IsZero() {
		t.Errorf("%v %v", w.read, w.write)
	}
}

type deadlines struct {
	http.ResponseWriter
	read, write time.Time
}

func (d *deadlines) SetReadDeadline(at time.Time) error  { d.read = at; return nil }
func (d *deadlines) SetWriteDeadline(at time.Time) error { d.write = at; return nil }

// What an ended program has left is removed at the start.
func TestUploadsCleared(t *testing.T) {
	t.Parallel()
	u := newUploads(t.TempDir())
	up, err := u.begin()
	must(t, err)
	must(t, up.store("a.txt", strings.NewReader("甲")))
	up.removal.Stop()
	must(t, u.held.Unlock()) // as the system does when a program ends
	must(t, newUploads(filepath.Dir(filepath.Dir(u.dir))).clear())
	if _, err := os.Stat(u.dir); !os.IsNotExist(err) {
		t.Error(err)
	}
}
