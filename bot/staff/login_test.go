package staff_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
)

// After five wrong passwords in a row a name is locked, whether there is such an
// account or not: what is said is the same. The right one does not open it, a
// restart changes nothing, and it is over after a quarter of an hour.
func TestLockOut(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		ctx := t.Context()
		r.account("王五", ledger.RoleAdmin)
		r.account("li", ledger.RoleView)
		said := map[string][]string{}
		for _, name := range []string{"王五", "nobody"} {
			for range 6 {
				_, err := r.desk.LogIn(ctx, name, "wrong "+passphrase)
				if bot.CodeOf(err) != bot.Forbidden {
					t.Fatal(err)
				}
				said[name] = append(said[name], err.Error())
			}
		}
		if got, want := strings.Join(said["nobody"], "\n"), strings.Join(said["王五"], "\n"); got != want {
			t.Errorf("of nobody it says\n%s\nof an account\n%s", got, want)
		}
		for i, want := range []string{"名字或密码不对。忘了", "名字或密码不对。忘了", "再错 2 次", "再错 1 次", "12月1日 07:15 以后", "12月1日 07:15 以后"} {
			if got := said["王五"][i]; !strings.Contains(got, want) {
				t.Errorf("attempt %d: %s, want %q", i+1, got, want)
			}
		}
		r.must(r.desk.Ledger.Close())
		r.desk.Ledger = w.Open(t)
		r.now = r.now.Add(ledger.LockedFor - time.Millisecond)
		_, err := r.desk.LogIn(ctx, "王五", passphrase)
		r.refused("the right password of a locked name", err, bot.Forbidden, "锁住了")
		if _, err := r.desk.LogIn(ctx, "li", passphrase); err != nil {
			t.Errorf("another's: %v", err)
		}
		r.now = r.now.Add(time.Millisecond)
		for range 2 { // one wrong, and it begins from nothing
			_, err := r.desk.LogIn(ctx, "王五", "wrong "+passphrase)
			r.refused("a wrong password after the lock", err, bot.Forbidden, "忘了密码")
			_, err = r.desk.LogIn(ctx, "王五", passphrase)
			r.must(err)
		}
		r.did()
	})
}

// Of many attempts at once no more than five are made; and a clock that was set
// back locks nobody for ever.
func TestLockOutAtOnce(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	r.account("王五", ledger.RoleAdmin)
	var wait sync.WaitGroup
	var mu sync.Mutex
	tried := 0
	for range 12 {
		wait.Go(func() {
			_, err := r.desk.LogIn(t.Context(), "王五", "wrong "+passphrase)
			mu.Lock()
			defer mu.Unlock()
			if err != nil && !strings.Contains(err.Error(), "锁住了") {
				tried++
			}
		})
	}
	wait.Wait()
	if tried != ledger.MostLogins-1 { // the last is told that it was the last
		t.Errorf("%d of 12 were tried", tried)
	}
	r.now = r.now.Add(-30 * 24 * time.Hour)
	if _, err := r.desk.LogIn(t.Context(), "王五", passphrase); err != nil {
		t.Errorf("with the clock set back: %v", err)
	}
}

// A new link opens what is locked, and nobody waits to log in for longer than
// they want.
func TestLockedOpened(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	ctx := t.Context()
	r.account("王五", ledger.RoleAdmin)
	for range ledger.MostLogins {
		if _, err := r.desk.LogIn(ctx, "王五", "wrong"); err == nil {
			t.Fatal("a wrong password opens it")
		}
	}
	token, err := r.desk.RenewLink(ctx, boss, "王五")
	r.must(err)
	_, err = r.desk.TakeLink(ctx, token, passphrase+"2")
	r.must(err)
	_, err = r.desk.LogIn(ctx, "王五", passphrase+"2")
	r.must(err)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := r.desk.LogIn(gone, "王五", passphrase+"2"); !errors.Is(err, context.Canceled) {
		t.Errorf("when nobody waits any more: %v", err)
	}
}

// What ends sessions gives the account another generation, one that it never had.
func TestGenerations(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		ctx := t.Context()
		first := r.account("王五", ledger.RoleAdmin)
		r.account("li", ledger.RoleAdmin)
		had := map[int]string{first.Generation: "at first"}
		is := func(what string, ends bool) {
			t.Helper()
			a, err := r.desk.Account(ctx, "王五")
			r.must(err)
			if before, known := had[a.Generation]; known == ends {
				t.Errorf("%s it has generation %d, as %q", what, a.Generation, before)
			}
			had[a.Generation] = what
		}
		r.must(r.desk.SetRole(ctx, boss, "王五", ledger.RoleEdit))
		is("with another role", false)
		_, err := r.desk.LogOutEverywhere(ctx, boss, "王五")
		r.must(err)
		is("logged out", true)
		a, err := r.desk.ChangePassword(ctx, ledger.WebActor("王五"), "王五", passphrase, passphrase+"2")
		r.must(err)
		is("with another password", true)
		if had[a.Generation] != "with another password" {
			t.Errorf("the one that goes on has generation %d", a.Generation)
		}
		token, err := r.desk.RenewLink(ctx, boss, "王五")
		r.must(err)
		is("with a link", true)
		_, err = r.desk.TakeLink(ctx, token, passphrase)
		r.must(err)
		is("with the link taken", true)
		r.must(r.desk.RemoveAccount(ctx, boss, "王五"))
		r.account("王五", ledger.RoleAdmin)
		is("added again", true)
		_, err = r.desk.Account(ctx, "赵六")
		r.refused("nobody's account", err, bot.NotFound, "没有叫“赵六”的账号")
	})
}

// A password is changed by who knows the old one; guessing is bounded there too.
func TestChangePassword(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	ctx := t.Context()
	me := ledger.WebActor("王五")
	r.account("王五", ledger.RoleAdmin)
	for _, tt := range []struct {
		old, new string
		code     bot.Code
		says     string
	}{
		{"wrong", passphrase + "2", bot.Forbidden, "原来的密码不对"},
		{passphrase, passphrase, bot.Invalid, "和原来的一样"},
		{passphrase, "short", bot.Invalid, "至少要 8 个字符"},
		{passphrase, passphrase + "2", 0, ""},
		{passphrase, passphrase + "3", bot.Forbidden, "原来的密码不对"},
	} {
		_, err := r.desk.ChangePassword(ctx, me, "王五", tt.old, tt.new)
		r.refused(tt.old+" to "+tt.new, err, tt.code, tt.says)
	}
	r.did("web:王五: account password 王五")
	for range ledger.MostLogins - 1 {
		_, _ = r.desk.ChangePassword(ctx, me, "王五", "wrong", passphrase+"3")
	}
	_, err := r.desk.ChangePassword(ctx, me, "王五", passphrase+"2", passphrase+"3")
	r.refused("after five wrong ones", err, bot.Forbidden, "锁住了")
}

// The last account that may manage the others stays, also when two are lowered at
// once.
func TestLastAdmin(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		ctx := t.Context()
		for _, name := range []string{"甲", "乙"} {
			r.account(name, ledger.RoleAdmin)
		}
		r.account("丙", ledger.RoleView)
		var wait sync.WaitGroup
		errs := map[string]*error{"甲": new(error), "乙": new(error)}
		for name, err := range errs {
			wait.Go(func() { *err = r.desk.SetRole(ctx, boss, name, ledger.RoleEdit) })
		}
		wait.Wait()
		last := "甲"
		if *errs["甲"] == nil {
			last = "乙"
		}
		if one, other := *errs["甲"], *errs["乙"]; (one == nil) == (other == nil) {
			t.Errorf("%v, %v", one, other)
		}
		r.refused("lowering both", *errs[last], bot.Conflict, "至少要有一个“管理”")
		r.refused("lowering the last", r.desk.SetRole(ctx, boss, last, ledger.RoleView), bot.Conflict, "至少要有一个“管理”")
		r.refused("removing the last", r.desk.RemoveAccount(ctx, boss, last), bot.Conflict, "至少要有一个“管理”")
		r.must(r.desk.SetRole(ctx, boss, last, ledger.RoleAdmin)) // as it is
		r.must(r.desk.SetRole(ctx, boss, "丙", ledger.RoleAdmin))
		r.must(r.desk.RemoveAccount(ctx, boss, last))
		r.did("staff S01: account role "+map[string]string{"甲": "乙", "乙": "甲"}[last]+": edit", "staff S01: account role 丙: admin", "staff S01: account remove "+last)
		list, err := r.desk.Accounts(ctx)
		r.must(err)
		if len(list) != 2 {
			t.Errorf("%+v", list)
		}
		r.refused("a role that there is not", r.desk.SetRole(ctx, boss, "丙", "root"), bot.Invalid, "三种")
	})
}

// Two who use a link at once do not both set the password.
func TestLinkOnce(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	token, err := r.desk.AddAccount(t.Context(), boss, "王五", ledger.RoleAdmin, "")
	r.must(err)
	var wait sync.WaitGroup
	var errs [2]error
	for i := range errs {
		wait.Go(func() { _, errs[i] = r.desk.TakeLink(t.Context(), token, passphrase+string(rune('1'+i))) })
	}
	wait.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("%v, %v", errs[0], errs[1])
	}
	for _, bad := range []string{"", "x", token[1:], strings.ToLower(token), token + "'"} {
		_, err := r.desk.LinkOf(t.Context(), bad)
		r.refused(bad, err, bot.NotFound, "用过了")
	}
	if a, err := r.desk.Account(t.Context(), "王五"); err != nil || !a.Password || !a.LinkUntil.IsZero() || staff.LinkLife != 48*time.Hour {
		t.Errorf("%+v, %v", a, err)
	}
}
