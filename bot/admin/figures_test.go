package admin

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// rounds gives a site three questions in October and two in November, all closed: A01
// has answered all but the last, A02 the first and been on leave for the second.
func (s *site) rounds() {
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

// texts is a page without its tags and with single spaces.
func texts(body string) string {
	return strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " ")), " ")
}

// The page has the figures of the year by month and by group, each leading to its rows;
// those of whom the 专委会 is not known come last, and nobody is ranked.
func TestFigures(t *testing.T) {
	s := newSite(t)
	s.rounds()
	c := s.as(ledger.RoleView)
	status, body := c.get("/figures")
	says(t, status, body, http.StatusOK, "2026年1月1日至2026年12月31日", "已截止的题 5 道", "<svg", `role="img"`,
		`href="/figures/explain?from=2026-10-01&amp;standing=absent&amp;to=2026-10-31"`, `href="/figures/report/workbook?from=2026-01-01&amp;to=2026-12-31"`,
		`href="/figures/groups?from=2026-01-01&amp;to=2026-12-31&amp;kind=%e7%95%8c%e5%88%ab"`, "定稿由“管理”账号来做")
	plain := texts(body)
	for _, want := range []string{
		"委员 2 应参 9 实参 5 请假 1 未参 4 参与率 55.6%", "2026年10月 3 5 4 1 1 80.0% 2026年11月 2 4 1 0 3 25.0% 合计 5 9 5 1 4 55.6%",
		"教育界 1 5 4 0 1 80.0% 经济界 1 4 1 1 3 25.0% 合计 2 9 5 1 4 55.6%", "提案委员会 1 5 4 0 1 80.0% （未填） 1 4 1 1 3 25.0% 合计", "10月 2026年",
	} {
		if !strings.Contains(plain, want) {
			t.Errorf("%q is not in\n%s", want, plain)
		}
	}
	if strings.Contains(body, "张三") || strings.Contains(body, "/figures/close") {
		t.Error("a person, or a form to close, is on the page of who may only look")
	}
	for _, link := range regexp.MustCompile(`href="(/figures/explain[^"]*)"`).FindAllStringSubmatch(body, -1) {
		if status, body := c.get(html.UnescapeString(link[1])); status != http.StatusOK || strings.Contains(body, "没有这样的记录") {
			t.Errorf("%s: %d, %s", link[1], status, texts(body))
		}
	}
	status, body = c.get("/figures?period=2024")
	says(t, status, body, http.StatusOK, "这段时间还没有已截止的题")
}

func TestFigureGroups(t *testing.T) {
	s := newSite(t)
	s.rounds()
	c := s.as(ledger.RoleView)
	status, body := c.get("/figures/groups?period=2026&kind=" + url.QueryEscape("专委会"))
	says(t, status, body, http.StatusOK)
	if plain := texts(body); !strings.Contains(plain, "提案委员会 3 / 3 1 / 2 4 / 5 （未填） 1 / 2 0 / 2 1 / 4 合计 4 / 5 1 / 4 5 / 9") {
		t.Error(plain)
	}
	status, body = c.get("/figures/groups?period=2026&kind=x")
	says(t, status, body, http.StatusNotFound, "没有这一种分法")
}

// The days are a period by name, or typed; what is typed over what was shown holds.
func TestDaysAsked(t *testing.T) {
	s := newSite(t)
	for query, want := range map[string]string{
		"": "2026-01-01 2026-12-31", "period=2025": "2025-01-01 2025-12-31", "period=2026-q1": "2026-01-01 2026-03-31", "period=2024-02": "2024-02-01 2024-02-29",
		"from=2026-03-05&to=2026-03-06":                                         "2026-03-05 2026-03-06",
		"period=2025&from=2026-03-05&to=2026-03-06":                             "2025-01-01 2025-12-31",
		"period=2025&from=2026-01-01&to=2026-12-31&shown=2026-01-01+2026-12-31": "2025-01-01 2025-12-31",
		"period=2026&from=2026-03-05&to=2026-12-31&shown=2026-01-01+2026-12-31": "2026-03-05 2026-12-31",
		"period=days&from=2026-03-05&to=2026-03-05&shown=2026-03-05+2026-03-05": "2026-03-05 2026-03-05",
		"period=2026-12": "2026-12-01 2026-12-31",
	} {
		q, err := url.ParseQuery(query)
		must(t, err)
		d, err := s.daysAsked(q)
		if got := string(d.From + " " + d.To); got != want || err != nil {
			t.Errorf("%s: %s, %v, want %s", query, got, err, want)
		}
	}
	c := s.as(ledger.RoleView)
	for query, want := range map[string]string{
		"period=2027": "没有“2027”这一段时间", "period=2026-13": "没有“2026-13”", "from=2026-03-05": "请把起止日期都写上", "period=days": "请把起止日期都写上",
		"from=2026-02-30&to=2026-03-01": "不是日期", "from=2026-03-02&to=2026-03-01": "之前", "from=<i>&to=2026": "&lt;i&gt;",
	} {
		status, body := c.get("/figures?" + query)
		says(t, status, body, http.StatusBadRequest, want, "2026年1月1日至2026年12月31日")
	}
	if groups := s.choices(yearDays(2026)); len(groups[1].Choices) != 12 || groups[1].Choices[0].Value != "2026-q4" || groups[2].Choices[0].Value != "2026-12" || (figuresView{Choices: groups}).Typed() {
		t.Errorf("%+v", groups)
	}
	if !(figuresView{Choices: s.choices(days{"2026-03-05", "2026-03-06"})}).Typed() {
		t.Error("days that have no name are not told to be typed")
	}
}

// The bars are as high as their numbers, under a round one, and a year is named where
// it begins.
func TestChart(t *testing.T) {
	if newChart(nil) != nil {
		t.Error("a chart of nothing")
	}
	month := func(from corpus.Date, took, absent int) staff.MonthFigures {
		return staff.MonthFigures{From: from, Counts: ledger.Counts{Took: took, Absent: absent}}
	}
	c := newChart([]staff.MonthFigures{month("2025-12-03", 150, 50), month("2026-01-01", 0, 0), month("2026-02-01", 100, 0)})
	if len(c.Lines) != 5 || c.Lines[4].Number != 200 || c.Lines[4].Y != chartTop || c.Lines[0].Y != c.Base {
		t.Errorf("lines %+v", c.Lines)
	}
	if b := c.Months[0]; b.Due.Height != chartTall || b.Took.Height != chartTall*3/4 || b.Took.Y+b.Took.Height != c.Base || b.Rate != "75.0%" || b.Year != "2025年" || b.Name != "12月" {
		t.Errorf("December: %+v", b)
	}
	if b := c.Months[1]; b.Due.Height != 0 || b.Rate != "—" || b.Year != "2026年" || c.Months[2].Year != "" || c.Months[2].Due.X <= b.Took.X {
		t.Errorf("January: %+v", b)
	}
	for most, want := range map[int]int{1: 1, 4: 1, 5: 2, 8: 2, 9: 5, 20: 5, 21: 10, 6300: 2000, 8000: 2000, 8001: 5000} {
		if got := niceStep(most); got != want {
			t.Errorf("steps up to %d: %d, want %d", most, got, want)
		}
	}
	if c := newChart([]staff.MonthFigures{month("2026-01-01", 0, 0)}); c.Months[0].Due.Height != 0 {
		t.Errorf("nobody was due: %+v", c)
	}
}
