package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"lianwen/bot/office"
	"lianwen/bot/shelf"
	"lianwen/corpus"
	"lianwen/corpus/convert"
)

// showPapers shows what would be imported, paper by paper.
func showPapers(w io.Writer, papers []*shelf.Paper, colour bool) error {
	for _, p := range papers {
		var b strings.Builder
		b.WriteString(oneLine(p.File))
		if p.Format != "" {
			fmt.Fprintf(&b, "（%s）", p.Format)
		}
		b.WriteString("\n")
		if p.Problem != "" {
			fmt.Fprintf(&b, "  不能导入：%s\n", oneLine(p.Problem))
		}
		changes := slices.ContainsFunc(p.Drafts, func(d *shelf.Draft) bool { return d.Action.Writes() })
		for _, n := range p.Notes {
			if changes && (n.Kind == convert.Dropped || n.Kind == convert.Added) {
				fmt.Fprintf(&b, "  %s\n", oneLine(n.What))
			}
		}
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
		for i, d := range p.Drafts {
			if err := showDraft(w, d, colour); err != nil {
				return err
			}
			if d.Action.Writes() && i == len(p.Drafts)-1 {
				if err := showLeft(w, p); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// showLeft lists what of a paper was left out.
func showLeft(w io.Writer, p *shelf.Paper) error {
	for _, h := range p.Found.Hints {
		if _, err := fmt.Fprintf(w, "    第 %d %s起：%s\n", h.Line, p.Unit(), oneLine(h.What)); err != nil {
			return err
		}
	}
	return nil
}

func showDraft(w io.Writer, d *shelf.Draft, colour bool) error {
	r := d.Rule
	var b strings.Builder
	fmt.Fprintf(&b, "  %s《%s》", d.Action, oneLine(r.Title))
	if d.Action.Writes() {
		fmt.Fprintf(&b, "（%s）", r.ID)
	}
	if d.Why != "" {
		fmt.Fprintf(&b, "：%s", d.Why)
	}
	b.WriteString("\n")
	if d.Action.Writes() {
		fmt.Fprintf(&b, "    %s\n    %s\n", strings.Join(facts(r), "，"), contents(r))
		for _, fact := range d.Facts {
			fmt.Fprintf(&b, "    %s\n", fact)
		}
		for _, doubt := range d.Doubts {
			fmt.Fprintf(&b, "    请核对：%s\n", oneLine(doubt))
		}
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return err
	}
	if d.Comparison != nil && d.Action.Writes() && !d.Comparison.Empty() {
		return office.WriteComparison(w, d.Comparison, colour)
	}
	return nil
}

// facts are what a paper says of itself.
func facts(r *corpus.Rule) []string {
	out := []string{"文号 " + orNone(r.Document)}
	if r.Issued != "" {
		out = append(out, "印发 "+r.Issued.Chinese())
	}
	if r.Effective != "" {
		out = append(out, "施行 "+r.Effective.Chinese())
	} else {
		out = append(out, "施行日期没有认出")
	}
	if r.Repealed {
		out = append(out, "已废止")
	}
	return out
}

func orNone(s string) string {
	if s == "" {
		return "没有认出"
	}
	return s
}

// contents is how many chapters and articles a rule has, and the first and last.
func contents(r *corpus.Rule) string {
	chapters, annexes := 0, 0
	path, first, last := "", (*corpus.Article)(nil), (*corpus.Article)(nil)
	for _, a := range r.Articles {
		for _, name := range a.Path {
			if strings.Contains(name, "章") && name != path {
				path = name
				chapters++
			}
		}
		if a.Number.Annex > 0 && a.Number.Main == 0 {
			annexes++
		}
		if a.Number.IsArticle() {
			if last = a; first == nil {
				first = a
			}
		}
	}
	text := ""
	if chapters > 0 {
		text = fmt.Sprintf("%d 章 ", chapters)
	}
	text += fmt.Sprintf("%d 条", shelf.Articles(r))
	if annexes > 0 {
		text += fmt.Sprintf("，附件 %d 个", annexes)
	}
	if first != nil {
		text += fmt.Sprintf("：「%s」到「%s」", opening(first), opening(last))
	}
	return text
}

// opening is how an article begins.
func opening(a *corpus.Article) string {
	const most = 16
	text := []rune(strings.Join(strings.Fields(a.Text), " "))
	if len(text) > most {
		return string(text[:most]) + "……"
	}
	return string(text)
}
