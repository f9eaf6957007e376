package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	"golang.org/x/term"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/wechat"
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
			if format != logText && format != logJSON {
				return &usageError{fmt.Sprintf("--log-format %q 不认识，请写 text 或 json。", format)}
			}
			a.logFormat = format
			return a.serve(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&format, "log-format", logText, "日志格式：text 或 json")
	return cmd
}

// serve runs everything that is enabled until ctx ends or something fails for
// good.
func (a *app) serve(ctx context.Context) error {
	live, cfg, err := a.openLive(ctx)
	if err != nil {
		return err
	}
	defer live.Close()
	if !cfg.Wechat.Enabled {
		return bot.Sayf("没有启用任何渠道。要在微信里值守，请在配置文件的 [wechat] 下写 enabled = true；只想在终端里用，请运行 lianwen chat。")
	}
	records, err := openLedger(ctx, cfg)
	if err != nil {
		return err
	}
	defer records.Close()
	w, err := a.newWatcher(cfg, live)
	if err != nil {
		return err
	}
	defer w.start(ctx)()
	return a.run(ctx, cfg, live, records, w)
}

// run runs what serve has opened.
func (a *app) run(ctx context.Context, cfg *config, live *index.Live, records *ledger.Ledger, w *watcher) error {
	group, ctx := errgroup.WithContext(ctx)
	alarm := newAlarm(cfg.Alert, a.log())
	defer alarm.wait()
	board := newBoard(wechatDir(cfg), a.err, a.onTerminal(), alarm, a.log())
	lease, err := newLeaser(cfg, records, a.log())
	if err != nil {
		return err
	}
	var outbox *bot.Outbox // told when the channel can send
	channel := a.newWechat(cfg, func(s wechat.Status) {
		board.set(s)
		lease.note(s)
		if outbox != nil && s.State == wechat.Online {
			outbox.Wake()
		}
	})
	plan, err := planner(cfg, live, records, a.log())
	if err != nil {
		return err
	}
	if len(cfg.pushes) > 0 {
		outbox = a.newOutbox(cfg, channel, records, live, plan)
		outbox.Alert = func(text string) { alarm.tell(ctx, text) }
	}
	ended, end := context.WithCancel(context.WithoutCancel(ctx)) // the board sees the channel out
	group.Go(func() error {
		defer end()
		return channel.Run(ctx, a.newBot(live, bot.Config{
			Records: records, Plan: plan, Reindex: w.rebuild,
			Tell: func(ctx context.Context, out bot.Outgoing) error {
				_, err := channel.Send(ctx, out)
				return err
			},
		}, cfg).Handle)
	})
	if outbox != nil {
		group.Go(func() error { return outbox.Run(ctx) })
	}
	if cfg.Ledger.URL != "" { // a SQLite ledger is this process's alone, and so is its data_dir
		group.Go(func() error { return lease.run(ctx) })
	}
	group.Go(func() error {
		board.run(ended)
		return nil
	})
	return group.Wait()
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
			board := newBoard(wechatDir(cfg), a.err, a.onTerminal(), nil, a.log())
			var group errgroup.Group
			group.Go(func() error {
				board.run(ctx)
				return nil
			})
			account, err := a.newWechat(cfg, board.set).Login(ctx)
			end()
			if err := errors.Join(err, group.Wait()); err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "已登录：%s。运行 lianwen serve 开始值守。\n", account)
			return err
		},
	}
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
