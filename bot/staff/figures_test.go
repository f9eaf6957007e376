package staff_test

import (
	"bytes"
	"fmt"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/office"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// twoMonths gives a room rounds in November and in December.
func twoMonths(t *testing.T, w ledgertest.Where) *room {
	r := newRoom(t, w)
	r.passed(1, 2, 3, 20, 27, 28)
	for i, day := range []corpus.Date{"2026-12-01", "2026-12-02", "2026-12-09"} {
		opened := r.now.AddDate(0, 0, i)
		_, err := r.desk.Ledger.OpenRound(t.Context(), ledger.Round{Day: day, Question: corpus.Question{ID: "q", Text: "几天？"}, Opened: opened, Closes: opened.AddDate(0, 0, 7)})
		r.must(err)
	}
	_, err := r.desk.Ledger.Answer(t.Context(), ledger.Answer{Round: "2026-12-01", Member: "A02", At: r.now})
	r.must(err)
	r.now = r.now.AddDate(0, 0, 20)
	return r
}

func months(list []staff.MonthFigures) (said []string) {
	for _, m := range list {
		said = append(said, fmt.Sprintf("%s..%s %d: %v", m.From, m.To, m.Rounds, m.Counts))
	}
	return said
}

// The months and the groups add up to the report, before the period is closed and
// after, whatever is changed then.
func TestByMonth(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := twoMonths(t, w)
		check := func(want ...string) {
			t.Helper()
			f, err := r.desk.ByMonth(t.Context(), "2026-11-01", "2026-12-15")
			r.must(err)
			report, err := r.desk.Report(t.Context(), "2026-11-01", "2026-12-15")
			r.must(err)
			var sum ledger.Counts
			add := func(c ledger.Counts) {
				sum = ledger.Counts{Took: sum.Took + c.Took, Excused: sum.Excused + c.Excused, Absent: sum.Absent + c.Absent}
			}
			for _, m := range f.Months {
				add(m.Counts)
			}
			if sum != report.Total() || f.Total() != sum {
				t.Errorf("the months add up to %v, the report has %v", sum, report.Total())
			}
			for kind, groups := range map[string][]staff.GroupFigures{"界别": f.Sectors, "专委会": f.Committees} {
				sum = ledger.Counts{}
				for _, g := range groups {
					before := sum
					for _, m := range g.Months {
						add(m.Counts)
					}
					if within := (ledger.Counts{Took: sum.Took - before.Took, Excused: sum.Excused - before.Excused, Absent: sum.Absent - before.Absent}); within != g.Counts {
						t.Errorf("%s %q: its months add up to %v, not %v", kind, g.Name, within, g.Counts)
					}
				}
				if sum != report.Total() {
					t.Errorf("%s add up to %v, the report has %v", kind, sum, report.Total())
				}
			}
			got := append(months(f.Months), fmt.Sprintf("%s %v", f.Sectors[0].Name, months(f.Sectors[0].Months)), fmt.Sprintf("%q", f.Sectors[1].Name))
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		}
		all := []string{"2026-11-01..2026-11-30 5: {5 1 7}", "2026-12-01..2026-12-15 3: {1 0 5}",
			"教育界 [2026-11-01..2026-11-30 5: {4 0 1} 2026-12-01..2026-12-15 3: {0 0 3}]", `""`}
		check(all...)
		_, err := r.desk.ClosePeriod(t.Context(), boss, "S01", "2026-11-01", "2026-12-15")
		r.must(err)
		_, err = r.desk.Correct(t.Context(), boss, "A01", "2026-12-02", ledger.Took, "漏记")
		r.must(err)
		check(all...)
	})
}

// A figure is opened by whom it is, also those of whom the 界别 is not known, and with
// too many rows its people are told alone.
func TestExplainOf(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := twoMonths(t, w)
		for _, tt := range []struct {
			who, subject string
			most, people int
			folded       bool
		}{
			{"", "全体委员", 0, 3, false}, {"", "全体委员", 24, 3, false}, {"", "全体委员", 23, 3, true}, {"A01", "张三（A01）", 1, 1, false},
			{"界别 教育界", "界别 教育界", 8, 1, false}, {"界别 （未填）", "界别 （未填）", 1, 2, true}, {"专委会 （未填）", "专委会 （未填）", 99, 3, false},
		} {
			e, err := r.desk.ExplainOf(t.Context(), tt.who, "2026-11-01", "2026-12-31", tt.most)
			r.must(err)
			if e.Subject != tt.subject || len(e.People) != tt.people || e.Folded != tt.folded || (len(e.People[0].Lines) == 0) != tt.folded {
				t.Errorf("%q, at most %d: %s, %d people, folded %v", tt.who, tt.most, e.Subject, len(e.People), e.Folded)
			}
		}
		for _, who := range []string{"专委会 教育界", "界别 没有", "（未填）"} {
			_, err := r.desk.ExplainOf(t.Context(), who, "2026-11-01", "2026-12-31", 0)
			r.refused(who, err, bot.NotFound, "没有“")
		}
	})
}

// A report of one member has nobody else's rows, and says why there is none.
func TestMemberReport(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := twoMonths(t, w)
		r.desk.Unit = "某市政协"
		report, err := r.desk.MemberReport(t.Context(), "Ａ02", "2026-11-01", "2026-12-31")
		r.must(err)
		if report.Unit != "某市政协" || len(report.Rows) != 1 || report.Rows[0].Member.Name != "李四" || report.Rows[0].Counts != (ledger.Counts{Took: 2, Excused: 1, Absent: 5}) {
			t.Errorf("%+v", report.Rows)
		}
		var b bytes.Buffer
		r.must(office.WriteEach(&b, report, r.now))
		for number, want := range map[string]string{"A09": "花名册里没有编号 A09", "S01": "是工作人员，不计入"} {
			if _, err := r.desk.MemberReport(t.Context(), number, "2026-11-01", "2026-12-31"); err == nil || !bytes.Contains([]byte(err.Error()), []byte(want)) {
				t.Errorf("%s: %v", number, err)
			}
		}
	})
}
