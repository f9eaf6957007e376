package office

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Report is who took part in some days, with what the footnotes say.
type Report struct {
	ledger.Table
	Before []ledger.Participation // how each of Corrections stood without it
	Closed []ledger.Closed        // the closed periods that the days touch; the table is as closed where they are just one
	Head   ledger.Head            // where the ledger ended
}

// marks are what the report writes in a cell.
var marks = map[ledger.Participation]string{ledger.Took: "参", ledger.Excused: "假", ledger.Absent: "未", ledger.NotDue: ""}

// WriteWorkbook writes a table as an xlsx: a sheet with the totals, one with
// every member and round, one by 界别, one by 专委会, one with the activities, and
// one with what was changed after the figures were closed, if anything was.
// Numbers that are names are text; sums are formulas' results written as
// numbers, so that they read the same everywhere.
func WriteWorkbook(w io.Writer, r Report, made time.Time) error {
	t := r.Table
	f := excelize.NewFile()
	defer f.Close()
	style, err := reportStyles(f)
	if err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	type sheet struct {
		name string
		rows [][]any
	}
	sheets := []sheet{
		{"按委员", memberRows(r)},
		{eachRound, roundRows(r)},
		{"按界别", groupRows(t, "界别", sector)},
		{"按专委会", groupRows(t, "专委会", committee)},
		{"活动", activityRows(t)},
		{"说明", noteRows(r, made)},
	}
	if changes := r.changes(); len(changes) > 0 {
		sheets = append(sheets, sheet{"定稿后更正", lineRows("定稿之后的更正", changes)})
	}
	for i, sheet := range sheets {
		if i == 0 {
			err = f.SetSheetName("Sheet1", sheet.name)
		} else {
			_, err = f.NewSheet(sheet.name)
		}
		if err == nil {
			err = writeSheet(f, sheet.name, sheet.rows, style)
		}
		if err != nil {
			return fmt.Errorf("write workbook: sheet %s: %w", sheet.name, err)
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// eachRound is the sheet with a column for each round.
const eachRound = "逐次"

// styles are the two looks of a cell.
type styles struct{ header, text int }

func reportStyles(f *excelize.File) (s styles, err error) {
	if s.header, err = f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Horizontal: "center", Vertical: "center"}}); err != nil {
		return s, err
	}
	s.text, err = f.NewStyle(&excelize.Style{NumFmt: 49}) // @: text
	return s, err
}

// writeSheet writes rows under a frozen header, to be printed on A4 across with
// the header on each page.
func writeSheet(f *excelize.File, sheet string, rows [][]any, style styles) error {
	a4, landscape, wide, high := 9, "landscape", 1, 0
	fit := sheet != eachRound // with a column a day, one page across would be too small to read
	titles := "'" + sheet + "'!$1:$1"
	if !fit {
		titles = "'" + sheet + "'!$A:$B," + titles
	}
	err := errors.Join(
		f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}),
		f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &wide, FitToHeight: &high}),
		f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: sheet}),
	)
	if err != nil {
		return err
	}
	out, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	if err := out.SetColWidth(1, 4, 14); err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for j, value := range row {
			cells[j] = excelize.Cell{Value: value}
			if _, isText := value.(string); isText {
				cells[j] = excelize.Cell{Value: value, StyleID: style.text}
			}
			if i == 0 {
				cells[j] = excelize.Cell{Value: value, StyleID: style.header}
			}
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := out.SetRow(at, cells); err != nil {
			return err
		}
	}
	return out.Flush()
}

func memberRows(t Report) [][]any {
	rows := [][]any{{"编号", "姓名", "界别", "专委会", "应参", "实参", "请假", "未参"}}
	for _, r := range t.Rows {
		m := r.Member
		rows = append(rows, []any{m.Number, m.Name, m.Sector, m.Committee, r.Due(), r.Took, r.Excused, r.Absent})
	}
	sum := t.Total()
	rows = append(rows, []any{"合计", "", "", "", sum.Due(), sum.Took, sum.Excused, sum.Absent}, nil)
	for _, line := range append(t.Closing(), t.head()) {
		rows = append(rows, []any{line})
	}
	return rows
}

// place is a member's place in a round.
type place struct {
	round  corpus.Date
	member string
}

// roundRows has every member and round, with the corrections as footnotes.
func roundRows(t Report) [][]any {
	header := []any{"编号", "姓名"}
	for _, r := range t.Rounds {
		header = append(header, string(r.Day))
	}
	note := map[place]int{}
	for i, c := range t.Corrections {
		note[place{c.Round, c.Member}] = i + 1
	}
	rows := [][]any{header}
	for _, r := range t.Rows {
		row := []any{r.Member.Number, r.Member.Name}
		for i, p := range r.Rounds {
			mark := marks[p]
			if n := note[place{t.Rounds[i].Day, r.Member.Number}]; n > 0 {
				mark += fmt.Sprintf("*%d", n)
			}
			row = append(row, mark)
		}
		rows = append(rows, row)
	}
	if len(t.Corrections) > 0 {
		rows = append(rows, nil, []any{"更正"})
	}
	for _, line := range t.corrections() {
		rows = append(rows, []any{line})
	}
	return rows
}

// standings are how a member stands to a round, in words.
var standings = map[ledger.Participation]string{ledger.Took: "实参", ledger.Excused: "请假", ledger.Absent: "未参", ledger.NotDue: "不计"}

// corrections are the footnotes: which day, who, from what to what. Why and by
// whom stays in the ledger: a reason may be a diagnosis, and a report goes up.
func (r Report) corrections() (lines []string) {
	names := map[string]string{}
	for _, row := range r.Rows {
		names[row.Member.Number] = row.Member.Name
	}
	for i, c := range r.Corrections {
		from := ""
		if i < len(r.Before) {
			from = "由“" + standings[r.Before[i]] + "”"
		}
		lines = append(lines, fmt.Sprintf("*%d %s，%s（%s）%s改为“%s”", i+1, c.Round.Chinese(), names[c.Member], c.Member, from, standings[c.Standing]))
	}
	return lines
}

func groupRows(t ledger.Table, name string, of func(ledger.Member) string) [][]any {
	rows := [][]any{{name, "人数", "应参", "实参", "请假", "未参"}}
	for _, g := range t.Groups(of) {
		rows = append(rows, []any{cmp.Or(g.Name, unfilled), g.People, g.Due(), g.Took, g.Excused, g.Absent})
	}
	sum := t.Total()
	return append(rows, []any{"合计", len(t.Rows), sum.Due(), sum.Took, sum.Excused, sum.Absent})
}

// unfilled stands for what the roster does not say.
const unfilled = "（未填）"

func sector(m ledger.Member) string    { return m.Sector }
func committee(m ledger.Member) string { return m.Committee }

// activityRows has how often each member attended what.
func activityRows(t ledger.Table) [][]any {
	header := []any{"编号", "姓名"}
	for _, kind := range ledger.ActivityKinds {
		header = append(header, kind)
	}
	rows := [][]any{append(header, "合计")}
	sums := make([]int, len(ledger.ActivityKinds)+1)
	for _, r := range t.Rows {
		row, all := []any{r.Member.Number, r.Member.Name}, 0
		attended := t.Attended(r.Member.Number)
		for i, kind := range ledger.ActivityKinds {
			n := attended[kind]
			row = append(row, n)
			all += n
			sums[i] += n
		}
		rows = append(rows, append(row, all))
		sums[len(sums)-1] += all
	}
	last := []any{"合计", ""}
	for _, n := range sums {
		last = append(last, n)
	}
	return append(rows, last)
}

// notes say what the numbers are.
func notes(t Report) []string {
	by := "数字都由台账里的原始记录重新算出；界别、专委会按现在的花名册。"
	if _, ok := t.final(); ok {
		by = "数字是定稿时由台账里的原始记录算出的；界别、专委会按定稿时的花名册。"
	}
	lines := append(t.Closing(),
		fmt.Sprintf("已截止的题 %d 道，计入统计；还没有截止的 %d 道，没有计入。", len(t.Rounds), t.Open),
		"应参 = 实参 + 未参；请假的不计入应参，请假期间作答的算实参。",
		"只统计是否参加，不统计对错，不排名。"+by,
	)
	if t.Void > 0 {
		lines = append(lines, fmt.Sprintf("另有 %d 道题依据的条文在作答期间改了，停用，不计入任何人的统计。", t.Void))
	}
	if n := len(t.Corrections); n > 0 {
		lines = append(lines, fmt.Sprintf("有 %d 处由工作人员更正过；更正另行记录，理由和经手人留在台账里，原始记录没有改动。", n))
	}
	return append(lines, t.head()+"这一行以后可以核对：lianwen history --head。")
}

func noteRows(t Report, made time.Time) [][]any {
	lines := append([]string{fmt.Sprintf("统计日期：%s至%s；生成时间：%s。", t.From.Chinese(), t.To.Chinese(), made.Format("2006年1月2日 15:04"))}, notes(t)...)
	return lineRows("说明", append(lines, "“逐次”表：参 = 参加，假 = 请假，未 = 未参加，空 = 当天不在花名册上，*1 = 见表下的更正。"))
}

// lineRows are lines under a heading.
func lineRows(heading string, lines []string) [][]any {
	rows := [][]any{{heading}}
	for _, line := range lines {
		rows = append(rows, []any{line})
	}
	return rows
}
