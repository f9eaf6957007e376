package staff

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// FindCode is the first thing in a text that could be a binding code, as NewCode
// makes them, and what the text is without it. People write codes in any width
// and case, with spaces and dashes inside, glued to other words; whether there is
// such a code does not matter: nobody is to see it.
func FindCode(text string) (code, rest string, ok bool) {
	runes := []rune(strings.ToUpper(norm.NFKC.String(text)))
	for from := range runes {
		if !ledger.IsCodeLetter(runes[from]) || from > 0 && glued(runes[from-1]) {
			continue
		}
		if code, to := codeAt(runes, from); code != "" {
			return code, string(runes[:from]) + string(runes[to:]), true
		}
	}
	return "", text, false
}

// glued reports whether a character makes a code beside it part of a longer word:
// a Latin letter does, and what a code may hold.
func glued(r rune) bool { return 'A' <= r && r <= 'Z' || ledger.IsCodeLetter(r) }

// codeAt is the code that begins at a place and where it ends; "" when none
// does.
func codeAt(runes []rune, from int) (code string, to int) {
	var letters []rune
	for to = from; to < len(runes); to++ {
		r := runes[to]
		switch {
		case len(letters) == ledger.CodeLength:
			return "", 0
		case ledger.IsCodeLetter(r):
			letters = append(letters, r)
		case !insideCode(r):
			return "", 0
		}
		if ends := to+1 == len(runes) || !glued(runes[to+1]); ends && ledger.IsCode(string(letters)) {
			return string(letters), to + 1
		}
	}
	return "", 0
}

// insideCode reports whether people put a character between the letters of a
// code.
func insideCode(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Pd, r) || strings.ContainsRune("_.·•*", r) || bot.Key(string(r)) == ""
}

// HoldsCode reports whether there could be a binding code in a text, be it inside
// a longer word.
func HoldsCode(text string) bool {
	if _, _, ok := FindCode(text); ok {
		return true
	}
	for _, word := range strings.Fields(text) {
		run := 0
		for _, r := range bot.Key(word) {
			if run++; !ledger.IsCodeLetter(r) {
				run = 0
			} else if run == ledger.CodeLength {
				return true
			}
		}
	}
	return false
}
