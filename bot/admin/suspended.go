package admin

import (
	"fmt"
	"net/http"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// suspendedRoutes are those of the questions that are not asked until they are looked at.
func (s *Server) suspendedRoutes() []route {
	return []route{
		{pattern: "GET /suspended", least: leastRole, handle: s.showSuspended},
		{pattern: "POST /suspended/{id}", least: ledger.RoleEdit, handle: s.approveQuestion},
	}
}

// suspendedQuestion is a question with what it rests on, as that reads now.
type suspendedQuestion struct {
	*corpus.Question
	Basis []basis
}

// basis is an article that a question rests on.
type basis struct{ Cite, Text string }

func (s *Server) showSuspended(w http.ResponseWriter, r *http.Request) error {
	list, err := s.Desk.Suspended(r.Context())
	if err != nil {
		return err
	}
	c, release := s.Desk.Library()
	defer release()
	questions := make([]suspendedQuestion, len(list))
	for i, q := range list {
		questions[i].Question = q
		for _, cite := range q.Cites {
			b := basis{cite.String(), "这一条现在没有了。"}
			if a := c.Resolve(cite); a != nil {
				b.Cite, b.Text = a.Citation(), a.Text
				if a.Rule.Repealed || a.Deleted {
					b.Cite += "（已经废止）"
				}
			}
			questions[i].Basis = append(questions[i].Basis, b)
		}
	}
	return s.render(w, r, "suspended", "停用的题", questions)
}

// approveQuestion ends the suspension of one that somebody has read.
func (s *Server) approveQuestion(w http.ResponseWriter, r *http.Request) error {
	list, err := s.Desk.Approve(r.Context(), actorOf(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.done(w, r, "/suspended", fmt.Sprintf("已核准 %s，以后照常出题。", list[0].ID))
}
