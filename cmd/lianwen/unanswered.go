package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/staff"
)

// unansweredResult is what unanswered --json prints.
type unansweredResult struct {
	Clusters []jsonCluster `json:"clusters"`
	Useful   int           `json:"useful"`  // answers that somebody called of use
	Useless  int           `json:"useless"` // … and of none
}

type jsonCluster struct {
	Question string    `json:"question"`
	Count    int       `json:"count"`
	Found    bool      `json:"found"` // near articles were offered
	First    time.Time `json:"first"`
	Last     time.Time `json:"last"`
	Others   []string  `json:"others"`
	Useless  []string  `json:"useless"` // articles that were the answer, and of no use
	Next     string    `json:"next"`    // what staff can do, for people
}

func newUnanswered(a *app) *cobra.Command {
	var days int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "unanswered",
		Short: "没有查到的问题，问法相近的归在一起",
		Long: "列出没有查到、只找到相近条文、或者有人说答得没用的问题，问法相近的归在一起，问得多的在前，每一类写明下一步怎么办。\n" +
			"不记名字，只保留 180 天。",
		Args: exactArgs(0, "unanswered 后面不用写别的；天数请用 --days 指定。"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if days < 1 {
				return bot.Invalid.Sayf("--days 请写 1 以上的天数。")
			}
			return a.withDesk(cmd.Context(), func(cfg *config, d *staff.Desk) error {
				u, err := d.Unanswered(cmd.Context(), days)
				if err != nil {
					return err
				}
				res := unansweredResult{clustersJSON(u.Clusters), u.Useful, u.Useless}
				if asJSON {
					return printJSON(a.out, res)
				}
				_, err = fmt.Fprint(a.out, res.text(days, cfg.location))
				return err
			})
		},
	}
	cmd.Flags().IntVar(&days, "days", 30, "看最近几天")
	cmd.Flags().BoolVar(&asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	return cmd
}

func clustersJSON(clusters []staff.Cluster) []jsonCluster {
	list := []jsonCluster{}
	for _, c := range clusters {
		list = append(list, jsonCluster{c.Question, c.Count, c.Found, c.First, c.Last, append([]string{}, c.Others...), append([]string{}, c.Useless...), c.Next()})
	}
	return list
}

func (res unansweredResult) text(days int, location *time.Location) string {
	var b strings.Builder
	if len(res.Clusters) == 0 {
		fmt.Fprintf(&b, "最近 %d 天没有查不到的问题。\n", days)
	} else {
		fmt.Fprintf(&b, "最近 %d 天没有直接查到、或者有人说没用的问题，%d 类：\n", days, len(res.Clusters))
	}
	for _, c := range res.Clusters {
		fmt.Fprintf(&b, "%3d 次  %s（%s—%s）\n", c.Count, c.Question, c.First.In(location).Format("1月2日"), c.Last.In(location).Format("1月2日"))
		for _, other := range c.Others {
			fmt.Fprintf(&b, "         也问：%s\n", other)
		}
		fmt.Fprintf(&b, "         %s\n", c.Next)
	}
	if res.Useful+res.Useless > 0 {
		fmt.Fprintf(&b, "评价：有用 %d 次，没用 %d 次。\n", res.Useful, res.Useless)
	}
	return b.String()
}
