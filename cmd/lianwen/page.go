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

// page is the staff's page, and where it listens.
type page struct {
	*admin.Server
	listener net.Listener
}

// newPage makes the page, and begins to listen. Close it.
func (a *app) newPage(ctx context.Context, cfg *config, live *index.Live, desk *staff.Desk) (*page, error) {
	c := admin.Config{
		Desk: desk, Live: live, Bot: a.newBot(live, talk.Config{}, cfg), Lines: linesStore(cfg),
		DataDir: cfg.DataDir, URL: cfg.Web.base(), Proxies: cfg.Web.proxies, Log: a.log(),
	}
	if cfg.Web.TLSCert != "" {
		pair, err := tls.LoadX509KeyPair(cfg.Web.TLSCert, cfg.Web.TLSKey)
		if err != nil {
			return nil, bot.Invalid.Sayf("web.tls_cert 或 web.tls_key 不能用：%v。请写 PEM 格式的证书和它的私钥。", err)
		}
		c.TLS = &pair
	}
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", cfg.Web.address())
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, bot.Unavailable.Sayf("%s 已经有程序在用（可能是另一个 lianwen）。请停掉它，或者在 [web] 的 listen 里换一个端口。", cfg.Web.address())
	case err != nil:
		return nil, bot.Unavailable.Sayf("不能在 %s 上等人打开网页：%v。请检查 [web] 的 listen。", cfg.Web.address(), err)
	}
	server, err := admin.New(c)
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return &page{server, listener}, nil
}

// run serves the page until ctx ends.
func (p *page) run(ctx context.Context) error {
	defer p.Close()
	return p.Serve(ctx, p.listener)
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
	_, err = fmt.Fprint(a.err, text)
	return err
}
