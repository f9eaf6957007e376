package talk

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"lianwen/corpus"
)

// The ways in which people write a day, and a run of days.
const (
	dayForm   = `(今天|明天|后天|(?:\d{4}[-年./])?\d{1,2}[-月./]\d{1,2}[日号]?)`
	untilForm = `(?:\s*(?:至|到|—+|－|~|～|-)\s*(今天|明天|后天|(?:\d{4}[-年./])?\d{1,2}[-月./]\d{1,2}[日号]?|\d{1,2}[日号]))?`
)

var (
	daysPattern = regexp.MustCompile(`^` + dayForm + untilForm + `(?:\s+|[，,。；;：:]|$)`)
	dayPattern  = regexp.MustCompile(`^(?:(\d{4})[-年./])?(?:(\d{1,2})[-月./])?(\d{1,2})[日号]?$`)
)

// readDays reads one day or a run of days at the beginning of a text and
// returns what is behind it. A day without a year is the one that is nearest to
// today, or to the first day of the run. ok is false when there is no day, or
// one that no calendar has, or the run ends before it begins.
func readDays(text string, today time.Time) (from, to corpus.Date, rest string, ok bool) {
	m := daysPattern.FindStringSubmatch(text)
	if m == nil {
		return "", "", "", false
	}
	first, ok := fromToday(m[1], today)
	if !ok {
		first, ok = readDay(m[1], today)
	}
	last := first
	if m[2] != "" && ok {
		if last, ok = fromToday(m[2], today); !ok {
			last, ok = readDay(m[2], first)
		}
	}
	if !ok || last.Before(first) {
		return "", "", "", false
	}
	return corpus.DateOf(first), corpus.DateOf(last), strings.TrimSpace(text[len(m[0]):]), true
}

// fromToday reads a day that is said by its distance from today.
func fromToday(text string, today time.Time) (time.Time, bool) {
	days, ok := map[string]int{"今天": 0, "明天": 1, "后天": 2}[text]
	return midnight(today).AddDate(0, 0, days), ok
}

// readDay reads one day; what is left out is as in base.
func readDay(text string, base time.Time) (time.Time, bool) {
	m := dayPattern.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, false
	}
	number := func(s string, otherwise int) int {
		n, err := strconv.Atoi(s)
		if err != nil {
			return otherwise
		}
		return n
	}
	year, month, day := number(m[1], base.Year()), time.Month(number(m[2], int(base.Month()))), number(m[3], 0)
	best, found := time.Time{}, false
	for _, y := range []int{year, year - 1, year + 1} {
		t := time.Date(y, month, day, 0, 0, 0, 0, base.Location())
		if t.Month() != month || t.Day() != day || m[2] == "" && y != year || m[1] != "" && y != year {
			continue
		}
		if !found || t.Sub(base).Abs() < best.Sub(base).Abs() {
			best, found = t, true
		}
	}
	return best, found
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
