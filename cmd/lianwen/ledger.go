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

// newOutbox makes what sends the pushes, or nil when none are configured. The
// plan is made from the library as it is when it is asked for.
func (a *app) newOutbox(cfg *config, channel *wechat.Channel, records bot.Records, live *index.Live) (*bot.Outbox, error) {
	if len(cfg.pushes) == 0 {
		return nil, nil
	}
	calendar, err := readCalendar(cfg.Calendar)
	if err != nil {
		return nil, err
	}
	library := func() (*corpus.Corpus, func()) {
		x, release := live.Acquire()
		return x.Corpus(), release
	}
	return bot.NewOutbox(bot.Outbox{
		Channel: channel, Ready: channel.Ready, Records: records, Location: cfg.location, Limit: cfg.PushLimit, Log: a.log(), Library: library,
		Plan: func(from, to corpus.Date) []bot.Push {
			c, release := library()
			defer release()
			return bot.Plan(from, to, cfg.location, calendar, c, cfg.pushes)
		},
	}), nil
}
