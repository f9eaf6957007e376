package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// memberOf is the member with a number, whether still on the roster or not.
func memberOf(ctx context.Context, l *ledger.Ledger, number string) (bot.Member, error) {
	members, err := l.Members(ctx)
	if err != nil {
		return bot.Member{}, err
	}
	for _, m := range members {
		if m.Number == number {
			return m, nil
		}
	}
	return bot.Member{}, bot.Sayf("花名册里没有编号 %s。", number)
}

func newRosterExcuse(a *app) *cobra.Command {
	var from, to, reason string
	cmd := &cobra.Command{
		Use:     "excuse 编号",
		Short:   "登记请假：这几天的题不计入应参",
		Example: "  lianwen roster excuse A01 --from 2026-12-01 --to 2026-12-05 --reason 出差",
		Args:    exactArgs(1, "请写上编号，如 lianwen roster excuse A01 --from 2026-12-01 --to 2026-12-05。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			first, last, err := bot.DateRange(from, to)
			if err != nil {
				return err
			}
			return a.withLedger(cmd.Context(), func(cfg *config, l *ledger.Ledger) error {
				m, err := memberOf(cmd.Context(), l, args[0])
				if err != nil {
					return err
				}
				if err := l.Excuse(cmd.Context(), m.Number, first, last, reason, actor(), time.Now()); err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "已登记：%s（%s）%s至%s请假。\n", m.Name, m.Number, first.Chinese(), last.Chinese())
				return err
			})
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "从哪天起，如 2026-12-01")
	cmd.Flags().StringVar(&to, "to", "", "到哪天止")
	cmd.Flags().StringVar(&reason, "reason", "", "事由")
	return cmd
}

// standings are how a member can be corrected to stand to a round.
var standings = map[string]bot.Participation{"实参": bot.Took, "请假": bot.Excused, "未参": bot.Absent, "不计": bot.NotDue}

func newRosterCorrect(a *app) *cobra.Command {
	var day, as, reason string
	cmd := &cobra.Command{
		Use:   "correct 编号",
		Short: "更正一次每日一题的记录，要写理由",
		Long: "更正一名委员某一天的每日一题算什么：实参、请假、未参、不计。更正另记一行，写明理由和经手人，报表里有脚注；原来的记录不改。\n" +
			"改错了就再更正一次，以最后一次为准。",
		Example: "  lianwen roster correct A01 --day 2026-12-01 --as 实参 --reason 当天微信故障，已交纸质答案",
		Args:    exactArgs(1, "请写上编号，如 lianwen roster correct A01 --day 2026-12-01 --as 实参 --reason 理由。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			date, _, err := bot.DateRange(day, day)
			if err != nil {
				return err
			}
			standing, ok := standings[as]
			if !ok {
				return &usageError{fmt.Sprintf("--as %q 请写 实参、请假、未参 或 不计。", as)}
			}
			if reason = strings.TrimSpace(reason); reason == "" {
				return &usageError{"请用 --reason 写上理由，报表的脚注里要用。"}
			}
			return a.withLedger(cmd.Context(), func(cfg *config, l *ledger.Ledger) error {
				m, err := memberOf(cmd.Context(), l, args[0])
				if err != nil {
					return err
				}
				c := bot.Correction{Round: string(date), Member: m.Number, Standing: standing, Reason: reason, Actor: actor(), At: time.Now()}
				err = l.Correct(cmd.Context(), c)
				if errors.Is(err, bot.ErrNoRound) {
					return bot.Sayf("%s没有每日一题，没有更正。", date.Chinese())
				}
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "已更正：%s（%s）%s的题改为“%s”，理由：%s。\n", m.Name, m.Number, date.Chinese(), as, reason)
				return err
			})
		},
	}
	cmd.Flags().StringVar(&day, "day", "", "哪一天的题，如 2026-12-01")
	cmd.Flags().StringVar(&as, "as", "", "改为：实参、请假、未参、不计")
	cmd.Flags().StringVar(&reason, "reason", "", "理由")
	return cmd
}
