package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ergochat/readline"
	"golang.org/x/term"

	"lianwen/bot"
)

// maxLine is the longest line that is read, in bytes; a longer one ends the
// conversation with an error.
const maxLine = 4 << 20

// lines is where messages come from. Next returns io.EOF at the end.
type lines interface {
	Next() (string, error)
	Close() error
}

// converse hands line after line to turn until there are no more, a word that
// ends the conversation comes, or ctx ends, and closes src.
func converse(ctx context.Context, src lines, turn func(ctx context.Context, line string) error) error {
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
			if err := turn(ctx, line); err != nil {
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

// openLines reads lines from in. When that is a terminal they are edited behind a
// prompt, asked for anew for each, and kept in the file history, unless it is "".
func openLines(from io.Reader, out io.Writer, history string, prompt func() string) (lines, error) {
	in, isFile := from.(*os.File)
	if !isFile || !term.IsTerminal(int(in.Fd())) {
		s := bufio.NewScanner(from)
		s.Buffer(make([]byte, 0, 4096), maxLine)
		return &piped{s}, nil
	}
	e := &edited{prompt: prompt}
	rl, err := readline.NewFromConfig(&readline.Config{
		Prompt: prompt(), Stdin: in, Stdout: out, HistoryFile: history, HistoryLimit: 500, DisableAutoSaveHistory: true,
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
	rl     *readline.Instance
	prompt func() string
	typed  int // characters in the line, as of the last key
}

func (e *edited) Next() (string, error) {
	for {
		e.typed = 0
		e.rl.SetPrompt(e.prompt())
		line, err := e.rl.ReadLine()
		switch {
		case err == nil && bot.Keepable(line):
			_ = e.rl.SaveToHistory(line) // a history that cannot be kept is no reason to stop
			return line, nil
		case !errors.Is(err, readline.ErrInterrupt):
			return line, err
		case e.typed == 0:
			return "", io.EOF
		} // else Ctrl-C drops the line being typed
	}
}

func (e *edited) Close() error { return e.rl.Close() }
