package admin

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/bot/talk"
	"lianwen/corpus"
)

// triedChannel is the channel of what is tried here. Nobody is bound there.
const triedChannel = "page"

func (s *Server) tryRoutes() []route {
	return []route{
		{pattern: "GET /try", least: leastRole, handle: s.showTry},
		{pattern: "POST /try", least: leastRole, handle: s.try},
		{pattern: "GET /try/last", least: leastRole, handle: s.showTries},
		{pattern: "GET /try/{id}", least: leastRole, handle: s.tryAgain},
		{pattern: "POST /try/line", least: ledger.RoleEdit, handle: s.addTried},
		{pattern: "POST /try/judge", least: ledger.RoleEdit, handle: s.judgeTried},
	}
}

// tryPage is the page for trying.
type tryPage struct {
	Talk      string   // of the next message
	Said      []string // in this talk, the question last
	Question  string   // what is in the box
	Tried     *trialView
	Last      triesView
	Undo      int    // the number of what was done just now; 0: nothing
	Judged    string // the question that was put down just now
	ReadOnly  bool   // the library cannot be changed
	Wrong     string // with what was to be done for an article that is not shown
	Form      tryForm
	MayChange bool
}

// tryForm is what was typed for an article, and what is wrong with it.
type tryForm struct{ Article, Line, Wrong string }

// triesView are the last tries.
type triesView struct {
	List []try
	Left int // not yet compared with the library as it is
}

func (s *Server) newTryPage(r *http.Request) tryPage {
	return tryPage{Talk: rand.Text(), ReadOnly: s.Desk.Dir == "", MayChange: accountOf(r).Role.May(ledger.RoleEdit)}
}

func (s *Server) showTry(w http.ResponseWriter, r *http.Request) error {
	p := s.newTryPage(r)
	p.Last = s.lastTries()
	return s.render(w, r, "try", "试问", p)
}

// try answers a message in a talk.
func (s *Server) try(w http.ResponseWriter, r *http.Request) error {
	p := s.newTryPage(r)
	question, conversation := r.PostFormValue("question"), r.PostFormValue("talk")
	if conversation != "" && len(conversation) <= 40 && r.PostFormValue("anew") == "" {
		p.Talk = conversation
	}
	tried, held, err := s.ask(r.Context(), accountOf(r).Name, p.Talk, question)
	if err != nil {
		return err
	}
	before := s.tries.said(accountOf(r).Name, p.Talk)
	p.Said = append(before[:len(before):len(before)], shownQuestion(question))
	id := ""
	if tried.Taken != talk.AsNothing && tried.Taken != talk.AsRecord && !held && talk.MayKeep(question) {
		id = rand.Text()
		v := verdictOf(tried)
		if err := s.tries.add(try{ID: id, At: s.Desk.Now().In(s.Desk.Location), Account: accountOf(r).Name, Talk: p.Talk, Said: p.Said, Then: v, Now: v, Library: s.digest()}); err != nil {
			s.Log.Warn("试问没有记下", "err", err)
		}
	} else {
		p.Said = before
	}
	p.Tried = s.viewTrial(id, shownQuestion(question), tried, held)
	p.Last = s.lastTries()
	return s.render(w, r, "try", "试问", p)
}

// shownQuestion is a question as it is read: in one line, without what cannot be seen.
func shownQuestion(question string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(question, "")), " ")
}

// ask answers a message as in a private chat, behind the gate that stands before that.
func (s *Server) ask(ctx context.Context, account, conversation, question string) (tried talk.Trial, held bool, err error) {
	held = true
	handle := bot.Guard(s.Bot.Contact(), func(ctx context.Context, in bot.Incoming) (bot.Reply, error) {
		held = false
		tried, err = s.Bot.Try(ctx, in)
		return bot.Reply{Text: tried.Text}, err
	})
	reply, err := handle(ctx, bot.Incoming{Channel: triedChannel, Conversation: account + "/" + conversation, Sender: account, Addressed: true, Text: question})
	tried.Text = reply.Text
	return tried, held, err
}

// tryAgain asks what was tried once more, with what was said before it.
func (s *Server) tryAgain(w http.ResponseWriter, r *http.Request) error {
	one, ok := s.tries.find(r.PathValue("id"))
	if !ok {
		return bot.NotFound.Sayf("这次试问没有留着了（只留最近 %d 次）。请重新问一遍。", triesKept)
	}
	p := s.newTryPage(r)
	p.Undo, _ = strconv.Atoi(r.FormValue("undo"))
	if r.FormValue("judged") != "" {
		p.Judged = one.Question()
	}
	return s.showAgain(w, r, http.StatusOK, one, p)
}

func (s *Server) showAgain(w http.ResponseWriter, r *http.Request, status int, one try, p tryPage) error {
	tried, held, err := s.repeat(r.Context(), one, accountOf(r).Name, p.Talk)
	if err != nil {
		return err
	}
	if err := s.tries.compared(map[string]verdict{one.ID: verdictOf(tried)}, s.digest()); err != nil {
		s.Log.Warn("试问没有记下", "err", err)
	}
	p.Said, p.Tried, p.Last = one.Said, s.viewTrial(one.ID, one.Question(), tried, held), s.lastTries()
	if !slices.ContainsFunc(p.Tried.Ranking, func(v placedView) bool { return v.Key == p.Form.Article }) {
		p.Wrong, p.Form = p.Form.Wrong, tryForm{}
	}
	if now, ok := s.tries.find(one.ID); ok && now.Changed() {
		p.Tried.Was = &now.Then
	}
	return s.renderStatus(w, r, status, "try", "试问", p)
}

// repeat says in a new talk what was said in the talk of a try.
func (s *Server) repeat(ctx context.Context, one try, account, conversation string) (tried talk.Trial, held bool, err error) {
	for _, text := range one.Said {
		if tried, held, err = s.ask(ctx, account, conversation, text); err != nil {
			break
		}
	}
	return tried, held, err
}

// digest is that of the library that answers.
func (s *Server) digest() string {
	x, release := s.Live.Acquire()
	defer release()
	return x.Corpus().Digest
}

// liveArticle is one of the library that answers, by its key.
func (s *Server) liveArticle(key string) *corpus.Article {
	x, release := s.Live.Acquire()
	defer release()
	if a := x.Corpus().Article(key); a != nil && !a.Deleted && !a.Rule.Repealed {
		return a
	}
	return nil
}

// compareWithin is how long a look at the last tries may go on comparing.
const compareWithin = 100 * time.Millisecond

// showTries compares some more of the last tries with the library as it is.
func (s *Server) showTries(w http.ResponseWriter, r *http.Request) error {
	until, library := time.Now().Add(compareWithin), s.digest()
	now := map[string]verdict{}
	for _, one := range s.tries.newest() {
		if one.Library == library {
			continue
		}
		if len(now) > 0 && time.Now().After(until) {
			break
		}
		tried, _, err := s.repeat(r.Context(), one, "compared", rand.Text())
		if err != nil {
			return err
		}
		now[one.ID] = verdictOf(tried)
	}
	if len(now) > 0 {
		if err := s.tries.compared(now, library); err != nil {
			s.Log.Warn("试问没有记下", "err", err)
		}
	}
	return s.partial(w, r, "try", "last", s.lastTries())
}

// lastTries are the last tries, and how many of them are not compared yet.
func (s *Server) lastTries() triesView {
	v, library := triesView{List: s.tries.newest()}, s.digest()
	for _, one := range v.List {
		if one.Library != library {
			v.Left++
		}
	}
	return v
}

// addTried makes a line of an article of what was tried.
func (s *Server) addTried(w http.ResponseWriter, r *http.Request) error {
	form := tryForm{Article: r.PostFormValue("article"), Line: r.PostFormValue("add")}
	return s.onTried(w, r, form, func(a *corpus.Article) (to, notice string, err error) {
		if a.WordsDigest() != r.PostFormValue("words") {
			return "", "", bot.Conflict.Sayf("%s刚刚改过，没有加。下面是现在的文字，请再看一遍。", a.Citation())
		}
		number, err := s.Desk.AddTried(r.Context(), actorOf(r), form.Line, staff.Place{Article: a})
		return "undo=" + strconv.Itoa(number), "已给" + a.Citation() + "加上问法“" + shownQuestion(form.Line) + "”，一分钟以内生效。", err
	})
}

// judgeTried puts down which article answers what was tried.
func (s *Server) judgeTried(w http.ResponseWriter, r *http.Request) error {
	form := tryForm{Article: r.PostFormValue("article")}
	return s.onTried(w, r, form, func(a *corpus.Article) (to, notice string, err error) {
		question := shownQuestion(r.PostFormValue("question"))
		return "judged=1", "已记为检验题：“" + question + "”应由" + a.Citation() + "答。以后改了制度，都拿它检验。", s.Desk.Judge(r.Context(), actorOf(r), question, a)
	})
}

// onTried does something with an article for what was tried, and goes back to that. What
// cannot be done is said there, beside what was typed.
func (s *Server) onTried(w http.ResponseWriter, r *http.Request, form tryForm, do func(*corpus.Article) (to, notice string, err error)) error {
	to, notice := "", ""
	a := s.liveArticle(form.Article)
	err := bot.NotFound.Sayf("这一条现在没有了，没有办。请再试一次这个问题。")
	if a != nil {
		to, notice, err = do(a)
	}
	one, ok := s.tries.find(r.PostFormValue("try"))
	switch {
	case err == nil && ok:
		return s.done(w, r, "/try/"+one.ID+"?"+to, notice)
	case err == nil:
		return s.done(w, r, "/try", notice)
	}
	var said *bot.Error
	if !ok || !errors.As(err, &said) {
		return err
	}
	p := s.newTryPage(r)
	p.Form = form
	p.Form.Wrong = said.Text
	return s.showAgain(w, r, cmp.Or(statuses[said.Code], http.StatusBadRequest), one, p)
}
