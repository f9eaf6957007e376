package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

func newLibraryRepeal(a *app) *cobra.Command {
	var from string
	cmd := &cobra.Command{
		Use:   "repeal 制度",
		Short: "把一部制度标为废止",
		Long: "把一部现行制度标为废止：不再查到它，旧的引用照样有效，文件和原件都留着。制度写名称或 id。\n" +
			"反悔的，把 rules 里那个文件的 status 改回 in-force，删去 until。",
		Example: "  lianwen library repeal 会议室使用办法 --from 2026-06-01 --library 我们的制度",
		Args:    exactArgs(1, "请写上一部制度的名称或 id，如 lianwen library repeal 会议室使用办法。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := time.Parse(time.DateOnly, from); from != "" && err != nil {
				return bot.Invalid.Sayf("--from 请写废止的日期，如 2026-06-01。")
			}
			s, versions, err := a.versions(args[0])
			if err != nil {
				return err
			}
			rule, err := shelf.InForce(versions)
			if err != nil {
				return err
			}
			if err := s.Repeal(cmd.Context(), rule, corpus.Date(from)); err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "《%s》已标为废止（%s）。\n", rule.Title, rule.File)
			return err
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "从哪天起废止，如 2026-06-01")
	return cmd
}

// versions are those of a rule, by its title or id, in the library that is to be changed.
func (a *app) versions(name string) (*shelf.Shelf, []*corpus.Rule, error) {
	s, err := a.shelf("改")
	if err != nil {
		return nil, nil, err
	}
	c, err := s.Library()
	if err != nil {
		return nil, nil, err
	}
	versions, err := shelf.Versions(c, name)
	return s, versions, err
}
