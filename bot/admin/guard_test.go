package admin

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"lianwen/bot/ledger"
)

// forAnybody are the only paths that answer whoever is not logged in.
var forAnybody = []string{"GET /login", "POST /login", "GET /welcome/{token}", "POST /welcome/{token}", "GET /static/{file}"}

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

// Every path of the page, for everybody: nobody is told to log in, who may not is
// told so, and who may comes as far as the handler. It goes by the table of the
// routes itself.
func TestEveryRoute(t *testing.T) {
	s := newSite(t)
	cookies := map[ledger.Role]*http.Cookie{}
	for role, name := range names {
		cookies[role] = s.cookie(name)
	}
	var open []string
	for _, rt := range s.routes() {
		if rt.least == anybody {
			open = append(open, rt.pattern)
			continue
		}
		if !slices.Contains([]ledger.Role{ledger.RoleView, ledger.RoleEdit, ledger.RoleAdmin}, rt.least) {
			t.Errorf("%s is for %q", rt.pattern, rt.least)
		}
		method, pattern, _ := strings.Cut(rt.pattern, " ")
		path := placeholder.ReplaceAllString(strings.TrimSuffix(pattern, "{$}"), "x")
		if got := s.bare(method, path, nil); got != http.StatusUnauthorized {
			t.Errorf("%s answers nobody with %d", rt.pattern, got)
		}
		in := rt
		in.handle = func(w http.ResponseWriter, _ *http.Request) error { w.WriteHeader(http.StatusTeapot); return nil }
		reached := s.sessions.LoadAndSave(s.limited(in))
		for role, cookie := range cookies {
			if !role.May(rt.least) {
				if got := s.bare(method, path, cookie); got != http.StatusForbidden {
					t.Errorf("%s answers %s with %d", rt.pattern, role, got)
				}
				continue
			}
			w := httptest.NewRecorder()
			req := httptest.NewRequestWithContext(t.Context(), method, path, nil)
			req.AddCookie(cookie)
			if reached.ServeHTTP(w, req); w.Code != http.StatusTeapot {
				t.Errorf("%s: %s gets %d", rt.pattern, role, w.Code)
			}
		}
	}
	slices.Sort(open)
	if slices.Sort(forAnybody); !slices.Equal(open, forAnybody) {
		t.Errorf("for anybody are %q", open)
	}
	for _, path := range []string{"/nothing", "/.git/config", "/settings/../people", "/login/x", "/static/"} {
		if got := s.bare(http.MethodGet, path, nil); got != http.StatusUnauthorized && got != http.StatusTemporaryRedirect {
			t.Errorf("%s answers nobody with %d", path, got)
		}
	}
}

// bare is the status of a request as it comes from this machine.
func (s *site) bare(method, path string, cookie *http.Cookie) int {
	s.t.Helper()
	return s.answer(method, path, "127.0.0.1:50000", nil, cookie).Code
}

// answer is what a request is answered, from an address, with headers.
func (s *site) answer(method, path, from string, headers map[string]string, cookie *http.Cookie) *httptest.ResponseRecorder {
	s.t.Helper()
	var form url.Values
	path, query, _ := strings.Cut(path, "|") // a form, behind it
	form, err := url.ParseQuery(query)
	must(s.t, err)
	req := httptest.NewRequestWithContext(s.t.Context(), method, path, strings.NewReader(form.Encode()))
	req.RemoteAddr = from
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	if cookie != nil {
		req.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, req)
	return w
}

// What another site has a browser send is not done, and is not offered to be
// done either.
func TestOtherSites(t *testing.T) {
	s := newSite(t)
	cookie := s.cookie(names[ledger.RoleAdmin])
	const form = "/settings/accounts|name=%E5%9D%8F%E4%BA%BA&role=admin"
	for _, tt := range []struct {
		headers map[string]string
		done    bool
	}{
		{map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, false},
		{map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "https://other.example.com"}, false},
		{map[string]string{"Origin": "https://evil.example"}, false},
		{map[string]string{"Origin": "null"}, false},
		{map[string]string{"Origin": "http://example.com.evil.example"}, false},
		{map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "http://example.com"}, true},
		{map[string]string{"Origin": "http://example.com"}, true}, // an old browser; it is what httptest calls us
	} {
		w := s.answer(http.MethodPost, form, "127.0.0.1:1", tt.headers, cookie)
		_, err := s.Desk.Account(t.Context(), "坏人")
		if done := err == nil; done != tt.done {
			t.Errorf("%v: done %v, %d", tt.headers, done, w.Code)
		}
		if !tt.done && (w.Code != http.StatusForbidden || strings.Contains(w.Body.String(), "坏人") || !strings.Contains(w.Body.String(), "别的网站")) {
			t.Errorf("%v: %d\n%s", tt.headers, w.Code, w.Body)
		}
		if tt.done {
			must(t, s.Desk.RemoveAccount(t.Context(), "setup", "坏人"))
		}
	}
}

// What every answer says to browsers, whoever asks.
func TestHeaders(t *testing.T) {
	s := newSite(t)
	cookie := s.cookie(names[ledger.RoleAdmin])
	for _, path := range []string{"/login", "/account", "/settings/accounts", "/nothing", "/welcome/x", "/static/none.css"} {
		h := s.answer(http.MethodGet, path, "127.0.0.1:1", nil, cookie).Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options":  "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cache-Control": "no-store", "Strict-Transport-Security": "",
		} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
}

// The cookie goes back to this page only, no script reads it, and where the page
// came by https it goes by nothing else. A proxy's word is taken only where it is
// trusted; past it nobody comes in the clear.
func TestCookie(t *testing.T) {
	bare := newSite(t)
	proxied := newSite(t, func(c *Config) { c.Proxies = []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")} })
	named := newSite(t, func(c *Config) { c.URL = "https://lianwen.example" })
	for _, s := range []*site{bare, proxied, named} {
		s.password(ledger.RoleView)
	}
	for _, tt := range []struct {
		s      *site
		from   string
		proto  string
		status int
		secure bool
	}{
		{bare, "127.0.0.1:1", "", http.StatusSeeOther, false},
		{bare, "127.0.0.1:1", "https", http.StatusSeeOther, false}, // anybody may say so
		{bare, "192.0.2.1:1", "https", http.StatusForbidden, false},
		{proxied, "10.1.2.3:1", "https", http.StatusSeeOther, true},
		{proxied, "10.1.2.3:1", "http", http.StatusSeeOther, false},
		{proxied, "[::ffff:10.1.2.3]:1", "https", http.StatusSeeOther, true},
		{proxied, "10.2.2.3:1", "https", http.StatusForbidden, false},
		{proxied, "10.2.2.3:1", "", http.StatusForbidden, false},
		{named, "127.0.0.1:1", "", http.StatusSeeOther, true},
	} {
		w := tt.s.answer(http.MethodPost, login(names[ledger.RoleView], passphrase, ""), tt.from, map[string]string{"X-Forwarded-Proto": tt.proto}, nil)
		if w.Code != tt.status {
			t.Errorf("from %s by %q: %d", tt.from, tt.proto, w.Code)
		}
		set := w.Result().Cookies()
		if tt.status == http.StatusForbidden {
			if len(set) > 0 || strings.Contains(w.Body.String(), "<form") {
				t.Errorf("from %s in the clear: %v, %s", tt.from, set, w.Body)
			}
			continue
		}
		if len(set) != 1 || set[0].Secure != tt.secure || !set[0].HttpOnly || set[0].SameSite != http.SameSiteLaxMode || set[0].Path != "/" || set[0].Domain != "" ||
			strings.HasPrefix(set[0].Name, "__Host-") != tt.secure {
			t.Errorf("from %s by %q: %+v", tt.from, tt.proto, set)
		}
	}
}

// What is served by https needs no proxy to say so.
func TestCookieByTLS(t *testing.T) {
	s := newSite(t)
	s.password(ledger.RoleView)
	web := httptest.NewTLSServer(s)
	defer web.Close()
	c := web.Client()
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, web.URL+"/login", strings.NewReader(url.Values{"name": {names[ledger.RoleView]}, "password": {passphrase}}.Encode()))
	must(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := c.Do(req)
	must(t, err)
	must(t, res.Body.Close())
	if set := res.Cookies(); len(set) != 1 || !set[0].Secure || set[0].Name != "__Host-lianwen" {
		t.Errorf("%s: %v", res.Status, set)
	}
}

// Logging in gives the session a new name: what somebody has put into a browser
// before is of no use to them, nor is what it was after logging out.
func TestFixation(t *testing.T) {
	s := newSite(t)
	s.password(ledger.RoleView)
	c := s.nobody()
	base, err := url.Parse(s.web.URL)
	must(t, err)
	planted := s.cookie(names[ledger.RoleEdit]) // somebody else's own session
	c.Jar.SetCookies(base, []*http.Cookie{planted})
	status, _ := c.post("/login", url.Values{"name": {names[ledger.RoleView]}, "password": {passphrase}, "to": {"/account"}})
	if status != http.StatusOK {
		t.Fatal(status)
	}
	now := c.Jar.Cookies(base)
	if len(now) != 1 || now[0].Value == planted.Value {
		t.Errorf("the session is still %v", now)
	}
	if got := s.bare(http.MethodGet, "/account", &http.Cookie{Name: planted.Name, Value: planted.Value}); got != http.StatusUnauthorized {
		t.Errorf("the session that was planted gets %d", got)
	}
	c.post("/logout", nil)
	if got := s.bare(http.MethodGet, "/account", now[0]); got != http.StatusUnauthorized {
		t.Errorf("after logging out it gets %d", got)
	}
	invented := s.nobody()
	if invented.Jar, err = cookiejar.New(nil); err == nil {
		invented.Jar.SetCookies(base, []*http.Cookie{{Name: planted.Name, Value: "invented"}})
	}
	must(t, err)
	if status, _ := invented.post("/login", url.Values{"name": {names[ledger.RoleView]}, "password": {passphrase}}); status != http.StatusOK && status != http.StatusNotFound {
		t.Errorf("with an invented cookie: %d", status)
	}
	if now := invented.Jar.Cookies(base); len(now) != 1 || now[0].Value == "invented" {
		t.Errorf("a session is named by the browser: %v", now)
	}
}
