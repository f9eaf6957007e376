package convert

import (
	"encoding/xml"
	"strings"
)

// maxCellSpan is how many columns a cell may cover, as in Word.
const maxCellSpan = 63

// wordTable is a table as it is read.
type wordTable struct {
	wordFlow
	cells int        // of all rows
	last  *wordCell  // the one read last
	above []string   // by column, what stands in the cell above
	hang  []wordLine // what hangs on the cells
}

// wordCell is a cell with its place among others.
type wordCell struct {
	wordFlow
	span      int
	continued bool // it belongs to the cell above
	gone      bool // a tracked change took it out
}

// table adds a table to a flow, a row a line. One that is a single cell is a frame
// around ordinary paragraphs.
func (w *word) table(p *xmlPart, f *wordFlow) error {
	g := &wordTable{}
	if err := w.rows(p, g); err != nil {
		return err
	}
	if g.cells == 1 {
		return f.add(g.last.lines...)
	}
	return f.add(append(g.lines, g.hang...)...)
}

func (w *word) rows(p *xmlPart, g *wordTable) error {
	return p.each(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "tr":
			return w.row(p, g)
		case "tblPr", "tblGrid", "sdtPr", "sdtEndPr", "customXmlPr":
			return p.skip()
		case "AlternateContent":
			return w.alternate(p, func() error { return w.rows(p, g) })
		}
		return w.rows(p, g)
	})
}

// row reads a row. One that a tracked change took out makes no line.
func (w *word) row(p *xmlPart, g *wordTable) error {
	var cells []*wordCell
	before, gone := 0, false
	var read func(el xml.StartElement) error
	read = func(el xml.StartElement) error {
		switch el.Name.Local {
		case "tc":
			if gone {
				return w.deleted(p, el)
			}
			c, err := w.cell(p)
			if err == nil && !c.gone {
				cells = append(cells, c)
			}
			return err
		case "trPr":
			return p.each(func(el xml.StartElement) error {
				switch el.Name.Local {
				case "gridBefore":
					before = countAttr(el, "val", maxCellSpan)
				case "del":
					gone = true
				case "ins":
					w.change(&w.inserted)
				}
				return p.skip()
			})
		case "tblPrEx", "sdtPr", "sdtEndPr", "customXmlPr":
			return p.skip()
		}
		return p.each(read)
	}
	if err := p.each(read); err != nil {
		return err
	}
	return w.place(g, before, cells)
}

// place puts a row's cells into their columns. A row without a word makes no line.
func (w *word) place(g *wordTable, before int, cells []*wordCell) error {
	out := make([]string, before, before+len(cells))
	for _, c := range cells {
		g.cells++
		g.last = c
		text, hang := c.inline()
		for _, l := range c.lines {
			if l.kind == bareLine {
				w.numbered(l.text, l.at)
			}
		}
		g.hang = append(g.hang, hang...)
		for len(g.above) <= len(out) {
			g.above = append(g.above, "")
		}
		if c.continued && text == "" {
			text = g.above[len(out)]
		}
		g.above[len(out)] = text
		out = append(append(out, text), make([]string, c.span-1)...)
	}
	if strings.Join(out, "") == "" {
		return nil
	}
	first := len(g.lines) == 0
	if err := g.add(wordLine{kind: rowLine, cells: out}); err != nil || !first {
		return err
	}
	return g.add(wordLine{kind: ruleLine, cells: make([]string, len(out))})
}

func (w *word) cell(p *xmlPart) (*wordCell, error) {
	c := &wordCell{span: 1}
	err := p.each(func(el xml.StartElement) error {
		switch {
		case el.Name.Local == "tcPr":
			return w.cellProps(p, c)
		case c.gone:
			return w.deleted(p, el)
		}
		return w.block(p, &c.wordFlow, el)
	})
	if err != nil {
		return nil, err
	}
	return c, w.flush(&c.wordFlow)
}

func (w *word) cellProps(p *xmlPart, c *wordCell) error {
	return p.each(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "gridSpan":
			c.span = max(1, countAttr(el, "val", maxCellSpan))
		case "vMerge":
			c.continued = xmlAttr(el, "val") != "restart"
		case "cellDel":
			c.gone = true
		}
		return p.skip()
	})
}
