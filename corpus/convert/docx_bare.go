package convert

import (
	"regexp"
	"strings"
)

// settle decides what becomes of the numbers that stand on paragraphs without words.
// Some papers have the number of an article there and its text in the paragraph below:
// such a number gets a line of its own. The others are empty lines that Word counts.
func (w *word) settle(f *wordFlow) {
	for i := range f.lines {
		l := &f.lines[i]
		if l.kind != bareLine {
			continue
		}
		if i+1 < len(f.lines) && l.heads(f.lines[i+1]) {
			l.kind = wordsLine
			w.numbered(l.text, l.at)
			continue
		}
		w.bare = append(w.bare, l.text)
	}
}

var (
	provisionNumber = regexp.MustCompile(`^第.*(编|章|节|条)`)
	listNumber      = regexp.MustCompile(`^(?:[一二三四五六七八九十百○〇]+、|[（(](?:[一二三四五六七八九十百○〇]+|\d+)[）)]|\d+[.．、])$`)
)

// heads tells whether a number without words is that of the line below: it names a
// provision and what is below is no other, or it is one of a list that other
// paragraphs belong to and what is below has no number.
func (l wordLine) heads(below wordLine) bool {
	if below.kind == bareLine {
		return false
	}
	m := provisionNumber.FindStringSubmatch(l.text)
	if m == nil {
		return listNumber.MatchString(l.text) && l.level.texts > 0 && below.kind == wordsLine && !begins.MatchString(below.text)
	}
	next := provisionNumber.FindStringSubmatch(firstWord(below.text))
	return next == nil || m[1] != "条" && m[1] != next[1]
}

// firstWord is a line up to its first space.
func firstWord(s string) string {
	if words := strings.Fields(s); len(words) > 0 {
		return words[0]
	}
	return ""
}
