package staff_test

import (
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
)

// passphrase will do for any account.
const passphrase = "竹篮 watermelon 七点"

// account adds an account and sets its password.
func (r *room) account(name string, role ledger.Role) ledger.WebAccount {
	r.t.Helper()
	token, err := r.desk.AddAccount(r.t.Context(), boss, name, role, "")
	r.must(err)
	a, err := r.desk.TakeLink(r.t.Context(), token, passphrase)
	r.must(err)
	r.deeds += 2
	return a
}

// An account is added with a link, the link sets its password once, and then it
// logs in; the audit has who did what, and neither the token nor the password.
func TestAccount(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		ctx := t.Context()
		token, err := r.desk.AddAccount(ctx, boss, " 王五 ", ledger.RoleAdmin, "s01")
		r.must(err)
		r.did("staff S01: account add 王五: admin S01")
		if len(token) != 43 || strings.Trim(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			t.Errorf("the link ends with %q", token)
		}
		_, err = r.desk.LogIn(ctx, "王五", "")
		r.refused("before there is a password", err, bot.Forbidden, "名字或密码不对")
		a, err := r.desk.LinkOf(ctx, token)
		r.must(err)
		if a.Name != "王五" || a.Number != "S01" || a.Password || !a.LinkUntil.Equal(r.now.Add(staff.LinkLife)) {
			t.Errorf("the link is of %+v", a)
		}
		_, err = r.desk.TakeLink(ctx, token, "12345678")
		r.refused("a bad password", err, bot.Invalid, "太常见")
		taken, err := r.desk.TakeLink(ctx, token, passphrase)
		r.must(err)
		r.did("web:王五: account password 王五")
		_, err = r.desk.TakeLink(ctx, token, passphrase+"2")
		r.refused("a used link", err, bot.NotFound, "用过了")
		_, err = r.desk.LinkOf(ctx, token)
		r.refused("a used link", err, bot.NotFound, "用过了")
		in, err := r.desk.LogIn(ctx, "王 五", passphrase)
		r.must(err)
		if in.Generation != taken.Generation || in.Name != "王五" || in.Role != ledger.RoleAdmin {
			t.Errorf("logged in as %+v, want %+v", in, taken)
		}
		r.now = r.now.Add(time.Hour)
		again, err := r.desk.RenewLink(ctx, "terminal li", "王五")
		r.must(err)
		r.did("terminal li: account link 王五")
		_, err = r.desk.LogIn(ctx, "王五", passphrase)
		r.refused("the old password", err, bot.Forbidden, "名字或密码不对")
		r.now = r.now.Add(staff.LinkLife)
		_, err = r.desk.TakeLink(ctx, again, passphrase)
		r.refused("a late link", err, bot.NotFound, "过期")
		r.did()
		for _, said := range []string{token, again, passphrase} {
			history, err := r.desk.Ledger.History(ctx, 100)
			r.must(err)
			for _, d := range history {
				if strings.Contains(d.Detail, said) {
					t.Errorf("the audit has %q", said)
				}
			}
		}
	})
}

// What an account cannot be called, or be, is said; nothing is added.
func TestAccountRefused(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		ctx := t.Context()
		_, err := r.desk.AddAccount(ctx, boss, "王五", ledger.RoleEdit, "")
		r.refused("a first account that may not manage", err, bot.Conflict, "“管理”")
		r.account("Wang5", ledger.RoleAdmin)
		for _, tt := range []struct {
			name   string
			role   ledger.Role
			number string
			code   bot.Code
			says   string
		}{
			{"", ledger.RoleView, "", bot.Invalid, "1 到 20 个字"},
			{"  ", ledger.RoleView, "", bot.Invalid, "1 到 20 个字"},
			{strings.Repeat("王", 21), ledger.RoleView, "", bot.Invalid, "1 到 20 个字"},
			{"a b", ledger.RoleView, "", bot.Invalid, "“ ”不行"},
			{"a\n王五", ledger.RoleView, "", bot.Invalid, "不行"},
			{"<b>", ledger.RoleView, "", bot.Invalid, "“<”不行"},
			{"wang5", ledger.RoleView, "", bot.Conflict, "已经有"},
			{"ＷＡＮＧ５", ledger.RoleView, "", bot.Conflict, "已经有"},
			{"甲", "", "", bot.Invalid, "三种"},
			{"甲", "root", "", bot.Invalid, "三种"},
			{"甲", ledger.RoleView, "A99", bot.NotFound, "A99"},
			{"甲", ledger.RoleView, "A01", bot.Invalid, "不是工作人员"},
			{"甲", ledger.RoleView, "A03", bot.NotFound, "A03"}, // has left
			{strings.Repeat("王", 20), ledger.RoleView, "", 0, ""},
		} {
			_, err := r.desk.AddAccount(ctx, boss, tt.name, tt.role, tt.number)
			r.refused(tt.name, err, tt.code, tt.says)
		}
		list, err := r.desk.Accounts(ctx)
		r.must(err)
		if len(list) != 2 {
			t.Errorf("%+v", list)
		}
	})
}
