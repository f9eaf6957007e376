package office

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Problem is one thing that is wrong with a form.
type Problem struct {
	Row  int // as the spreadsheet counts; 0: the file
	What string
}

// FormError is everything that is wrong with a form. Nothing of it is taken.
type FormError struct {
	Form     string // what the form is, for people
	Problems []Problem
}

func (e *FormError) Error() string {
	lines := []string{fmt.Sprintf("%s有 %d 处问题，一条也没有导入：", e.Form, len(e.Problems))}
	for _, p := range e.Problems {
		if p.Row == 0 {
			lines = append(lines, "  "+p.What)
		} else {
			lines = append(lines, fmt.Sprintf("  第 %d 行：%s", p.Row, p.What))
		}
	}
	return strings.Join(lines, "\n")
}

func (e *FormError) add(row int, format string, args ...any) {
	e.Problems = append(e.Problems, Problem{row, fmt.Sprintf(format, args...)})
}

// line is a row of a form that is not empty.
type line struct {
	number  int // as the spreadsheet counts
	columns map[string]int
	cells   []string // as they are shown
	raw     []string // as they are stored: a date is a number of days
}

// cell is what stands in a column; "" when nothing does.
func (l line) cell(name string) string { return at(l.cells, l.columns, name) }

// stored is what is stored in a column.
func (l line) stored(name string) string { return at(l.raw, l.columns, name) }

func at(cells []string, columns map[string]int, name string) string {
	i, ok := columns[name]
	if !ok || i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[i])
}

// readForm reads the first sheet of an xlsx, or a csv (UTF-8 or GBK), by the
// header in its first row. Problems go into bad; lines is nil when there is no
// form to speak of.
func readForm(content []byte, needs []string, optional string, bad *FormError) (lines []line) {
	rows, raw, problem := cells(content)
	if problem != "" {
		bad.add(0, "%s", problem)
		return nil
	}
	if len(rows) == 0 {
		bad.add(0, "文件是空的")
		return nil
	}
	columns := map[string]int{}
	for i, name := range rows[0] {
		columns[strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))] = i
	}
	for _, name := range needs {
		if _, ok := columns[name]; !ok {
			bad.add(1, "没有“%s”这一列；第一行要写列名：%s%s", name, strings.Join(needs, "、"), optional)
		}
	}
	if len(bad.Problems) > 0 {
		return nil
	}
	for i, row := range rows[1:] {
		if slices.ContainsFunc(row, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			lines = append(lines, line{number: i + 2, columns: columns, cells: row, raw: raw[i+1]})
		}
	}
	if len(lines) == 0 {
		bad.add(0, "只有列名，没有内容")
	}
	return lines
}

// cells are those of the first sheet or of the csv, as shown and as stored.
func cells(content []byte) (shown, stored [][]string, problem string) {
	if bytes.HasPrefix(content, []byte("PK")) {
		shown, stored, err := sheetCells(content)
		if err != nil {
			return nil, nil, "不是完好的 xlsx 文件（" + err.Error() + "），请用 Excel 或 WPS 另存一次"
		}
		return shown, stored, ""
	}
	if bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")) {
		return nil, nil, "这是老格式的 xls，请另存为 xlsx"
	}
	if !utf8.Valid(content) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(content)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, nil, "文字编码不认识，请另存为 UTF-8 的 csv 或者 xlsx"
		}
		content = decoded
	}
	r := csv.NewReader(bytes.NewReader(content))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	var bad *csv.ParseError
	switch {
	case errors.As(err, &bad):
		return nil, nil, fmt.Sprintf("第 %d 行引号不成对，或者格式不对", bad.Line)
	case err != nil:
		return nil, nil, "读不出来（" + err.Error() + "）"
	}
	return rows, rows, ""
}

// maxUnzipped bounds what an xlsx may unpack to.
const maxUnzipped = 64 << 20

func sheetCells(content []byte) (shown, stored [][]string, err error) {
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: maxUnzipped})
	if err != nil {
		return nil, nil, err
	}
	sheet := f.GetSheetName(0)
	shown, err1 := f.GetRows(sheet)
	stored, err2 := f.GetRows(sheet, excelize.Options{RawCellValue: true})
	for len(stored) < len(shown) {
		stored = append(stored, nil)
	}
	return shown, stored, errors.Join(err1, err2, f.Close())
}
