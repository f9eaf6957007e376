package admin

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"lianwen/bot"
	"lianwen/bot/office"
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

// historyView is what the page of a rule's history shows.
type historyView struct {
	ID, Title  string
	RulePath   string // "" when the rule is not in the library any more
	Last       *shelf.Entry
	Entries    []entryView // the newest first
	Versions   []versionLink
	Comparison *comparison
	Docx       string
	Since      bool // the comparison is with the words before a publication
	Fixed      bool
	Waits      bool // the rule is in the library, and about to be in what answers
}

// entryView is an entry of the library's log.
type entryView struct {
	shelf.Entry
	By               string
	Paper, Former    string // where the paper and the words before can be had; "" nowhere
	Came, Went       int    // lines
	TakenBack, Plain bool
}

// comparison is two versions side by side.
type comparison struct {
	Old, New *corpus.Rule
	Counted  string
	Same     bool // nothing differs
	Runs     []compared
}

// compared is articles in a row that changed, or that did not.
type compared struct {
	Folded bool
	Headed bool // the columns are named above it: it is the first that is to be seen
	Rows   []office.Row
}

// compare sets versions side by side, with what did not change folded.
func compare(c *corpus.Comparison) *comparison {
	out := &comparison{Old: c.Old, New: c.New, Counted: office.Counted(c), Same: c.Empty()}
	headed := false
	for _, row := range office.Rows(c) {
		if n := len(out.Runs); n == 0 || out.Runs[n-1].Folded != row.Untouched() {
			out.Runs = append(out.Runs, compared{Folded: row.Untouched(), Headed: !row.Untouched() && !headed})
			headed = headed || !row.Untouched()
		}
		last := &out.Runs[len(out.Runs)-1]
		last.Rows = append(last.Rows, row)
	}
	return out
}

// First and Last name what is folded.
func (c compared) First() string { return c.Rows[0].New.Label }
func (c compared) Last() string  { return c.Rows[len(c.Rows)-1].New.Label }

func (s *Server) showRuleHistory(w http.ResponseWriter, r *http.Request) error {
	c, release := s.Desk.Library()
	defer release()
	id := r.PathValue("rule")
	log, err := s.Desk.Publications(id)
	if err != nil {
		return err
	}
	rule := c.RuleByID(id)
	v := historyView{ID: id, Fixed: s.Desk.Dir == ""}
	switch {
	case rule != nil:
		v.Title, v.RulePath, v.Versions = rule.Title, "/rules/"+url.PathEscape(id), versionsOf(c, rule)
	case len(log) > 0:
		v.Title, v.Waits = log[len(log)-1].Title, s.waiting(id) != nil
	default:
		return bot.NotFound.Sayf("没有这部制度，也没有它的记录。请从“制度”进入。")
	}
	for _, e := range slices.Backward(log) {
		v.Entries = append(v.Entries, s.entryOf(e))
	}
	if last, ok := shelf.LastPublication(log); ok {
		v.Last = &last
	}
	switch before := r.URL.Query().Get("before"); {
	case before != "" && rule != nil:
		if v.Comparison, err = s.sinceThen(log, before, rule); err != nil {
			return err
		}
		v.Since = true
	case len(v.Versions) > 1:
		compared, err := s.between(c, id, r.URL.Query().Get("to"))
		if err != nil {
			return err
		}
		v.Comparison = compare(compared)
		v.Docx = v.RulePath + "/compare.docx?to=" + url.QueryEscape(string(compared.New.Effective))
	}
	return s.render(w, r, "rulehistory", "《"+v.Title+"》的变动", v)
}

// sinceThen compares the words before a publication, named by its Written, with those of
// now.
func (s *Server) sinceThen(log []shelf.Entry, written string, now *corpus.Rule) (*comparison, error) {
	i := slices.IndexFunc(log, func(e shelf.Entry) bool { return e.Written == written })
	if i < 0 {
		return nil, bot.NotFound.Sayf("没有这一次的记录。")
	}
	former, err := s.Desk.Former(log[i])
	if err != nil {
		return nil, err
	}
	return compare(corpus.Compare(former, now)), nil
}

// between compares a version of a rule with the one before it; to is the day it took
// effect, "" for the last.
func (s *Server) between(c *corpus.Corpus, id, to string) (*corpus.Comparison, error) {
	versions, err := shelf.Versions(c, id)
	if err != nil {
		return nil, err
	}
	if to != "" && string(versions[0].Effective) == to { // the first has none before it
		to = string(versions[1].Effective)
	}
	return shelf.Between(versions, corpus.Date(to))
}

func (s *Server) entryOf(e shelf.Entry) entryView {
	v := entryView{Entry: e, By: who(e.Who), Paper: originalHref(e.Original), Former: originalHref(e.Before), Plain: e.Changed+e.Added+e.Removed == 0}
	v.At = e.At.In(s.Desk.Location)
	for _, l := range e.Lines {
		if l.Removed {
			v.Went++
		} else {
			v.Came++
		}
	}
	return v
}

func (s *Server) takeRuleBack(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("rule")
	e, err := s.Desk.TakeRuleBack(r.Context(), actorOf(r), id, r.PostFormValue("was"))
	if err != nil {
		return err
	}
	return s.done(w, r, "/rules/"+url.PathEscape(id)+"/history", "已撤回《"+e.Title+"》的"+e.Action+"，一分钟内照原来的回答。")
}

func (s *Server) repealRule(w http.ResponseWriter, r *http.Request) error {
	id, until := r.PathValue("rule"), r.PostFormValue("until")
	if _, err := time.Parse(time.DateOnly, until); err != nil {
		return bot.Invalid.Sayf("请选废止的日期，如 2026-06-01，没有废止。")
	}
	if err := s.Desk.RepealRule(r.Context(), actorOf(r), id, corpus.Date(r.PostFormValue("was")), corpus.Date(until)); err != nil {
		return err
	}
	return s.done(w, r, "/rules/"+url.PathEscape(id)+"/history", "已标为废止，一分钟内不再用它回答。废止错了，可以在这里撤回。")
}
