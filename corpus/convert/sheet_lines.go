package convert

import (
	"regexp"
	"strings"

	"lianwen/corpus"
)

// How many rows must begin with a number for a table without names of columns to be
// read as text: some, if they are half of all rows, or more that nearly all count on.
const (
	enoughLabels  = 2
	enoughCounted = 3
)

// rowLabel is the number of a row, where the number of an article is not the only one
// that a paper counts by.
var rowLabel = regexp.MustCompile(`^(?:第.{1,5}[条條]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,3}[.．、])`)

// textColumn finds the column that begins with the numbers of articles, or the first one
// where it begins with other numbers and one column of words follows, or with all the
// text itself; -1 when the table is no text.
func (s grid) textColumn() int {
	width, filled := 0, map[int]int{}
	for i, row := range s.rows {
		width = max(width, len(row))
		for col := range row {
			if s.cell(i, col) != "" {
				filled[col]++
			}
		}
	}
	for col := range width {
		if s.labelled(col, articleLabel) {
			return col
		}
	}
	if len(filled) == 1 && filled[0] > 0 || width == 2 && s.labelled(0, rowLabel.FindString) {
		return 0
	}
	return -1
}

// labelled tells whether enough rows have a number in a column, with nothing before it
// but chapters and a count of the rows. Articles that come twice are only spoken of,
// unless most of them count on.
func (s grid) labelled(col int, label func(cell string) string) bool {
	n, counted, last, twice := 0, 0, 0, false
	seen := map[string]bool{}
	for i := range s.rows {
		l := label(s.cell(i, col))
		if l == "" {
			continue
		}
		for c := range col {
			if before := s.cell(i, c); before != "" && !onlyNumber.MatchString(before) && !divisionPattern.MatchString(before) {
				return false
			}
		}
		n++
		number := articleNumber(l)
		if number == 0 {
			continue
		}
		if number == last+1 || number == 1 && last > 1 {
			counted++
		} else if seen[l] {
			twice = true
		}
		last, seen[l] = number, true
	}
	return n >= enoughLabels && n*2 >= len(s.rows) && !twice || n >= enoughCounted && counted*5 >= n*4
}

// articleNumber is the number of an article by its label, 0 when it is none.
func articleNumber(label string) int {
	m := numberCell.FindStringSubmatch(label)
	if m == nil || articleLabel(label) == "" {
		return 0
	}
	n, ok := corpus.ParseNumeral(m[1])
	if !ok {
		return 0
	}
	return n
}

var onlyNumber = regexp.MustCompile(`^[0-9]+$`)

// lines writes a table that is text row by row: the number, then the words. What stands
// before the number, as the name of a chapter does, gets a line of its own where it
// changes; what only counts the rows is left out. Rows of more cells are a table within.
func (d *Document) lines(b *strings.Builder, s grid, col int) {
	s.title(b)
	above, counted, table := "", 0, false
	for i, row := range s.rows {
		var before, cells []string
		for c := range row {
			switch text := s.cell(i, c); {
			case text == "":
			case c >= col:
				cells = append(cells, text)
			case onlyNumber.MatchString(text):
				counted++
			default:
				before = append(before, text)
			}
		}
		if head := strings.Join(before, " "); head != "" && head != above {
			above = head
			b.WriteString(head + "\n")
		}
		labelled := len(cells) > 0 && rowLabel.MatchString(cells[0])
		if labelled && len(cells) > 1 && strings.HasPrefix(cells[1], cells[0]) {
			cells = cells[1:]
		}
		switch within := len(cells) > 2 && !labelled; {
		case within:
			b.WriteString(tableRow(row[col:]) + "\n")
			if !table {
				b.WriteString(tableRule(len(row)-col) + "\n")
			}
			table = true
		case len(cells) > 0:
			b.WriteString(strings.Join(cells, " ") + "\n")
			table = false
		}
	}
	d.note(Info, s.name, "%s没有写列名的一行，按条文一行一行读入；第一行写上「条号」「内容」（还可以有「制度名称」「章」），能读得更准", s.called())
	if counted > 0 {
		d.note(Dropped, s.name, "%s里排在条号前面的序号（%d 格）没有收入", s.called(), counted)
	}
}

// called is how a note speaks of the table.
func (s grid) called() string {
	if s.name == "" {
		return "表格"
	}
	return "工作表「" + s.name + "」"
}
