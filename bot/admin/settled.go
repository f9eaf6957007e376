package admin

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

func (s *Server) settledRoutes() []route {
	return []route{
		{pattern: "GET /unanswered/settled", least: leastRole, handle: s.showSettled},
		{pattern: "POST /unanswered/undo", least: ledger.RoleEdit, handle: s.undoSettled},
	}
}

// settledView is what was done about a question.
type settledView struct {
	Number                      int
	At                          time.Time
	Who, What, Detail, Question string
}

func (s *Server) viewSettled(done ledger.Settlement) settledView {
	v := settledView{Number: done.Number, At: done.At.In(s.Desk.Location), Question: done.Question}
	v.What, v.Detail = staff.SettlementInWords(done)
	v.Who, _, _ = staff.DeedInWords(ledger.Deed{Actor: done.Actor})
	return v
}

// settled is what was done with a number; nil when there is nothing, or it was undone.
func (s *Server) settled(ctx context.Context, number int) (*settledView, error) {
	list, err := s.Desk.Settled(ctx)
	if err != nil {
		return nil, err
	}
	for _, done := range list {
		if done.Number == number {
			v := s.viewSettled(done)
			return &v, nil
		}
	}
	return nil, nil
}

// settledPage is what was done and not undone.
type settledPage struct {
	List []settledView
	May  bool
}

func (s *Server) showSettled(w http.ResponseWriter, r *http.Request) error {
	list, err := s.Desk.Settled(r.Context())
	if err != nil {
		return err
	}
	p := settledPage{May: accountOf(r).Role.May(ledger.RoleEdit)}
	for _, done := range list {
		p.List = append(p.List, s.viewSettled(done))
	}
	return s.render(w, r, "settled", "处理过的未答问题", p)
}

// undoSettled takes back what was done.
func (s *Server) undoSettled(w http.ResponseWriter, r *http.Request) error {
	number, err := strconv.Atoi(r.PostFormValue("number"))
	if err != nil {
		return bot.Invalid.Sayf("没有说撤销几号，什么也没有做。")
	}
	done, err := s.Desk.Undo(r.Context(), actorOf(r), number)
	if err != nil {
		return err
	}
	what, detail := staff.SettlementInWords(done)
	return s.done(w, r, cmp.Or(ownPath(r.PostFormValue("to")), "/unanswered/settled"), fmt.Sprintf("撤销了 %d 号：%s（%s）。一分钟以内生效。", number, what, detail))
}
