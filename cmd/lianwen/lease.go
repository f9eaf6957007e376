package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/wechat"
)

// How long an account belongs to a process that says no more, and how often it
// says so.
const (
	leaseLife  = time.Minute
	leaseEvery = 20 * time.Second
)

// leaser keeps an account to one process, where several processes share a
// ledger: two that log in as one account would throw each other out for ever.
type leaser struct {
	records  *ledger.Ledger
	holder   string // the same after a restart: a crash does not lock its own account
	log      *slog.Logger
	accounts chan string // the account that has come online
}

func newLeaser(cfg *config, records *ledger.Ledger, log *slog.Logger) (*leaser, error) {
	host, err := os.Hostname()
	if err != nil {
		return nil, fmt.Errorf("find host name: %w", err)
	}
	dir, err := filepath.Abs(cfg.DataDir)
	if err != nil {
		return nil, fmt.Errorf("find data_dir: %w", err)
	}
	return &leaser{records: records, holder: host + ":" + dir, log: log, accounts: make(chan string, 1)}, nil
}

// note takes the channel's status. It never waits.
func (l *leaser) note(s wechat.Status) {
	if s.State != wechat.Online || s.ID == "" || s.ID == "0" {
		return
	}
	select {
	case l.accounts <- s.ID:
	default: // one is waiting to be taken, and it is this one: an account changes only by a scan
	}
}

// run leases the account that comes online, and goes on doing so until ctx ends
// or another process has it, which is an error.
func (l *leaser) run(ctx context.Context) error {
	name := ""
	tick := time.NewTicker(leaseEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return l.release(context.WithoutCancel(ctx), name)
		case id := <-l.accounts:
			if next := wechat.Name + ":" + id; next != name {
				if err := l.release(ctx, name); err != nil {
					l.log.Warn("原来的微信账号没有让出来", "err", err)
				}
				name = next
			}
		case <-tick.C:
		}
		if name == "" {
			continue
		}
		now := time.Now()
		held, err := l.records.Lease(ctx, name, l.holder, now.Add(leaseLife), now)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			l.log.Warn("没有记下这个微信账号由本进程值守，稍后再试", "err", err)
		case !held:
			return bot.Sayf("这个微信账号正由另一个 lianwen serve 值守（同一个台账）。请只留一个；要换到这里，先停掉那一个，等一分钟再启动。")
		}
	}
}

func (l *leaser) release(ctx context.Context, name string) error {
	if name == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return l.records.Release(ctx, name, l.holder)
}
