package main

import (
	"context"

	"github.com/spf13/cobra"
)

func newWeb(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "web",
		Short: "工作人员的网页：单独开，不连渠道",
		Long: "打开工作人员的网页：今天的推送、制度、试问、未答问题、人员、参与情况、设置。不连微信；连微信值守的 lianwen serve，配置里写了 [web] listen 的，带着同一个网页。\n" +
			"在 [web] listen 写的地址上等人打开，没有写的是 " + defaultWebListen + "，只有本机打得开。先用 lianwen web account add 建一个账号。\n" +
			"SIGTERM 或 Ctrl-C 停止，退出码 0。",
		Example: "  lianwen web --config /etc/lianwen/config.toml\n  lianwen web account add 王五",
		Args:    noSuchCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.logAs(format); err != nil {
				return err
			}
			return a.web(cmd.Context())
		},
	}
	logFlag(cmd, &format)
	cmd.AddCommand(newWebAccount(a))
	return cmd
}

// web runs the page until ctx ends.
func (a *app) web(ctx context.Context) error {
	forced, forget := notifyHangup()
	defer forget()
	live, cfg, err := a.openForPage(ctx)
	if err != nil {
		return err
	}
	defer live.Close()
	a.observe(cfg)
	records, err := openLedger(ctx, cfg)
	if err != nil {
		return err
	}
	defer records.Close()
	desk, err := a.newDesk(cfg, records, liveLibrary(live))
	if err != nil {
		return err
	}
	rebuild, stop, err := a.watch(ctx, cfg, live, forced, nil)
	if err != nil {
		return err
	}
	defer stop()
	desk.Reindex = rebuild
	page, err := a.newPage(ctx, cfg, cfg.Web.address(), live, desk)
	if err != nil {
		return err
	}
	if err := a.announce(ctx, cfg, desk); err != nil {
		return err
	}
	return page.run(ctx)
}
