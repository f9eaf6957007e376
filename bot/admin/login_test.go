package admin

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
)

// passphrase will do for any account.
const passphrase = "竹篮 watermelon 七点"

// password gives the account of a role its password.
func (s *site) password(role ledger.Role) {
	s.t.Helper()
	token, err := s.Desk.RenewLink(s.t.Context(), "setup", names[role])
	must(s.t, err)
	_, err = s.Desk.TakeLink(s.t.Context(), token, passphrase)
	must(s.t, err)
}

// login is the form for logging in, as answer takes it.
func login(name, password, to string) string {
	return "/login|" + url.Values{"name": {name}, "password": {password}, "to": {to}}.Encode()
}

const here = "127.0.0.1:50000"

// Whether there is such a name cannot be seen; after five wrong passwords the
// right one does not help either, and what was typed but the password is kept.
func TestLogIn(t *testing.T) {
	s := newSite(t)
	s.password(ledger.RoleEdit)
	me := names[ledger.RoleEdit]
	pages := map[string]string{}
	for _, name := range []string{me, "没有这人"} {
		w := s.answer(http.MethodPost, login(name, "wrong-"+passphrase, "/account"), here, nil, nil)
		says(t, w.Code, w.Body.String(), http.StatusUnauthorized, "名字或密码不对", `value="`+name+`"`, `value="/account"`)
		if strings.Contains(w.Body.String(), "watermelon") || len(w.Result().Cookies()) > 0 {
			t.Errorf("%v\n%s", w.Result().Cookies(), w.Body)
		}
		pages[name] = strings.ReplaceAll(w.Body.String(), name, "X")
	}
	if pages[me] != pages["没有这人"] {
		t.Errorf("of nobody:\n%s\nof an account:\n%s", pages["没有这人"], pages[me])
	}
	w := s.answer(http.MethodPost, login(me, passphrase, "/account"), here, nil, nil)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/account" {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	for range ledger.MostLogins {
		s.answer(http.MethodPost, login(me, "wrong", ""), here, nil, nil)
	}
	w = s.answer(http.MethodPost, login(me, passphrase, ""), here, nil, nil)
	says(t, w.Code, w.Body.String(), http.StatusUnauthorized, "锁住了", "07:45")
	s.now = s.now.Add(ledger.LockedFor)
	if w = s.answer(http.MethodPost, login(me, passphrase, ""), here, nil, nil); w.Code != http.StatusSeeOther {
		t.Errorf("after a quarter of an hour: %d", w.Code)
	}
	if strings.Contains(s.logged.String(), "watermelon") {
		t.Error("the log has a password")
	}
}

// Where somebody goes after logging in is on this page, and no part of a header.
func TestLogInLeads(t *testing.T) {
	s := newSite(t)
	s.password(ledger.RoleView)
	for to, want := range map[string]string{
		"": "/", "/people?q=a": "/people?q=a", "//evil.example": "/", "/a\r\nSet-Cookie: x=y": "/", // others: TestOwnPath
	} {
		w := s.answer(http.MethodPost, login(names[ledger.RoleView], passphrase, to), here, nil, nil)
		if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != want || len(w.Result().Cookies()) != 1 {
			t.Errorf("%q leads to %q (%d), with %v", to, got, w.Code, w.Result().Cookies())
		}
		s.now = s.now.Add(time.Minute)
	}
	w := s.answer(http.MethodGet, "/login?to=//evil.example", here, nil, nil)
	if strings.Contains(w.Body.String(), "evil") {
		t.Errorf("the form has it:\n%s", w.Body)
	}
	// A form that is to be sent again is sent here.
	w = s.answer(http.MethodPost, login(names[ledger.RoleView], passphrase, "//evil.example")+"&kept=a%3Db", here, nil, nil)
	if w.Code != http.StatusSeeOther || strings.Contains(w.Body.String(), "evil") {
		t.Errorf("%d\n%s", w.Code, w.Body)
	}
	// Who is logged in need not do so again.
	w = s.answer(http.MethodGet, "/login?to=/people", here, nil, s.cookie(names[ledger.RoleView]))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/people" {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	// A part of a page that is asked for leads back to the whole.
	for at, want := range map[string]string{"http://h/people?q=a": "/login?to=%2Fpeople%3Fq%3Da", "http://h//evil": "/login", "": "/login?to=%2F", "%": "/login"} {
		w := s.answer(http.MethodGet, "/account", here, map[string]string{"HX-Request": "true", "HX-Current-URL": at}, nil)
		if got := w.Header().Get("HX-Redirect"); got != want {
			t.Errorf("from %q to %q", at, got)
		}
	}
}

// A button that was pressed when the session was over, as that for logging out, is
// no page to go to afterwards.
func TestLogInAfterAButton(t *testing.T) {
	s := newSite(t)
	s.password(ledger.RoleView)
	c := s.as(ledger.RoleView)
	s.now = s.now.Add(unusedTime + usedEvery)
	status, body := c.post("/logout", nil)
	says(t, status, body, http.StatusUnauthorized, "很久没有用", `name="to" value="/"`)
	lacks(t, body, "刚才写的还在")
	status, body = c.post("/login", url.Values{"name": {names[ledger.RoleView]}, "password": {passphrase}, "to": {"/"}})
	says(t, status, body, http.StatusOK, "<h1>今天</h1>")
}

// From one machine passwords are tried twenty times a minute, whatever the names;
// what others say of where they are is not believed.
func TestTooManyTries(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Proxies = []netip.Prefix{netip.MustParsePrefix("10.1.2.3/32")} })
	try := func(from, forwarded string) *httptest.ResponseRecorder {
		return s.answer(http.MethodPost, "/welcome/none", from, map[string]string{"X-Forwarded-For": forwarded}, nil)
	}
	for i := range mostAttempts {
		if w := try(here, "1.2.3."+strconv.Itoa(i)); w.Code != http.StatusNotFound {
			t.Fatalf("attempt %d: %d", i, w.Code)
		}
	}
	s.now = s.now.Add(time.Second)
	w := s.answer(http.MethodPost, login("甲", "x", "/account"), here, map[string]string{"X-Forwarded-For": "9.9.9.9"}, nil)
	says(t, w.Code, w.Body.String(), http.StatusTooManyRequests, "过 59 秒再试", `value="甲"`, `value="/account"`)
	if got := w.Header().Get("Retry-After"); got != "59" {
		t.Errorf("to be tried again after %q", got)
	}
	if w := try("10.1.2.3:5", "7.7.7.7"); w.Code != http.StatusNotFound {
		t.Errorf("somebody behind the proxy: %d", w.Code)
	}
	s.now = s.now.Add(attemptsIn - time.Second)
	if w := try(here, ""); w.Code != http.StatusNotFound {
		t.Errorf("a minute later: %d", w.Code)
	}
}

// Of what is said of where somebody is, only the trusted end counts.
func TestClientOf(t *testing.T) {
	s := &Server{Config: Config{Proxies: []netip.Prefix{netip.MustParsePrefix("10.1.2.3/32"), netip.MustParsePrefix("10.9.0.0/16")}}}
	for _, tt := range []struct{ from, forwarded, want string }{
		{"192.0.2.7:1", "", "192.0.2.7"}, {"192.0.2.7:1", "1.1.1.1", "192.0.2.7"}, {"10.1.2.3:1", "", "10.1.2.3"}, {"10.1.2.3:1", "1.1.1.1", "1.1.1.1"},
		{"10.1.2.3:1", "6.6.6.6, 1.1.1.1", "1.1.1.1"}, {"10.1.2.3:1", "6.6.6.6, 1.1.1.1, 10.9.8.7", "1.1.1.1"}, {"10.1.2.3:1", "6.6.6.6,evil", "10.1.2.3"},
		{"[::ffff:10.1.2.3]:1", "::ffff:1.1.1.1", "1.1.1.1"}, {"10.1.2.3:1", "2001:db8::1", "2001:db8::1"}, {"nowhere", "1.1.1.1", "invalid IP"},
	} {
		r := &http.Request{RemoteAddr: tt.from, Header: http.Header{"X-Forwarded-For": {tt.forwarded}}}
		if got := s.clientOf(r).String(); got != tt.want {
			t.Errorf("from %s, %q: %s, want %s", tt.from, tt.forwarded, got, tt.want)
		}
	}
}

// However many machines try, no more are remembered; one has all of an IPv6
// network.
func TestTriesBounded(t *testing.T) {
	now := time.Unix(1e9, 0)
	tr := attempts{of: map[netip.Prefix]attempted{}}
	v6 := func(network, host byte) netip.Addr {
		return netip.AddrFrom16([16]byte{0x20, 1, 0xd, 0xb8, 0, 0, 0, network, 15: host})
	}
	for i := range byte(mostAttempts) {
		if wait := tr.take(v6(1, i), now); wait != 0 {
			t.Fatalf("attempt %d waits for %v", i, wait)
		}
	}
	if tr.take(v6(1, 200), now) != attemptsIn || tr.take(v6(2, 1), now) != 0 {
		t.Error("a network of IPv6 is not one machine")
	}
	for i := range 3 * mostPeers {
		tr.take(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}), now)
	}
	if len(tr.of) > mostPeers+1 {
		t.Errorf("%d machines are remembered", len(tr.of))
	}
	if tr.take(netip.MustParseAddr("192.0.2.1"), now) == 0 {
		t.Error("those beyond have more than one machine has")
	}
	if tr.take(netip.MustParseAddr("192.0.2.1"), now.Add(attemptsIn)) != 0 || len(tr.of) > 2 {
		t.Errorf("after a minute %d are remembered", len(tr.of))
	}
	if tr.take(netip.MustParseAddr("192.0.2.1"), now.Add(-time.Hour)) != 0 {
		t.Error("a clock that was set back locks out")
	}
}
