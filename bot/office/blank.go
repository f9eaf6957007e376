package office

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"lianwen/bot/ledger"
)

// column is a column of a form that goes out to be filled in.
type column struct {
	name, hint string
	width      float64
	choices    []string // what may be written there; nil: anything
}

// sheetRows is how many rows of a form are made ready to be filled in.
const sheetRows = 2000

// WriteRoster writes a roster as an xlsx that ReadRoster reads: with nobody, a form to
// be filled in.
func WriteRoster(w io.Writer, list []ledger.Member) error {
	rows := make([][]string, 0, len(list))
	for _, m := range list {
		role := "委员"
		if m.Staff {
			role = "工作人员"
		}
		rows = append(rows, []string{m.Number, m.Name, m.Sector, m.Committee, role, m.Phone})
	}
	return writeForm(w, rosterForm.name, []column{
		{"编号", "每人一个，不重复；换届也不要改，以前的记录按编号认人", 12, nil}, {"姓名", "", 14, nil}, {"界别", "", 20, nil}, {"专委会", "", 24, nil},
		{"身份", "委员，或者工作人员", 12, []string{"委员", "工作人员"}}, {"手机", "可以不填", 16, nil},
	}, rows)
}

// WriteActivities writes activities as an xlsx that ReadActivities reads: with none, a
// form to be filled in.
func WriteActivities(w io.Writer, list []ledger.Activity) error {
	rows := make([][]string, 0, len(list))
	for _, a := range list {
		rows = append(rows, []string{string(a.Date), a.Kind, a.Title, strings.Join(a.Members, "、")})
	}
	return writeForm(w, activityForm.name, []column{
		{"日期", "如 2026-12-01", 14, nil}, {"类别", "从列表里选", 12, ledger.ActivityKinds}, {"名称", "谈话只记日期，名称不留", 32, nil},
		{"参加人", "写编号，用顿号隔开；没有重名的可以写姓名；全体委员写“全体”；不办了写“取消”", 60, nil},
	}, rows)
}

// writeForm writes columns and what stands in them, all of it text: a number that a
// spreadsheet would cut, or a name that begins with =, stays as it is.
func writeForm(w io.Writer, sheet string, columns []column, rows [][]string) error {
	f := excelize.NewFile()
	defer f.Close()
	styles := looks{file: f, ids: map[look]int{}}
	header, err := styles.id(look{size: pointsOfUnits, bold: true, across: "center", form: asText})
	text, textErr := styles.id(look{size: pointsOfUnits, form: asText})
	if err = errors.Join(err, textErr); err == nil {
		err = f.SetSheetName("Sheet1", sheet)
	}
	for i, c := range columns {
		letter, nameErr := excelize.ColumnNumberToName(i + 1)
		err = errors.Join(err, nameErr,
			f.SetColStyle(sheet, letter, text), f.SetColWidth(sheet, letter, letter, c.width),
			f.SetCellStr(sheet, letter+"1", c.name), f.SetCellStyle(sheet, letter+"1", letter+"1", header))
		err = errors.Join(err, guide(f, sheet, letter, c))
		for j, row := range rows {
			err = errors.Join(err, f.SetCellStr(sheet, fmt.Sprint(letter, j+2), row[i]))
		}
	}
	err = errors.Join(err, f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	if err == nil {
		err = f.Write(w)
	}
	if err != nil {
		return fmt.Errorf("write form %s: %w", sheet, err)
	}
	return nil
}

// guide shows what a column is for to who stands in it, and what may be chosen.
func guide(f *excelize.File, sheet, letter string, c column) error {
	if c.hint == "" {
		return nil
	}
	check := excelize.NewDataValidation(true)
	check.Sqref = fmt.Sprintf("%s2:%s%d", letter, letter, sheetRows)
	check.SetInput(c.name, c.hint)
	if c.choices != nil {
		if err := check.SetDropList(c.choices); err != nil {
			return err
		}
		check.SetError(excelize.DataValidationErrorStyleStop, c.name, "请写下列之一："+strings.Join(c.choices, "、"))
	}
	return f.AddDataValidation(sheet, check)
}
