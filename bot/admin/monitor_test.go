package admin

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/duty"
	"lianwen/bot/ledger"
)

// asked is what a monitor is told.
func (s *site) asked(path string) (status int, body string) {
	s.t.Helper()
	w := httptest.NewRecorder()
	s.monitor().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

// A monitor is told how things stand and what was counted, without logging in.
func TestMetrics(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Channels = []Channel{{"wechat", "微信"}, {"wecom", "企业微信"}} })
	for i, state := range []ledger.PushState{ledger.PushSent, ledger.PushSent, ledger.PushFailed} {
		p := ledger.Push{Name: "story", Target: "group:" + string(rune('甲'+i)), Date: s.Desk.Today()}
		_, err := s.Desk.Ledger.ClaimPush(t.Context(), p, s.now)
		must(t, err)
		must(t, s.Desk.Ledger.SettlePush(t.Context(), ledger.PushRecord{Push: p, State: state}))
	}
	must(t, os.Mkdir(filepath.Join(s.DataDir, "wechat"), 0o700))
	raw, err := json.Marshal(duty.LastState{State: bot.Online, Beat: time.Now()})
	must(t, err)
	must(t, os.WriteFile(filepath.Join(s.DataDir, "wechat", "state.json"), raw, 0o600))
	for _, outcome := range []string{ledger.AskedNone, ledger.AskedNone, ledger.AskedAnswered} {
		s.Counters.Question(outcome)
	}
	c := s.as(ledger.RoleView)
	c.get("/settings/history")
	c.get("/settings/backup") // only 管理 may
	c.get("/nowhere/张三")
	status, body := s.asked("/metrics")
	says(t, status, body, http.StatusOK,
		`lianwen_questions_total{outcome="none"} 2`, `lianwen_questions_total{outcome="answered"} 1`, `lianwen_questions_total{outcome="choices"} 0`,
		`lianwen_pushes{state="sent"} 2`, `lianwen_pushes{state="failed"} 1`, `lianwen_pushes{state="uncertain"} 0`,
		`lianwen_channel_up{channel="wechat"} 1`, `lianwen_channel_up{channel="wecom"} 0`, "lianwen_ledger_up 1", "lianwen_index_articles ", "lianwen_index_age_seconds ",
		`lianwen_http_requests_total{route="GET /settings/history",status="200"} 1`, `lianwen_http_requests_total{route="GET /settings/backup",status="403"} 1`,
		`lianwen_http_requests_total{route="/",status="404"} 1`, `lianwen_http_request_seconds_bucket{route="GET /settings/history",le="30"} 1`, "go_goroutines ",
	)
	for _, word := range []string{"张三", "学习群", "A01", names[ledger.RoleView], s.DataDir} {
		if strings.Contains(body, word) {
			t.Errorf("%s is among the figures", word)
		}
	}
}

// /healthz is for who decides whether the program is to be started anew.
func TestHealth(t *testing.T) {
	s := newSite(t)
	if status, body := s.asked("/healthz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("%d %s", status, body)
	}
	if status, _ := s.asked("/settings"); status != http.StatusNotFound {
		t.Errorf("a monitor is shown other pages: %d", status)
	}
	must(t, s.Desk.Ledger.Close())
	if status, body := s.asked("/healthz"); status != http.StatusServiceUnavailable || body != "ledger\n" {
		t.Errorf("without a ledger: %d %s", status, body)
	}
	status, body := s.asked("/metrics")
	says(t, status, body, http.StatusOK, "lianwen_ledger_up 0", "lianwen_index_articles ")
	if strings.Contains(body, "lianwen_pushes") {
		t.Error("pushes are counted without a ledger")
	}
}

// On the page's own address only those see it who are logged in.
func TestMonitorOnThePage(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/healthz", "/metrics"} {
		if status, body := s.nobody().get(path); strings.Contains(body, "go_goroutines") || strings.HasPrefix(body, "ok") {
			t.Errorf("%s tells anybody: %d %s", path, status, body)
		}
	}
	status, body := s.as(ledger.RoleView).get("/healthz")
	says(t, status, body, http.StatusOK, "ok\n")
	status, body = s.as(ledger.RoleView).get("/metrics")
	says(t, status, body, http.StatusOK, "lianwen_ledger_up 1")
}

// A monitor's listener answers until it is told to end.
func TestServeMonitor(t *testing.T) {
	s := newSite(t)
	var listening net.ListenConfig
	listener, err := listening.Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.ServeMonitor(ctx, listener) }()
	c := s.nobody()
	c.base = "http://" + listener.Addr().String()
	status, body := c.get("/healthz")
	says(t, status, body, http.StatusOK, "ok\n")
	end()
	if err := <-ended; err != nil && !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
}

// What a handler answers is counted, also where it says nothing or panics.
func TestMeasured(t *testing.T) {
	c := NewCounters()
	for name, answer := range map[string]http.HandlerFunc{
		"silent": func(http.ResponseWriter, *http.Request) {},
		"text":   func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("x")) },
		"twice": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusTeapot)
			w.WriteHeader(http.StatusOK)
		},
		"panic": func(http.ResponseWriter, *http.Request) { panic("no") },
	} {
		func() {
			defer func() { _ = recover() }()
			c.measured(name, answer).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
		}()
	}
	var e exposition
	c.write(&e)
	for name, want := range map[string]string{"silent": "200", "text": "200", "twice": "418", "panic": "500"} {
		if line := "lianwen_http_requests_total{route=\"" + name + "\",status=\"" + want + "\"} 1\n"; !strings.Contains(e.String(), line) {
			t.Errorf("%s is not counted as %s:\n%s", name, want, &e)
		}
	}
}

// Figures are written as the format has it, whatever a label holds.
func TestExposition(t *testing.T) {
	var e exposition
	e.gauge("a", "Some.", 1.5)
	e.sample("b", 1e9, "x", "a\"b\\c\nd", "y", "中")
	h := newHistogram()
	for _, seconds := range []float64{.005, .0051, 29, 31} {
		h.observe(seconds)
	}
	e.histogram("h", h, "r", "GET /")
	const want = `# HELP a Some.
# TYPE a gauge
a 1.5
b{x="a\"b\\c\nd",y="中"} 1e+09
h_bucket{r="GET /",le="0.005"} 1
h_bucket{r="GET /",le="0.01"} 2
h_bucket{r="GET /",le="0.025"} 2
h_bucket{r="GET /",le="0.05"} 2
h_bucket{r="GET /",le="0.1"} 2
h_bucket{r="GET /",le="0.15"} 2
h_bucket{r="GET /",le="0.25"} 2
h_bucket{r="GET /",le="0.5"} 2
h_bucket{r="GET /",le="1"} 2
h_bucket{r="GET /",le="5"} 2
h_bucket{r="GET /",le="30"} 3
h_bucket{r="GET /",le="+Inf"} 4
h_sum{r="GET /"} 60.0101
h_count{r="GET /"} 4
`
	if e.String() != want {
		t.Errorf("got\n%s", &e)
	}
}
