package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// daysFlags are the flags of commands about some days of a member.
type daysFlags struct{ from, to string }

func (f *daysFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.from, "from", "", "从哪天起，如 2026-12-01")
	cmd.Flags().StringVar(&f.to, "to", "", "到哪天止")
}

func (f *daysFlags) read() (from, to corpus.Date, err error) { return staff.DateRange(f.from, f.to) }

func newRosterExcuse(a *app) *cobra.Command {
	var days daysFlags
	var reason string
	cmd := &cobra.Command{
		Use:   "excuse 编号",
		Short: "登记请假：这几天的题不计入应参",
		Long: "登记一名在册委员的请假，这几天的每日一题不计入应参。一次最多 92 天，最多到一年以内；七天以前的题已经截止，请用 correct 更正。\n" +
			"登记错了，用 unexcuse 取消。",
		Example: "  lianwen roster excuse A01 --from 2026-12-01 --to 2026-12-05 --reason 出差",
		Args:    exactArgs(1, "请写上编号，如 lianwen roster excuse A01 --from 2026-12-01 --to 2026-12-05。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			first, last, err := days.read()
			if err != nil {
				return err
			}
			return a.withDesk(cmd.Context(), func(_ *config, d *staff.Desk) error {
				m, err := d.Excuse(cmd.Context(), actor(), args[0], first, last, reason)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "已登记：%s（%s）%s请假。\n", m.Name, m.Number, staff.Span(first, last))
				return err
			})
		},
	}
	days.add(cmd)
	cmd.Flags().StringVar(&reason, "reason", "", "事由")
	return cmd
}

func newRosterUnexcuse(a *app) *cobra.Command {
	var days daysFlags
	cmd := &cobra.Command{
		Use:     "unexcuse 编号",
		Short:   "取消请假：这几天的题照常计入应参",
		Long:    "取消一名委员这几天的请假，这几天的每日一题照常计入应参。原来的登记留着，另记一行；取消错了，再登记一次请假。",
		Example: "  lianwen roster unexcuse A01 --from 2026-12-03 --to 2026-12-05",
		Args:    exactArgs(1, "请写上编号，如 lianwen roster unexcuse A01 --from 2026-12-03 --to 2026-12-05。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			first, last, err := days.read()
			if err != nil {
				return err
			}
			return a.withDesk(cmd.Context(), func(_ *config, d *staff.Desk) error {
				m, err := d.TakeBack(cmd.Context(), actor(), args[0], first, last)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "已取消：%s（%s）%s不再算请假。\n", m.Name, m.Number, staff.Span(first, last))
				return err
			})
		},
	}
	days.add(cmd)
	return cmd
}

func newRosterCorrect(a *app) *cobra.Command {
	var day, as, reason string
	cmd := &cobra.Command{
		Use:   "correct 编号",
		Short: "更正一次每日一题的记录，要写理由",
		Long: "更正一名委员某一天的每日一题算什么：实参、请假、未参、不计。更正另记一行，理由和经手人留在台账里；报表里有脚注，只写由什么改为什么。原来的记录不改。\n" +
			"改错了就再更正一次，以最后一次为准。",
		Example: "  lianwen roster correct A01 --day 2026-12-01 --as 实参 --reason 当天微信故障，已交纸质答案",
		Args:    exactArgs(1, "请写上编号，如 lianwen roster correct A01 --day 2026-12-01 --as 实参 --reason 理由。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			date, _, err := staff.DateRange(day, day)
			if err != nil {
				return err
			}
			standing, ok := staff.Standings[as]
			if !ok {
				return bot.Invalid.Sayf("--as %q 请写 实参、请假、未参 或 不计。", as)
			}
			if strings.TrimSpace(reason) == "" {
				return bot.Invalid.Sayf("请用 --reason 写上理由。理由和经手人留在台账里，不写进报表。")
			}
			return a.withDesk(cmd.Context(), func(_ *config, d *staff.Desk) error {
				m, err := d.Correct(cmd.Context(), actor(), args[0], date, standing, reason)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "已更正：%s（%s）%s的题改为“%s”，理由：%s。\n", m.Name, m.Number, date.Chinese(), as, strings.TrimSpace(reason))
				return err
			})
		},
	}
	cmd.Flags().StringVar(&day, "day", "", "哪一天的题，如 2026-12-01")
	cmd.Flags().StringVar(&as, "as", "", "改为：实参、请假、未参、不计")
	cmd.Flags().StringVar(&reason, "reason", "", "理由")
	return cmd
}
