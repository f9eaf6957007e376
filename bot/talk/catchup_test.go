package talk_test

import (
	"strings"
	"testing"

	"lianwen/bot"
)

// 补答 takes a day, and a letter.
func TestCatchUpWithADay(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.open(20, 26, 27, 28)
	o.says("@zhang", false, "补答 11月27日", "2026年11月27日")
	o.says("@zhang", false, "A", "已记录：A（2026年11月27日的题）")
	o.says("@zhang", false, "补答 周四 c", "已记录：C（2026年11月26日的题）") // the 28th is a Saturday
	for text, want := range map[string]string{
		"补答 11月20日": "2026年11月20日的题已经截止", "补答 11月25日": "2026年11月25日没有每日一题", "补答 2月30日": "没有2月30日这一天",
		"补答 11月26日至27日": "请写上哪一天", "补答 11月28日 Z": "这道题只有 A 到",
	} {
		o.says("@zhang", false, text, want)
	}
	if got := o.says("@zhang", false, "补答怎么用"); strings.Contains(got, "每日一题（") {
		t.Errorf("a question: %s", got)
	}
	o.answers("2026-11-26 A01 C", "2026-11-27 A01 A")
}

// What is delivered twice, because a process has ended in between, is told as it
// was.
func TestDeliveredAgain(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	twice := func(text string, want ...string) {
		t.Helper()
		o.sends(bot.Incoming{Sender: "@zhang", Text: text}, want...)
		o.restart()
		o.sends(bot.Incoming{Sender: "@zhang", Text: text, Again: true}, want...)
	}
	twice("绑定 AAAA3333", "绑定好了：张三（A01）")
	o.open(26, 28)
	twice("A", "已记录：A，")
	o.sends(bot.Incoming{Sender: "@zhang", Text: "B", Again: true}, "以第一次（A）为准")
	twice("补答", "2026年11月26日")
	twice("C", "已记录：C（2026年11月26日的题）")
	twice("请假 11月29日至12月3日 出差", "已登记：张三（A01）")
	if list, err := o.ledger.Excuses(t.Context(), "2026-11-01", "2026-12-31"); err != nil || len(list) != 1 {
		t.Errorf("leave: %+v, %v", list, err)
	}
	twice("销假 12月3日", "已销假：张三（A01）")
	twice("解绑", "已解绑")
	o.answers("2026-11-26 A01 C", "2026-11-28 A01 A")
}
