package main

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"lianwen/bot"
)

// A monitor asks at its own address without logging in; the page is at another. What is
// logged and counted by the program is what they show.
func TestPageAndMonitor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := giveIndex(dir); err != nil {
		t.Fatal(err)
	}
	log := &safeBuffer{}
	a := &app{streams: &streams{out: log, err: log}, configPath: writeConfig(t, dir, "[web]\nmetrics = \"127.0.0.1:0\"\n"), logFormat: logText}
	live, cfg, err := a.openForPage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	a.observe(cfg)
	records, err := openLedger(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer records.Close()
	desk, err := a.newDesk(cfg, records, liveLibrary(live))
	if err != nil {
		t.Fatal(err)
	}
	p, err := a.newPage(t.Context(), cfg, "127.0.0.1:0", live, desk)
	if err != nil {
		t.Fatal(err)
	}
	if taken, err := listen(t.Context(), "metrics", p.monitor.Addr().String()); bot.CodeOf(err) != bot.Unavailable || !strings.Contains(err.Error(), "[web] 的 metrics") {
		t.Errorf("an address that is taken: %v, %v", taken, err)
	}
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.run(ctx) }()
	a.counters.Question("none")
	a.log().Warn("渠道掉线")
	get := func(at, path string) string {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+at+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		raw, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	if got := get(p.monitor.Addr().String(), "/healthz"); got != "ok\n" {
		t.Errorf("/healthz: %s", got)
	}
	metrics := get(p.monitor.Addr().String(), "/metrics")
	for _, want := range []string{`lianwen_questions_total{outcome="none"} 1`, `lianwen_channel_up{channel="wechat"} 0`, "lianwen_ledger_up 1"} {
		if !strings.Contains(metrics, want) {
			t.Errorf("%s is not among\n%s", want, metrics)
		}
	}
	if got := get(p.listener.Addr().String(), "/settings/log"); !strings.Contains(got, "登录") || strings.Contains(got, "掉线") {
		t.Errorf("the page shows anybody\n%s", got)
	}
	if list, _ := p.Logbook.Newest(0, "掉线", 0, 9); len(list) != 1 {
		t.Errorf("in the log of the page: %+v", list)
	}
	end()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
