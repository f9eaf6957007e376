package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"

	"lianwen/bot/ledger"
)

// webName is what the staff's page is called where something is wrong with it.
const webName = "网页"

// soon is how long before its end it is said that a certificate ends.
const soon = 21 * 24 * time.Hour

// certificate says what is wrong with what the page is encrypted with.
func (f *findings) certificate(cfg *config, now time.Time) {
	if cfg.Web.TLSCert == "" {
		return
	}
	const fix = "请检查 [web] 的 tls_cert 和 tls_key：PEM 格式的证书和它的私钥，运行 lianwen 的用户要能读"
	pair, err := tls.LoadX509KeyPair(cfg.Web.TLSCert, cfg.Web.TLSKey)
	if err != nil {
		f.problem(webName, fmt.Sprintf("证书不能用（%v），lianwen serve 启动不了", err), fix)
		return
	}
	leaf, err := x509.ParseCertificate(pair.Certificate[0])
	if err != nil {
		f.problem(webName, fmt.Sprintf("证书读不出来（%v）", err), fix)
		return
	}
	day := leaf.NotAfter.In(cfg.location).Format("2006-01-02")
	switch {
	case now.After(leaf.NotAfter):
		f.problem(webName, "证书 "+day+" 已经过期，浏览器会拦住", "请换一张证书，再重新启动 lianwen")
	case now.Before(leaf.NotBefore):
		f.problem(webName, "证书还没有生效", "请检查这台电脑的时间，或者换一张证书")
	case now.Add(soon).After(leaf.NotAfter):
		f.warning(webName, "证书 "+day+" 过期", "请在那之前换一张，再重新启动 lianwen")
	}
	if info, err := os.Stat(cfg.Web.TLSKey); err == nil && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		f.warning(webName, fmt.Sprintf("别的用户也能读私钥 %s（权限 %#o）", cfg.Web.TLSKey, info.Mode().Perm()), "请运行 chmod 600 "+cfg.Web.TLSKey)
	}
}

// accounts says what keeps people from logging in to the page that serve has.
func (f *findings) accounts(ctx context.Context, cfg *config, l *ledger.Ledger) error {
	if cfg.Web.Listen == "" {
		return nil
	}
	list, err := l.WebAccounts(ctx)
	switch {
	case err != nil:
		return err
	case len(list) == 0:
		f.warning(webName, "还没有账号，没有人能登录", "请运行 lianwen web account add 名字，把它给的链接交给本人")
	case !slices.ContainsFunc(list, func(a ledger.WebAccount) bool { return a.Role == ledger.RoleAdmin && a.Password }):
		f.warning(webName, "“管理”的账号都还没有设密码", "请打开给的链接设密码；过期了的，运行 lianwen web account link 名字")
	}
	return nil
}
