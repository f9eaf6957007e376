package admin

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lianwen/bot"
	"lianwen/bot/duty"
	"lianwen/bot/ledger"
)

// hostile is what somebody writes who wants to break out of a page.
const hostile = `"'><img src=x onerror=alert(1)><script>alert(2)</script>{{.}}` + "\u202e"

// hostileSite is a site whose every text is hostile: those of its library, roster and
// records, of its channel, its settings and its log.
func hostileSite(t *testing.T) *site {
	t.Helper()
	library := filepath.Join(t.TempDir(), "制度库")
	must(t, os.CopyFS(library, os.DirFS("testdata/library")))
	for name, text := range map[string]string{
		"rules/bad.md": "+++\nid = \"bad\"\ntitle = %[1]q\naliases = [%[1]q]\ndocument = %[1]q\nissued = 2026-01-15\neffective = 2026-02-01\nstatus = \"in-force\"\ncategory = %[1]q\ncontact = %[1]q\n+++\n" +
			"## 第一章 %[2]s\n\n第一条 【题%[2]s】 委员应当%[2]s。\n> 问：怎么%[2]s\n\n第二条 依照《%[2]s》第一条办。\n",
		"stories/bad.md":     "+++\nid = \"bad\"\ntitle = %[1]q\nperiod = \"古代\"\nsource = %[1]q\ntheme = \"清\"\ncites = []\n+++\n坏%[2]s。\n",
		"talk/bad.toml":      "[[reply]]\nid = \"bad\"\nsay = [%[1]q]\ntext = %[1]q\n",
		"synonyms/bad.txt":   "甲%[3]s 乙%[3]s\n",
		"notices/yuandan.md": "+++\nid = \"yuandan\"\nfestival = \"元旦\"\naudience = %[1]q\ncites = []\n+++\n%[2]s\n",
	} {
		must(t, os.WriteFile(filepath.Join(library, name), fmt.Appendf(nil, text+"%.0[1]s%.0[2]s%.0[3]s", "坏"+hostile, hostile, strings.ReplaceAll(hostile, " ", "/")), 0o600))
	}
	s := newSiteOf(t, library, func(c *Config) {
		c.Channels = []Channel{{"wechat", hostile}}
		c.Logbook = NewLogbook(c.Log.Handler(), c.Desk.Now, strings.NewReplacer())
		c.Log.Error(hostile, hostile, hostile+"\x00\n")
		c.Settings = func() []Setting { return []Setting{{hostile, hostile, hostile, hostile}} }
		f := []Finding{{hostile, hostile, hostile}}
		c.Check = func(context.Context) (Findings, error) {
			return Findings{f, f, hostile, hostile, []CheckedRule{{Title: hostile, Document: hostile, Last: hostile}}, []CheckedTrait{{false, hostile, hostile, hostile, hostile, []string{hostile}}}}, nil
		}
	})
	_, err := s.Desk.Ledger.ImportMembers(t.Context(), []ledger.Member{
		{Number: "A01", Name: "张三" + hostile, Sector: hostile, Committee: hostile}, {Number: "S01", Name: hostile, Staff: true},
	}, "2026-01-01", "setup", s.now)
	must(t, err)
	s.bind("A01", "wechat")
	s.asks("食堂几点"+hostile, "大会来不成谁点头"+hostile)
	s.chooses("大会来不成谁点头"+hostile, hostile+"#1", 2)
	s.stands(duty.LastState{State: bot.Waiting, Since: s.now, Beat: s.now, Account: hostile, Detail: hostile}, "x")
	return s
}

// filled is a form of a page, as a browser sends it where nothing is changed, and the
// fields in which somebody may type what they like.
type filled struct {
	to     string
	fields url.Values
	free   []string
}

// walker goes over a site as one who looks at, and sends, all that there is.
type walker struct {
	*site
	c     *client
	deeds int // on record
}

// attributes are those of an element.
func attributes(n *html.Node) map[string]string {
	m := map[string]string{}
	for _, a := range n.Attr {
		m[a.Key] = a.Val
	}
	return m
}

// read takes the links and forms off a page, and fails where something has broken out.
func (wk *walker) read(at, body string) (links []string, forms []filled) {
	wk.t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	must(wk.t, err)
	inner := -1 // the form that is being read; fields may be outside of it by their attribute
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		of := attributes(n)
		for key, value := range of {
			address := slices.Contains([]string{"href", "src", "action", "hx-get", "formaction"}, key)
			if strings.HasPrefix(key, "on") || key == "style" || strings.ContainsAny(key, `<>"'{}`) || strings.Contains(value, "ZgotmplZ") || address && !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "?") {
				wk.t.Errorf("%s: <%s %s=%q>", at, n.Data, key, value)
			}
		}
		switch {
		case n.Data == "script" && (n.FirstChild != nil || !strings.HasPrefix(of["src"], "/static/")), n.Data == "iframe", n.Data == "object", n.Data == "base":
			wk.t.Errorf("%s: a <%s> of %q", at, n.Data, of["src"])
		case n.Data == "a":
			links = append(links, of["href"])
		case n.Data == "form":
			inner = -1
			if of["method"] == "post" && of["enctype"] == "" {
				to, _, _ := strings.Cut(at, "?")
				if of["action"] != "" {
					to = of["action"]
				}
				inner, forms = len(forms), append(forms, filled{to: to, fields: url.Values{}})
			}
		case inner < 0 || of["name"] == "":
		case n.Data == "textarea", n.Data == "input" && (of["type"] == "" || of["type"] == "text"):
			forms[inner].free = append(forms[inner].free, of["name"])
		case n.Data == "input", n.Data == "button":
			forms[inner].fields.Set(of["name"], of["value"])
		}
	}
	return links, forms
}

// did fails unless what has been put on record since is by the account.
func (wk *walker) did(what string, may bool) {
	wk.t.Helper()
	deeds, err := wk.Desk.History(wk.t.Context(), 1<<20)
	must(wk.t, err)
	for _, d := range deeds[:len(deeds)-wk.deeds] {
		if !may || d.Actor != ledger.WebActor(names[ledger.RoleAdmin]) {
			wk.t.Errorf("%s has put on record: %q %s %s", what, d.Actor, d.Action, d.Detail)
		}
	}
	wk.deeds = len(deeds)
}

// try sends a form with hostile text: in all of its fields, and in those only in which
// somebody types.
func (wk *walker) try(f filled) {
	everywhere, typed := maps.Clone(f.fields), maps.Clone(f.fields)
	for name := range f.fields {
		everywhere.Set(name, hostile)
	}
	for _, name := range f.free {
		everywhere.Set(name, hostile)
		typed.Set(name, "甲"+hostile)
	}
	for _, form := range []url.Values{everywhere, typed} {
		status, body := wk.c.post(f.to, form)
		if status == http.StatusInternalServerError {
			wk.t.Errorf("%s with %v: %d", f.to, form, status)
		}
		wk.read(f.to, body)
		wk.did(f.to, true)
	}
}

// Whatever texts hold, and whatever is sent, nothing breaks out of any page; looking
// changes nothing, and what is changed is on record with the account.
func TestHostileTexts(t *testing.T) {
	s := hostileSite(t)
	wk := &walker{site: s, c: s.as(ledger.RoleAdmin)}
	deeds, err := s.Desk.History(t.Context(), 1<<20)
	must(t, err)
	wk.deeds = len(deeds)
	var paths []string
	query := url.Values{}
	for _, name := range []string{"q", "text", "number", "from", "to", "days", "words", "question", "rule", "job", "name", "version", "group", "sector", "actor", "level", "month", "period", "run", "what", "date", "part"} {
		query.Set(name, hostile)
	}
	for _, rt := range s.routes() {
		if method, path, _ := strings.Cut(strings.TrimSuffix(rt.pattern, "{$}"), " "); method == http.MethodGet {
			path = placeholder.ReplaceAllString(path, url.PathEscape(hostile))
			paths = append(paths, path, path+"?"+query.Encode())
		}
	}
	forms, seen, of := map[string]filled{}, map[string]bool{}, map[string]int{}
	for i := 0; i < len(paths) && len(seen) < 400; i++ {
		path, _, _ := strings.Cut(paths[i], "#")
		kind, _, _ := strings.Cut(path, "?")
		if of[kind]++; path == "" || seen[path] || of[kind] > 4 { // of a page with many filters
			continue
		}
		seen[path] = true
		status, body := wk.c.get(path)
		if status == http.StatusInternalServerError {
			t.Errorf("%s: %d", path, status)
		}
		wk.did(path, strings.HasPrefix(path, "/settings/backup/")) // who takes a backup away is on record
		if !strings.HasPrefix(strings.TrimSpace(body), "<") {
			continue
		}
		links, found := wk.read(path, body)
		for _, link := range links {
			base, err := url.Parse(path)
			must(t, err)
			to, err := base.Parse(link)
			must(t, err)
			paths = append(paths, to.RequestURI())
		}
		for _, f := range found {
			forms[f.to+fmt.Sprint(slices.Sorted(maps.Keys(f.fields)), f.free)] = f
		}
	}
	if len(seen) < 100 || len(forms) < 40 {
		t.Errorf("only %d pages and %d forms", len(seen), len(forms))
	}
	for _, key := range slices.Sorted(maps.Keys(forms)) {
		if f := forms[key]; f.to != "/logout" && !strings.HasPrefix(f.to, "/account/") && !strings.HasSuffix(f.to, "/link") && !strings.HasPrefix(f.to, accountsPath+"/"+url.PathEscape(names[ledger.RoleAdmin])) {
			wk.try(f)
		}
	}
}
