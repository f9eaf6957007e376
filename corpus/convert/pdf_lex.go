package convert

import (
	"bytes"
	"strconv"
)

// operand is one token of a content stream or a character map.
type operand struct {
	kind byte // 0 at the end; 'n' number, 's' string, '/' name, '[' array, 'o' operator
	num  float64
	text string
	list []operand
}

// lexer reads the tokens of content streams and character maps. It never fails:
// what makes no sense is passed over, as one bad byte must not cost a page.
type lexer struct {
	data []byte
	pos  int
	over bool // an array was longer than is kept
}

const (
	deepArrays = 32
	longArray  = 1 << 16
)

func pdfSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func pdfDelimiter(c byte) bool {
	return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0
}

// next is the next token; the brackets of dictionaries are operators.
func (l *lexer) next(depth int) operand {
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		switch {
		case pdfSpace(c):
			l.pos++
		case c == '%':
			for l.pos < len(l.data) && l.data[l.pos] != '\n' && l.data[l.pos] != '\r' {
				l.pos++
			}
		case c == '(':
			return operand{kind: 's', text: l.literal()}
		case c == '<' && l.peek(1) == '<', c == '>' && l.peek(1) == '>':
			l.pos += 2
			return operand{kind: 'o', text: string([]byte{c, c})}
		case c == '<':
			return operand{kind: 's', text: l.hex()}
		case c == '/':
			l.pos++
			return operand{kind: '/', text: l.name()}
		case c == '[' && depth < deepArrays:
			l.pos++
			return l.array(depth)
		case pdfDelimiter(c):
			l.pos++
			if c == ']' {
				return operand{kind: 'o', text: "]"}
			}
		default:
			return l.word()
		}
	}
	return operand{}
}

func (l *lexer) peek(n int) byte {
	if l.pos+n < len(l.data) {
		return l.data[l.pos+n]
	}
	return 0
}

func (l *lexer) array(depth int) operand {
	out := operand{kind: '['}
	for {
		o := l.next(depth + 1)
		if o.kind == 0 || o.kind == 'o' && o.text == "]" {
			return out
		}
		if l.over = l.over || len(out.list) >= longArray; !l.over {
			out.list = append(out.list, o)
		}
	}
}

// word is a number or an operator.
func (l *lexer) word() operand {
	from := l.pos
	for l.pos < len(l.data) && !pdfSpace(l.data[l.pos]) && !pdfDelimiter(l.data[l.pos]) {
		l.pos++
	}
	s := string(l.data[from:l.pos])
	if c := s[0]; c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
		n, err := strconv.ParseFloat(s, 64)
		if err != nil {
			n = 0 // as others read it
		}
		return operand{kind: 'n', num: n}
	}
	return operand{kind: 'o', text: s}
}

func (l *lexer) name() string {
	from := l.pos
	for l.pos < len(l.data) && !pdfSpace(l.data[l.pos]) && !pdfDelimiter(l.data[l.pos]) {
		l.pos++
	}
	raw := l.data[from:l.pos]
	var out []byte
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			if n, err := strconv.ParseUint(string(raw[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
		}
		out = append(out, raw[i])
	}
	return string(out)
}

// hex is a string between < and >.
func (l *lexer) hex() string {
	l.pos++
	var out []byte
	half, high := false, byte(0)
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		if c == '>' {
			break
		}
		n, err := strconv.ParseUint(string(c), 16, 8)
		if err != nil {
			continue
		}
		if half = !half; half {
			high = byte(n) << 4
		} else {
			out = append(out, high|byte(n))
		}
	}
	if half {
		out = append(out, high)
	}
	return string(out)
}

// literal is a string between ( and ).
func (l *lexer) literal() string {
	l.pos++
	var out []byte
	for depth := 1; l.pos < len(l.data); l.pos++ {
		switch c := l.data[l.pos]; c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.pos++
				return string(out)
			}
		case '\\':
			out = l.escape(out)
			continue
		}
		out = append(out, l.data[l.pos])
	}
	return string(out)
}

// escape adds what \ and the characters after it stand for, and stops at the last.
func (l *lexer) escape(out []byte) []byte {
	l.pos++
	c := l.peek(0)
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	switch {
	case c == '\r' && l.peek(1) == '\n':
		l.pos++
		return out
	case c == '\r' || c == '\n':
		return out
	case c < '0' || c > '7':
		return append(out, c)
	}
	n := 0
	for i := 0; i < 3 && l.peek(0) >= '0' && l.peek(0) <= '7'; i++ {
		n = n<<3 | int(l.peek(0)-'0')
		l.pos++
	}
	l.pos--
	return append(out, byte(n))
}

// skipImage passes over the picture that stands in the stream after BI.
func (l *lexer) skipImage() {
	if i := bytes.Index(l.data[l.pos:], []byte("ID")); i >= 0 {
		l.pos += i + 2
	}
	for {
		i := bytes.Index(l.data[l.pos:], []byte("EI"))
		if i < 0 {
			l.pos = len(l.data)
			return
		}
		l.pos += i + 2
		if pdfSpace(l.data[l.pos-3]) && (l.pos == len(l.data) || pdfSpace(l.data[l.pos])) {
			return
		}
	}
}
