package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
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
					return bot.Sayf("台账在 PostgreSQL 里，请用它自己的工具备份：pg_dump -Fc -f %s \"数据库地址\"；恢复用 pg_restore。", args[0])
				case errors.Is(err, fs.ErrExist):
					return bot.Sayf("%s 已经有了，没有覆盖。请换一个文件名。", args[0])
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
		return bot.Sayf("台账在 PostgreSQL 里，请用 pg_restore 恢复。")
	}
	if s, ok, err := readState(wechatDir(cfg)); err == nil && ok && s.running(time.Now()) {
		return bot.Sayf("lianwen serve 正在运行（或者一分半钟以内运行过），没有恢复。请先停掉它再试。")
	}
	summary, err := ledger.Examine(ctx, from)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return bot.Sayf("没有 %s 这个文件。请检查路径。", from)
	case err != nil:
		return bot.Sayf("%s 不是完好的台账备份（%v），没有恢复，现有的台账没有动。", from, err)
	}
	file := ledgerFile(cfg)
	kept := ""
	if _, err := os.Stat(file); err == nil {
		if !replace {
			return bot.Sayf("已经有台账 %s，没有覆盖。确要换成备份，请加 --replace，原来的会改名留着。", file)
		}
		kept = file + time.Now().Format(".20060102-150405")
	}
	next := file + ".restoring"
	if err := copyFile(cfg.DataDir, from, next); err != nil {
		return errors.Join(fmt.Errorf("restore: %w", err), os.RemoveAll(next))
	}
	if kept != "" {
		if err := setAside(ctx, cfg, file, kept); err != nil {
			return fmt.Errorf("restore: %w", err)
		}
	}
	if err := os.Rename(next, file); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	text := fmt.Sprintf("已恢复：在册 %d 人，操作记录 %d 条。", summary.Members, summary.Audit)
	if kept != "" {
		text += "原来的台账在 " + kept + "。"
	}
	_, err = fmt.Fprintln(a.out, text)
	return err
}

// setAside renames the ledger, once what is still in its journal is in it.
func setAside(ctx context.Context, cfg *config, file, kept string) error {
	l, err := openLedger(ctx, cfg)
	if err == nil {
		err = l.Close() // the last to close takes the journal in
	}
	if err != nil {
		// A ledger that cannot be opened is kept as it is, journal and all.
		for _, suffix := range []string{"-wal", "-shm"} {
			if err := os.Rename(file+suffix, kept+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return os.Rename(file, kept)
}

// copyFile copies, and is done when the copy is on the disk.
func copyFile(dir, from, to string) (err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
