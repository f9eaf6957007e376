package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/staff"
)

func newApprovalEdit(a *app) *cobra.Command {
	var by, file string
	cmd := &cobra.Command{
		Use:   "edit 名称 日期 [文字]",
		Short: "改这一天的文字；制度库里的不动",
		Long: "把这一天要发的正文改成新的文字，标题、出处和“示例文本”的标记照旧；制度库里的文件不动。改过以后要重新批准，批准了就按改的发。\n" +
			"故事、荐书、案例最多 400 字，提醒最多 180 字，都不超过 8 行。题和会前纪律卡不能改。文字也可以用 --file 从文件读。",
		Example: "  lianwen approval edit story 2026-12-02 包拯不持一砚归。 --by S01\n  lianwen approval edit notice 2026-12-29 --file 提醒.txt --by S01",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 && file != "" || len(args) > 2 && file == "" {
				return nil
			}
			return bot.Invalid.Sayf("请写上推送的名称、日期和新的文字，或者用 --file 指定文件。运行 %s --help 看用法。", cmd.CommandPath())
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			words := strings.Join(args[2:], " ")
			if file != "" {
				raw, err := os.ReadFile(file)
				if err != nil {
					return unread(file, err)
				}
				words = strings.TrimPrefix(string(raw), "\ufeff")
			}
			return a.withLibrary(cmd.Context(), func(_ *config, d *staff.Desk) error {
				draft, err := a.one(cmd.Context(), d, args[0], args[1])
				if err != nil {
					return err
				}
				hand, err := a.by(cmd.Context(), d, by)
				if err != nil {
					return err
				}
				draft, err = d.Edit(cmd.Context(), hand, staff.SeenDraft{Key: draft.Key()}, words)
				return a.redrafted(err, draft, d, "改好了")
			})
		},
	}
	addBy(cmd, &by)
	cmd.Flags().StringVar(&file, "file", "", "新的文字在这个文件里（UTF-8）")
	return cmd
}
