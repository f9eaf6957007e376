package staff

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"strings"
	"time"
	"unicode"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// LinkLife is how long the link is good with which an account's password is set.
const LinkLife = 48 * time.Hour

// mostAccountName is how many characters an account's name has at most.
const mostAccountName = 20

// newToken is what makes a link: 256 random bits, as a path may have them.
func newToken() string {
	var b [32]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(err) // never happens: crypto/rand.Read ends the program itself
	}
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// AddAccount adds an account of the page, for a member of staff on the roster or,
// where number is "", for nobody on it. What it returns makes the link with which
// its password is set, once, within LinkLife.
func (d *Desk) AddAccount(ctx context.Context, actor ledger.Actor, name string, role ledger.Role, number string) (token string, err error) {
	name = strings.TrimSpace(name)
	if err := checkName(name); err != nil {
		return "", err
	}
	if err := checkRole(role); err != nil {
		return "", err
	}
	if number != "" {
		m, err := d.OnRoster(ctx, number)
		if err != nil {
			return "", err
		}
		if !m.Staff {
			return "", bot.Invalid.Sayf("编号 %s 在花名册里不是工作人员。请先在花名册里改，或者不写编号。", m.Number)
		}
		number = m.Number
	}
	token = newToken()
	now := d.Now()
	a := ledger.WebAccount{Name: name, Role: role, Number: number, LinkUntil: now.Add(LinkLife)}
	if err := d.Ledger.AddWebAccount(ctx, a, bot.Key(name), token, actor, now); err != nil {
		return "", ofAccount(err, name)
	}
	return token, nil
}

// checkName says why an account cannot have a name.
func checkName(name string) error {
	n := 0
	for _, r := range name {
		if n++; !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return bot.Invalid.Sayf("账号的名字只能用汉字、字母和数字，“%c”不行。", r)
		}
	}
	if n == 0 || n > mostAccountName || bot.Key(name) == "" {
		return bot.Invalid.Sayf("账号的名字请写 1 到 %d 个字，如姓名。", mostAccountName)
	}
	return nil
}

func checkRole(role ledger.Role) error {
	if _, ok := ledger.ReadRole(string(role)); !ok {
		return bot.Invalid.Sayf("账号的权限只有 查看、编辑、管理 三种。")
	}
	return nil
}

// ofAccount puts the errors of accounts into words.
func ofAccount(err error, name string) error {
	switch {
	case errors.Is(err, ledger.ErrNoAccount):
		return bot.NotFound.Sayf("没有叫“%s”的账号，可能刚刚删掉了。", name)
	case errors.Is(err, ledger.ErrTaken):
		return bot.Conflict.Sayf("已经有叫“%s”的账号（大小写、全角半角不算区别）。请换一个名字。", name)
	case errors.Is(err, ledger.ErrNoAdmin):
		return bot.Conflict.Sayf("至少要有一个“管理”的账号，不然没有人能再管理账号。请先给另一个账号“管理”的权限。")
	case errors.Is(err, ledger.ErrNoLink):
		return bot.NotFound.Sayf("这个链接用过了，或者已经过期。请让管理账号的人再发一个。")
	}
	return err
}

// Account is the account with a name, in any spelling.
func (d *Desk) Account(ctx context.Context, name string) (ledger.WebAccount, error) {
	a, err := d.Ledger.WebAccount(ctx, bot.Key(name))
	return a, ofAccount(err, name)
}

// Accounts are all accounts of the page, by name.
func (d *Desk) Accounts(ctx context.Context) ([]ledger.WebAccount, error) {
	return d.Ledger.WebAccounts(ctx)
}

// RenewLink makes a new link for an account. Its password is void until a new one
// is set with it, and its sessions are over.
func (d *Desk) RenewLink(ctx context.Context, actor ledger.Actor, name string) (token string, err error) {
	a, err := d.Account(ctx, name)
	if err != nil {
		return "", err
	}
	token = newToken()
	now := d.Now()
	if err := d.Ledger.RenewWebLink(ctx, a.Name, token, now.Add(LinkLife), actor, now); err != nil {
		return "", ofAccount(err, name)
	}
	return token, nil
}

// LinkOf is the account whose password a link sets.
func (d *Desk) LinkOf(ctx context.Context, token string) (ledger.WebAccount, error) {
	a, err := d.Ledger.WebLink(ctx, token, d.Now())
	return a, ofAccount(err, "")
}

// SetRole changes what an account may do; it holds at once.
func (d *Desk) SetRole(ctx context.Context, actor ledger.Actor, name string, role ledger.Role) error {
	if err := checkRole(role); err != nil {
		return err
	}
	a, err := d.Account(ctx, name)
	if err != nil || a.Role == role {
		return err
	}
	return ofAccount(d.Ledger.SetWebRole(ctx, a.Name, role, actor, d.Now()), name)
}

// RemoveAccount removes an account; its sessions are over.
func (d *Desk) RemoveAccount(ctx context.Context, actor ledger.Actor, name string) error {
	a, err := d.Account(ctx, name)
	if err != nil {
		return err
	}
	return ofAccount(d.Ledger.RemoveWebAccount(ctx, a.Name, actor, d.Now()), name)
}

// LogOutEverywhere ends all sessions of an account. One that goes on takes the
// generation of what is returned.
func (d *Desk) LogOutEverywhere(ctx context.Context, actor ledger.Actor, name string) (ledger.WebAccount, error) {
	a, err := d.Account(ctx, name)
	if err != nil {
		return a, err
	}
	a, err = d.Ledger.EndWebSessions(ctx, a.Name, actor, d.Now())
	return a, ofAccount(err, name)
}
