package corpus

import (
	"strconv"
	"strings"
)

// MaxNumeral is the largest number FormatNumeral and ParseNumeral handle: the
// longest Chinese code has 1,260 articles, and 四位数 are read as well.
const MaxNumeral = 9999

const digits = "零一二三四五六七八九"

var digitValue = map[rune]int{
	'零': 0, '〇': 0, '○': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
}

var unitValue = map[rune]int{'十': 10, '百': 100, '千': 1000}

// FormatNumeral writes n as articles are numbered: 12 → 十二, 110 → 一百一十.
// Numbers outside 1..MaxNumeral are written in Arabic digits.
func FormatNumeral(n int) string {
	if n < 1 || n > MaxNumeral {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	digit := []rune(digits)
	pendingZero := false
	for _, u := range []struct {
		value int
		name  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / u.value % 10
		if d == 0 {
			pendingZero = b.Len() > 0
			continue
		}
		if pendingZero {
			b.WriteRune(digit[0])
			pendingZero = false
		}
		if !(u.value == 10 && d == 1 && b.Len() == 0) { // 十二, not 一十二
			b.WriteRune(digit[d])
		}
		b.WriteString(u.name)
	}
	return b.String()
}

// ParseNumeral reads a number written in Chinese (十二, 一百零三, 一〇三, 两百)
// or in Arabic digits, half or full width. It reports false for anything that
// is not wholly one number in 1..MaxNumeral.
func ParseNumeral(s string) (int, bool) {
	s = strings.Map(halfWidthDigit, s)
	if s == "" {
		return 0, false
	}
	if s[0] >= '0' && s[0] <= '9' {
		n, err := strconv.Atoi(s)
		return n, err == nil && n >= 1 && n <= MaxNumeral
	}
	if !strings.ContainsAny(s, "十百千") {
		return parsePositional(s)
	}
	return parseUnits(s)
}

// parsePositional reads 一〇三 digit by digit.
func parsePositional(s string) (int, bool) {
	n := 0
	for _, r := range s {
		d, ok := digitValue[r]
		if !ok || n > MaxNumeral {
			return 0, false
		}
		n = n*10 + d
	}
	return n, n >= 1 && n <= MaxNumeral
}

// parseUnits reads 一百零三: each unit smaller than the one before it, 零 only
// where a place is skipped.
func parseUnits(s string) (int, bool) {
	total, current, lastUnit := 0, -1, 10000
	zero := false
	for _, r := range s {
		if d, ok := digitValue[r]; ok {
			if current >= 0 || (d == 0 && (zero || total == 0)) {
				return 0, false
			}
			if d == 0 {
				zero = true
			} else {
				current = d
			}
			continue
		}
		u, ok := unitValue[r]
		if !ok || u >= lastUnit {
			return 0, false
		}
		if current < 0 {
			if u != 10 || (total != 0 && !zero) { // 十二, and 一百零十 as some write it
				return 0, false
			}
			current = 1
		}
		total += current * u
		current, lastUnit, zero = -1, u, false
	}
	if current > 0 {
		if lastUnit > 10 && !zero { // 一百三 is read as 130 by ear: too uncertain to quote by
			return 0, false
		}
		total += current
	} else if zero {
		return 0, false
	}
	return total, total >= 1 && total <= MaxNumeral
}

func halfWidthDigit(r rune) rune {
	if r >= '０' && r <= '９' {
		return r - '０' + '0'
	}
	return r
}

// numeralClass is the inside of a regular expression class that matches what
// ParseNumeral may read.
const numeralClass = `零〇○一二两三四五六七八九十百千0-9０-９`
