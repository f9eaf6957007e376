package secrecy

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// group is a row of digits in a text. Between it and the one before there is no
// more than a space or a dash, if it is joined.
type group struct {
	digits     string
	start, end int // in the text
	joined     bool
	touching   bool // nothing stands between: 王五 before a number in figures
	figures    bool
}

// chinese are digits as they are written in Chinese.
var chinese = map[rune]byte{
	'零': '0', '〇': '0', '○': '0', '一': '1', '幺': '1', '二': '2', '三': '3', '四': '4', '五': '5', '六': '6', '七': '7', '八': '8', '九': '9',
	'壹': '1', '贰': '2', '貳': '2', '叁': '3', '參': '3', '肆': '4', '伍': '5', '陆': '6', '陸': '6', '柒': '7', '捌': '8', '玖': '9',
}

// digit is a character as a digit; X stands behind the digits of an identity number.
func digit(r rune) (byte, bool) {
	if '0' <= r && r <= '9' {
		return byte(r), true
	}
	d, ok := chinese[r]
	return d, ok
}

// between are what may stand between the digits of one number.
const between = " -–—‑‒―_.·,/\n"

// mostBetween is how many of them may.
const mostBetween = 3

// groupsOf are the digits of a text.
func groupsOf(text string) (list []group) {
	apart, open := mostBetween+1, false
	for i, r := range text {
		size := utf8.RuneLen(r)
		if size < 0 {
			size = 1
		}
		d, ok := digit(r)
		switch {
		case ok && open && list[len(list)-1].figures == (r < utf8.RuneSelf):
			g := &list[len(list)-1]
			g.end = i + size
			if len(g.digits) <= longestNumber { // a longer one is none of ours
				g.digits += string(d)
			}
		case ok:
			list = append(list, group{
				digits: string(d), start: i, end: i + size, figures: r < utf8.RuneSelf,
				joined: len(list) > 0 && (open || apart <= mostBetween), touching: open,
			})
			open = true
		case strings.ContainsRune(between, r):
			if open {
				apart, open = 0, false
			}
			apart++
		default:
			apart, open = mostBetween+1, false
		}
	}
	return list
}

// longestNumber is how many digits are looked at together.
const longestNumber = 24

// windows calls try with each number that is made of whole groups, until it says
// that this was one: the next begins behind it.
func windows(groups []group, try func(number string, g []group) bool) {
	for i := 0; i < len(groups); i++ {
		number := ""
		for j := i; j < len(groups) && (j == i || groups[j].joined); j++ {
			if number += groups[j].digits; len(number) > longestNumber {
				break
			}
			if try(number, groups[i:j+1]) {
				i = j
				break
			}
		}
	}
}

// near is what stands before a place in a text, and a little behind it.
func near(text string, start, end, before, behind int) (string, string) {
	from := start
	for ; before > 0 && from > 0; before-- {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	to := end
	for ; behind > 0 && to < len(text); behind-- {
		_, size := utf8.DecodeRuneInString(text[to:])
		to += size
	}
	return text[from:start], text[end:to]
}

// lengths are how long groups are, as they are seen: 4,4,4,4.
func lengths(g []group) string {
	var list []int
	for i, one := range g {
		if i > 0 && one.touching {
			list[len(list)-1] += len(one.digits)
			continue
		}
		list = append(list, len(one.digits))
	}
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ","), "[]")
}

// latin reports whether a letter or digit of the Latin alphabet stands next to a
// place: a number that goes on in letters is one of something else.
func latin(text string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:at])
	return r < utf8.RuneSelf && unicode.IsLetter(r)
}
