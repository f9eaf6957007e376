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
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/ergochat/readline"
	"golang.org/x/term"

	"lianwen/bot"
)

// maxLine is the longest line that is read, in bytes; a longer one ends the
// conversation with an error.
const maxLine = 4 << 20

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

// lines is where messages come from. Next returns io.EOF at the end.
type lines interface {
	Next() (string, error)
	Close() error
}

// Run implements bot.Channel. An answer is written before the next line is read.
func (c *Channel) Run(ctx context.Context, handle bot.Handler) error {
	src, err := c.open()
	if err != nil {
		return fmt.Errorf("open terminal: %w", err)
	}
	defer src.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // lets the reading goroutine go
	typed := make(chan string)
	failed := make(chan error, 1)
	answered := make(chan struct{})
	go read(ctx, src, typed, answered, failed)
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-failed:
			if errors.Is(err, io.EOF) {
				return nil
			}
			return fmt.Errorf("read line: %w", err)
		case line := <-typed:
			if leaving[strings.TrimSpace(line)] {
				return nil
			}
			if err := c.turn(ctx, line, handle); err != nil {
				return err
			}
		}
		select {
		case answered <- struct{}{}:
		case <-ctx.Done():
			return nil
		}
	}
}

// read hands on one line at a time, and reads the next when it was answered.
func read(ctx context.Context, src lines, typed chan<- string, answered <-chan struct{}, failed chan<- error) {
	for {
		line, err := src.Next()
		if err != nil {
			failed <- err
			return
		}
		select {
		case typed <- line:
		case <-ctx.Done():
			return
		}
		select {
		case <-answered:
		case <-ctx.Done():
			return
		}
	}
}

// leaving are the words that end the conversation, besides the end of input.
var leaving = map[string]bool{"退出": true, "再见": true, "exit": true, "quit": true}

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

func (c *Channel) open() (lines, error) {
	in, isFile := c.in.(*os.File)
	if !isFile || !term.IsTerminal(int(in.Fd())) {
		s := bufio.NewScanner(c.in)
		s.Buffer(make([]byte, 0, 4096), maxLine)
		return &piped{s}, nil
	}
	e := &edited{}
	rl, err := readline.NewFromConfig(&readline.Config{
		Prompt: "您：", Stdin: in, Stdout: c.out, HistoryFile: c.history, HistoryLimit: 500,
		Listener: func(line []rune, _ int, _ rune) ([]rune, int, bool) {
			e.typed = len(line)
			return nil, 0, false
		},
	})
	if err != nil {
		return nil, err
	}
	e.rl = rl
	return e, nil
}

// piped reads lines from something that is no terminal.
type piped struct{ s *bufio.Scanner }

func (p *piped) Next() (string, error) {
	if p.s.Scan() {
		return p.s.Text(), nil
	}
	if err := p.s.Err(); err != nil {
		return "", err
	}
	return "", io.EOF
}

func (p *piped) Close() error { return nil }

// edited reads lines that are edited on a terminal.
type edited struct {
	rl    *readline.Instance
	typed int // characters in the line, as of the last key
}

func (e *edited) Next() (string, error) {
	for {
		e.typed = 0
		line, err := e.rl.ReadLine()
		switch {
		case !errors.Is(err, readline.ErrInterrupt):
			return line, err
		case e.typed == 0:
			return "", io.EOF
		} // else Ctrl-C drops the line being typed
	}
}

func (e *edited) Close() error { return e.rl.Close() }
