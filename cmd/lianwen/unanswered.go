package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// unansweredResult is what unanswered --json prints.
type unansweredResult struct {
	Clusters []jsonCluster `json:"clusters"`
	Useful   int           `json:"useful"`  // answers that somebody called of use
	Useless  int           `json:"useless"` // … and of none
}

type jsonCluster struct {
	Number   int          `json:"number"` // for lianwen lines
	Question string       `json:"question"`
	Count    int          `json:"count"`
	Found    bool         `json:"found"` // near articles were offered
	First    time.Time    `json:"first"`
	Last     time.Time    `json:"last"`
	Others   []string     `json:"others"`
	Useless  []string     `json:"useless"`          // articles that were the answer, and of no use
	Chosen   []jsonChoice `json:"chosen"`           // articles that people went on to, most frequent first
	Before   *jsonSettled `json:"before,omitempty"` // what was done about it before it was asked again
	Next     string       `json:"next"`             // what staff can do, for people
	Commands []string     `json:"commands"`         // … as commands to copy
}

type jsonChoice struct {
	Cite  string `json:"cite"`
	Count int    `json:"count"`
}

// settledResult is what unanswered --done --json prints.
type settledResult struct {
	Settled []jsonSettled `json:"settled"`
}

type jsonSettled struct {
	Number   int       `json:"number"` // for lianwen unanswered undo
	At       time.Time `json:"at"`
	Who      string    `json:"who"`
	Kind     string    `json:"kind"` // line, synonym, reply, not ours
	Question string    `json:"question"`
	What     string    `json:"what"`

	word string // the kind, for people
}

// usualDays is how many days unanswered looks back if nobody says otherwise.
const usualDays = 30

func newUnanswered(a *app) *cobra.Command {
	var days int
	var asJSON, done bool
	cmd := &cobra.Command{
		Use:   "unanswered",
		Short: "没有查到的问题，问法相近的归在一起",
		Long: "列出没有查到、只找到相近条文、或者有人说答得没用的问题，问法相近的归在一起，问得多的在前：问的人后来看了哪一条，\n" +
			"下一步的命令怎么写。处理过的（补问法、补同义词、补应答、不归我们）不再列出，撤销以后、处理以后又查不到时再列。\n" +
			"号码按次序编，处理一类不改别的类的号码；有新问题进来时可能变，运行命令以前请再看一遍。不记名字，只保留 180 天。",
		Example: "  lianwen unanswered --days 90\n  lianwen unanswered --done\n  lianwen unanswered undo 3",
		Args:    exactArgs(0, "unanswered 后面不用写别的；天数请用 --days 指定。"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if days < 1 {
				return bot.Invalid.Sayf("--days 请写 1 以上的天数。")
			}
			return a.withDesk(cmd.Context(), func(cfg *config, d *staff.Desk) error {
				if done {
					return a.listSettled(cmd, cfg, d, asJSON)
				}
				u, err := d.Unanswered(cmd.Context(), days)
				if err != nil {
					return err
				}
				res := unansweredResult{clustersJSON(u.Clusters, days), u.Useful, u.Useless}
				if asJSON {
					return printJSON(a.out, res)
				}
				_, err = fmt.Fprint(a.out, res.text(days, cfg.location))
				return err
			})
		},
	}
	cmd.Flags().IntVar(&days, "days", usualDays, "看最近几天")
	cmd.Flags().BoolVar(&asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	cmd.Flags().BoolVar(&done, "done", false, "列出处理过的，和撤销时用的号码")
	cmd.AddCommand(newUndo(a))
	return cmd
}

func newUndo(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "undo 号码",
		Short: "撤销一件处理，那一类问题重新列出",
		Long:  "撤销补上的问法、同义词、应答或“不归我们”：从制度库的文件里去掉，那一类问题重新列出。号码见 lianwen unanswered --done。\n那一处有人手改过的，不动它，也不撤销；已经手工去掉的，只把那一类重新列出。",
		Args:  exactArgs(1, "请写上一个号码，如 lianwen unanswered undo 3；号码见 lianwen unanswered --done。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := strconv.Atoi(args[0])
			if err != nil {
				return bot.Invalid.Sayf("“%s”不是号码。号码见 lianwen unanswered --done。", args[0])
			}
			return a.withLibrary(cmd.Context(), func(_ *config, d *staff.Desk) error {
				s, err := d.Undo(cmd.Context(), actor(), n)
				if err != nil {
					return err
				}
				what, detail := staff.SettlementInWords(s)
				_, err = fmt.Fprintf(a.out, "撤销了 %d 号：%s（%s）。\n", n, what, detail)
				return err
			})
		},
	}
}

func clustersJSON(clusters []staff.Cluster, days int) []jsonCluster {
	list := []jsonCluster{}
	for _, c := range clusters {
		j := jsonCluster{
			Number: c.Number, Question: c.Question, Count: c.Count, Found: c.Found, First: c.First, Last: c.Last,
			Others: append([]string{}, c.Others...), Useless: append([]string{}, c.Useless...), Chosen: []jsonChoice{}, Next: c.Next(), Commands: commandsFor(c, days),
		}
		for _, choice := range c.Chosen {
			j.Chosen = append(j.Chosen, jsonChoice(choice))
		}
		if c.Before != nil {
			s := settledJSON(*c.Before)
			j.Before = &s
		}
		list = append(list, j)
	}
	return list
}

func settledJSON(s ledger.Settlement) jsonSettled {
	word, what := staff.SettlementInWords(s)
	return jsonSettled{s.Number, s.At, string(s.Actor), string(s.Kind), s.Question, what, word}
}

// commandsFor are the commands that a cluster most likely calls for.
func commandsFor(c staff.Cluster, days int) []string {
	of := strconv.Itoa(c.Number)
	if days != usualDays {
		of += " --days " + strconv.Itoa(days)
	}
	list := []string{strings.TrimSpace("lianwen lines add " + of + " " + c.Proposed())}
	if !c.Found && len(c.Useless)+len(c.Chosen) == 0 {
		list = append(list, "lianwen lines elsewhere "+of)
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
		fmt.Fprintf(&b, "%3d  %s  %d 次（%s—%s）\n", c.Number, c.Question, c.Count, c.First.In(location).Format("1月2日"), c.Last.In(location).Format("1月2日"))
		for _, other := range c.Others {
			fmt.Fprintf(&b, "     也问：%s\n", other)
		}
		if s := c.Before; s != nil {
			fmt.Fprintf(&b, "     %s处理过（%d 号，%s：%s），后来又问\n", s.At.In(location).Format("1月2日"), s.Number, s.word, s.What)
		}
		fmt.Fprintf(&b, "     %s\n", c.Next)
		for _, command := range c.Commands {
			fmt.Fprintf(&b, "       %s\n", command)
		}
	}
	if res.Useful+res.Useless > 0 {
		fmt.Fprintf(&b, "评价：有用 %d 次，没用 %d 次。\n", res.Useful, res.Useless)
	}
	return b.String()
}

// listSettled lists what was done about questions in vain.
func (a *app) listSettled(cmd *cobra.Command, cfg *config, d *staff.Desk, asJSON bool) error {
	list, err := d.Settled(cmd.Context())
	if err != nil {
		return err
	}
	res := settledResult{[]jsonSettled{}}
	for _, s := range list {
		res.Settled = append(res.Settled, settledJSON(s))
	}
	if asJSON {
		return printJSON(a.out, res)
	}
	if len(list) == 0 {
		_, err := fmt.Fprintln(a.out, "没有处理过的。")
		return err
	}
	for _, s := range res.Settled {
		if _, err := fmt.Fprintf(a.out, "%3d  %s %s（%s）%s\n     %s\n", s.Number, s.At.In(cfg.location).Format("1月2日"), s.word, s.What, s.Who, s.Question); err != nil {
			return err
		}
	}
	return nil
}
