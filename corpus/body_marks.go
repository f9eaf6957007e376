package corpus

import "strings"

// What only files have that this package wrote: marks that tell lines apart which
// their words do not.

// markedArticle reports whether a line marked ### begins an article where numbers
// alone would not tell: in a rule that counts 一、 or 1., and in an annex with
// articles of its own. l is then that article's line.
func (b *body) markedArticle(l *bodyLine, inAnnex bool) bool {
	if !l.marked || !inAnnex && b.rule.Numbering == ByArticle {
		return false
	}
	for style, pattern := range labelOf {
		m := pattern.FindStringSubmatchIndex(l.text)
		if m == nil || m[0] != 0 || !inAnnex && Style(style) != b.rule.Numbering {
			continue
		}
		n, ok := ParseNumeral(l.text[m[2]:m[3]])
		if !ok {
			continue
		}
		if l.number = (Number{Main: n}); l.kind == lineArticle {
			l.number, _ = articleNumber(l.text[m[2]:m[3]], group(l.text, m, 2))
		}
		l.style, l.kind = Style(style), lineArticle
		if inAnnex {
			l.number.Annex = b.cur.Number.Annex
		}
		return true
	}
	return false
}

// group is the n-th part of a match, "" when it took no part.
func group(s string, m []int, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return s[m[2*n]:m[2*n+1]]
}

// beginOwnAnnex begins an annex under a heading in brackets, which is no text.
func (b *body) beginOwnAnnex(l bodyLine, offset, no int) bool {
	n, name, ok := ownAnnexOf(l.text)
	if !ok {
		return false
	}
	l.kind, l.number = lineAnnex, n
	b.begin(l, offset, no)
	b.cur.Heading, b.start = name, -1
	return true
}

// beginPreamble begins the citable part before the first article: under the
// paper's own name for it, which is text, or under one that is not, in brackets.
func (b *body) beginPreamble(l bodyLine, offset, no int) {
	b.finish()
	a := &Article{Rule: b.rule, Number: Number{Preamble: true}, Label: l.text, Line: no}
	b.open(a, offset+l.offset, offset+l.offset+len(l.text))
	if strings.HasPrefix(l.text, "（") {
		a.Label, b.start = strings.Trim(l.text, "（）"), -1
	}
}

// escaped adds a line that begins with a backslash, which is no text: without it the
// line would be read as a heading or an article.
func (b *body) escaped(raw string, offset int) {
	at := offset + strings.Index(raw, `\`)
	if b.start < 0 {
		b.start = offset
	}
	run := b.src[b.start:at]
	if len(b.runs) > 0 && b.lines.groups != nil && !b.pieced {
		run = "\n" + run
	}
	b.runs, b.pieced = append(b.runs, run), true
	b.start, b.end = at+1, offset+len(strings.TrimRight(raw, spaces))
}
