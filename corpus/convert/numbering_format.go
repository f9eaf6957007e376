package convert

import (
	"strconv"
	"strings"
)

// formatNumber writes n in one of the formats of ECMA-376, 17.18.59. It is not sure
// where programs are known to differ, and of formats it does not know.
func formatNumber(n int, format string) (text string, sure bool) {
	if write, ok := numberFormats[format]; ok {
		return write(n)
	}
	if first, _, _ := strings.Cut(format, ","); strings.Trim(first, "0") == "1" { // 001, 002, 003, ...
		s := strconv.Itoa(n)
		return strings.Repeat("0", max(0, min(len(first), 20)-len(s))) + s, true
	}
	return strconv.Itoa(n), false
}

type numberFormat func(n int) (text string, sure bool)

var numberFormats = map[string]numberFormat{
	"":                             decimalNumber,
	"decimal":                      decimalNumber,
	"decimalHalfWidth":             decimalNumber,
	"none":                         func(int) (string, bool) { return "", true },
	"decimalZero":                  zeroNumber,
	"numberInDash":                 func(n int) (string, bool) { return "- " + strconv.Itoa(n) + " -", true },
	"decimalFullWidth":             digitNumber("０１２３４５６７８９"),
	"decimalFullWidth2":            digitNumber("０１２３４５６７８９"),
	"ideographDigital":             digitNumber("〇一二三四五六七八九"),
	"japaneseDigitalTenThousand":   digitNumber("〇一二三四五六七八九"),
	"taiwaneseDigital":             digitNumber("○一二三四五六七八九"),
	"chineseCounting":              countingNumber("○一二三四五六七八九"),
	"taiwaneseCounting":            countingNumber("○一二三四五六七八九"),
	"chineseCountingThousand":      unitNumber{digits: "〇一二三四五六七八九", units: "十百千万", shortTen: true}.format,
	"taiwaneseCountingThousand":    unitNumber{digits: "零一二三四五六七八九", units: "十百千萬", shortTen: true}.format,
	"japaneseCounting":             unitNumber{digits: "〇一二三四五六七八九", units: "十百千万", bare: true}.format,
	"chineseLegalSimplified":       unitNumber{digits: "零壹贰叁肆伍陆柒捌玖", units: "拾佰仟万"}.format,
	"ideographLegalTraditional":    unitNumber{digits: "零壹貳參肆伍陸柒捌玖", units: "拾佰仟萬"}.format,
	"ideographTraditional":         setNumber("甲乙丙丁戊己庚辛壬癸"),
	"ideographZodiac":              setNumber("子丑寅卯辰巳午未申酉戌亥"),
	"ideographEnclosedCircle":      setNumber("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
	"decimalEnclosedCircle":        setNumber("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
	"decimalEnclosedCircleChinese": setNumber("①②③④⑤⑥⑦⑧⑨⑩"),
	"decimalEnclosedParen":         setNumber("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
	"decimalEnclosedFullstop":      setNumber("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
	"upperLetter":                  letterNumber('A'),
	"lowerLetter":                  letterNumber('a'),
	"upperRoman":                   romanNumber,
	"lowerRoman": func(n int) (string, bool) {
		s, sure := romanNumber(n)
		return strings.ToLower(s), sure
	},
}

func decimalNumber(n int) (string, bool) { return strconv.Itoa(n), true }

func zeroNumber(n int) (string, bool) {
	if n < 10 {
		return "0" + strconv.Itoa(n), true
	}
	return strconv.Itoa(n), true
}

// digitNumber writes each digit by itself: 一〇.
func digitNumber(digits string) numberFormat {
	set := []rune(digits)
	return func(n int) (string, bool) {
		return strings.Map(func(r rune) rune { return set[r-'0'] }, strconv.Itoa(n)), true
	}
}

// countingNumber writes 十 up to 九十九 and each digit by itself from 100 on, where other
// programs write 百.
func countingNumber(digits string) numberFormat {
	below, above := unitNumber{digits: digits, units: "十百千万", shortTen: true}, digitNumber(digits)
	return func(n int) (string, bool) {
		if n >= 1 && n <= 99 {
			return below.format(n)
		}
		text, _ := above(n)
		return text, false
	}
}

// setNumber takes the n-th character of a set; beyond its end numbers are decimal.
func setNumber(set string) numberFormat {
	of := []rune(set)
	return func(n int) (string, bool) {
		if n < 1 || n > len(of) {
			return strconv.Itoa(n), false
		}
		return string(of[n-1]), true
	}
}

// letterNumber writes A to Z, then AA, BB, CC.
func letterNumber(a rune) numberFormat {
	return func(n int) (string, bool) {
		if n < 1 || n > 26*30 {
			return strconv.Itoa(n), false
		}
		return strings.Repeat(string(a+rune((n-1)%26)), (n-1)/26+1), true
	}
}

func romanNumber(n int) (string, bool) {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n), false
	}
	var b strings.Builder
	for _, d := range []struct {
		value int
		text  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"},
		{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.text)
		}
	}
	return b.String(), true
}

// unitNumber writes numbers with units: 一百一十, 壹佰壹拾, 百十.
type unitNumber struct {
	digits   string
	units    string // ten, hundred, thousand, ten thousand
	shortTen bool   // 十二, not 一十二
	bare     bool   // no one before a unit, no zero for places left out
}

// format is sure as long as no zero is left out within the number: some programs
// write 零 where others write 〇.
func (f unitNumber) format(n int) (string, bool) {
	if n < 1 || n > 9999_9999 {
		return strconv.Itoa(n), false
	}
	units := []rune(f.units)
	high, low := n/10_000, n%10_000
	text := f.group(low)
	if high > 0 {
		gap := ""
		if low > 0 && low < 1000 && !f.bare {
			gap = f.digit(0)
		}
		text = f.group(high) + string(units[3]) + gap + text
	}
	if f.shortTen {
		if one := f.digit(1); strings.HasPrefix(text, one+string(units[0])) {
			text = strings.TrimPrefix(text, one)
		}
	}
	return text, !strings.Contains(text, f.digit(0)) && n <= 9999 && (!f.bare || n < 100)
}

// group writes a number below ten thousand.
func (f unitNumber) group(n int) string {
	units := []rune(f.units)
	var b strings.Builder
	gap := false
	for i, place := range []int{1000, 100, 10, 1} {
		d := n / place % 10
		if d == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap && !f.bare {
			b.WriteString(f.digit(0))
		}
		gap = false
		if d > 1 || place == 1 || !f.bare {
			b.WriteString(f.digit(d))
		}
		if place > 1 {
			b.WriteRune(units[2-i])
		}
	}
	return b.String()
}

func (f unitNumber) digit(d int) string { return string([]rune(f.digits)[d]) }
