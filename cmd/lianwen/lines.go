package main

import (
	"github.com/spf13/cobra"

	"lianwen/bot"
)

func newLines(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lines",
		Short: "问法：给没有查到的问题补问法、同义词、应答",
		Args:  noSuchCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(learning(a)...)
	var days int
	add := &cobra.Command{
		Use:   "add 号码 条…",
		Short: "补问法",
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			number := numberOf(args)
			if number == 0 {
				return bot.Invalid.Sayf("请写上 lianwen unanswered 里的号码和条，如 lianwen lines add 3 ti-an#5。")
			}
			return a.learnLines(cmd.Context(), days, number, args[1:])
		},
	}
	clusterFlag(add, &days)
	cmd.AddCommand(add)
	return cmd
}
