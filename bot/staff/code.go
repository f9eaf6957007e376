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
		if from > 0 && ledger.IsCodeLetter(runes[from-1]) || !ledger.IsCodeLetter(runes[from]) {
			continue // codes begin where a run of letters does
		}
		if code, to := codeAt(runes, from); code != "" {
			return code, string(runes[:from]) + string(runes[to:]), true
		}
	}
	return "", text, false
}

// codeAt is the code that begins at a place and where it ends; "" when none
// does. A code ends where a run of letters does.
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
		ends := to+1 == len(runes) || !ledger.IsCodeLetter(runes[to+1])
		if ends && ledger.IsCode(string(letters)) {
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
	run := 0
	for _, r := range bot.Key(text) {
		if run++; !ledger.IsCodeLetter(r) {
			run = 0
		} else if run == ledger.CodeLength {
			return true
		}
	}
	return false
}
