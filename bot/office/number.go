package office

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// numbers shows the numbers of a workbook as their styles say.
type numbers struct {
	epoch1904 bool           // days count from 1904
	formats   map[int]string // those of the workbook's own, by id
	styles    []int          // the id of a style's format
}

// shown is a number as a person sees it, as far as numbers of members are
// concerned: 7 is 007, or A007, where a format says so. Commas, decimals and
// dates make no difference to a number or a telephone.
func (n *numbers) shown(raw string, style int) string {
	plain := general(raw)
	if n == nil || style < 0 || style >= len(n.styles) {
		return plain
	}
	whole, err := strconv.ParseUint(plain, 10, 64)
	if err != nil {
		return plain
	}
	if text, ok := padded(whole, n.formats[n.styles[style]]); ok {
		return text
	}
	return plain
}

// longestFormat is the most characters that Excel takes for a format.
const longestFormat = 255

// padded writes a number by a format of noughts and text, such as "A"000. ok is
// false for any other.
func padded(whole uint64, format string) (text string, ok bool) {
	if len(format) > longestFormat {
		return "", false
	}
	format, _, _ = strings.Cut(format, ";") // what follows is for other numbers
	var b strings.Builder
	for format != "" {
		c, rest := format[0], format[1:]
		switch c {
		case '"':
			literal, behind, closed := strings.Cut(rest, `"`)
			if !closed {
				return "", false
			}
			b.WriteString(literal)
			rest = behind
		case '[': // a colour, a language
			_, behind, closed := strings.Cut(rest, "]")
			if !closed {
				return "", false
			}
			rest = behind
		case '\\', '!', '_', '*': // the next as it is, or its width only
			next := []rune(rest)
			if len(next) == 0 {
				return "", false
			}
			if c == '\\' || c == '!' {
				b.WriteRune(next[0])
			}
			rest = string(next[1:])
		case '-', '(', ')', ' ', '+':
			b.WriteByte(c)
		case '0', '#':
			digits := format[:len(format)-len(strings.TrimLeft(format, "0#"))]
			if ok {
				return "", false
			}
			fmt.Fprintf(&b, "%0*d", strings.Count(digits, "0"), whole)
			ok, rest = true, format[len(digits):]
		default:
			return "", false
		}
		format = rest
	}
	return strings.TrimSpace(b.String()), ok
}

// exact is up to where a spreadsheet keeps every digit.
const exact = 1e15

// general is a number without a format. One that has lost digits stays as it is
// stored, with its E+17.
func general(raw string) string {
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.Abs(f) >= exact {
		return raw
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// day is the date that a number of days stands for.
func (n *numbers) day(days float64) (time.Time, error) {
	return excelize.ExcelDateToTime(days, n.since1904())
}

func (n *numbers) since1904() bool { return n != nil && n.epoch1904 }
