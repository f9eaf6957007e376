package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lianwen/bot/lines"
	"lianwen/corpus"
)

// jsonStanding is a row of what lines status --json prints.
type jsonStanding struct {
	Rule      string `json:"rule"`
	Title     string `json:"title"`
	Articles  int    `json:"articles"`
	WithLines int    `json:"with_lines"`
	Thin      int    `json:"thin"` // articles with fewer lines than lines.Enough
	Lines     int    `json:"lines"`
	Waiting   int    `json:"waiting"`   // drafts to be approved
	Apart     int    `json:"apart"`     // drafts set apart
	Failed    int    `json:"failed"`    // articles for which drafting failed
	Suspended int    `json:"suspended"` // lines whose article has changed
}

func newLinesStatus(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "status [制度|制度#条号]…",
		Short: "哪些条的问法还少，哪些等着批准",
		Long: fmt.Sprintf("列出每部现行制度：多少条，多少条有问法，不足 %d 句的有几条，多少句等着批准、核对没过、条文改过要再看；最该先做的排在前面，最后一行写下一步。\n", lines.Enough) +
			"写上制度，还列出每一条；写上 制度#条号，列出这一条的每一句和它的来历。",
		Example: "  lianwen lines status\n  lianwen lines status 职工年休假办法\n  lianwen lines status ti-an#5",
		RunE: func(_ *cobra.Command, args []string) error {
			w, err := a.linesWork()
			if err != nil {
				return err
			}
			scopes, err := w.scopes(args)
			if err != nil {
				return err
			}
			rules := rulesOf(scopes)
			standings, err := w.store.Standings(w.c, rules)
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(a.out, standingsJSON(standings))
			}
			var b strings.Builder
			writeStandings(&b, standings)
			for _, s := range scopes {
				if len(args) > 0 {
					if err := w.writeArticles(&b, s); err != nil {
						return err
					}
				}
			}
			fmt.Fprintln(&b, nextStep(standings))
			return a.said(nil, "%s", b.String())
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	return cmd
}

// rulesOf are the rules of scopes, each once.
func rulesOf(scopes []scope) []*corpus.Rule {
	var rules []*corpus.Rule
	seen := map[*corpus.Rule]bool{}
	for _, s := range scopes {
		if !seen[s.rule] {
			rules, seen[s.rule] = append(rules, s.rule), true
		}
	}
	return rules
}

func standingsJSON(standings []lines.Standing) map[string]any {
	rows := []jsonStanding{}
	for _, s := range standings {
		rows = append(rows, jsonStanding{s.Rule.ID, s.Rule.Title, s.Articles, s.WithLines, s.Thin, s.Lines, s.Waiting, s.Apart, s.Failed, s.Suspended})
	}
	return map[string]any{"rules": rows, "next": nextStep(standings)}
}

func writeStandings(b *strings.Builder, standings []lines.Standing) {
	for _, s := range standings {
		fmt.Fprintf(b, "《%s》（%s）：%d 条，有问法的 %d 条，不足 %d 句的 %d 条", s.Rule.Title, s.Rule.ID, s.Articles, s.WithLines, lines.Enough, s.Thin)
		for _, part := range []struct {
			n    int
			what string
		}{{s.Waiting, "待批准 %d 句"}, {s.Suspended, "条文改过、要再看的 %d 句"}, {s.Apart, "核对没过 %d 句"}, {s.Failed, "没有起草成 %d 条"}} {
			if part.n > 0 {
				fmt.Fprintf(b, "，"+part.what, part.n)
			}
		}
		b.WriteString("\n")
	}
}

// writeArticles lists the articles of a rule, or the lines of one article.
func (w *linesWork) writeArticles(b *strings.Builder, s scope) error {
	drafts, err := w.store.Drafts(s.rule.ID)
	if err != nil {
		return err
	}
	for _, art := range lines.Articles(s.rule) {
		if !s.has(art) {
			continue
		}
		fmt.Fprintf(b, "  #%s %s：%d 句", art.Number, art.About(), len(art.Lines()))
		if n := len(lines.Of(drafts, art, lines.Proposed)); n > 0 {
			fmt.Fprintf(b, "，待批准 %d 句", n)
		}
		if failed := lines.Of(drafts, art, lines.Failed); len(failed) > 0 && !lines.Drafted(drafts, art) {
			fmt.Fprintf(b, "，没有起草成：%s", failed[0].Why)
		}
		b.WriteString("\n")
		if s.article == nil {
			continue
		}
		for _, l := range art.AskedAs {
			fmt.Fprintf(b, "    %s（写在制度文件里）\n", l)
		}
		for _, l := range art.Approved {
			fmt.Fprintf(b, "    %s\n", l)
		}
		for _, d := range lines.Of(drafts, art, lines.Proposed, lines.Apart) {
			fmt.Fprintf(b, "    %s（%s）\n", d.Text, draftState(d))
		}
	}
	return nil
}

// draftState says where a draft stands.
func draftState(d lines.Draft) string {
	if d.State == lines.Apart {
		return "核对没过：" + d.Why
	}
	return "待批准"
}

// nextStep is what helps most now.
func nextStep(standings []lines.Standing) string {
	waiting, thin, decided, articles := 0, 0, 0, 0
	for _, s := range standings {
		waiting, thin, decided, articles = waiting+s.ForPerson(), thin+s.Thin, decided+s.Decided, articles+s.Articles
	}
	switch {
	case waiting > 0:
		return fmt.Sprintf("下一步：有 %d 句等着看，请运行 lianwen lines approve。", waiting)
	case thin > 0 && thin == decided:
		return fmt.Sprintf("下一步：还有 %d 条起草、批准过，问法仍不足 %d 句，请运行 lianwen lines draft --retry 再起草，或者用 lianwen lines add 自己写。", thin, lines.Enough)
	case thin > 0:
		return fmt.Sprintf("下一步：%d 条里还有 %d 条的问法不足 %d 句，请运行 lianwen lines draft 起草。", articles, thin, lines.Enough)
	}
	return "每一条的问法都够了。"
}
