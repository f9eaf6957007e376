package convert

import (
	"regexp"
	"unicode/utf8"
)

// joinLines joins two lines of one paragraph. Between Latin words the end of the
// line was the space; within a word that has a hyphen, a number and an address it was none.
func joinLines(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if narrow(last) && narrow(first) && last != '-' &&
		!(endsInNumber.MatchString(a) && goesOnAsNumber.MatchString(b)) && !endsInAddress.MatchString(a) {
		return a + " " + b
	}
	return a + b
}

var (
	endsInNumber   = regexp.MustCompile(`[0-9][.,:/~]?$`)
	endsInAddress  = regexp.MustCompile(`://[!-~]+$`)
	goesOnAsNumber = regexp.MustCompile(`^(?:[0-9]|[.,:/~%-])`)
)

// narrow tells the characters of scripts that set spaces between words.
func narrow(r rune) bool { return r > ' ' && r < 0x2000 }
