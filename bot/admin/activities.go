package admin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

func (s *Server) activityRoutes() []route {
	return []route{
		{pattern: "GET /activities", least: ledger.RoleView, handle: s.showActivities},
		{pattern: "POST /activities/strike", least: ledger.RoleEdit, handle: s.strikeActivity},
		{pattern: "GET /activities/import", least: ledger.RoleEdit, handle: s.showActivityImport},
		{pattern: "POST /activities/import", least: ledger.RoleEdit, handle: s.readActivities, upload: true},
		{pattern: "GET /activities/import/{job}", least: ledger.RoleEdit, handle: s.previewActivities},
		{pattern: "POST /activities/import/apply", least: ledger.RoleEdit, handle: s.applyActivities},
		{pattern: "GET /activities/template", least: ledger.RoleEdit, handle: s.activityForm},
		{pattern: "GET /activities/file", least: ledger.RoleEdit, handle: s.activityFile},
	}
}

// activityRow is an activity with who is recorded for it.
type activityRow struct {
	ledger.Activity
	Name string
	Who  []string // numbers and names
}

// Was tells apart who is recorded for it: who strikes it out has seen them.
func (a activityRow) Was() string {
	sum := sha256.Sum256([]byte(strings.Join(a.Members, "\n")))
	return hex.EncodeToString(sum[:8])
}

// activitiesView is the activities of some days, a page of them.
type activitiesView struct {
	From, To    corpus.Date
	Wrong       string
	Rows        []activityRow
	Found       int
	Page, Pages int
	Today       corpus.Date
}

// At is the address of a page of it.
func (v activitiesView) At(page int) string {
	return fmt.Sprintf("/activities?from=%s&to=%s&page=%d", v.From, v.To, page)
}

// activityDays are the days that an address names; this year where it names none.
func (s *Server) activityDays(r *http.Request) (from, to corpus.Date, err error) {
	year := string(s.Desk.Today()[:4])
	from, to = corpus.Date(year+"-01-01"), corpus.Date(year+"-12-31")
	if r.FormValue("from") == "" && r.FormValue("to") == "" {
		return from, to, nil
	}
	first, last, err := staff.DateRange(r.FormValue("from"), r.FormValue("to"))
	if err != nil {
		return from, to, bot.Invalid.Sayf("请把起止日期都写上，先后不要颠倒。下面是今年的活动。")
	}
	return first, last, nil
}

func (s *Server) showActivities(w http.ResponseWriter, r *http.Request) error {
	from, to, wrong := s.activityDays(r)
	list, err := s.Desk.Activities(r.Context(), from, to)
	if err != nil {
		return err
	}
	names, err := s.namesOf(r.Context())
	if err != nil {
		return err
	}
	slices.Reverse(list) // the newest first
	v := activitiesView{From: from, To: to, Found: len(list), Pages: max(1, (len(list)+peoplePage-1)/peoplePage), Today: s.Desk.Today()}
	page, err := strconv.Atoi(r.FormValue("page"))
	if err != nil {
		page = 1
	}
	v.Page = min(max(page, 1), v.Pages)
	for _, a := range list[min(len(list), (v.Page-1)*peoplePage):min(len(list), v.Page*peoplePage)] {
		v.Rows = append(v.Rows, activityRow{a, staff.ActivityName(a), names.of(a.Members)})
	}
	status := http.StatusOK
	if wrong != nil {
		v.Wrong, status = bot.Say(wrong), http.StatusBadRequest
	}
	return s.renderStatus(w, r, status, "activities", "活动", v)
}

// nameList is the names of all by their numbers.
type nameList map[string]string

func (s *Server) namesOf(ctx context.Context) (nameList, error) {
	members, err := s.Desk.Ledger.Members(ctx)
	if err != nil {
		return nil, err
	}
	names := nameList{}
	for _, m := range members {
		names[m.Number] = m.Name
	}
	return names, nil
}

// of are numbers with their names.
func (n nameList) of(numbers []string) (list []string) {
	for _, number := range numbers {
		list = append(list, number+" "+n[number])
	}
	return list
}

func (s *Server) strikeActivity(w http.ResponseWriter, r *http.Request) error {
	a := ledger.Activity{Date: corpus.Date(r.PostFormValue("day")), Kind: r.PostFormValue("kind"), Title: r.PostFormValue("title")}
	list, err := s.Desk.Activities(r.Context(), a.Date, a.Date)
	if err != nil {
		return err
	}
	for _, now := range list {
		if now.Kind == a.Kind && now.Title == a.Title && (activityRow{Activity: now}).Was() != r.PostFormValue("was") {
			return bot.Conflict.Sayf("没有取消：刚才有人改了这项活动的参加人，现在是 %d 人。请回到“活动”看过再取消。", len(now.Members))
		}
	}
	if err := s.Desk.StrikeActivity(r.Context(), actorOf(r), a.Date, a.Kind, a.Title); err != nil {
		return err
	}
	return s.done(w, r, "/activities", fmt.Sprintf("已取消：%s的“%s”。", a.Date.Chinese(), staff.ActivityName(a)))
}

func (s *Server) activityForm(w http.ResponseWriter, _ *http.Request) error {
	return s.sendForm(w, "活动表模板.xlsx", func(out io.Writer) error { return office.WriteActivities(out, nil) })
}

// activityFile sends the activities of some days, to be changed and imported again:
// after a meeting, say, with those who came.
func (s *Server) activityFile(w http.ResponseWriter, r *http.Request) error {
	from, to, err := s.activityDays(r)
	if err != nil {
		return err
	}
	list, err := s.Desk.Activities(r.Context(), from, to)
	if err != nil {
		return err
	}
	return s.sendForm(w, fmt.Sprintf("活动表 %s 至 %s.xlsx", from, to), func(out io.Writer) error { return office.WriteActivities(out, list) })
}
