package admin

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// peoplePage is how many of the roster stand on one page.
const peoplePage = 100

func (s *Server) peopleRoutes() []route {
	return []route{
		{pattern: "GET /people", least: ledger.RoleView, handle: s.showPeople},
		{pattern: "GET /people/{number}", least: ledger.RoleView, handle: s.showPerson},
		{pattern: "POST /people/{number}/unbind", least: ledger.RoleAdmin, handle: s.personForm("unbind", s.unbindPerson)},
		{pattern: "POST /people/{number}/leave", least: ledger.RoleEdit, handle: s.personForm("leave", s.excusePerson)},
		{pattern: "POST /people/{number}/back", least: ledger.RoleEdit, handle: s.personForm("back", s.takeBackLeave)},
		{pattern: "POST /people/{number}/correct", least: ledger.RoleEdit, handle: s.personForm("correct", s.correctPerson)},
		{pattern: "GET /people/import", least: ledger.RoleAdmin, handle: s.showRosterImport},
		{pattern: "POST /people/import", least: ledger.RoleAdmin, handle: s.readRoster, upload: true},
		{pattern: "GET /people/import/{job}", least: ledger.RoleAdmin, handle: s.previewRoster},
		{pattern: "POST /people/import/apply", least: ledger.RoleAdmin, handle: s.applyRoster},
		{pattern: "GET /people/import/template", least: ledger.RoleAdmin, handle: s.rosterForm},
		{pattern: "GET /people/import/roster", least: ledger.RoleAdmin, handle: s.rosterFile},
		{pattern: "GET /people/codes", least: ledger.RoleEdit, handle: s.showCodes},
		{pattern: "POST /people/codes", least: ledger.RoleEdit, handle: s.makeCodes},
	}
}

// person is somebody on a page.
type person struct{ staff.Person }

// Path is the page about them.
func (p person) Path() string { return personPath(p.Number) }

func personPath(number string) string { return "/people/" + url.PathEscape(number) }

// Phone is their telephone number with its middle hidden.
func (p person) Phone() string { return maskPhone(p.Member.Phone) }

// maskPhone hides the middle of a telephone number, and a short one wholly.
func maskPhone(phone string) string {
	switch n := utf8.RuneCountInString(phone); {
	case n == 0:
		return ""
	case n < 8:
		return strings.Repeat("*", n)
	default:
		r := []rune(phone)
		return string(r[:3]) + strings.Repeat("*", n-5) + string(r[n-2:])
	}
}

// Channels are those on which they are bound, in words.
func (p person) Channels() (list []channelBinding) {
	for _, b := range p.Bound {
		list = append(list, channelBinding{b, staff.ChannelName(b.Channel)})
	}
	return list
}

// channelBinding is a binding with the name of its channel.
type channelBinding struct {
	ledger.Binding
	Name string
}

// peopleView is the roster, a page of it.
type peopleView struct {
	staff.PeopleFilter
	Sectors, Committees   []string
	Roles, Bounds         []string
	Rows                  []person
	Found                 int
	Page, Pages           int
	All, Members, BoundTo int // on the roster: all, members (委员), bound anywhere
}

func (s *Server) showPeople(w http.ResponseWriter, r *http.Request) error {
	list, err := s.Desk.People(r.Context())
	if err != nil {
		return err
	}
	v := newPeopleView(filterOf(r), list)
	found := v.PeopleFilter.Of(list)
	v.Found, v.Pages = len(found), max(1, (len(found)+peoplePage-1)/peoplePage)
	page, err := strconv.Atoi(r.FormValue("page"))
	if err != nil {
		page = 1
	}
	v.Page = min(max(page, 1), v.Pages)
	for _, p := range found[min(len(found), (v.Page-1)*peoplePage):min(len(found), v.Page*peoplePage)] {
		v.Rows = append(v.Rows, person{p})
	}
	return s.render(w, r, "people", "人员", v)
}

func newPeopleView(f staff.PeopleFilter, list []staff.Person) peopleView {
	v := peopleView{PeopleFilter: f, Roles: []string{staff.IsMember, staff.IsStaff}, Bounds: []string{staff.IsBound, staff.IsUnbound}}
	v.Sectors, v.Committees = staff.Groups(list)
	for _, p := range list {
		if p.Left != "" {
			continue
		}
		v.All++
		if !p.Staff {
			v.Members++
		}
		if len(p.Bound) > 0 {
			v.BoundTo++
		}
	}
	return v
}

// filterOf is the filter that an address names.
func filterOf(r *http.Request) staff.PeopleFilter {
	return staff.PeopleFilter{
		Text: strings.TrimSpace(r.FormValue("q")), Sector: r.FormValue("sector"), Committee: r.FormValue("committee"),
		Role: r.FormValue("role"), Bound: r.FormValue("bound"), Left: r.FormValue("left") != "",
	}
}

// Query is the filter as an address names it.
func (v peopleView) Query() string {
	q := url.Values{}
	for name, value := range map[string]string{"q": v.Text, "sector": v.Sector, "committee": v.Committee, "role": v.Role, "bound": v.PeopleFilter.Bound} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if v.Left {
		q.Set("left", "1")
	}
	return q.Encode()
}

// At is the address of a page of it.
func (v peopleView) At(page int) string {
	query := v.Query()
	if query != "" {
		query += "&"
	}
	return "/people?" + query + "page=" + strconv.Itoa(page)
}
