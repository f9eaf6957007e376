package talk

import (
	"context"
	"crypto/rand"
	"log/slog"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// Config is what the bot needs to know besides its corpus.
type Config struct {
	Contact  string           // who to ask when nothing is found
	Location *time.Location   // whose day it is; nil means local time
	Log      *slog.Logger     // nil discards
	Now      func() time.Time // nil: the clock
	// Desk has the records and what staff can do. nil: no daily question, no
	// binding, no commands of staff.
	Desk *staff.Desk
	// Key is this installation's secret: what stands for people in the records
	// of questions is made with it. nil: one that is forgotten with the bot.
	Key []byte
	// Page is the address of the staff's page; "": there is none.
	Page string
	// Bounded says that there may be machines among those who ask: nobody is
	// answered without end.
	Bounded bool
	// FriendPhrase is what an application for friendship has to say; "": people
	// look at each.
	FriendPhrase string
	// Outcome hears how each question came out, as the records call it; nil: nobody
	// counts.
	Outcome func(outcome string)
	// Tell sends something that takes longer than a reply may, to a
	// conversation of a channel.
	Tell func(ctx context.Context, channel string, out bot.Outgoing) error
}

// withDefaults completes a configuration.
func (c Config) withDefaults() Config {
	if c.Location == nil {
		c.Location = time.Local
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Outcome == nil {
		c.Outcome = func(string) {}
	}
	if len(c.Key) == 0 {
		c.Key = []byte(rand.Text())
	}
	return c
}

// records are the records, or nil.
func (c Config) records() *ledger.Ledger {
	if c.Desk == nil {
		return nil
	}
	return c.Desk.Ledger
}
