package convert

import "slices"

// What makes two columns of text, not a table: most lines break at the same place
// in the middle, and what stands on either side is long and fills its width.
const (
	fewRows     = 8   // fewer lines are no columns
	mostRows    = 500 // of a page: more are no text
	gutterGap   = 1.2 // ems
	leastColumn = 8.0 // ems of the usual piece
)

// gutter finds where a page of two columns is divided.
func gutter(rows [][]glyph) (middle float64, ok bool) {
	if len(rows) < fewRows || len(rows) > mostRows {
		return 0, false
	}
	left, right := rows[0][0].x, 0.0
	for _, row := range rows {
		left, right = min(left, row[0].x), max(right, row[len(row)-1].right)
	}
	var places []float64
	for _, row := range rows {
		for i := 1; i < len(row); i++ {
			at := (row[i-1].right + row[i].x) / 2
			if row[i].x-row[i-1].right > gutterGap*row[i].size && at > left+0.3*(right-left) && at < left+0.7*(right-left) {
				places = append(places, at)
			}
		}
	}
	if len(places) < fewRows/2 {
		return 0, false
	}
	middle = median(places)
	return middle, twoColumns(rows, middle)
}

func twoColumns(rows [][]glyph, middle float64) bool {
	var lefts, rights [][]glyph
	across := 0
	for _, row := range rows {
		a, b, crosses := splitRow(row, middle)
		if crosses {
			across++
			continue
		}
		if len(a) > 0 {
			lefts = append(lefts, a)
		}
		if len(b) > 0 {
			rights = append(rights, b)
		}
	}
	return across*3 < len(rows) && filled(lefts) && filled(rights)
}

// filled tells whether most pieces are as long as their column is wide.
func filled(pieces [][]glyph) bool {
	if len(pieces) < fewRows/2 {
		return false
	}
	var ends, lengths []float64
	for _, p := range pieces {
		end := p[len(p)-1]
		ends, lengths = append(ends, end.right), append(lengths, (end.right-p[0].x)/end.size)
	}
	edge, full := slices.Max(ends), 0
	for i, p := range pieces {
		if ends[i] > edge-shortOfMargin*p[0].size {
			full++
		}
	}
	return full*2 >= len(pieces) && median(lengths) >= leastColumn
}

// splitRow divides a row at the gutter; a glyph or a word that lies across it shows
// that the row is not of two columns.
func splitRow(row []glyph, middle float64) (left, right []glyph, crosses bool) {
	i := slices.IndexFunc(row, func(g glyph) bool { return g.x >= middle })
	if i < 0 {
		i = len(row)
	}
	if i > 0 && row[i-1].right > middle {
		return nil, nil, true
	}
	if i > 0 && i < len(row) && row[i].x-row[i-1].right < gutterGap*row[i].size {
		return nil, nil, true
	}
	return row[:i], row[i:], false
}
