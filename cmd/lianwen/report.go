package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

func newReport(a *app) *cobra.Command {
	var from, to, file string
	cmd := &cobra.Command{
		Use:     "report",
		Short:   "导出参与情况（xlsx）",
		Long:    "导出一段时间的参与情况：按委员、逐次、按界别、按专委会。只统计是否参加，不统计对错，不排名；已截止的题才计入。",
		Example: "  lianwen report --from 2026-01-01 --to 2026-12-31 -o 参与情况.xlsx",
		Args:    exactArgs(0, "report 后面不用写别的；日期用 --from、--to，文件用 -o 指定。"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			first, last, err := bot.DateRange(from, to)
			if err != nil {
				return err
			}
			if file == "" {
				return &usageError{"请用 -o 写上文件名，如 -o 参与情况.xlsx。"}
			}
			return a.withLedger(cmd.Context(), func(cfg *config, l *ledger.Ledger) error {
				return a.report(cmd.Context(), cfg, l, first, last, file, time.Now())
			})
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "从哪天起，如 2026-01-01")
	cmd.Flags().StringVar(&to, "to", "", "到哪天止")
	cmd.Flags().StringVarP(&file, "output", "o", "", "写到哪个 xlsx 文件")
	return cmd
}

// report writes beside the file and puts it in its place when it is whole.
func (a *app) report(ctx context.Context, cfg *config, l *ledger.Ledger, from, to corpus.Date, file string, now time.Time) (err error) {
	table, err := bot.Tally(ctx, l, from, to, now)
	if err != nil {
		return err
	}
	next := file + ".new"
	f, err := os.Create(next)
	if err != nil {
		return bot.Sayf("写不了 %s：%v。", file, errors.Unwrap(err))
	}
	err = errors.Join(bot.WriteReport(f, table, now.In(cfg.location)), f.Close())
	if err == nil {
		err = os.Rename(next, file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(next))
	}
	_, err = fmt.Fprintf(a.out, "已写出 %s：%d 名委员，%d 道已截止的题（另有 %d 道还没有截止，没有计入）。\n", file, len(table.Rows), len(table.Rounds), table.Open)
	return err
}
