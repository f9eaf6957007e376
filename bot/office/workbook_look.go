package office

import (
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// look is how a cell looks. Those of a table have borders.
type look struct {
	size           float64
	bold, bordered bool
	shrinks        bool // rather than break
	across         string
	form           string // of the value; see the formats of excelize
}

// The looks of what stands across a sheet.
var (
	titleLook = look{size: 16, bold: true, across: "center", form: asText}
	underLook = look{size: 11, across: "left", form: asText}
	noteLook  = look{size: 10, across: "left", form: asText}
)

// Formats of values.
const (
	asText    = "@"
	asNumber  = "0"
	asPercent = "0.0%"
)

// looks are the styles of a workbook, each made once.
type looks struct {
	file *excelize.File
	ids  map[look]int
}

func (l looks) id(of look) (int, error) {
	if id, ok := l.ids[of]; ok {
		return id, nil
	}
	s := excelize.Style{
		Font: &excelize.Font{Family: "宋体", Size: of.size, Bold: of.bold}, CustomNumFmt: &of.form,
		Alignment: &excelize.Alignment{Horizontal: of.across, Vertical: "center", WrapText: !of.shrinks, ShrinkToFit: of.shrinks},
	}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		if of.bordered {
			s.Border = append(s.Border, excelize.Border{Type: side, Color: "000000", Style: 1})
		}
	}
	id, err := l.file.NewStyle(&s)
	l.ids[of] = id
	return id, err
}

// Kinds of rows of a table.
type rowKind int

const (
	rowOfTable rowKind = iota
	rowOfHead
	rowOfSums
)

// stream writes the rows of a page from top to bottom.
type stream struct {
	*excelize.StreamWriter
	page
	looks
	widths []float64
	at     int // the last row that is written
}

// across writes a text over the whole width, in a row as high as it takes.
func (s *stream) across(text string, of look, least float64) error {
	id, err := s.id(of)
	if err != nil {
		return err
	}
	s.at++
	start := fmt.Sprintf("A%d", s.at)
	height := max(least, highAs(linesIn(text, total(s.widths), of.size), of.size))
	if err := s.SetRow(start, []any{excelize.Cell{Value: text, StyleID: id}}, excelize.RowOpts{Height: height}); err != nil || len(s.widths) == 1 {
		return err
	}
	end, err := excelize.CoordinatesToCellName(len(s.widths), s.at)
	return errors.Join(err, s.MergeCell(start, end))
}

// row writes a row of the table.
func (s *stream) row(values []any, kind rowKind) error {
	size, lines := s.size(), 1
	cells := make([]any, len(values))
	for i, value := range values {
		text, isText := value.(string)
		of := look{size: size, bold: kind != rowOfTable, bordered: true, shrinks: s.columns[i].mark, across: "center", form: asNumber}
		switch {
		case isText:
			of.form = asText
			if kind == rowOfTable && !of.shrinks && text != noRate {
				of.across = "left"
			}
			if !of.shrinks {
				lines = max(lines, linesIn(text, s.widths[i], size))
			}
		case isRate(value):
			of.form = asPercent
		}
		id, err := s.id(of)
		if err != nil {
			return err
		}
		cells[i] = excelize.Cell{Value: value, StyleID: id}
	}
	s.at++
	return s.SetRow(fmt.Sprintf("A%d", s.at), cells, excelize.RowOpts{Height: highAs(lines, size)})
}

func isRate(value any) bool {
	_, ok := value.(float64)
	return ok
}

// highAs is how high so many lines of a size are, in points, with some room.
func highAs(lines int, size float64) float64 { return float64(lines)*size*1.25 + size*0.3 }
