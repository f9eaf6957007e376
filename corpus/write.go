package corpus

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Format writes a rule as the library keeps it: front matter and text. Labels are
// written in their usual form, all else as it is. What was written is read again; an
// error says which article would not be the same.
func Format(r *Rule) (string, error) {
	text := format(r)
	rep := &report{unread: map[string]bool{}}
	again := parseRule("rules/"+r.ID+".md", text, rep)
	if len(rep.errors) > 0 {
		return "", fmt.Errorf("format rule %s: %w", r.ID, rep.errors)
	}
	if again == nil || len(again.Articles) != len(r.Articles) {
		return "", fmt.Errorf("format rule %s: it would have other articles", r.ID)
	}
	for i, a := range r.Articles {
		b := again.Articles[i]
		same := a.Number == b.Number && a.Label == b.Label && a.Heading == b.Heading && a.Deleted == b.Deleted && slices.Equal(a.Path, b.Path) &&
			slices.Equal(slices.Sorted(slices.Values(a.AskedAs)), slices.Sorted(slices.Values(b.AskedAs)))
		if !same || strings.TrimLeft(a.Text[a.labelEnd():], spaces) != strings.TrimLeft(b.Text[b.labelEnd():], spaces) {
			return "", fmt.Errorf("format rule %s: %s would not be the same", r.ID, a.Label)
		}
	}
	return text, nil
}

func format(r *Rule) string {
	w := &writer{rule: r, marked: r.Numbering != ByArticle}
	for _, a := range r.Articles {
		rest := a.Text[a.labelEnd():]
		w.marked = w.marked || a.Number.IsArticle() && strings.HasPrefix(rest, "、")
	}
	w.header()
	for _, a := range r.Articles {
		w.article(a)
	}
	return w.b.String()
}

type writer struct {
	b      strings.Builder
	rule   *Rule
	path   []string
	marked bool // articles are marked ###, for their numbers alone would not tell
	below  bool // the text begins below a heading that is none of it
}

func (w *writer) header() {
	r := w.rule
	w.b.WriteString(fence + "\n")
	text := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&w.b, "%-9s = %s\n", key, tomlString(value))
		}
	}
	day := func(key string, d Date) {
		if d != "" {
			fmt.Fprintf(&w.b, "%-9s = %s\n", key, d)
		}
	}
	text("id", r.ID)
	text("title", r.Title)
	if len(r.Aliases) > 0 {
		quoted := make([]string, len(r.Aliases))
		for i, alias := range r.Aliases {
			quoted[i] = tomlString(alias)
		}
		fmt.Fprintf(&w.b, "%-9s = [%s]\n", "aliases", strings.Join(quoted, ", "))
	}
	text("document", r.Document)
	day("issued", r.Issued)
	day("effective", r.Effective)
	if r.Repealed {
		text("status", "repealed")
		day("until", r.Until)
	} else {
		text("status", "in-force")
	}
	text("category", r.Category)
	text("contact", r.Contact)
	if r.Kind == Prohibitions {
		text("kind", "prohibitions")
	} else if r.Numbering != ByArticle {
		text("numbering", r.Numbering.String())
	}
	text("original", r.Original)
	if r.Sample {
		w.b.WriteString("sample    = true\n")
	}
	if r.Internal {
		w.b.WriteString("internal  = true\n")
	}
	w.b.WriteString(fence + "\n")
}

// tomlString is a TOML basic string.
func tomlString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsControl(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func (w *writer) article(a *Article) {
	w.headings(a)
	w.b.WriteString("\n")
	w.body(a, w.label(a))
}

// headings writes the chapters that begin above an article.
func (w *writer) headings(a *Article) {
	if a.Number.Annex > 0 {
		return
	}
	same := 0
	for same < len(a.Path) && same < len(w.path) && a.Path[same] == w.path[same] {
		same++
	}
	for i, name := range a.Path[same:] {
		mark := "##"
		if m := headingPattern.FindStringSubmatch(name); m != nil && m[1] == "节" || m == nil && same+i > 0 {
			mark = "###"
		}
		fmt.Fprintf(&w.b, "\n%s %s\n", mark, name)
	}
	w.path = a.Path
}

// label writes what begins an article and returns where the rest of its text starts.
func (w *writer) label(a *Article) (from int) {
	mark := ""
	if w.marked && a.Number.IsArticle() && w.rule.Kind == Regulation || a.Number.Annex > 0 && a.Number.Main > 0 {
		mark = "### "
	}
	switch n := a.Number; {
	case n.Preamble:
		return w.ownHeading(a, "（"+a.Label+"）", preambleNames[preambleName(firstLine(a.Text))])
	case n.Annex > 0 && n.Main == 0:
		l := classify("## " + firstLine(a.Text))
		return w.ownHeading(a, strings.TrimSpace("（"+n.Chinese()+"）"+a.Heading), l.kind == lineAnnex && l.number == n && headingOfAnnex(l.text) == a.Heading)
	}
	from = a.labelEnd()
	label := trimSpace(fold(a.Text[:from]).text)
	if strings.HasPrefix(label, "第") {
		label = Number{Main: a.Number.Main, Sub: a.Number.Sub}.Chinese()
		if a.Number.IsArticle() {
			label = w.rule.Numbering.Label(a.Number)
		}
	}
	w.b.WriteString(mark + label)
	lawful := strings.HasPrefix(label, "第") // 一、 and 1. are set off by themselves
	if lawful && a.Heading != "" {
		w.b.WriteString(" ")
	}
	if a.Heading != "" {
		w.b.WriteString("【" + a.Heading + "】")
	}
	if rest := a.Text[from:]; rest != "" && lawful && !startsWithSpace(rest) && !strings.HasPrefix(rest, "、") {
		w.b.WriteString(" ")
	}
	return from
}

// ownHeading writes the heading of a preamble or an annex: its first line, where
// that reads as what it is, else one of ours, in brackets, that is no text.
func (w *writer) ownHeading(a *Article, ours string, readable bool) (from int) {
	w.b.WriteString("## ")
	if w.below = !readable; w.below {
		w.b.WriteString(ours + "\n")
	}
	return 0
}

func firstLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
}

// body writes the text of an article from a place on, with its asked-as lines
// behind the parts they belong to.
func (w *writer) body(a *Article, from int) {
	behind := map[int][]string{} // by the end of a part in the text
	own := slices.Clone(a.AskedAs)
	give := func(end int, lines []string) {
		behind[end] = append(behind[end], lines...)
		for _, line := range lines {
			if i := slices.Index(own, line); i >= 0 {
				own = slices.Delete(own, i, i+1)
			}
		}
	}
	at := 0
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		at += strings.Index(a.Text[at:], p.Text)
		inner := at
		for k := range p.Items {
			inner += strings.Index(a.Text[inner:], p.Items[k].Text) + len(p.Items[k].Text)
			give(inner, p.Items[k].AskedAs)
		}
		at += len(p.Text)
		give(at, p.AskedAs)
	}
	offset := from
	defer func() { w.below = false }()
	for line := range strings.Lines(a.Text[from:]) {
		if text := strings.TrimSuffix(line, "\n"); (offset > from || w.below) && mustEscape(text, w.rule) {
			indent := len(text) - len(strings.TrimLeft(text, spaces))
			w.b.WriteString(text[:indent] + `\` + text[indent:] + "\n")
		} else {
			w.b.WriteString(text + "\n")
		}
		offset += len(line)
		w.asked(behind[offset-len(line)+len(strings.TrimRight(line, spaces))])
	}
	if len(own) > 0 {
		w.b.WriteString("\n")
		w.asked(own)
	}
}

func (w *writer) asked(lines []string) {
	for _, line := range lines {
		w.b.WriteString("> 问：" + line + "\n")
	}
}

// mustEscape reports whether a line of an article's text would be read as something
// else.
func mustEscape(text string, r *Rule) bool {
	l := classify(text)
	return l.kind != lineText && l.kind != lineBlank && (l.kind != lineProhibition || r.Kind == Prohibitions) || strings.HasPrefix(l.text, `\`)
}

// headingOfAnnex is the name that an annex's first line gives it.
func headingOfAnnex(line string) string {
	return strings.Trim(trimSpace(annexPattern.ReplaceAllString(line, "")), "*：: ")
}

var ownAnnex = regexp.MustCompile(`^（附件([0-9]{1,2})）\s*(.*)$`)

// ownAnnexOf reads a heading that ownHeading wrote for an annex.
func ownAnnexOf(text string) (n Number, name string, ok bool) {
	m := ownAnnex.FindStringSubmatch(text)
	if m == nil {
		return Number{}, "", false
	}
	annex, err := strconv.Atoi(m[1])
	return Number{Annex: annex}, m[2], err == nil && annex > 0
}
