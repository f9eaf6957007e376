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

// fromPages sets the text of a document that is laid out in pages. What only belongs
// to the pages goes, with a note; the lines that are left become paragraphs.
func (d *Document) fromPages(sheets []sheet) {
	sheets = d.withoutFurniture(sheets)
	var lines []pageLine
	for _, s := range sheets {
		lines = append(lines, s.lines...)
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

// joinLines joins two lines of one paragraph. Between Latin words the end of the
// line was the space.
func joinLines(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if narrow(last) && narrow(first) && last != '-' {
		return a + " " + b
	}
	return a + b
}

// narrow tells the characters of scripts that set spaces between words.
func narrow(r rune) bool { return r > ' ' && r < 0x2000 }

// Widths in ems.
const (
	shortOfMargin = 2.2  // how far a full line may end before the margin: punctuation may not begin a line
	indentBegins  = 1.2  // what is further in is a first line
	leastMeasure  = 15.0 // columns narrower than this are lists
	nextLine      = 1.5  // times the usual distance: beyond is a new paragraph
)

// continues tells whether line b goes on with the paragraph of line a before it.
func (a *area) continues(prev, line pageLine) bool {
	if prev.row || line.row || cellular(prev) || !near(prev.size, line.size, 0.12*prev.size) {
		return false
	}
	from, to := a.marginsOf(prev), a.marginsOf(line)
	em := line.size
	switch {
	case from.right-from.left < leastMeasure*em || to.right-to.left < leastMeasure*em:
		return false
	case prev.right < from.right-shortOfMargin*em:
		return false
	case line.x < to.left-0.5*em || line.x > to.left+indentBegins*em:
		return false
	case centred(prev, from):
		return false
	case prev.page == line.page && prev.block == line.block && line.y-prev.y > nextLine*a.pitchOf(line):
		return false
	}
	return !begins.MatchString(line.text) || spokenOf.MatchString(line.text) && unfinished(prev.text)
}

// unfinished tells that a full line ends in the middle of a sentence.
func unfinished(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return !strings.ContainsRune("。；：！？.;:”）)】》", last)
}

// centred tells a heading in the middle of its column.
func centred(line pageLine, m margins) bool {
	left, right := line.x-m.left, m.right-line.right
	return left > 2.5*line.size && right > 2*line.size && near(left, right, 1.5*line.size)
}

func near(a, b, within float64) bool { return a-b <= within && b-a <= within }
