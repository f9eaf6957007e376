package admin

import (
	"net/http"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
)

// closedView is a period that is closed, with what was recorded since.
type closedView struct {
	days
	ledger.Closed
	Was, Now figureRow // its sums as closed and with all changes
	Lines    []string
}

// closedViews are the periods that are closed, newest first.
func (s *Server) closedViews(r *http.Request) (list []closedView, err error) {
	closed, err := s.Desk.Closed(r.Context())
	if err != nil {
		return nil, err
	}
	for _, c := range closed {
		c.At = c.At.In(s.Desk.Location)
		v := closedView{days: days{c.From, c.To}, Closed: c, Was: figureRow{Counts: c.Table.Total()}, Now: figureRow{Counts: c.Sum()}}
		for _, k := range c.Changes {
			k.Deed.At = k.Deed.At.In(s.Desk.Location)
			v.Lines = append(v.Lines, office.ChangeLine(c, k))
		}
		list = append([]closedView{v}, list...)
	}
	return list, nil
}

// closeFigures makes the figures of some days final, if they are still those that were
// looked at.
func (s *Server) closeFigures(w http.ResponseWriter, r *http.Request) error {
	d, err := s.daysAsked(r.PostForm)
	if err != nil {
		return err
	}
	number := accountOf(r).Number
	if number == "" {
		return bot.Forbidden.Sayf("没有定稿：定稿要写明由谁定稿，这个账号没有工作人员的编号。请在“设置”的账号里给它写上花名册里的编号。")
	}
	f, err := s.Desk.ByMonth(r.Context(), d.From, d.To)
	if err != nil {
		return err
	}
	if was := r.PostForm.Get("was"); was != sumsKey(f.Total()) {
		return s.figuresPage(w, r, http.StatusConflict, d, "没有定稿：您看着的时候数字又变了，下面是现在的数字。看过以后请再定一次。")
	}
	c, err := s.Desk.ClosePeriod(r.Context(), actorOf(r), number, d.From, d.To)
	if err != nil {
		return err
	}
	return s.done(w, r, "/figures?"+d.values().Encode(), "已定稿 "+c.Name+"："+d.Span()+"。数字从此不变，以后的更正会编号列在后面。")
}
