package admin

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/shelf"
	"lianwen/bot/staff"
	"lianwen/index"
)

func (s *Server) editRoutes() []route {
	return slices.Concat([]route{
		{pattern: "GET /effect/{job}", least: leastRole, handle: s.showEffect},
		{pattern: "POST /edits/undo", least: ledger.RoleEdit, handle: s.undoEdit},
	}, s.linesRoutes(), s.draftsRoutes(), s.synonymsRoutes(), s.repliesRoutes())
}

// typed is a form that changes what helps finding, as somebody has sent it.
type typed struct {
	title string                                                      // what is changed
	to    string                                                      // the page that follows
	edit  shelf.Edit                                                  // what it asks for
	again func(w http.ResponseWriter, status int, wrong string) error // the form once more, as it was typed
}

// take does what somebody wants of a form: see its effect, save it, or go on typing.
func (s *Server) take(w http.ResponseWriter, r *http.Request, t typed) error {
	switch r.PostFormValue("do") {
	case "back":
		return t.again(w, http.StatusOK, "")
	case "effect":
		lib, err := s.Desk.Shelf(actorOf(r))
		if err == nil {
			_, _, err = lib.Foresee(r.Context(), t.edit) // so that what is wrong is said beside the form
		}
		if err != nil {
			return t.refused(w, err)
		}
		return s.startEffect(w, r, t)
	}
	done, err := s.Desk.EditLibrary(r.Context(), actorOf(r), t.edit)
	if err != nil {
		return t.refused(w, err)
	}
	return s.done(w, r, t.to, "已保存："+done.Said()+"。几秒钟以后按新的回答；要反悔，在本页下面撤销。")
}

// refused shows the form again with what is wrong.
func (t typed) refused(w http.ResponseWriter, err error) error {
	if bot.CodeOf(err) == 0 {
		return err
	}
	return t.again(w, statuses[bot.CodeOf(err)], bot.Say(err))
}

// effectPage is what an edit would change, before it is saved.
type effectPage struct {
	staff.Effect
	Title string
	Took  time.Duration
	Form  kept // what was typed, to save it or to go on typing
}

// startEffect finds out what an edit would change.
func (s *Server) startEffect(w http.ResponseWriter, r *http.Request, t typed) error {
	form := url.Values{}
	for name, values := range r.PostForm {
		if name != "do" {
			form[name] = values
		}
	}
	actor, path := actorOf(r), r.URL.Path
	return s.startJob(w, r, "看看哪些问题的回答会变", "/effect/%s", func(ctx context.Context, progress func(done, all int)) (any, error) {
		begun := time.Now()
		x, release := s.Live.Acquire()
		defer release()
		questions, err := s.Desk.Judged(x.Corpus())
		if err != nil {
			s.Log.Warn("检验题读不出来，看不了影响", "err", err)
			return nil, bot.Conflict.Sayf("检验题（配置里的 judged_questions）读不出来。改好以前可以保存，不看影响。")
		}
		e, err := s.Desk.Effect(ctx, actor, t.edit, staff.Trial{Index: x, Judged: questions.Usable, Ask: s.asker, Step: progress})
		if err != nil {
			return nil, err
		}
		return effectPage{e, t.title, time.Since(begun), keptForm(path, form)}, nil
	})
}

// asker asks an index as people do in a private chat, and sees what they see.
func (s *Server) asker(x *index.Index) index.Asker {
	b := s.Bot.Beside(index.NewLive(x)) // which somebody else closes
	return func(ctx context.Context, said []string, depth int) (index.Result, string, error) {
		a, err := b.Screen(ctx, said, depth)
		return a.Result, a.Text, err
	}
}

func (s *Server) showEffect(w http.ResponseWriter, r *http.Request) error {
	e, err := jobResult[effectPage](s, r, r.PathValue("job"))
	if err != nil {
		return err
	}
	return s.render(w, r, "effect", "改了会怎样", e)
}

// undoEdit takes back an edit of any of the pages.
func (s *Server) undoEdit(w http.ResponseWriter, r *http.Request) error {
	to := ownPath(r.PostFormValue("to"))
	if to == "" {
		to = "/rules"
	}
	done, err := s.Desk.UndoEdit(r.Context(), actorOf(r), r.PostFormValue("id"))
	if err != nil {
		return err
	}
	return s.done(w, r, to, "已撤销："+done.Said()+"。")
}

// undoable is what the block of last edits shows.
type undoable struct {
	To   string
	List []undoRow
}

type undoRow struct{ ID, When, Who, What string }

// lastEdits are the last edits that are about something, for the page at a path.
func (s *Server) lastEdits(to string, about func(shelf.Entry) bool) (u undoable, err error) {
	list, err := s.Desk.Edits(about)
	for _, e := range list {
		u.List = append(u.List, undoRow{e.ID, e.At.In(s.Desk.Location).Format("1月2日 15:04"), staff.EditedBy(e), e.Said()})
	}
	u.To = to
	return u, err
}

// typedLines are the lines of a field that takes one a line.
func typedLines(text string) (list []string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(list, line) {
			list = append(list, line)
		}
	}
	return list
}

// whyNot says why nothing can be changed here; "" where it can.
func (s *Server) whyNot(r *http.Request) string {
	var e *bot.Error
	if _, err := s.Desk.Shelf(actorOf(r)); errors.As(err, &e) {
		return e.Text
	}
	if !accountOf(r).Role.May(ledger.RoleEdit) {
		return "您的账号只能看。要改，请找管理账号的人要“编辑”的权限。"
	}
	return ""
}
