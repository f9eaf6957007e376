// Command lianwen is 廉问, a WeChat assistant that answers questions about a
// committee's rules with the very words of the article. See the README.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // the binary must know Asia/Shanghai on a machine without zone files

	"lianwen/bot"
	"lianwen/bot/office"
	"lianwen/corpus"
)

// Exit codes; scripts depend on them.
const (
	exitOK       = 0
	exitError    = 1
	exitNotFound = 3
)

// exitCode ends the program with a code and no message: what there was to say
// has been said.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole program.
func run(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cmd := newRoot(&streams{in, out, errOut})
	cmd.SetArgs(args)
	err := cmd.ExecuteContext(ctx)
	var code exitCode
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return exitOK
	case errors.As(err, &code):
		return int(code)
	}
	fmt.Fprintln(errOut, explain(err))
	return exitError
}

// explain is the one place that turns an error into words for the person at
// the terminal.
func explain(err error) string {
	var problems corpus.Problems
	var usage *usageError
	var bad *configError
	var form *office.FormError
	switch {
	case errors.As(err, &form):
		return form.Error()
	case errors.As(err, &problems):
		return fmt.Sprintf("制度库有 %d 处问题：\n%s", len(problems), problems.Error())
	case errors.As(err, &usage), errors.As(err, &bad):
		return err.Error()
	case bot.Say(err) == err.Error(): // made to be read
		return err.Error()
	}
	if text, ok := inUse(err); ok {
		return text
	}
	return "出错了：" + err.Error()
}
