package index

import (
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
)

// The names of the analyzers in bleve's registry. A stored index finds them by
// name, so a change to either must raise Version.
const (
	textAnalyzer  = "lianwen-text"
	soundAnalyzer = "lianwen-sound"
)

func init() {
	for name, t := range map[string]analysis.Tokenizer{textAnalyzer: tokenizer{}, soundAnalyzer: soundTokenizer{}} {
		mustRegister(registry.RegisterAnalyzer(name, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
			return &analysis.DefaultAnalyzer{Tokenizer: t}, nil
		}))
	}
}

func mustRegister(err error) {
	if err != nil {
		panic(err)
	}
}

// tokenizer cuts folded text into terms for bleve.
type tokenizer struct{}

// Tokenize implements analysis.Tokenizer. Offsets are not used by anything and
// stay zero.
func (tokenizer) Tokenize(input []byte) analysis.TokenStream {
	var stream analysis.TokenStream
	for _, t := range terms(fold(string(input))) {
		stream = append(stream, &analysis.Token{Term: []byte(t), Position: len(stream) + 1, Type: analysis.Ideographic})
	}
	return stream
}

// terms cuts folded text into single Han characters and pairs of neighbouring
// ones; runs of letters or digits stay whole. 提案3个月 gives 提 提案 案 3 个 个月 月.
func terms(s string) []string {
	var out []string
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case unicode.Is(unicode.Han, r):
			out = append(out, s[:n])
			if next, m := utf8.DecodeRuneInString(s[n:]); m > 0 && unicode.Is(unicode.Han, next) {
				out = append(out, s[:n+m])
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			n = wordEnd(s)
			out = append(out, s[:n])
		}
		s = s[n:]
	}
	return out
}

// wordEnd is the length of the run of letters and digits at the start of s.
// Digits and letters are apart: 3天内 and 30mb are searched by their numbers.
func wordEnd(s string) int {
	first, _ := utf8.DecodeRuneInString(s)
	for i, r := range s {
		if unicode.Is(unicode.Han, r) || unicode.IsDigit(r) != unicode.IsDigit(first) || !unicode.IsDigit(r) && !unicode.IsLetter(r) {
			return i
		}
	}
	return len(s)
}
