package convert

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Furniture is what belongs to the pages, not to the paper: headers, footers, page
// numbers, a word stamped over every page.
const (
	edge          = 0.14 // of the height: furniture is within it from the top or the bottom
	mostFurniture = 3    // lines at one edge
	mostStamps    = 20   // of a page
	oftenEnough   = 3    // pages
	standsOff     = 1.25 // times the distance between lines, from the text
	sameSize      = 0.1  // of the size: how far lines of one size may differ
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
	text        string
	words       string // text, with # for the number of its page
	key         string // equal for lines that are equal but for digits, page numbers but for the page
	y, size     float64
	numeric     bool // it is a page number
	sure        bool // by itself, whatever other pages have
	apart       bool // it stands off from the text of its page, or is set otherwise
	cells       int
	heading     bool // it is outermost, and neither a provision nor the end of a sentence
}

// withoutFurniture drops the furniture of pages and notes what it was.
func (d *Document) withoutFurniture(sheets []sheet) []sheet {
	found := candidates(sheets)
	same := map[string][]furniture{}
	for _, f := range found {
		same[f.key] = append(same[f.key], f)
	}
	drop := map[[2]int]bool{}
	pages, called := map[string]int{}, map[string]string{} // by key
	var order []string
	doubts := map[string]bool{}
	for _, f := range found {
		at := [2]int{f.sheet, f.line}
		if drop[at] {
			continue
		}
		is, on := f.repeats(same[f.key], len(sheets))
		if !f.sure && !is {
			if on >= oftenEnough && !doubts[f.key] {
				doubts[f.key] = true
				d.note(Doubt, page(f.sheet+1), "「%s」在 %d 页的同一位置，像页眉或页脚，拿不准，仍当作正文收入，请核对", clip(f.text, 60), on)
			}
			continue
		}
		drop[at] = true
		what := "页眉、页脚或水印「" + clip(f.text, 60) + "」"
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

// candidates are the lines of all pages that may be furniture.
func candidates(sheets []sheet) (found []furniture) {
	var all []pageLine
	for _, s := range sheets {
		all = append(all, s.lines...)
	}
	usual := settingOf(all)
	for i, s := range sheets {
		set := usual
		if len(s.lines) >= fewLines {
			set = settingOf(s.lines)
		}
		found = append(append(found, edges(s, i, set)...), stamps(s, i, set)...)
	}
	return found
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

// edges are the outermost lines of a page. Those up to one that stands off from what
// follows, or is set smaller than the text, are apart. A line that keeps the distance
// of the text's lines is in the body, and so is all beyond it, unless other pages
// show what it is.
func edges(s sheet, at int, usual setting) (found []furniture) {
	order := make([]int, len(s.lines))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.lines[a].y, s.lines[b].y) })
	found = s.edge(order, at, true, usual)
	slices.Reverse(order)
	return append(found, s.edge(order, at, false, usual)...)
}

func (s sheet) edge(order []int, at int, top bool, usual setting) (list []furniture) {
	n, numbers := 0, 0 // of list are apart, are page numbers
	for k := 0; k < min(mostFurniture, len(order)); k++ {
		l := s.lines[order[k]]
		if top && l.y > edge*s.height || !top && l.y < (1-edge)*s.height {
			break
		}
		f := asFurniture(l, top)
		f.sheet, f.line = at, order[k]
		f.heading = k == numbers && !f.numeric && !begins.MatchString(l.text) && unfinished(l.text)
		if f.numeric {
			numbers++
		}
		list = append(list, f)
		off := k+1 == len(order) || math.Abs(s.lines[order[k+1]].y-l.y) > standsOff*usual.pitch
		if f.numeric || l.size < 0.9*usual.size || off && len(l.cells) <= 2 {
			n = len(list)
		}
	}
	for i := range list[:n] {
		list[i].apart = true
	}
	return list
}

// setting is how text is set: the usual distance of its lines and the usual size.
type setting struct{ pitch, size float64 }

func settingOf(lines []pageLine) setting {
	if len(lines) == 0 {
		return setting{}
	}
	var sizes []float64
	for _, l := range lines {
		sizes = append(sizes, l.size)
	}
	return setting{marginsOf(lines).pitch, median(sizes)}
}

// asFurniture names a line by what it would be on other pages.
func asFurniture(l pageLine, top bool) furniture {
	own := strconv.Itoa(l.page)
	words := digits.ReplaceAllStringFunc(l.text, func(n string) string {
		if n == own {
			return "#"
		}
		return n
	})
	f := furniture{text: l.text, words: words, y: l.y, size: l.size, cells: len(l.cells)}
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
func stamps(s sheet, at int, usual setting) (found []furniture) {
	for i, l := range s.lines {
		if l.size > far*usual.size && len(found) < mostStamps {
			found = append(found, furniture{sheet: at, line: i, text: l.text, key: "stamp" + l.text, y: l.y, size: l.size, apart: true})
		}
	}
	return found
}

// repeats tells whether a line stands in the same place on enough pages; same are
// the lines that are equal to it. Where it stands off from the text on most of them it
// is furniture on all. Where it does not, the same words must be outermost on
// every page; on are the pages that have them so.
func (f furniture) repeats(same []furniture, sheets int) (is bool, on int) {
	pages, apart, outermost := map[int]bool{}, map[int]bool{}, map[int]bool{}
	for _, o := range same {
		if !near(o.y, f.y, f.size) || !near(o.size, f.size, sameSize*f.size) {
			continue
		}
		pages[o.sheet] = true
		if o.apart {
			apart[o.sheet] = true
		}
		if o.heading && f.heading && o.words == f.words {
			outermost[o.sheet] = true
		}
	}
	n := len(pages)
	if len(apart) > 0 && len(apart)*2 >= n && (n >= oftenEnough || n == sheets && n == 2) {
		return true, n
	}
	on = len(outermost)
	return on == sheets && on >= oftenEnough && f.cells < 2, on
}
