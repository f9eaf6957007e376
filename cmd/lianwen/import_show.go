package main

import (
	"fmt"
	"io"
	"strings"

	"lianwen/bot/office"
	"lianwen/bot/shelf"
	"lianwen/corpus"
	"lianwen/corpus/convert"
)

// mostDoubts is how many doubtful places of a rule the preview shows.
const mostDoubts = 3

// showPapers shows what would be imported, paper by paper.
func showPapers(w io.Writer, papers []*shelf.Paper, colour bool) error {
	for _, p := range papers {
		var b strings.Builder
		fmt.Fprintf(&b, "%s", p.File)
		if p.Format != "" {
			fmt.Fprintf(&b, "（%s）", p.Format)
		}
		b.WriteString("\n")
		if p.Problem != "" {
			fmt.Fprintf(&b, "  不能导入：%s\n", p.Problem)
		}
		for _, n := range p.Notes {
			if n.Kind == convert.Dropped || n.Kind == convert.Added {
				fmt.Fprintf(&b, "  %s\n", n.What)
			}
		}
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
		for _, d := range p.Drafts {
			if err := showDraft(w, d, colour); err != nil {
				return err
			}
		}
	}
	return nil
}

func showDraft(w io.Writer, d *shelf.Draft, colour bool) error {
	r := d.Rule
	var b strings.Builder
	fmt.Fprintf(&b, "  %s《%s》", d.Action, r.Title)
	if d.Action != shelf.Refuse {
		fmt.Fprintf(&b, "（%s）", r.ID)
	}
	b.WriteString("\n")
	if d.Why != "" {
		fmt.Fprintf(&b, "    %s。\n", d.Why)
	}
	fmt.Fprintf(&b, "    %s\n    %s\n", strings.Join(facts(r), "，"), contents(r))
	for i, doubt := range d.Doubts {
		if i == mostDoubts {
			fmt.Fprintf(&b, "    另有 %d 处请核对，见 --json\n", len(d.Doubts)-i)
			break
		}
		place := ""
		if doubt.Line > 0 {
			place = fmt.Sprintf("第 %d 行，", doubt.Line)
		}
		fmt.Fprintf(&b, "    请核对：%s%s\n", place, doubt.What)
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return err
	}
	if d.Comparison != nil && d.Action != shelf.Keep && d.Action != shelf.Refuse {
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
		if len(a.Path) > 0 && a.Path[0] != path {
			path = a.Path[0]
			chapters++
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
