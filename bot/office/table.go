package office

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// MaxFile is how large a form may be, in bytes.
const MaxFile = 16 << 20

// The other limits of a form lie far above what an office has, and low enough
// for a file that was made to do harm. What is beyond them is refused.
const (
	maxRows    = 20_000
	maxColumns = 256
	maxCells   = 200_000
	maxCell    = 4 * 32_767 // bytes; as many characters as Excel takes
	maxText    = 16 << 20   // bytes in all cells: they may share a text
)

// tooBig is what is said of a form beyond the limits.
var tooBig = fmt.Sprintf("表格太大：最多 %d 行、%d 列、%d 个有内容的格子，文件最大 %d MB。请只留下要导入的行和列，复制到新的表格里再存", maxRows, maxColumns, maxCells, MaxFile>>20)

// errTooBig stops reading a form beyond the limits.
var errTooBig = errors.New("form too big")

// table is what stands in a sheet or in a csv.
type table struct {
	sheet         string // its name; "" for a csv
	rows          []row  // those in which something stands, in order
	cells, text   int    // of all rows: how many, and how many bytes in them
	merged        []area
	hiddenColumns []span
	numbers       *numbers // nil for a csv
	notes         []string // what was done that nobody asked for
}

// row is a row, and cell a cell of it in which something stands.
type row struct {
	number int // as the spreadsheet counts
	hidden bool
	cells  []cell
}

type cell struct {
	column  int // from 0
	text    string
	numeric bool   // text is a number, to be shown as its style says
	style   int    // of the workbook
	broken  string // why nothing can be said of it; "" for nearly all
}

// span is a run of rows or columns, area a block of cells.
type span struct{ first, last int }

type area struct{ columns, rows span }

func (s span) has(i int) bool { return s.first <= i && i <= s.last }

// cell is the cell of a row in a column; the zero cell when nothing stands there.
func (r row) cell(column int) cell {
	for _, c := range r.cells {
		if c.column == column {
			return c
		}
	}
	return cell{}
}

// put appends a cell to a row, or refuses it.
func (r *row) put(c cell) error {
	if c.column >= maxColumns || len(r.cells) == maxColumns || len(c.text) > maxCell {
		return errTooBig
	}
	r.cells = append(r.cells, c)
	return nil
}

// add appends a row in which something stands, or refuses it.
func (t *table) add(r row) error {
	if len(r.cells) == 0 {
		return nil
	}
	t.cells += len(r.cells)
	for _, c := range r.cells {
		t.text += len(c.text)
	}
	if r.number > maxRows || t.cells > maxCells || t.text > maxText {
		return errTooBig
	}
	t.rows = append(t.rows, r)
	return nil
}

// readTable reads the first visible sheet of an xlsx, or a csv (UTF-8 or GBK).
// problem says why it cannot.
func readTable(content []byte) (t *table, problem string) {
	switch {
	case len(content) == 0:
		return nil, "文件是空的"
	case len(content) > MaxFile:
		return nil, tooBig
	case bytes.HasPrefix(content, []byte("PK")):
		return readWorkbook(content)
	}
	if is := foreign(content); is != "" {
		return nil, is
	}
	if !utf8.Valid(content) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(content)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, "文字编码不认识，请另存为 UTF-8 的 csv 或者 xlsx"
		}
		content = decoded
	}
	return readCSV(bytes.TrimPrefix(content, []byte("\ufeff")))
}

// foreign says what a file is that is no form; "" if it may be a csv.
func foreign(content []byte) string {
	switch start := bytes.TrimSpace(bytes.TrimPrefix(content[:min(len(content), 1024)], []byte("\ufeff"))); {
	case bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		if bytes.Contains(content, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e")) {
			return "这个表格有打开密码，读不出来。请用 Excel 或 WPS 打开，去掉密码再存"
		}
		return "这是老格式的 xls，请另存为 xlsx"
	case bytes.HasPrefix(start, []byte("%PDF")):
		return "这是 PDF，请导出成 xlsx 或 csv"
	case bytes.HasPrefix(start, []byte("<")):
		return "这是网页（或 XML）存成的表格，请用 Excel 或 WPS 打开，另存为 xlsx"
	}
	return ""
}

// readCSV counts rows as a spreadsheet does: also the empty ones, which the
// reader passes over, and those with line breaks in a cell as one.
func readCSV(content []byte) (*table, string) {
	if bytes.Count(content, []byte{','})+bytes.Count(content, []byte{'\n'}) > 2*maxCells {
		return nil, tooBig // before anything is made of it
	}
	r := csv.NewReader(bytes.NewReader(content))
	r.FieldsPerRecord = -1
	t := &table{}
	number, next := 0, 1 // of the row; the line after it
	for {
		record, err := r.Read()
		if err == io.EOF {
			return t, ""
		}
		var bad *csv.ParseError
		switch {
		case errors.As(err, &bad):
			return nil, fmt.Sprintf("第 %d 行引号不成对，或者格式不对", bad.Line)
		case err != nil:
			return nil, "读不出来（" + err.Error() + "）"
		}
		line, _ := r.FieldPos(0)
		number += 1 + line - next
		next = line + 1
		found := row{number: number}
		for i, text := range record {
			next += strings.Count(text, "\n")
			if strings.TrimSpace(text) == "" {
				continue
			}
			if found.put(cell{column: i, text: text}) != nil {
				return nil, tooBig
			}
		}
		if t.add(found) != nil {
			return nil, tooBig
		}
	}
}
