package convert

import (
	"bytes"
	"context"

	"github.com/xuri/excelize/v2"
)

// readXLSX reads a table of articles, sheet after sheet.
func readXLSX(ctx context.Context, _ string, data []byte, _ Options) (*Document, error) {
	if _, err := openArchive(data); err != nil {
		return nil, err
	}
	// With one limit for all nothing is unpacked to the disk.
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: MaxPart, UnzipXMLSizeLimit: MaxPart})
	if err != nil {
		return nil, errorf("请用 Excel 或 WPS 打开，删去图片，另存为 xlsx 再导入", "工作簿打不开，或者解开以后超过 %d MB", MaxPart/mebibyte)
	}
	defer f.Close() // it has no files open: there is nothing to lose
	doc := &Document{Format: "Excel"}
	var list []grid
	for _, name := range f.GetSheetList() {
		s, err := doc.readSheet(ctx, f, name)
		if err != nil {
			return nil, err
		}
		if len(s.rows) > 0 {
			list = append(list, *s)
		}
	}
	return doc, doc.sheets(list)
}

func (d *Document) readSheet(ctx context.Context, f *excelize.File, name string) (*grid, error) {
	s := &grid{name: name}
	rows, err := f.Rows(name)
	if err != nil {
		return s, nil // a sheet of charts has no rows
	}
	defer rows.Close() // of memory
	hidden := 0
	var numbers []int
	for n := 1; rows.Next(); n++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		cells, err := rows.Columns()
		if err != nil {
			return nil, brokenSheet(name)
		}
		before := len(s.rows)
		if err := s.add(cells); err != nil {
			return nil, err
		}
		if len(s.rows) > before {
			numbers = append(numbers, n)
			if rows.GetRowOpts().Hidden {
				hidden++
			}
		}
	}
	if rows.Error() != nil {
		return nil, brokenSheet(name)
	}
	if len(s.rows) == 0 {
		return s, nil
	}
	if visible, err := f.GetSheetVisible(name); err == nil && !visible {
		d.note(Info, name, "工作表「%s」是隐藏的，也读了", name)
	}
	if hidden > 0 {
		d.note(Info, name, "工作表「%s」有 %d 行是隐藏的，也读了", name, hidden)
	}
	if comments, err := f.GetComments(name); err == nil && len(comments) > 0 {
		d.note(Dropped, name, "工作表「%s」有 %d 处批注没有取", name, len(comments))
	}
	return s, s.merge(f, numbers)
}

// merge repeats a merged cell in each row it covers, so that every row can be read
// alone; beside itself it is not repeated. numbers are the rows' places in the sheet.
func (s *grid) merge(f *excelize.File, numbers []int) error {
	merged, err := f.GetMergeCells(s.name, true)
	if err != nil {
		return brokenSheet(s.name)
	}
	if len(merged) > maxRows {
		return errorf("请取消合并单元格再导入", "合并的单元格太多，超过 %d 处", maxRows)
	}
	at := make(map[int]int, len(numbers))
	for i, n := range numbers {
		at[n] = i
	}
	for _, m := range merged {
		col, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return brokenSheet(s.name)
		}
		_, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return brokenSheet(s.name)
		}
		i, ok := at[top]
		if !ok || col > len(s.rows[i]) {
			continue
		}
		text := s.rows[i][col-1]
		for i++; i < len(numbers) && numbers[i] <= bottom; i++ {
			for len(s.rows[i]) < col {
				s.rows[i] = append(s.rows[i], "")
			}
			s.rows[i][col-1] = text
		}
	}
	return nil
}

func brokenSheet(name string) *Error {
	return errorf("请用 Excel 或 WPS 打开，另存为 xlsx 再导入", "工作表「%s」读不下去", name)
}
