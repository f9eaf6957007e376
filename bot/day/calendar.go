package day

import (
	"fmt"
	"sync"
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
	lunar "github.com/6tail/lunar-go/calendar"
	"github.com/pelletier/go-toml/v2"

	"lianwen/corpus"
)

// Calendar knows which days are working days and when the festivals are. The
// State Council announces the days off of a year in the November before; until
// they are known, Monday to Friday are taken for working days.
type Calendar struct {
	days  map[corpus.Date]bool // working or not, where it differs from the library
	years map[int]bool         // the years that days has
	known sync.Map             // of *almanac by year: working them out takes longer than a plan may
}

// almanac is what is particular about the days of a year.
type almanac struct {
	festivals map[corpus.Date][]string // 中秋 and 国庆 can be one day
	workdays  map[corpus.Date]bool     // as announced, where that says something
}

// almanac is that of a year.
func (c *Calendar) almanac(year int) *almanac {
	if a, ok := c.known.Load(year); ok {
		return a.(*almanac)
	}
	a := &almanac{festivals: map[corpus.Date][]string{}, workdays: map[corpus.Date]bool{}}
	for _, name := range corpus.Festivals {
		day := Festival(name, year)
		a.festivals[day] = append(a.festivals[day], name)
	}
	for e := HolidayUtil.GetHolidaysByYear(year).Front(); e != nil; e = e.Next() {
		if h, ok := e.Value.(*HolidayUtil.Holiday); ok {
			a.workdays[corpus.Date(h.GetDay())] = h.IsWork()
		}
	}
	c.known.Store(year, a)
	return a
}

// festivalsOn are the festivals on a day.
func (c *Calendar) festivalsOn(day time.Time) []string {
	return c.almanac(day.Year()).festivals[corpus.DateOf(day)]
}

// nearFestival reports whether a festival is on a day or at most so many days
// after.
func (c *Calendar) nearFestival(day time.Time, days int) bool {
	for n := range days + 1 {
		if len(c.festivalsOn(day.AddDate(0, 0, n))) > 0 {
			return true
		}
	}
	return false
}

// NewCalendar returns the calendar of the library that is built in, changed by
// text, a file that staff can write when a year is announced:
//
//	[2027]
//	off = ["2027-01-01", "2027-01-02"]     # 放假
//	work = ["2027-01-03"]                  # 调休上班
//
// A year in it stands for itself alone. An empty text changes nothing.
func NewCalendar(text string) (*Calendar, error) {
	var years map[string]struct {
		Off  []string `toml:"off"`
		Work []string `toml:"work"`
	}
	if err := toml.Unmarshal([]byte(text), &years); err != nil {
		return nil, fmt.Errorf("read calendar: %w", err)
	}
	c := &Calendar{days: map[corpus.Date]bool{}, years: map[int]bool{}}
	for name, year := range years {
		first, err := time.Parse("2006", name)
		if err != nil {
			return nil, fmt.Errorf("read calendar: %q is no year", name)
		}
		c.years[first.Year()] = true
		for work, list := range map[bool][]string{false: year.Off, true: year.Work} {
			for _, day := range list {
				t, err := time.Parse(time.DateOnly, day)
				if err != nil || t.Year() != first.Year() {
					return nil, fmt.Errorf("read calendar: %q is no day of %s", day, name)
				}
				if _, twice := c.days[corpus.Date(day)]; twice {
					return nil, fmt.Errorf("read calendar: %s is there twice", day)
				}
				c.days[corpus.Date(day)] = work
			}
		}
	}
	return c, nil
}

// Workday reports whether a day is worked.
func (c *Calendar) Workday(day time.Time) bool {
	weekday := day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
	if c.years[day.Year()] {
		if work, ok := c.days[corpus.DateOf(day)]; ok {
			return work
		}
		return weekday
	}
	if work, ok := c.almanac(day.Year()).workdays[corpus.DateOf(day)]; ok {
		return work
	}
	return weekday
}

// Announced reports whether the days off of a year are known.
func (c *Calendar) Announced(year int) bool {
	return c.years[year] || len(c.almanac(year).workdays) > 0
}

// Festival is the day of a festival of corpus.Festivals itself, which is not
// always the first day off; "" for one that is not known.
func Festival(name string, year int) corpus.Date {
	switch name {
	case "元旦":
		return corpus.Date(fmt.Sprintf("%d-01-01", year))
	case "五一":
		return corpus.Date(fmt.Sprintf("%d-05-01", year))
	case "国庆":
		return corpus.Date(fmt.Sprintf("%d-10-01", year))
	case "春节":
		return lunarDay(year, 1, 1)
	case "端午":
		return lunarDay(year, 5, 5)
	case "中秋":
		return lunarDay(year, 8, 15)
	case "清明": // the solar term, on 4 to 6 April
		for day := 4; day <= 6; day++ {
			if lunar.NewSolarFromYmd(year, 4, day).GetLunar().GetJieQi() == name {
				return corpus.Date(fmt.Sprintf("%d-04-%02d", year, day))
			}
		}
	}
	return ""
}

// lunarDay is the day of the lunar year that begins in a solar year.
func lunarDay(year, month, day int) corpus.Date {
	return corpus.Date(lunar.NewLunarFromYmd(year, month, day).GetSolar().ToYmd())
}
