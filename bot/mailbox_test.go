package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot"
)

func in(conversation, id string) bot.Incoming {
	return bot.Incoming{Conversation: conversation, MessageID: id, Text: id}
}

func ids(list []bot.Incoming) []string {
	var out []string
	for _, m := range list {
		out = append(out, m.Conversation+m.MessageID)
	}
	slices.Sort(out)
	return out
}

// Within a conversation the order is kept; one that takes long holds up nobody
// else.
func TestMailboxOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var done []string
		m := bot.NewMailbox(8, slog.New(slog.DiscardHandler), func(ctx context.Context, in bot.Incoming) bool {
			if in.Conversation == "slow" {
				time.Sleep(time.Second)
			}
			mu.Lock()
			defer mu.Unlock()
			done = append(done, in.Conversation+in.MessageID)
			return true
		})
		for i := range 3 {
			m.Put(in("slow", fmt.Sprint(i)))
			m.Put(in("fast", fmt.Sprint(i)))
		}
		synctest.Wait()
		mu.Lock()
		if want := []string{"fast0", "fast1", "fast2"}; !slices.Equal(done, want) {
			t.Errorf("at once %v, want %v", done, want)
		}
		mu.Unlock()
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if got := strings.Join(done[3:], " "); got != "slow0 slow1 slow2" {
			t.Errorf("then %s", got)
		}
		if left := m.Close(t.Context()); len(left) != 0 {
			t.Errorf("left %v", left)
		}
	})
}

// What comes when there is no room is dropped, and its sender told once.
func TestMailboxFull(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var done []bot.Incoming
		m := bot.NewMailbox(2, slog.New(slog.DiscardHandler), func(ctx context.Context, in bot.Incoming) bool {
			time.Sleep(time.Second)
			done = append(done, in)
			return true
		})
		for i := range 6 {
			m.Put(in("a", fmt.Sprint(i)))
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		m.Put(in("a", "later"))
		time.Sleep(time.Minute)
		synctest.Wait()
		var got []string
		for _, d := range done {
			got = append(got, fmt.Sprintf("%s/%d", d.Text, d.Kind))
		}
		want := []string{"0/0", "1/0", fmt.Sprintf("/%d", bot.Overflow), "later/0"}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

// A message taken back is not answered, waiting or under way; the others are.
func TestMailboxWithdraw(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var sent []string
		m := bot.NewMailbox(8, slog.New(slog.DiscardHandler), func(ctx context.Context, in bot.Incoming) bool {
			select {
			case <-time.After(time.Second):
				sent = append(sent, in.MessageID)
				return true
			case <-ctx.Done():
				return false
			}
		})
		for _, id := range []string{"1", "2", "3", "4"} {
			m.Put(in("a", id))
		}
		synctest.Wait()
		m.Withdraw("a", "1") // under way
		m.Withdraw("a", "3") // waiting
		m.Withdraw("b", "2") // of somebody else
		m.Withdraw("a", "9")
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := strings.Join(sent, " "); got != "2 4" {
			t.Errorf("answered %s, want 2 4", got)
		}
		if left := m.Close(t.Context()); len(left) != 0 {
			t.Errorf("withdrawn messages were handed back: %v", ids(left))
		}
	})
}

// Closing hands back what was not answered, what comes later included, and
// waits for what is being sent.
func TestMailboxClose(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		sent := 0
		m := bot.NewMailbox(8, slog.New(slog.DiscardHandler), func(ctx context.Context, in bot.Incoming) bool {
			if in.MessageID == "sending" { // heeds no context any more
				time.Sleep(time.Second)
				sent++
				return true
			}
			<-ctx.Done()
			return false
		})
		m.Put(in("a", "sending"))
		m.Put(in("a", "1"))
		m.Put(in("b", "2"))
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		left := m.Close(ctx)
		if got := strings.Join(ids(left), " "); got != "a1 b2" || sent != 1 {
			t.Errorf("left %s, sent %d", got, sent)
		}
		m.Put(in("c", "3"))
		if got := strings.Join(ids(m.Close(ctx)), " "); got != "a1 b2 c3" {
			t.Errorf("after a late message: %s", got)
		}
	})
}

// A panic ends one answer, not the process and not the conversation.
func TestMailboxPanic(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		done := 0
		m := bot.NewMailbox(8, slog.New(slog.DiscardHandler), func(ctx context.Context, in bot.Incoming) bool {
			if in.MessageID == "1" {
				panic("boom")
			}
			done++
			return true
		})
		m.Put(in("a", "1"))
		m.Put(in("a", "2"))
		synctest.Wait()
		if left := m.Close(t.Context()); done != 1 || len(left) != 0 {
			t.Errorf("%d done, left %v", done, left)
		}
	})
}

// Ten thousand conversations leave nothing behind.
func TestMailboxForgets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := bot.NewMailbox(2, slog.New(slog.DiscardHandler), func(context.Context, bot.Incoming) bool { return true })
		for i := range 10000 {
			m.Put(in(fmt.Sprint(i), "1"))
		}
		synctest.Wait() // would not return while a goroutine waits
		m.Close(t.Context())
	})
}

// Work that will not end keeps nobody else's message from being handed back.
func TestMailboxCloseBehindStuck(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := bot.NewMailbox(8, slog.New(slog.DiscardHandler), func(ctx context.Context, in bot.Incoming) bool {
			time.Sleep(30 * time.Second) // a post to a server that hangs
			return true
		})
		for i := range 3 {
			m.Put(in("a", fmt.Sprint(i)))
		}
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
		defer cancel()
		if got, want := ids(m.Close(ctx)), []string{"a1", "a2"}; !slices.Equal(got, want) {
			t.Errorf("handed back %v, want %v", got, want)
		}
		time.Sleep(time.Minute)
	})
}
