package talk_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// newSignery is a bureau in which the story needs approval; S01 is in the chat.
func newSignery(t *testing.T) *bureau {
	t.Helper()
	o := newBureau(t)
	o.desk.Schedule.Specs[0].Approval = true
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	return o
}

// coming are the drafts of the coming days, in the order of the list.
func (o *bureau) coming() []staff.DraftStatus {
	o.Helper()
	list, err := o.desk.Coming(o.Context())
	if err != nil {
		o.Fatal(err)
	}
	return list
}

// signedAre checks which of the coming drafts are approved, in the order of the list.
func (o *bureau) signedAre(want string) {
	o.Helper()
	got := ""
	for _, d := range o.coming() {
		got += map[bool]string{true: "1", false: "0"}[d.Why == ""]
	}
	if got != want {
		o.Errorf("approved are %s, want %s", got, want)
	}
}

// The coming days are listed screen by screen, read, approved, withdrawn.
func TestSignByChat(t *testing.T) {
	t.Parallel()
	o := newSignery(t)
	if len(o.coming()) != 8 {
		t.Fatalf("%d drafts", len(o.coming()))
	}
	first := o.says("@wang", false, "签发", "今后 7 天要签发的 8 条，没有签发的 8 条：\n1 12月1日10:00 story ", "：还没有签发\n  ", "“签发 1”看全文", "“签发 更多”往下看")
	if strings.Contains(first, "\n8 ") {
		t.Errorf("all at once:\n%s", first)
	}
	last := first
	for range 4 {
		if n, lines := utf8.RuneCountInString(last), strings.Count(last, "\n")+1; n > 280 || lines > 10 {
			t.Errorf("a screen of %d characters in %d lines:\n%s", n, lines, last)
		}
		if strings.Contains(last, "\n8 ") {
			break
		}
		last = o.says("@wang", false, "签发 更多", "签发")
	}
	if !strings.Contains(last, "“批准 全部”批准") {
		t.Errorf("the last screen:\n%s", last)
	}
	o.says("@wang", false, "签发 更多", "没有更多了")
	o.says("@wang", false, "签发 3", "第 3 条 12月3日10:00 story → 甲群、乙群：还没有签发\n"+o.coming()[2].Text, "回复“批准 3”“换 3”“改 3 新的文字”。")
	o.says("@wang", false, "批准 3", "已签发 1 条：3。到时按签发的文字发。")
	o.signedAre("00100000")
	o.says("@wang", false, "批准 第1条、3-5、8", "已签发 5 条：1、3-5、8。")
	o.signedAre("10111001")
	o.says("@wang", false, "撤回 4、2", "已撤回 1 条：4。重新批准以前不发；要换、要改，回复“换 4”“改 4 新的文字”。\n2 还没有签发，不用撤回。")
	o.signedAre("10101001")
	o.says("@wang", false, "批准 全部", "已签发 8 条：1-8。")
	o.signedAre("11111111")
	o.says("@wang", false, "签发 3", "：已签发（王五 12月1日09:00）\n", "回复“撤回 3”先不发。")
	o.says("@wang", false, "今日推送", "story → 甲群", "未到时间，已签发")
}

// Only what was shown is approved, and only with the text that was shown.
func TestSignUnread(t *testing.T) {
	t.Parallel()
	o := newSignery(t)
	o.says("@wang", false, "批准 全部", "请先发“签发”看有哪些")
	o.says("@wang", false, "签发 更多", "请先发“签发”看有哪些")
	o.says("@wang", false, "签发 2", "请先发“签发”看有哪些")
	o.says("@wang", false, "签发", "8 条")
	o.says("@wang", false, "批准 8", "8 还没有看过，没有批准：回复“签发 更多”或“签发 8”看。")
	o.signedAre("00000000")
	hand := staff.Hand{Staff: ledger.StaffActor("S01"), Actor: ledger.StaffActor("S01")}
	if _, err := o.desk.Edit(t.Context(), hand, staff.SeenDraft{Key: o.coming()[1].Key()}, "别人改的。"); err != nil {
		t.Fatal(err)
	}
	o.says("@wang", false, "批准 1-3", "已签发 2 条：1、3。", "2 内容已改过，请再看一遍：回复“签发 2”。没有批准。")
	o.signedAre("10100000")
	o.says("@wang", false, "签发 2", "别人改的。")
	o.says("@wang", false, "批准 2", "已签发 1 条：2。")
	o.now = o.now.Add(121 * time.Minute) // that of today is over; the list is forgotten
	o.says("@wang", false, "批准 1", "请先发“签发”")
	o.says("@wang", false, "签发", "7 条")
	o.says("@wang", false, "批准 1", "已签发 1 条：1。") // it is that of tomorrow
	o.signedAre("1100000")
}

// Another content is chosen by a digit, other words are typed; both are shown and
// need a new approval.
func TestReplaceByChat(t *testing.T) {
	t.Parallel()
	o := newSignery(t)
	o.says("@wang", false, "签发", "8 条")
	o.says("@wang", false, "批准 2", "已签发 1 条")
	was := o.coming()[1].Push
	choices, err := o.desk.Choices(t.Context(), o.coming()[1].Key())
	if err != nil {
		t.Fatal(err)
	}
	o.says("@wang", false, "换 2", "第 2 条现在是“", "\n1 "+choices[0].Title+"\n", "\n4 "+choices[3].Title+"\n5 看别的")
	o.says("@wang", false, "5", "\n1 "+choices[4].Title+"\n")
	o.says("@wang", false, "2", "换好了，要重新批准。\n第 2 条 12月2日10:00 story", "廉政故事："+choices[5].Title)
	o.signedAre("00000000")
	if got := o.coming()[1]; got.Push.ContentID != choices[5].ID || got.Planned != was.ContentID {
		t.Errorf("%+v", got.Push)
	}
	o.says("@wang", false, "换 2 没有的", "") // words of another kind are a question
	o.says("@wang", false, "换 2 nope", "制度库里没有 nope，没有换。")
	o.says("@wang", false, "改 2 第一行，第三条。\n第二行。", "改好了，要重新批准；制度库里的没有动。", "\n第一行，第三条。\n第二行。\n出自")
	o.says("@wang", false, "批准 2", "已签发 1 条：2。")
	o.says("@wang", false, "改 2", "请写上第几条和新的文字")
	o.says("@wang", false, "改 9 一", "没有第 9 条，有 1 到 8 条。")
	o.says("@wang", false, "改 2 "+strings.Repeat("字", 401), "新的文字有 401 字，超过 400 字")
	o.signedAre("01000000")
	o.desk.Schedule.Specs = append(o.desk.Schedule.Specs, day.PushSpec{Name: "quiz", Content: day.QuestionContent, At: 11 * time.Hour, Window: time.Hour, Targets: []string{"group:甲群"}, Approval: true})
	o.says("@wang", false, "签发", "16 条")
	o.says("@wang", false, "签发 2", "每日一题（", "回复“批准 2”“换 2”。")
	o.says("@wang", false, "改 2 自己的题", "不能改文字，可以换一道")
}

// Numbers that are wrong do nothing, and say what would be right.
func TestSignWrongNumbers(t *testing.T) {
	t.Parallel()
	o := newSignery(t)
	o.says("@wang", false, "签发", "8 条")
	for text, want := range map[string]string{
		"批准 0": "“0”不对，有 1 到 8 条", "批准 9": "“9”不对", "批准 5-3": "“5-3”不对", "批准 1,9": "“9”不对，有 1 到 8 条，如“批准 1-3”。一条也没有办。", "批准": "请写上第几条，如“批准 1-3”",
		"撤回": "请写上第几条，如“撤回 3”", "撤回 99": "“99”不对", "换": "请写上第几条，如“换 3”", "换 0": "没有第 0 条", "签发 9": "没有第 9 条，有 1 到 8 条", "改": "请写上第几条和新的文字",
	} {
		o.says("@wang", false, text, want)
	}
	o.signedAre("00000000")
	o.says("@wang", false, "批准 １－２", "已签发 2 条：1-2。")
	o.says("@wang", false, "批准 第1 至 3条", "已签发 3 条：1-3。", "下面还有没看的：回复“签发 更多”。")
	o.says("@wang", false, "撤回 全部", "已撤回 3 条：1-3。", "\n4-8 还没有签发，不用撤回。")
	o.says("@wang", false, "批准一到三", "已签发 3 条：1-3。")
	o.says("@wang", false, "签发三", "第 3 条 12月3日")
	o.says("@wang", false, "全部撤回", "已撤回 3 条：1-3。")
	o.says("@wang", false, "全部批准吧", "已签发 4 条：1-4。", "5-8 还没有看过")
}

// Without approval in the configuration, from members, and in groups, the words are
// what they were before.
func TestSignOnlyForStaff(t *testing.T) {
	t.Parallel()
	o := newSignery(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	words := []string{"签发", "签发 3", "批准 3", "批准 全部", "撤回 3"}
	for _, text := range words {
		if got := o.says("@zhang", false, text); strings.Contains(got, "没有签发") || strings.Contains(got, "请先发") {
			t.Errorf("a member says %s and reads %s", text, got)
		}
		o.says("@wang", true, text, "只在私聊里办")
	}
	for _, text := range []string{"签发公文要谁批", "批准一个人出差要谁签字", "改革方案谁来定", "换届什么时候", "换一道题", "撤回的提案还能再提吗"} {
		if got := o.says("@wang", false, text); strings.Contains(got, "请先发“签发”") || strings.Contains(got, "请写上第几条") {
			t.Errorf("staff ask %s and read %s", text, got)
		}
	}
	o.says("@wang", false, "帮助", "状态、签发、批准、换、改、撤回、请假 A01")
	o.desk.Schedule.Specs[0].Approval = false
	if got := o.says("@wang", false, "帮助"); strings.Contains(got, "签发") {
		t.Errorf("without approval:\n%s", got)
	}
	for _, text := range words {
		if got := o.says("@wang", false, text); strings.Contains(got, "要签发的") || strings.Contains(got, "请先发") {
			t.Errorf("without approval %s: %s", text, got)
		}
	}
}

// What could not be recorded is not said to be approved.
func TestSignNotRecorded(t *testing.T) {
	t.Parallel()
	o := newSignery(t)
	o.says("@wang", false, "签发", "8 条")
	o.raw(`CREATE TRIGGER full_draft BEFORE INSERT ON draft BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
	for _, text := range []string{"批准 1", "改 1 新的", "批准 全部"} {
		o.says("@wang", false, text, "没有记下", "请过几分钟再发一次")
	}
	o.signedAre("00000000")
	o.raw(`DROP TRIGGER full_draft`)
	o.says("@wang", false, "批准 1", "已签发 1 条：1。")
}
