package office_test

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/corpus"
)

// opened writes a report as a workbook and opens it.
func opened(t *testing.T, r office.Report) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := office.WriteWorkbook(&b, r, made); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// Every sheet says what it is, whose and of when, and is printed with its head and the
// pages counted, one page across.
func TestWorkbookPrints(t *testing.T) {
	t.Parallel()
	r := final("2026-12-20")
	r.Unit = "某市政协"
	r.Rows[0].Member.Sector, r.Rows[0].Member.Committee = "社会福利和社会保障界", strings.Repeat("提案委员会", 5) // makes a sheet wide
	f := opened(t, r)
	want := "按委员 按月 按界别 按专委会 活动 说明 定稿后更正 逐次2026年12月"
	if got := strings.Join(f.GetSheetList(), " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	titles := map[string]string{}
	for _, name := range f.GetDefinedName() {
		if name.Name == "_xlnm.Print_Titles" {
			titles[name.Scope] = name.RefersTo
		}
	}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil || len(rows[0]) != 1 || strings.ReplaceAll(rows[1][0], "\n", "　　") != "单位：某市政协　　统计期间：2026年10月1日至2026年12月31日　　截至2027年1月8日 09:30" {
			t.Errorf("%s: %q, %v", sheet, rows[:2], err)
		}
		if titles[sheet] != "'"+sheet+"'!$1:$3" {
			t.Errorf("%s repeats %s", sheet, titles[sheet])
		}
		footer, err := f.GetHeaderFooter(sheet)
		props, err2 := f.GetSheetProps(sheet)
		layout, err3 := f.GetPageLayout(sheet)
		if err != nil || err2 != nil || err3 != nil || footer.OddFooter != "&C第 &P 页 共 &N 页" || !*props.FitToPage || *layout.FitToWidth != 1 || (*layout.FitToHeight == 1) != (sheet == "按月") || *layout.Size != 9 {
			t.Errorf("%s: footer %+v, props %+v, layout %+v", sheet, footer, props, layout)
		}
		if wide := sheet == "按委员"; wide != (*layout.Orientation == "landscape") || (wide || sheet == "说明") && wide == strings.Contains(rows[1][0], "\n") {
			t.Errorf("%s is %s, %q", sheet, *layout.Orientation, rows[1])
		}
		panes, err := f.GetPanes(sheet)
		if want := map[bool]int{true: 2}[strings.HasPrefix(sheet, "逐次")]; err != nil || !panes.Freeze || panes.YSplit != 3 || panes.XSplit != want {
			t.Errorf("%s: panes %+v, %v", sheet, panes, err)
		}
		id, err := f.GetCellStyle(sheet, "A4")
		style, err2 := f.GetStyle(id)
		if err != nil || err2 != nil || len(style.Border) != 4 {
			t.Errorf("%s: borders %+v, %v, %v", sheet, style, err, err2)
		}
	}
}

// The figures of a period that is closed are said to be those as closed, and of when.
func TestWorkbookOfClosed(t *testing.T) {
	t.Parallel()
	rows, err := opened(t, final(quarter().To)).GetRows("按月")
	if err != nil || !strings.HasSuffix(rows[1][0], "\n数字为2027年1月8日定稿（2026-1）") {
		t.Errorf("%q, %v", rows, err)
	}
}

// 参与率 is of months and groups, never of a person; where nothing was due there is
// none, and no rounding makes all of nearly all.
func TestWorkbookRates(t *testing.T) {
	t.Parallel()
	f := opened(t, quarter())
	for cell, want := range map[string]string{"按月!G4": "75.0%", "按月!G5": "75.0%", "按界别!G4": "100.0%", "按界别!G5": "0.0%", "按界别!A5": "（未填）", "按专委会!G4": "75.0%"} {
		sheet, at, _ := strings.Cut(cell, "!")
		if got, err := f.GetCellValue(sheet, at); got != want || err != nil {
			t.Errorf("%s is %s, %v, want %s", cell, got, err, want)
		}
	}
	rows, err := f.GetRows("按委员")
	if err != nil || strings.Contains(fmt.Sprint(rows), "参与率") {
		t.Errorf("%q, %v", rows, err)
	}
	for c, want := range map[ledger.Counts]string{
		{}: "—", {Excused: 3}: "—", {Absent: 9}: "0.0%", {Took: 9}: "100.0%", {Took: 1, Absent: 2}: "33.3%", {Took: 2, Absent: 1}: "66.7%",
		{Took: 9999, Absent: 1}: "99.9%", {Took: 1, Absent: 9999}: "0.1%", {Took: 1, Absent: 15}: "6.3%",
	} {
		if got := office.Rate(c); got != want {
			t.Errorf("%+v: %s, want %s", c, got, want)
		}
	}
}

// Nobody's name is cut: a column is as wide as what is in it, and what is longer is
// broken in a row high enough.
func TestWorkbookNames(t *testing.T) {
	t.Parallel()
	r := quarter()
	r.Rows[0].Member.Name = "阿卜杜热合曼·买买提"
	r.Rows[0].Member.Committee = "文化文史和学习委员会（港澳台侨和外事委员会联合办公室）"
	f := opened(t, r)
	name, err := f.GetColWidth("按委员", "B")
	committee, err2 := f.GetColWidth("按委员", "D")
	if err != nil || err2 != nil || name < 20 || committee != 44 {
		t.Errorf("a name of 19 columns has %v, a long one %v, %v, %v", name, committee, err, err2)
	}
	low, err := f.GetRowHeight("按委员", 5)
	high, err2 := f.GetRowHeight("按委员", 4)
	if err != nil || err2 != nil || high < 2*low-8 {
		t.Errorf("a row with a long name is %v high, one without %v, %v, %v", high, low, err, err2)
	}
}

// One can filter by who it is, and not by what the numbers are; the months are drawn
// where there are any.
func TestWorkbookFilterAndChart(t *testing.T) {
	t.Parallel()
	filters := func(r office.Report) (all string, charts int) {
		var b bytes.Buffer
		if err := office.WriteWorkbook(&b, r, made); err != nil {
			t.Fatal(err)
		}
		for name, part := range parts(t, b.Bytes()) {
			if strings.HasPrefix(name, "xl/charts/chart") {
				charts++
				if !strings.Contains(html.UnescapeString(part), "'按月'!$D$4:$D$4") {
					t.Errorf("the chart is of %s", part)
				}
			}
			for _, piece := range strings.Split(part, `<autoFilter ref="`)[1:] {
				ref, _, _ := strings.Cut(piece, `"`)
				all += fmt.Sprintf("%s;", ref)
			}
		}
		return all, charts
	}
	if all, charts := filters(quarter()); len(all) != len("$A$3:$D$6;$A$3:$B$6;$A$3:$B$6;") || charts != 1 {
		t.Errorf("filters %s, %d charts", all, charts)
	}
	if all, charts := filters(office.Report{Table: ledger.Table{From: "2026-01-01", To: "2026-12-31"}}); all != "" || charts != 0 {
		t.Errorf("of nothing: filters %s, %d charts", all, charts)
	}
}

// A year has a sheet a month, with those who were on the roster in it.
func TestWorkbookMonths(t *testing.T) {
	t.Parallel()
	r := quarter()
	r.Rounds = nil
	for _, day := range []corpus.Date{"2025-12-31", "2026-02-01"} {
		r.Rounds = append(r.Rounds, ledger.Round{Day: day})
	}
	r.From, r.Corrections = "2025-12-01", nil
	f := opened(t, r)
	for sheet, want := range map[string]string{
		"逐次2025年12月": "[[编号 姓名 31 应参 实参 请假 未参] [A01 张三 参 1 1 0 0] [A02 {应参} 未 1 0 0 1] [合计  1 2 1 0 1]]",
		"逐次2026年2月":  "[[编号 姓名 1 应参 实参 请假 未参] [A01 张三 参 1 1 0 0] [A02 {应参} 假 0 0 1 0] [007 赵六 参 1 1 0 0] [合计  2 2 2 1 0]]",
	} {
		rows, err := f.GetRows(sheet)
		if err != nil || fmt.Sprint(rows[2:len(rows)-2]) != want {
			t.Errorf("%s: %v, %v\nwant %s", sheet, rows, err, want)
		}
	}
}
