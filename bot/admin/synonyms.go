package admin

import (
	"net/http"
	"slices"
	"strings"

	"lianwen/bot/ledger"
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

func (s *Server) synonymsRoutes() []route {
	return []route{
		{pattern: "GET /synonyms", least: leastRole, handle: s.showSynonyms},
		{pattern: "POST /synonyms", least: ledger.RoleEdit, handle: s.saveSynonyms},
	}
}

// synonymsPage is the groups of synonyms, and one of them to be changed.
type synonymsPage struct {
	WhyNot, Wrong string
	Query         string
	Groups        []corpus.Synonyms // that Query finds, the first of them
	Found, All    int
	Form          groupForm
	Undo          undoable
}

// groupForm is a group as it is typed.
type groupForm struct {
	File, Was string // as it is; "" for a new one
	Words     string
}

// mostGroups is how many groups are listed at once.
const mostGroups = 100

func (s *Server) showSynonyms(w http.ResponseWriter, r *http.Request) error {
	p, err := s.synonymsPage(r)
	if err != nil {
		return err
	}
	c, err := s.Desk.OnDisk()
	if err != nil {
		return err
	}
	p.Form.Words = r.FormValue("words")
	for _, g := range c.Synonyms {
		if g.Words[0] == r.FormValue("group") {
			was := strings.Join(g.Words, " ")
			p.Form = groupForm{g.File, was, strings.TrimSpace(was + " " + p.Form.Words)}
		}
	}
	return s.render(w, r, "synonyms", "同义词", p)
}

// synonymsPage lists the groups that a page is asked for.
func (s *Server) synonymsPage(r *http.Request) (p synonymsPage, err error) {
	c, err := s.Desk.OnDisk()
	if err != nil {
		return p, err
	}
	p = synonymsPage{WhyNot: s.whyNot(r), Query: strings.TrimSpace(r.FormValue("q")), All: len(c.Synonyms)}
	for _, g := range c.Synonyms {
		if !slices.ContainsFunc(g.Words, func(word string) bool { return strings.Contains(word, p.Query) }) {
			continue
		}
		if p.Found++; p.Found <= mostGroups {
			p.Groups = append(p.Groups, g)
		}
	}
	p.Undo, err = s.lastEdits("/synonyms", func(e shelf.Entry) bool { return e.Group != nil })
	return p, err
}

// saveSynonyms takes a group as it was typed. A new one that begins as one that is
// there adds to that.
func (s *Server) saveSynonyms(w http.ResponseWriter, r *http.Request) error {
	p, err := s.synonymsPage(r)
	if err != nil {
		return err
	}
	c, err := s.Desk.OnDisk()
	if err != nil {
		return err
	}
	p.Form = groupForm{r.PostFormValue("file"), r.PostFormValue("was"), r.PostFormValue("words")}
	e := shelf.GroupEdit{File: p.Form.File, Was: strings.Fields(p.Form.Was), Now: strings.Fields(p.Form.Words)}
	if r.PostFormValue("gone") != "" {
		e.Now = nil
	}
	if len(e.Was) == 0 && len(e.Now) > 0 {
		for _, g := range c.Synonyms {
			if g.Words[0] == e.Now[0] {
				e = shelf.GroupEdit{File: g.File, Was: g.Words, Now: append(slices.Clone(g.Words), e.Now[1:]...)}
				break
			}
		}
	}
	return s.take(w, r, typed{title: "同义词", to: "/synonyms", edit: e, again: func(w http.ResponseWriter, status int, wrong string) error {
		if p.Wrong = wrong; status == http.StatusConflict {
			p.Form.asIs(c)
		}
		return s.renderStatus(w, r, status, "synonyms", "同义词", p)
	}})
}

// asIs lets a form that came too late be about the group as it is now: that which has
// the first of its words.
func (f *groupForm) asIs(c *corpus.Corpus) {
	was := strings.Fields(f.Was)
	for _, g := range c.Synonyms {
		if len(was) > 0 && g.File == f.File && slices.ContainsFunc(g.Words, func(word string) bool { return slices.Contains(was, word) }) {
			f.Was = strings.Join(g.Words, " ")
			return
		}
	}
}
