package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/duty"
	"lianwen/bot/ledger"
)

func newBackup(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "backup 文件",
		Short: "备份台账（运行中也可以）",
		Long:  "把台账备份成一个文件，运行中也可以；写完后核对一遍。只备份台账：制度库是普通文件，索引可以重建，微信登录可以重新扫码。",
		Args:  exactArgs(1, "请写上备份到哪个文件，如 lianwen backup 台账-20261201.db。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLedger(cmd.Context(), func(_ *config, l *ledger.Ledger) error {
				s, err := l.Backup(cmd.Context(), args[0])
				switch {
				case errors.Is(err, ledger.ErrPostgres):
					return bot.Invalid.Sayf("台账在 PostgreSQL 里，请用它自己的工具备份：pg_dump -Fc -f %s \"数据库地址\"；恢复用 pg_restore。", args[0])
				case errors.Is(err, fs.ErrExist):
					return bot.Invalid.Sayf("%s 已经有了，没有覆盖。请换一个文件名。", args[0])
				case err != nil:
					return err
				}
				_, err = fmt.Fprintf(a.out, "已备份到 %s：在册 %d 人，操作记录 %d 条，核对无误。\n", args[0], s.Members, s.Audit)
				return err
			})
		},
	}
}

func newRestore(a *app) *cobra.Command {
	var replace bool
	cmd := &cobra.Command{
		Use:   "restore 文件",
		Short: "从备份恢复台账",
		Long:  "先核对备份是否完好，再恢复台账。已经有台账的，要加 --replace 才换掉，原来的改名留着。请先停掉 lianwen serve。",
		Args:  exactArgs(1, "请写上备份文件，如 lianwen restore 台账-20261201.db。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := loadConfig(a.configPath)
			if err != nil {
				return err
			}
			return a.restore(cmd.Context(), cfg, args[0], replace)
		},
	}
	cmd.Flags().BoolVar(&replace, "replace", false, "换掉现有的台账（原来的改名留着）")
	return cmd
}

func (a *app) restore(ctx context.Context, cfg *config, from string, replace bool) error {
	if cfg.Ledger.URL != "" {
		return bot.Conflict.Sayf("台账在 PostgreSQL 里，请用 pg_restore 恢复。")
	}
	for _, ch := range a.channels(cfg, nil) {
		if s, ok, err := duty.ReadState(cfg.DataDir, ch.Name()); err == nil && ok && s.Running(time.Now()) {
			return bot.Conflict.Sayf("lianwen serve 正在运行（或者一分半钟以内运行过），没有恢复。请先停掉它再试。")
		}
	}
	file := ledgerFile(cfg)
	summary, kept, err := ledger.Restore(ctx, from, file, replace, time.Now())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return bot.NotFound.Sayf("没有 %s 这个文件。请检查路径。", from)
	case errors.Is(err, ledger.ErrExists):
		return bot.Conflict.Sayf("已经有台账 %s，没有覆盖。确要换成备份，请加 --replace，原来的会改名留着。", file)
	case errors.Is(err, ledger.ErrDamaged):
		return bot.Invalid.Sayf("%s 不是完好的台账备份（%v），没有恢复，现有的台账没有动。", from, err)
	case err != nil:
		return err
	}
	text := fmt.Sprintf("已恢复：在册 %d 人，操作记录 %d 条。", summary.Members, summary.Audit)
	if kept != "" {
		text += "原来的台账在 " + kept + "。"
	}
	_, err = fmt.Fprintln(a.out, text)
	return err
}
