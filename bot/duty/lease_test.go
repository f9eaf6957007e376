package duty

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// free reports whether an account could be another process's now.
func free(t *testing.T, l *ledger.Ledger, account string) bool {
	t.Helper()
	now := time.Now()
	ok, err := l.Lease(t.Context(), account, "another process", now.Add(time.Second), now)
	if err != nil {
		t.Fatal(err)
	}
	if ok {
		if err := l.Release(t.Context(), account, "another process"); err != nil {
			t.Fatal(err)
		}
	}
	return ok
}

func newLease(t *testing.T, l *ledger.Ledger, dir string, log *slog.Logger) *Lease {
	t.Helper()
	lease, err := NewLease(l, dir, log)
	if err != nil {
		t.Fatal(err)
	}
	return lease
}

func online(channel, id string) bot.Status {
	return bot.Status{Channel: channel, State: bot.Online, ID: id}
}

// Each account that comes online belongs to the process as long as it runs; when
// another logs in by a channel, the one before is given up.
func TestLeases(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		l := w.Open(t)
		lease := newLease(t, l, "data", slog.New(slog.DiscardHandler))
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- lease.Run(ctx) }()
		held := func(when string, want map[string]bool) {
			t.Helper()
			synctest.Wait()
			for account, is := range want {
				if free(t, l, account) == is {
					t.Errorf("%s: %s is held: %v", when, account, !is)
				}
			}
		}
		for _, s := range []bot.Status{
			{Channel: "wechat", State: bot.Waiting, ID: "1"}, {Channel: "wechat", State: bot.Online}, {Channel: "wecom", State: bot.Slowed, ID: "2"},
		} {
			lease.Note(s)
		}
		held("before any is online", map[string]bool{"wechat:1": false, "wechat:": false, "wecom:2": false})
		lease.Note(online("wechat", "1"))
		lease.Note(online("wecom", "1"))
		held("online", map[string]bool{"wechat:1": true, "wecom:1": true, "wechat:2": false})
		time.Sleep(10 * leaseLife)
		held("much later", map[string]bool{"wechat:1": true, "wecom:1": true})
		lease.Note(bot.Status{Channel: "wechat", State: bot.Offline, ID: "1"}) // it will be back
		held("offline", map[string]bool{"wechat:1": true, "wecom:1": true})
		lease.Note(online("wechat", "2"))
		held("as somebody else", map[string]bool{"wechat:1": false, "wechat:2": true, "wecom:1": true})
		cancel()
		if err := endOf(t, ended); err != nil {
			t.Errorf("it ends with %v", err)
		}
		held("in the end", map[string]bool{"wechat:1": false, "wechat:2": false, "wecom:1": false})
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
}

// A process that dies without a word keeps its account for a minute.
func TestLeaseRunsOut(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		l := w.Open(t)
		lease := newLease(t, l, "data", slog.New(slog.DiscardHandler))
		if err := lease.extend(t.Context(), "wechat:1"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(leaseLife - time.Millisecond)
		if free(t, l, "wechat:1") {
			t.Error("it was given up too soon")
		}
		if again := newLease(t, l, "data", slog.New(slog.DiscardHandler)); again.extend(t.Context(), "wechat:1") != nil {
			t.Error("the process itself does not get it back when it starts again")
		}
		if other := newLease(t, l, "other data", slog.New(slog.DiscardHandler)); bot.CodeOf(other.extend(t.Context(), "wechat:1")) != bot.Conflict {
			t.Error("a process with another folder gets it")
		}
		time.Sleep(leaseLife)
		if !free(t, l, "wechat:1") {
			t.Error("it was never given up")
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
}

// An account that another process has ends the duty, all channels of it, and the
// error says which; what the process had is free for others.
func TestLeaseTaken(t *testing.T) {
	t.Parallel()
	dir, w := t.TempDir(), ledgertest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		l := w.Open(t)
		now := time.Now()
		if ok, err := l.Lease(t.Context(), "wecom:1", "a third process", now.Add(time.Hour), now); !ok || err != nil {
			t.Fatal(ok, err)
		}
		a, b := newPost("wechat"), newPost("wecom")
		d := newDuty(dir, a, b)
		d.Lease = newLease(t, l, dir, slog.New(slog.DiscardHandler))
		ended := runs(t.Context(), d)
		d.Report(online("wechat", "1"))
		synctest.Wait()
		if free(t, l, "wechat:1") || !a.running() || !b.running() {
			t.Errorf("before: wechat runs %v, wecom %v", a.running(), b.running())
		}
		d.Report(online("wecom", "1"))
		err := endOf(t, ended)
		if bot.CodeOf(err) != bot.Conflict || !strings.Contains(err.Error(), "这个账号（wecom:1）正由另一个 lianwen serve 值守") {
			t.Errorf("got %v", err)
		}
		if a.running() || b.running() || a.stopped == nil || b.stopped == nil {
			t.Errorf("afterwards: wechat runs %v, wecom %v", a.running(), b.running())
		}
		if !free(t, l, "wechat:1") || free(t, l, "wecom:1") {
			t.Error("what the process had is not free, or what it did not have is")
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
}

// A ledger that cannot be reached for a while is no reason to stop answering.
func TestLeaseWithoutLedger(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		var log safeBuffer
		l := w.Open(t)
		lease := newLease(t, l, "data", slog.New(slog.NewTextHandler(&log, nil)))
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- lease.Run(ctx) }()
		lease.Note(online("wechat", "1"))
		time.Sleep(time.Hour)
		select {
		case err := <-ended:
			t.Fatalf("it has ended: %v", err)
		default:
		}
		if got := strings.Count(log.String(), "没有记下这个账号由本进程值守"); got != int(time.Hour/leaseEvery) && got != int(time.Hour/leaseEvery)+1 {
			t.Errorf("said %d times in an hour", got)
		}
		cancel()
		if err := endOf(t, ended); err == nil {
			t.Error("that the account was not given up is not said")
		}
	})
}
