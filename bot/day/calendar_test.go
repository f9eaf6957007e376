package day_test

import (
	"testing"
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"

	"lianwen/bot/day"
	"lianwen/corpus"
)

// Dates of festivals, from the almanacs of the years.
func TestFestival(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		year int
		want corpus.Date
	}{
		{"元旦", 2027, "2027-01-01"}, {"春节", 2026, "2026-02-17"}, {"春节", 2027, "2027-02-06"}, {"春节", 2033, "2033-01-31"},
		{"清明", 2026, "2026-04-05"}, {"清明", 2028, "2028-04-04"}, {"端午", 2026, "2026-06-19"}, {"端午", 2027, "2027-06-09"},
		{"中秋", 2026, "2026-09-25"}, {"中秋", 2028, "2028-10-03"}, {"国庆", 2026, "2026-10-01"}, {"五一", 2026, "2026-05-01"},
		{"重阳", 2026, ""},
	} {
		if got := day.Festival(tt.name, tt.year); got != tt.want {
			t.Errorf("%s %d: %s, want %s", tt.name, tt.year, got, tt.want)
		}
	}
}

// Working days as the State Council has announced them for 2026.
func TestWorkday(t *testing.T) {
	t.Parallel()
	c := calendar(t, "[2027]\noff = [\"2027-01-01\"]\nwork = [\"2027-01-09\"]\n")
	for day, want := range map[string]bool{
		"2026-01-01": false, "2026-01-04": true, // a Sunday made up for
		"2026-02-14": true, "2026-02-17": false, "2026-10-01": false, "2026-10-10": true, "2026-11-24": true, "2026-11-28": false,
		"2027-01-01": false, "2027-01-08": true, "2027-01-09": true, "2027-01-10": false,
		"2028-02-29": true, "2031-05-03": false,
	} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Workday(at); got != want {
			t.Errorf("%s: %v", day, got)
		}
	}
	if !c.Announced(2026) || !c.Announced(2027) || c.Announced(2040) {
		t.Error("announced years are wrong")
	}
	for _, bad := range []string{"[2027", "[mars]\noff=[]", "[2027]\noff=[\"2026-01-01\"]", "[2027]\noff=[\"2027-02-30\"]", "[2027]\noff=[\"2027-01-01\"]\nwork=[\"2027-01-01\"]", "x = 1"} {
		if _, err := day.NewCalendar(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

// Every day that was ever announced is as the library has it.
func TestWorkdaysAnnounced(t *testing.T) {
	t.Parallel()
	c := calendar(t, "")
	announced := 0
	for day := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2028; day = day.AddDate(0, 0, 1) {
		want := day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
		if h := HolidayUtil.GetHolidayByYmd(day.Year(), int(day.Month()), day.Day()); h != nil {
			want = h.IsWork()
			announced++
		}
		if c.Workday(day) != want {
			t.Errorf("%s: %v", day.Format(time.DateOnly), !want)
		}
	}
	if announced < 400 {
		t.Errorf("only %d days were announced", announced)
	}
}
