package staff

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/corpus"
)

// A day, a month or a year, as people write them; the year may be left out. What looks
// like one and is none is told for what it is.
const (
	dayWords  = `((?:19|20)\d{2}(?:[-/年0-9月日]|\.\d)*|\d{1,2}月(?:\d{1,2}日?)?)`
	spanWords = dayWords + `(?:\s*(?:至|到|~|\.\.|—+|\s)\s*` + dayWords + `)?`
)

// A run of days stands behind whose figure is meant, or before.
var (
	spanBehind = regexp.MustCompile(`^(?:(.*?)[\s,、])??\s*` + spanWords + `$`)
	spanBefore = regexp.MustCompile(`^` + spanWords + `[\s,、]+(.+)$`)
)

// splitFigure splits words into whose figure is meant and of which days; without
// days it is those from one to another.
func splitFigure(words string, from, to, today corpus.Date) (who string, _, _ corpus.Date, err error) {
	words = strings.TrimSpace(norm.NFKC.String(words)) // a number that is typed in full width is one
	var first, last string
	if m := spanBehind.FindStringSubmatch(words); m != nil {
		who, first, last = m[1], m[2], m[3]
	} else if m := spanBefore.FindStringSubmatch(words); m != nil {
		first, last, who = m[1], m[2], m[3]
	} else {
		return words, from, to, nil
	}
	from, to, err = span(withYear(first, today), withYear(last, today))
	return strings.TrimSpace(who), from, to, err
}

// withYear puts the year before a month that has none: this one, or, where the month
// is still to come, the last.
func withYear(text string, today corpus.Date) string {
	month, _, found := strings.Cut(text, "月")
	if n, err := strconv.Atoi(month); found && err == nil {
		year, _ := strconv.Atoi(string(today[:4]))
		if fmt.Sprintf("%02d", n) > string(today[5:7]) {
			year--
		}
		return fmt.Sprintf("%d年%s", year, text)
	}
	return text
}

// span is from the first day of one day, month or year to the last of another; ""
// stands for the same.
func span(first, last string) (from, to corpus.Date, err error) {
	if from, to, err = days(first); err != nil || last == "" {
		return from, to, err
	}
	begin, to, err := days(last)
	if err == nil && begin < from {
		err = bot.Invalid.Sayf("%s在%s之前，请把先后换过来。", last, first)
	}
	return from, to, err
}

// days are the first and the last day of a day, a month or a year.
func days(text string) (from, to corpus.Date, err error) {
	plain := strings.TrimRight(strings.NewReplacer("年", "-", "月", "-", "日", "", ".", "-", "/", "-").Replace(text), "-")
	for _, form := range []struct {
		layout       string
		years, month int
	}{{"2006", 1, 0}, {"2006-1", 0, 1}, {"2006-1-2", 0, 0}} {
		t, err := time.Parse(form.layout, plain)
		switch {
		case err != nil:
		case form.years+form.month == 0:
			return corpus.DateOf(t), corpus.DateOf(t), nil
		default:
			return corpus.DateOf(t), corpus.DateOf(t.AddDate(form.years, form.month, -1)), nil
		}
	}
	return "", "", bot.Invalid.Sayf("“%s”不是日期，请写成 2026-03（一个月）、2026-03-05（一天）、2026（一年）或 2026-01-01 至 2026-03-31。", text)
}

// figureOf is whom words mean, as a report names them: everybody, a member by number
// or name, a 界别 or a 专委会; those of the table first.
func (d *Desk) figureOf(ctx context.Context, who string, t ledger.Table) (is func(ledger.Member) bool, subject string, err error) {
	if who == "" || who == "合计" || who == "全体" {
		return func(ledger.Member) bool { return true }, "全体委员", nil
	}
	roster, err := d.Ledger.Members(ctx)
	if err != nil {
		return nil, "", err
	}
	m, ok := numbered(roster, who)
	if !ok {
		var same []ledger.Member
		for _, one := range roster {
			if bot.Key(one.Name) == bot.Key(who) {
				same = append(same, one)
			}
		}
		if len(same) > 1 {
			return nil, "", bot.Invalid.Sayf("叫%s的有 %d 个，请写编号：%s。", who, len(same), strings.Join(numbersOf(same), "、"))
		}
		if ok = len(same) == 1; ok {
			m = same[0]
		}
	}
	if ok {
		is = func(other ledger.Member) bool { return other.Number == m.Number }
		return is, m.Name + "（" + m.Number + "）", d.inTable(m, t)
	}
	return groupOf(who, t)
}

func numbersOf(list []ledger.Member) (numbers []string) {
	for _, m := range list {
		numbers = append(numbers, m.Number)
	}
	return numbers
}

// inTable says why a member is in no figure of these days.
func (d *Desk) inTable(m ledger.Member, t ledger.Table) error {
	switch in := slices.ContainsFunc(t.Rows, func(r ledger.Row) bool { return r.Member.Number == m.Number }); {
	case in:
		return nil
	case m.Staff:
		return bot.Invalid.Sayf("%s（%s）是工作人员，不计入答题统计。", m.Name, m.Number)
	}
	return bot.NotFound.Sayf("%s（%s）%s不在花名册上，报表里没有。", m.Name, m.Number, Span(t.From, t.To))
}

// groupKinds are what members are grouped by.
var groupKinds = map[string]func(ledger.Member) string{
	"界别": func(m ledger.Member) string { return m.Sector }, "专委会": func(m ledger.Member) string { return m.Committee },
}

// groupOf is the 界别 or the 专委会 of a name, before which it may say which of the two.
func groupOf(who string, t ledger.Table) (is func(ledger.Member) bool, subject string, err error) {
	known := map[string][]string{}
	only, name, named := strings.Cut(who, " ")
	if named = named && groupKinds[only] != nil; !named {
		name = who
	}
	for kind, of := range groupKinds {
		names := map[string]bool{}
		for _, r := range t.Rows {
			names[of(r.Member)] = true
		}
		if named && kind == only && bot.Key(name) == bot.Key(office.Unfilled) && names[""] {
			return func(m ledger.Member) bool { return of(m) == "" }, kind + " " + office.Unfilled, nil
		}
		delete(names, "")
		known[kind] = slices.Sorted(maps.Keys(names))
		for one := range names {
			if bot.Key(one) == bot.Key(name) && (!named || kind == only) && subject != "界别 "+one { // of two the 界别
				is, subject = func(m ledger.Member) bool { return of(m) == one }, kind+" "+one
			}
		}
	}
	if is == nil {
		err = bot.NotFound.Sayf("没有“%s”：不是花名册里的编号、姓名，也不是界别、专委会。界别有：%s；专委会有：%s。请写成“A01 2026-03”“教育界 2026-03”或只写“2026-03”。",
			who, cmp.Or(strings.Join(known["界别"], "、"), "（没有）"), cmp.Or(strings.Join(known["专委会"], "、"), "（没有）"))
	}
	return is, subject, err
}
