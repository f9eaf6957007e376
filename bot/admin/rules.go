package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

func (s *Server) rulesRoutes() []route {
	return []route{
		{pattern: "GET /rules", least: ledger.RoleView, handle: s.showRules},
		{pattern: "GET /rules/{rule}", least: ledger.RoleView, handle: s.showRule},
		{pattern: "GET /rules/{rule}/{number}", least: ledger.RoleView, handle: s.showArticle},
		{pattern: "GET /rules/{rule}/history", least: ledger.RoleView, handle: s.showRuleHistory},
		{pattern: "GET /rules/{rule}/compare.docx", least: ledger.RoleView, handle: s.sendComparison},
		{pattern: "GET /rules/{rule}/rule.md", least: ledger.RoleView, handle: s.sendRule},
		{pattern: "GET /originals/{path...}", least: ledger.RoleView, handle: s.sendOriginal},
		{pattern: "POST /rules/{rule}/takeback", least: ledger.RoleEdit, handle: s.takeRuleBack},
		{pattern: "POST /rules/{rule}/repeal", least: ledger.RoleEdit, handle: s.repealRule},
	}
}

// rulePath is the page of a rule: of the version in force, or of another.
func rulePath(r *corpus.Rule) string {
	path := "/rules/" + url.PathEscape(r.ID)
	if r.Repealed {
		path += "?version=" + url.QueryEscape(versionName(r))
	}
	return path
}

// articlePath is the page of an article; "" for one that has no number to name it by.
func articlePath(a *corpus.Article) string {
	if a.Number == (corpus.Number{}) {
		return ""
	}
	path := "/rules/" + url.PathEscape(a.Rule.ID) + "/" + a.Number.String()
	if a.Rule.Repealed {
		path += "?version=" + url.QueryEscape(versionName(a.Rule))
	}
	return path
}

// undated names a version that says no day.
const undated = "undated"

// versionName tells a version from the others of its rule in an address.
func versionName(r *corpus.Rule) string {
	if r.Effective == "" {
		return undated
	}
	return string(r.Effective)
}

// ruleOf is the rule, and its version, that an address names, with the library it is in.
func (s *Server) ruleOf(r *http.Request) (c *corpus.Corpus, rule *corpus.Rule, release func(), err error) {
	c, release = s.Desk.Library()
	id, version := r.PathValue("rule"), r.URL.Query().Get("version")
	if rule = c.RuleByID(id); rule != nil && version != "" {
		i := slices.IndexFunc(c.Rules, func(o *corpus.Rule) bool { return o.ID == id && versionName(o) == version })
		if rule = nil; i >= 0 {
			rule = c.Rules[i]
		}
	}
	if rule == nil {
		release()
		if there := s.waiting(id); there != nil {
			return nil, nil, nil, bot.Unavailable.Sayf("《%s》刚刚写入制度库，正在换上。请过几秒钟刷新这一页。", there.Title)
		}
		return nil, nil, nil, bot.NotFound.Sayf("没有这部制度，或者没有这个版本。请从“制度”进入。")
	}
	return c, rule, release, nil
}

// waiting is a rule that is in the library's folder and not yet in what answers; nil
// when there is none. It is looked for only where one is missing.
func (s *Server) waiting(id string) *corpus.Rule {
	live, release := s.Desk.Library()
	defer release()
	if live.RuleByID(id) != nil {
		return nil // it is a version of it that is not there
	}
	c, err := s.Desk.OnDisk()
	if err != nil {
		return nil // what is wrong with the library is said where it is shown
	}
	return c.RuleByID(id)
}

// pageOf is how many articles one page shows.
const pageOf = 200

// ruleView is what the page of a rule shows.
type ruleView struct {
	Rule      *corpus.Rule
	Path      string
	Status    string
	Sections  []section  // of the articles on this page
	Chapters  []chapter  // all
	Pages     []pageLink // none where one page holds all
	Versions  []versionLink
	Problems  corpus.Problems
	Original  string // where it can be had; "" nowhere
	Markdown  bool
	Articles  int
	Lines     int
	MayRepeal bool
	Today     corpus.Date
}

// section is articles below the same headings.
type section struct {
	Headings []heading // those that begin here
	Articles []articleView
}

// heading is the title of a chapter.
type heading struct {
	ID, Title string
	Deep      bool // not of the first level
}

// chapter is where a chapter is.
type chapter struct {
	Title, Href string
	Deep        bool
}

type pageLink struct {
	Name, Href string
	Here       bool
}

type versionLink struct {
	Rule *corpus.Rule
	Href string
	Here bool
}

func (s *Server) showRule(w http.ResponseWriter, r *http.Request) error {
	c, rule, release, err := s.ruleOf(r)
	if err != nil {
		return err
	}
	defer release()
	pages := max(1, (len(rule.Articles)+pageOf-1)/pageOf)
	here := min(max(1, formNumber(r.URL.Query().Get("page"))), pages)
	v := ruleView{Rule: rule, Path: "/rules/" + url.PathEscape(rule.ID), Status: status(rule), Problems: problemsOf(c, rule), Today: s.Desk.Today(),
		Markdown: s.Desk.Dir != "" && strings.HasSuffix(rule.File, ".md"), Articles: len(rule.Articles), MayRepeal: s.Desk.Dir != "" && !rule.Repealed && rule == c.RuleByID(rule.ID)}
	v.Chapters = chaptersOf(rule)
	v.Sections = sectionsOf(rule, (here-1)*pageOf, min(here*pageOf, len(rule.Articles)), mayEdit(r))
	v.Versions = versionsOf(c, rule)
	for _, a := range rule.Articles {
		v.Lines += len(a.Lines())
	}
	if pages > 1 {
		for i := range pages {
			first, last := rule.Articles[i*pageOf], rule.Articles[min((i+1)*pageOf, len(rule.Articles))-1]
			v.Pages = append(v.Pages, pageLink{first.Label + "—" + last.Label, pageHref(rule, i+1), i+1 == here})
		}
	}
	if v.Original, err = s.originalOf(rule); err != nil {
		return err
	}
	return s.render(w, r, "rule", "《"+rule.Title+"》", v)
}

// pageHref is a page of a rule.
func pageHref(r *corpus.Rule, page int) string {
	q := url.Values{}
	if r.Repealed {
		q.Set("version", versionName(r))
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return "?" + q.Encode()
}

// status is whether a rule holds, for people.
func status(r *corpus.Rule) string {
	switch {
	case r.Repealed && r.Until != "":
		return "已废止（" + r.Until.Chinese() + "起）"
	case r.Repealed:
		return "已废止"
	}
	return "现行"
}

func versionsOf(c *corpus.Corpus, rule *corpus.Rule) (list []versionLink) {
	for _, o := range c.Rules {
		if o.ID == rule.ID {
			list = append(list, versionLink{o, rulePath(o), o == rule})
		}
	}
	if len(list) < 2 {
		return nil
	}
	slices.SortStableFunc(list, func(a, b versionLink) int { return strings.Compare(string(b.Rule.Effective), string(a.Rule.Effective)) })
	return list
}

func problemsOf(c *corpus.Corpus, rule *corpus.Rule) (list corpus.Problems) {
	for _, p := range slices.Concat(c.Faults, c.Warnings) {
		if p.File == rule.File {
			list = append(list, p)
		}
	}
	return list
}

// chaptersOf are the chapters of a rule, with the page where each is.
func chaptersOf(rule *corpus.Rule) (list []chapter) {
	for i, a := range rule.Articles {
		for level := common(rule, i); level < len(a.Path); level++ {
			page := i/pageOf + 1
			list = append(list, chapter{a.Path[level], strings.TrimSuffix(pageHref(rule, page), "?") + "#" + chapterID(i, level), level > 0})
		}
	}
	return list
}

// common is how many headings an article has from the one before it.
func common(rule *corpus.Rule, i int) int {
	if i == 0 {
		return 0
	}
	n, before, path := 0, rule.Articles[i-1].Path, rule.Articles[i].Path
	for n < len(before) && n < len(path) && before[n] == path[n] {
		n++
	}
	return n
}

func chapterID(i, level int) string { return "c" + strconv.Itoa(i) + "-" + strconv.Itoa(level) }

// sectionsOf are the articles from one to another, under their headings; edit: whoever
// looks may change what is asked for them.
func sectionsOf(rule *corpus.Rule, from, to int, edit bool) (list []section) {
	for i, a := range rule.Articles[from:to] {
		at := from + i
		level := common(rule, at)
		if i == 0 {
			level = 0 // a page says again where it begins
		}
		if i == 0 || level < len(a.Path) {
			sec := section{}
			for ; level < len(a.Path); level++ {
				sec.Headings = append(sec.Headings, heading{chapterID(at, level), a.Path[level], level > 0})
			}
			list = append(list, sec)
		}
		last := &list[len(list)-1]
		last.Articles = append(last.Articles, viewOf(a, edit))
	}
	return list
}

// mayEdit reports whether whoever looks may change something.
func mayEdit(r *http.Request) bool { return accountOf(r).Role.May(ledger.RoleEdit) }

// who is somebody as the log of the library has them, for people.
func who(name string) string {
	words, _, _ := staff.DeedInWords(ledger.Deed{Actor: ledger.Actor(name)})
	return words
}
