package office

import (
	"fmt"
	"strings"
)

// run is words in one style; "" is that of the paragraph.
type run struct{ style, text string }

// tableCell is a cell of a table in a docx. Each line of its text is a paragraph,
// but for blank ones.
func tableCell(width int, style string, runs []run) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width)
	var line []run
	n, blank := 0, true
	end := func() {
		if !blank {
			b.WriteString(paragraph(style, line...))
			n++
		}
		line, blank = nil, true
	}
	for _, r := range runs {
		for i, text := range strings.Split(r.text, "\n") {
			if i > 0 {
				end()
			}
			line = append(line, run{r.style, text})
			blank = blank && strings.TrimSpace(text) == ""
		}
	}
	if end(); n == 0 { // a cell has a paragraph
		b.WriteString(paragraph(style))
	}
	b.WriteString(`</w:tc>`)
	return b.String()
}

// paragraph is a paragraph of a docx. A text without line ends is expected.
func paragraph(style string, runs ...run) string {
	var b strings.Builder
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
	for _, r := range runs {
		if r.text == "" {
			continue
		}
		b.WriteString(`<w:r>`)
		if r.style != "" {
			b.WriteString(`<w:rPr><w:rStyle w:val="` + r.style + `"/></w:rPr>`)
		}
		for i, text := range strings.Split(r.text, "\t") {
			if i > 0 {
				b.WriteString(`<w:tab/>`)
			}
			b.WriteString(`<w:t xml:space="preserve">` + escaped(text) + `</w:t>`)
		}
		b.WriteString(`</w:r>`)
	}
	b.WriteString(`</w:p>`)
	return b.String()
}
