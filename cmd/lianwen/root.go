package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/admin"
	"lianwen/bot/duty"
	"lianwen/bot/talk"
	"lianwen/corpus"
	"lianwen/index"
)

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// app is what the commands share: the flags every command takes, and the way
// from them to a bot.
type app struct {
	*streams
	configPath string
	library    string
	logFormat  string // of serve; "" is for people at a terminal
	logLevel   logLevel

	bridge *index.Index // see openBridge; nil until a library needs it

	logbook  *admin.Logbook  // what is logged, for the page; nil where there is none
	counters *admin.Counters // what is counted, for a monitor; nil where there is none
}

// The formats of the log, besides that for people.
const (
	logText = "text"
	logJSON = "json"
)

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "lianwen",
		Short: "廉问：问制度，答原文",
		Long: "廉问：市政协制度的微信问答助手。问一句话，答制度原文和出处。\n" +
			"不带任何设置即可用自带的示例制度库试用：lianwen chat",
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              noSuchCommand,
		PersistentPreRunE: keepable,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().StringVar(&a.configPath, "config", "", "配置文件（默认：当前文件夹的 config.toml，没有则用内置默认值）")
	root.PersistentFlags().StringVar(&a.library, "library", "", "制度库：文件夹、.md、.txt 或 .jsonl 文件（默认：自带的示例制度库）")
	root.PersistentFlags().Var(&a.logLevel, "log-level", "日志写到哪一级：debug、info、warn 或 error")
	root.AddCommand(newChat(a), newTry(a), newImport(a), newAsk(a), newLibrary(a), newIndex(a), newEval(a), newServe(a), newLogin(a), newPlan(a), newPush(a), newApproval(a), newHistory(a), newRoster(a), newActivity(a), newQuestions(a), newReport(a), newUnanswered(a), newLines(a), newBackup(a), newRestore(a), newCheck(a), newWeb(a))
	root.AddCommand(newVersion(a), newCompletion(a), newMan(a))
	answersVersion(root)
	inChinese(root)
	completes(root)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	return root
}

// inChinese gives cobra's own texts in Chinese.
func inChinese(root *cobra.Command) {
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Hidden: true, Use: "help", RunE: func(cmd *cobra.Command, args []string) error {
		about, rest, err := root.Find(args)
		if err == nil && about.HasSubCommands() {
			err = noSuchCommand(about, rest)
		}
		if err != nil {
			return err
		}
		return about.Help()
	}})
	root.SetFlagErrorFunc(flagError)
	root.SetUsageTemplate(`用法：
  {{if .HasAvailableSubCommands}}{{.CommandPath}} 命令{{else}}{{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}

命令：{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name 10}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasExample}}

示例：
{{.Example}}{{end}}{{if .HasAvailableLocalFlags}}

选项：
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

通用选项：
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

"{{.CommandPath}} 命令 --help" 看一个命令的用法。{{end}}
`)
	helpInChinese(root)
}

// helpInChinese has a command, and all below it, offer help in Chinese.
func helpInChinese(cmd *cobra.Command) {
	cmd.Flags().BoolP("help", "h", false, "看用法")
	cmd.DisableFlagsInUseLine = true
	for _, sub := range cmd.Commands() {
		helpInChinese(sub)
	}
}

// exactArgs checks the number of arguments and says in Chinese what is missing.
func exactArgs(n int, missing string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == n {
			return nil
		}
		return bot.Invalid.Sayf("%s运行 %s --help 看用法。", missing, cmd.CommandPath())
	}
}

// load reads config and library, and says how much of it is left out.
func (a *app) load() (*config, *corpus.Corpus, error) {
	cfg, c, err := a.read()
	if err != nil {
		return nil, nil, err
	}
	switch missing := duty.Missing(c); {
	case missing == "":
	case a.logFormat != "":
		a.log().Error(missing, "没有用上", c.LeftOut)
	default:
		fmt.Fprintln(a.err, missing)
	}
	return cfg, c, nil
}

// read reads config and library.
func (a *app) read() (*config, *corpus.Corpus, error) {
	cfg, err := loadConfig(a.configPath)
	if err != nil {
		return nil, nil, err
	}
	if a.library != "" {
		cfg.Library = a.library
	}
	c, err := corpus.Open(cfg.Library)
	if err != nil {
		return nil, nil, err
	}
	a.log().Debug("制度库已读入", "library", cfg.Library, "内容", duty.Held(c), "data_dir", cfg.DataDir)
	return cfg, c, nil
}

// open makes a bot without records: config, library and an index that fits.
func (a *app) open(ctx context.Context) (*talk.Bot, *index.Live, *config, error) {
	live, cfg, err := a.openLive(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	return a.newBot(live, talk.Config{}, cfg), live, cfg, nil
}

func (a *app) openLive(ctx context.Context) (*index.Live, *config, error) {
	cfg, c, err := a.load()
	if err != nil {
		return nil, nil, err
	}
	x, err := a.openIndex(ctx, cfg, c, false)
	if err != nil {
		return nil, nil, err
	}
	return index.NewLive(x), cfg, nil
}

// newBot completes what is particular about a bot by what is configured.
func (a *app) newBot(live *index.Live, c talk.Config, cfg *config) *talk.Bot {
	c.Contact, c.Location, c.Log = cfg.Contact, cfg.location, a.log()
	return talk.New(live, c)
}

// progress draws a bar on a terminal for work that takes over a moment.
func (a *app) progress(what string) (report func(done, total int), finish func()) {
	if !a.onTerminal() {
		return nil, func() {}
	}
	var bar *progressbar.ProgressBar
	return func(done, total int) {
			if bar == nil {
				bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(a.err),
					progressbar.OptionSetDescription(what), progressbar.OptionSetWidth(30),
					progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(),
					progressbar.OptionThrottle(50*time.Millisecond))
			}
			_ = bar.Set(done) // a bar that cannot be drawn is no reason to stop
		}, func() {
			if bar != nil {
				_ = bar.Finish()
			}
		}
}

// log is where the program says what it does. People at a terminal need no
// times.
func (a *app) log() *slog.Logger {
	if a.logbook != nil {
		return slog.New(a.logbook)
	}
	opts := &slog.HandlerOptions{Level: slog.Level(a.logLevel)}
	switch a.logFormat {
	case logJSON:
		return slog.New(slog.NewJSONHandler(a.err, opts))
	case logText:
		return slog.New(slog.NewTextHandler(a.err, opts))
	}
	opts.ReplaceAttr = func(_ []string, attr slog.Attr) slog.Attr {
		if attr.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return attr
	}
	return slog.New(slog.NewTextHandler(a.err, opts))
}

// question joins what stands on the command line: quotes are easily forgotten.
func question(args []string) string { return strings.Join(args, " ") }
