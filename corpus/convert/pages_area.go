package convert

import (
	"regexp"
	"slices"
)

// margins are where the lines of a column begin and end.
type margins struct{ left, right, pitch float64 }

// column is a column of one page, or with page 0 the same column of all pages.
type column struct{ page, block int }

// area is where the lines of a paper stand.
type area struct{ of map[column]margins }

// fewLines are too few to tell the margins of a page by.
const fewLines = 6

var articleBegins = regexp.MustCompile(`^第[一二三四五六七八九十百千零〇○\d]+条`)

func areaOf(lines []pageLine) *area {
	columns := map[column][]pageLine{}
	for _, l := range lines {
		if l.row {
			continue
		}
		columns[column{l.page, l.block}] = append(columns[column{l.page, l.block}], l)
		columns[column{0, l.block}] = append(columns[column{0, l.block}], l)
	}
	a := &area{of: make(map[column]margins, len(columns))}
	for c, list := range columns {
		if c.page == 0 || len(list) >= fewLines {
			a.of[c] = marginsOf(list)
		}
	}
	return a
}

// marginsOf are the margins of the column that a line stands in: its own page's, as
// left and right pages differ, but no narrower to the right than the paper's own
// where the left margins agree, as a page may have short lines alone.
func (a *area) marginsOf(l pageLine) margins {
	all := a.of[column{0, l.block}]
	own, ok := a.of[column{l.page, l.block}]
	if !ok {
		return all
	}
	if near(own.left, all.left, l.size/2) {
		own.right = max(own.right, all.right)
	}
	return own
}

func (a *area) pitchOf(l pageLine) float64 { return a.marginsOf(l).pitch }

// marginsOf reads the margins off lines: the outermost places where several lines
// begin and end, as one line by itself may hang out.
func marginsOf(lines []pageLine) margins {
	var left, right, pitch, size []float64
	for i, l := range lines {
		left, right, size = append(left, l.x), append(right, -l.right), append(size, l.size)
		if i > 0 && lines[i-1].page == l.page && l.y > lines[i-1].y {
			pitch = append(pitch, l.y-lines[i-1].y)
		}
	}
	em := median(size)
	several := max(2, len(lines)/50)
	m := margins{left: outermost(left, several, em/2), right: -outermost(right, several, em)}
	if m.pitch = median(pitch); m.pitch == 0 {
		m.pitch = 2 * em
	}
	return m
}

// outermost is the smallest value that has as many others within reach of it.
func outermost(values []float64, several int, reach float64) float64 {
	slices.Sort(values)
	for i := 0; i+several <= len(values); i++ {
		if values[i+several-1]-values[i] <= reach {
			return values[i]
		}
	}
	return values[0]
}

// median is the middle value, 0 of none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
