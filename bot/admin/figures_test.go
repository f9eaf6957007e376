package admin

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// asked gives a site three questions in October and two in November, all closed: A01
// has answered all but the last, A02 the first and been on leave for the second.
func (s *site) asked() {
	s.t.Helper()
	ctx := s.t.Context()
	for i, day := range []corpus.Date{"2026-10-12", "2026-10-13", "2026-10-14", "2026-11-02", "2026-11-03"} {
		opened, err := time.ParseInLocation("2006-01-02", string(day), s.now.Location())
		must(s.t, err)
		opened = opened.Add(9 * time.Hour)
		_, err = s.Desk.Ledger.OpenRound(ctx, ledger.Round{Day: day, Question: corpus.Question{ID: fmt.Sprint("q", i), Text: "几天？<b>"}, Opened: opened, Closes: opened.AddDate(0, 0, 7)})
		must(s.t, err)
		for _, number := range []string{"A01", "A02"} {
			if number == "A01" && i < 4 || i == 0 {
				_, err = s.Desk.Ledger.Answer(ctx, ledger.Answer{Round: day, Member: number, At: opened.Add(time.Hour), Channel: "wechat"})
				must(s.t, err)
			}
		}
	}
	must(s.t, s.Desk.Ledger.Excuse(ctx, ledger.Leave{Member: "A02", From: "2026-10-13", To: "2026-10-13", Reason: "住院", Actor: "member A02"}, s.now.AddDate(0, 0, -60)))
}

func TestFigures(t *testing.T) {
	s := newSite(t)
	s.asked()
	c := s.as(ledger.RoleView)
	status, body := c.get("/figures?period=2026")
	says(t, status, body, http.StatusOK, "2026年10月")
}

func TestFiguresInBrowser(t *testing.T) {
	s := newSite(t)
	s.asked()
	b := newBrowser(t, s, ledger.RoleAdmin)
	b.looks("/figures?period=2026", "figures")
	b.looks("/figures/explain?from=2026-10-01&to=2026-10-31", "explain")
}
