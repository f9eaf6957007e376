package bot

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"lianwen/corpus"
)

// marks are what the report writes in a cell.
var marks = map[Participation]string{Took: "参", Excused: "假", Absent: "未", "": ""}

// WriteReport writes a table as a workbook: a sheet with the totals, one with
// every member and round, one by 界别 and one by 专委会. Numbers that are names
// are text; sums are formulas' results written as numbers, so that they read the
// same everywhere.
func WriteReport(w io.Writer, t Table, made time.Time) error {
	f := excelize.NewFile()
	defer f.Close()
	style, err := reportStyles(f)
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	for i, sheet := range []struct {
		name string
		rows [][]any
	}{
		{"按委员", memberRows(t)},
		{"逐次", roundRows(t)},
		{"按界别", groupRows(t, "界别", func(m Member) string { return m.Sector })},
		{"按专委会", groupRows(t, "专委会", func(m Member) string { return m.Committee })},
		{"说明", noteRows(t, made)},
	} {
		if i == 0 {
			err = f.SetSheetName("Sheet1", sheet.name)
		} else {
			_, err = f.NewSheet(sheet.name)
		}
		if err == nil {
			err = writeSheet(f, sheet.name, sheet.rows, style)
		}
		if err != nil {
			return fmt.Errorf("write report: sheet %s: %w", sheet.name, err)
		}
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

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
	size, landscape, fit := 9, "landscape", 0
	if err := f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &landscape, FitToHeight: &fit}); err != nil {
		return err
	}
	if err := f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + sheet + "'!$1:$1", Scope: sheet}); err != nil {
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

func memberRows(t Table) [][]any {
	rows := [][]any{{"编号", "姓名", "界别", "专委会", "应参", "实参", "请假", "未参"}}
	var sum Row
	for _, r := range t.Rows {
		if len(t.Rounds) > 0 && r.Due()+r.Excused == 0 {
			continue // not on the roster in these days
		}
		m := r.Member
		rows = append(rows, []any{m.Number, m.Name, m.Sector, m.Committee, r.Due(), r.Took, r.Excused, r.Absent})
		sum.plus(r)
	}
	return append(rows, []any{"合计", "", "", "", sum.Due(), sum.Took, sum.Excused, sum.Absent})
}

func (r *Row) plus(o Row) {
	r.Took += o.Took
	r.Excused += o.Excused
	r.Absent += o.Absent
}

func roundRows(t Table) [][]any {
	header := []any{"编号", "姓名"}
	for _, r := range t.Rounds {
		header = append(header, r.ID)
	}
	rows := [][]any{header}
	for _, r := range t.Rows {
		row := []any{r.Member.Number, r.Member.Name}
		for _, p := range r.Rounds {
			row = append(row, marks[p])
		}
		rows = append(rows, row)
	}
	return rows
}

func groupRows(t Table, name string, of func(Member) string) [][]any {
	sums, people := map[string]*Row{}, map[string]int{}
	for _, r := range t.Rows {
		if len(t.Rounds) > 0 && r.Due()+r.Excused == 0 {
			continue
		}
		key := of(r.Member)
		if key == "" {
			key = "（未填）"
		}
		if sums[key] == nil {
			sums[key] = &Row{}
		}
		sums[key].plus(r)
		people[key]++
	}
	rows := [][]any{{name, "人数", "应参", "实参", "请假", "未参"}}
	var sum Row
	all := 0
	for _, key := range slices.Sorted(maps.Keys(sums)) {
		r := sums[key]
		rows = append(rows, []any{key, people[key], r.Due(), r.Took, r.Excused, r.Absent})
		sum.plus(*r)
		all += people[key]
	}
	return append(rows, []any{"合计", all, sum.Due(), sum.Took, sum.Excused, sum.Absent})
}

func noteRows(t Table, made time.Time) [][]any {
	lines := []string{
		"说明",
		fmt.Sprintf("统计日期：%s至%s；生成时间：%s。", t.From.Chinese(), t.To.Chinese(), made.Format("2006年1月2日 15:04")),
		fmt.Sprintf("已截止的题 %d 道，计入统计；还没有截止的 %d 道，没有计入。", len(t.Rounds), t.Open),
		"应参 = 实参 + 未参；请假的不计入应参，请假期间作答的算实参。",
		"“逐次”表：参 = 参加，假 = 请假，未 = 未参加，空 = 当天不在花名册上。",
		"只统计是否参加，不统计对错，不排名。数字都由台账里的原始记录重新算出。",
	}
	rows := make([][]any, len(lines))
	for i, line := range lines {
		rows[i] = []any{strings.TrimSpace(line)}
	}
	return rows
}

// DateRange reads two days, both included.
func DateRange(from, to string) (corpus.Date, corpus.Date, error) {
	for _, day := range []string{from, to} {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return "", "", Sayf("%q 不是日期，请写成 2026-12-01。", day)
		}
	}
	if to < from {
		return "", "", Sayf("结束日期 %s 在开始日期 %s 之前。", to, from)
	}
	return corpus.Date(from), corpus.Date(to), nil
}
