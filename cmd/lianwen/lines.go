package main

import "github.com/spf13/cobra"

func newLines(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lines",
		Short: "问法：人们怎么问某一条；起草、核对、批准",
		Args:  noSuchCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newLinesDraft(a), newLinesRead(a))
	return cmd
}
