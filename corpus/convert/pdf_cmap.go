package convert

import (
	"strings"
	"unicode/utf16"
)

// cmap is what the codes of a font mean, as the paper itself says (ToUnicode).
type cmap struct {
	text map[string]string // by code
	// widths are how many bytes codes that begin so have.
	spaces []codeSpace
}

type codeSpace struct{ low, high string }

// mostCodes is how many codes one font may have: two bytes have 65536.
const mostCodes = 1 << 17

// readCmap reads a character map.
func readCmap(data []byte) *cmap {
	m := &cmap{text: map[string]string{}}
	l := &lexer{data: data}
	var args []operand
	for {
		o := l.next(0)
		if o.kind == 0 {
			return m
		}
		if o.kind != 'o' {
			args = append(args, o)
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
				m.set(args[i].text, utf16Text(args[i+1].text))
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				m.setRange(args[i].text, args[i+1].text, args[i+2])
			}
		}
		args = args[:0]
	}
}

func (m *cmap) set(code, text string) {
	if len(m.text) < mostCodes {
		m.text[code] = text
	}
}

// setRange sets the codes from low to high: to what a list says, or to the
// characters from to on.
func (m *cmap) setRange(low, high string, to operand) {
	first, last := bigEndian(low), bigEndian(high)
	if len(low) != len(high) || len(low) == 0 || len(low) > 4 {
		return
	}
	units := utf16.Encode([]rune(utf16Text(to.text)))
	for n := first; n <= last && n-first < mostCodes; n++ {
		code := codeOf(n, len(low))
		switch {
		case to.kind == '[':
			if i := int(n - first); i < len(to.list) {
				m.set(code, utf16Text(to.list[i].text))
			}
		case len(units) > 0:
			next := append([]uint16(nil), units...)
			next[len(next)-1] += uint16(n - first)
			m.set(code, string(utf16.Decode(next)))
		}
	}
}

func bigEndian(s string) (n uint64) {
	for i := 0; i < len(s); i++ {
		n = n<<8 | uint64(s[i])
	}
	return n
}

func codeOf(n uint64, width int) string {
	var b [4]byte
	for i := range b {
		b[i] = byte(n >> (8 * (3 - i)))
	}
	return string(b[4-width:])
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
