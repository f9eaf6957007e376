package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot/duty"
	"lianwen/index"
)

func newIndex(a *app) *cobra.Command {
	var rebuild bool
	cmd := &cobra.Command{
		Use:   "index",
		Short: "检查制度库，建立或更新索引",
		Long: "检查制度库，建立或更新索引。制度库没有变动时沿用已有的索引；提问时也会自动更新，一般不必专门运行。\n" +
			"有问题的文件不用，一一列出，其余照常建立。退出码：0 建好了，1 没有建成（包括制度库里没有一部能用的制度）。",
		Example: "  lianwen index\n  lianwen index --rebuild --library 我们的制度/",
		Args:    exactArgs(0, "index 后面不用写别的；制度库的位置请用 --library 指定。"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, c, err := a.read()
			if err != nil {
				return err
			}
			if len(c.Faults) > 0 {
				fmt.Fprintln(a.err, strings.TrimSpace(explain(c.Faults)+"\n"+duty.Missing(c)))
			}
			start := time.Now()
			x, err := a.openIndex(cmd.Context(), cfg, c, rebuild)
			if err != nil {
				return err
			}
			defer x.Close()
			did := map[index.Origin]string{
				index.Reused:   "索引与制度库一致，不用更新",
				index.OnDisk:   "索引已建立",
				index.InMemory: "制度库没有问题，但索引写不进磁盘，请检查 data_dir 是否可写",
			}[x.Built]
			fmt.Fprintf(a.out, "%s：%s，用时 %.1f 秒，位于 %s\n", did, duty.Held(c), time.Since(start).Seconds(), indexDir(cfg))
			if x.Built == index.InMemory {
				return exitCode(exitError)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&rebuild, "rebuild", false, "即使索引与制度库一致，也重新建立")
	return cmd
}

func indexDir(cfg *config) string { return filepath.Join(cfg.DataDir, "index") }
