package talk_test

import (
	"fmt"
	"strings"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Leave is asked for with a day; without one, 请假 is a question about a rule.
func TestLeaveByChat(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "请假 12月1日", "还不知道您是哪位委员")
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	for _, question := range []string{"请假", "请假找谁批", "请假 要提前几天", "请假条怎么写", "请假3天谁批", "请假 下周开会去不了找谁", "请假 三天以上"} {
		if got := o.says("@zhang", false, question); !strings.Contains(got, "《") || strings.Contains(got, "已登记") {
			t.Errorf("%s: %s", question, got)
		}
	}
	o.says("@zhang", true, "请假 12月3日", "请假请私聊我")
	o.says("@zhang", false, "请假 12月3日至5日 出差", "已登记：张三（A01）2026年12月3日至2026年12月5日请假", "会议请假请按制度另行办理")
	o.says("@zhang", false, "请假：明天", "2026年12月2日请假")
	o.says("@zhang", false, "请假 12月30日到1月4日，住院", "2026年12月30日至2027年1月4日请假")
	o.says("@zhang", false, "请假 11月1日", "2026年11月24日以前的题已经截止")
	o.says("@zhang", false, "请假 2026-12-01 至 2027-06-01", "一次最多请 92 天")
	o.says("@zhang", false, "请假 2029-01-01", "最多请到一年以内")
	o.says("@zhang", false, "请假 A02 12月3日", "只能给自己请假")
	o.says("@wang", false, "请假 A02 12月3日-12月4日 出差", "已登记：李四（A02）2026年12月3日至2026年12月4日请假")
	o.says("@wang", false, "请假 A99 12月3日", "花名册里没有在册的编号 A99")
	o.says("@wang", false, "请假 12月3日", "工作人员不计入答题统计")
	leaves, err := o.ledger.Excuses(t.Context(), "2026-11-01", "2027-12-31")
	if err != nil || len(leaves) != 4 {
		t.Fatalf("%+v, %v", leaves, err)
	}
	for _, want := range []ledger.Leave{
		{Member: "A01", From: "2026-12-03", To: "2026-12-05", Reason: "出差", Actor: "member A01"},
		{Member: "A01", From: "2026-12-30", To: "2027-01-04", Reason: "住院", Actor: "member A01"},
		{Member: "A02", From: "2026-12-03", To: "2026-12-04", Reason: "出差", Actor: "staff S01"},
	} {
		found := false
		for _, l := range leaves {
			found = found || l == want
		}
		if !found {
			t.Errorf("%+v is not in %+v", want, leaves)
		}
	}
	for unread, want := range map[string]string{
		"请假 2月30日": "没有2月30日这一天", "请假13月1日 出差": "没有13月1日这一天", "请假 12月5日至12月1日": "写反了", "请假 下周": "日期没有看懂", "请假 元旦": "日期没有看懂", "请假 A01": "日期没有看懂",
		"请假 12月24日 12月26日": "一次只能写一天", "请假 A02 下周三": "只能给自己请假",
	} {
		o.says("@zhang", false, unread, want)
	}
}

// Leave is taken back with its days, by oneself or by staff; nothing else is
// meant by the word.
func TestLeaveBackByChat(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "销假 12月3日", "还不知道您是哪位委员")
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.says("@zhang", false, "销假 12月3日", "张三（A01）2026年12月3日没有请假，不用取消")
	o.says("@zhang", false, "请假 12月3日至10日 出差", "不请了回复“销假”和日期")
	o.says("@zhang", true, "销假 12月3日", "私聊")
	for _, question := range []string{"销假", "销假 找谁", "销假手续怎么办"} {
		if got := o.says("@zhang", false, question); strings.Contains(got, "已销假") {
			t.Errorf("%s: %s", question, got)
		}
	}
	o.says("@zhang", false, "销假 12月4日至5日", "已销假：张三（A01）2026年12月4日至2026年12月5日的题照常计入应参")
	o.says("@zhang", false, "销假 A02 12月6日", "只能给自己销假")
	o.says("@zhang", false, "销假 11月1日", "已经截止")
	o.says("@zhang", false, "销假 下周", "日期没有看懂", "销假 12月1日至12月5日")
	o.says("@wang", false, "销假 12月6日", "工作人员不计入答题统计", "销假 A01 ")
	o.says("@wang", false, "销假 A99 12月6日", "没有在册的编号 A99")
	o.says("@wang", false, "销假 A01 12月6日", "已销假：张三（A01）2026年12月6日的题")
	leaves, err := o.ledger.Excuses(t.Context(), "2026-12-01", "2026-12-31")
	if err != nil || len(leaves) != 3 {
		t.Fatalf("%+v, %v", leaves, err)
	}
	got := ""
	for day := 1; day <= 12; day++ {
		if ledger.OnLeave(leaves, "A01", corpus.DateOf(o.now.AddDate(0, 0, day-1))) {
			got += fmt.Sprint(" ", day)
		}
	}
	if got != " 3 7 8 9 10" || leaves[1].Actor != "member A01" || leaves[2].Actor != "staff S01" {
		t.Errorf("on leave on%s; %+v", got, leaves)
	}
}
