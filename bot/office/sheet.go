package office

import (
	"encoding/xml"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// escapePattern is a character that XML cannot hold, as a workbook writes it.
var escapePattern = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escapePattern.ReplaceAllStringFunc(s, func(m string) string {
		code, err := strconv.ParseUint(m[2:6], 16, 16)
		if err != nil {
			return m
		}
		return string(rune(code))
	})
}

// strings reads the texts that cells share. What says how to read a text aloud
// (rPh) is no part of it.
func (b *book) strings() ([]string, error) {
	var list []string
	var text strings.Builder
	inText, aloud := false, false
	err := b.tokens("xl/sharedStrings.xml", func(token xml.Token) error {
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "t":
				inText = !aloud
			case "rPh":
				aloud = true
			}
		case xml.CharData:
			if inText {
				text.Write(token)
			}
		case xml.EndElement:
			switch token.Name.Local {
			case "t":
				inText = false
			case "rPh":
				aloud = false
			case "si":
				if len(list) == maxStrings {
					return errTooBig
				}
				list = append(list, unescape(text.String()))
				text.Reset()
			}
		}
		return nil
	})
	if errors.Is(err, errNoPart) {
		return nil, nil
	}
	return list, err
}

// reading is a sheet half read.
type reading struct {
	table  *table
	shared []string
	row    row
	column int // of the last cell

	cell         cell
	kind         string // the cell's type
	text         strings.Builder
	inText       bool
	aloud        bool
	formula, has bool // there is a formula, a value
}

// fill reads the cells of a sheet, and what of it is hidden or merged.
func (b *book) fill(t *table, part string, shared []string) error {
	r := &reading{table: t, shared: shared}
	return b.tokens(part, func(token xml.Token) error {
		switch token := token.(type) {
		case xml.StartElement:
			return r.start(token)
		case xml.CharData:
			if r.inText {
				r.text.Write(token)
			}
		case xml.EndElement:
			return r.end(token.Name.Local)
		}
		return nil
	})
}

func (r *reading) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		number, err := strconv.Atoi(attr(e, "r"))
		if err != nil { // they are counted then
			number = r.row.number + 1
		}
		r.row, r.column = row{number: number, hidden: isTrue(attr(e, "hidden"))}, -1
	case "c":
		return r.startCell(e)
	case "v", "t":
		r.inText, r.has = !r.aloud, true
	case "f":
		r.formula = true
	case "rPh":
		r.aloud = true
	case "col":
		first, err1 := strconv.Atoi(attr(e, "min"))
		last, err2 := strconv.Atoi(attr(e, "max"))
		if isTrue(attr(e, "hidden")) && err1 == nil && err2 == nil {
			r.table.hiddenColumns = append(r.table.hiddenColumns, span{first - 1, last - 1})
		}
	case "mergeCell":
		return r.merge(attr(e, "ref"))
	}
	return nil
}

func (r *reading) startCell(e xml.StartElement) error {
	r.column++
	if ref := attr(e, "r"); ref != "" {
		column, _, err := excelize.CellNameToCoordinates(ref)
		if err != nil {
			return fmt.Errorf("cell %q: %w", ref, err)
		}
		r.column = column - 1
	}
	style, err := strconv.Atoi(attr(e, "s"))
	if err != nil {
		style = 0
	}
	r.cell, r.kind = cell{column: r.column, style: style}, attr(e, "t")
	r.formula, r.has = false, false
	r.text.Reset()
	return nil
}

func (r *reading) end(name string) error {
	switch name {
	case "v", "t":
		r.inText = false
	case "rPh":
		r.aloud = false
	case "c":
		return r.endCell()
	case "row":
		return r.table.add(r.row)
	}
	return nil
}

// endCell takes a cell if something stands in it.
func (r *reading) endCell() error {
	c := r.cell
	c.text = r.text.String()
	switch r.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(c.text))
		if err != nil || i < 0 || i >= len(r.shared) {
			return fmt.Errorf("cell %s: no shared string %q", at(c.column, r.row.number), c.text)
		}
		c.text = r.shared[i]
	case "e":
		c.broken = "公式出错（" + c.text + "）"
	case "str", "inlineStr":
		c.text = unescape(c.text)
	case "", "n":
		c.numeric = true
	}
	if r.formula && !r.has {
		c.broken = "没有算过的公式"
	}
	if c.broken == "" && strings.TrimSpace(c.text) == "" {
		return nil
	}
	return r.row.put(c)
}

func (r *reading) merge(ref string) error {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return nil // one cell
	}
	left, top, err1 := excelize.CellNameToCoordinates(from)
	right, bottom, err2 := excelize.CellNameToCoordinates(to)
	if err := errors.Join(err1, err2); err != nil {
		return fmt.Errorf("merged cells %q: %w", ref, err)
	}
	if len(r.table.merged) == maxRows {
		return errTooBig
	}
	r.table.merged = append(r.table.merged, area{span{left - 1, right - 1}, span{top, bottom}})
	return nil
}

// at is a cell's name: C2.
func at(column, row int) string { return letters(column) + strconv.Itoa(row) }

// letters is a column's name: C.
func letters(column int) string {
	name, err := excelize.ColumnNumberToName(column + 1)
	if err != nil {
		return strconv.Itoa(column + 1)
	}
	return name
}
