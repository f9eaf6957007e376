package admin

import (
	"net/http"
	"net/url"
	"strconv"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

func (s *Server) figuresRoutes() []route {
	return []route{
		{pattern: "GET /figures", least: ledger.RoleView, handle: s.showFigures},
		{pattern: "GET /figures/groups", least: ledger.RoleView, handle: s.showGroups},
		{pattern: "GET /figures/explain", least: ledger.RoleView, handle: s.explainFigure},
		{pattern: "GET /figures/report/{form}", least: ledger.RoleView, handle: s.sendReport},
		{pattern: "POST /figures/report/summary", least: ledger.RoleView, handle: s.sendOwnSummary, upload: true},
		{pattern: "POST /figures/close", least: ledger.RoleAdmin, handle: s.closeFigures},
	}
}

// figuresView is what the page of the figures shows.
type figuresView struct {
	days
	Choices    []choiceGroup
	Wrong      string // why the days that were asked for are none, or a template cannot be used
	F          staff.Figures
	All        figureRow
	Months     []figureRow
	Groups     []figureTable
	Chart      *chart // nil: there is nothing to draw
	Closed     []closedView
	Was        string // the sums, as they are looked at
	Final      bool   // the days are a period that is closed
	Over       bool   // the days are past, so that they can be closed
	HasMembers bool
}

// figureTable is the members by what they are grouped by.
type figureTable struct {
	Kind string
	Rows []figureRow
}

// figureRow is a line of figures, each of which leads to what it is the sum of.
type figureRow struct {
	ledger.Counts
	days
	Name           string
	Of             string // whose they are, as staff.Desk.ExplainOf reads it
	People, Rounds int
	Months         []figureRow
}

// Rate is 参与率 of a row.
func (f figureRow) Rate() string { return office.Rate(f.Counts) }

// Opened is where the rows of a figure are; of those who stand to a round in one way, or
// of all.
func (f figureRow) Opened(standing string) string {
	v := f.values()
	if f.Of != "" {
		v.Set("of", f.Of)
	}
	if standing != "" {
		v.Set("standing", standing)
	}
	return "/figures/explain?" + v.Encode()
}

// Figure is a number of a row, and where its rows are.
func (f figureRow) Figure(standing string) (n struct {
	Number int
	To     string
}) {
	n.Number, n.To = countOf(f.Counts, standing), f.Opened(standing)
	return n
}

func (s *Server) showFigures(w http.ResponseWriter, r *http.Request) error {
	d, err := s.daysAsked(r.URL.Query())
	if err != nil {
		return s.figuresPage(w, r, http.StatusBadRequest, s.thisYear(), bot.Say(err))
	}
	return s.figuresPage(w, r, http.StatusOK, d, "")
}

// figuresPage shows the figures of some days.
func (s *Server) figuresPage(w http.ResponseWriter, r *http.Request, status int, d days, wrong string) error {
	f, err := s.Desk.ByMonth(r.Context(), d.From, d.To)
	if err != nil {
		return err
	}
	closed, err := s.closedViews(r)
	if err != nil {
		return err
	}
	sum := f.Total()
	v := figuresView{
		days: d, Choices: s.choices(d), Wrong: wrong, F: f, Closed: closed, Chart: newChart(f.Months),
		All: figureRow{Counts: sum, days: d, People: len(f.Rows), Rounds: len(f.Rounds)}, Was: sumsKey(sum),
		Final: len(f.Closed) == 1 && f.Closed[0].From == d.From && f.Closed[0].To == d.To, Over: d.To < s.Desk.Today(),
		Months: monthRows("", f.Months), HasMembers: len(f.Rows) > 0,
	}
	v.Groups = []figureTable{{"界别", groupRows("界别", d, f.Sectors)}, {"专委会", groupRows("专委会", d, f.Committees)}}
	return s.renderStatus(w, r, status, "figures", "情况", v)
}

// groupsView is the groups of one kind by month.
type groupsView struct {
	days
	figureTable
	Months []figureRow
	All    figureRow
}

func (s *Server) showGroups(w http.ResponseWriter, r *http.Request) error {
	d, err := s.daysAsked(r.URL.Query())
	if err != nil {
		return err
	}
	f, err := s.Desk.ByMonth(r.Context(), d.From, d.To)
	if err != nil {
		return err
	}
	v := groupsView{days: d, Months: monthRows("", f.Months), All: figureRow{Counts: f.Total(), days: d}}
	switch kind := r.URL.Query().Get("kind"); kind {
	case "界别":
		v.figureTable = figureTable{kind, groupRows(kind, d, f.Sectors)}
	case "专委会":
		v.figureTable = figureTable{kind, groupRows(kind, d, f.Committees)}
	default:
		return bot.NotFound.Sayf("没有这一种分法，请从“情况”页进来。")
	}
	return s.render(w, r, "groups", "各"+v.Kind+"各月参与情况", v)
}

func monthRows(of string, months []staff.MonthFigures) (rows []figureRow) {
	for _, m := range months {
		rows = append(rows, figureRow{Counts: m.Counts, days: days{m.From, m.To}, Name: office.MonthName(m.From), Of: of, Rounds: m.Rounds})
	}
	return rows
}

func groupRows(kind string, d days, groups []staff.GroupFigures) (rows []figureRow) {
	for _, g := range groups {
		name := g.Name
		if name == "" {
			name = office.Unfilled
		}
		of := kind + " " + name
		rows = append(rows, figureRow{Counts: g.Counts, days: d, Name: name, Of: of, People: g.People, Months: monthRows(of, g.Months)})
	}
	return rows
}

// sumsKey is by what it is noticed that the figures are others than those looked at.
func sumsKey(c ledger.Counts) string {
	return strconv.Itoa(c.Took) + "-" + strconv.Itoa(c.Excused) + "-" + strconv.Itoa(c.Absent)
}

// days are from one day to another.
type days struct{ From, To corpus.Date }

// Span is the days in words.
func (d days) Span() string { return staff.Span(d.From, d.To) }

func (d days) values() url.Values {
	return url.Values{"from": {string(d.From)}, "to": {string(d.To)}}
}
