package index

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// soundGram is how many letters of pinyin make a term of the sound field.
// Letters instead of syllables need no guess where one syllable ends:
// "tian" is 提案 as well as 天.
const soundGram = 4

// minSoundCoverage is how much of a question, by idf, the best article must
// sound like to be offered at all.
const minSoundCoverage = 0.5

// distinct keeps the first of equal terms.
func distinct(terms []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(terms, func(t string) bool {
		again := seen[t]
		seen[t] = true
		return again
	})
}

// soundTerms spells folded text in pinyin without tones and cuts it into runs
// of soundGram letters.
func soundTerms(s string) []string {
	var letters strings.Builder
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			letters.WriteString(spelling(r))
		case r >= 'a' && r <= 'z':
			letters.WriteRune(r)
		}
	}
	text := letters.String()
	if len(text) < soundGram {
		return nil
	}
	out := make([]string, 0, len(text)-soundGram+1)
	for i := range len(text) - soundGram + 1 {
		out = append(out, text[i:i+soundGram])
	}
	return out
}

// spellings remembers what go-pinyin makes of single characters, toneless.
var spellings = memo[string]{make: func(r rune) string {
	if spelt := pinyin.SinglePinyin(r, pinyin.NewArgs()); len(spelt) > 0 {
		return spelt[0]
	}
	return ""
}}

func spelling(r rune) string { return spellings.get(r) }

// rankBySound is the last tier, for questions typed in pinyin that found
// nothing. What it finds is offered as a guess and never as an answer. A
// question in characters is left alone: by sound alone, 今天 is in 5 天 and in
// 紧 too, and misheard characters are found by their neighbours.
func (x *Index) rankBySound(ctx context.Context, folded string, depth int) (Result, bool, error) {
	if strings.ContainsFunc(folded, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return Result{}, false, nil
	}
	var ts []term
	for _, t := range distinct(soundTerms(folded)) {
		ts = append(ts, term{text: t, share: 1})
	}
	s := x.newScan()
	defer s.release()
	if err := s.score(ctx, ts, []string{fieldSound}); err != nil {
		return Result{}, false, err
	}
	total := 0.0
	for _, t := range ts {
		total += t.idf
	}
	ranked := best(s.own, max(depth, minRanked))
	if len(ranked) == 0 {
		return Result{}, false, nil
	}
	sounds := soundTerms(fold(document(x.units[ranked[0].unit])[fieldSound]))
	covered := 0.0
	for _, t := range ts {
		if slices.Contains(sounds, t.text) {
			covered += t.idf
		}
	}
	if covered < minSoundCoverage*total {
		return Result{}, false, nil
	}
	asked := &question{folded: folded, terms: x.questionTerms(folded)}
	asked.weigh(x)
	res := Result{Outcome: Choices, Guess: true, Hits: x.hits(ranked, asked)}
	res.Ranked = x.articles(ranked, depth)
	return res, true, nil
}
