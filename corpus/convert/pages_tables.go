package convert

import "strings"

// tables writes the lines that are rows of a table as rows. Two at least must follow
// each other with cells below cells; whatever else has wide gaps stays as it is.
func tables(lines []pageLine) []pageLine {
	var out []pageLine
	for i := 0; i < len(lines); {
		n := tableAt(lines[i:])
		if n < 2 {
			out = append(out, lines[i])
			i++
			continue
		}
		out = append(out, asTable(lines[i:i+n])...)
		i += n
	}
	return out
}

// mostPartial is how many lines a cell may go on below its row.
const mostPartial = 4

// tableAt counts the lines of the table that begins with the first one. Rows have the
// same number of cells; between two there may be lines where only some cells go on.
func tableAt(lines []pageLine) int {
	if !cellular(lines[0]) {
		return 0
	}
	n, last := 1, 0
	for i := 1; i < len(lines) && i-last <= mostPartial; i++ {
		switch {
		case cellular(lines[i]) && aligned(lines[last], lines[i]):
			n, last = i+1, i
		case len(places(lines[0], lines[i])) == 0:
			return n
		}
	}
	return n
}

// places are the columns that the cells of a line stand in, below those of the head
// of a table; none when it is no line of that table.
func places(head, line pageLine) (columns []int) {
	if articleBegins.MatchString(line.text) || len(line.cells) >= len(head.cells) {
		return nil
	}
	c := 0
	for _, cell := range line.cells {
		for c < len(head.cells) && !below(head.cells[c], cell, line.size) {
			c++
		}
		if c == len(head.cells) || c+1 < len(head.cells) && cell.right > head.cells[c+1].x {
			return nil
		}
		columns = append(columns, c)
		c++
	}
	return columns
}

// cellular tells whether a line may be a row: a provision with its number set apart
// from the text is none.
func cellular(l pageLine) bool {
	return len(l.cells) >= 2 && !(len(l.cells) == 2 && begins.MatchString(l.text)) && !articleBegins.MatchString(l.text)
}

// aligned tells whether each cell stands below the cell above: by its left edge, its
// middle or its right edge.
func aligned(above, under pageLine) bool {
	if len(above.cells) != len(under.cells) {
		return false
	}
	for i := range above.cells {
		if !below(above.cells[i], under.cells[i], under.size) {
			return false
		}
	}
	return true
}

// below tells whether cell b stands below cell a.
func below(a, b cell, em float64) bool {
	return near(a.x, b.x, em) || near(a.right, b.right, em) || near(a.x+a.right, b.x+b.right, 2*em)
}

// asTable writes rows as Markdown does, with the line under the first.
func asTable(lines []pageLine) []pageLine {
	out := make([]pageLine, 0, len(lines)+1)
	for i, l := range lines {
		cells := make([]string, len(lines[0].cells))
		at := places(lines[0], l)
		for j, c := range l.cells {
			if len(at) > 0 {
				j = at[j]
			}
			cells[j] = strings.TrimSpace(c.text)
		}
		l.text, l.row = "| "+strings.Join(cells, " | ")+" |", true
		out = append(out, l)
		if i == 0 {
			l.text = "|" + strings.Repeat("---|", len(cells))
			out = append(out, l)
		}
	}
	return out
}
