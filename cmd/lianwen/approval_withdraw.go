package main

import (
	"slices"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/staff"
)

func newApprovalWithdraw(a *app) *cobra.Command {
	var by string
	cmd := &cobra.Command{
		Use:     "withdraw 名称 日期…",
		Short:   "撤回签发：还没有发出的，不发了，等重新批准",
		Long:    "撤回已经签发、还没有发出的。撤回以后不发，直到重新批准；已经发出的撤不回来。",
		Example: "  lianwen approval withdraw story 2026-12-02 --by S01",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return nil
			}
			return bot.Invalid.Sayf("请写上推送的名称和日期，如 lianwen approval withdraw story 2026-12-02 --by S01。运行 %s --help 看用法。", cmd.CommandPath())
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLibrary(cmd.Context(), func(_ *config, d *staff.Desk) error {
				list, err := a.picked(cmd.Context(), d, span{}, args)
				if err != nil {
					return err
				}
				hand, err := a.by(cmd.Context(), d, by)
				if err != nil {
					return err
				}
				signed := slices.DeleteFunc(slices.Clone(list), func(draft staff.DraftStatus) bool { return !draft.Record.Approved || draft.Closed() })
				if len(signed) == 0 { // it is said why of the first
					signed = list[:1]
				}
				for _, draft := range signed {
					if draft, err = d.Withdraw(cmd.Context(), hand, draft.Key()); err != nil {
						return err
					}
					if err := a.said(nil, "已撤回：%s %s，重新批准以前不发。\n", draft.Push.Date, draftLine(draft, d)); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	addBy(cmd, &by)
	return cmd
}
