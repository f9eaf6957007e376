package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"lianwen/bot/office"
	"lianwen/bot/shelf"
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
		fmt.Fprintf(&b, "    %s\n    %s\n", strings.Join(shelf.Facts(r), "，"), shelf.Contents(r))
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
