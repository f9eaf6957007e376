package corpus

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// paper is a text as an office has it, divided into lines.
type paper struct {
	src   string
	lines []paperLine
	// width is how wide a full line is, in halves of a character, where lines end as
	// the paper's did; 0 where paragraphs are whole.
	width   int
	loose   bool // blank lines stand between all lines
	indents bool // paragraphs begin with a space

	amendments []int // how many lines before each tell of amendments
}

// role is what a line is for, before its words are looked at.
type role int

const (
	words     role = iota
	empty          // nothing stands there
	markup         // signs of Markdown or HTML without words
	asked          // > 问：…
	furniture      // a running header, a page number
	contents       // an entry of a table of contents
)

// paperLine is one line of a paper. src[start:end] is what may be quoted of it.
type paperLine struct {
	foldedLine
	no         int // in the file, from 1
	start, end int
	indent     int // characters of space before it
	mark       int // how many # stand before it
	role       role
	apart      bool // nothing stands in the line above
}

// printed reports whether a line has words on paper, text or not.
func (l *paperLine) printed() bool {
	return l.role == words || l.role == furniture || l.role == contents
}

var (
	brokenLabel    = regexp.MustCompile(`(第[` + numeralClass + `]*)\n[ \t　]*([` + numeralClass + `]*[条條])`)
	fencePattern   = regexp.MustCompile("^(?:```.*|~~~.*|[-*_](?:[ \t]*[-*_]){2,})$")
	commentPattern = regexp.MustCompile(`^<!--.*-->$`)
	quotePattern   = regexp.MustCompile(`^>[ \t]?`)
	bulletPattern  = regexp.MustCompile(`^[-*+•·●][ \t　]+((?:[（(]|第)[ 　]*[` + numeralClass + `]|[` + numeralClass + `]{1,3}[ ]*[、.．]|[①-⑳])`)
	boldLine       = regexp.MustCompile(`^(\*\*|__)([^*_]+)(\*\*|__)$`)
)

// lineBreak reports whether a line ends at src[i], and in how many bytes: word
// processors and PDFs have other breaks than a line feed.
func lineBreak(src string, i int) int {
	switch src[i] {
	case '\n', '\v', '\f', '\r':
		return 1
	case 0xc2:
		if strings.HasPrefix(src[i:], "\u0085") {
			return len("\u0085")
		}
	case 0xe2:
		if strings.HasPrefix(src[i:], "\u2028") || strings.HasPrefix(src[i:], "\u2029") {
			return len("\u2028")
		}
	}
	return 0
}

// readPaper divides src into lines, finds out what each is for, and whether the
// lines end where paragraphs do.
func readPaper(src string) *paper {
	src = brokenLabel.ReplaceAllString(src, "\n$1$2") // a number that was parted by the end of a line
	p := &paper{src: src}
	no, start := 1, 0
	for i := 0; i <= len(src); {
		n := 0
		if i < len(src) {
			if n = lineBreak(src, i); n == 0 {
				i++
				continue
			}
		}
		p.add(start, i, no)
		if i < len(src) && src[i] == '\n' {
			no++
		}
		i += max(n, 1)
		start = i
	}
	p.skipHeader()
	p.findFurniture()
	p.measure()
	return p
}

func (p *paper) add(start, end, no int) {
	raw := p.src[start:end]
	text := trimSpace(raw)
	l := paperLine{no: no, start: start + strings.Index(raw, text), apart: len(p.lines) == 0 || p.lines[len(p.lines)-1].role == empty}
	l.indent = utf8.RuneCountInString(p.src[start:l.start])
	l.end = l.start + len(text)
	switch {
	case text == "":
		l.role = empty
	case fencePattern.MatchString(text) || commentPattern.MatchString(text):
		l.role = markup
	case askedPattern.MatchString(text):
		l.role = asked
	default:
		l.strip(p.src)
	}
	l.foldedLine = fold(p.src[l.start:l.end])
	if l.text == "" && l.role == words {
		l.role = empty
	}
	p.lines = append(p.lines, l)
}

// strip takes the marks of Markdown off a line: they are no words.
func (l *paperLine) strip(src string) {
	text := src[l.start:l.end]
	cut := func(n int) {
		text = text[n:]
		l.start += n
	}
	cut(len(quotePattern.FindString(text)))
	if m := markPattern.FindString(text); m != "" {
		l.mark = strings.Count(m, "#")
		cut(len(m))
	}
	if m := bulletPattern.FindStringSubmatchIndex(text); m != nil {
		cut(m[2])
	}
	if m := boldLine.FindStringSubmatchIndex(text); m != nil {
		cut(m[4])
		l.end -= m[7] - m[6]
		text = text[:m[5]-m[4]]
	}
	l.start += len(text) - len(strings.TrimLeft(text, spaces))
}

// skipHeader passes over the header that other tools put above a text between ---.
func (p *paper) skipHeader() {
	if len(p.lines) == 0 || p.src[p.lines[0].start:p.lines[0].end] != "---" {
		return
	}
	for i := 1; i < len(p.lines); i++ {
		if l := p.lines[i]; p.src[l.start:l.end] == "---" {
			for k := range i {
				p.lines[k].role = markup
			}
			return
		}
	}
}

// quote is what is quoted of line l between two places of its folded text.
func (p *paper) quote(l *paperLine, from, to int) string {
	start, end := l.span(from, to)
	return trimSpace(p.src[l.start+start : l.start+end])
}
