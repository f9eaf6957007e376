package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
)

// said is what findings say, in lines.
func (f *findings) said() string {
	var b strings.Builder
	for _, p := range f.problems {
		b.WriteString("问题 " + p.What + "\n")
	}
	for _, p := range f.warnings {
		b.WriteString("提示 " + p.What + "\n")
	}
	return b.String()
}

// The certificate is looked at before a browser does.
func TestCheckCertificate(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, kind string, raw []byte, mode os.FileMode) string {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: raw}), mode); err != nil {
			t.Fatal(err)
		}
		return file
	}
	private, public := write("key.pem", "PRIVATE KEY", raw, 0o600), write("open.pem", "PRIVATE KEY", raw, 0o644)
	for _, tt := range []struct {
		from, to time.Time
		key      string
		want     string
	}{
		{now.AddDate(0, -1, 0), now.Add(soon + time.Hour), private, ""},
		{now.AddDate(0, -1, 0), now.Add(soon - time.Hour), private, "提示 证书 2026-12-22 过期\n"},
		{now.AddDate(0, -1, 0), now.Add(-time.Hour), private, "问题 证书 2026-12-01 已经过期，浏览器会拦住\n"},
		{now.Add(time.Hour), now.AddDate(1, 0, 0), private, "问题 证书还没有生效\n"},
		{now.AddDate(0, -1, 0), now.AddDate(1, 0, 0), public, "提示 别的用户也能读私钥"},
		{now.AddDate(0, -1, 0), now.AddDate(1, 0, 0), filepath.Join(dir, "none.pem"), "问题 证书不能用"},
	} {
		template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: tt.from, NotAfter: tt.to}
		der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
		if err != nil {
			t.Fatal(err)
		}
		cfg := &config{Web: webConfig{TLSCert: write("cert.pem", "CERTIFICATE", der, 0o644), TLSKey: tt.key}, location: time.UTC}
		var f findings
		if f.certificate(cfg, now); !strings.HasPrefix(f.said(), tt.want) || (tt.want == "") != (f.said() == "") {
			t.Errorf("until %v with %s: %q, want %q", tt.to, tt.key, f.said(), tt.want)
		}
	}
}

// A page that nobody can log in to is said, where there is to be one.
func TestCheckAccounts(t *testing.T) {
	t.Parallel()
	ctx, now := t.Context(), time.Now()
	l, err := ledger.Open(ctx, ledger.Source{File: filepath.Join(t.TempDir(), "ledger.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	is := func(listen, want string) {
		t.Helper()
		var f findings
		if err := f.accounts(ctx, &config{Web: webConfig{Listen: listen}}, l); err != nil || f.said() != want {
			t.Errorf("%q, %v, want %q", f.said(), err, want)
		}
	}
	is("", "")
	is(defaultWebListen, "提示 还没有账号，没有人能登录\n")
	if err := l.AddWebAccount(ctx, ledger.WebAccount{Name: "王五", Role: ledger.RoleAdmin, LinkUntil: now.Add(time.Hour)}, "王五", "token", "terminal", now); err != nil {
		t.Fatal(err)
	}
	is("", "")
	is(defaultWebListen, "提示 “管理”的账号都还没有设密码\n")
	if _, err := l.TakeWebLink(ctx, "token", "hash", now); err != nil {
		t.Fatal(err)
	}
	is(defaultWebListen, "")
}
