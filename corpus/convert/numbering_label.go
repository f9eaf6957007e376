package convert

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// numLabel is the automatic number of one paragraph.
type numLabel struct {
	text   string // 第三条; empty for a bullet
	suffix string // what follows: tab, space, nothing
	doubt  string // why Word may show another one; empty if it does not
	level  *levelCount
}

// next counts a paragraph and returns its number.
func (n *numUse) next(i int) numLabel {
	l, start := n.at(i)
	if l == nil {
		return numLabel{}
	}
	c := &n.of.counters[i]
	switch over := &n.over[i]; {
	case over.hasStart && !over.used:
		c.value, over.used = start, true
	case c.live:
		c.value++
	default:
		c.value = start
	}
	c.live = true
	for below := i + 1; below < mostLevels; below++ {
		if n.of.restarts(below, i) {
			n.of.counters[below].live = false
		}
	}
	if l.format == "bullet" || l.hidden {
		return numLabel{}
	}
	out := numLabel{suffix: l.suffix, level: c}
	out.text, out.doubt = n.render(l, i)
	return out
}

// restarts tells whether the count of a level starts again when one above it is used.
// What a w:lvlOverride says of it Word does not look at.
func (l *numList) restarts(below, used int) bool {
	of := l.levels[below]
	if of == nil || of.restart < 0 || of.restart > below {
		return true
	}
	return used < of.restart
}

// render fills in the pattern of a level: %1 is the number of the first level.
func (n *numUse) render(l *numLevel, own int) (text, doubt string) {
	var b strings.Builder
	for rest := l.text; rest != ""; {
		if rest[0] != '%' || len(rest) < 2 || rest[1] < '1' || rest[1] > '9' {
			_, size := utf8.DecodeRuneInString(rest)
			b.WriteString(rest[:size])
			rest = rest[size:]
			continue
		}
		s, why := n.figure(l, int(rest[1]-'1'), own)
		b.WriteString(s)
		if why != "" {
			doubt = why
		}
		rest = rest[2:]
	}
	return b.String(), doubt
}

// figure is the number that a level has now.
func (n *numUse) figure(in *numLevel, i, own int) (text, doubt string) {
	of, value := n.at(i)
	if of == nil {
		return "", ""
	}
	if c := n.of.counters[i]; c.live {
		value = c.value
	} else if i < own {
		doubt = "编号跳过了上一级，上一级算作第一个"
	}
	format, custom := of.format, of.custom
	if in.legal && format != "decimalZero" {
		format = "decimal"
	}
	if format == "bullet" {
		return "", doubt
	}
	if format == "custom" {
		format = custom
	}
	text, sure := formatNumber(value, format)
	if !sure {
		doubt = fmt.Sprintf("编号“%s”在各种软件里写法不一", text)
	}
	return text, doubt
}

// before puts the number before the paragraph's text, as one would type it: the
// gap that Word leaves is a space only where number and text would run together.
func (l numLabel) before(text string) string {
	if l.text == "" {
		return text
	}
	last, _ := utf8.DecodeLastRuneInString(l.text)
	first, _ := utf8.DecodeRuneInString(text)
	switch {
	case text == "":
		return strings.TrimSpace(l.text)
	case l.suffix == "space":
		return l.text + " " + text
	case l.suffix == "nothing" || unicode.IsSpace(last) || unicode.IsSpace(first):
		return l.text + text
	case strings.ContainsRune("、，。．：；）】〕〉》」』)]", last):
		return l.text + text
	case last < utf8.RuneSelf && unicode.IsPunct(last) && unicode.Is(unicode.Han, first):
		return l.text + text
	case last < utf8.RuneSelf:
		return l.text + " " + text
	}
	return l.text + "　" + text
}
