package admin

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

//go:embed templates/*.html
var templates embed.FS

// layout is the template that stands around all others.
const layout = "layout"

// views are the templates of the pages, each with the layout around it.
type views struct{ of map[string]*template.Template }

// readViews parses all templates. Those whose names begin with an underscore are
// parts of all pages. cite is how an article is cited, by its key.
func readViews(a *assets, cite func(key string) string) (*views, error) {
	base, err := template.New(layout).Funcs(template.FuncMap{
		"asset": a.url, "day": corpus.Date.Chinese, "join": strings.Join, "cite": cite,
		"may":     func(a ledger.WebAccount, least ledger.Role) bool { return a.Role.May(least) },
		"add":     func(a, b int) int { return a + b },
		"percent": func(f float64) string { return fmt.Sprintf("%.1f%%", 100*f) },
		"dict":    dict, "pushPath": pushPath, "pushDo": pushDo,
		"clock": func(t time.Time) string { return t.Format("15:04") },
		"stamp": func(t time.Time) string { return t.Format("1月2日 15:04") },
	}).ParseFS(templates, "templates/layout.html", "templates/_*.html")
	if err != nil {
		return nil, fmt.Errorf("read templates: %w", err)
	}
	files, err := fs.Glob(templates, "templates/[^_]*.html")
	if err != nil {
		return nil, fmt.Errorf("read templates: %w", err)
	}
	v := &views{of: map[string]*template.Template{}}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if name == layout {
			continue
		}
		t, err := base.Clone()
		if err == nil {
			t, err = t.ParseFS(templates, file)
		}
		if err != nil {
			return nil, fmt.Errorf("read template %s: %w", name, err)
		}
		v.of[name] = t
	}
	return v, nil
}

// dict is several values for a part of a template, each behind its name.
func dict(pairs ...any) (map[string]any, error) {
	d := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("%v is no name", pairs[i])
		}
		d[name] = pairs[i+1]
	}
	return d, nil
}

// page is what a template is given.
type page struct {
	Title   string
	Account ledger.WebAccount // of nobody where Name is ""
	Notice  string            // what was done just now; "" nothing
	Menu    []menuItem
	Refresh string // seconds until it is to be loaded anew, where no script does that; "" never
	Data    any
}

// refreshed is data of a page that is to be loaded anew where no script does that.
type refreshed interface {
	Refresh() string // after how many seconds; "" never
}

// menuItem is an entry of the menu.
type menuItem struct {
	Path, Name string
	Here       bool
}

// menu are the pages, in the order of a day's work.
var menu = []menuItem{
	{Path: "/", Name: "今天"}, {Path: "/rules", Name: "制度"}, {Path: "/try", Name: "试问"}, {Path: "/unanswered", Name: "未答问题"},
	{Path: "/people", Name: "人员"}, {Path: "/figures", Name: "情况"}, {Path: "/settings", Name: "设置"},
}

// belowOf are paths that belong to an entry of the menu and do not begin as it does.
var belowOf = map[string]string{
	"/import": "/rules", "/drafts": "/rules", "/synonyms": "/rules", "/replies": "/rules", "/originals": "/rules", "/effect": "/rules",
	"/activities": "/people", "/signing": "/", "/pushes": "/", "/account": "/settings",
}

// menuAt is the menu as it is on a path.
func menuAt(at string) []menuItem {
	first, _, _ := strings.Cut(strings.TrimPrefix(at, "/"), "/")
	first = "/" + first
	if below, ok := belowOf[first]; ok {
		first = below
	}
	list := make([]menuItem, len(menu))
	for i, m := range menu {
		m.Here = m.Path == first
		list[i] = m
	}
	return list
}

// render answers with a page.
func (s *Server) render(w http.ResponseWriter, r *http.Request, name, title string, data any) error {
	return s.renderStatus(w, r, http.StatusOK, name, title, data)
}

// renderStatus answers with a page and a status.
func (s *Server) renderStatus(w http.ResponseWriter, r *http.Request, status int, name, title string, data any) error {
	p := page{Title: title, Account: accountOf(r), Data: data}
	if p.Account.Name != "" {
		p.Menu = menuAt(r.URL.Path)
		p.Notice = s.sessions.PopString(r.Context(), sessionNotice)
	}
	if d, ok := data.(refreshed); ok {
		p.Refresh = d.Refresh()
	}
	return s.execute(w, status, name, layout+".html", p)
}

// partial answers with one block of a page's template.
func (s *Server) partial(w http.ResponseWriter, _ *http.Request, name, block string, data any) error {
	return s.execute(w, http.StatusOK, name, block, data)
}

// execute writes what a template makes of data, or nothing.
func (s *Server) execute(w http.ResponseWriter, status int, name, block string, data any) error {
	t := s.views.of[name]
	if t == nil {
		return fmt.Errorf("render %s: no such template", name)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, block, data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := b.WriteTo(w)
	if err != nil {
		s.Log.Debug("网页没有送到", "err", err) // whoever asked has gone
	}
	return nil
}

// done says what was done, on the page that follows.
func (s *Server) done(w http.ResponseWriter, r *http.Request, to, notice string) error {
	s.sessions.Put(r.Context(), sessionNotice, notice)
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
