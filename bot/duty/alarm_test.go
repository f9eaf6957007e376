package duty

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot"
)

// robot is a group robot's webhook; it fails as often as told.
type robot struct {
	mu    sync.Mutex
	fails int
	calls int
	texts []string
}

func (r *robot) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls++
	if r.fails > 0 {
		r.fails--
		return nil, errors.New("connection refused")
	}
	var body struct {
		MsgType string `json:"msgtype"`
		Text    struct{ Content string }
	}
	if err := json.NewDecoder(req.Body).Decode(&body); err != nil || body.MsgType != "text" {
		return &http.Response{StatusCode: 400, Body: http.NoBody}, nil
	}
	r.texts = append(r.texts, body.Text.Content)
	return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(`{"errcode":0}`))}, nil
}

// told is what it was told so far.
func (r *robot) told() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.texts)
}

// newAlarm is an alarm that calls this robot.
func newAlarm(t *testing.T, r http.RoundTripper) *Alarm {
	a := NewAlarm(Ways{Webhook: "https://robot.example/send?key=secret"}, t.TempDir(), slog.New(slog.DiscardHandler))
	a.client = &http.Client{Transport: r}
	return a
}

func TestAlarm(t *testing.T) {
	t.Parallel()
	type step struct {
		after time.Duration
		state bot.State
	}
	for _, tt := range []struct {
		name  string
		fails int
		steps []step
		want  []string // how what is told begins
		calls int
	}{
		{"all is well", 0, []step{{0, bot.Connecting}, {time.Second, bot.Online}, {time.Hour, bot.Slowed}, {time.Minute, bot.Online}}, nil, 0},
		{"mended at once", 0, []step{{0, bot.Online}, {time.Hour, bot.Lost}, {20 * time.Second, bot.Online}}, nil, 0},
		{"mended just in time", 0, []step{{0, bot.Online}, {time.Hour, bot.Lost}, {30*time.Second - 1, bot.Online}}, nil, 0},
		{"mended just too late", 0, []step{{0, bot.Online}, {time.Hour, bot.Lost}, {30*time.Second + 1, bot.Online}}, []string{"廉问掉线：登录已失效", "廉问恢复：微信账号“廉问”在线"}, 2},
		{"down and back", 0, []step{{0, bot.Online}, {time.Hour, bot.Offline}, {time.Hour, bot.Online}}, []string{"廉问掉线：连不上微信，正在重试", "廉问恢复："}, 2},
		{"several states are one alarm", 0, []step{{0, bot.Online}, {time.Hour, bot.Lost}, {time.Second, bot.Connecting}, {time.Second, bot.Waiting}, {time.Hour, bot.Scanned}}, []string{"廉问掉线：等待扫码。请到服务器上扫码"}, 1},
		{"refused", 0, []step{{0, bot.Online}, {time.Hour, bot.Refused}}, []string{"廉问掉线：微信不让这个账号操作。请先用手机登录"}, 1},
		{"the first scan", 0, []step{{0, bot.Waiting}, {2 * time.Minute, bot.Online}}, nil, 0},
		{"the first scan, just in time", 0, []step{{0, bot.Waiting}, {3*time.Minute - 1, bot.Online}}, nil, 0},
		{"the first scan, just too late", 0, []step{{0, bot.Waiting}, {3*time.Minute + 1, bot.Online}}, []string{"廉问掉线：等待扫码", "廉问恢复："}, 2},
		{"nobody scans", 0, []step{{0, bot.Waiting}}, []string{"廉问掉线：等待扫码"}, 1},
		{"stopped", 0, []step{{0, bot.Online}, {time.Hour, bot.Stopped}}, nil, 0},
		{"the robot is down for a moment", 2, []step{{0, bot.Online}, {time.Hour, bot.Offline}}, []string{"廉问掉线："}, 3},
		{"the robot is gone", 99, []step{{0, bot.Online}, {time.Hour, bot.Offline}}, nil, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := &robot{fails: tt.fails}
				a := newAlarm(t, r)
				for _, step := range tt.steps {
					time.Sleep(step.after)
					a.Note(t.Context(), bot.Status{Channel: "wechat", Label: "微信", State: step.state, Account: "廉问"})
					synctest.Wait()
				}
				time.Sleep(10 * time.Minute)
				a.Wait()
				if r.calls != tt.calls || !slices.EqualFunc(r.texts, tt.want, strings.HasPrefix) {
					t.Errorf("told %q in %d calls, want %q in %d", r.texts, r.calls, tt.want, tt.calls)
				}
			})
		})
	}
}

// Where there is a page, a code is scanned there.
func TestAlarmNamesPage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &robot{}
		a := newAlarm(t, r)
		a.ways.Page = "https://lianwen.example"
		a.Note(t.Context(), bot.Status{Channel: "wechat", Label: "微信", State: bot.Waiting})
		time.Sleep(time.Hour)
		a.Wait()
		if want := "廉问掉线：等待扫码。请登录网页 https://lianwen.example ，在“今天”里扫码。"; !slices.Equal(r.texts, []string{want}) {
			t.Errorf("told %q, want %q", r.texts, want)
		}
	})
}

// Each account is told of by itself.
func TestAlarmOfTwo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &robot{}
		a := newAlarm(t, r)
		note := func(channel, label string, state bot.State) {
			a.Note(t.Context(), bot.Status{Channel: channel, Label: label, State: state, Account: "廉问"})
		}
		note("wechat", "微信", bot.Online)
		note("wecom", "企业微信", bot.Online)
		note("wechat", "微信", bot.Offline)
		note("wecom", "企业微信", bot.Refused)
		note("wecom", "企业微信", bot.Slowed) // back at once
		time.Sleep(time.Hour)
		note("wecom", "企业微信", bot.Offline)
		note("wechat", "微信", bot.Online)
		time.Sleep(time.Hour)
		a.Wait()
		want := []string{"廉问掉线：连不上微信", "廉问恢复：微信账号", "廉问掉线：连不上企业微信"}
		if !slices.EqualFunc(r.texts, want, strings.HasPrefix) {
			t.Errorf("told %q", r.texts)
		}
	})
}

// The robot's address is a secret: no error has it.
func TestAlarmSecret(t *testing.T) {
	t.Parallel()
	a := newAlarm(t, &robot{fails: 1})
	if err := a.webhook(t.Context(), "廉问掉线"); err == nil || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("got %v", err)
	}
	a.ways.Webhook = "://secret"
	if err := a.webhook(t.Context(), "廉问掉线"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
}

// It is told within a minute.
func TestAlarmIsSoon(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &robot{}
		a := newAlarm(t, r)
		a.Note(t.Context(), bot.Status{Channel: "wechat", Label: "微信", State: bot.Online})
		a.Note(t.Context(), bot.Status{Channel: "wechat", Label: "微信", State: bot.Lost})
		time.Sleep(time.Minute)
		a.Wait()
		if len(r.texts) != 1 {
			t.Errorf("told %q within a minute", r.texts)
		}
	})
}

// What the channel says of it is passed on.
func TestAlarmDetail(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &robot{}
		a := newAlarm(t, r)
		a.Note(t.Context(), bot.Status{Channel: "wechat", Label: "微信", State: bot.Refused, Detail: "1102"})
		time.Sleep(time.Hour)
		a.Wait()
		if want := "廉问掉线：微信不让这个账号操作（1102）。请先用手机登录这个账号，处理安全提示。"; len(r.texts) != 1 || r.texts[0] != want {
			t.Errorf("told %q, want %q", r.texts, want)
		}
	})
}

func TestNoAlarm(t *testing.T) {
	t.Parallel()
	var a *Alarm
	a.Note(t.Context(), bot.Status{Channel: "wechat", State: bot.Lost})
	a.Tell(t.Context(), "廉问掉线")
	a.Wait()
}

// Told that the network is down, the operator also hears that a scan is needed.
func TestAlarmTurnsIntoScan(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &robot{}
		a := newAlarm(t, r)
		for _, s := range []bot.State{bot.Online, bot.Offline, bot.Lost, bot.Connecting, bot.Waiting} {
			a.Note(t.Context(), bot.Status{Channel: "wechat", Label: "微信", State: s})
			time.Sleep(10 * time.Minute)
		}
		a.Wait()
		if len(r.texts) != 2 || !strings.Contains(r.texts[1], "扫码") {
			t.Errorf("told %q", r.texts)
		}
	})
}

// deaf is a robot that refuses.
type deaf struct{ calls int }

func (d *deaf) RoundTrip(*http.Request) (*http.Response, error) {
	d.calls++
	return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(`{"errcode":310000,"errmsg":"keywords not in content"}`))}, nil
}

// A robot that refuses says so in the body, with status 200.
func TestAlarmRefusedByRobot(t *testing.T) {
	t.Parallel()
	d := &deaf{}
	a := newAlarm(t, d)
	if err := a.webhook(t.Context(), "廉问掉线"); err == nil {
		t.Error("a refusal was taken for success")
	}
}
