package talk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/talk"
	"lianwen/index"
)

// What leans on the question before is answered with it; after a restart, after
// half an hour and from another person's mouth it is a question of its own.
func TestFollowUp(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	live := index.NewLive(sampleIndex(t))
	config := talk.Config{Contact: contact, Now: func() time.Time { return now }}
	b := talk.New(live, config)
	c := newTalk(t, b)
	c.tells("匿名举报受理吗", "《信访举报受理与保护办法》第五条")
	c.tells("那实名的呢", "答复", "《信访举报受理与保护办法》")
	c.tells("匿名举报受理吗", "《信访举报受理与保护办法》第五条")
	other := *c
	other.in.Sender = "somebody else"
	if got := other.say("要登记吗"); strings.Contains(strings.Split(got, "\n")[1], "信访举报") {
		t.Errorf("leans on another person's question:\n%s", got)
	}
	again := newTalk(t, talk.New(live, config))
	leaned := c.say("要登记吗")
	if alone := again.say("要登记吗"); alone == leaned {
		t.Errorf("after a restart as before:\n%s", alone)
	}
	c.say("匿名举报受理吗")
	now = now.Add(talk.StateLife + time.Minute)
	if alone := c.say("要登记吗"); alone == leaned {
		t.Errorf("after half an hour as at once:\n%s", alone)
	}
}

// Two questions in one message are both answered, each with where that stands.
func TestTwoQuestions(t *testing.T) {
	t.Parallel()
	b := newBot(sampleIndex(t))
	newTalk(t, b).tells("工作餐标准是多少，陪的人最多几个", "每人每餐不超过60元", "陪餐人数不超过3人", "第六条", "第七条")
	a, err := b.Screen(context.Background(), []string{"提案最多写多少字，联名要几个人"}, 0)
	if err != nil || a.Answers != 2 {
		t.Errorf("%d answers: %v\n%s", a.Answers, err, a.Text)
	}
}

// Courtesies get one short reply, and the next none; a question in between makes
// room for another. In groups they get none. Nothing of them is kept.
func TestCourtesies(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "谢谢", "不客气。")
	for _, text := range []string{"谢谢啊", "好的", "哈哈哈", "再见", "[微笑]", "👍👨‍👩‍👧🏽❤️", "你好"} {
		if got := o.says("@zhang", false, text); got != "" {
			t.Errorf("%s: %s", text, got)
		}
	}
	o.says("@zhang", false, "提案什么时候截止", "第五条")
	o.says("@zhang", false, "谢谢", "不客气。")
	o.says("@zhang", false, "你是谁", "我是廉问")
	o.says("@zhang", false, "转人工", "没有人值守")
	for _, text := range []string{"谢谢", "你是谁", "转人工", "烦死了"} {
		if got := o.says("@li", true, text); got != "" {
			t.Errorf("in a group, %s: %s", text, got)
		}
	}
	asked, err := o.ledger.Asked(t.Context(), o.now.AddDate(0, 0, -1), o.now.AddDate(0, 0, 1))
	if err != nil || len(asked) != 0 {
		t.Errorf("kept: %+v, %v", asked, err)
	}
}

// Whoever wants to report somebody is told first that it is not done here, then
// how; nothing of what they wrote is kept.
func TestReport(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	for _, group := range []bool{false, true} {
		got := o.says("@zhang", group, "我要举报你们领导，公车天天接老婆", "拨打机关纪委公布的举报电话", "《信访举报受理与保护办法》第六条")
		if !strings.HasPrefix(got, "这里不受理举报，请不要在这里写举报的内容") {
			t.Errorf("group %v: %s", group, got)
		}
		o.says("@zhang", group, "1", "《信访举报受理与保护办法》第六条\n")
		o.says("@zhang", group, "没用", "现在没有可以评价的回答")
	}
	asked, err := o.ledger.Asked(t.Context(), o.now.AddDate(0, 0, -1), o.now.AddDate(0, 0, 1))
	if err != nil || len(asked) != 0 {
		t.Errorf("kept: %+v, %v", asked, err)
	}
}

// Two machines that talk to each other come to an end, whatever they say; whoever
// asks the next day is answered.
func TestBounded(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	b := talk.New(index.NewLive(sampleIndex(t)), talk.Config{Contact: contact, Bounded: true, Now: func() time.Time { return now }})
	in := bot.Incoming{Channel: "test", Conversation: "machine", Sender: "machine", Addressed: true}
	replies, text := 0, "提案什么时候截止"
	for i := range 300 {
		in.Text = strings.Repeat("甲", i%7) + text
		reply, err := b.Handle(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		if reply.Text != "" {
			replies++
			text = reply.Text[:min(len(reply.Text), 60)] + string(rune('一'+i))
			text = strings.ToValidUTF8(text, "")
		}
	}
	if replies < 5 || replies > 61 {
		t.Errorf("%d replies", replies)
	}
	now = now.Add(11 * time.Minute)
	in.Text = "住宿费怎么报销"
	if reply, err := b.Handle(context.Background(), in); err != nil || !strings.Contains(reply.Text, "住宿费") {
		t.Errorf("later: %v %s", err, reply.Text)
	}
}
