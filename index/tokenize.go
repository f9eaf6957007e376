package index

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
)

// termsAnalyzer is the name of the analyzer in bleve's registry. A stored index
// finds it by name, so a change to it must raise Version.
const termsAnalyzer = "lianwen-terms"

func init() {
	err := registry.RegisterAnalyzer(termsAnalyzer, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
		return &analysis.DefaultAnalyzer{Tokenizer: tokenizer{}}, nil
	})
	if err != nil {
		panic(err)
	}
}

// tokenizer takes terms as build cut them, one a line: cutting is done by
// several goroutines, while bleve writes with one.
type tokenizer struct{}

// Tokenize implements analysis.Tokenizer. Offsets are not used by anything and
// stay zero.
func (tokenizer) Tokenize(input []byte) analysis.TokenStream {
	lines := bytes.Split(input, []byte{'\n'})
	stream := make(analysis.TokenStream, len(lines))
	tokens := make([]analysis.Token, len(lines))
	for i, line := range lines {
		tokens[i] = analysis.Token{Term: line, Position: i + 1, Type: analysis.Ideographic}
		stream[i] = &tokens[i]
	}
	return stream
}

// terms cuts folded text into single Han characters and pairs of neighbouring
// ones; runs of letters or digits stay whole. 提案3个月 gives 提 提案 案 3 个 个月 月.
func terms(s string) []string {
	out := make([]string, 0, len(s)/2)
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

// isSingle reports whether a term is one Han character.
func isSingle(term string) bool {
	r, n := utf8.DecodeRuneInString(term)
	return n == len(term) && unicode.Is(unicode.Han, r)
}

// isPair reports whether a term is two Han characters.
func isPair(term string) bool {
	r, n := utf8.DecodeRuneInString(term)
	return n < len(term) && unicode.Is(unicode.Han, r) && isSingle(term[n:])
}

// layers are how often a term must be in a text to stand in the index once
// more, under layerTerm. Posting lists of bare document numbers are a tenth of
// the size of bleve's lists with frequencies and norms, and are read ten times
// as fast; what is lost between 4 and 6 or above 10 is not measurable.
var layers = [...]struct {
	from int     // this often and more
	tf   float64 // is taken for this often
}{{1, 1}, {2, 2}, {3, 3}, {4, 4.4}, {6, 7}, {10, 13}}

// layerTerm is what a term is called in the nth layer.
func layerTerm(term string, n int) string {
	if n == 0 {
		return term
	}
	return term + string(rune('0'+n)) + "+" // no term has a +
}

// layered lists what stands in the index for terms: each once, and again for
// every layer it reaches. A single character is in the text or not.
func layered(terms []string) []string {
	counts := make(map[string]int, len(terms))
	out := terms[:0]
	for _, t := range terms {
		counts[t]++
		n := counts[t]
		if n > 1 && isSingle(t) {
			continue
		}
		for i, l := range layers {
			if l.from == n {
				out = append(out, layerTerm(t, i))
			}
		}
	}
	return out
}

// textLength is how long a text is for BM25: its Han characters and words.
func textLength(s string) int {
	n, inWord := 0, false
	for _, r := range s {
		han := unicode.Is(unicode.Han, r)
		word := !han && (unicode.IsLetter(r) || unicode.IsDigit(r))
		if han || word && !inWord {
			n++
		}
		inWord = word
	}
	return n
}

// lines joins terms for the tokenizer.
func lines(terms []string) string { return strings.Join(terms, "\n") }
