package talk_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Each asks for their own record while there are 75,000 answers: what it costs
// does not grow with everybody's. The allocations are counted, which no busy
// machine changes.
func TestFault14OwnRecordOfMany(t *testing.T) {
	o := newBureau(t)
	const members, rounds = 300, 250
	var list []ledger.Member
	for i := range members {
		list = append(list, ledger.Member{Number: fmt.Sprintf("M%03d", i), Name: fmt.Sprintf("委员%d", i)})
	}
	if _, err := o.ledger.ImportMembers(t.Context(), list, "2026-01-01", "test", o.now); err != nil {
		t.Fatal(err)
	}
	first := time.Date(2026, 1, 1, 9, 0, 0, 0, o.now.Location())
	for i := range rounds {
		opened := first.AddDate(0, 0, i)
		_, err := o.ledger.OpenRound(t.Context(), ledger.Round{Day: corpus.DateOf(opened), Question: *o.corpus.Questions[i%len(o.corpus.Questions)], Opened: opened, Closes: opened.AddDate(0, 0, 7)})
		if err != nil {
			t.Fatal(err)
		}
	}
	o.raw(`INSERT INTO answer (round, member, choice, correct, at) SELECT id, number, 1, 0, opened + 1 FROM round, member WHERE number LIKE 'M%'`,
		`INSERT INTO identity (channel, sender, member, bound) SELECT 'wechat', '@' || number, number, 1 FROM member WHERE number LIKE 'M%'`)
	o.says("@M000", false, "我的记录", "应参 250 次，实参 250 次")
	for command, most := range map[string]uint64{"我的记录": 120 << 20, "错题": 120 << 20} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for i := range 100 {
			o.says(fmt.Sprintf("@M%03d", i), false, command, "只有您")
		}
		runtime.ReadMemStats(&after)
		t.Logf("%s of 100 members: %d MB", command, (after.TotalAlloc-before.TotalAlloc)>>20)
		if n := after.TotalAlloc - before.TotalAlloc; n > most {
			t.Errorf("%s of 100 members takes %d MB", command, n>>20)
		}
	}
}

// Nothing that needs no record waits for a ledger that is locked.
func TestFault20RepliesDoNotWait(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.ask()
	o.says("@zhang", false, "今日一题", "每日一题（") // the library is looked at once
	unlock := o.lock()
	for sender, list := range map[string][]string{
		"@nobody": {"量子力学的基本原理", "提案什么时候截止", "1", "帮助", "目录", "练习"},
		"@zhang":  {"相对论是谁提出的", "今日一题", "我的记录", "错题", "故事"},
		"@wang":   {"黑洞是怎么形成的", "状态", "今日推送", "帮助"},
	} {
		for _, text := range list {
			begun := time.Now()
			got := o.says(sender, false, text)
			if took := time.Since(begun); took > 8*time.Second { // one that waited would take ten
				t.Errorf("%s took %v", text, took)
			}
			if strings.Contains(got, "出错") || strings.Contains(got, "没有记下") {
				t.Errorf("%s: %s", text, got)
			}
		}
	}
	o.says("@nobody", false, "广义相对论是怎么回事")
	o.says("@nobody", false, "没用", "也没有记下") // and not that it was
	unlock()
	// What was under way is kept when the ledger is free, or given up.
	o.says("@li", false, "光合作用的原理", "没有查到")
	o.says("@li", false, "没用", "已经记下")
}

// What could not be recorded is said to be so, with what to do; and nothing else
// is said of it.
func TestFault24NotRecordedIsSaid(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.ask()
	for _, table := range []string{"answer", "excuse", "identity", "attempt", "feedback", "pause", "push"} {
		o.raw(`CREATE TRIGGER full_` + table + ` BEFORE INSERT ON ` + table + ` BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
	}
	o.raw(`CREATE TRIGGER full_gone BEFORE DELETE ON identity BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
	o.says("@zhang", false, "提案什么时候截止", "第五条")
	for _, said := range []struct {
		sender, text string
		group        bool
	}{
		{"@zhang", "A", false}, {"@zhang", "A", true}, {"@zhang", "补答 12月1日 B", false}, {"@zhang", "请假 12月3日", false}, {"@zhang", "解绑", false}, {"@zhang", "没用", false},
		{"@li", "绑定 CCCC4444", false}, {"@li", "CCCC4444", false}, {"@li", "绑定 DDDD4444", false},
		{"@wang", "请假 A01 12月3日", false}, {"@wang", "暂停 story", false}, {"@wang", "跳过今天 story", false}, {"@wang", "现在推送 story", false},
	} {
		got := o.says(said.sender, said.group, said.text, "没有记下", "请过几分钟再发一次", "请告诉工作人员")
		if strings.Contains(got, "没能查到") || strings.Contains(got, "disk full") {
			t.Errorf("%s: %s", said.text, got)
		}
	}
	o.answers()
	o.raw(`DROP TRIGGER full_answer`, `DROP TRIGGER full_identity`)
	o.says("@zhang", false, "A", "已记录：A")
	o.says("@li", false, "CCCC4444", "绑定好了") // the code was not used up
	o.answers("2026-12-01 A01 A")
}

// A letter may stand in what people put around one; a question is a question.
func TestDeskLetters(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@li", false, "绑定 CCCC4444", "绑定好了")
	for i, text := range []string{"B", "b", "Ｂ", "b。", "「b。」", "B!", "B！", "选B", "选 b", "我选B", "我选Ｂ。", "答案是B", "答案：B", "答案B", "答B", "我选择B", "选B吧", "B项", "（B）", "“B”", "B、", "\u200bB", "B\ufe0f", "我答 B！"} {
		for _, group := range []bool{false, true} {
			o.now = time.Date(2027, 1, 1, 9, 0, 0, 0, o.now.Location()).AddDate(0, 0, i)
			o.ask()
			sender, want := "@zhang", "已记录：B，"
			if group {
				sender, want = "@li", "收到，已记录。"
			}
			o.says(sender, group, text, want)
		}
	}
	for _, text := range []string{"B？", "选B吗", "为什么选B", "B是什么", "选B还是选C", "AB", "A B", "答案是B吗？", "B类会议谁批", "选", "答案是", "选D的对不对", "甲B"} {
		if got := o.says("@zhang", false, text); strings.Contains(got, "已记录") || strings.Contains(got, "已经答过") {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// A command of staff in a group is done in private; to others it is a question.
func TestDeskStaffCommandInGroup(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	for _, text := range []string{"今日推送", "暂停 story", "现在推送 story", "参与情况", "状态"} {
		o.says("@wang", true, text, "只在私聊里办")
		for _, sender := range []string{"@zhang", "@nobody"} {
			if got := o.says(sender, true, text); strings.Contains(got, "私聊") {
				t.Errorf("%s says %s and reads %s", sender, text, got)
			}
		}
	}
	if paused, err := o.ledger.Paused(t.Context()); err != nil || len(paused) != 0 {
		t.Errorf("paused: %v, %v", paused, err)
	}
}

// Help for staff lists what they can do, in private, and nobody else's does.
func TestDeskHelpForStaff(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	got := o.says("@wang", false, "帮助", "直接提问", "工作人员：", "今日推送、暂停、恢复、跳过今天、现在推送、核实、参与情况、未答问题、补问法、补同义词、补应答、不归我们、撤销、停用的题、核准、重建索引、状态", "请假 A01 12月1日")
	if strings.Count(got, "\n") > 9 {
		t.Errorf("too long: %s", got)
	}
	for sender, group := range map[string]bool{"@wang": true, "@zhang": false, "@nobody": false} {
		if got := o.says(sender, group, "帮助", "直接提问"); strings.Contains(got, "今日推送") {
			t.Errorf("%s reads %s", sender, got)
		}
	}
}

// Who is told in a group to write in private is told how to get there.
func TestDeskHowToReach(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	for phrase, want := range map[string]string{"": "“添加到通讯录”，通过了再私聊", "提案委": "“添加到通讯录”，验证申请里写“提案委”，通过了再私聊"} {
		o.config.FriendPhrase = phrase
		o.restart()
		for _, text := range []string{"补答", "我的记录", "绑定", "绑定 AAAA4444", "请假 12月3日", "解绑", "A"} {
			o.says("@nobody", true, text, "私聊我", want)
			if got := o.says("@nobody", false, text); strings.Contains(got, "通讯录") {
				t.Errorf("in private, %s: %s", text, got)
			}
		}
	}
}

// Numbers of any size are articles, behind a command's name, too.
func TestDeskLongNumbers(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	for _, number := range []string{"第一千零二条", "第1002条", "第一千条之一"} {
		o.says("@zhang", false, "看《提案工作条例》"+number, "《提案工作条例》没有", "最后一条是")
	}
	o.says("@zhang", false, "看《提案工作条例》第五条", "\n《提案工作条例》第五条（")
}

// A push of which nothing is planned now is paused and let go again.
func TestDeskPauseWithoutPlan(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.desk.Schedule.Specs = append(o.desk.Schedule.Specs, day.PushSpec{Name: "jieri", Content: day.NoticeContent, Audience: "没有的", Window: time.Hour, Targets: []string{"group:甲群"}})
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.says("@wang", false, "跳过今天 jieri", "今天没有“jieri”的推送，不用跳过")
	o.says("@wang", false, "暂停 “Jieri”", "已暂停“jieri”")
	o.says("@wang", false, "恢复 ｊｉｅｒｉ", "已恢复“jieri”")
	o.says("@wang", false, "暂停", "请写上推送的名称。名称有：story、jieri")
	o.says("@wang", false, "暂停 “”", "请写上推送的名称")
	o.says("@wang", false, "暂停 jie", "没有叫“jie”的推送")
}

// Leave by the days of a week, and by staff for a number typed in full width.
func TestDeskLeaveByWeekday(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.says("@zhang", false, "请假 下周一到周三 出差", "2026年12月7日至2026年12月9日请假") // the 1st is a Tuesday
	o.says("@zhang", false, "请假下周三", "2026年12月9日请假")
	o.says("@wang", false, "请假 ａ０２ 下周三", "已登记：李四（A02）2026年12月9日请假")
	o.says("@zhang", false, "销假 下周二至周三", "已销假：张三（A01）2026年12月8日至2026年12月9日")
	o.says("@zhang", false, "请假 周一", "这一周的周一已经过了。请写“下周一”")
	o.says("@zhang", false, "请假 12月9日至12月3日", "2026年12月3日在2026年12月9日之前，开始和结束写反了")
	reply, err := o.bot.Handle(context.Background(), bot.Incoming{Channel: "wechat", Conversation: "@zhang", Sender: "@zhang", Addressed: true, Text: "请假 2月30日"})
	if bot.CodeOf(err) != bot.Invalid || !strings.Contains(reply.Text, "没有2月30日这一天") {
		t.Errorf("%s, %v", reply.Text, err)
	}
	if got := o.says("@zhang", false, "请假 3.5 天要谁批"); strings.Contains(got, "已登记") || strings.Contains(got, "日期") {
		t.Errorf("a question: %s", got)
	}
}
