package convert

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isGrid tells a table of cells from one that only lays out a page, as old sites
// are built: that has tables inside it, a single column, or whole articles in a cell.
func isGrid(table *html.Node) bool {
	rows, widest := 0, 0
	for _, tr := range tableRows(table) {
		cells := rowCells(tr)
		widest = max(widest, len(cells))
		if len(cells) > 0 {
			rows++
		}
		for _, cell := range cells {
			if findElement(cell, atom.Table) != nil {
				return false
			}
			labels := 0
			for _, l := range webLines(cell, nil) {
				if articleLabel(l.text) != "" {
					labels++
				}
			}
			if labels > 1 {
				return false
			}
		}
	}
	return rows > 1 && widest > 1
}

func tableRows(table *html.Node) (rows []*html.Node) {
	for c := range table.ChildNodes() {
		switch c.DataAtom {
		case atom.Tr:
			rows = append(rows, c)
		case atom.Thead, atom.Tbody, atom.Tfoot:
			rows = append(rows, tableRows(c)...)
		}
	}
	return rows
}

func rowCells(tr *html.Node) (cells []*html.Node) {
	for c := range tr.ChildNodes() {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			cells = append(cells, c)
		}
	}
	return cells
}

// tallCell is a cell that goes on in the rows below.
type tallCell struct {
	text string
	rows int
}

// Spans beyond these are mistakes of the page.
const (
	maxColSpan = 100
	maxRowSpan = 1000
)

// grid writes a table row by row. A cell that spans rows stands in each of them, so
// that every row can be read alone; one that spans columns stands once.
func (w *lineWriter) grid(table *html.Node) {
	if caption := findElement(table, atom.Caption); caption != nil {
		w.node(caption)
	}
	tall := map[int]tallCell{}
	first := true
	for _, tr := range tableRows(table) {
		row := webLine{strong: true}
		var cells []string
		carry := func() {
			for t, ok := tall[len(cells)]; ok && t.rows > 0; t, ok = tall[len(cells)] {
				tall[len(cells)] = tallCell{t.text, t.rows - 1}
				cells = append(cells, t.text)
			}
		}
		for _, cell := range rowCells(tr) {
			carry()
			text := w.cell(cell, &row)
			if span := spanOf(cell, "rowspan", maxRowSpan); span > 1 {
				tall[len(cells)] = tallCell{text, span - 1}
			}
			cells = append(cells, text)
			for range spanOf(cell, "colspan", maxColSpan) - 1 {
				cells = append(cells, "")
			}
		}
		carry()
		if strings.Join(cells, "") == "" || w.size > MaxText {
			continue
		}
		row.text = tableRow(cells)
		if first {
			row.text += "\n" + tableRule(len(cells))
			first = false
		}
		w.lines = append(w.lines, row)
		w.size += len(row.text) + 1
	}
}

// cell is the text of a cell in one line; what the row is made of is added to row.
func (w *lineWriter) cell(cell *html.Node, row *webLine) string {
	var parts []string
	for _, l := range webLines(cell, w.skip) {
		parts = append(parts, l.text)
		row.nodes = append(row.nodes, l.nodes...)
		row.chars += l.chars
		row.inLinks += l.inLinks
	}
	return strings.Join(parts, " ")
}

func spanOf(cell *html.Node, key string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(attr(cell, key)))
	if err != nil {
		return 1
	}
	return min(max(n, 1), most)
}
