package corpus

import (
	"regexp"
	"strings"
)

// Span is a part of a text, from Start to End, in bytes.
type Span struct{ Start, End int }

// In is the part of text.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Passage is the least of an article that answers by itself: a sentence, an item
// of a list, a row of a table. Spans are of Article.Text.
type Passage struct {
	Span
	// Lead is what it depends on, from the outside in: the words that open its
	// list and the item it stands under, or the head of its table.
	Lead      []Span
	Paragraph int      // which paragraph of the article it is of
	AskedAs   []string // how people ask for it, or for the paragraph it is of
}

// sentencePattern matches up to the end of a sentence with the marks that close it.
var sentencePattern = regexp.MustCompile(`[^。！？\n]*(?:[。！？]+[”’」』）》]*|\n+|$)`)

// tableRow is a line with cells; tableRule is the line under a table's head.
var (
	tableRow  = regexp.MustCompile(`^\|.*\|$|^[^\n|]+\|[^\n|]+\||\t`)
	tableRule = regexp.MustCompile(`^[\s|:—-]+$`)
)

// Passages divides an article: paragraphs into sentences, lists into items and,
// where those have numbered lines of their own, these, tables into rows. The
// article's label is in none.
func (a *Article) Passages() []Passage {
	d := divider{a: a}
	label := a.labelEnd()
	if first, _, more := strings.Cut(a.Text, "\n"); more && a.Number.Annex > 0 {
		label = len(first) // its name
	}
	from := len(a.Text) - len(strings.TrimLeft(a.Text[label:], spaces+"：:"))
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		at := d.end + max(0, strings.Index(a.Text[d.end:], p.Text))
		if d.end = at + len(p.Text); d.end > from {
			d.paragraph(i, p, max(at, from), d.end)
		}
	}
	if len(d.out) == 0 { // a bulk article has no parts
		d.sentences(0, from, len(a.Text), nil)
	}
	return d.out
}

// labelEnd is where the label ends that Text begins with, however it is written:
// 第十二条, **第12条**, 第 十 二 条, 三、; 0 when it begins with none.
func (a *Article) labelEnd() int {
	if strings.HasPrefix(a.Text, a.Label) {
		return len(a.Label)
	}
	const longest = 64 // bytes of a label, typed apart
	first := firstLine(a.Text)
	f := fold(first[:min(len(first), longest)])
	for style, pattern := range labelOf {
		m := pattern.FindStringSubmatchIndex(f.text)
		if m == nil || m[0] != 0 || !a.numbered(Style(style)) {
			continue
		}
		n, _ := articleNumber(strings.ReplaceAll(f.text[m[2]:m[3]], " ", ""), strings.ReplaceAll(group(f.text, m, 2), " ", ""))
		if n == (Number{Main: a.Number.Main, Sub: a.Number.Sub}) && n.Main > 0 {
			return f.at[m[1]]
		}
	}
	if m := articlePattern.FindString(a.Text); m != "" && classify(first).number == a.Number {
		return len(m)
	}
	return 0
}

// numbered reports whether the article may be numbered in a style: a rule's own are
// as the rule's, a prohibition 三、, one in an annex as it is cited.
func (a *Article) numbered(s Style) bool {
	switch {
	case a.Rule == nil:
		return s == ByArticle
	case a.Rule.Kind == Prohibitions:
		return s == ByCount
	case a.Number.Annex > 0:
		return (s == ByArticle) == strings.HasSuffix(a.Label, "条")
	}
	return s == a.Rule.Numbering
}

type divider struct {
	a    *Article
	end  int  // of the paragraph that is being read
	head Span // of the table that is being read
	out  []Passage
}

func (d *divider) paragraph(i int, p *Paragraph, start, end int) {
	text := d.a.Text[start:end]
	switch {
	case len(p.Items) > 0:
		d.list(i, p, start, end)
	case tableRow.MatchString(text) && !strings.Contains(text, "\n"):
		d.row(i, p, start, end)
	default:
		d.head = Span{}
		d.sentences(i, start, end, d.a.linesOf(Part{Paragraph: i + 1}, p.AskedAs))
	}
}

// row is a line of a table: the first is its head, which is no answer.
func (d *divider) row(i int, p *Paragraph, start, end int) {
	switch {
	case tableRule.MatchString(d.a.Text[start:end]):
	case d.head == Span{}:
		d.head = Span{start, end}
	default:
		d.out = append(d.out, Passage{Span: Span{start, end}, Lead: []Span{d.head}, Paragraph: i, AskedAs: d.a.linesOf(Part{Paragraph: i + 1}, p.AskedAs)})
	}
}

func (d *divider) sentences(i, start, end int, asked []string) {
	for _, span := range sentencePattern.FindAllStringIndex(d.a.Text[start:end], -1) {
		if s := trimmed(d.a.Text, Span{start + span[0], start + span[1]}); s.Start < s.End {
			d.out = append(d.out, Passage{Span: s, Paragraph: i, AskedAs: asked})
		}
	}
}

// list divides a paragraph with items: what stands above the sentence that opens
// the list is sentences; the items depend on that sentence.
func (d *divider) list(i int, p *Paragraph, start, end int) {
	d.head = Span{}
	first := start + strings.Index(d.a.Text[start:end], p.Items[0].Text)
	before := len(d.out)
	d.sentences(i, start, first, nil)
	var lead []Span
	if n := len(d.out); n > before {
		lead = []Span{d.out[n-1].Span}
		d.out = d.out[:n-1]
	}
	at := first
	for k := range p.Items {
		item := &p.Items[k]
		at += strings.Index(d.a.Text[at:end], item.Text)
		d.item(i, item, at, lead, d.a.linesOf(Part{i + 1, k + 1}, item.AskedAs))
		at += len(item.Text)
	}
}

func (d *divider) item(i int, item *Item, at int, lead []Span, asked []string) {
	end := at + len(item.Text)
	if len(item.Sub) == 0 {
		d.out = append(d.out, Passage{Span: Span{at, end}, Lead: lead, Paragraph: i, AskedAs: asked})
		return
	}
	head := trimmed(d.a.Text, Span{at, at + strings.Index(item.Text, item.Sub[0])})
	lead = append(lead[:len(lead):len(lead)], head)
	for _, s := range item.Sub {
		at += strings.Index(d.a.Text[at:end], s)
		d.out = append(d.out, Passage{Span: Span{at, at + len(s)}, Lead: lead, Paragraph: i, AskedAs: asked})
		at += len(s)
	}
}

// trimmed is a span without the space at its ends.
func trimmed(text string, s Span) Span {
	in := strings.TrimLeft(s.In(text), spaces)
	start := s.End - len(in)
	return Span{start, start + len(strings.TrimRight(in, spaces))}
}
