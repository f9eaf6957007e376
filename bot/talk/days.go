package talk

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/corpus"
)

// The ways in which people write a day, and a run of days.
const (
	weekdayForm = `(?:这|本|下下|下)?个?(?:周|星期|礼拜)[一二三四五六日天]`
	dayForm     = `(今天|明天|后天|` + weekdayForm + `|(?:\d{4}[-年./])?\d{1,2}[-月./]\d{1,2}[日号]?)`
	untilForm   = `(?:\s*(?:至|到|—+|－|~|～|-)\s*(今天|明天|后天|` + weekdayForm + `|(?:\d{4}[-年./])?\d{1,2}[-月./]\d{1,2}[日号]?|\d{1,2}[日号]))?`
)

var (
	daysPattern    = regexp.MustCompile(`^` + dayForm + untilForm + `(?:\s+|[，,。；;：:]|$)`)
	dayPattern     = regexp.MustCompile(`^(?:(\d{4})[-年./])?(?:(\d{1,2})[-月./])?(\d{1,2})[日号]?$`)
	weekdayPattern = regexp.MustCompile(`^(这|本|下下|下)?个?(?:周|星期|礼拜)([一二三四五六日天])$`)
	// countPattern is what stands behind a number that is no day: 3.5 天.
	countPattern = regexp.MustCompile(`^(?:天|小时|个|倍|万|元|%)`)
)

// errNoDays means that a text does not begin with a day.
var errNoDays = errors.New("no day")

// readDays reads one day or a run of days at the beginning of a text and
// returns what is behind it. A day without a year is the one that is nearest to
// today, or to the first day of the run; a day of the week is that of this week,
// or, as the end of a run, the next one from its first day. The error is
// errNoDays where there is no day, and for people where there is one that no
// calendar has, or that is over, or a run that ends before it begins.
func readDays(text string, today time.Time) (from, to corpus.Date, rest string, err error) {
	m := daysPattern.FindStringSubmatch(text)
	if m == nil {
		return "", "", "", errNoDays
	}
	rest = strings.TrimSpace(text[len(m[0]):])
	if countPattern.MatchString(rest) {
		return "", "", "", errNoDays
	}
	today = midnight(today)
	first, err := readDay(m[1], today, today, false)
	if err != nil {
		return "", "", "", err
	}
	last := first
	if m[2] != "" {
		if last, err = readDay(m[2], first, today, true); err != nil {
			return "", "", "", err
		}
	}
	from, to = corpus.DateOf(first), corpus.DateOf(last)
	if last.Before(first) {
		return "", "", "", bot.Invalid.Sayf("%s在%s之前，开始和结束写反了。请改过来再发。", to.Chinese(), from.Chinese())
	}
	return from, to, rest, nil
}

// readDay reads one day, which may end a run; what is left out of it is as in base.
func readDay(text string, base, today time.Time, ends bool) (time.Time, error) {
	if days, ok := map[string]int{"今天": 0, "明天": 1, "后天": 2}[text]; ok {
		return today.AddDate(0, 0, days), nil
	}
	if m := weekdayPattern.FindStringSubmatch(text); m != nil {
		return readWeekday(m, base, today, ends)
	}
	return readDate(text, base)
}

// readWeekday reads a day of the week, as weekdayPattern has found it. Weeks begin
// on Monday.
func readWeekday(m []string, base, today time.Time, ends bool) (time.Time, error) {
	weekday := strings.Index("一二三四五六日", m[2]) / len("一")
	if m[2] == "天" {
		weekday = 6
	}
	monday := func(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) }
	if weeks, ok := map[string]int{"这": 0, "本": 0, "下": 1, "下下": 2}[m[1]]; ok {
		return monday(today).AddDate(0, 0, 7*weeks+weekday), nil
	}
	day := monday(base).AddDate(0, 0, weekday)
	switch {
	case !day.Before(base):
		return day, nil
	case ends:
		return day.AddDate(0, 0, 7), nil
	}
	return day, bot.Invalid.Sayf("这一周的%s已经过了。请写“下%s”，或者写几月几日。", m[0], m[0])
}

// readDate reads a day of a month.
func readDate(text string, base time.Time) (time.Time, error) {
	m := dayPattern.FindStringSubmatch(text)
	if m == nil {
		return time.Time{}, errNoDays
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
	switch {
	case found:
		return best, nil
	case m[1] == "" && !strings.Contains(text, "月") && m[2] != "": // 13.5 need not be meant for a day
		return best, errNoDays
	}
	return best, bot.Invalid.Sayf("没有%s这一天。请核对日期再发。", text)
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
