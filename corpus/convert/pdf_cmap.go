package convert

import (
	"strings"
	"unicode/utf16"
)

// cmap is what the codes of a font mean, as the paper itself says (ToUnicode).
type cmap struct {
	chars  map[string]string // by code
	ranges []codeRange
	spaces []codeSpace
}

// codeRange are codes of one length that mean what follows upon each other: the
// characters from to on, or those of a list.
type codeRange struct {
	width       int
	first, last uint64
	to          operand
}

// codeSpace are the codes of one length that there may be.
type codeSpace struct{ low, high string }

// mostEntries is how many operands of one operator are kept: a section of a map has
// a hundred lines at most.
const mostEntries = 1 << 16

// readCmap reads a character map.
func readCmap(data []byte) *cmap {
	m := &cmap{chars: map[string]string{}}
	l := &lexer{data: data}
	var args []operand
	for {
		o := l.next(0)
		if o.kind == 0 {
			return m
		}
		if o.kind != 'o' {
			if len(args) < mostEntries {
				args = append(args, o)
			}
			continue
		}
		switch o.text {
		case "endcodespacerange":
			for i := 0; i+1 < len(args); i += 2 {
				if n := len(args[i].text); n > 0 && n <= 4 && n == len(args[i+1].text) {
					m.spaces = append(m.spaces, codeSpace{args[i].text, args[i+1].text})
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				m.chars[args[i].text] = utf16Text(args[i+1].text)
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				if n := len(args[i].text); n > 0 && n <= 4 && n == len(args[i+1].text) {
					m.ranges = append(m.ranges, codeRange{n, bigEndian(args[i].text), bigEndian(args[i+1].text), args[i+2]})
				}
			}
		}
		args = args[:0]
	}
}

// text is what a code means; "" when the map does not say.
func (m *cmap) text(code string) string {
	if text, ok := m.chars[code]; ok {
		return text
	}
	n := bigEndian(code)
	for _, r := range m.ranges {
		if r.width != len(code) || n < r.first || n > r.last {
			continue
		}
		if r.to.kind == '[' {
			if i := n - r.first; i < uint64(len(r.to.list)) {
				return utf16Text(r.to.list[i].text)
			}
			return ""
		}
		if units := utf16.Encode([]rune(utf16Text(r.to.text))); len(units) > 0 {
			units[len(units)-1] += uint16(n - r.first)
			return string(utf16.Decode(units))
		}
	}
	return ""
}

func bigEndian(s string) (n uint64) {
	for i := 0; i < len(s); i++ {
		n = n<<8 | uint64(s[i])
	}
	return n
}

// utf16Text reads big-endian UTF-16; an odd byte at the end stands for itself.
func utf16Text(s string) string {
	if len(s) == 1 {
		return string(rune(s[0]))
	}
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return strings.TrimRight(string(utf16.Decode(units)), "\x00")
}

// width is how many bytes the code at the head of s has.
func (m *cmap) width(s string, usual int) int {
	for _, space := range m.spaces {
		if n := len(space.low); n <= len(s) && within(s[:n], space) {
			return n
		}
	}
	return min(usual, len(s))
}

func within(code string, space codeSpace) bool {
	for i := range len(code) {
		if code[i] < space.low[i] || code[i] > space.high[i] {
			return false
		}
	}
	return true
}
