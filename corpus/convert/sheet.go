package convert

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// Bounds of a table of articles: the longest code has 1,260 of them.
const (
	maxRows    = 100_000
	maxColumns = 256
)

// grid is a table as it was read: a sheet of a workbook, or a csv.
type grid struct {
	name string // "" for a csv
	rows [][]string
}

// add takes a row; blank cells at its end are none, and a blank row is none.
func (s *grid) add(cells []string) error {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	switch {
	case len(cells) == 0:
		return nil
	case len(cells) > maxColumns:
		return errorf("请只留下条号和内容两列再导入", "表格超过 %d 列", maxColumns)
	case len(s.rows) >= maxRows:
		return errorf("请拆成几份再导入", "表格超过 %d 行", maxRows)
	}
	s.rows = append(s.rows, cells)
	return nil
}

// readCSV reads a table of articles saved as text.
func readCSV(ctx context.Context, _ string, data []byte, _ Options) (*Document, error) {
	text, encoding, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	doc := &Document{Format: "CSV"}
	doc.noteEncoding(encoding)
	r := csv.NewReader(bytes.NewReader([]byte(oneLineEnd(text))))
	r.Comma, r.FieldsPerRecord = delimiter(text), -1
	var s grid
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var at *csv.ParseError
		if errors.As(err, &at) {
			return nil, errorf("请用 Excel 或 WPS 打开核对，另存为 xlsx 再导入", "第 %d 行的引号不成对", at.StartLine)
		}
		if err != nil {
			return nil, errorf("请用 Excel 或 WPS 打开，另存为 xlsx 再导入", "表格读不下去")
		}
		if err := s.add(cells); err != nil {
			return nil, err
		}
	}
	return doc, doc.sheets([]grid{s})
}

// delimiter is what parts the cells: the sign that stands most often in the first
// line.
func delimiter(text string) rune {
	line, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	best := ','
	for _, c := range ";\t" {
		if strings.Count(line, string(c)) > strings.Count(line, string(best)) {
			best = c
		}
	}
	return best
}
