package corpus

import (
	"regexp"
	"strings"
)

var (
	itemPattern = regexp.MustCompile(`^[（(] ?[一二三四五六七八九十百](?: ?[一二三四五六七八九十百]){0,3} ?[）)]`)
	subPattern  = regexp.MustCompile(`^(?:[0-9０-９]{1,2}[.．、]|[（(][0-9０-９]{1,2}[）)])`)
)

// splitParagraphs divides an article's text into paragraphs (款), their items
// （一） and the numbered lines under those. All parts are substrings of text.
// A line that numbers itself belongs to what stands above it; any other line
// begins a paragraph.
func splitParagraphs(text string) []Paragraph {
	var paragraphs []Paragraph
	var starts [][2]int // start of the current paragraph and item in text
	offset := 0
	for raw := range strings.Lines(text) {
		start, line := offset, trimSpace(raw)
		offset += len(raw)
		if line == "" {
			continue
		}
		start += strings.Index(raw, line)
		end := start + len(line)
		mark := line
		if strings.ContainsAny(line[:min(len(line), 32)], " \u3000\u00a0") || strings.ContainsFunc(line[:min(len(line), 32)], radical) {
			mark = fold(line[:min(len(line), 64)]).text // typed apart, or copied out of a PDF
		}
		isItem, isSub := itemPattern.MatchString(mark), subPattern.MatchString(mark)
		labelOnly := len(paragraphs) == 1 && articlePattern.FindString(paragraphs[0].Text) == paragraphs[0].Text
		if labelOnly && !isItem && !isSub { // the label has a line of its own
			paragraphs[0].Text = text[starts[0][0]:end]
			continue
		}
		if len(paragraphs) == 0 || !isItem && !isSub {
			paragraphs = append(paragraphs, Paragraph{Text: line})
			starts = append(starts, [2]int{start, 0})
			continue
		}
		p, at := &paragraphs[len(paragraphs)-1], &starts[len(starts)-1]
		p.Text = text[at[0]:end]
		if isSub && len(p.Items) > 0 && itemPattern.MatchString(p.Items[0].Text) {
			item := &p.Items[len(p.Items)-1]
			item.Text = text[at[1]:end]
			item.Sub = append(item.Sub, line)
			continue
		}
		p.Items = append(p.Items, Item{Text: line})
		at[1] = start
	}
	return paragraphs
}

// radical reports whether a character is a Kangxi radical.
func radical(r rune) bool { return r >= firstRadical && int(r-firstRadical) < len(radicals) }
