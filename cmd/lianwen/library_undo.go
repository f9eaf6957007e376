package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newLibraryUndo(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "undo 制度",
		Short: "撤回一部制度最近的一次导入或废止",
		Long: "撤回一部制度最近的一次导入或废止：新增的移走，修订、更正的换回原来的文字，废止的恢复现行。制度写名称或 id；再运行一次，撤回再前一次。\n" +
			"撤回的文字和原件都留在 originals 下。导入以后文件有人改过，或者别的制度、题已经引用了它的，不撤回。",
		Example: "  lianwen library undo 会议管理办法 --library 我们的制度",
		Args:    exactArgs(1, "请写上一部制度的名称或 id，如 lianwen library undo 会议管理办法。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, versions, err := a.versions(args[0])
			if err != nil {
				return err
			}
			e, err := s.TakeBack(cmd.Context(), versions[0].ID, "")
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "已撤回《%s》的%s（%s）。\n", e.Title, e.Action, e.At.Local().Format("2006-01-02 15:04"))
			return err
		},
	}
}
