package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/talk"
	"lianwen/index"
)

// askResult is what ask --json prints; scripts depend on it.
type askResult struct {
	Query  string    `json:"query"`
	Status string    `json:"status"` // answered, choices, none
	Hits   []jsonHit `json:"hits"`
	TookMS float64   `json:"took_ms"`
}

type jsonHit struct {
	Cite    string  `json:"cite"`
	Rule    string  `json:"rule"`
	Article string  `json:"article"`
	Heading string  `json:"heading,omitempty"`
	Text    string  `json:"text"`
	Quote   string  `json:"quote"`
	Score   float64 `json:"score"`
}

func newAsk(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "ask 问题",
		Short: "问一句，答一句",
		Long:  "问一句，答一句。退出码：0 查到或有相近条文，3 没有查到，1 出错。",
		Example: "  lianwen ask 开会能不能让秘书替我去\n  lianwen ask --json 提案工作条例第一条\n" +
			"  lianwen ask --library 我们的制度/ 请假找谁批",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return bot.Invalid.Sayf("请在 ask 后面写上问题，如：lianwen ask 提案什么时候截止")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			b, live, _, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			defer live.Close()
			answer, err := b.Ask(cmd.Context(), question(args))
			if err != nil {
				return err
			}
			if err := a.printAnswer(question(args), answer, asJSON); err != nil {
				return err
			}
			if answer.Outcome == index.None {
				return exitCode(exitNotFound)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	return cmd
}

func (a *app) printAnswer(q string, answer talk.Answer, asJSON bool) error {
	if !asJSON {
		_, err := fmt.Fprintln(a.out, answer.Text)
		return err
	}
	res := askResult{
		Query: q, Status: answer.Outcome.String(), Hits: []jsonHit{},
		TookMS: float64(answer.Took.Microseconds()) / 1000,
	}
	for _, h := range answer.Hits {
		res.Hits = append(res.Hits, jsonHit{
			Cite: h.Article.Key(), Rule: h.Article.Rule.Title, Article: h.Article.Label,
			Heading: h.Article.Heading, Text: h.Article.Text, Quote: h.Quote, Score: h.Score,
		})
	}
	return printJSON(a.out, res)
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("print json: %w", err)
	}
	return nil
}
