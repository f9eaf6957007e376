package index

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/longbridgeapp/opencc"
	"golang.org/x/text/unicode/norm"

	"lianwen/corpus"
)

// fold brings text to the form that is indexed and searched: compatibility
// forms (full width, circled …) to plain ones, lower case, traditional
// characters to simplified ones, Arabic numbers to Chinese ones (3个月 and
// 三个月 are the same). Control characters become spaces.
func fold(s string) string {
	s = norm.NFKC.String(s)
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case unicode.IsControl(r) || r == unicode.ReplacementChar:
			r = ' '
		case unicode.Is(unicode.Han, r):
			r = simplify(r)
		default:
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return arabic.ReplaceAllStringFunc(b.String(), func(digits string) string {
		if n, ok := corpus.ParseNumeral(digits); ok && digits[0] != '0' {
			return corpus.FormatNumeral(n)
		}
		return digits
	})
}

var arabic = regexp.MustCompile(`[0-9]+`)

// simplified remembers what OpenCC makes of single characters. Characters are
// mapped one by one, not phrase by phrase: what matters is that the index and
// the question go through the same map.
var simplified struct {
	sync.RWMutex
	known map[rune]rune
}

var converter = sync.OnceValue(func() *opencc.OpenCC {
	c, err := opencc.New("t2s")
	if err != nil {
		panic("opencc: embedded t2s tables: " + err.Error()) // they are part of the program
	}
	return c
})

func simplify(r rune) rune {
	simplified.RLock()
	to, ok := simplified.known[r]
	simplified.RUnlock()
	if ok {
		return to
	}
	to = r
	if out, err := converter().Convert(string(r)); err == nil {
		if rs := []rune(out); len(rs) == 1 {
			to = rs[0]
		}
	}
	simplified.Lock()
	if simplified.known == nil {
		simplified.known = map[rune]rune{}
	}
	simplified.known[r] = to
	simplified.Unlock()
	return to
}
