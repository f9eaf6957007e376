package admin

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"lianwen/bot/ledger"
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

func (s *Server) repliesRoutes() []route {
	return []route{
		{pattern: "GET /replies", least: leastRole, handle: s.showReplies},
		{pattern: "POST /replies", least: ledger.RoleEdit, handle: s.saveReply},
	}
}

// repliesPage is the fixed replies, and one of them to be changed.
type repliesPage struct {
	WhyNot, Wrong string
	Replies       []replyRow
	Form          replyForm
	Most          int // characters of a reply
	Undo          undoable
}

// replyRow is a reply that is there.
type replyRow struct {
	*corpus.Reply
	Own bool // it stands in the library, and not in what comes with the program
}

// replyForm is a reply as it is typed.
type replyForm struct {
	File, ID, Was string // as it is; "" for a new one
	Say, Text     string
	Now           string // what the reply says now, where another has changed it meanwhile
}

func (s *Server) showReplies(w http.ResponseWriter, r *http.Request) error {
	p, err := s.repliesPage(r)
	if err != nil {
		return err
	}
	p.Form.Say = strings.Join(r.URL.Query()["say"], "\n")
	for _, row := range p.Replies {
		if row.Own && row.ID == r.FormValue("id") && row.File == r.FormValue("file") {
			p.Form = replyForm{File: row.File, ID: row.ID, Was: row.Digest(), Say: strings.Join(row.Say, "\n"), Text: row.Text}
		}
	}
	return s.render(w, r, "replies", "应答", p)
}

func (s *Server) repliesPage(r *http.Request) (p repliesPage, err error) {
	c, err := s.Desk.OnDisk()
	if err != nil {
		return p, err
	}
	p = repliesPage{WhyNot: s.whyNot(r), Most: corpus.MaxReplyRunes}
	there := map[string]bool{}
	for _, reply := range c.Replies() {
		if _, looked := there[reply.File]; !looked && s.Desk.Dir != "" {
			_, err := os.Stat(filepath.Join(s.Desk.Dir, filepath.FromSlash(reply.File)))
			there[reply.File] = err == nil
		}
		p.Replies = append(p.Replies, replyRow{reply, there[reply.File]})
	}
	p.Undo, err = s.lastEdits("/replies", func(e shelf.Entry) bool { return e.Reply != nil })
	return p, err
}

// saveReply takes a reply as it was typed.
func (s *Server) saveReply(w http.ResponseWriter, r *http.Request) error {
	p, err := s.repliesPage(r)
	if err != nil {
		return err
	}
	get := r.PostFormValue
	p.Form = replyForm{File: get("file"), ID: get("id"), Was: get("was"), Say: get("say"), Text: get("text")}
	e := shelf.ReplyEdit{
		File: p.Form.File, ID: p.Form.ID, Was: p.Form.Was, Say: typedLines(p.Form.Say), Text: p.Form.Text, Remove: get("gone") != "",
		From: s.Lines.Provenance("网页", accountOf(r).Name),
	}
	if e.ID != "" && r.PostForm.Has("say") && e.Say == nil {
		e.Say = []string{} // all were deleted
	}
	return s.take(w, r, typed{title: "应答", to: "/replies", edit: e, again: func(w http.ResponseWriter, status int, wrong string) error {
		if p.Wrong = wrong; status == http.StatusConflict {
			for _, row := range p.Replies {
				if row.ID == p.Form.ID && row.File == p.Form.File {
					p.Form.Was, p.Form.Now = row.Digest(), row.Text
				}
			}
		}
		return s.renderStatus(w, r, status, "replies", "应答", p)
	}})
}
