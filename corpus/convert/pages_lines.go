package convert

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// glyph is a character where it stands on a page.
type glyph struct {
	text     string
	x, right float64
	y        float64 // of the baseline, from the top of the page
	size     float64
	run      int // glyphs of one drawing have the same
}

// Distances in ems.
const (
	wordGap  = 0.2  // between Latin words
	wideGap  = 0.4  // between Chinese characters, beyond what justification makes in the line
	cellGap  = 1.5  // between the cells of a table
	fakeBold = 0.12 // a glyph drawn again to look bold
	baseline = 0.42 // how far apart baselines of one line may be: a raised mark is of its line
	far      = 2.2  // times the size of the text: stands by itself, whatever it covers
)

// mostAgain is how many glyphs in one place are looked through for the same one.
const mostAgain = 64

// linesOf puts the glyphs of a page into lines in reading order.
func linesOf(page int, glyphs []glyph) []pageLine {
	rows := rowsOf(glyphs)
	middle, two := gutter(rows)
	if !two {
		return setRows(page, 0, rows)
	}
	var out []pageLine
	var left, right [][]glyph
	flush := func() {
		out = append(out, setRows(page, 1, left)...)
		out = append(out, setRows(page, 2, right)...)
		left, right = nil, nil
	}
	for _, row := range rows {
		a, b, crosses := splitRow(row, middle)
		if crosses {
			flush()
			out = append(out, setRows(page, 0, [][]glyph{row})...)
			continue
		}
		if len(a) > 0 {
			left = append(left, a)
		}
		if len(b) > 0 {
			right = append(right, b)
		}
	}
	flush()
	return out
}

// rowsOf groups glyphs by baseline, from the top of the page down, each row from
// left to right.
func rowsOf(glyphs []glyph) (rows [][]glyph) {
	var sizes []float64
	for _, g := range glyphs {
		sizes = append(sizes, g.size)
	}
	usual := median(sizes)
	var small, large []glyph
	for _, g := range glyphs {
		if g.size > far*usual {
			large = append(large, g)
		} else {
			small = append(small, g)
		}
	}
	rows = append(byBaseline(small), byBaseline(large)...)
	slices.SortStableFunc(rows, func(a, b []glyph) int { return cmp.Compare(a[0].y, b[0].y) })
	return rows
}

func byBaseline(glyphs []glyph) (rows [][]glyph) {
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Compare(a.y, b.y) })
	for i, g := range glyphs {
		if i == 0 || g.y-glyphs[i-1].y > baseline*max(g.size, glyphs[i-1].size) {
			rows = append(rows, nil)
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], g)
	}
	for i, row := range rows {
		slices.SortStableFunc(row, func(a, b glyph) int { return cmp.Compare(a.x, b.x) })
		rows[i] = once(row)
	}
	return rows
}

// once drops the glyphs of a row that are drawn a second time in the same place.
func once(row []glyph) []glyph {
	var out []glyph
	for _, g := range row {
		again := false
		for i := len(out) - 1; i >= max(0, len(out)-mostAgain) && g.x-out[i].x <= fakeBold*g.size; i-- {
			again = again || out[i].text == g.text && out[i].run != g.run
		}
		if !again {
			out = append(out, g)
		}
	}
	return out
}

// setRows makes lines of rows; a row of spaces makes none.
func setRows(page, block int, rows [][]glyph) (lines []pageLine) {
	for _, row := range rows {
		if line, ok := setRow(row); ok {
			line.page, line.block = page, block
			lines = append(lines, line)
		}
	}
	return lines
}

// setRow makes a line of one row: spaces where a gap is one, cells where it is wide.
func setRow(row []glyph) (line pageLine, ok bool) {
	var whole, piece strings.Builder
	var sizes []float64
	var last glyph // with ink
	spaced, usual := false, usualGap(row)
	for _, g := range row {
		if blank(g.text) {
			spaced = spaced || ok
			continue
		}
		gap := g.x - last.right
		switch {
		case !ok:
			line.x, line.y = g.x, g.y
			line.cells = []cell{{x: g.x}}
		case gap > cellGap*min(g.size, last.size):
			line.cells[len(line.cells)-1].text, line.cells[len(line.cells)-1].right = piece.String(), last.right
			line.cells = append(line.cells, cell{x: g.x})
			piece.Reset()
			whole.WriteByte(' ')
		case spaced || isSpace(last, g, gap, usual):
			whole.WriteByte(' ')
			piece.WriteByte(' ')
		}
		whole.WriteString(g.text)
		piece.WriteString(g.text)
		sizes = append(sizes, g.size)
		last, ok, spaced = g, true, false
	}
	if !ok {
		return line, false
	}
	line.cells[len(line.cells)-1].text, line.cells[len(line.cells)-1].right = piece.String(), last.right
	line.text, line.right, line.size = whole.String(), last.right, median(sizes)
	return line, true
}

func blank(s string) bool { return strings.TrimFunc(s, unicode.IsSpace) == "" }

// usualGap is how far apart the characters of a row are, as justification has it:
// that is the same between all, and a space is more.
func usualGap(row []glyph) float64 {
	var gaps []float64
	for i := 1; i < len(row); i++ {
		gaps = append(gaps, row[i].x-row[i-1].right)
	}
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return max(gaps[len(gaps)/3], 0)
}

// isSpace tells whether the gap between two glyphs is a space that was not drawn.
func isSpace(a, b glyph, gap, usual float64) bool {
	last, _ := utf8.DecodeLastRuneInString(a.text)
	first, _ := utf8.DecodeRuneInString(b.text)
	em := min(a.size, b.size)
	if narrow(last) && narrow(first) {
		return gap > wordGap*em
	}
	return gap > usual+wideGap*em
}
