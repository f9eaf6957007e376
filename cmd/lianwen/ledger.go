package main

import (
	"context"
	"errors"
	"os/user"
	"path/filepath"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
	"lianwen/index"
)

// ledgerFile is the ledger in the data folder.
func ledgerFile(cfg *config) string { return filepath.Join(cfg.DataDir, "ledger.db") }

// ledgerSource is where the records are.
func ledgerSource(cfg *config) ledger.Source {
	return ledger.Source{URL: cfg.Ledger.URL, File: ledgerFile(cfg), Conns: cfg.Ledger.Connections, Held: cfg.held}
}

// openLedger opens the records.
func openLedger(ctx context.Context, cfg *config) (*ledger.Ledger, error) {
	l, err := ledger.Open(ctx, ledgerSource(cfg))
	return l, ledgerError(cfg, err)
}

// openServing opens the records for serve.
func openServing(ctx context.Context, cfg *config) (*ledger.Ledger, error) {
	l, err := openLedger(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := l.Serve(ctx); err != nil {
		return nil, errors.Join(ledgerError(cfg, err), l.Close())
	}
	return l, nil
}

// existingLedger opens the records; nil when there are none yet.
func existingLedger(ctx context.Context, cfg *config) (*ledger.Ledger, error) {
	l, err := openExisting(ctx, cfg)
	return l, ledgerError(cfg, err)
}

func openExisting(ctx context.Context, cfg *config) (*ledger.Ledger, error) {
	source := ledgerSource(cfg)
	if has, err := source.Exists(); err != nil || !has {
		return nil, err
	}
	return ledger.Open(ctx, source)
}

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
		return f(cfg, staff.New(&staff.Desk{Ledger: l, Location: cfg.location, Unit: cfg.Unit}))
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
	d := staff.New(&staff.Desk{Ledger: l, Library: library, Location: cfg.location, Unit: cfg.Unit, Caps: cfg.caps(), Waiver: cfg.Relief.waiver(), Dir: cfg.Library, JudgedFile: judgedFile(cfg)})
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
