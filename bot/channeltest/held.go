package channeltest

import (
	"context"
	"strings"
	"sync"
	"testing"

	"lianwen/bot"
)

// What must not be kept in a chat is on no disk when it is about to be dealt with, nor
// when it was answered; behind the gate nobody gets to see it, and what comes after it is
// dealt with as ever.
func testHeld(t *testing.T, p Peer) {
	const secret = "机密★10年 关于有关人选的通知"
	if p.Kept == nil {
		p.Kept = func() string { return "" }
	}
	clean := func(when string) {
		if kept := p.Kept(); strings.Contains(kept, "有关人选") || strings.Contains(kept, "10年") {
			t.Errorf("%s the channel keeps %q", when, kept)
		}
	}
	var mu sync.Mutex
	held := 0
	p.Channel = bot.Gated(p.Channel, "办公室", func(_ context.Context, h bot.HeldBack) {
		clean("dealing with it,")
		mu.Lock()
		defer mu.Unlock()
		if held++; h.Channel != p.Channel.Name() || h.Out {
			t.Errorf("held %+v", h)
		}
	})
	start(t, p, func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
		if in.Kind != bot.Text || strings.Contains(in.Text, "有关人选") {
			t.Errorf("delivered %+v", in)
		}
		return bot.Reply{Text: "答" + in.Text}, nil
	})
	p.Say(secret)
	await(t, p, 1)
	p.Say("机密文件能拍照吗")
	got := await(t, p, 2)
	if !strings.HasPrefix(got[0], "这条消息里像是有密级或内部标志") || got[1] != "答机密文件能拍照吗" {
		t.Errorf("received %q", got)
	}
	clean("when it was answered,")
	mu.Lock()
	defer mu.Unlock()
	if held != 1 {
		t.Errorf("%d held back", held)
	}
}
