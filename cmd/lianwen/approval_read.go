package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/staff"
)

func newApprovalRead(a *app) *cobra.Command {
	var days span
	cmd := &cobra.Command{
		Use:     "read 名称|日期…",
		Short:   "看全文：要发出去的就是这些字",
		Long:    "把要签发的文字完整地列出来，发出去的就是这些字，一个不差。写上推送的名称、日期，看这些。只看，什么也不改。",
		Example: "  lianwen approval read story 2026-12-02\n  lianwen approval read 2026-12-02",
		Args:    atLeastOne("请写上推送的名称或日期，如 lianwen approval read story 2026-12-02。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLibrary(cmd.Context(), func(_ *config, d *staff.Desk) error {
				list, err := a.picked(cmd.Context(), d, days, args)
				if err != nil {
					return err
				}
				var texts []string
				for _, draft := range list {
					texts = append(texts, wholeDraft(draft, d))
				}
				return a.said(nil, "%s", strings.Join(texts, "\n"))
			})
		},
	}
	days.add(cmd)
	return cmd
}

// wholeDraft is a draft with all its words.
func wholeDraft(draft staff.DraftStatus, d *staff.Desk) string {
	return fmt.Sprintf("%s %s\n%s\n", draft.Push.Date, draftLine(draft, d), draft.Text)
}

// atLeastOne checks that there is an argument, and says in Chinese what is missing.
func atLeastOne(missing string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return nil
		}
		return bot.Invalid.Sayf("%s运行 %s --help 看用法。", missing, cmd.CommandPath())
	}
}
