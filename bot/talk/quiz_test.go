package talk_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/bot/talk"
	"lianwen/corpus"
	"lianwen/index"
)

// bureau is a bot with its records, and a clock.
type bureau struct {
	*testing.T
	bot    *talk.Bot
	ledger *ledger.Ledger
	live   *index.Live
	corpus *corpus.Corpus
	now    time.Time
	told   chan bot.Outgoing // what the bot sends by itself
	file   string            // the ledger's
	config talk.Config

	desk    *staff.Desk
	reindex func() (<-chan string, bool)
}

// library is the corpus that answers.
func (o *bureau) library() (*corpus.Corpus, func()) {
	x, release := o.live.Acquire()
	return x.Corpus(), release
}

func newBureau(t *testing.T) *bureau {
	t.Helper()
	x := sampleIndex(t)
	c := x.Corpus()
	live := index.NewLive(x)
	live.Acquire()        // for good: others have it too
	t.Cleanup(live.Close) // of what has taken its place
	file := filepath.Join(t.TempDir(), "ledger.db")
	l, err := ledger.Open(t.Context(), ledger.Source{File: file})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	loc, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	o := &bureau{T: t, live: live, ledger: l, corpus: c, file: file, told: make(chan bot.Outgoing, 1), now: time.Date(2026, 12, 1, 9, 0, 0, 0, loc)}
	calendar, err := day.NewCalendar("")
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return o.now }
	o.desk = staff.New(&staff.Desk{
		Ledger: l, Library: o.library, Location: loc, Now: now,
		Reindex: func() (<-chan string, bool) { return o.reindex() },
	})
	o.desk.Schedule = &day.Schedule{
		Location: loc, Calendar: calendar, Library: o.library, Ledger: l, Reviewer: o.desk.Reviewer,
		Specs: []day.PushSpec{{Name: "story", Content: day.StoryContent, At: 10 * time.Hour, Window: time.Hour, Targets: []string{"group:甲群", "group:乙群"}}},
	}
	o.config = talk.Config{
		Contact: "机关党组办公室", Location: loc, Desk: o.desk, Now: now,
		Tell: func(_ context.Context, channel string, out bot.Outgoing) error {
			if channel != "wechat" {
				t.Errorf("told by %q", channel)
			}
			o.told <- out
			return nil
		},
	}
	o.restart()
	o.enrol()
	return o
}

// enrol makes a roster, with codes for some.
func (o *bureau) enrol() {
	o.Helper()
	list := []ledger.Member{
		{Number: "A01", Name: "张三", Sector: "教育界", Committee: "提案委"}, {Number: "A02", Name: "李四", Sector: "经济界", Committee: "提案委"},
		{Number: "013800001234", Name: "赵六", Sector: "教育界"}, {Number: "S01", Name: "王五", Staff: true},
	}
	if _, err := o.ledger.ImportMembers(o.Context(), list, "2026-11-01", "test", o.now); err != nil {
		o.Fatal(err)
	}
	codes := map[string]string{"A01": "AAAA3333", "A02": "CCCC4444", "S01": "SSSS7777"}
	if err := o.ledger.NewCodes(o.Context(), codes, o.now.AddDate(0, 1, 0), "test", o.now); err != nil {
		o.Fatal(err)
	}
}

// restart forgets all that is not on record.
func (o *bureau) restart() { o.bot = talk.New(o.live, o.config) }

// says sends a message and wants words in the reply.
func (o *bureau) says(sender string, group bool, text string, want ...string) string {
	o.Helper()
	in := bot.Incoming{Channel: "wechat", Conversation: sender, Sender: sender, Text: text, Addressed: true}
	if group {
		in.Conversation, in.Group = "@@group", true
	}
	reply, _ := o.bot.Handle(context.Background(), in)
	for _, w := range want {
		if !strings.Contains(reply.Text, w) {
			o.Errorf("%s says %q and reads\n%s\nwithout %s", sender, text, reply.Text, w)
		}
	}
	return reply.Text
}

// ask opens the question of the day.
func (o *bureau) ask() ledger.Round {
	o.Helper()
	q := o.corpus.Questions[0]
	r, err := o.ledger.OpenRound(o.Context(), ledger.Round{Day: corpus.DateOf(o.now), Question: *q, Opened: o.now, Closes: o.now.AddDate(0, 0, ledger.RoundDays)})
	if err != nil {
		o.Fatal(err)
	}
	return r
}

func TestDailyQuestion(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "A", "还不知道您是哪位委员", "绑定 绑定码")
	o.says("@zhang", true, "绑定 DDDD3333", "绑定码不要发在群里")
	o.says("@zhang", false, "绑定", "请写上绑定码")
	o.says("@zhang", false, "绑定 XXXX9999", "不对、用过了或者过期了")
	o.says("@zhang", false, "绑定 aaaa3333", "绑定好了：张三（A01）")
	o.says("@li", false, "绑定 AAAA3333", "不对、用过了或者过期了")
	o.says("@zhang", false, "B", "现在没有可以作答的题")
	o.says("@zhang", false, "今日一题", "现在没有可以作答的题")

	r := o.ask()
	right := string(rune('A' + r.Question.Answer))
	wrong := string(rune('A' + (r.Question.Answer+1)%len(r.Question.Options)))
	if shown := o.says("@zhang", false, "今日一题", r.Question.Text, "A. "+r.Question.Options[0], "不排名", "12月8日09:00前有效"); strings.Contains(shown, "正确") {
		t.Errorf("the answer is given away: %s", shown)
	}
	o.says("@zhang", false, "E", "这道题只有 A 到 "+string(rune('A'+len(r.Question.Options)-1)))
	article := o.corpus.Resolve(r.Question.Cites[0])
	o.says("@zhang", false, strings.ToLower(wrong)+"。", "已记录："+wrong, "正确的是 "+right, r.Question.Explanation, article.Text)
	o.says("@zhang", false, right, "记录以第一次（"+wrong+"）为准", "练习", "答对了")
	o.says("@zhang", false, "今日一题", "您答的是 "+wrong)

	o.says("@li", false, "绑定 CCCC4444", "绑定好了")
	if got := o.says("@li", true, right, "收到，已记录"); strings.Contains(got, "对") || strings.Contains(got, "正确") {
		t.Errorf("right or wrong is said in the group: %s", got)
	}
	o.says("@li", true, wrong, "已经答过")
	o.says("@li", true, "我的记录", "记录只告诉本人")
	o.says("@nobody", true, right, "绑定")

	o.says("@zhang", false, "我的记录", "应参 0 次", "还没有截止的题 1 道，您答了 1 道")
	o.now = o.now.AddDate(0, 0, 7)
	o.says("@zhang", false, "A", "现在没有可以作答的题")
	o.says("@zhang", false, "我的记录", "张三（A01）", "应参 1 次，实参 1 次，请假 0 次，未参 0 次")
	for _, word := range []string{"第一名", "排名第", "连续", "积分"} {
		if got := o.says("@zhang", false, "我的记录"); strings.Contains(got, word) {
			t.Errorf("a record speaks of %s: %s", word, got)
		}
	}
	o.says("@zhang", false, "解绑", "已解绑")
	o.says("@zhang", false, "解绑", "还没有绑定")
	o.says("@zhang", false, "我的记录", "还不知道您是哪位委员")
}

// A question missed is caught up with while it is open, the oldest first; a
// drill leaves no trace.
func TestCatchUp(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "补答", "还不知道您是哪位委员")
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@zhang", false, "补答", "没有可以补答的题")
	first := o.ask()
	o.now = o.now.AddDate(0, 0, 1)
	second := o.ask()
	o.says("@zhang", false, "补答", "2026年12月1日", "还有 1 道没有答")
	o.says("@zhang", false, "A", "已记录：A")
	o.says("@zhang", false, "补答", "2026年12月2日")
	o.says("@zhang", false, "练习", "练习（不记录）", "A. ")
	o.says("@zhang", false, "A", "练习：")
	o.says("@zhang", true, "补答", "请私聊")
	answers, err := o.ledger.Answers(t.Context(), "2026-12-01", "2026-12-31")
	if err != nil || len(answers) != 1 || answers[0].Round != first.Day {
		t.Errorf("%+v, %v", answers, err)
	}
	o.says("@zhang", false, "练习", "练习（不记录）")
	o.says("@zhang", false, "今日一题", "2026年12月2日") // turns from the drill to the day
	o.says("@zhang", false, "B", "已记录：B")
	answers, err = o.ledger.Answers(t.Context(), "2026-12-01", "2026-12-31")
	if err != nil || len(answers) != 2 || answers[1].Round != second.Day {
		t.Errorf("%+v, %v", answers, err)
	}
	o.now = o.now.AddDate(0, 0, 6)
	o.says("@zhang", false, "补答", "没有可以补答的题")
}

// Staff steer the day from their phone; to anybody else the same words are
// questions, and in a group they are for nobody.
func TestStaffCommands(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	for _, text := range []string{"今日推送", "暂停 story", "参与情况", "未答问题", "状态"} {
		for sender, group := range map[string]bool{"@zhang": false, "@nobody": false, "@wang": true} {
			if got := o.says(sender, group, text); strings.Contains(got, "推送 ") || strings.Contains(got, "已暂停") || strings.Contains(got, "应参") || strings.Contains(got, "正在值守") {
				t.Errorf("%s says %s and reads %s", sender, text, got)
			}
		}
	}
	o.says("@wang", false, "今日推送", "今天的推送 2 条", "10:00 story → 甲群", "未到时间")
	o.says("@wang", false, "暂停 stroy", "没有叫“stroy”的推送", "story")
	o.says("@wang", false, "暂停", "请写上推送的名称")
	o.says("@wang", false, "暂停 story", "已暂停“story”")
	o.says("@wang", false, "今日推送", "已暂停")
	o.says("@wang", false, "恢复 story", "已恢复")
	o.says("@wang", false, "跳过今天 story", "跳过 2 条")
	o.says("@wang", false, "跳过今天 story", "没有可跳过的（2 条已经处理）")
	o.says("@wang", false, "今日推送", "没有发（staff S01 跳过）")
	o.says("@wang", false, "参与情况", "应参 0 人次")
	o.says("@zhang", false, "量子力学的基本原理")
	o.says("@wang", false, "未答问题", "量子力学的基本原理（1 次）")
	o.says("@wang", false, "状态", "现行制度 38 部 706 条")
	if n, err := o.ledger.Verify(t.Context()); err != nil || n < 6 {
		t.Errorf("audit: %d rows, %v", n, err)
	}
}

// After a fresh login everybody has another id. The operator's remark tells who
// somebody is; what they call themselves does not.
func TestRecognisedByRemark(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	ask := func(sender, remark string) string {
		reply, _ := o.bot.Handle(t.Context(), bot.Incoming{Channel: "wechat", Conversation: sender, Sender: sender, Remark: remark, Text: "我的记录", Addressed: true})
		return reply.Text
	}
	if got := ask("@zhang2", "A01 张三"); !strings.Contains(got, "张三（A01）") {
		t.Errorf("with the remark: %s", got)
	}
	for remark, why := range map[string]string{"": "nothing noted", "张三": "only a name", "A02 李四": "never bound", "A011": "another number"} {
		if got := ask("@x"+remark, remark); !strings.Contains(got, "还不知道您是哪位委员") {
			t.Errorf("%s: %s", why, got)
		}
	}
}

// What was asked in vain is kept, without a name; what was answered is not.
func TestAskedInVain(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "量子力学的基本原理", "没有查到")
	o.says("@zhang", false, "提案工作条例第一条", "第一条")
	o.says("@zhang", false, "帮助", "直接提问")
	for _, private := range []string{"我下周要住院想请个假行不行", "量子化疗请病假", "请一下假量子周三"} {
		o.says("@zhang", false, private)
	}
	list, err := o.ledger.Asked(t.Context(), o.now.AddDate(0, 0, -1), o.now.AddDate(0, 0, 1))
	if err != nil || len(list) != 1 || list[0].Question != "量子力学的基本原理" || list[0].Outcome != ledger.AskedNone {
		t.Errorf("%+v, %v", list, err)
	}
}
