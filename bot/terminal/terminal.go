// Package terminal is a channel over a Reader and a Writer: one conversation
// with one person, one message a line.
//
// On a terminal lines are edited with the cursor keys, Chinese characters
// counted at their width, and earlier lines come back with ↑; Ctrl-D,
// Ctrl-C on an empty line, or 退出 ends the conversation. Anything else (a pipe, a
// file) is read line by line and no prompt is written. The package keeps
// nothing but the history file it is told to.
package terminal

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"lianwen/bot"
)

// Channel is a conversation in a terminal.
type Channel struct {
	in      io.Reader
	history string

	mu  sync.Mutex // one message is written at a time
	out io.Writer
}

var _ bot.Channel = (*Channel)(nil)

// New returns a channel that reads from in and writes to out. When in is a
// terminal, lines typed are kept in the file history, or nowhere if it is "".
func New(in io.Reader, out io.Writer, history string) *Channel {
	return &Channel{in: in, out: out, history: history}
}

// Name is the channel's name.
const Name = "terminal"

// Name implements bot.Channel.
func (c *Channel) Name() string { return Name }

// Capabilities implements bot.Channel.
func (c *Channel) Capabilities() bot.Capabilities {
	return bot.Capabilities{Label: "终端", Direct: true, Initiates: true, StableIDs: true}
}

// Ready implements bot.Channel. Whoever is written to is there; a group is not.
func (c *Channel) Ready(to string) error {
	if name, ok := bot.GroupOf(to); ok {
		return fmt.Errorf("终端里没有群，发不到“%s”", name)
	}
	return nil
}

// Send implements bot.Channel. There is one person to write to, whoever it is
// meant for, but no group.
func (c *Channel) Send(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	if err := c.Ready(out.To); err != nil {
		return bot.Receipt{}, &bot.RefusedError{Reason: err.Error()}
	}
	if err := ctx.Err(); err != nil {
		return bot.Receipt{}, &bot.RefusedError{Reason: "已经停止", Err: err}
	}
	if err := c.write(out.Text); err != nil {
		return bot.Receipt{}, &bot.RefusedError{Reason: "终端写不进去", Err: err}
	}
	return bot.Receipt{}, nil
}

func (c *Channel) write(text string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := fmt.Fprintf(c.out, "%s\n\n", text); err != nil {
		return fmt.Errorf("write message: %w", err)
	}
	return nil
}

// Run implements bot.Channel. An answer is written before the next line is read.
func (c *Channel) Run(ctx context.Context, handle bot.Handler) error {
	src, err := openLines(c.in, c.out, c.history, func() string { return "您：" })
	if err != nil {
		return fmt.Errorf("open terminal: %w", err)
	}
	return converse(ctx, src, func(ctx context.Context, line string) error { return c.turn(ctx, line, handle) })
}

func (c *Channel) turn(ctx context.Context, line string, handle bot.Handler) error {
	// The handler has logged what went wrong; the reply says it to the person.
	reply, _ := handle(ctx, bot.Incoming{
		Channel: c.Name(), Conversation: "terminal", Sender: "terminal",
		Text: line, Addressed: true, SentAt: time.Now(),
	})
	if reply.Text == "" {
		return nil
	}
	return c.write(reply.Text)
}
