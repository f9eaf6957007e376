package convert

import (
	"regexp"
	"slices"
)

// margins are where the lines of a column begin and end.
type margins struct {
	left, right, pitch float64
	farthest           float64 // where the longest line ends
}

// column is a column of one page, or with page 0 the same column of all pages.
type column struct{ page, block int }

// pageColumn is a width of the paper's pages and a column of them.
type pageColumn struct {
	width float64
	block int
}

// area is where the lines of a paper stand.
type area struct {
	of      map[column]margins
	measure map[pageColumn]float64 // how wide the columns of pages of one width are
	flush   bool                   // first lines are not set in
}

// The measure of a page.
const (
	leastOfMeasure = 0.9  // of the other pages': a narrower one has only short lines
	lopsided       = 0.15 // of the page's width: the margin to the right is no wider than the left one and this
	fewFirstLines  = 3
)

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
	a := &area{of: make(map[column]margins, len(columns)), measure: map[pageColumn]float64{}}
	measures := map[pageColumn][]float64{}
	for c, list := range columns {
		if c.page == 0 || len(list) >= fewLines {
			m := marginsOf(list)
			a.of[c] = m
			if c.page > 0 {
				f := pageColumn{list[0].paper, c.block}
				measures[f] = append(measures[f], m.right-m.left)
			}
		}
	}
	for f, list := range measures {
		a.measure[f] = median(list)
	}
	a.flush = a.setsFlush(lines)
	return a
}

// setsFlush tells whether most paragraphs with a number begin at the margin: then it
// is no sign that a line goes on.
func (a *area) setsFlush(lines []pageLine) bool {
	flush, in := 0, 0
	for _, l := range lines {
		if l.row || !begins.MatchString(l.text) {
			continue
		}
		switch x := l.x - a.marginsOf(l).left; {
		case x <= indentBegins*l.size:
			flush++
		case x <= farthestIn*l.size:
			in++
		}
	}
	return flush >= fewFirstLines && flush > in
}

// marginsOf are the margins of the column that a line stands in: its own page's, as
// left and right pages differ. Where the page has short lines alone, as a form has,
// they are no margin: it is where other pages have it, or where the page's width puts it.
func (a *area) marginsOf(l pageLine) margins {
	all := a.of[column{0, l.block}]
	m, ok := a.of[column{l.page, l.block}]
	switch {
	case !ok:
		m = all
	case m.right-m.left < leastOfMeasure*a.measure[pageColumn{l.paper, l.block}]:
		m.left, m.right = min(m.left, all.left), max(m.right, all.right)
	case near(m.left, all.left, l.size/2):
		m.right = max(m.right, all.right)
	}
	if least := l.paper*(1-lopsided) - m.left; l.block == 0 && m.right < least {
		m.right = max(m.farthest, least)
	}
	return m
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
	m.farthest = -slices.Min(right)
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
