package admin

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// choice is a period that can be chosen; choiceGroup those of one kind.
type (
	choice struct {
		days
		Value, Name string
		Chosen      bool
	}
	choiceGroup struct {
		Name    string
		Choices []choice
	}
)

// ownDays is the choice of days that are typed.
const ownDays = "days"

// yearsBack is how many years before this one can be chosen by name; others are typed.
const yearsBack = 2

// thisYear is this year, whole: so that it is the same period all year long.
func (s *Server) thisYear() days { return yearDays(s.here().Year()) }

func yearDays(year int) days {
	return days{corpus.Date(fmt.Sprintf("%d-01-01", year)), corpus.Date(fmt.Sprintf("%d-12-31", year))}
}

// monthDays are so many months from one on.
func monthDays(year, month, months int) days {
	first := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	return days{corpus.DateOf(first), corpus.DateOf(first.AddDate(0, months, -1))}
}

// choices are the periods that can be chosen by name, newest first, up to now; the one
// that is shown is chosen, and else the days that are typed.
func (s *Server) choices(shown days) []choiceGroup {
	year, month := s.here().Year(), int(s.here().Month())
	groups := []choiceGroup{{Name: "年"}, {Name: "季度"}, {Name: "月"}}
	add := func(group int, value, name string, d days) {
		groups[group].Choices = append(groups[group].Choices, choice{d, value, name, d == shown})
	}
	for y := year; y >= year-yearsBack; y-- {
		add(0, fmt.Sprint(y), fmt.Sprintf("%d年", y), yearDays(y))
		for q := 4; q >= 1; q-- {
			if y < year || 3*q-2 <= month {
				add(1, fmt.Sprintf("%d-q%d", y, q), fmt.Sprintf("%d年第%d季度", y, q), monthDays(y, 3*q-2, 3))
			}
		}
		for m := 12; m >= 1; m-- {
			if y < year || m <= month {
				add(2, fmt.Sprintf("%d-%02d", y, m), fmt.Sprintf("%d年%d月", y, m), monthDays(y, m, 1))
			}
		}
	}
	return groups
}

// Typed reports whether the days are none that can be chosen by name.
func (v figuresView) Typed() bool {
	for _, g := range v.Choices {
		for _, c := range g.Choices {
			if c.Chosen {
				return false
			}
		}
	}
	return true
}

// daysAsked are the days that a form or a link asks for: from one day to another, or a
// period by name, unless days were typed over those that were shown with it; without
// either this year.
func (s *Server) daysAsked(q url.Values) (days, error) {
	typed := q.Has("shown") && q.Get("shown") != q.Get("from")+" "+q.Get("to")
	if period := q.Get("period"); period != "" && period != ownDays && !typed {
		for _, g := range s.choices(days{}) {
			for _, c := range g.Choices {
				if c.Value == period {
					return c.days, nil
				}
			}
		}
		return days{}, bot.Invalid.Sayf("没有“%s”这一段时间，请在下面选一个，或者写上起止日期。", period)
	}
	from, to := strings.TrimSpace(q.Get("from")), strings.TrimSpace(q.Get("to"))
	switch {
	case from == "" && to == "" && !q.Has("period"):
		return s.thisYear(), nil
	case from == "" || to == "":
		return days{}, bot.Invalid.Sayf("请把起止日期都写上，如 2026-03-01 和 2026-03-31。")
	}
	first, last, err := staff.DateRange(from, to)
	return days{first, last}, err
}
