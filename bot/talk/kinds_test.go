package talk_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/bot/talk"
)

// A voice message in private gets one line, nine pictures no more than that; in
// a group there is silence.
func TestMedia(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	send := func(what string) string {
		c.in.Kind = bot.Media
		defer func() { c.in.Kind = bot.Text }()
		return c.say(what)
	}
	if got := send("语音"); !strings.HasPrefix(got, "收到了语音，目前只看得懂文字。") || strings.Contains(got, "\n") {
		t.Errorf("got %q", got)
	}
	for range 9 {
		if got := send("图片"); got != "" {
			t.Errorf("said again: %q", got)
		}
	}
	c.tells("请假办法第二条", "《请假办法》第二条")
	if got := send("图片"); !strings.HasPrefix(got, "收到了图片，") {
		t.Errorf("after a text: %q", got)
	}
	c.tells("1", "（四）超过三天的") // digits keep their meaning
	c.in.Group, c.in.Addressed = true, true
	if got := send("语音"); got != "" {
		t.Errorf("in a group: %q", got)
	}
}

func TestGreeting(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	c.in.Kind = bot.Joined
	if got := c.say(""); !strings.Contains(got, "我是廉问") || !strings.Contains(got, "回复“帮助”") || strings.Count(got, "\n") > 7 {
		t.Errorf("got %q", got)
	}
}

func TestOverflowIsSaid(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	c.in.Kind = bot.Overflow
	if got := c.say(""); !strings.Contains(got, "没有处理") || !strings.Contains(got, "再") {
		t.Errorf("got %q", got)
	}
}

// A panic is the end of one answer. The person reads that it failed; the log
// says where.
func TestPanicIsContained(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	b := talk.New(nil, talk.Config{Log: slog.New(slog.NewTextHandler(&log, nil))}) // without an index it cannot but panic
	reply, err := b.Handle(t.Context(), bot.Incoming{Text: "提案什么时候截止"})
	if err == nil || reply.Text != bot.Say(err) || strings.Contains(reply.Text, "panic") {
		t.Errorf("%q, %v", reply.Text, err)
	}
	if !strings.Contains(log.String(), "talk.go") || strings.Contains(log.String(), "提案什么时候截止") {
		t.Errorf("log: %s", log.String())
	}
}
