package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// unansweredResult is what unanswered --json prints.
type unansweredResult struct {
	Clusters []jsonCluster `json:"clusters"`
}

type jsonCluster struct {
	Question string    `json:"question"`
	Count    int       `json:"count"`
	Found    bool      `json:"found"` // near articles were offered
	First    time.Time `json:"first"`
	Last     time.Time `json:"last"`
	Others   []string  `json:"others"`
}

func newUnanswered(a *app) *cobra.Command {
	var days int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "unanswered",
		Short: "没有查到的问题，问法相近的归在一起",
		Long: "列出没有查到、或者只找到相近条文的问题，问法相近的归在一起，问得多的在前。不记是谁问的，只保留 180 天。\n" +
			"下一步：制度里有的，在那一条下面加一行“> 问：……”，或者在 synonyms 里加同义词；制度里没有的，看要不要补制度，或者告诉大家该问谁。",
		Args: exactArgs(0, "unanswered 后面不用写别的；天数请用 --days 指定。"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if days < 1 {
				return &usageError{"--days 请写 1 以上的天数。"}
			}
			return a.withLedger(cmd.Context(), func(cfg *config, l *ledger.Ledger) error {
				now := time.Now()
				asked, err := l.Asked(cmd.Context(), now.AddDate(0, 0, -days), now.Add(time.Minute))
				if err != nil {
					return err
				}
				clusters := bot.ClusterAsked(asked)
				if asJSON {
					return printJSON(a.out, clustersJSON(clusters))
				}
				_, err = fmt.Fprint(a.out, clustersText(clusters, days, cfg.location))
				return err
			})
		},
	}
	cmd.Flags().IntVar(&days, "days", 30, "看最近几天")
	cmd.Flags().BoolVar(&asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	return cmd
}

func clustersJSON(clusters []bot.Cluster) unansweredResult {
	res := unansweredResult{Clusters: []jsonCluster{}}
	for _, c := range clusters {
		res.Clusters = append(res.Clusters, jsonCluster{c.Question, c.Count, c.Found, c.First, c.Last, append([]string{}, c.Others...)})
	}
	return res
}

func clustersText(clusters []bot.Cluster, days int, location *time.Location) string {
	if len(clusters) == 0 {
		return fmt.Sprintf("最近 %d 天没有查不到的问题。\n", days)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "最近 %d 天查不到或只有相近条文的问题，%d 类：\n", days, len(clusters))
	for _, c := range clusters {
		what := "没有查到"
		if c.Found {
			what = "有相近条文"
		}
		fmt.Fprintf(&b, "%3d 次  %s（%s，%s—%s）\n", c.Count, c.Question, what, c.First.In(location).Format("1月2日"), c.Last.In(location).Format("1月2日"))
		for _, other := range c.Others {
			fmt.Fprintf(&b, "         也问：%s\n", other)
		}
	}
	b.WriteString("下一步：制度里有的，给那一条加一行“> 问：……”或加同义词；没有的，补制度，或者告诉大家该问谁。\n")
	return b.String()
}
