package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"lianwen/bot"
	"lianwen/bot/admin"
	"lianwen/bot/staff"
	"lianwen/bot/talk"
	"lianwen/corpus"
	"lianwen/index"
)

// openForPage opens the library and an index of it, also where nothing is in the
// folder yet, or there is no folder: the rules come in by the page.
func (a *app) openForPage(ctx context.Context) (*index.Live, *config, error) {
	cfg, err := loadConfig(a.configPath)
	if err != nil {
		return nil, nil, err
	}
	if a.library != "" {
		cfg.Library = a.library
	}
	if _, err := os.Stat(cfg.Library); cfg.Library != "" && errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(cfg.Library, 0o755); err != nil {
			return nil, nil, bot.Unavailable.Sayf("制度库的文件夹 %s 建不了：%v。请检查 library 写的路径和权限。", cfg.Library, errors.Unwrap(err))
		}
	}
	live, opened, err := a.openLive(ctx)
	if !corpus.Empty(err) {
		return live, opened, err
	}
	if err := a.openBridge(ctx, cfg, &corpus.Corpus{}); err != nil {
		return nil, nil, err
	}
	x, err := index.Blank(a.bridge)
	if err != nil {
		return nil, nil, err
	}
	return index.NewLive(x), cfg, nil
}

// observe keeps from now on what the page and a monitor are shown of a program that
// runs: its log, and what it counts.
func (a *app) observe(cfg *config) {
	a.logbook = admin.NewLogbook(a.log().Handler(), time.Now, cfg.hide())
	a.counters = admin.NewCounters()
}

// page is the staff's page, and where it listens.
type page struct {
	*admin.Server
	listener net.Listener // nil: nobody has configured one
	monitor  net.Listener // of a monitor; nil: none
}

// newPage makes the page, and begins to listen at an address, "" for nowhere, and where
// a monitor asks. Run it.
func (a *app) newPage(ctx context.Context, cfg *config, at string, live *index.Live, desk *staff.Desk) (*page, error) {
	c := admin.Config{
		Desk: desk, Live: live, Bot: a.newBot(live, talk.Config{}, cfg), Lines: linesStore(cfg),
		DataDir: cfg.DataDir, URL: cfg.Web.base(), Proxies: cfg.Web.proxies, Log: a.log(), Logbook: a.logbook, Counters: a.counters,
		Settings: func() []admin.Setting { return a.settings(cfg) },
		Check:    func(ctx context.Context) (admin.Findings, error) { return a.checkForPage(ctx, cfg.hide()) },
	}
	for _, ch := range a.channels(cfg, nil) {
		c.Channels = append(c.Channels, admin.Channel{Name: ch.Name(), Label: ch.Capabilities().Label})
	}
	if cfg.Web.TLSCert != "" {
		pair, err := tls.LoadX509KeyPair(cfg.Web.TLSCert, cfg.Web.TLSKey)
		if err != nil {
			return nil, bot.Invalid.Sayf("web.tls_cert 或 web.tls_key 不能用：%v。请写 PEM 格式的证书和它的私钥。", err)
		}
		c.TLS = &pair
	}
	p := &page{}
	var err, err2, err3 error
	p.listener, err = listen(ctx, "listen", at)
	p.monitor, err2 = listen(ctx, "metrics", cfg.Web.Metrics)
	p.Server, err3 = admin.New(c)
	if err := errors.Join(err, err2, err3); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// listen begins to listen at what a key of [web] says; "" is nowhere.
func listen(ctx context.Context, key, at string) (net.Listener, error) {
	if at == "" {
		return nil, nil
	}
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", at)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, bot.Unavailable.Sayf("%s 已经有程序在用（可能是另一个 lianwen）。请停掉它，或者在 [web] 的 %s 里换一个端口。", at, key)
	case err != nil:
		return nil, bot.Unavailable.Sayf("不能在 %s 上等人打开网页：%v。请检查 [web] 的 %s。", at, err, key)
	}
	return listener, nil
}

// close lets go of what was begun where not all could be.
func (p *page) close() (err error) {
	for _, l := range []net.Listener{p.listener, p.monitor} {
		if l != nil {
			err = errors.Join(err, l.Close())
		}
	}
	if p.Server != nil {
		p.Close()
	}
	return err
}

// run serves the page until ctx ends.
func (p *page) run(ctx context.Context) error {
	defer p.Close()
	group, ctx := errgroup.WithContext(ctx)
	if p.listener != nil {
		group.Go(func() error { return p.Serve(ctx, p.listener) })
	}
	if p.monitor != nil {
		group.Go(func() error { return p.ServeMonitor(ctx, p.monitor) })
	}
	return group.Wait()
}

// announce says where the page is, and what is missing before somebody can log in.
func (a *app) announce(ctx context.Context, cfg *config, desk *staff.Desk) error {
	accounts, err := desk.Accounts(ctx)
	if err != nil {
		return err
	}
	text := "工作人员的网页：" + cfg.Web.base() + "\n"
	if len(accounts) == 0 {
		text += "还没有账号。请在另一个窗口运行 lianwen web account add 名字，打开它给的网址设密码。\n"
	}
	library, release := desk.Library()
	defer release()
	if len(library.Rules) == 0 {
		text += fmt.Sprintf("制度库 %s 里还没有制度。登录以后在“制度”里导入。\n", cfg.Library)
	}
	_, err = fmt.Fprint(a.err, text)
	return err
}
