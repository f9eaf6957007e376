package index

import (
	"math"
	"strings"
	"unicode/utf8"

	"lianwen/corpus"
)

// maxQuoteRunes is how long a quotation may be before only the part that
// answers is shown: about what a phone shows without scrolling.
const maxQuoteRunes = 180

// newHit quotes the part of an article that has most of the terms: all of it
// if it is short, else the paragraph, and of a long list the item.
func newHit(a *corpus.Article, ts []term) Hit {
	h := Hit{Article: a, Quote: a.Text}
	if utf8.RuneCountInString(a.Text) <= maxQuoteRunes || len(a.Paragraphs) == 0 {
		return h
	}
	p := a.Paragraphs[closest(len(a.Paragraphs), func(i int) string { return a.Paragraphs[i].Text }, ts)]
	h.Quote = p.Text
	if utf8.RuneCountInString(p.Text) <= maxQuoteRunes || len(p.Items) == 0 {
		return h
	}
	h.Lead, _, _ = strings.Cut(p.Text, "\n")
	h.Quote = p.Items[closest(len(p.Items), func(i int) string { return p.Items[i].Text }, ts)].Text
	return h
}

// closest is the index of the part that has most of the terms; the first of equals.
func closest(n int, part func(int) string, ts []term) int {
	top, topScore := 0, -1.0
	for i := range n {
		folded := fold(part(i))
		score := 0.0
		for _, t := range ts {
			if strings.Contains(folded, t.text) {
				score += t.share * math.Pow(float64(utf8.RuneCountInString(t.text)), 2)
			}
		}
		if score > topScore {
			top, topScore = i, score
		}
	}
	return top
}
