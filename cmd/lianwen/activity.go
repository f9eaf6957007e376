package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"lianwen/bot/staff"
)

func newActivity(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "activity",
		Short: "活动：导入会议、党课、参观等的日期和参加人",
		Args:  noSuchCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newActivityImport(a))
	return cmd
}

func newActivityImport(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "import 文件",
		Short: "导入活动表（xlsx 或 csv）",
		Long: "导入活动表，xlsx 或 csv（UTF-8 或 GBK），按列名读：日期、类别、名称、参加人；列名上面可以有标题。\n" +
			"类别：会议、廉政党课、主题党日、参观、观影、读书、谈话。参加人写编号（没有重名的也可以写姓名），用顿号隔开，也可以一人一行；“全体”是当天在册的全体委员，“取消”是不办了。\n" +
			"谈话只记日期，不记名称。会议在会前填应到的人，“会前纪律卡”按它发；会后按实到的人再导入一次。\n" +
			"同一天、同一类别、同一名称的以最后一次导入为准。有一行不对就一条也不导入，并列出全部问题。",
		Args: exactArgs(1, "请写上活动表文件，如 lianwen activity import 活动.xlsx。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			raw, err := readForm(args[0])
			if err != nil {
				return err
			}
			return a.withDesk(cmd.Context(), func(_ *config, d *staff.Desk) error {
				draft, err := d.DraftActivities(cmd.Context(), raw)
				if err != nil {
					return err
				}
				if err := a.sayNotes(draft.Notes); err != nil {
					return err
				}
				done, err := d.ApplyActivities(cmd.Context(), actor(), draft)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "导入完成：活动 %d 项，新增 %d，更新 %d，取消 %d。\n", draft.Size, done.Added, done.Changed, done.Struck)
				return err
			})
		},
	}
}
