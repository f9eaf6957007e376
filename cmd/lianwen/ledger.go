package main

import (
	"context"
	"errors"
	"path/filepath"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/wechat"
	"lianwen/corpus"
	"lianwen/index"
)

// openLedger opens the records.
func openLedger(ctx context.Context, cfg *config) (*ledger.Ledger, error) {
	l, err := ledger.Open(ctx, cfg.Ledger.URL, ledgerFile(cfg))
	if errors.Is(err, ledger.ErrNewer) {
		return nil, bot.Sayf("台账是更新版本的程序写的，这个版本读不了。请换用新版本的 lianwen；台账没有改动。")
	}
	return l, err
}

func ledgerFile(cfg *config) string { return filepath.Join(cfg.DataDir, "ledger.db") }

// planner returns the plan as the library is when it is asked for.
func planner(cfg *config, live *index.Live) (func(from, to corpus.Date) []bot.Push, error) {
	calendar, err := readCalendar(cfg.Calendar)
	if err != nil {
		return nil, err
	}
	return func(from, to corpus.Date) []bot.Push {
		x, release := live.Acquire()
		defer release()
		return bot.Plan(from, to, cfg.location, calendar, x.Corpus(), cfg.pushes)
	}, nil
}

// newOutbox makes what sends the pushes.
func (a *app) newOutbox(cfg *config, channel *wechat.Channel, records bot.Records, live *index.Live, plan func(from, to corpus.Date) []bot.Push) *bot.Outbox {
	return bot.NewOutbox(bot.Outbox{
		Channel: channel, Ready: channel.Ready, Records: records, Location: cfg.location, Plan: plan, Limit: cfg.PushLimit, Log: a.log(),
		Library: func() (*corpus.Corpus, func()) {
			x, release := live.Acquire()
			return x.Corpus(), release
		},
	})
}
