package office

import (
	"fmt"
	"slices"
	"strconv"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// marks are what the report writes in a cell.
var marks = map[ledger.Participation]string{ledger.Took: "参", ledger.Excused: "假", ledger.Absent: "未", ledger.NotDue: ""}

// marksKey says what the marks are.
const marksKey = "参 = 参加，假 = 请假，未 = 未参加，空 = 当天不在花名册上，*1 = 见表下的更正。合计一行在各天下面的是实参人数。"

// place is a member's place in a round.
type place struct {
	round  corpus.Date
	member string
}

// roundPages have every member and round, a month on each, with the corrections as
// footnotes: the members down, the days across.
func (r Report) roundPages() (pages []page) {
	notes, numbers := r.footnotes(), map[place]int{}
	for i, c := range notes {
		numbers[place{c.Round, c.Member}] = i + 1
	}
	for _, m := range r.Months() {
		p := page{
			name: "逐次" + MonthName(m.From), title: "每日一题逐次参与情况（" + MonthName(m.From) + "）",
			columns: []pageColumn{numberColumn, nameColumn}, sums: 1, filter: 2, small: true, notes: []string{marksKey},
		}
		took := make([]any, len(m.Rounds))
		for i, round := range m.Rounds {
			day, n := round.Day, 0
			for _, row := range m.Rows {
				if row.Rounds[i] == ledger.Took {
					n++
				}
			}
			took[i] = n
			p.columns = append(p.columns, pageColumn{name: strconv.Itoa(dayOfMonth(day)), least: 2.7, mark: true})
		}
		for _, c := range countColumns {
			p.columns = append(p.columns, pageColumn{name: c.name, least: 6})
		}
		for _, row := range m.Rows {
			if slices.ContainsFunc(row.Rounds, func(s ledger.Participation) bool { return s != ledger.NotDue }) {
				p.rows = append(p.rows, monthRow(m, row, numbers))
			}
		}
		p.rows = append(p.rows, append(append([]any{"合计", ""}, took...), counts(m.Total())...))
		for _, note := range notes {
			if note.Round[:7] == m.From[:7] {
				p.notes = append(p.notes, note.line)
			}
		}
		pages = append(pages, p)
	}
	return pages
}

// monthRow is a member in a month: a mark for each round, and the counts.
func monthRow(m ledger.Table, row ledger.Row, numbers map[place]int) []any {
	cells := []any{row.Member.Number, row.Member.Name}
	for i, standing := range row.Rounds {
		mark := marks[standing]
		if n := numbers[place{m.Rounds[i].Day, row.Member.Number}]; n > 0 {
			mark += fmt.Sprintf("*%d", n)
		}
		cells = append(cells, mark)
	}
	return append(cells, counts(row.Counts)...)
}

// dayOfMonth is 5 for the 5th of any month.
func dayOfMonth(day corpus.Date) int {
	n, _ := strconv.Atoi(string(day[8:])) // the days of rounds are days
	return n
}
