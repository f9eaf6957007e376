package convert

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// sheet is one page as it lies before the reader. Lengths are in any one unit, from
// the upper left corner; what is decided of them is decided in ems.
type sheet struct {
	width, height float64
	lines         []pageLine // in reading order
}

// pageLine is a line of text on a page.
type pageLine struct {
	text     string
	page     int     // from 1
	paper    float64 // the width of the page
	x, right float64 // where its first glyph begins and its last one ends
	y        float64 // of the baseline
	size     float64 // of an em
	block    int     // 0 across the page, 1 and 2 the columns of a page that has them
	cells    []cell  // the pieces between wide gaps; one when there is none
	row      bool    // text is a row of a table already
}

// cell is a piece of a line that stands by itself.
type cell struct {
	text     string
	x, right float64
}

// shift moves a line.
func (l *pageLine) shift(dx, dy float64) {
	l.x, l.right, l.y = l.x+dx, l.right+dx, l.y+dy
	for i := range l.cells {
		l.cells[i].x, l.cells[i].right = l.cells[i].x+dx, l.cells[i].right+dx
	}
}

// fromPages sets the text of a document that is laid out in pages. What only belongs
// to the pages goes, with a note; the lines that are left become paragraphs.
func (d *Document) fromPages(sheets []sheet) {
	sheets = d.withoutFurniture(sheets)
	var lines []pageLine
	for _, s := range sheets {
		for _, l := range s.lines {
			l.paper = s.width
			lines = append(lines, l)
		}
	}
	d.Text = strings.Join(paragraphs(tables(lines)), "\n")
	d.Wrapped = true
}

// begins is how a paragraph begins wherever its line stands.
var begins = regexp.MustCompile(`^(第[一二三四五六七八九十百千零〇○\d]+[编章节条款]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,3}[、．]|\d{1,3}\.(?:\D|$)|[①-⑳⒈-⒛])`)

// spokenOf is what may also be the middle of a sentence: an article or an item that
// the sentence before it names.
var spokenOf = regexp.MustCompile(`^(第[一二三四五六七八九十百千零〇○\d]+[条款]|[（(][一二三四五六七八九十\d]+[）)](?:项|目|至|、|和|或))`)

// paragraphs joins the lines that geometry shows to be one paragraph. In doubt lines
// stay apart: Wrapped tells whoever reads on that they may belong together.
func paragraphs(lines []pageLine) []string {
	area := areaOf(lines)
	var out []string
	for i, line := range lines {
		if i > 0 && area.continues(lines[i-1], line) {
			out[len(out)-1] = joinLines(out[len(out)-1], line.text)
			continue
		}
		out = append(out, line.text)
	}
	return out
}

// Widths in ems.
const (
	shortOfMargin = 2.2  // how far a full line may end before the margin: punctuation may not begin a line
	indentBegins  = 1.2  // what is further in is a first line
	firstLine     = 2.0  // how far in a first line is set: where all others are, the margin is not seen
	farthestIn    = 5.0  // what is further in is set in the middle
	leastMeasure  = 15.0 // columns narrower than this are lists
	nextLine      = 1.5  // times the usual distance: beyond is a new paragraph
)

// continues tells whether line b goes on with the paragraph of line a before it.
func (a *area) continues(prev, line pageLine) bool {
	if prev.row || line.row || cellular(prev) || toFill.MatchString(prev.text) || !near(prev.size, line.size, 0.12*prev.size) {
		return false
	}
	from, to := a.marginsOf(prev), a.marginsOf(line)
	em := line.size
	switch {
	case from.right-from.left < leastMeasure*em || to.right-to.left < leastMeasure*em:
		return false
	case !from.full(prev, line):
		return false
	case line.x < to.left-0.5*em && !near(prev.x-line.x, firstLine*em, 0.5*em) || line.x > to.left+indentBegins*em:
		return false
	case centred(prev, from):
		return false
	case prev.page == line.page && prev.block == line.block && line.y-prev.y > nextLine*a.pitchOf(line):
		return false
	case !begins.MatchString(line.text):
		return true
	}
	return unfinished(prev.text) && (!a.flush || spokenOf.MatchString(line.text))
}

// toFill is a line that ends with a blank to be filled in: it is of a form.
var toFill = regexp.MustCompile(`[_＿]$`)

// uncut is what a line begins with that may not be cut, and so leaves the line before
// it short.
var uncut = regexp.MustCompile(`^[〔（《“「]?[0-9A-Za-z.,:/%@-]{2,20}[〕）]?[0-9]*`)

// full tells whether a line is as long as the next one let it be.
func (m margins) full(line, next pageLine) bool {
	short := m.right - line.right
	if short <= shortOfMargin*line.size {
		return true
	}
	return unfinished(line.text) && short <= (shortOfMargin+widthOf(uncut.FindString(next.text)))*line.size
}

// widthOf is how wide a text is set, in ems.
func widthOf(text string) (ems float64) {
	for _, r := range text {
		ems += advance(r)
	}
	return ems
}

// unfinished tells that a full line ends in the middle of a sentence. Brackets and
// quotes end none: what stands before them does.
func unfinished(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, "”’）)」』"))
	return !strings.ContainsRune("。；：！？.;:】", last)
}

// centred tells a heading in the middle of its column.
func centred(line pageLine, m margins) bool {
	left, right := line.x-m.left, m.right-line.right
	return left > 2.5*line.size && right > 2*line.size && near(left, right, 1.5*line.size)
}

func near(a, b, within float64) bool { return a-b <= within && b-a <= within }
