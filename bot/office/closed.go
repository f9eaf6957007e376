package office

import (
	"fmt"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// ChangeWord is what stands in a place of the figures of a closed period, in words.
func ChangeWord(value string) string {
	if value == "came" {
		return "到会"
	}
	return standings[ledger.Participation(value)]
}

// ChangeLine is a numbered change behind a closed period: when it was recorded, which
// day, who, from what to what. Why and by whom stays in the ledger, as with other
// corrections.
func ChangeLine(c ledger.Closed, k ledger.Change) string {
	who := k.Member
	for _, row := range c.Table.Rows {
		if row.Member.Number == k.Member {
			who = row.Member.Name + "（" + k.Member + "）"
		}
	}
	return "定稿 " + c.Name + " 之后的更正 " + changeLine(k, "，"+who)
}

// changeLine is a change by its number, with words between its day and what it changed.
func changeLine(k ledger.Change, who string) string {
	about := ""
	if k.About != "" {
		about = "“" + k.About + "”"
	}
	return fmt.Sprintf("第%d号：%s%s%s由“%s”改为“%s”（%s记）", k.Number, k.Day.Chinese(), about, who, changeWord(k, k.Before), changeWord(k, k.After), k.Deed.At.Format("2006年1月2日"))
}

// changeWord is a value of a change: of an activity nothing means that they did not
// come.
func changeWord(k ledger.Change, value string) string {
	if k.About != "" && value == "" {
		return "没有到会"
	}
	return ChangeWord(value)
}

// changes are the lines of all numbered changes behind the closed periods.
func (r Report) changes() (lines []string) {
	for _, c := range r.Closed {
		for _, k := range c.Changes {
			if r.covers(k.Day) {
				lines = append(lines, ChangeLine(c, k))
			}
		}
	}
	return lines
}

// final is the closed period whose figures the report prints; ok is false where they
// are counted anew.
func (r Report) final() (c ledger.Closed, ok bool) {
	if len(r.Closed) == 1 && r.Closed[0].From == r.From && r.Closed[0].To == r.To {
		return r.Closed[0], true
	}
	return c, false
}

// Closing says what of the days is closed, and what the numbers are therefore, in
// lines that fit under a sheet.
func (r Report) Closing() (lines []string) {
	if c, ok := r.final(); ok {
		lines = append(lines, fmt.Sprintf("本期已定稿（%s）：%s由%s定稿，表里是定稿时的数字。", c.Name, c.At.Format("2006年1月2日"), c.By))
		if len(c.Changes) > 0 {
			lines = append(lines,
				fmt.Sprintf("定稿之后有 %d 处更正，编号列在后面，没有改动表里的数字。", len(c.Changes)),
				fmt.Sprintf("定稿时：%s；更正后：%s。", countWords(c.Table.Total()), countWords(c.Sum())))
		}
		return lines
	}
	for _, c := range r.Closed {
		lines = append(lines, fmt.Sprintf("其中%s至%s已定稿（%s），定稿之后有 %d 处更正；表里是更正后的数字。", c.From.Chinese(), c.To.Chinese(), c.Name, len(c.Changes)))
	}
	return lines
}

func countWords(c ledger.Counts) string {
	return fmt.Sprintf("应参 %d、实参 %d、请假 %d、未参 %d", c.Due(), c.Took, c.Excused, c.Absent)
}

// head is the line about where the ledger ended when the report was made.
func (r Report) head() string { return r.Head.String() + "。" }

// covers reports whether a day is one of the report's.
func (r Report) covers(day corpus.Date) bool { return r.From <= day && day <= r.To }
