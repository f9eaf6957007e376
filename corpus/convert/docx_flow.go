package convert

import (
	"strings"
	"unicode"
)

// wordLineKind tells what becomes of it in the text and in a cell.
type wordLineKind int

const (
	wordsLine wordLineKind = iota
	hungLine               // a note or a text box: behind the table if it hangs in a cell
	bareLine               // a number without words: what it says settle knows, in a cell it always says something
	rowLine
	ruleLine // under the first row
)

type wordLine struct {
	kind  wordLineKind
	text  string
	cells []string
	level *levelCount // of a number without words
	at    int         // its paragraph
}

// wordFlow collects the lines of the body, of a cell, a note or a text box.
type wordFlow struct {
	lines  []wordLine
	size   int
	joined *wordPara // its mark is deleted or hidden: the next goes on in its line
}

// add refuses a text that grows too long; cells repeated in every row make one out
// of a small file.
func (f *wordFlow) add(lines ...wordLine) error {
	for _, l := range lines {
		f.size += len(l.text) + 1
		for _, c := range l.cells {
			f.size += len(c) + len(" | ")
		}
	}
	f.lines = append(f.lines, lines...)
	return f.fits()
}

func (f *wordFlow) fits() error {
	if f.size > MaxText {
		return errorf("请拆成几份再导入", "文件里的文字超过 %d MB", MaxText/mebibyte)
	}
	return nil
}

// text is the flow as a Document has it.
func (f *wordFlow) text() (string, error) {
	var b strings.Builder
	for _, l := range f.lines {
		switch l.kind {
		case wordsLine, hungLine:
			b.WriteString(l.text)
		case rowLine:
			b.WriteString("|")
			for _, c := range l.cells {
				if b.WriteString(" "); c != "" {
					b.WriteString(strings.ReplaceAll(c, "|", `\|`) + " ")
				}
				b.WriteString("|")
			}
		case ruleLine:
			b.WriteString("|" + strings.Repeat("---|", len(l.cells)))
		default:
			continue
		}
		b.WriteByte('\n')
	}
	return b.String(), (&wordFlow{size: b.Len()}).fits()
}

// inline is the flow in one line, as a cell has it, and what hangs on it.
func (f *wordFlow) inline() (text string, hang []wordLine) {
	var words []string
	for _, l := range f.lines {
		switch l.kind {
		case hungLine:
			hang = append(hang, l)
		case rowLine:
			for _, c := range l.cells {
				if c != "" {
					words = append(words, c)
				}
			}
		case wordsLine, bareLine:
			words = append(words, l.text)
		}
	}
	return strings.ReplaceAll(strings.Join(words, " "), "\t", " "), hang
}

// tidyWordLine takes the layout off both ends of a line, and leaves one tab where tabs
// set words apart.
func tidyWordLine(s string) string {
	s = strings.TrimFunc(s, unicode.IsSpace)
	for strings.Contains(s, "\t\t") {
		s = strings.ReplaceAll(s, "\t\t", "\t")
	}
	return s
}
