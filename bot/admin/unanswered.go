package admin

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

func (s *Server) unansweredRoutes() []route {
	return []route{
		{pattern: "GET /unanswered", least: leastRole, handle: s.showUnanswered},
		{pattern: "GET /unanswered/{id}", least: leastRole, handle: s.showCluster},
		{pattern: "GET /articles", least: leastRole, handle: s.showArticles},
		{pattern: "POST /unanswered/line", least: ledger.RoleEdit, handle: s.settle("line", s.settleLine)},
		{pattern: "POST /unanswered/synonym", least: ledger.RoleEdit, handle: s.settle("synonym", s.settleSynonym)},
		{pattern: "POST /unanswered/reply", least: ledger.RoleEdit, handle: s.settle("reply", s.settleReply)},
		{pattern: "POST /unanswered/away", least: ledger.RoleEdit, handle: s.settle("away", s.settleAway)},
	}
}

const (
	clustersShown = 50
	usualDays     = 30
)

// daysShown are the periods to choose from. Questions are kept for half a year.
var daysShown = []int{7, 30, 90, 180}

// daysOf is the period that a request asks for.
func daysOf(r *http.Request) int {
	if n, err := strconv.Atoi(r.FormValue("days")); err == nil && slices.Contains(daysShown, n) {
		return n
	}
	return usualDays
}

// clusterID names a cluster in addresses, which others than we write down: what
// people have asked is not to stand there.
func clusterID(question string) string {
	sum := sha256.Sum256([]byte(question))
	return hex.EncodeToString(sum[:8])
}

// unansweredPage is what was asked in vain.
type unansweredPage struct {
	staff.Unanswered
	Shown      []clusterView
	Days       int
	Choices    []int
	From, Next int // of those shown; Next is 0 where there are no more
	Done       *settledView
	May        bool
}

// clusterView is a cluster as it is listed.
type clusterView struct {
	staff.Cluster
	ID           string
	Chosen       []chosenView
	Useless      []string
	SettledWords string // what was done about it before, and by whom; "" nothing
}

// chosenView is an article that people went on to.
type chosenView struct {
	Key, Citation string
	Count         int
}

func (s *Server) viewCluster(c staff.Cluster) clusterView {
	c.First, c.Last = c.First.In(s.Desk.Location), c.Last.In(s.Desk.Location)
	v := clusterView{Cluster: c, ID: clusterID(c.Question)}
	for _, choice := range c.Chosen {
		v.Chosen = append(v.Chosen, chosenView{choice.Cite, s.citation(choice.Cite), choice.Count})
	}
	for _, key := range c.Useless {
		v.Useless = append(v.Useless, s.citation(key))
	}
	if c.Before != nil {
		done := s.viewSettled(*c.Before)
		v.SettledWords = fmt.Sprintf("%d 号，%s %s：%s", done.Number, done.Who, done.What, done.Detail)
	}
	return v
}

// citation is how an article is cited, or its key where it is not there any more.
func (s *Server) citation(key string) string {
	if a := s.liveArticle(key); a != nil {
		return a.Citation()
	}
	return key + "（现在没有了）"
}

func (s *Server) showUnanswered(w http.ResponseWriter, r *http.Request) error {
	p := unansweredPage{Days: daysOf(r), Choices: daysShown, May: accountOf(r).Role.May(ledger.RoleEdit)}
	var err error
	if p.Unanswered, err = s.Desk.Unanswered(r.Context(), p.Days); err != nil {
		return err
	}
	from, _ := strconv.Atoi(r.FormValue("from"))
	p.From = min(max(from, 0), len(p.Clusters))
	to := min(p.From+clustersShown, len(p.Clusters))
	for _, c := range p.Clusters[p.From:to] {
		p.Shown = append(p.Shown, s.viewCluster(c))
	}
	if to < len(p.Clusters) {
		p.Next = to
	}
	if n, err := strconv.Atoi(r.FormValue("done")); err == nil {
		if p.Done, err = s.settled(r.Context(), n); err != nil {
			return err
		}
	}
	return s.render(w, r, "unanswered", "未答问题", p)
}

// clusterPage is one cluster, and what can be done about it.
type clusterPage struct {
	clusterView
	Days     int
	Wordings []wordingView
	Offered  []pick // articles that may answer it
	Found    []pick // … that were looked for
	Query    string
	Typed    clusterForm
	ReadOnly bool
	May      bool
}

// wordingView is a wording that is to be settled with the others.
type wordingView struct {
	Text string
	Also bool
}

// clusterForm is what was typed about a cluster, and what is wrong with it.
type clusterForm struct{ Act, Article, Official, Words, Reply, Whom, Wrong string }

// showCluster shows a cluster by its id.
func (s *Server) showCluster(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	c, err := s.Desk.ClusterWhere(r.Context(), daysOf(r), func(question string) bool { return clusterID(question) == id })
	if err != nil {
		return err
	}
	p := s.newClusterPage(r, c)
	if p.Query = strings.TrimSpace(r.FormValue("q")); p.Query != "" {
		if p.Found, err = s.findArticles(r.Context(), p.Query); err != nil {
			return err
		}
	}
	return s.renderCluster(w, r, http.StatusOK, p)
}

func (s *Server) newClusterPage(r *http.Request, c staff.Cluster) clusterPage {
	p := clusterPage{clusterView: s.viewCluster(c), Days: daysOf(r), ReadOnly: s.Desk.Dir == "", May: accountOf(r).Role.May(ledger.RoleEdit)}
	p.Typed.Article = c.Proposed()
	for _, w := range c.Others {
		p.Wordings = append(p.Wordings, wordingView{w, true})
	}
	return p
}

// renderCluster completes a page about a cluster with the articles that may answer it.
func (s *Server) renderCluster(w http.ResponseWriter, r *http.Request, status int, p clusterPage) error {
	near, err := s.findArticles(r.Context(), p.Question)
	if err != nil {
		return err
	}
	for _, chosen := range p.Chosen {
		if a := s.liveArticle(chosen.Key); a != nil {
			p.Offered = append(p.Offered, newPick(a, fmt.Sprintf("问的人有 %d 次看了它", chosen.Count)))
		}
	}
	for _, one := range near {
		if !slices.ContainsFunc(p.Offered, one.same) {
			p.Offered = append(p.Offered, one)
		}
	}
	p.Offered = p.Offered[:min(len(p.Offered), picksShown)]
	p.Found = slices.DeleteFunc(p.Found, func(one pick) bool { return slices.ContainsFunc(p.Offered, one.same) })
	if a := s.liveArticle(p.Typed.Article); a != nil && !slices.ContainsFunc(slices.Concat(p.Offered, p.Found), newPick(a, "").same) {
		p.Found = append(p.Found, newPick(a, "刚才选的"))
	}
	return s.renderStatus(w, r, status, "cluster", "处理未答问题", p)
}

// settle is a handler that does something about a cluster. What cannot be done is said
// beside what was typed.
func (s *Server) settle(act string, do func(*http.Request, staff.Cluster) (number int, err error)) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		c, err := s.Desk.Cluster(r.Context(), daysOf(r), 0, r.PostFormValue("question"))
		if err != nil {
			return err
		}
		all := c
		c.Others = slices.DeleteFunc(slices.Clone(c.Others), func(o string) bool { return !slices.Contains(r.PostForm["wording"], o) })
		number, err := do(r, c)
		var said *bot.Error
		switch {
		case err == nil:
			done, err := s.settled(r.Context(), number)
			if err != nil {
				return err
			}
			return s.done(w, r, fmt.Sprintf("/unanswered?days=%d&done=%d", daysOf(r), number), fmt.Sprintf("“%s”处理好了：%s %s。一分钟以内生效。", c.Question, done.What, done.Detail))
		case !errors.As(err, &said):
			return err
		}
		p := s.newClusterPage(r, all)
		for i, o := range p.Wordings {
			p.Wordings[i].Also = slices.Contains(c.Others, o.Text)
		}
		article, _, _ := strings.Cut(r.PostFormValue("article"), " ")
		p.Typed = clusterForm{Act: act, Article: article, Official: r.PostFormValue("official"), Words: r.PostFormValue("words"), Reply: r.PostFormValue("reply"), Whom: r.PostFormValue("whom"), Wrong: said.Text}
		return s.renderCluster(w, r, cmp.Or(statuses[said.Code], http.StatusBadRequest), p)
	}
}

func (s *Server) settleLine(r *http.Request, c staff.Cluster) (number int, err error) {
	a, err := s.picked(r.PostFormValue("article"))
	if err != nil {
		return 0, err
	}
	number, _, err = s.Desk.AddLines(r.Context(), actorOf(r), c, []staff.Place{{Article: a}})
	return number, err
}

func (s *Server) settleSynonym(r *http.Request, c staff.Cluster) (number int, err error) {
	words := strings.FieldsFunc(r.PostFormValue("words"), func(r rune) bool { return strings.ContainsRune(" \t\r\n　,，、;；", r) })
	return s.Desk.AddSynonyms(r.Context(), actorOf(r), c, strings.TrimSpace(r.PostFormValue("official")), words)
}

func (s *Server) settleReply(r *http.Request, c staff.Cluster) (number int, err error) {
	return s.Desk.AddReply(r.Context(), actorOf(r), c, r.PostFormValue("reply"))
}

func (s *Server) settleAway(r *http.Request, c staff.Cluster) (number int, err error) {
	return s.Desk.NotOurs(r.Context(), actorOf(r), c, r.PostFormValue("whom"))
}
