package staff_test

import (
	"strings"
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// Whatever became of a push, it is said what to do about it; nothing where nothing is.
func TestNext(t *testing.T) {
	t.Parallel()
	due := time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	until := due.Add(time.Hour)
	for _, tt := range []struct {
		state          ledger.PushState
		detail, signed string
		paused         bool
		at             time.Time
		want           string
	}{
		{"", "", "", false, due, ""},
		{"", "", "", false, due.Add(1), "请看渠道是不是在线"},
		{"", "", "", false, until, "直到 12月1日09:00"},
		{"", "", "", false, until.Add(1), "不会再发"},
		{"", "", "", true, until, "恢复以后"},
		{"", "", "", true, until.Add(1), "不会再发"},
		{"", "", day.SignedWords, false, due, ""},
		{"", "", day.UnsignedDetail, false, due, "请在“签发”里看过、批准"},
		{"", "", day.UnsignedDetail, true, due, "恢复以后"},
		{ledger.PushWaiting, "现在是安静时段", "", false, due, "会自动再试，直到 12月1日09:00"},
		{ledger.PushWaiting, day.UnsignedDetail, day.UnsignedDetail, false, due, "请在“签发”里"},
		{ledger.PushWaiting, "现在是安静时段", "", false, until.Add(1), "不会再发"},
		{ledger.PushSent, "", "", true, due, ""},
		{staffOver, "", "", false, due, ""},
		{ledger.PushClaimed, "", "", false, due, "请等一会儿"},
		{ledger.PushUncertain, "不知道有没有发出", "", false, due, "核实"},
		{ledger.PushFailed, "没有找到群“甲”：请用登录的微信号打开这个群", "", false, due, "打开这个群"},
		{ledger.PushFailed, "微信不让这个账号操作（1203）", "", false, due, "用手机登录"},
		{ledger.PushFailed, "对方不是这个账号的好友（1204）", "", false, due, "互加好友"},
		{ledger.PushFailed, "说不出的原因", "", false, due, "找到原因改好以后"},
		{ledger.PushFailed, "王五 核实", "", false, due, "核实过没有发出"},
		{ledger.PushFailed, "内容带有密级标志，不能在微信里发；请改制度库里的原文", "", false, due, "请改制度库里的原文"},
		{ledger.PushSkipped, "王五 跳过", "", false, due, "不用做什么。还是要发的"},
		{ledger.PushSkipped, "这一天最多向这里发 2 条，留给quiz", "", false, due, "push_limit"},
		{ledger.PushSkipped, "这一周已经向这里发了 2 条", "", false, due, "push_limit"},
		{ledger.PushSkipped, "已经向这里发够了", "", false, due, "push_limit"},
		{ledger.PushSkipped, day.UnsignedDetail, "", false, due, "以后请在前一天签发"},
		{ledger.PushSkipped, "内容在签发后改过，要重新签发", "", false, due, "重新看一遍"},
		{ledger.PushSkipped, "换上的题停用了，请另换", "", false, due, "换一则"},
		{ledger.PushSkipped, day.PausedDetail, "", false, due, "到时限一直暂停着"},
		{ledger.PushSkipped, "过了时间，没有可发的内容：没有能发到甲的渠道", "", false, due, "targets"},
		{ledger.PushSkipped, "没有可发的内容：制度库里没有 x", "", false, due, "补上内容"},
		{ledger.PushSkipped, "过了时间", "", false, due, "没有登录"},
		{ledger.PushSkipped, "配置里没有这一项推送了", "", false, due, "不用做什么"},
	} {
		s := staff.PushStatus{Push: ledger.Push{Due: due, Until: until}, State: tt.state, Detail: tt.detail, Approval: tt.signed, Paused: tt.paused}
		if got := s.Next(tt.at); !strings.Contains(got, tt.want) || tt.want == "" && got != "" {
			t.Errorf("%+v: %q", tt, got)
		}
	}
}
