package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot/staff"
	"lianwen/bot/wechat/fakeweb"
	"lianwen/index"
)

// shift is what serve does once everything is open, in simulated time and
// without a network.
type shift struct {
	*testing.T
	*app
	cfg    *config
	live   *index.Live
	server *fakeweb.Server
}

// onDuty plays a shift. Nobody asks anything in it: the index is not of the
// bubble.
func onDuty(t *testing.T, extra string, play func(s *shift)) {
	t.Helper()
	t.Parallel()
	dir := t.TempDir()
	if err := giveIndex(dir); err != nil {
		t.Fatal(err)
	}
	log := &safeBuffer{}
	a := &app{streams: &streams{out: log, err: log}, configPath: writeConfig(t, dir, extra), logFormat: logText}
	live, cfg, err := a.openLive(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	a.observe(cfg)
	synctest.Test(t, func(t *testing.T) {
		server := fakeweb.New()
		cfg.Wechat.channel.HTTP = server.Wire()
		play(&shift{t, a, cfg, live, server})
	})
	if t.Failed() {
		t.Log("log:\n" + log.String())
	}
}

// start begins the shift; it ends with the test.
func (s *shift) start() {
	ctx, cancel := context.WithCancel(s.Context())
	ended := make(chan error, 1)
	alarm := s.alarm(s.cfg)
	s.Cleanup(alarm.Wait)
	go func() { ended <- s.onDuty(ctx, s.cfg, s.live, &staff.Desk{}, alarm) }()
	s.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			s.Error(err)
		}
	})
}

// check is what lianwen check would say of the channel now.
func (s *shift) check() *checkResult {
	res := &checkResult{}
	for _, ch := range s.channels(s.cfg, nil) {
		res.channel(s.cfg, ch, time.Now())
	}
	return res
}

// The operator is told, by the command, when the account has been down for a
// while, and when it is back.
func TestOnDutyAlarms(t *testing.T) {
	told := filepath.Join(t.TempDir(), "told")
	read := func() string { raw, _ := os.ReadFile(told); return string(raw) }
	onDuty(t, fmt.Sprintf("[alert]\ncommand = 'echo \"$ALERT_TEXT\" >> %s'\n", told), func(s *shift) {
		s.start()
		time.Sleep(time.Minute)
		s.server.SetAutoScan(false)
		s.server.Kick(1102, false)
		time.Sleep(25 * time.Second)
		if got := read(); got != "" {
			s.Errorf("told at once, though it may come back by itself: %s", got)
		}
		time.Sleep(35 * time.Second)
		if got := read(); !strings.HasPrefix(got, "廉问掉线：等待扫码。请到服务器上扫码") {
			s.Errorf("down for a minute: %q", got)
		}
		time.Sleep(time.Hour)
		s.server.Scan()
		time.Sleep(time.Minute)
		if got := read(); !strings.Contains(got, "\n廉问恢复：微信账号“廉问”在线。\n") || strings.Count(got, "\n") != 2 {
			s.Errorf("a minute after the scan: %q", got)
		}
	})
}

// Without a network it stays, tries calmly and says so; it is online soon after
// there is one.
func TestOnDutyWithoutNetwork(t *testing.T) {
	onDuty(t, "", func(s *shift) {
		s.server.Break("", -1, fakeweb.Drop())
		s.start()
		time.Sleep(time.Hour)
		if n := s.server.PeakRate(); n > 5 {
			s.Errorf("%d requests in a second", n)
		}
		if res := s.check(); len(res.Problems) != 1 || !strings.Contains(res.Problems[0].What, "连不上微信") {
			s.Errorf("check: %+v", res)
		}
		s.server.Mend()
		time.Sleep(time.Minute)
		if res := s.check(); !s.server.Online() || len(res.Problems) > 0 || res.Channels[0].State != "online" {
			s.Errorf("a minute after it was mended: %+v", res)
		}
	})
}
