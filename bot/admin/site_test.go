package admin

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/lines"
	"lianwen/bot/staff"
	"lianwen/bot/talk"
	"lianwen/corpus"
	"lianwen/index"
)

// site is a page on a ledger and a library of its own. It is half past seven of
// a Tuesday there.
type site struct {
	*Server
	t       *testing.T
	web     *httptest.Server
	now     time.Time
	library string // its folder
	logged  *strings.Builder
}

// names are the accounts of a site, by their roles. The editor is S01 of the
// roster.
var names = map[ledger.Role]string{ledger.RoleView: "看的人", ledger.RoleEdit: "改的人", ledger.RoleAdmin: "管的人"}

// newSite makes a site with a small library, after changes of what it is made of.
func newSite(t *testing.T, changes ...func(*Config)) *site {
	t.Helper()
	library := filepath.Join(t.TempDir(), "制度库")
	must(t, os.CopyFS(library, os.DirFS("testdata/library")))
	return newSiteOf(t, library, changes...)
}

// newSiteOf makes a site with a library.
func newSiteOf(t *testing.T, library string, changes ...func(*Config)) *site {
	t.Helper()
	return newSiteOn(t, library, ledgertest.SQLite(t), changes...)
}

// newSiteOn makes a site with a library and a ledger.
func newSiteOn(t *testing.T, library string, w ledgertest.Where, changes ...func(*Config)) *site {
	t.Helper()
	s := &site{t: t, now: time.Date(2026, 12, 1, 7, 30, 0, 0, time.FixedZone("CST", 8*3600)), library: library, logged: &strings.Builder{}}
	data, records := t.TempDir(), w.Open(t)
	if w.File != "" {
		data = filepath.Dir(w.File)
	}
	c, err := corpus.Open(s.library)
	must(t, err)
	x, err := index.Open(t.Context(), filepath.Join(data, "index"), c, index.Options{})
	must(t, err)
	live := index.NewLive(x)
	t.Cleanup(live.Close)
	desk := s.desk(records, func() (*corpus.Corpus, func()) {
		x, release := live.Acquire()
		return x.Corpus(), release
	})
	log := slog.New(slog.NewTextHandler(s.logged, nil))
	config := Config{
		Desk: desk, Live: live, DataDir: data, Log: log, Lines: &lines.Store{Dir: filepath.Join(data, lines.Folder), Now: desk.Now},
		Bot: talk.New(live, talk.Config{Contact: "办公室", Location: desk.Location, Log: log, Now: desk.Now}),
	}
	for _, change := range changes {
		change(&config)
	}
	s.Server, err = New(config)
	must(t, err)
	t.Cleanup(s.Close)
	s.web = httptest.NewServer(s)
	t.Cleanup(s.web.Close)
	s.people()
	return s
}

// desk has a story for two groups at eight, and a question for one at nine.
func (s *site) desk(records *ledger.Ledger, library day.Library) *staff.Desk {
	s.t.Helper()
	d := staff.New(&staff.Desk{Ledger: records, Library: library, Location: s.now.Location(), Now: func() time.Time { return s.now }, Dir: s.library})
	calendar, err := day.NewCalendar("")
	must(s.t, err)
	d.Schedule = &day.Schedule{
		Location: d.Location, Calendar: calendar, Library: library, Ledger: records, Reviewer: d.Reviewer,
		Specs: []day.PushSpec{
			{Name: "story", Content: day.StoryContent, At: 8 * time.Hour, Window: 4 * time.Hour, Targets: []string{"group:学习群", "group:机关群"}},
			{Name: "quiz", Content: day.QuestionContent, At: 9 * time.Hour, Window: time.Hour, Targets: []string{"group:学习群"}},
		},
	}
	return d
}

// people puts members on the roster, and makes the accounts.
func (s *site) people() {
	s.t.Helper()
	ctx := s.t.Context()
	_, err := s.Desk.Ledger.ImportMembers(ctx, []ledger.Member{
		{Number: "A01", Name: "张三", Sector: "教育界", Committee: "提案委员会"}, {Number: "A02", Name: "李四", Sector: "经济界"},
		{Number: "S01", Name: "王五", Staff: true},
	}, "2026-01-01", "setup", s.now)
	must(s.t, err)
	for _, role := range []ledger.Role{ledger.RoleAdmin, ledger.RoleEdit, ledger.RoleView} {
		number := ""
		if role == ledger.RoleEdit {
			number = "S01"
		}
		_, err := s.Desk.AddAccount(ctx, "setup", names[role], role, number)
		must(s.t, err)
	}
}

// client is somebody with a browser.
type client struct {
	t *testing.T
	http.Client
	base string
}

// nobody is a client that is not logged in.
func (s *site) nobody() *client {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	must(s.t, err)
	return &client{t: s.t, Client: http.Client{Jar: jar}, base: s.web.URL}
}

// as is a client that is logged in with a role.
func (s *site) as(role ledger.Role) *client {
	s.t.Helper()
	c := s.nobody()
	base, err := url.Parse(s.web.URL)
	must(s.t, err)
	c.Jar.SetCookies(base, []*http.Cookie{s.cookie(names[role])})
	return c
}

// cookie is that of a new session of an account. Logging in by its form takes as
// long as it does to try a password.
func (s *site) cookie(name string) *http.Cookie {
	s.t.Helper()
	account, err := s.Desk.Account(s.t.Context(), name)
	must(s.t, err)
	ctx, err := s.sessions.Load(s.t.Context(), "")
	must(s.t, err)
	must(s.t, s.enter((&http.Request{}).WithContext(ctx), account))
	token, _, err := s.sessions.Commit(ctx)
	must(s.t, err)
	return &http.Cookie{Name: s.sessions.Cookie.Name, Value: token, Path: "/"}
}

func (c *client) get(path string) (status int, body string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.base+path, nil)
	must(c.t, err)
	return c.send(req)
}

func (c *client) post(path string, form url.Values) (status int, body string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.base+path, strings.NewReader(form.Encode()))
	must(c.t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.send(req)
}

// send sends a request, follows where it leads, and reads the answer.
func (c *client) send(req *http.Request) (status int, body string) {
	c.t.Helper()
	res, err := c.Do(req)
	must(c.t, err)
	raw, err := io.ReadAll(res.Body)
	must(c.t, err)
	must(c.t, res.Body.Close())
	return res.StatusCode, string(raw)
}

// await follows a job to its end and returns where it has led.
func (c *client) await(path string, form url.Values) (at, body string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.base+path, strings.NewReader(form.Encode()))
	must(c.t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, at, body = c.follow(req)
	return at, body
}

// follow sends a request, and goes with the job that it begins to where that leads.
func (c *client) follow(req *http.Request) (status int, at, body string) {
	c.t.Helper()
	for {
		res, err := c.Do(req)
		must(c.t, err)
		raw, err := io.ReadAll(res.Body)
		must(c.t, err)
		must(c.t, res.Body.Close())
		at = res.Request.URL.Path
		if !strings.HasPrefix(at, "/jobs/") || res.StatusCode != http.StatusOK {
			return res.StatusCode, at, string(raw)
		}
		req, err = http.NewRequestWithContext(c.t.Context(), http.MethodGet, res.Request.URL.String(), nil)
		must(c.t, err)
	}
}

// says fails unless a page has a status and all these texts on it.
func says(t *testing.T, status int, body string, want int, texts ...string) {
	t.Helper()
	if status != want {
		t.Errorf("the status is %d, not %d", status, want)
	}
	for _, text := range texts {
		if !strings.Contains(body, text) {
			t.Errorf("%q is not on the page", text)
		}
	}
	if t.Failed() {
		t.Fatalf("the page:\n%s", body)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
