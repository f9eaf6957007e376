package office

import (
	"errors"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/width"
)

// page is a sheet of a workbook as it is printed: a title, whose it is and of which
// days, a table whose head stands on every page of paper, and lines beneath it.
type page struct {
	name, title string
	under       []string // in a line where it fits
	columns     []pageColumn
	rows        [][]any
	sums        int // how many of the last rows are sums
	filter      int // how many of the first columns can be filtered by
	small       bool
	notes       []string
	chart       func(f *excelize.File, sheet string, first, last int) error // of the rows from one to another, without sums
}

// pageColumn is how wide a column is: as its contents are, within bounds. What is longer
// is broken; most 0 is no bound.
type pageColumn struct {
	name        string
	least, most float64
	mark        bool // its cells have a letter or two, and shrink rather than break
}

// headRows stand on every page of paper: title, whose, and the names of the columns.
const headRows = 3

// write writes a page into its sheet. The sheet's settings come first: what streams is
// written once.
func (p page) write(f *excelize.File, l looks) error {
	widths := p.widths()
	if err := p.setUp(f, widths); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(p.name)
	if err != nil {
		return err
	}
	for i, w := range widths {
		if err := out.SetColWidth(i+1, i+1, w); err != nil {
			return err
		}
	}
	if err := out.SetPanes(p.panes()); err != nil {
		return err
	}
	s := stream{StreamWriter: out, page: p, looks: l, widths: widths}
	head := make([]any, len(p.columns))
	for i, c := range p.columns {
		head[i] = c.name
	}
	err = errors.Join(s.across(p.title, titleLook, 30), s.across(p.inLine(widths), underLook, 0), s.row(head, rowOfHead))
	for i, row := range p.rows {
		kind := rowOfTable
		if i >= len(p.rows)-p.sums {
			kind = rowOfSums
		}
		err = errors.Join(err, s.row(row, kind))
	}
	if len(p.notes) > 0 {
		s.at++ // a row between
	}
	for _, note := range p.notes {
		err = errors.Join(err, s.across(note, noteLook, 0))
	}
	return errors.Join(err, out.Flush())
}

// panes keep the head in sight, and of a month whose the marks are.
func (p page) panes() *excelize.Panes {
	if p.small {
		return &excelize.Panes{Freeze: true, XSplit: 2, YSplit: headRows, TopLeftCell: "C4", ActivePane: "bottomRight"}
	}
	return &excelize.Panes{Freeze: true, YSplit: headRows, TopLeftCell: "A4", ActivePane: "bottomLeft"}
}

// inLine is what stands under the title: in a line, or in several where a sheet is narrow.
func (p page) inLine(widths []float64) string {
	if line := strings.Join(p.under, "　　"); linesIn(line, total(widths), underLook.size) == 1 {
		return line
	}
	return strings.Join(p.under, "\n")
}

func total(widths []float64) (sum float64) {
	for _, w := range widths {
		sum += w
	}
	return sum
}

// The most of columns that are well to read on an upright page, and the most rows of
// which a chart stands beneath on one page.
const (
	mostUpright  = 116
	mostOverPlot = 62 // five years and the sums
)

// setUp sets how a sheet is printed: on A4, one page across, the head on each page,
// the pages counted; upright unless it is too wide. A chart stays whole.
func (p page) setUp(f *excelize.File, widths []float64) error {
	a4, orientation, wide, high, yes := 9, "landscape", 1, 0, true
	if p.small || total(widths) <= mostUpright {
		orientation = "portrait"
	}
	if p.chart != nil && len(p.rows) <= mostOverPlot {
		high = 1
	}
	first, last := headRows+1, headRows+len(p.rows)-p.sums
	if p.filter > 0 && last >= first {
		to, err := excelize.CoordinatesToCellName(p.filter, last)
		if err = errors.Join(err, f.AutoFilter(p.name, "A3:"+to, nil)); err != nil { // first: it forgets the sheet's other settings
			return err
		}
	}
	side, top, bottom, edge := 0.4, 0.6, 0.7, 0.3 // inches
	err := errors.Join(
		f.SetSheetProps(p.name, &excelize.SheetPropsOptions{FitToPage: &yes}),
		f.SetPageLayout(p.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}),
		f.SetPageMargins(p.name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &edge, Footer: &edge, Horizontally: &yes}),
		f.SetHeaderFooter(p.name, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页 共 &N 页"}),
		f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + p.name + "'!$1:$3", Scope: p.name}),
	)
	if err == nil && p.chart != nil && last >= first {
		err = p.chart(f, p.name, first, last)
	}
	return err
}

// widths are as wide as the contents, within bounds.
func (p page) widths() []float64 {
	list, size := make([]float64, len(p.columns)), p.size()
	for i, c := range p.columns {
		list[i] = max(c.least*size/pointsOfUnits, unitsOf(c.name, size))
		if c.mark {
			list[i] = c.least
			continue
		}
		for _, row := range p.rows {
			if text, ok := row[i].(string); ok {
				list[i] = max(list[i], unitsOf(text, size))
			}
		}
		if c.most > 0 {
			list[i] = min(list[i], c.most)
		}
	}
	return list
}

// size is how large the letters of a table are, in points.
func (p page) size() float64 {
	if p.small {
		return 9
	}
	return pointsOfUnits
}

// pointsOfUnits is how large the digits are by which columns are measured.
const pointsOfUnits = 11

// unitsOf is how wide a column has to be for a text in a line: a Chinese character is a
// little wider than two digits.
func unitsOf(text string, size float64) float64 { return 1.1*columnsOf(text)*size/pointsOfUnits + 2 }

// columnsOf is how many digits wide a text is.
func columnsOf(text string) (n float64) {
	for _, r := range text {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		case width.EastAsianAmbiguous: // “ and ” are as wide as a character there
			n += 2
		default:
			n++
		}
	}
	return n
}

// linesIn is how many lines a text takes in so wide a cell.
func linesIn(text string, wide, size float64) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n += max(1, int(math.Ceil((unitsOf(line, size)-2)/max(wide-1.5, 2))))
	}
	return n
}
