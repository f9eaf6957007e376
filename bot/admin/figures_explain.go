package admin

import (
	"net/http"
	"slices"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// mostLines is how many rows are opened at once, about as many as somebody reads; more
// are opened member by member.
const mostLines = 400

// standingNames are the ways to stand to a round by which rows can be picked, as an
// address names them.
var standingNames = map[string]string{string(ledger.Took): "实参", string(ledger.Excused): "请假", string(ledger.Absent): "未参", "due": "应参"}

// explainView is a figure opened to its rows.
type explainView struct {
	days
	E        staff.Explanation
	Row      figureRow // whose it is
	Standing string    // only those, in words; "" all
	People   []explainedView
	One      bool
	Within   *closedView // the closed period that the days are a part of, if it was corrected since
}

// explainedView is one member of it.
type explainedView struct {
	figureRow
	Member ledger.Member
	Lines  []staff.Line
}

func (s *Server) explainFigure(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	d, err := s.daysAsked(q)
	if err != nil {
		return err
	}
	standing := q.Get("standing")
	if _, known := standingNames[standing]; !known && standing != "" {
		return bot.Invalid.Sayf("没有“%s”这一种，请从“情况”页点数字进来。", standing)
	}
	e, err := s.Desk.ExplainOf(r.Context(), q.Get("of"), d.From, d.To, mostLines)
	if err != nil {
		return err
	}
	v := explainView{days: d, E: e, Row: figureRow{Counts: e.Counts, days: d, Of: q.Get("of")}, Standing: standingNames[standing], One: len(e.People) == 1}
	for _, p := range e.People {
		one := explainedView{figureRow: figureRow{Counts: p.Counts, days: d, Of: p.Member.Number, Name: p.Member.Name}, Member: p.Member, Lines: p.Lines}
		if standing != "" {
			one.Lines = slices.DeleteFunc(one.Lines, func(l staff.Line) bool { return !stands(l, standing) })
			if countOf(p.Counts, standing) == 0 {
				continue
			}
		}
		v.People = append(v.People, one)
	}
	if v.Within, err = s.correctedWithin(r, d); err != nil {
		return err
	}
	return s.render(w, r, "explain", "依据："+e.Subject, v)
}

// stands reports whether a row is one of those picked.
func stands(l staff.Line, standing string) bool {
	if !l.Counted {
		return false
	}
	return string(l.Standing) == standing || standing == "due" && (l.Standing == ledger.Took || l.Standing == ledger.Absent)
}

// countOf is how many rows are picked.
func countOf(c ledger.Counts, standing string) int {
	return map[string]int{string(ledger.Took): c.Took, string(ledger.Excused): c.Excused, string(ledger.Absent): c.Absent, "due": c.Due()}[standing]
}

// correctedWithin is the closed period that some days are a part of, if it was corrected
// since: its report then has other figures than these rows.
func (s *Server) correctedWithin(r *http.Request, d days) (*closedView, error) {
	closed, err := s.closedViews(r)
	if err != nil {
		return nil, err
	}
	for _, c := range closed {
		if c.days != d && c.days.From <= d.From && d.To <= c.days.To && len(c.Changes) > 0 {
			return &c, nil
		}
	}
	return nil, nil
}
