package bot

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Key is what two spellings of a number, a code or a name have in common: their
// width, their case, spaces outside and inside, and what cannot be seen make no
// difference. Things are kept as they were written and compared by their keys.
func Key(s string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unseen(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s)))
}

// unseen reports whether a character leaves no mark by itself: zero-width and
// direction marks, variation selectors, fillers.
func unseen(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}
