package convert

import (
	"strings"
	"sync"
	"unicode"

	"github.com/longbridgeapp/opencc"
)

var simplifier = sync.OnceValue(func() *opencc.OpenCC {
	c, err := opencc.New("t2s")
	if err != nil {
		panic("opencc: embedded t2s tables: " + err.Error()) // they are part of the program
	}
	return c
})

// mostlyTraditional is the share of a text, in hundredths, that simplification
// changes when it is written in traditional characters: there it is about thirty, in
// simplified text below one.
const mostlyTraditional = 10

// simplify folds traditional characters, phrase by phrase, if it is wanted, or tells
// that this can be done.
func (d *Document) simplify(wanted bool) {
	changed, han := 0, 0
	single := map[rune]bool{} // whether a character by itself is changed
	lines := strings.SplitAfter(d.Text, "\n")
	for i, line := range lines {
		odd := 0
		for _, r := range line {
			if !unicode.Is(unicode.Han, r) {
				continue
			}
			han++
			is, known := single[r]
			if !known {
				is = simplified(string(r)) != string(r)
				single[r] = is
			}
			if is {
				odd++
			}
		}
		if odd == 0 || !wanted {
			changed += odd
			continue
		}
		var n int
		lines[i], n = simplifyLine(line)
		changed += n
	}
	switch {
	case wanted && changed > 0:
		d.Text = strings.Join(lines, "")
		d.note(Info, "", "%d 个繁体字改成了简体字", changed)
	case !wanted && changed > 0 && changed*100 >= han*mostlyTraditional:
		d.note(Info, "", "文字大多是繁体字，没有改动；要改成简体字，请加 --simplified")
	}
}

func simplified(s string) string {
	out, err := simplifier().Convert(s)
	if err != nil {
		return s
	}
	return out
}

// simplifyLine changes Han characters only, each to one. A phrase that the tables
// make longer or shorter is left to its single characters.
func simplifyLine(line string) (string, int) {
	from, to := []rune(line), []rune(simplified(line))
	if len(from) != len(to) {
		to = to[:0]
		for _, r := range from {
			if one := []rune(simplified(string(r))); len(one) == 1 {
				r = one[0]
			}
			to = append(to, r)
		}
	}
	changed := 0
	for i, r := range from {
		if r == to[i] || !unicode.Is(unicode.Han, r) || !unicode.Is(unicode.Han, to[i]) {
			to[i] = r
			continue
		}
		changed++
	}
	return string(to), changed
}
