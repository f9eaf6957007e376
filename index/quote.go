package index

import (
	"math"
	"regexp"
	"strings"
	"unicode/utf8"

	"lianwen/corpus"
)

// maxQuoteRunes is how long a quotation may be before only the part that
// answers is shown: about what a phone shows without scrolling.
const maxQuoteRunes = 180

// newHit quotes the part of an article that has most of the terms: all of it
// if it is short, else the paragraph, of a long list the item, and of what is
// still too long the sentences around the one that fits best.
func newHit(a *corpus.Article, ts []term) Hit {
	h := Hit{Article: a, Quote: a.Text}
	if short(a.Text) || len(a.Paragraphs) == 0 {
		return h
	}
	p := a.Paragraphs[closest(len(a.Paragraphs), func(i int) string { return a.Paragraphs[i].Text }, ts)]
	h.Quote = p.Text
	if !short(p.Text) && len(p.Items) > 0 {
		h.Lead, _, _ = strings.Cut(p.Text, "\n")
		h.Quote = p.Items[closest(len(p.Items), func(i int) string { return p.Items[i].Text }, ts)].Text
	}
	if !short(h.Quote) {
		h.Quote = sentences(h.Quote, ts)
	}
	return h
}

func short(s string) bool { return utf8.RuneCountInString(s) <= maxQuoteRunes }

// sentencePattern matches up to the end of a sentence with the marks that close it.
var sentencePattern = regexp.MustCompile(`[^。！？；\n]*(?:[。！？；]+[”’」』）》]*|\n+|$)`)

// sentences is the run of whole sentences around the closest one that is still
// short; a single sentence is never cut, however long.
func sentences(text string, ts []term) string {
	spans := sentencePattern.FindAllStringIndex(text, -1)
	if n := len(spans); n > 0 && spans[n-1][0] == len(text) {
		spans = spans[:n-1]
	}
	if len(spans) == 0 {
		return text
	}
	first := closest(len(spans), func(i int) string { return text[spans[i][0]:spans[i][1]] }, ts)
	last := first
	for grown := true; grown; {
		grown = false
		if last+1 < len(spans) && short(text[spans[first][0]:spans[last+1][1]]) {
			last, grown = last+1, true
		}
		if first > 0 && short(text[spans[first-1][0]:spans[last][1]]) {
			first, grown = first-1, true
		}
	}
	return strings.Trim(text[spans[first][0]:spans[last][1]], " 　\t\n")
}

// closest is the index of the part that has most of the terms; the first of equals.
func closest(n int, part func(int) string, ts []term) int {
	top, topScore := 0, -1.0
	for i := range n {
		folded := fold(part(i))
		score := 0.0
		for _, t := range ts {
			if !t.scaffold && strings.Contains(folded, t.text) {
				score += t.share * math.Pow(float64(utf8.RuneCountInString(t.text)), 2)
			}
		}
		if score > topScore {
			top, topScore = i, score
		}
	}
	return top
}
