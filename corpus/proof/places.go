package proof

import (
	"io/fs"
	"strings"
)

// places finds the line that a text stands in. A corpus knows where articles begin, but
// not where each of their sentences and asked-as lines is.
type places struct {
	fsys  fs.FS
	files map[string][]string
}

// seen is how much of a text tells its line from others, in characters.
const seen = 40

// line is the first line of a file, from the given one on, that has the beginning of a
// text; the given one when none has.
func (p *places) line(file string, from int, text string) int {
	text = clip(firstLine(text), seen)
	if text == "" {
		return from
	}
	lines, known := p.files[file]
	if !known {
		raw, _ := fs.ReadFile(p.fsys, file) // it was read just now; without it the line is the article's
		lines = strings.Split(string(raw), "\n")
		p.files[file] = lines
	}
	for i := max(from, 1); i <= len(lines); i++ {
		if strings.Contains(lines[i-1], text) {
			return i
		}
	}
	return from
}

func firstLine(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(text)
}

// clip is the first n characters of a text.
func clip(text string, n int) string {
	for i := range text {
		if n--; n < 0 {
			return text[:i]
		}
	}
	return text
}

// excerpt is a text as findings quote it.
func excerpt(text string) string {
	const longest = 36
	text = firstLine(text)
	if short := clip(text, longest); short != text {
		return short + "…"
	}
	return text
}

// around is what stands about a part of a text.
func around(text string, from, to int) string {
	const most = 10 // characters on either side
	before, after := text[:from], text[to:]
	for i, n := len(before), 0; i > 0; n++ {
		if n == most {
			before = "…" + before[i:]
			break
		}
		i = previous(before, i)
	}
	if short := clip(after, most); short != after {
		after = short + "…"
	}
	return strings.ReplaceAll(before+text[from:to]+after, "\n", " ")
}

// previous is where the character before place i of a text begins.
func previous(text string, i int) int {
	for i--; i > 0 && text[i]&0xc0 == 0x80; i-- {
	}
	return max(i, 0)
}
