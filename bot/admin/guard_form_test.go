package admin

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
)

// Nobody fills the disk who is not known, also where a file may be large for
// those who are.
func TestUploadsOfNobody(t *testing.T) {
	s := newSite(t)
	taken := int64(0)
	h := s.sessions.LoadAndSave(s.limited(route{least: ledger.RoleEdit, upload: true, handle: func(w http.ResponseWriter, r *http.Request) (err error) {
		taken, err = io.Copy(io.Discard, r.Body)
		return err
	}}))
	const head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.docx\"\r\n\r\n"
	for role, want := range map[ledger.Role]int{"": http.StatusUnauthorized, ledger.RoleView: http.StatusForbidden, ledger.RoleEdit: http.StatusOK} {
		body := strings.NewReader(head + strings.Repeat("x", 3*maxForm) + "\r\n--b--\r\n")
		size := body.Size()
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/import", body)
		req.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		if role != "" {
			req.AddCookie(s.cookie(names[role]))
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, req)
		if read := size - int64(body.Len()); w.Code != want || role != ledger.RoleEdit && read > maxForm+1 {
			t.Errorf("%q: %d, %d bytes were read", role, w.Code, read)
		}
		if role == ledger.RoleEdit && taken != size {
			t.Errorf("of %d bytes %d came", size, taken)
		}
	}
}

// Of a form that has not come whole nothing is done, and nothing is to be sent again.
func TestHalfAForm(t *testing.T) {
	s := newSite(t)
	reached := false
	h := s.sessions.LoadAndSave(s.limited(route{least: anybody, handle: func(http.ResponseWriter, *http.Request) error { reached = true; return nil }}))
	const urlencoded, multipart = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
	parts := strings.Repeat("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n", 10000) + "--b--\r\n"
	for body, kind := range map[string]string{
		"a=" + strings.Repeat("x", maxForm): urlencoded, "a=b&c=%zz": urlencoded, "a=" + strings.Repeat("%", maxForm/2): urlencoded,
		parts: multipart, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx": multipart, "--b\r\nno header": multipart, "": "multipart/form-data",
	} {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/x", strings.NewReader(body))
		req.Header.Set("Content-Type", kind)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, req)
		if w.Code != http.StatusBadRequest || reached || !strings.Contains(w.Body.String(), "没有收全") || strings.Contains(w.Body.String(), "再提交一次") {
			t.Errorf("%d bytes (%.30q): %d, reached %v\n%s", len(body), body, w.Code, reached, w.Body)
		}
		reached = false
	}
}

// What is slow to send is not waited for; what is slow to answer is.
func TestSlow(t *testing.T) {
	s := newSite(t)
	s.formTime = 20 * time.Millisecond
	slow := httptest.NewServer(s.sessions.LoadAndSave(s.limited(route{least: anybody, handle: func(w http.ResponseWriter, r *http.Request) error {
		select {
		case <-r.Context().Done():
			return r.Context().Err()
		case <-time.After(10 * s.formTime):
			_, err := io.WriteString(w, "at last")
			return err
		}
	}})))
	defer slow.Close()
	c := &client{t: t, base: slow.URL}
	status, body := c.get("/")
	says(t, status, body, http.StatusOK, "at last")
	status, body = c.post("/", url.Values{"a": {"b"}})
	says(t, status, body, http.StatusOK, "at last")
	never, end := io.Pipe()
	defer end.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, slow.URL, never)
	must(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	status, body = c.send(req)
	says(t, status, body, http.StatusBadRequest, "没有收全")
}

// An upload that is no form, or breaks off, says so.
func TestBrokenImport(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	for _, body := range []string{"--b\r\nno header", "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.docx\"\r\n\r\nx"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.base+"/import", strings.NewReader(body))
		must(t, err)
		req.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		status, page := c.send(req)
		says(t, status, page, http.StatusBadRequest, "没有传完就断了，什么也没有留下")
	}
}
