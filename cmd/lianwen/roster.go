package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/user"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/corpus"
)

func newRoster(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "roster",
		Short: "花名册：导入、绑定码、请假、更正",
		Args:  noSuchCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newRosterImport(a), newRosterCodes(a), newRosterExcuse(a), newRosterCorrect(a))
	return cmd
}

// withLedger runs f with the records open.
func (a *app) withLedger(ctx context.Context, f func(cfg *config, l *ledger.Ledger) error) error {
	cfg, err := loadConfig(a.configPath)
	if err != nil {
		return err
	}
	l, err := openLedger(ctx, cfg)
	if err != nil {
		return err
	}
	return errors.Join(f(cfg, l), l.Close())
}

// actor is who works at the terminal, for the audit.
func actor() string {
	u, err := user.Current()
	if err != nil {
		return "terminal"
	}
	return "terminal " + u.Username
}

// today is the day in the configured zone.
func today(cfg *config) corpus.Date {
	return corpus.Date(time.Now().In(cfg.location).Format(time.DateOnly))
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
				return bot.Sayf("读不到 %s：%v。请检查路径。", args[0], errors.Unwrap(err))
			}
			list, err := office.ReadRoster(raw)
			if err != nil {
				return err
			}
			return a.withLedger(cmd.Context(), func(cfg *config, l *ledger.Ledger) error {
				added, changed, left, err := l.ImportMembers(cmd.Context(), list, today(cfg), actor(), time.Now())
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "导入完成：共 %d 人，新增 %d，更新 %d，离册 %d。\n", len(list), added, changed, left)
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
			if days < 1 || days > 365 {
				return &usageError{"--days 请写 1 到 365。"}
			}
			return a.withLedger(cmd.Context(), func(cfg *config, l *ledger.Ledger) error {
				return a.codes(cmd.Context(), cfg, l, args, days)
			})
		},
	}
	cmd.Flags().IntVar(&days, "days", 30, "几天内有效")
	return cmd
}

func (a *app) codes(ctx context.Context, cfg *config, l *ledger.Ledger, numbers []string, days int) error {
	members, err := l.Members(ctx)
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, n := range numbers {
		wanted[n] = true
	}
	var list []bot.Member
	for _, m := range members {
		if m.Left == "" && (len(numbers) == 0 || wanted[m.Number]) {
			list = append(list, m)
			delete(wanted, m.Number)
		}
	}
	for _, n := range numbers {
		if wanted[n] {
			return bot.Sayf("花名册里没有在册的编号 %s，没有生成绑定码。", n)
		}
	}
	if len(list) == 0 {
		return bot.Sayf("花名册是空的。请先运行 lianwen roster import 文件。")
	}
	codes := map[string]string{}
	for _, m := range list {
		codes[m.Number] = bot.NewCode()
	}
	now := time.Now()
	expires := now.AddDate(0, 0, days)
	if err := l.NewCodes(ctx, codes, expires, actor(), now); err != nil {
		return err
	}
	for _, m := range list {
		if _, err := fmt.Fprintf(a.out, "%s\t%s\t%s\t%s\n", m.Number, m.Name, codes[m.Number], expires.In(cfg.location).Format("2006-01-02 15:04")); err != nil {
			return err
		}
	}
	return nil
}
