package admin

import (
	"net/http"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/lines"
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

func (s *Server) linesRoutes() []route {
	return []route{
		{pattern: "GET /rules/{rule}/{number}/lines", least: leastRole, handle: s.showLines},
		{pattern: "POST /rules/{rule}/{number}/lines", least: ledger.RoleEdit, handle: s.saveLines},
	}
}

// linesPage is an article with its heading and how people ask for it.
type linesPage struct {
	Article *corpus.Article
	Path    string
	Words   string // what an edit is made from
	WhyNot  string // nothing can be changed
	Wrong   string

	Heading string // as it is typed
	Add     string
	Lines   []lineRow
	Waiting []waitingRow
	Drafts  int // that wait for a person
	Undo    undoable
	Most    struct{ Heading, Line int } // characters
}

// lineRow is a line of the article.
type lineRow struct {
	Text, From, Part string
	Gone             bool // ticked to be removed
}

// waitingRow is lines that answer nobody, because the words have changed.
type waitingRow struct {
	corpus.Suspended
	Ticked bool
	Taken  map[string]bool
}

// article is the article that a path names, as the library is now.
func (s *Server) article(r *http.Request) (*corpus.Article, *corpus.Corpus, error) {
	c, err := s.Desk.OnDisk()
	if err != nil {
		return nil, nil, err
	}
	n, _, ok := corpus.ParsePlace(r.PathValue("number"))
	rule := c.RuleByID(r.PathValue("rule"))
	switch {
	case rule == nil:
		return nil, nil, bot.NotFound.Sayf("制度库里没有这部制度，也许刚刚改了。请回到“制度”再找。")
	case !ok || rule.Article(n) == nil:
		return nil, nil, bot.NotFound.Sayf("《%s》没有这一条，也许刚刚改了。请回到“制度”再找。", rule.Title)
	}
	return rule.Article(n), c, nil
}

func (s *Server) showLines(w http.ResponseWriter, r *http.Request) error {
	a, c, err := s.article(r)
	if err != nil {
		return err
	}
	p, err := s.linesPage(r, a, c)
	if err != nil {
		return err
	}
	p.Heading, p.Add = a.Heading, strings.Join(r.URL.Query()["add"], "\n")
	return s.render(w, r, "lines", a.Citation()+"的问法", p)
}

// linesPage is the page of an article as it is now.
func (s *Server) linesPage(r *http.Request, a *corpus.Article, c *corpus.Corpus) (p linesPage, err error) {
	p = linesPage{Article: a, Path: r.URL.Path, Words: a.WordsDigest(), WhyNot: s.whyNot(r)}
	p.Most.Heading, p.Most.Line = corpus.MaxHeading, corpus.MaxAskedRunes
	switch {
	case a.Rule.Repealed:
		p.WhyNot = "《" + a.Rule.Title + "》已经废止，不再改它的问法。"
	case a.Deleted:
		p.WhyNot = "这一条已经删去，没有问法。"
	}
	for _, text := range a.AskedAs {
		p.Lines = append(p.Lines, lineRow{Text: text, From: "写在制度文件里", Part: partOf(a, text)})
	}
	for _, l := range a.Approved {
		p.Lines = append(p.Lines, lineRow{Text: l.Text, From: l.From, Part: l.Part.Chinese()})
	}
	for _, waits := range c.Suspended {
		if waits.Now == a {
			p.Waiting = append(p.Waiting, waitingRow{Suspended: waits})
		}
	}
	drafts, err := s.Lines.Drafts(a.Rule.ID)
	if err != nil {
		return p, err
	}
	p.Drafts = len(lines.Of(drafts, a, lines.Proposed, lines.Apart))
	number := a.Number.String()
	p.Undo, err = s.lastEdits(p.Path, func(e shelf.Entry) bool {
		return e.Rule == a.Rule.ID && (e.Heading != nil && e.Heading.Number == number ||
			slices.ContainsFunc(e.Lines, func(l shelf.LineChange) bool { return l.Number == number }) ||
			slices.ContainsFunc(e.Own, func(l shelf.OwnLine) bool { return l.Number == number }))
	})
	return p, err
}

// partOf is which part of an article a line of its own file is for; "" for all of it.
func partOf(a *corpus.Article, text string) string {
	for i, p := range a.Paragraphs {
		if slices.Contains(p.AskedAs, text) {
			return corpus.Part{Paragraph: i + 1}.Chinese()
		}
		for k, item := range p.Items {
			if slices.Contains(item.AskedAs, text) {
				return corpus.Part{Paragraph: i + 1, Item: k + 1}.Chinese()
			}
		}
	}
	return ""
}

// saveLines takes what was typed about an article.
func (s *Server) saveLines(w http.ResponseWriter, r *http.Request) error {
	a, c, err := s.article(r)
	if err != nil {
		return err
	}
	p, err := s.linesPage(r, a, c)
	if err != nil {
		return err
	}
	f := r.PostForm
	p.Heading, p.Add = strings.TrimSpace(f.Get("heading")), f.Get("add")
	from := s.Lines.Provenance("网页", accountOf(r).Name)
	e := shelf.ArticleEdit{Rule: a.Rule.ID, Number: a.Number, Words: f.Get("words"), Heading: &shelf.Swap{Was: f.Get("heading_was"), Now: p.Heading}, Remove: f["remove"]}
	for _, text := range typedLines(p.Add) {
		e.Add = append(e.Add, corpus.AskedLine{Text: text, From: from})
	}
	for i := range p.Lines {
		p.Lines[i].Gone = slices.Contains(e.Remove, p.Lines[i].Text)
	}
	for i := range p.Waiting {
		waits := &p.Waiting[i]
		if waits.Ticked = slices.Contains(f["settle"], waits.ID()); waits.Ticked {
			e.Settle = append(e.Settle, waits.AskedSection)
		}
		waits.Taken = map[string]bool{}
		for _, l := range waits.Lines {
			if waits.Taken[l.Text] = slices.Contains(f["renew "+waits.ID()], l.Text); waits.Taken[l.Text] && waits.Ticked {
				if !a.Has(l.Part) {
					l.Part = corpus.Part{}
				}
				e.Add = append(e.Add, l)
			}
		}
	}
	return s.take(w, r, typed{
		title: a.Citation() + "的问法和条旨", to: p.Path, edit: e,
		again: func(w http.ResponseWriter, status int, wrong string) error {
			p.Wrong = wrong
			return s.renderStatus(w, r, status, "lines", a.Citation()+"的问法", p)
		},
	})
}

// ID tells lines that wait from others of their article.
func (w waitingRow) ID() string { return w.Number.String() + ":" + w.Part.String() + " " + w.Digest }
