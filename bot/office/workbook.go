package office

import (
	"cmp"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"lianwen/bot/ledger"
)

// WriteWorkbook writes a report as an xlsx: sheets with the totals of the members, of
// the months (with a chart), of each 界别 and each 专委会, with the activities, what was
// changed after the figures were closed, if anything was, and one for each month with
// every member and round. Numbers that are names are text; sums are formulas' results
// written as numbers, so that they read the same everywhere.
func WriteWorkbook(w io.Writer, r Report, made time.Time) error {
	f := excelize.NewFile()
	defer f.Close()
	styles := looks{file: f, ids: map[look]int{}}
	pages := []page{
		r.memberPage(), r.monthsPage(), r.groupPage("界别", sector), r.groupPage("专委会", committee), r.activityPage(),
		linePage("说明", "说明", r.notesOfWorkbook(made)),
	}
	if changes := r.changes(); len(changes) > 0 {
		pages = append(pages, linePage("定稿后更正", "定稿之后的更正", changes))
	}
	pages = append(pages, r.roundPages()...)
	for i, p := range pages {
		var err error
		if i == 0 {
			err = f.SetSheetName("Sheet1", p.name)
		} else {
			_, err = f.NewSheet(p.name)
		}
		if err == nil {
			p.under = r.headings(made)
			err = p.write(f, styles)
		}
		if err != nil {
			return fmt.Errorf("write workbook: sheet %s: %w", p.name, err)
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

func sector(m ledger.Member) string    { return m.Sector }
func committee(m ledger.Member) string { return m.Committee }

// Columns that stand in more than one sheet. Names of people stay in a line, those of
// a 专委会 may be long and are broken.
var (
	numberColumn = pageColumn{name: "编号", least: 7, most: 20}
	nameColumn   = pageColumn{name: "姓名", least: 9, most: 24}
	countColumns = []pageColumn{{name: "应参", least: 10}, {name: "实参", least: 10}, {name: "请假", least: 10}, {name: "未参", least: 10}}
	rateColumn   = pageColumn{name: "参与率", least: 10}
)

func counts(c ledger.Counts) []any { return []any{c.Due(), c.Took, c.Excused, c.Absent} }

func (r Report) memberPage() page {
	p := page{
		name: "按委员", title: "每日一题参与情况（按委员）", sums: 1, filter: 4, // not by the counts, which would rank people
		columns: append([]pageColumn{numberColumn, nameColumn, {name: "界别", least: 10, most: 24}, {name: "专委会", least: 12, most: 44}}, countColumns...),
		notes:   append(r.Closing(), r.head()),
	}
	for _, row := range r.Rows {
		m := row.Member
		p.rows = append(p.rows, append([]any{m.Number, m.Name, m.Sector, m.Committee}, counts(row.Counts)...))
	}
	p.rows = append(p.rows, append([]any{"合计", "", "", ""}, counts(r.Total())...))
	return p
}

func (r Report) monthsPage() page {
	p := page{
		name: "按月", title: "每日一题参与情况（按月）", sums: 1, chart: drawMonths,
		columns: append(append([]pageColumn{{name: "月份", least: 14}, {name: "题数", least: 10}}, countColumns...), rateColumn),
	}
	for _, m := range r.Months() {
		sum := m.Total()
		p.rows = append(p.rows, append(append([]any{MonthName(m.From), len(m.Rounds)}, counts(sum)...), rateCell(sum)))
	}
	sum := r.Total()
	p.rows = append(p.rows, append(append([]any{"合计", len(r.Rounds)}, counts(sum)...), rateCell(sum)))
	return p
}

// drawMonths draws 应参 and 实参 of the months beneath their table, dark and light so
// that they can be told apart on paper.
func drawMonths(f *excelize.File, sheet string, first, last int) error {
	bar := func(column, colour string) excelize.ChartSeries {
		return excelize.ChartSeries{
			Name:       fmt.Sprintf("'%s'!$%s$%d", sheet, column, first-1),
			Categories: fmt.Sprintf("'%s'!$A$%d:$A$%d", sheet, first, last),
			Values:     fmt.Sprintf("'%s'!$%s$%d:$%s$%d", sheet, column, first, column, last),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
		}
	}
	varied, black := false, excelize.Font{Color: "000000"}
	return f.AddChart(sheet, fmt.Sprintf("A%d", last+3), &excelize.Chart{
		Type:       excelize.Col,
		Series:     []excelize.ChartSeries{bar("C", "F4B183"), bar("D", "1F4E79")},
		Title:      excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: "各月应参、实参（人次）", Font: &black}}},
		Legend:     excelize.ChartLegend{Position: "bottom"},
		Dimension:  excelize.ChartDimension{Width: 620, Height: 280},
		VaryColors: &varied,
		XAxis:      excelize.ChartAxis{Font: black},
		YAxis:      excelize.ChartAxis{Font: black, MajorGridLines: true},
		Format:     excelize.GraphicOptions{AltText: "各月应参、实参的柱形图，数字在上面的表里"},
	})
}

func (r Report) groupPage(name string, of func(ledger.Member) string) page {
	p := page{
		name: "按" + name, title: "每日一题参与情况（按" + name + "）", sums: 1,
		columns: append(append([]pageColumn{{name: name, least: 16, most: 36}, {name: "人数", least: 10}}, countColumns...), rateColumn),
	}
	add := func(name string, people int, c ledger.Counts) {
		p.rows = append(p.rows, append(append([]any{name, people}, counts(c)...), rateCell(c)))
	}
	for _, g := range r.Groups(of) {
		add(cmp.Or(g.Name, Unfilled), g.People, g.Counts)
	}
	add("合计", len(r.Rows), r.Total())
	return p
}

// activityPage has how often each member attended what.
func (r Report) activityPage() page {
	p := page{name: "活动", title: "参加活动情况", sums: 1, filter: 2, columns: []pageColumn{numberColumn, nameColumn}}
	for _, kind := range ledger.ActivityKinds {
		p.columns = append(p.columns, pageColumn{name: kind, least: 10})
	}
	p.columns = append(p.columns, pageColumn{name: "合计", least: 10})
	sums := make([]int, len(ledger.ActivityKinds)+1)
	for _, r2 := range r.Rows {
		row, all := []any{r2.Member.Number, r2.Member.Name}, 0
		attended := r.Attended(r2.Member.Number)
		for i, kind := range ledger.ActivityKinds {
			n := attended[kind]
			row = append(row, n)
			all += n
			sums[i] += n
		}
		p.rows = append(p.rows, append(row, all))
		sums[len(sums)-1] += all
	}
	last := []any{"合计", ""}
	for _, n := range sums {
		last = append(last, n)
	}
	p.rows = append(p.rows, last)
	return p
}

func (r Report) notesOfWorkbook(made time.Time) []string {
	lines := append([]string{fmt.Sprintf("统计日期：%s至%s；生成时间：%s。", r.From.Chinese(), r.To.Chinese(), made.Format("2006年1月2日 15:04"))}, r.notes()...)
	if len(r.Rounds) > 0 {
		lines = append(lines, "“逐次”各表一个月一张："+marksKey)
	}
	return lines
}

// linePage are lines under a heading.
func linePage(name, heading string, lines []string) page {
	p := page{name: name, title: heading, columns: []pageColumn{{name: "内容", least: 68, most: 68}}}
	for _, line := range lines {
		p.rows = append(p.rows, []any{line})
	}
	return p
}
