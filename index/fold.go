package index

import (
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"github.com/longbridgeapp/opencc"
	"golang.org/x/text/unicode/norm"

	"lianwen/corpus"
)

// fold brings text to the form that is indexed and searched: compatibility
// forms (full width, circled …) to plain ones, lower case, traditional
// characters to simplified ones, Arabic numbers to Chinese ones (3个月 and
// 三个月 are the same). Control characters become spaces; what has no width
// (joiners, direction marks, variation selectors) comes with pasted text and is
// dropped, or it would part the characters on its sides.
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
		case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
			continue
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

// memo remembers a function of single characters. Reading takes no lock: every
// text and every question goes through here, character by character.
type memo[T any] struct {
	make  func(rune) T
	pages [(unicode.MaxRune + 1) / pageSize]atomic.Pointer[[pageSize]atomic.Pointer[T]]
}

const pageSize = 256

func (m *memo[T]) get(r rune) T {
	at := &m.pages[r/pageSize]
	page := at.Load()
	if page == nil {
		at.CompareAndSwap(nil, new([pageSize]atomic.Pointer[T]))
		page = at.Load()
	}
	if v := page[r%pageSize].Load(); v != nil {
		return *v
	}
	v := m.make(r)
	page[r%pageSize].Store(&v)
	return v
}

var converter = sync.OnceValue(func() *opencc.OpenCC {
	c, err := opencc.New("t2s")
	if err != nil {
		panic("opencc: embedded t2s tables: " + err.Error()) // they are part of the program
	}
	return c
})

// simplified remembers what OpenCC makes of single characters. Characters are
// mapped one by one, not phrase by phrase: what matters is that the index and
// the question go through the same map.
var simplified = memo[rune]{make: func(r rune) rune {
	if out, err := converter().Convert(string(r)); err == nil {
		if rs := []rune(out); len(rs) == 1 {
			return rs[0]
		}
	}
	return r
}}

func simplify(r rune) rune { return simplified.get(r) }
