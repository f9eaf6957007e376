package convert

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Furniture is what belongs to the pages, not to the paper: headers, footers, page
// numbers, a word stamped over every page.
const (
	edge          = 0.14 // of the height: furniture is within it from the top or the bottom
	mostFurniture = 3    // lines at one edge
	longFurniture = 50   // characters
	mostStamps    = 20   // of a page
	oftenEnough   = 3    // pages
	standsOff     = 1.25 // times the distance between lines, from the text
)

var (
	markedNumber = regexp.MustCompile(`^(?:[—–－―\-~·•]+ ?[\d０-９]{1,4} ?[—–－―\-~·•]+|` +
		`第 ?[\d０-９一二三四五六七八九十百]{1,5} ?页(?:[，,/、 ]*共 ?[\d０-９一二三四五六七八九十百]{1,5} ?页)?|` +
		`共 ?\d{1,4} ?页[，,/、 ]*第 ?\d{1,4} ?页|\d{1,4} ?/ ?\d{1,4}|Page \d{1,4}(?: of \d{1,4})?)$`)
	plainNumber = regexp.MustCompile(`^\d{1,4}$|^[ivxIVX]{1,6}$`)
	digits      = regexp.MustCompile(`\d+`)
)

// furniture is a line at an edge of a page that may be no part of the text.
type furniture struct {
	sheet, line int
	key         string // equal for lines that are equal but for digits, page numbers but for the page
	y, size     float64
	numeric     bool // it is a page number
	sure        bool // by itself, whatever other pages have
}

// withoutFurniture drops the furniture of pages and notes what it was.
func (d *Document) withoutFurniture(sheets []sheet) []sheet {
	var found []furniture
	for i, s := range sheets {
		found = append(append(found, edges(s, i)...), stamps(s, i)...)
	}
	same := map[string][]furniture{}
	for _, f := range found {
		same[f.key] = append(same[f.key], f)
	}
	drop := map[[2]int]bool{}
	pages, called := map[string]int{}, map[string]string{} // by key
	var order []string
	for _, f := range found {
		at := [2]int{f.sheet, f.line}
		if drop[at] || !f.sure && !f.repeats(same[f.key], len(sheets)) {
			continue
		}
		drop[at] = true
		what := "页眉、页脚或水印「" + sheets[f.sheet].lines[f.line].text + "」"
		if f.numeric {
			f.key, what = "", "页码"
		}
		if pages[f.key]++; pages[f.key] == 1 {
			order, called[f.key] = append(order, f.key), what
		}
	}
	for _, key := range order {
		d.note(Dropped, "", "%d 页上的%s没有收入", pages[key], called[key])
	}
	return without(sheets, drop)
}

// without leaves out lines, each named by its sheet and its place there.
func without(sheets []sheet, drop map[[2]int]bool) []sheet {
	out := slices.Clone(sheets)
	for i := range out {
		out[i].lines = nil
		for j, l := range sheets[i].lines {
			if !drop[[2]int{i, j}] {
				out[i].lines = append(out[i].lines, l)
			}
		}
	}
	return out
}

// edges are the outermost lines of a page that may be furniture: up to one that
// stands off from what follows, or is set smaller than the text. A line that keeps
// the distance of the text's lines is in the body, and so is all beyond it.
func edges(s sheet, at int) (found []furniture) {
	order := make([]int, len(s.lines))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.lines[a].y, s.lines[b].y) })
	found = s.edge(order, at, true)
	slices.Reverse(order)
	return append(found, s.edge(order, at, false)...)
}

func (s sheet) edge(order []int, at int, top bool) []furniture {
	var list []furniture
	n := 0 // of list are furniture
	pitch, size := s.setting()
	for k := 0; k < min(mostFurniture, len(order)); k++ {
		l := s.lines[order[k]]
		if top && l.y > edge*s.height || !top && l.y < (1-edge)*s.height ||
			utf8.RuneCountInString(l.text) > longFurniture || len(l.cells) > 2 {
			break
		}
		f := asFurniture(l, top)
		f.sheet, f.line = at, order[k]
		list = append(list, f)
		if f.numeric || k+1 == len(order) || l.size < 0.9*size || math.Abs(s.lines[order[k+1]].y-l.y) > standsOff*pitch {
			n = len(list)
		}
	}
	return list[:n]
}

// setting is how the text of a page is set: the usual distance of its lines and the
// usual size.
func (s sheet) setting() (pitch, size float64) {
	if len(s.lines) == 0 {
		return 0, 0
	}
	var sizes []float64
	for _, l := range s.lines {
		sizes = append(sizes, l.size)
	}
	return marginsOf(s.lines).pitch, median(sizes)
}

// asFurniture names a line by what it would be on other pages.
func asFurniture(l pageLine, top bool) furniture {
	f := furniture{y: l.y, size: l.size}
	plain := strings.TrimSpace(l.text)
	number, err := strconv.Atoi(plain)
	f.numeric = markedNumber.MatchString(plain) || plainNumber.MatchString(plain)
	f.sure = markedNumber.MatchString(plain) || err == nil && number == l.page
	key := plain
	switch {
	case err == nil:
		key = strconv.Itoa(number - l.page)
	case f.numeric:
		key = "number"
	case !begins.MatchString(plain):
		key = digits.ReplaceAllString(plain, "0")
	}
	f.key = fmt.Sprint(top, f.numeric, key)
	return f
}

// stamps are lines of letters far larger than the text.
func stamps(s sheet, at int) (found []furniture) {
	_, size := s.setting()
	for i, l := range s.lines {
		if l.size > far*size && len(found) < mostStamps {
			found = append(found, furniture{sheet: at, line: i, key: "stamp" + l.text, y: l.y, size: l.size})
		}
	}
	return found
}

// repeats tells whether a line stands in the same place on enough pages; same are
// the lines that are equal to it.
func (f furniture) repeats(same []furniture, sheets int) bool {
	pages := map[int]bool{}
	for _, o := range same {
		if near(o.y, f.y, f.size) {
			pages[o.sheet] = true
		}
	}
	return len(pages) >= oftenEnough || len(pages) == sheets && sheets == 2
}
