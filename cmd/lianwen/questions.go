package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

func newQuestions(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "questions",
		Short: "停用的题：列出，核准",
		Long: "列出停用的题：依据的条文有改动或者废止，核对以前不出；还没有截止的那一轮停答，不计入统计。\n" +
			"题目、答案还对的，运行 lianwen questions approve 编号；不对的，先改题。",
		Args: noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withLibrary(cmd.Context(), func(_ *config, d *staff.Desk) error {
				list, err := d.Suspended(cmd.Context())
				if err != nil {
					return err
				}
				return a.listSuspended(list)
			})
		},
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "approve 编号…",
		Short: "核准停用的题，可以再出",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return bot.Invalid.Sayf("请写上题的编号，如 lianwen questions approve ti-an-03；运行 lianwen questions 看有哪些。")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLibrary(cmd.Context(), func(_ *config, d *staff.Desk) error {
				approved, err := d.Approve(cmd.Context(), actor(), args...)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "已核准 %d 道题。\n", len(approved))
				return err
			})
		},
	})
	return cmd
}

func (a *app) listSuspended(list []*corpus.Question) error {
	if len(list) == 0 {
		_, err := fmt.Fprintln(a.out, "没有停用的题。")
		return err
	}
	for _, q := range list {
		if _, err := fmt.Fprintf(a.out, "%s\t%s\t%s\t%s\n", q.ID, staff.Cites(q), q.File, q.Text); err != nil {
			return err
		}
	}
	return nil
}
