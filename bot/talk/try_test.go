package talk_test

import (
	"context"
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/bot/talk"
	"lianwen/index"
)

// tries sends a message for trial.
func tries(t testing.TB, b *talk.Bot, conversation, text string) talk.Trial {
	t.Helper()
	tried, err := b.Try(context.Background(), bot.Incoming{Channel: "page", Conversation: conversation, Sender: "li", Addressed: true, Text: text})
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return tried
}

// A trial says what a chat says, word for word, in a talk with digits and what leans on
// it, and how that came about.
func TestTry(t *testing.T) {
	t.Parallel()
	x := sampleIndex(t)
	b, chat := newBot(x), newTalk(t, newBot(x))
	for _, tt := range []struct {
		text, meant string
		as          talk.Taken
		outcome     index.Outcome
	}{
		{"提案什么时候截止", "", talk.AsQuestion, index.Answered},
		{"有没有例外", "", talk.AsQuestion, index.Choices},
		{"1", "全文 ", talk.AsCommand, 0},
		{"提案条例第十二条", "", talk.AsQuestion, index.Answered},
		{"火星上有几只猫", "", talk.AsQuestion, index.None},
		{"你好", "", talk.AsReply, 0},
		{"目录", "", talk.AsCommand, 0},
	} {
		tried, said := tries(t, b, "1", tt.text), chat.say(tt.text)
		if tried.Text != said || tried.Taken != tt.as || tried.Taken == talk.AsQuestion && tried.Outcome != tt.outcome || tt.meant == "" != (tried.Meant == "") || !strings.HasPrefix(tried.Meant, tt.meant) {
			t.Errorf("%s: %d %v %q\n%s\nsaid:\n%s", tt.text, tried.Taken, tried.Outcome, tried.Meant, tried.Text, said)
		}
	}
	if tried := tries(t, b, "1", "提案什么时候截止"); len(tried.Ranking) == 0 || len(tried.Terms) == 0 {
		t.Errorf("not explained: %+v", tried)
	}
	if tried := tries(t, b, "1", "有没有例外"); !tried.Leaned || tried.Before != "提案什么时候截止" {
		t.Errorf("leans on %q", tried.Before)
	}
	if tried := tries(t, b, "2", "1"); tried.Taken != talk.AsNothing || !strings.Contains(tried.Text, "没有编号为 1 的选项") {
		t.Errorf("in another talk: %+v", tried)
	}
	if tried := tries(t, b, "3", "😀😀"); tried.Text != "" || tried.Taken != talk.AsNothing {
		t.Errorf("faces: %+v", tried)
	}
	for range 5 {
		tries(t, b, "4", "签到怎么办")
	}
	if tried := tries(t, b, "4", "签到怎么办"); tried.Text != "" {
		t.Errorf("the sixth time: %s", tried.Text)
	}
}

// A trial leaves nothing on record, and does nothing that would; a command of staff is a
// question in it, whoever asks.
func TestTryLeavesNothing(t *testing.T) {
	o := newBureau(t)
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	before := o.kept()
	for text, as := range map[string]talk.Taken{
		"火星上有几只猫": talk.AsQuestion, "没用": talk.AsRecord, "请假 12月1日": talk.AsRecord, "我的记录": talk.AsRecord, "A": talk.AsRecord, "绑定 AAAA3333": talk.AsRecord, "AAAA3333": talk.AsRecord,
		"不要再发了": talk.AsRecord, "今日推送": talk.AsQuestion, "暂停 story": talk.AsQuestion, "未答问题": talk.AsQuestion, "现在推送 story": talk.AsQuestion, "今天的题": talk.AsRecord,
	} {
		in := bot.Incoming{Channel: "wechat", Conversation: "@wang", Sender: "@wang", Addressed: true, Text: text, SentAt: o.now}
		tried, err := o.bot.Try(t.Context(), in)
		if err != nil || tried.Taken != as || as == talk.AsRecord && !strings.Contains(tried.Text, "没有办") {
			t.Errorf("%s: %d, %v, %s", text, tried.Taken, err, tried.Text)
		}
	}
	if _, err := o.bot.Screen(t.Context(), []string{"火星上有几只猫"}, 0); err != nil {
		t.Error(err)
	}
	if after := o.kept(); after != before {
		t.Errorf("on record:\n%s\nwas:\n%s", after, before)
	}
	o.says("@li", false, "绑定 AAAA3333", "绑定好了") // the code is still good
	tried := tries(t, o.bot, "quiz", "练习")
	if tried.Taken != talk.AsCommand || tried.Name != "练习" {
		t.Errorf("%+v", tried)
	}
	if tried := tries(t, o.bot, "quiz", "A"); tried.Taken == talk.AsRecord {
		t.Errorf("a letter for practice: %s", tried.Text)
	}
}

// What cannot be read is refused as in a chat.
func TestTryBadInput(t *testing.T) {
	t.Parallel()
	b := newBot(openIndex(t, smallLibrary()))
	for text, want := range map[string]string{
		"": "没有收到文字", "\x00\x01": "没有收到文字", strings.Repeat("假", talk.MaxQuestionRunes+1): "501 个字", "……": "没有看懂", "请假\xff": "编码不对",
	} {
		if tried := tries(t, b, "1", text); tried.Taken != talk.AsNothing || !strings.Contains(tried.Text, want) || tried.Ranking != nil {
			t.Errorf("%.20q: %+v", text, tried)
		}
	}
	if tried := tries(t, b, "1", strings.Repeat("假", talk.MaxQuestionRunes)); tried.Taken != talk.AsQuestion {
		t.Errorf("500: %+v", tried)
	}
	if tried := tries(t, b, "1", "<script>alert(1)</script>请假找谁批准"); len(tried.Ranking) == 0 {
		t.Errorf("%+v", tried)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Try(ctx, bot.Incoming{Text: "请假找谁批准", Addressed: true}); err == nil {
		t.Error("ended, and answered")
	}
	for text, may := range map[string]bool{"请假找谁批准": true, "绑定 K7QM3XWP": false, "我请假去医院看病": false, "机密★10年 关于请假的通知": false} {
		if talk.MayKeep(text) != may {
			t.Errorf("%s: may be kept %v", text, !may)
		}
	}
}
