package staff

import (
	"context"
	"errors"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// TakeLink sets the password of the account that a link is of. The link is used
// up then, but not by a password that will not do.
func (d *Desk) TakeLink(ctx context.Context, token, password string) (ledger.WebAccount, error) {
	a, err := d.LinkOf(ctx, token)
	if err != nil {
		return a, err
	}
	if err := checkPassword(a.Name, password); err != nil {
		return a, err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return a, err
	}
	now := d.Now()
	taken, err := d.Ledger.TakeWebLink(ctx, token, hash, now)
	if err != nil {
		return a, ofAccount(err, a.Name)
	}
	return taken, d.Ledger.LoggedIn(ctx, bot.Key(a.Name), now)
}

// LogIn is the account with a name and a password. Whether there is no such name
// or the password is wrong makes no difference, in what is said and in how long
// it takes. After ledger.MostLogins in a row the name is locked.
func (d *Desk) LogIn(ctx context.Context, name, password string) (ledger.WebAccount, error) {
	spelling := bot.Key(name)
	a, err := d.Ledger.WebAccount(ctx, spelling)
	if err != nil && !errors.Is(err, ledger.ErrNoAccount) {
		return ledger.WebAccount{}, err
	}
	if _, err := d.proven(ctx, spelling, a.Name, password, "名字或密码不对"); err != nil {
		return ledger.WebAccount{}, err
	}
	return a, nil
}

// ChangePassword puts a new password in the place of the old one. All sessions of
// the account are over; one that goes on takes the generation of what is returned.
func (d *Desk) ChangePassword(ctx context.Context, actor ledger.Actor, name, old, password string) (ledger.WebAccount, error) {
	a, err := d.Account(ctx, name)
	if err != nil {
		return a, err
	}
	if err := checkPassword(a.Name, password); err != nil {
		return a, err
	}
	if password == old {
		return a, bot.Invalid.Sayf("新密码和原来的一样。请换一个。")
	}
	was, err := d.proven(ctx, bot.Key(name), a.Name, old, "原来的密码不对")
	if err != nil {
		return a, err
	}
	hash, err := hashPassword(ctx, password)
	if err != nil {
		return a, err
	}
	a, err = d.Ledger.SetWebPassword(ctx, a.Name, was, hash, actor, d.Now())
	if errors.Is(err, ledger.ErrNoAccount) {
		err = bot.Conflict.Sayf("账号“%s”的密码刚刚在别处改过，或者账号删掉了。请重新登录。", name)
	}
	return a, err
}

// proven is the hash of an account's password if this is the password. Each
// attempt counts before it is made, and all are forgotten when one succeeds.
func (d *Desk) proven(ctx context.Context, spelling, name, password, wrong string) (hash string, err error) {
	now := d.Now()
	left, until, err := d.Ledger.TryLogin(ctx, spelling, now)
	if err != nil {
		return "", err
	}
	if !until.IsZero() {
		return "", d.locked(until)
	}
	if hash, err = d.Ledger.WebPassword(ctx, name); err != nil {
		return "", err
	}
	right, err := isPassword(ctx, password, hash)
	switch {
	case err != nil:
		return "", err
	case right:
		return hash, d.Ledger.LoggedIn(ctx, spelling, now)
	case left == 0:
		return "", d.locked(now.Add(ledger.LockedFor))
	case left <= 2:
		return "", bot.Forbidden.Sayf("%s。再错 %d 次，要等 %d 分钟才能再试。", wrong, left, int(ledger.LockedFor.Minutes()))
	}
	return "", bot.Forbidden.Sayf("%s。忘了密码的，请管理账号的人发一个新链接。", wrong)
}

func (d *Desk) locked(until time.Time) error {
	at := until.In(d.Location).Add(time.Minute - 1).Truncate(time.Minute) // not a moment too soon
	return bot.Forbidden.Sayf("密码连续错了 %d 次，这个名字锁住了，到 %s 以后再试；在那之前，对的密码也打不开。等不及的，请管理账号的人发一个新链接。",
		ledger.MostLogins, at.Format("1月2日 15:04"))
}
