package main

import (
	"context"
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
	"lianwen/index"
)

// openLedger opens the records.
func openLedger(ctx context.Context, cfg *config) (*ledger.Ledger, error) {
	l, err := ledger.Open(ctx, cfg.Ledger.URL, ledgerFile(cfg))
	if errors.Is(err, ledger.ErrNewer) {
		return nil, bot.Invalid.Sayf("台账是更新版本的程序写的，这个版本读不了。请换用新版本的 lianwen；台账没有改动。")
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

// withLedger runs f with the records open.
func (a *app) withLedger(ctx context.Context, f func(cfg *config, l *ledger.Ledger) error) error {
	cfg, err := loadConfig(a.configPath)
	if err != nil {
		return err
	}
	l, err := openLedger(ctx, cfg)
	if err != nil {
		return err
	}
	return errors.Join(f(cfg, l), l.Close())
}

// withDesk runs f with what staff can do that needs no library.
func (a *app) withDesk(ctx context.Context, f func(cfg *config, d *staff.Desk) error) error {
	return a.withLedger(ctx, func(cfg *config, l *ledger.Ledger) error {
		return f(cfg, staff.New(&staff.Desk{Ledger: l, Location: cfg.location}))
	})
}

// withLibrary runs f with what staff can do.
func (a *app) withLibrary(ctx context.Context, f func(cfg *config, d *staff.Desk) error) error {
	cfg, c, err := a.load()
	if err != nil {
		return err
	}
	l, err := openLedger(ctx, cfg)
	if err != nil {
		return err
	}
	d, err := a.newDesk(cfg, l, day.Fixed(c))
	if err != nil {
		return errors.Join(err, l.Close())
	}
	return errors.Join(f(cfg, d), l.Close())
}

// newDesk makes what staff can do with a library. From December on it says when
// the days off of the next year are missing.
func (a *app) newDesk(cfg *config, l *ledger.Ledger, library day.Library) (*staff.Desk, error) {
	d := staff.New(&staff.Desk{Ledger: l, Library: library, Location: cfg.location})
	schedule, err := newSchedule(cfg, l, d.Reviewer, library)
	if err != nil {
		return nil, err
	}
	if year := day.NextMissingYear(schedule.Calendar, cfg.pushes, time.Now().In(cfg.location)); year != 0 {
		a.log().Warn(missingDaysOff, "year", year)
	}
	if len(cfg.pushes) > 0 {
		d.Schedule = schedule
	}
	return d, nil
}

func newSchedule(cfg *config, l *ledger.Ledger, reviewer *day.Reviewer, library day.Library) (*day.Schedule, error) {
	calendar, err := readCalendar(cfg.Calendar)
	if err != nil {
		return nil, err
	}
	return &day.Schedule{Location: cfg.location, Calendar: calendar, Specs: cfg.pushes, Library: library, Ledger: l, Reviewer: reviewer}, nil
}

// missingDaysOff is said of a year whose days off are not known.
const missingDaysOff = "这一年的放假安排还没有，按周一到周五上班算；国务院公布以后请写进 calendar 指定的文件"

// liveLibrary lends the corpus of the index that answers.
func liveLibrary(live *index.Live) day.Library {
	return func() (*corpus.Corpus, func()) {
		x, release := live.Acquire()
		return x.Corpus(), release
	}
}

// actor is who works at the terminal, for the audit.
func actor() ledger.Actor {
	u, err := user.Current()
	if err != nil {
		return ledger.TerminalActor("")
	}
	return ledger.TerminalActor(u.Username)
}
