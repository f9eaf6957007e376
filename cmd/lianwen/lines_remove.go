package main

import (
	"github.com/spf13/cobra"

	"lianwen/bot"
)

func newLinesRemove(a *app) *cobra.Command {
	var last bool
	cmd := &cobra.Command{
		Use:   "remove 问句 [制度#条号]",
		Short: "去掉一句批准过的问法，或撤销上一次改动",
		Long: "去掉一句批准过的问法，不再用它查找。几处写着同一句的，再写上是哪一条的。写在制度文件里的（> 问：……），请直接改那个文件。\n" +
			"--last 撤销上一次对问法的改动（批准、添加、去掉），再运行一次撤销更前面的一次。改动都在 lianwen library history 里。",
		Example: "  lianwen lines remove \"想歇几天得跟谁说\"\n  lianwen lines remove --last",
		Args: func(cmd *cobra.Command, args []string) error {
			if last && len(args) > 0 || !last && (len(args) < 1 || len(args) > 2) {
				return bot.Invalid.Sayf("请写上要去掉的问句，或者只写 --last 撤销上一次改动。运行 %s --help 看用法。", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := a.linesToWrite()
			if err != nil {
				return err
			}
			if last {
				e, err := w.lib.UndoLines(cmd.Context())
				return a.said(err, "%s\n", historyLine(e))
			}
			key := ""
			if len(args) > 1 {
				s, err := w.scope(args[1])
				if err != nil {
					return err
				}
				if key = s.rule.ID; s.article != nil {
					key = s.article.Key()
				}
			}
			where, rule, err := w.lib.RemoveLine(cmd.Context(), args[0], key)
			return a.said(err, "已从 %s#%s 去掉：%s\n", rule, where.Number, args[0])
		},
	}
	cmd.Flags().BoolVar(&last, "last", false, "撤销上一次改动")
	return cmd
}
