package main

import (
	"bufio"
	"context"
	"os/user"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/lines"
	"lianwen/corpus"
)

func newLinesApprove(a *app) *cobra.Command {
	var yes bool
	var by string
	cmd := &cobra.Command{
		Use:   "approve [制度|制度#条号]…",
		Short: "逐条批准起草的问法；条文改过的也在这里再看",
		Long: "一条一条列出条文和给它起草的问法，批准的写进制度库的 asked/，马上能用；不要的不再提。条文改过、原来的问法先不用的，也在这里再看。\n" +
			approvalKeys + "\n" +
			"反悔的，运行 lianwen lines remove。--yes 不问，把核对过的全部批准；核对没过的、条文改过的，不在里面。",
		Example: "  lianwen lines approve\n  lianwen lines approve 职工年休假办法 ti-an#5\n  lianwen lines approve --yes",
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := a.linesToWrite()
			if err != nil {
				return err
			}
			scopes, err := w.scopes(args)
			if err != nil {
				return err
			}
			if yes {
				return a.approveAll(cmd.Context(), w, scopes, orAtTerminal(by))
			}
			list, err := w.pending(scopes)
			switch {
			case err != nil:
				return err
			case len(list) == 0:
				return a.said(nil, "没有等着看的问法。运行 lianwen lines status 看还差什么。\n")
			case !a.canAsk():
				return bot.Conflict.Sayf("批准要在终端里一条一条看。不在终端里的，看过 lianwen lines status 制度#条号 以后，确实要全部批准请加 --yes。")
			}
			p := &approval{w: w, in: bufio.NewReader(a.in), out: a.out, by: orAtTerminal(by)}
			return p.all(cmd.Context(), list)
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "不再问，核对过的全部批准")
	cmd.Flags().StringVar(&by, "by", "", "谁批准的，记在来历里（默认：系统的用户名）")
	return cmd
}

// orAtTerminal is a name, or else that of who uses the terminal, as the system has it. It
// goes into a file where each line says something, and so is one line.
func orAtTerminal(name string) string {
	if name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '←' }), " "); name != "" {
		return name
	}
	u, err := user.Current()
	if err != nil {
		return "工作人员"
	}
	return u.Username
}

// approveAll approves whatever the check let through.
func (a *app) approveAll(ctx context.Context, w *linesWork, scopes []scope, by string) error {
	total, rules, suspended, apart := 0, 0, 0, 0
	for _, r := range rulesOf(scopes) {
		for _, s := range w.c.Suspended {
			if s.Rule == r.ID {
				suspended += len(s.Lines)
			}
		}
		drafts, err := w.store.Drafts(r.ID)
		if err != nil {
			return err
		}
		var choices []lines.Choice
		for _, art := range lines.Articles(r) {
			if inScope(scopes, art) {
				apart += len(lines.Of(drafts, art, lines.Apart))
			}
			if take := lines.Of(drafts, art, lines.Proposed); len(take) > 0 && inScope(scopes, art) {
				choices = append(choices, lines.Choice{Article: art, Take: take})
			}
		}
		if len(choices) == 0 {
			continue
		}
		n, err := w.store.Approve(ctx, w.lib, r.ID, by, choices)
		if err != nil {
			return err
		}
		total, rules = total+n, rules+1
	}
	if err := a.said(nil, "已批准 %d 句，%d 部制度。\n", total, rules); err != nil {
		return err
	}
	if apart > 0 {
		if err := a.said(nil, "另有 %d 句核对没过，要人看过：lianwen lines approve。\n", apart); err != nil {
			return err
		}
	}
	if suspended > 0 {
		return a.said(nil, "另有 %d 句因为条文改过先不用，要人看过：lianwen lines approve。\n", suspended)
	}
	return nil
}

func inScope(scopes []scope, art *corpus.Article) bool {
	for _, s := range scopes {
		if s.rule == art.Rule && s.has(art) {
			return true
		}
	}
	return false
}

// pending is what waits for a person: the drafts for an article, or the lines that were
// approved for other words than it has now.
type pending struct {
	article *corpus.Article // nil: there is none with that number any more
	drafts  []lines.Draft   // those that passed, then those set apart
	passed  int
	was     *corpus.Suspended
}

// lines are what is to be decided on.
func (p pending) lines() []string {
	var out []string
	if p.was != nil {
		for _, l := range p.was.Lines {
			out = append(out, l.Text)
		}
		return out
	}
	for _, d := range p.drafts {
		text := d.Text
		if part := d.Part.Chinese(); part != "" {
			text += "（" + part + "）"
		}
		if d.State == lines.Apart {
			text += "　〔核对没过：" + d.Why + "〕"
		}
		out = append(out, text)
	}
	return out
}

// pending lists what waits, in the order of the library.
func (w *linesWork) pending(scopes []scope) ([]pending, error) {
	var out []pending
	for _, r := range rulesOf(scopes) {
		drafts, err := w.store.Drafts(r.ID)
		if err != nil {
			return nil, err
		}
		for i := range w.c.Suspended {
			s := &w.c.Suspended[i]
			if s.Rule == r.ID && (s.Now == nil || inScope(scopes, s.Now)) {
				out = append(out, pending{article: s.Now, was: s})
			}
		}
		for _, art := range lines.Articles(r) {
			passed, apart := lines.Of(drafts, art, lines.Proposed), lines.Of(drafts, art, lines.Apart)
			if len(passed)+len(apart) > 0 && inScope(scopes, art) {
				out = append(out, pending{article: art, drafts: append(passed, apart...), passed: len(passed)})
			}
		}
	}
	return out, nil
}
