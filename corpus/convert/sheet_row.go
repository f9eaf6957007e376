package convert

import "strings"

// inCell keeps a cell to its place: a | of the paper's own would begin another.
var inCell = strings.NewReplacer("|", "｜", "\r\n", " ", "\n", " ", "\r", " ")

// tableRow is a row of a table in one line.
func tableRow(cells []string) string {
	var b strings.Builder
	b.WriteByte('|')
	for _, c := range cells {
		b.WriteByte(' ')
		b.WriteString(inCell.Replace(strings.TrimSpace(c)))
		b.WriteString(" |")
	}
	return b.String()
}

// tableRule is the line under a table's first row.
func tableRule(columns int) string { return "|" + strings.Repeat("---|", columns) }
