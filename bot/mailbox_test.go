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

func in(conversation, sender, id string) bot.Incoming {
	return bot.Incoming{Conversation: conversation, Sender: sender, MessageID: id, Text: id}
}

// desk records what a mailbox has it deal with and say.
type desk struct {
	mu    sync.Mutex
	dealt []string
	said  []string
	done  []string
	deals time.Duration // how long dealing takes
	says  time.Duration // how long saying takes, unless it is stopped
	panic string        // the id at which dealing panics
}

func (d *desk) mailbox(depth int) *bot.Mailbox {
	return bot.NewMailbox(bot.Mail{
		Depth: depth, Log: slog.New(slog.DiscardHandler),
		Handle: func(ctx context.Context, in bot.Incoming) (bot.Reply, error) {
			if in.MessageID == d.panic && in.Kind == bot.Text {
				panic("boom")
			}
			d.mu.Lock()
			deals := d.deals
			d.mu.Unlock()
			if !waited(ctx, deals) {
				return bot.Reply{Text: "出错了"}, ctx.Err()
			}
			d.note(&d.dealt, in, fmt.Sprint(in.Kind))
			switch {
			case in.Kind == bot.Overflow:
				return bot.Reply{Text: "太多"}, nil
			case in.Text == "静":
				return bot.Reply{}, nil
			}
			return bot.Reply{Text: "答" + in.Text}, nil
		},
		Say: func(ctx context.Context, l bot.Letter) bool {
			if !waited(ctx, d.says) {
				return false
			}
			d.note(&d.said, l.In, l.Text)
			return true
		},
		Done: func(in bot.Incoming) { d.note(&d.done, in, "") },
	})
}

// waited says whether d passed before ctx ended. Nothing to wait for takes no timer:
// timers that are due when they are made, in many goroutines of one bubble, break the
// race detector (golang/go#78156).
func waited(ctx context.Context, d time.Duration) bool {
	if d == 0 {
		return ctx.Err() == nil
	}
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

func (d *desk) note(list *[]string, in bot.Incoming, what string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	*list = append(*list, strings.TrimSpace(in.Conversation+in.Sender+in.MessageID+" "+what))
}

func (d *desk) copy(of *[]string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(*of)
}

func (d *desk) list(of *[]string) string { return strings.Join(d.copy(of), ", ") }
func (d *desk) count(of *[]string) int   { return len(d.copy(of)) }

// What is dealt with does not wait for what is said: of sixty people in a group
// each is dealt with at once, and answered in turn.
func TestMailboxDealsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{says: time.Second}
		m := d.mailbox(4)
		for i := range 60 {
			m.Put(in("群", fmt.Sprint("人", i), "x"))
		}
		synctest.Wait()
		if d.count(&d.dealt) != 60 || d.count(&d.said) != 0 {
			t.Errorf("at once %d dealt with, %d said", d.count(&d.dealt), d.count(&d.said))
		}
		time.Sleep(10*time.Second + time.Millisecond)
		synctest.Wait()
		if d.count(&d.said) != 10 {
			t.Errorf("%d said in ten seconds", d.count(&d.said))
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if d.count(&d.said) != 60 || d.count(&d.done) != 60 {
			t.Errorf("in the end %d said, %d done", d.count(&d.said), d.count(&d.done))
		}
		m.Close(t.Context())
	})
}

// Within a conversation the order of a person is kept, in dealing and in saying;
// one that takes long holds up nobody else.
func TestMailboxOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{says: time.Second}
		m := d.mailbox(8)
		for i := range 3 {
			m.Put(in("a", "甲", fmt.Sprint(i)))
			m.Put(in("b", "甲", fmt.Sprint(i)))
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		for _, c := range []string{"a", "b"} {
			var got []string
			for _, s := range d.copy(&d.said) {
				if strings.HasPrefix(s, c) {
					got = append(got, s)
				}
			}
			if want := fmt.Sprintf("%s甲0 答0, %s甲1 答1, %s甲2 答2", c, c, c); strings.Join(got, ", ") != want {
				t.Errorf("got %v, want %s", got, want)
			}
		}
		m.Close(t.Context())
	})
}

// Whoever says too much is dealt with all the same, and told once that the
// replies are not all given; somebody else in the group has room of their own.
func TestMailboxFull(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{says: time.Second}
		m := d.mailbox(2)
		for i := range 6 {
			m.Put(in("群", "甲", fmt.Sprint(i)))
		}
		m.Put(in("群", "乙", "7"))
		synctest.Wait()
		time.Sleep(time.Minute)
		synctest.Wait()
		m.Put(in("群", "甲", "later"))
		time.Sleep(time.Minute)
		synctest.Wait()
		sent := strings.Split(d.list(&d.said), ", ")
		mine := slices.DeleteFunc(sent, func(s string) bool { return strings.HasPrefix(s, "群乙") })
		if got, want := strings.Join(mine, ", "), "群甲0 答0, 群甲1 答1, 群甲2 太多, 群甲later 答later"; got != want {
			t.Errorf("said %s, want %s", got, want)
		}
		if !strings.Contains(d.list(&d.said), "群乙7 答7") {
			t.Error("somebody else had no room")
		}
		for i := range 6 {
			if !slices.Contains(d.copy(&d.dealt), fmt.Sprintf("群甲%d 0", i)) {
				t.Errorf("%d was not dealt with", i)
			}
		}
		if d.count(&d.done) != 8 {
			t.Errorf("done: %v", d.done)
		}
		m.Close(t.Context())
	})
}

// A message taken back is not answered, waiting or under way; the others are.
func TestMailboxWithdraw(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{says: time.Second}
		m := d.mailbox(8)
		for _, id := range []string{"1", "2", "3", "4"} {
			m.Put(in("a", "甲", id))
		}
		synctest.Wait()
		m.Withdraw("a", "1") // under way
		m.Withdraw("a", "3") // waiting
		m.Withdraw("b", "2") // of somebody else
		m.Withdraw("a", "9")
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := d.list(&d.said); got != "a甲2 答2, a甲4 答4" {
			t.Errorf("said %s", got)
		}
		if unread, unsaid := m.Close(t.Context()); len(unread)+len(unsaid) != 0 || d.count(&d.done) != 4 {
			t.Errorf("handed back %v, %v; done %v", unread, unsaid, d.done)
		}
	})
}

func TestMailboxWithdrawUnread(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{deals: time.Second}
		m := d.mailbox(8)
		m.Put(in("a", "甲", "1"))
		m.Put(in("a", "甲", "2"))
		synctest.Wait()
		m.Withdraw("a", "2")
		time.Sleep(time.Minute)
		synctest.Wait()
		if d.list(&d.dealt) != "a甲1 0" || d.list(&d.said) != "a甲1 答1" {
			t.Errorf("dealt %s, said %s", d.list(&d.dealt), d.list(&d.said))
		}
		m.Close(t.Context())
	})
}

// Silence and a panic end one message, not the process and not the conversation.
func TestMailboxPanic(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{panic: "1"}
		m := d.mailbox(8)
		for _, id := range []string{"1", "静", "2"} {
			m.Put(in("a", "甲", id))
		}
		synctest.Wait()
		unread, unsaid := m.Close(t.Context())
		if d.list(&d.said) != "a甲2 答2" || d.list(&d.done) != "a甲1, a甲静, a甲2" || len(unread)+len(unsaid) != 0 {
			t.Errorf("said %v, done %v, left %v %v", d.said, d.done, unread, unsaid)
		}
	})
}

// Of what one person sends while nothing can be dealt with, no more is kept than a
// person would send.
func TestMailboxUnread(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{deals: time.Hour}
		m := d.mailbox(2)
		for i := range 1005 {
			m.Put(in("a", "甲", fmt.Sprint(i)))
		}
		m.Put(in("a", "乙", "x"))
		synctest.Wait()
		if unread, unsaid := m.Close(t.Context()); len(unread) != 1001 || len(unsaid) != 0 {
			t.Errorf("%d unread, %d unsaid", len(unread), len(unsaid))
		}
	})
}

// Ten thousand conversations leave nothing behind.
func TestMailboxForgets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{}
		m := d.mailbox(2)
		for i := range 10000 {
			m.Put(in(fmt.Sprint(i), "甲", "1"))
		}
		synctest.Wait() // would not return while a goroutine waits
		if d.count(&d.said) != 10000 {
			t.Errorf("%d said", d.count(&d.said))
		}
		m.Close(t.Context())
	})
}

// What comes at the moment at which a queue runs empty is worked on once.
func TestMailboxRunsEmpty(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{}
		var m *bot.Mailbox
		done := 0
		m = bot.NewMailbox(bot.Mail{
			Depth: 4, Log: slog.New(slog.DiscardHandler),
			Handle: func(_ context.Context, in bot.Incoming) (bot.Reply, error) {
				d.note(&d.dealt, in, "")
				return bot.Reply{Text: "答"}, nil
			},
			Say: func(_ context.Context, l bot.Letter) bool {
				time.Sleep(5 * time.Millisecond)
				d.note(&d.said, l.In, "")
				return true
			},
			Done: func(bot.Incoming) {
				if done++; done < 5 {
					m.Put(in("a", "甲", fmt.Sprint(done)))
					time.Sleep(time.Millisecond) // it is dealt with meanwhile
				}
			},
		})
		m.Put(in("a", "甲", "0"))
		time.Sleep(time.Second)
		synctest.Wait()
		if got := d.list(&d.said); got != "a甲0, a甲1, a甲2, a甲3, a甲4" || d.count(&d.dealt) != 5 {
			t.Errorf("said %s", got)
		}
		m.Close(t.Context())
	})
}
