// Package channeltest is what every channel must pass. A channel's tests say how
// to play the person at its other end; the rest is here. It keeps nothing: a
// channel is made anew for each test.
package channeltest

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lianwen/bot"
)

// Peer is a channel with a person at its other end. Waits between messages
// should be configured away.
type Peer struct {
	Channel bot.Channel
	Say     func(text string) // the person writes, in private
	Heard   func() []string   // what the person has received so far, oldest first
	Kept    func() string     // all that the channel has on disk; nil: it keeps nothing
}

// patience is how long something may take to happen; only what never happens
// takes longer, on the slowest machine.
const patience = 5 * time.Minute

// Run tests a channel. Open returns a new one that has not run yet.
func Run(t *testing.T, open func(t *testing.T) Peer) {
	for _, tt := range []struct {
		name string
		test func(t *testing.T, p Peer)
	}{
		{"name", testName},
		{"answers", testAnswers},
		{"silence", testSilence},
		{"long", testLong},
		{"send", testSend},
		{"no such group", testNoGroup},
		{"held", testHeld},
		{"ends", testEnds},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, open(t)) })
	}
}

// start runs the channel until the test ends, and fails it if Run fails.
func start(t *testing.T, p Peer, handle bot.Handler) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.Channel.Run(ctx, handle) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("Run: %v", err)
			}
		case <-time.After(patience):
			t.Error("Run did not end with its context")
		}
	})
}

// await waits until the person has received n messages.
func await(t *testing.T, p Peer, n int) []string {
	t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		if got := p.Heard(); len(got) >= n {
			return got
		}
		if time.Now().After(end) {
			t.Fatalf("received %q, want %d", p.Heard(), n)
		}
	}
}

func testName(t *testing.T, p Peer) {
	name := p.Channel.Name()
	if !regexp.MustCompile(`^[a-z]{2,20}$`).MatchString(name) || name != p.Channel.Name() {
		t.Errorf("name %q", name)
	}
	c := p.Channel.Capabilities()
	if c != p.Channel.Capabilities() {
		t.Error("capabilities change")
	}
	if c.Pace[0] > c.Pace[1] || c.MaxBytes < 0 || !c.Direct && !c.Groups {
		t.Errorf("capabilities make no sense: %+v", c)
	}
}

// Each message is delivered once, as it was said, and answered in order; a
// handler's error keeps no reply back.
func testAnswers(t *testing.T, p Peer) {
	var mu sync.Mutex
	var got []bot.Incoming
	start(t, p, func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, in)
		return bot.Reply{Text: "答" + in.Text}, errors.New("for the log")
	})
	said := []string{"提案什么时候截止", "A & B <C>", "十不准第三条😀"}
	var want []string
	for i, text := range said {
		p.Say(text)
		want = append(want, "答"+text)
		await(t, p, i+1)
	}
	if heard := p.Heard(); !slices.Equal(heard, want) {
		t.Errorf("received %q, want %q", heard, want)
	}
	mu.Lock()
	defer mu.Unlock()
	for i, in := range got {
		if in.Text != said[i] || in.Channel != p.Channel.Name() || in.Conversation == "" || in.Sender == "" ||
			in.Kind != bot.Text || in.Group || !in.Addressed || time.Since(in.SentAt).Abs() > patience {
			t.Errorf("delivered %+v for %q", in, said[i])
		}
	}
	if len(got) != len(said) {
		t.Errorf("%d delivered, want %d", len(got), len(said))
	}
}

// An empty reply is silence.
func testSilence(t *testing.T, p Peer) {
	start(t, p, func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
		if in.Text == "静" {
			return bot.Reply{}, nil
		}
		return bot.Reply{Text: in.Text}, nil
	})
	p.Say("静")
	p.Say("说")
	if got := await(t, p, 1); !slices.Equal(got, []string{"说"}) {
		t.Errorf("received %q", got)
	}
}

// A text over the limit arrives in parts within it, and whole.
func testLong(t *testing.T, p Peer) {
	limit := p.Channel.Capabilities().MaxBytes
	long := strings.Repeat("委员应当出席会议。", max(limit, 900)/9)
	start(t, p, func(context.Context, bot.Incoming) (bot.Reply, error) { return bot.Reply{Text: long}, nil })
	p.Say("全文")
	parts := bot.Split(long, limit)
	got := await(t, p, len(parts))
	if !slices.Equal(got, parts) {
		t.Errorf("received %d parts, want %d", len(got), len(parts))
	}
	for _, part := range got {
		if limit > 0 && len(part) > limit {
			t.Errorf("a part has %d bytes", len(part))
		}
	}
}

// What nobody asked for reaches whom it is sent to.
func testSend(t *testing.T, p Peer) {
	if !p.Channel.Capabilities().Initiates {
		t.Skip("the channel only answers")
	}
	to := make(chan string, 1)
	start(t, p, func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
		to <- in.Conversation
		return bot.Reply{Text: "好"}, nil
	})
	p.Say("喂")
	await(t, p, 1)
	conversation := <-to
	for i := range 2 {
		text := fmt.Sprintf("通知%d", i)
		if _, err := p.Channel.Send(t.Context(), bot.Outgoing{To: conversation, Text: text}); err != nil {
			t.Fatal(err)
		}
		if got := await(t, p, i+2); got[i+1] != text {
			t.Errorf("received %q", got)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var refused *bot.RefusedError
	if _, err := p.Channel.Send(ctx, bot.Outgoing{To: conversation, Text: "太晚"}); !errors.As(err, &refused) {
		t.Errorf("after the end: %v, want a RefusedError", err)
	}
}

// What cannot be delivered is refused, and says why.
func testNoGroup(t *testing.T, p Peer) {
	start(t, p, func(context.Context, bot.Incoming) (bot.Reply, error) { return bot.Reply{Text: "好"}, nil })
	p.Say("喂")
	await(t, p, 1)
	var refused *bot.RefusedError
	_, err := p.Channel.Send(t.Context(), bot.Outgoing{To: bot.GroupAddress("没有的群"), Text: "通知"})
	if !errors.As(err, &refused) || !strings.Contains(err.Error(), "没有的群") {
		t.Errorf("got %v, want a RefusedError that names the group", err)
	}
	if got := p.Heard(); len(got) != 1 {
		t.Errorf("received %q", got)
	}
}

// Run ends with its context and without error, even while an answer is being
// made.
func testEnds(t *testing.T, p Peer) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	busy := make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- p.Channel.Run(ctx, func(ctx context.Context, in bot.Incoming) (bot.Reply, error) {
			close(busy)
			<-ctx.Done()
			return bot.Reply{}, ctx.Err()
		})
	}()
	p.Say("喂")
	<-busy
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("Run: %v", err)
		}
	case <-time.After(patience):
		t.Error("Run did not end with its context")
	}
}
