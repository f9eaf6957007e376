package corpus

import "strings"

// askedLines are the asked-as lines of the article being read. Those directly
// behind an item or a paragraph are of that part. Those behind the whole article
// are of the article; where other lines stand above, only if a blank line parts
// them from it, or they are of its last part.
type askedLines struct {
	groups []askedGroup
}

// askedGroup is lines with nothing between them.
type askedGroup struct {
	at    int // how long the text above them is
	apart bool
	lines []string
}

// mayAsk reports whether a line can say how people ask for cur; if not, why not is in
// the report.
func mayAsk(rep *report, file string, no int, cur *Article, text string) bool {
	switch {
	case cur == nil:
		rep.errorf(file, no, "请移到某一条的后面", "「问：」不在任何一条之后")
	case text == "":
		rep.errorf(file, no, "请写上问句，或删去这一行", "「问：」后面是空的")
	}
	return cur != nil && text != ""
}

func (b *body) askedAs(l bodyLine, no int) {
	if !mayAsk(b.rep, b.rule.File, no, b.cur, l.text) {
		return
	}
	if b.start >= 0 || b.blank {
		b.closeRun()
		n := 0
		for _, run := range b.runs {
			n += len(run)
		}
		b.lines.groups = append(b.lines.groups, askedGroup{at: n, apart: b.blank})
	}
	g := &b.lines.groups[len(b.lines.groups)-1]
	g.lines = append(g.lines, l.text)
	b.cur.AskedAs = append(b.cur.AskedAs, l.text)
}

// closeRun takes what was read of the article since the last run.
func (b *body) closeRun() {
	if b.start < 0 {
		return
	}
	run := b.src[b.start:max(b.start, b.end)]
	if run != "" && len(b.runs) > 0 && b.lines.groups != nil && !b.pieced {
		run = "\n" + run
	}
	b.runs, b.pieced = append(b.runs, run), false
	b.start = -1
}

// give gives the lines to the parts of a that they belong to.
func (l askedLines) give(a *Article) {
	for _, g := range l.groups {
		if g.at == len(a.Text) && (g.apart || len(l.groups) == 1) {
			continue
		}
		if asked := partEndingAt(a, g.at); asked != nil {
			*asked = append(*asked, g.lines...)
		}
	}
}

// partEndingAt is where the lines of the item or paragraph are kept that ends at
// a place of a's text; nil when none does, as behind the line that opens a list.
func partEndingAt(a *Article, at int) *[]string {
	from := 0
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		start := from + strings.Index(a.Text[from:], p.Text)
		from = start + len(p.Text)
		if at > from {
			continue
		}
		if len(p.Items) == 0 && at == from {
			return &p.AskedAs
		}
		inner := start
		for k := range p.Items {
			item := &p.Items[k]
			inner += strings.Index(a.Text[inner:], item.Text) + len(item.Text)
			if inner == at {
				return &item.AskedAs
			}
		}
		return nil
	}
	return nil
}
