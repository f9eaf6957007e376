package terminal_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"lianwen/bot"
	"lianwen/bot/terminal"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// echo answers with what was said, and nothing to 「静」.
func echo(_ context.Context, in bot.Incoming) (bot.Reply, error) {
	if in.Text == "静" {
		return bot.Reply{}, nil
	}
	return bot.Reply{Text: "您说：" + in.Text}, nil
}

func TestPipedConversation(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"two lines", "一\n二\n", "您说：一\n\n您说：二\n\n"},
		{"no newline at the end", "一\n二", "您说：一\n\n您说：二\n\n"},
		{"lines from Windows", "一\r\n二\r\n", "您说：一\n\n您说：二\n\n"},
		{"an empty line is a message", "\n一\n", "您说：\n\n您说：一\n\n"},
		{"silence writes nothing", "静\n一\n", "您说：一\n\n"},
		{"bytes are not touched", "\xff\x00\u200b\n", "您说：\xff\x00\u200b\n\n"},
		{"a long line", strings.Repeat("长", 1<<20) + "\n", "您说：" + strings.Repeat("长", 1<<20) + "\n\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := terminal.New(strings.NewReader(tt.in), &out, "").Run(context.Background(), echo); err != nil {
				t.Fatal(err)
			}
			if out.String() != tt.want {
				t.Errorf("got %.200q, want %.200q", out.String(), tt.want)
			}
		})
	}
}

func TestIncoming(t *testing.T) {
	start := time.Now()
	var got []bot.Incoming
	c := terminal.New(strings.NewReader("一\n二\n"), io.Discard, "")
	if err := c.Run(context.Background(), func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
		got = append(got, in)
		return bot.Reply{}, nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 {
		t.Fatalf("%d messages", len(got))
	}
	for i, in := range got {
		if in.Channel != c.Name() || in.Text != []string{"一", "二"}[i] || !in.Addressed || in.Group || in.SentAt.Before(start) {
			t.Errorf("message %d: %+v", i, in)
		}
	}
	if got[0].Conversation != got[1].Conversation || got[0].Sender != got[1].Sender {
		t.Errorf("one conversation became two: %+v", got)
	}
}

// The next line is not handled before the answer to the last is written.
func TestAnswersInOrder(t *testing.T) {
	var in, want strings.Builder
	for i := range 200 {
		fmt.Fprintln(&in, i)
		fmt.Fprintf(&want, "答 %d\n\n", i)
	}
	var out bytes.Buffer
	err := terminal.New(strings.NewReader(in.String()), &out, "").Run(context.Background(), func(_ context.Context, m bot.Incoming) (bot.Reply, error) {
		if m.Text != fmt.Sprint(strings.Count(out.String(), "答")) {
			t.Errorf("%s was handled after %d answers", m.Text, strings.Count(out.String(), "答"))
		}
		return bot.Reply{Text: "答 " + m.Text}, nil
	})
	if err != nil || out.String() != want.String() {
		t.Errorf("error %v, got %.100q", err, out.String())
	}
}

// The reply says what went wrong; the conversation goes on.
func TestReplyWithError(t *testing.T) {
	var out bytes.Buffer
	err := terminal.New(strings.NewReader("一\n二\n"), &out, "").Run(context.Background(), func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
		if in.Text == "一" {
			return bot.Reply{Text: "出错了"}, errors.New("internal")
		}
		return bot.Reply{Text: "好"}, nil
	})
	if err != nil || out.String() != "出错了\n\n好\n\n" {
		t.Errorf("error %v, got %q", err, out.String())
	}
}

// Cancelling ends a conversation that is waiting for a line. The goroutine that
// waits goes when the input is closed; nothing else stays behind.
func TestCancelWhileWaiting(t *testing.T) {
	in, typing := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	handled := make(chan string)
	go func() {
		done <- terminal.New(in, io.Discard, "").Run(ctx, func(_ context.Context, m bot.Incoming) (bot.Reply, error) {
			handled <- m.Text
			return bot.Reply{}, nil
		})
	}()
	fmt.Fprintln(typing, "一")
	if got := <-handled; got != "一" {
		t.Errorf("got %q", got)
	}
	cancel()
	ends(t, done, nil)
	typing.Close()
	goleak.VerifyNone(t)
}

func TestCancelledBefore(t *testing.T) {
	in, typing := io.Pipe()
	defer typing.Close()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	done := make(chan error, 1)
	go func() { done <- terminal.New(in, io.Discard, "").Run(ctx, echo) }()
	ends(t, done, nil)
}

func ends(t *testing.T, done <-chan error, want error) {
	t.Helper()
	select {
	case err := <-done:
		if !errors.Is(err, want) {
			t.Errorf("got error %v, want %v", err, want)
		}
	case <-time.After(5 * time.Minute):
		t.Fatal("the conversation does not end")
	}
}

func TestLineTooLong(t *testing.T) {
	var out bytes.Buffer
	in := io.MultiReader(strings.NewReader("一\n"), strings.NewReader(strings.Repeat("x", 5<<20)))
	err := terminal.New(in, &out, "").Run(context.Background(), echo)
	if err == nil || !strings.Contains(err.Error(), "read line") {
		t.Errorf("got error %v, want one about reading a line", err)
	}
	if out.String() != "您说：一\n\n" {
		t.Errorf("what was said before it: %q", out.String())
	}
}

var errBroken = errors.New("broken")

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errBroken }

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestReadError(t *testing.T) {
	err := terminal.New(io.MultiReader(strings.NewReader("一\n"), brokenReader{}), io.Discard, "").Run(context.Background(), echo)
	if !errors.Is(err, errBroken) {
		t.Errorf("got error %v", err)
	}
}

// A reply that cannot be written ends the conversation, and the goroutine that
// reads with it, though the context lives on.
func TestWriteError(t *testing.T) {
	err := terminal.New(strings.NewReader("一\n二\n"), brokenWriter{}, "").Run(context.Background(), echo)
	if !errors.Is(err, errBroken) {
		t.Errorf("got error %v", err)
	}
	goleak.VerifyNone(t)
}
