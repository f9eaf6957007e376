package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/staff"
)

func newRoster(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "roster",
		Short: "花名册：导入、绑定码、请假、更正",
		Args:  noSuchCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newRosterImport(a), newRosterCodes(a), newRosterExcuse(a), newRosterUnexcuse(a), newRosterCorrect(a))
	return cmd
}

func newRosterImport(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "import 文件",
		Short: "导入花名册（xlsx 或 csv）",
		Long: "导入花名册，xlsx 或 csv（UTF-8 或 GBK），第一行是列名：编号、姓名、界别、专委会、身份（委员或工作人员），手机可有可无。\n" +
			"以文件为准：新的加入，变了的更新，文件里没有的从今天起算离册（以前的记录保留）。有一行不对就一条也不导入，并列出全部问题。",
		Args: exactArgs(1, "请写上花名册文件，如 lianwen roster import 花名册.xlsx。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			raw, err := os.ReadFile(args[0])
			if err != nil {
				return bot.Invalid.Sayf("读不到 %s：%v。请检查路径。", args[0], errors.Unwrap(err))
			}
			return a.withDesk(cmd.Context(), func(_ *config, d *staff.Desk) error {
				size, done, err := d.ImportRoster(cmd.Context(), actor(), raw)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "导入完成：共 %d 人，新增 %d，更新 %d，离册 %d。\n", size, done.Added, done.Changed, done.Left)
				return err
			})
		},
	}
}

func newRosterCodes(a *app) *cobra.Command {
	var days int
	cmd := &cobra.Command{
		Use:   "codes [编号…]",
		Short: "生成一次性绑定码",
		Long: "给在册的每个人（或列出的几个编号）生成一次性绑定码，每人一行：编号、姓名、绑定码、失效时间，以制表符分隔。\n" +
			"重新生成后，以前没用过的码作废。请当面或用可靠的方式交给本人；本人私聊发送“绑定 绑定码”。",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withDesk(cmd.Context(), func(cfg *config, d *staff.Desk) error {
				codes, err := d.Codes(cmd.Context(), actor(), args, days)
				if err != nil {
					return err
				}
				for _, c := range codes {
					if _, err := fmt.Fprintf(a.out, "%s\t%s\t%s\t%s\n", c.Member.Number, c.Member.Name, c.Code, c.Expires.In(cfg.location).Format("2006-01-02 15:04")); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	cmd.Flags().IntVar(&days, "days", 30, "几天内有效")
	return cmd
}
