package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot"
)

// Closing hands back what was not dealt with, and what was not said, what comes
// later included; what is being said ends first.
func TestMailboxClose(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{says: time.Hour}
		m := d.mailbox(8)
		m.Put(in("a", "甲", "1"))
		m.Put(in("a", "甲", "2"))
		synctest.Wait()
		d.mu.Lock()
		d.deals = time.Hour
		d.mu.Unlock()
		m.Put(in("b", "甲", "3"))
		m.Put(in("b", "甲", "4"))
		synctest.Wait()
		unread, unsaid := m.Close(t.Context())
		var got []string
		for _, in := range unread {
			got = append(got, in.MessageID)
		}
		for _, l := range unsaid {
			got = append(got, l.Text)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != "3 4 答1 答2" {
			t.Errorf("handed back %v", got)
		}
		if d.count(&d.done) != 0 {
			t.Errorf("done: %v", d.done)
		}
		m.Put(in("c", "甲", "5"))
		m.Post(bot.Letter{In: in("c", "甲", "6"), Text: "答6"})
		if unread, unsaid := m.Close(t.Context()); len(unread) != 3 || len(unsaid) != 3 {
			t.Errorf("after late ones: %v, %v", unread, unsaid)
		}
	})
}

// What an earlier mailbox has left unsaid is said by the next.
func TestMailboxPost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{}
		m := d.mailbox(8)
		m.Post(bot.Letter{In: in("a", "甲", "1"), Text: "答1"})
		synctest.Wait()
		if d.list(&d.said) != "a甲1 答1" || d.count(&d.dealt) != 0 || d.list(&d.done) != "a甲1" {
			t.Errorf("said %v, dealt %v, done %v", d.said, d.dealt, d.done)
		}
		m.Close(t.Context())
	})
}

// Work that will not end keeps nobody else's message from being handed back.
func TestMailboxCloseBehindStuck(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := bot.NewMailbox(bot.Mail{
			Depth: 8, Log: slog.New(slog.DiscardHandler),
			Handle: func(_ context.Context, in bot.Incoming) (bot.Reply, error) { return bot.Reply{Text: in.Text}, nil },
			Say: func(context.Context, bot.Letter) bool {
				time.Sleep(30 * time.Second) // a post to a server that hangs
				return true
			},
		})
		for i := range 3 {
			m.Put(in("a", "甲", fmt.Sprint(i)))
		}
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
		defer cancel()
		_, unsaid := m.Close(ctx)
		if len(unsaid) != 2 || unsaid[0].Text != "1" || unsaid[1].Text != "2" {
			t.Errorf("handed back %v, want 1 and 2", unsaid)
		}
		time.Sleep(time.Minute)
	})
}
