package office

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"lianwen/corpus"
)

// WriteComparison writes for a terminal what a revision of a rule changes: how
// many articles, and the words of those that changed. Without colour, what goes
// stands in 〔-…-〕 and what comes in 〔+…+〕.
func WriteComparison(w io.Writer, c *corpus.Comparison, colour bool) error {
	p := printer{deleted: [2]string{"\x1b[31;9m", "\x1b[0m"}, inserted: [2]string{"\x1b[32m", "\x1b[0m"}}
	if !colour {
		p.deleted, p.inserted = brackets(c, "-"), brackets(c, "+")
	}
	p.WriteString(Counted(c) + "\n")
	for rest := c.Changes; len(rest) > 0; {
		n := 1
		for n < len(rest) && together(rest[n-1], rest[n]) {
			n++
		}
		p.changes(rest[:n])
		rest = rest[n:]
	}
	if _, err := io.WriteString(w, p.String()); err != nil {
		return fmt.Errorf("write comparison: %w", err)
	}
	return nil
}

// Counted says how many articles changed.
func Counted(c *corpus.Comparison) string {
	changed, added, removed, renumbered, same := c.Counts()
	return fmt.Sprintf("改 %d 条，增 %d 条，删 %d 条，条号变动 %d 条，未变 %d 条", changed, added, removed, renumbered, same)
}

// brackets stand around words that go or come, and nowhere in the texts: the
// sign is repeated until that is so.
func brackets(c *corpus.Comparison, sign string) [2]string {
	m := [2]string{"〔" + sign, sign + "〕"}
	for _, r := range []*corpus.Rule{c.Old, c.New} {
		for _, a := range r.Articles {
			if strings.Contains(a.Text, m[0]) || strings.Contains(a.Text, m[1]) {
				return brackets(c, sign+sign[:1])
			}
		}
	}
	return m
}

// together reports whether two changes in a row, of articles that keep their
// words, can be told in one line.
func together(a, b corpus.Change) bool {
	if a.Kind != b.Kind || a.Kind != corpus.Same && a.Kind != corpus.Renumbered {
		return false
	}
	return movedTo(a) == movedTo(b) && a.Old.Neighbour(1) == b.Old && a.New.Neighbour(1) == b.New
}

// movedTo says into which chapter an article moved, and from where; "" when it
// did not.
func movedTo(ch corpus.Change) string {
	if !ch.Moved {
		return ""
	}
	return "由" + chapter(ch.Old) + "移到" + chapter(ch.New)
}

func chapter(a *corpus.Article) string {
	if len(a.Path) == 0 {
		return "章外"
	}
	return "「" + strings.Join(a.Path, " ") + "」"
}

// printer lays a comparison out for a terminal.
type printer struct {
	strings.Builder
	deleted, inserted [2]string // what stands around such words
}

// changes prints one change, or several that keep their words.
func (p *printer) changes(run []corpus.Change) {
	first, last := run[0], run[len(run)-1]
	switch first.Kind {
	case corpus.Same:
		if first.Moved {
			p.WriteString("\n" + labels(first.New, last.New) + " " + movedTo(first) + "\n")
		}
	case corpus.Renumbered:
		becomes := " 改为 "
		if len(run) > 1 {
			becomes = " 依次改为 "
		}
		p.WriteString("\n" + labels(first.Old, last.Old) + becomes + labels(first.New, last.New))
		if first.Moved {
			p.WriteString("，" + movedTo(first))
		}
		p.WriteString("\n")
	case corpus.Changed:
		p.head(first)
		p.words(first.Words)
	case corpus.Added:
		p.head(first)
		p.words([]corpus.Edit{{Op: corpus.Insert, Text: strings.TrimSpace(first.New.Body())}})
	case corpus.Removed:
		p.head(first)
		p.words([]corpus.Edit{{Op: corpus.Delete, Text: strings.TrimSpace(first.Old.Body())}})
	}
}

// labels name the articles from one to another.
func labels(first, last *corpus.Article) string {
	if first == last {
		return first.Label
	}
	return first.Label + "至" + last.Label
}

// head names an article whose words follow: 第五条 → 第六条（修改）.
func (p *printer) head(ch corpus.Change) {
	var label string
	switch {
	case ch.Old == nil:
		label = ch.New.Label
	case ch.New == nil || ch.Old.Number == ch.New.Number:
		label = ch.Old.Label
	default:
		label = ch.Old.Label + " → " + ch.New.Label
	}
	what := ch.Kind.String()
	if ch.Moved {
		what += "，" + movedTo(ch)
	}
	p.WriteString("\n" + label + "（" + what + "）\n")
}

// words prints the words of an article that changed, with little of what did not.
func (p *printer) words(edits []corpus.Edit) {
	var list []corpus.Edit
	for _, e := range edits {
		switch {
		case e.Layout && e.Op == corpus.Delete:
			continue
		case e.Layout:
			e.Op = corpus.Keep
		}
		if n := len(list); n > 0 && list[n-1].Op == e.Op {
			list[n-1].Text += e.Text
			continue
		}
		list = append(list, e)
	}
	for i, e := range list {
		switch text := printable(e.Text); e.Op {
		case corpus.Delete:
			p.WriteString(p.deleted[0] + text + p.deleted[1])
		case corpus.Insert:
			p.WriteString(p.inserted[0] + text + p.inserted[1])
		default:
			p.WriteString(shortened(text, i > 0, i+1 < len(list)))
		}
	}
	p.WriteString("\n")
}

// around is how many characters beside a change are printed of what is kept.
const around = 20

// shortened is a stretch that is kept, with a change before it, behind it, or
// both; what is far from them is left out.
func shortened(text string, before, behind bool) string {
	head, tail := 0, 0
	if before {
		head = around
	} else {
		text = strings.TrimLeftFunc(text, unicode.IsSpace) // behind the label
	}
	if behind {
		tail = around
	}
	runes := []rune(text)
	if len(runes) <= head+tail+around/2 {
		return text
	}
	return string(runes[:head]) + "……" + string(runes[len(runes)-tail:])
}

// printable is a text without what steers a terminal or cannot be seen.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || unseen(r) {
			return -1
		}
		return r
	}, text)
}
