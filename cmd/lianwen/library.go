package main

import "github.com/spf13/cobra"

func newLibrary(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "library",
		Short: "制度库：新建一个，看文件怎么写，新旧对照，变动记录",
		Args:  noSuchCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newLibraryInit(a), newLibraryDoc(a), newLibraryDiff(a), newLibraryHistory(a), newLibraryRepeal(a), newLibraryUndo(a))
	return cmd
}
