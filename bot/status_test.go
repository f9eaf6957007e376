package bot_test

import (
	"strings"
	"testing"

	"lianwen/bot"
)

// In each state it is known whether questions get answers, whether somebody has
// to do something, and what it is called.
func TestStates(t *testing.T) {
	t.Parallel()
	said := map[string]bot.State{}
	for _, tt := range []struct {
		state     bot.State
		up, hands bool
		words     string
	}{
		{bot.Connecting, false, false, "正在连接"},
		{bot.Waiting, false, true, "等待扫码"},
		{bot.Scanned, false, false, "已扫码，等手机上确认"},
		{bot.Online, true, false, "在线"},
		{bot.Slowed, true, false, "在线，暂缓发送"},
		{bot.Offline, false, false, "连不上企业微信，正在重试"},
		{bot.Lost, false, true, "登录已失效"},
		{bot.Refused, false, true, "企业微信不让这个账号操作"},
		{bot.Stopped, false, false, "已停止"},
		{"", false, false, ""},
	} {
		if tt.state.Up() != tt.up || tt.state.NeedsHands() != tt.hands {
			t.Errorf("%q: up %v, needs hands %v", tt.state, tt.state.Up(), tt.state.NeedsHands())
		}
		got := bot.Status{Label: "企业微信", State: tt.state}.Chinese()
		if got != tt.words || strings.Contains(got, "平台") {
			t.Errorf("%q is called %q, want %q", tt.state, got, tt.words)
		}
		if before, twice := said[got]; twice {
			t.Errorf("%q and %q are both called %q", before, tt.state, got)
		}
		said[got] = tt.state
	}
}
