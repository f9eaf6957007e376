package office

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// narrow writes Ａ０１ as A01.
func narrow(s string) string { return width.Fold.String(s) }

// visible is what a person sees in a cell: no spaces around it, and nothing in it
// that has no shape.
func visible(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, s))
}

// unseen are marks that tell a program how to set a text.
func unseen(r rune) bool { return unicode.Is(unicode.Cf, r) }

// breaks reports whether a text could pass for more than one line or column of
// what is printed.
func breaks(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) })
}

// personal is a name as it is called: 张　三, spread out to look as wide as
// 欧阳三, is 张三; names in other letters keep their spaces.
func personal(s string) string {
	words := strings.Fields(s)
	for _, w := range words {
		if strings.ContainsFunc(w, func(r rune) bool {
			return !unicode.Is(unicode.Han, r) && r != '·' && !unicode.Is(unicode.Variation_Selector, r)
		}) {
			return strings.Join(words, " ")
		}
	}
	return strings.Join(words, "")
}
