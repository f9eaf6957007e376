package duty

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// How long an account belongs to a process that says no more, and how often it
// says so.
const (
	leaseLife  = time.Minute
	leaseEvery = 20 * time.Second
)

// Lease keeps accounts to one process, where several processes share a ledger:
// two that log in as one account would throw each other out for ever.
type Lease struct {
	records *ledger.Ledger
	holder  string // the same after a restart: a crash does not lock its own account
	log     *slog.Logger

	mu     sync.Mutex
	online map[string]string // the account that has come online last, by channel
	news   chan struct{}
}

// NewLease returns the lease of the process that works in dir.
func NewLease(records *ledger.Ledger, dir string, log *slog.Logger) (*Lease, error) {
	host, err := os.Hostname()
	if err != nil {
		return nil, fmt.Errorf("find host name: %w", err)
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, fmt.Errorf("find data_dir: %w", err)
	}
	return &Lease{records: records, holder: host + ":" + dir, log: log, online: map[string]string{}, news: make(chan struct{}, 1)}, nil
}

// Note takes a channel's status. It never waits for the ledger.
func (l *Lease) Note(s bot.Status) {
	if s.State != bot.Online || s.ID == "" {
		return
	}
	l.mu.Lock()
	l.online[s.Channel] = s.Channel + ":" + s.ID
	l.mu.Unlock()
	select {
	case l.news <- struct{}{}:
	default:
	}
}

// Run leases the accounts that come online, and goes on doing so until ctx ends
// or another process has one of them, which is an error.
func (l *Lease) Run(ctx context.Context) error {
	held := map[string]string{} // by channel
	tick := time.NewTicker(leaseEvery)
	defer tick.Stop()
	giveUp := func() error { return l.release(context.WithoutCancel(ctx), slices.Collect(maps.Values(held))...) }
	for {
		select {
		case <-ctx.Done():
			return giveUp()
		case <-l.news:
		case <-tick.C:
		}
		l.mu.Lock()
		online := maps.Clone(l.online)
		l.mu.Unlock()
		for channel, name := range online {
			if before := held[channel]; before != "" && before != name {
				if err := l.release(ctx, before); err != nil {
					l.log.Warn("原来的账号没有让出来", "err", err)
				}
			}
			held[channel] = name
			if err := l.extend(ctx, name); err != nil {
				return errors.Join(err, giveUp())
			}
		}
	}
}

// extend leases an account for a while. Only that another process has it is an
// error: a ledger that cannot be reached now may be later.
func (l *Lease) extend(ctx context.Context, name string) error {
	now := time.Now()
	ours, err := l.records.Lease(ctx, name, l.holder, now.Add(leaseLife), now)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		l.log.Warn("没有记下这个账号由本进程值守，稍后再试", "account", name, "err", err)
	case !ours:
		return bot.Conflict.Sayf("这个账号（%s）正由另一个 lianwen serve 值守（同一个台账）。请只留一个；要换到这里，先停掉那一个，等一分钟再启动。", name)
	}
	return nil
}

func (l *Lease) release(ctx context.Context, names ...string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	var errs []error
	for _, name := range names {
		errs = append(errs, l.records.Release(ctx, name, l.holder))
	}
	return errors.Join(errs...)
}
