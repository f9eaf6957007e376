package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"sync"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	"golang.org/x/term"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/duty"
	"lianwen/bot/staff"
	"lianwen/bot/talk"
	"lianwen/bot/wechat"
	"lianwen/corpus"
	"lianwen/index"
)

func newServe(a *app) *cobra.Command {
	var format string // the log's; other commands keep that for people
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "值守：登录微信，回答提问，直到收到停止信号",
		Long: "值守：登录微信（需要时显示二维码），在私聊和群里回答提问。制度库有改动时换用新的文本。\n" +
			"SIGTERM 或 Ctrl-C 停止：没有答完的问题留待下次启动再答，退出码 0；SIGHUP 立即重读制度库。",
		Example: "  lianwen serve --config /etc/lianwen/config.toml --log-format json",
		Args:    exactArgs(0, "serve 后面不用写别的。"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.logAs(format); err != nil {
				return err
			}
			return a.serve(cmd.Context())
		},
	}
	logFlag(cmd, &format)
	return cmd
}

// logFlag lets a command that runs for long choose the format of its log.
func logFlag(cmd *cobra.Command, format *string) {
	cmd.Flags().StringVar(format, "log-format", logText, "日志格式：text 或 json")
}

// logAs takes the format that was chosen.
func (a *app) logAs(format string) error {
	if format != logText && format != logJSON {
		return bot.Invalid.Sayf("--log-format %q 不认识，请写 text 或 json。", format)
	}
	a.logFormat = format
	return nil
}

// channelNames are the channels there can be.
var channelNames = []string{wechat.Name}

// channels makes those that are enabled, in the order in which they are tried.
// report hears where each stands. Adding a channel is a line here, its name
// above, and its table of the configuration.
func (a *app) channels(cfg *config, report func(bot.Status)) []bot.Channel {
	var list []bot.Channel
	if cfg.Wechat.Enabled {
		list = append(list, a.newWechat(cfg, report))
	}
	return list
}

// newWechat makes the channel over WeChat's web protocol.
func (a *app) newWechat(cfg *config, report func(bot.Status)) *wechat.Channel {
	c := cfg.Wechat.channel
	c.Dir, c.Log, c.OnStatus = filepath.Join(cfg.DataDir, wechat.Name), a.log(), report
	return wechat.New(c)
}

// serve runs everything that is enabled until ctx ends or something fails for
// good.
func (a *app) serve(ctx context.Context) error {
	forced, forget := notifyHangup() // before anything takes long: unheard, SIGHUP ends a process
	defer forget()
	live, cfg, err := a.openToServe(ctx)
	if err != nil {
		return err
	}
	defer live.Close()
	a.observe(cfg)
	debug.FreeOSMemory() // reading a library takes more than keeping it, and this runs for months
	if len(a.channels(cfg, nil)) == 0 {
		return bot.Invalid.Sayf("没有启用任何渠道。要在微信里值守，请在配置文件的 [wechat] 下写 enabled = true；只要工作人员的网页，请运行 lianwen web；只想在终端里用，请运行 lianwen chat；想先看看一天怎么过，请运行 lianwen try。")
	}
	records, err := openServing(ctx, cfg)
	if err != nil {
		return err
	}
	defer records.Close()
	desk, err := a.newDesk(cfg, records, liveLibrary(live))
	if err != nil {
		return err
	}
	alarm := a.alarm(cfg)
	defer alarm.Wait()
	rebuild, stop, err := a.watch(ctx, cfg, live, forced, func(text string) { alarm.Tell(ctx, text) })
	if err != nil {
		return err
	}
	defer stop()
	desk.Reindex = rebuild
	if cfg.Web.Listen == "" && cfg.Web.Metrics == "" {
		return a.onDuty(ctx, cfg, live, desk, alarm)
	}
	page, err := a.newPage(ctx, cfg, cfg.Web.Listen, live, desk)
	if err != nil {
		return err
	}
	return a.both(ctx, cfg, page, desk, func(ctx context.Context) error { return a.onDuty(ctx, cfg, live, desk, alarm) })
}

// openToServe opens what is answered from. Only where there is a page to put rules in
// by may there be none yet.
func (a *app) openToServe(ctx context.Context) (*index.Live, *config, error) {
	cfg, err := loadConfig(a.configPath)
	if err != nil {
		return nil, nil, err
	}
	if cfg.Web.Listen != "" {
		return a.openForPage(ctx)
	}
	return a.openLive(ctx)
}

// both runs the page beside the channels, as long as these run.
func (a *app) both(ctx context.Context, cfg *config, p *page, desk *staff.Desk, channels func(context.Context) error) error {
	if p.listener != nil {
		if err := a.announce(ctx, cfg, desk); err != nil {
			return err
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	ctx, end := context.WithCancel(ctx)
	group.Go(func() error {
		defer end()
		return channels(ctx)
	})
	group.Go(func() error { return p.run(ctx) })
	return group.Wait()
}

// alarm is how the operator is told.
func (a *app) alarm(cfg *config) *duty.Alarm {
	return duty.NewAlarm(duty.Ways{Command: cfg.Alert.Command, Webhook: cfg.Alert.Webhook, Page: cfg.Web.served()}, cfg.DataDir, a.log())
}

// onDuty runs the channels with what serve has opened.
func (a *app) onDuty(ctx context.Context, cfg *config, live *index.Live, desk *staff.Desk, alarm *duty.Alarm) error {
	d := &duty.Duty{Board: duty.NewBoard(cfg.DataDir, a.terminal(), alarm, a.log())}
	if cfg.Ledger.URL != "" { // a SQLite ledger is this process's alone, and so is its data_dir
		var err error
		if d.Lease, err = duty.NewLease(desk.Ledger, cfg.DataDir, a.log()); err != nil {
			return err
		}
	}
	d.Channels = a.gated(cfg, desk, alarm, a.channels(cfg, d.Report))
	private, err := cfg.private(talk.Config{Desk: desk, Page: cfg.Web.served(), Tell: d.Send, Bounded: true, Outcome: a.counters.Question})
	if err != nil {
		return err
	}
	d.Handler = a.newBot(live, private, cfg).Handle
	if desk.Schedule != nil {
		d.Outbox = day.NewOutbox(day.Outbox{
			Channels: d.Channels, Records: desk.Ledger, Schedule: desk.Schedule, Caps: cfg.caps(), Log: a.log(),
			Alert: func(text string) { alarm.Tell(ctx, text) },
		})
	}
	return d.Run(ctx)
}

// judged are the judged questions that can be asked of a library. Of what they want some
// may have gone with a revision, which is to keep nobody from starting.
func (a *app) judged(cfg *config, c *corpus.Corpus) ([]index.Judged, error) {
	if cfg.JudgedQuestions != "" {
		if err := readable(cfg.JudgedQuestions); err != nil {
			return nil, bot.Invalid.Sayf("配置里 judged_questions 写的 %s：%v。请检查路径，或者先空着。", cfg.JudgedQuestions, err)
		}
	}
	judged, err := (&staff.Desk{JudgedFile: judgedFile(cfg)}).Judged(c)
	if err != nil {
		a.log().Warn("检验题读不出来，不拿它们检验", "err", err)
		return nil, nil
	}
	if len(judged.Lost) > 0 || judged.Unread > 0 {
		a.log().Warn("有的检验题没有用上，其余照常检验", "要的条没有了", len(judged.Lost), "看不懂的行", judged.Unread)
	}
	return judged.Usable, nil
}

// watch takes up changes of the library until stop is called, at once when forced
// to, and, told by rebuild, has the index built anew. alert hears what the
// operator has to know; it may be nil.
func (a *app) watch(ctx context.Context, cfg *config, live *index.Live, forced <-chan os.Signal, alert func(string)) (rebuild func() (<-chan string, bool), stop func(), err error) {
	gate := index.Gate{Margin: cfg.JudgedMargin}
	x, release := live.Acquire()
	defer release()
	if gate.Questions, err = a.judged(cfg, x.Corpus()); err != nil {
		return nil, nil, err
	}
	w := duty.NewWatcher(duty.Watcher{
		Live: live, Dir: indexDir(cfg), Library: cfg.Library, Gate: gate, Log: a.log(), Explain: explain, Forced: forced, Alert: alert,
	})
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { w.Run(ctx) })
	return w.Rebuild, func() {
		cancel()
		running.Wait()
	}, nil
}

// notifyHangup is where SIGHUP goes until it is forgotten.
func notifyHangup() (<-chan os.Signal, func()) {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	return hup, func() { signal.Stop(hup) }
}

func newLogin(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "login",
		Short: "显示微信登录二维码，等人扫码，存下登录信息",
		Long:  "显示微信登录二维码，等人扫码并在手机上确认，存下登录信息后结束；之后 lianwen serve 启动时不用再扫。\n已经登录过、仍然有效的，不显示二维码。",
		Args:  exactArgs(0, "login 后面不用写别的。"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := loadConfig(a.configPath)
			if err != nil {
				return err
			}
			ctx, end := context.WithCancel(cmd.Context())
			board := duty.NewBoard(cfg.DataDir, a.terminal(), nil, a.log())
			var group errgroup.Group
			group.Go(func() error {
				board.Run(ctx)
				return nil
			})
			account, err := a.newWechat(cfg, board.Set).Login(ctx)
			end()
			if err := errors.Join(err, group.Wait()); err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "已登录：%s。运行 lianwen serve 开始值守。\n", account)
			return err
		},
	}
}

// terminal is stderr, if somebody looks at it, else nil.
func (a *app) terminal() io.Writer {
	if !a.onTerminal() {
		return nil
	}
	return a.err
}

// onTerminal reports whether somebody looks at what is written to stderr.
func (a *app) onTerminal() bool {
	f, ok := a.err.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// inUse is what to do about a login that another process has.
func inUse(err error) (string, bool) {
	if !errors.Is(err, wechat.ErrInUse) {
		return "", false
	}
	return "另一个 lianwen 正在用这个微信登录。请先停掉它（如 systemctl stop lianwen），或者换一个 data_dir。", true
}
