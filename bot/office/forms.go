package office

import (
	"fmt"
	"slices"
	"strings"
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
	Notes    []string // how it was read, as far as it was
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
	return strings.Join(append(lines, e.Notes...), "\n")
}

func (e *FormError) add(row int, format string, args ...any) {
	e.Problems = append(e.Problems, Problem{row, fmt.Sprintf(format, args...)})
}

// form is what a form has to look like.
type form struct {
	name     string
	needs    []string // columns, by their header
	optional []string
	single   []string // columns that a merged cell is no answer for: each row has its own
	lists    []string // columns in which there may be line breaks
	hint     string   // behind the names of the columns, for who has left one out
}

// header is where the columns of a form stand.
type header struct {
	*table
	form
	row     int            // the last of it, as the spreadsheet counts
	columns map[string]int // by the form's names
	merged  map[string][]area
}

// line is a row of a form.
type line struct {
	number int // as the spreadsheet counts
	header *header
	row    row
}

// cell is what a person sees in a column; "" when nothing stands there.
func (l line) cell(name string) string {
	c := l.header.cell(l.row, name)
	if c.numeric {
		return visible(l.header.numbers.shown(c.text, c.style))
	}
	return visible(c.text)
}

// stored is what is stored in a column: of a date the number of days.
func (l line) stored(name string) string { return visible(l.header.cell(l.row, name).text) }

// readForm reads the rows of a form by the names of its columns. What is wrong
// goes into bad; lines is nil when there is no form to speak of.
func readForm(content []byte, f form, bad *FormError) []line {
	t, problem := readTable(content)
	if problem != "" {
		bad.add(0, "%s", problem)
		return nil
	}
	if len(t.rows) == 0 {
		bad.add(0, "文件是空的")
		return nil
	}
	bad.Notes = t.notes
	h, rest := findHeader(t, f, bad)
	if len(bad.Problems) > 0 {
		return nil
	}
	var lines []line
	for _, r := range rest {
		l := line{number: r.number, header: h, row: r}
		if h.blank(l) {
			continue
		}
		lines = append(lines, l)
		h.checkCells(l, bad)
	}
	if len(lines) == 0 {
		bad.add(0, "只有列名，没有内容")
	}
	bad.Notes = append(bad.Notes, h.notes(lines)...)
	return lines
}

// used are the columns that are read.
func (h *header) used() []string {
	var names []string
	for _, name := range append(slices.Clone(h.needs), h.optional...) {
		if _, ok := h.columns[name]; ok {
			names = append(names, name)
		}
	}
	return names
}

// blank reports whether nothing stands in a row that is read: numbers filled in
// beforehand, say, are no line.
func (h *header) blank(l line) bool {
	return !slices.ContainsFunc(h.used(), func(name string) bool {
		c := l.row.cell(h.columns[name])
		return c.broken != "" || visible(c.text) != ""
	})
}

// checkCells refuses what cannot be taken for the text of a cell.
func (h *header) checkCells(l line, bad *FormError) {
	for _, name := range h.used() {
		switch c := h.cell(l.row, name); {
		case c.broken != "":
			bad.add(l.number, "%s是%s，请改成文字", name, c.broken)
		case errorValues[strings.TrimSpace(c.text)]:
			bad.add(l.number, "%s是公式出错（%s），请改成文字", name, strings.TrimSpace(c.text))
		case breaks(l.cell(name)) && !slices.Contains(h.lists, name):
			bad.add(l.number, "%s里有换行、制表符之类，请删去", name)
		}
	}
}

// errorValues are what a spreadsheet writes where a formula failed.
var errorValues = map[string]bool{"#N/A": true, "#REF!": true, "#VALUE!": true, "#NAME?": true, "#DIV/0!": true, "#NUM!": true, "#NULL!": true}

// cell is what stands in a column of a row: in cells that are merged over several
// rows, what stands in the first of them.
func (h *header) cell(r row, name string) cell {
	column, ok := h.columns[name]
	if !ok {
		return cell{}
	}
	a, merged := h.mergedAt(r.number, name)
	switch {
	case !merged:
		return r.cell(column)
	case a.columns.first != column, a.rows.first < r.number && slices.Contains(h.single, name):
		return cell{}
	case a.rows.first == r.number:
		return r.cell(column)
	}
	i, found := slices.BinarySearchFunc(h.rows, a.rows.first, func(r row, number int) int { return r.number - number })
	if !found {
		return cell{}
	}
	return h.rows[i].cell(column)
}

// mergedAt is the block of merged cells that a cell is in.
func (h *header) mergedAt(number int, name string) (a area, ok bool) {
	list := h.merged[name] // by their first row
	i, found := slices.BinarySearchFunc(list, number, func(a area, number int) int { return a.rows.first - number })
	if !found {
		i--
	}
	if i < 0 || !list[i].rows.has(number) {
		return a, false
	}
	return list[i], true
}
