// Command lianwen is 廉问, a WeChat assistant that answers questions about a
// committee's rules with the very words of the article. See the README.
//
// The package only wires: flags, the configuration, a subcommand a file, and one
// place where errors become sentences. What the subcommands do is done by the
// packages below bot; what is kept is in the data folder of the configuration.
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
	"lianwen/bot/ledger"
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
	a := &app{streams: &streams{in, out, errOut}}
	defer a.close()
	cmd := newRoot(a)
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

// troubles say what to do about the database of the ledger.
var troubles = map[ledger.Trouble]string{
	ledger.Full:        "磁盘满了，台账没有写成，原来的记录没有动。请清出空间再试。",
	ledger.Unwritable:  "台账写不进磁盘，原来的记录没有动。请检查 data_dir 的权限和磁盘。",
	ledger.ReadOnly:    "台账所在的 PostgreSQL 不让写：库是只读的，或者这个用户没有权限。请换成可写的主库，或请数据库管理员给读写和建表的权限。",
	ledger.Busy:        "台账一直被另一个程序占着，没有做成。请稍后再试。",
	ledger.Damaged:     "台账文件坏了，或者不是台账。请用 lianwen restore 从备份恢复。",
	ledger.Unreachable: "连不上台账所在的 PostgreSQL。请检查 [ledger] url、网络和数据库是否在运行。",
}

// explain is the one place that turns an error into words for the person at
// the terminal.
func explain(err error) string {
	var problems corpus.Problems
	var form *office.FormError
	mistakes := mistakesIn(err)
	switch {
	case errors.As(err, &form):
		return form.Error()
	case errors.As(err, &problems):
		return fmt.Sprintf("制度库有 %d 处问题：\n%s", len(problems), problems.Error())
	case len(mistakes) == 1:
		return mistakes[0].Error()
	case len(mistakes) > 1:
		return fmt.Sprintf("配置有 %d 处问题：\n%s", len(mistakes), err.Error())
	case bot.CodeOf(err) != 0: // made to be read
		return bot.Say(err)
	}
	if text, ok := inUse(err); ok {
		return text
	}
	if text := troubles[ledger.TroubleOf(err)]; text != "" {
		return text + "（" + err.Error() + "）"
	}
	return "出错了：" + err.Error()
}
