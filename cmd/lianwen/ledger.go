package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

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

// existingLedger opens the records for reading; nil when there are none yet.
func existingLedger(ctx context.Context, cfg *config) (*ledger.Ledger, error) {
	if _, err := os.Stat(ledgerFile(cfg)); cfg.Ledger.URL == "" && err != nil {
		return nil, nil
	}
	return openLedger(ctx, cfg)
}

func ledgerFile(cfg *config) string { return filepath.Join(cfg.DataDir, "ledger.db") }

// planner returns the plan as the library and the records are when it is asked
// for. From December on it says when the days off of the next year are missing.
func planner(cfg *config, live *index.Live, records bot.Records, log *slog.Logger) (bot.PlanFunc, error) {
	calendar, err := readCalendar(cfg.Calendar)
	if err != nil {
		return nil, err
	}
	if year := missingYear(cfg, calendar, time.Now()); year != 0 {
		log.Warn("这一年的放假安排还没有，按周一到周五上班算；国务院公布以后请写进 calendar 指定的文件", "year", year)
	}
	reviewer := &bot.Reviewer{Records: records, Now: time.Now}
	return func(ctx context.Context, from, to corpus.Date) ([]bot.Push, error) {
		x, release := live.Acquire()
		defer release()
		p := bot.Planner{Location: cfg.location, Calendar: calendar, Corpus: x.Corpus(), Specs: cfg.pushes}
		if err := errors.Join(reviewer.Look(ctx, x.Corpus()), p.Fill(ctx, records, from, to)); err != nil {
			return nil, err
		}
		return p.Plan(from, to), nil
	}, nil
}

// newOutbox makes what sends the pushes.
func (a *app) newOutbox(cfg *config, channel *wechat.Channel, records bot.Records, live *index.Live, plan bot.PlanFunc) *bot.Outbox {
	return bot.NewOutbox(bot.Outbox{
		Channel: channel, Ready: channel.Ready, Records: records, Location: cfg.location, Plan: plan, Limit: cfg.PushLimit, Log: a.log(),
		Library: func() (*corpus.Corpus, func()) {
			x, release := live.Acquire()
			return x.Corpus(), release
		},
	})
}
