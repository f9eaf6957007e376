package corpus

import "slices"

const (
	// changeCost is what each change costs against what is kept beside it: a
	// single character alone is not worth a change on either side.
	changeCost = 3
	// maxCells bounds the work on one pair of texts. Beyond it one takes the
	// place of the other as a whole.
	maxCells = 1 << 23
)

// How the best way leads to a cell: to its match, and to its change.
const (
	fromChange = 1 << iota // the match, from a change; else from a match
	fromUp                 // the change, by leaving out one of a
	fromLeft               // the change, by taking one of b; else from a match
)

// align finds which pieces of two texts correspond, in order: as much of them as
// possible, in as few stretches as possible. A change that could stand earlier or
// later stands as late as it can, behind the marks and words it shares.
func align(a, b []piece) [][2]int {
	if len(a)+1 > maxCells/(len(b)+1) {
		return nil
	}
	const never = -1 << 30
	width := len(b) + 1
	ways := make([]uint8, (len(a)+1)*width)
	match, change := make([]int, width), make([]int, width) // the best scores of the row
	lastMatch, lastChange := make([]int, width), make([]int, width)
	for i := range len(a) + 1 {
		match, lastMatch, change, lastChange = lastMatch, match, lastChange, change
		for j := range width {
			way := &ways[i*width+j]
			match[j] = never
			switch {
			case i == 0 && j == 0:
				match[j] = 0
			case i > 0 && j > 0 && a[i-1].words == b[j-1].words:
				match[j] = lastMatch[j-1]
				if lastChange[j-1] >= match[j] {
					match[j] = lastChange[j-1]
					*way |= fromChange
				}
				match[j] += a[i-1].weight
			}
			change[j] = match[j] - changeCost
			if j > 0 && change[j-1] >= change[j] {
				change[j] = change[j-1]
				*way |= fromLeft
			}
			if i > 0 && lastChange[j] >= change[j] {
				change[j] = lastChange[j]
				*way = *way&^fromLeft | fromUp
			}
		}
	}
	return traced(ways, len(a), len(b), change[len(b)] >= match[len(b)])
}

// traced follows the best way back from its end.
func traced(ways []uint8, i, j int, changing bool) [][2]int {
	var list [][2]int
	width := j + 1
	for i > 0 || j > 0 {
		switch way := ways[i*width+j]; {
		case !changing:
			changing = way&fromChange != 0
			i--
			j--
			list = append(list, [2]int{i, j})
		case way&fromUp != 0:
			i--
		case way&fromLeft != 0:
			j--
		default:
			changing = false
		}
	}
	slices.Reverse(list)
	return list
}
