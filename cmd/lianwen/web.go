package main

import "github.com/spf13/cobra"

func newWeb(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "web",
		Short: "工作人员的页面",
		Args:  noSuchCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newWebAccount(a))
	return cmd
}
