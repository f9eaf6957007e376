package admin

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"lianwen/bot/ledger"
)

// Whoever is not logged in is asked to, and what was typed into a form comes back
// after that.
func TestKeptOverLogIn(t *testing.T) {
	s := newSite(t)
	token, err := s.Desk.RenewLink(t.Context(), "setup", names[ledger.RoleEdit])
	must(t, err)
	_, err = s.Desk.TakeLink(t.Context(), token, "很长的一个密码-2026")
	must(t, err)
	c := s.nobody()
	status, body := c.post("/jobs/none/cancel", url.Values{"why": {"写了<半天>的字"}})
	says(t, status, body, http.StatusUnauthorized, "登录过期了", `name="password"`)
	login := url.Values{"name": {names[ledger.RoleEdit]}, "password": {"很长的一个密码-2026"}, "to": {"/jobs/none/cancel"}, "kept": {url.Values{"why": {"写了<半天>的字"}}.Encode()}}
	status, body = c.post("/login", login)
	says(t, status, body, http.StatusOK, "写了&lt;半天&gt;的字", `action="/jobs/none/cancel"`, "再提交一次")
	if status, body = c.get("/jobs/none"); status != http.StatusNotFound {
		t.Errorf("logged in, and the status is %d: %s", status, body)
	}
}

// A job shows how far it is, ends where its result is shown, and is its account's
// alone.
func TestJob(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleEdit)
	step := make(chan struct{})
	j, err := s.jobs.start(names[ledger.RoleEdit], "数一数", "/there/%s", func(ctx context.Context, progress func(done, all int)) (any, error) {
		progress(3, 7)
		step <- struct{}{}
		<-step
		return 42, nil
	})
	must(t, err)
	<-step
	status, body := c.get("/jobs/" + j.ID)
	says(t, status, body, http.StatusOK, "数一数", "3 / 7")
	if status, _ := s.as(ledger.RoleAdmin).get("/jobs/" + j.ID); status != http.StatusNotFound {
		t.Errorf("somebody else's job: %d", status)
	}
	close(step)
	at, _ := c.await("/jobs/"+j.ID+"/cancel", nil) // too late
	if at != "/" {
		t.Errorf("cancelling leads to %s", at)
	}
	for !j.over() {
		s.jobs.running.Wait()
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.base+"/jobs/"+j.ID, nil)
	must(t, err)
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := c.Do(req)
	must(t, err)
	must(t, res.Body.Close())
	if to := res.Header.Get("Location"); to != "/there/"+j.ID {
		t.Errorf("it leads to %q", to)
	}
}

// What panics, in a job or a page, is an error of that alone.
func TestJobPanics(t *testing.T) {
	s := newSite(t)
	j, err := s.jobs.start(names[ledger.RoleEdit], "数一数", "/there/%s", func(context.Context, func(done, all int)) (any, error) { panic("no") })
	must(t, err)
	s.jobs.running.Wait()
	status, body := s.as(ledger.RoleEdit).get("/jobs/" + j.ID)
	says(t, status, body, http.StatusInternalServerError, "没有办成")
	if !strings.Contains(s.logged.String(), "panic: string") {
		t.Errorf("the log has %q", s.logged)
	}
}

// A page loads in a browser, with its styles, and its script may run.
func TestLoads(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := newBrowser(t, s, "")
	b.looks("/login", "login")
	b.await("//button[text()='登录']")
	if kind := evaluate[string](b, "typeof htmx"); kind != "object" {
		t.Errorf("htmx is %s", kind)
	}
	if size := evaluate[int](b, firstLoad); size == 0 || size > 150<<10 {
		t.Errorf("the first page loads %d bytes", size)
	}
}

// firstLoad is how many bytes came over the wire for a page.
const firstLoad = `performance.getEntries().reduce((n, e) => n + (e.transferSize || 0), 0)`

// Everything that a page loads may be kept for good, as its name changes with it.
func TestAssets(t *testing.T) {
	s := newSite(t)
	c := s.nobody()
	for name, address := range s.assets.byName {
		res, err := c.Get(c.base + "/static/" + address)
		must(t, err)
		must(t, res.Body.Close())
		if res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") || res.Header.Get("Content-Type") == "" {
			t.Errorf("%s: %s, %v", name, res.Status, res.Header)
		}
	}
	if status, _ := c.get("/static/admin.css"); status != http.StatusNotFound {
		t.Errorf("a name that does not change is served: %d", status)
	}
}

// Paths that lead elsewhere, or into a header, are none of ours.
func TestOwnPath(t *testing.T) {
	for _, to := range []string{"/", "/rules/a?x=1", "/people/%E5%BC%A0"} {
		if ownPath(to) != to {
			t.Errorf("%q is refused", to)
		}
	}
	for _, to := range []string{"", "rules", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: x", "/a b", "/\tb", "\\/x"} {
		if got := ownPath(to); got != "" {
			t.Errorf("%q is taken for %q", to, got)
		}
	}
}
