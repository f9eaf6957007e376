package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/lines"
	"lianwen/corpus"
)

func (s *Server) draftsRoutes() []route {
	return []route{
		{pattern: "GET /drafts", least: leastRole, handle: s.showDrafts},
		{pattern: "POST /drafts", least: ledger.RoleEdit, handle: s.decideDrafts},
	}
}

// draftsPage is the drafts of lines of a rule that wait for a person.
type draftsPage struct {
	Rules    []lines.Standing // those where something waits, or the one that is shown
	Rule     *corpus.Rule     // nil: nothing waits anywhere
	WhyNot   string
	Articles []draftedArticle
	Decided  []decidedDraft // lately
}

// draftedArticle is an article with the drafts for it.
type draftedArticle struct {
	*corpus.Article
	Proposed, Apart []lines.Draft
}

// decidedDraft is a draft that somebody has decided on.
type decidedDraft struct {
	lines.Draft
	Label    string
	Approved bool
}

// mostUndone is how many of the last decisions can be taken back on the page.
const mostUndone = 30

func (s *Server) showDrafts(w http.ResponseWriter, r *http.Request) error {
	c, err := s.Desk.OnDisk()
	if err != nil {
		return err
	}
	rules, lists := c.RulesInForce()
	standings, err := s.Lines.Standings(c, append(rules, lists...))
	if err != nil {
		return err
	}
	p, named := draftsPage{WhyNot: s.whyNot(r)}, r.FormValue("rule")
	for _, st := range standings {
		if st.Waiting+st.Apart > 0 || st.Rule.ID == named {
			p.Rules = append(p.Rules, st)
		}
		if st.Rule.ID == named || named == "" && p.Rule == nil && st.Waiting+st.Apart > 0 {
			p.Rule = st.Rule
		}
	}
	if p.Rule == nil && named != "" {
		return bot.NotFound.Sayf("现行的制度里没有这部制度，也许刚刚废止了。请回到“待批问法”再看。")
	}
	if p.Rule != nil {
		if err := s.fillDrafts(&p); err != nil {
			return err
		}
	}
	return s.render(w, r, "drafts", "待批的问法", p)
}

// fillDrafts reads the drafts of the rule that is shown.
func (s *Server) fillDrafts(p *draftsPage) error {
	drafts, err := s.Lines.Drafts(p.Rule.ID)
	if err != nil {
		return err
	}
	for _, a := range lines.Articles(p.Rule) {
		d := draftedArticle{a, lines.Of(drafts, a, lines.Proposed), lines.Of(drafts, a, lines.Apart)}
		if len(d.Proposed)+len(d.Apart) > 0 {
			p.Articles = append(p.Articles, d)
		}
	}
	for _, d := range lines.LastDecided(drafts, mostUndone) {
		if a := articleDrafted(p.Rule, d); a != nil {
			p.Decided = append(p.Decided, decidedDraft{d, a.Label, d.State == lines.Approved})
		}
	}
	return nil
}

// articleDrafted is the article of a rule that a draft is for, if it has its words.
func articleDrafted(rule *corpus.Rule, d lines.Draft) *corpus.Article {
	i := slices.IndexFunc(rule.Articles, func(a *corpus.Article) bool { return a.Key() == d.Article && a.WordsDigest() == d.Digest })
	if i < 0 {
		return nil
	}
	return rule.Articles[i]
}

// decisions are what can be done with the drafts that are ticked: which states they may
// be in, and the words for it.
var decisions = map[string]struct {
	of     []lines.State
	action string
	said   string
}{
	"approve": {[]lines.State{lines.Proposed, lines.Apart}, "approve lines", "已批准 %d 句，几秒钟以后用上。"},
	"decline": {[]lines.State{lines.Proposed, lines.Apart}, "decline lines", "%d 句不要了，不再提。"},
	"undo":    {[]lines.State{lines.Approved, lines.Declined}, "reopen lines", "%d 句放回待批。"},
}

// decideDrafts approves, declines or opens again the drafts that are ticked.
func (s *Server) decideDrafts(w http.ResponseWriter, r *http.Request) error {
	do, ok := decisions[r.PostFormValue("do")]
	c, err := s.Desk.OnDisk()
	if err != nil {
		return err
	}
	rule := c.RuleByID(r.PostFormValue("rule"))
	switch {
	case !ok:
		return bot.Invalid.Sayf("没有说是批准还是不要，什么也没有做。")
	case rule == nil || rule.Repealed:
		return bot.NotFound.Sayf("这部制度刚刚废止或者改了，它的问法不用再批，什么也没有做。")
	}
	choices, n, err := s.ticked(r, rule, do.of)
	if err != nil {
		return err
	}
	if err := s.decide(r, rule.ID, choices); err != nil {
		return err
	}
	if err := s.Desk.Ledger.Note(r.Context(), actorOf(r), do.action, fmt.Sprintf("%s: %d", rule.ID, n), s.Desk.Now()); err != nil {
		return err
	}
	said := fmt.Sprintf(do.said, n)
	if late := len(r.PostForm["draft"]) - n; late > 0 {
		said += fmt.Sprintf("另有 %d 句刚刚有人处理过了，没有动。", late)
	}
	return s.done(w, r, "/drafts?rule="+url.QueryEscape(rule.ID), said)
}

// ticked are the drafts that a form names, by article, those that are still in one of
// some states.
func (s *Server) ticked(r *http.Request, rule *corpus.Rule, states []lines.State) (choices []lines.Choice, n int, err error) {
	drafts, err := s.Lines.Drafts(rule.ID)
	if err != nil {
		return nil, 0, err
	}
	for _, a := range lines.Articles(rule) {
		c := lines.Choice{Article: a}
		for _, d := range lines.Of(drafts, a, states...) {
			if slices.Contains(r.PostForm["draft"], d.ID()) {
				c.Take = append(c.Take, d)
				n++
			}
		}
		if len(c.Take) > 0 {
			choices = append(choices, c)
		}
	}
	switch {
	case len(r.PostForm["draft"]) == 0:
		return nil, 0, bot.Invalid.Sayf("一句也没有勾选，什么也没有做。请先勾选，再点按钮。")
	case n == 0:
		return nil, 0, bot.Conflict.Sayf("勾选的都刚刚有人处理过了，或者条文改了，什么也没有做。请再看一遍。")
	}
	return choices, n, nil
}

// decide does with drafts what a form says.
func (s *Server) decide(r *http.Request, rule string, choices []lines.Choice) error {
	lib, err := s.Desk.Shelf(actorOf(r))
	if err != nil {
		return err
	}
	switch r.PostFormValue("do") {
	case "undo":
		for _, c := range choices {
			if err := s.Lines.Reopen(r.Context(), lib, c); err != nil {
				return err
			}
		}
		return nil
	case "decline":
		for i := range choices {
			choices[i].Take, choices[i].Leave = nil, choices[i].Take
		}
	}
	_, err = s.Lines.Approve(r.Context(), lib, rule, accountOf(r).Name, choices)
	return err
}
