package main

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

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
					if _, err := fmt.Fprintf(a.out, "%s\t%s\t%s\t%s\n", oneLine(c.Member.Number), oneLine(c.Member.Name), c.Code, c.Expires.In(cfg.location).Format("2006-01-02 15:04")); err != nil {
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

// oneLine keeps a name from passing for more than one line or column: a roster
// that was imported long ago may hold such names.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) {
			return ' '
		}
		return r
	}, s)
}
