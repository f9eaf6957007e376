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

// tableAt counts the rows of the table that begins with the first line; those of
// one table have the same number of cells.
func tableAt(lines []pageLine) int {
	if !cellular(lines[0]) {
		return 0
	}
	n := 1
	for n < len(lines) && cellular(lines[n]) && aligned(lines[n-1], lines[n]) {
		n++
	}
	return n
}

// cellular tells whether a line may be a row: a provision with its number set apart
// from the text is none.
func cellular(l pageLine) bool {
	return len(l.cells) >= 2 && !(len(l.cells) == 2 && begins.MatchString(l.text)) && !articleBegins.MatchString(l.text)
}

// aligned tells whether each cell stands below the cell above: by its left edge, its
// middle or its right edge.
func aligned(above, below pageLine) bool {
	if len(above.cells) != len(below.cells) {
		return false
	}
	for i, a := range above.cells {
		b := below.cells[i]
		within := below.size
		if !near(a.x, b.x, within) && !near(a.right, b.right, within) && !near(a.x+a.right, b.x+b.right, 2*within) {
			return false
		}
	}
	return true
}

// asTable writes rows as Markdown does, with the line under the first.
func asTable(lines []pageLine) []pageLine {
	out := make([]pageLine, 0, len(lines)+1)
	for i, l := range lines {
		cells := make([]string, len(l.cells))
		for j, c := range l.cells {
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
