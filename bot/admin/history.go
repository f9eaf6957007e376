package admin

import (
	"net/http"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

func (s *Server) historyRoutes() []route {
	return []route{{pattern: "GET /settings/history", least: leastRole, handle: s.showHistory}}
}

// historyPage is what was done, by whom.
type historyPage struct {
	Actors []staff.Actor
	By     ledger.Actor // whose deeds alone are shown; "": all
	Deeds  []deedLine
	Older  int64 // the row before which there are others; 0: there are none
	Newer  bool  // these are not the newest
	Head   ledger.Head
}

// deedLine is a deed for people.
type deedLine struct {
	Row               int64
	At                time.Time
	Who, What, Detail string
}

// deedsShown is how many deeds are on a page.
const deedsShown = 100

func (s *Server) showHistory(w http.ResponseWriter, r *http.Request) error {
	ctx, before := r.Context(), row(r, "before")
	p := historyPage{By: ledger.Actor(r.FormValue("by")), Newer: before > 0}
	var err error
	if p.Head, err = s.Desk.Ledger.Head(ctx); err != nil {
		return err
	}
	if p.Actors, err = s.Desk.Actors(ctx); err != nil {
		return err
	}
	deeds, err := s.Desk.PastDeeds(ctx, before, p.By, deedsShown+1)
	if err != nil {
		return err
	}
	if len(deeds) > deedsShown {
		deeds = deeds[:deedsShown]
		p.Older = deeds[deedsShown-1].Row
	}
	for _, d := range deeds {
		line := deedLine{Row: d.Row, At: d.At.In(s.Desk.Location)}
		line.Who, line.What, line.Detail = staff.DeedInWords(d.Deed)
		p.Deeds = append(p.Deeds, line)
	}
	return s.render(w, r, "history", "操作记录", p)
}
