package ledger_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// Each role may what those below it may; what is no role may nothing, and nobody
// may what is for no role that there is.
func TestRole(t *testing.T) {
	t.Parallel()
	roles := []ledger.Role{"", ledger.RoleView, ledger.RoleEdit, ledger.RoleAdmin}
	for i, r := range roles {
		for j, least := range roles {
			if got := r.May(least); got != (i >= j) {
				t.Errorf("%q may what is for %q: %v", r, least, got)
			}
		}
		if r.May("root") || ledger.Role("root").May(r) != (i == 0) || ledger.Role("root").May("root") {
			t.Errorf("%q and a role that there is not", r)
		}
	}
	for text, want := range map[string]ledger.Role{"查看": "view", "edit": "edit", "管理": "admin", "": "", "root": "", "ADMIN": ""} {
		if r, ok := ledger.ReadRole(text); r != want || ok != (want != "") {
			t.Errorf("%q is read as %q, %v", text, r, ok)
		}
	}
	if ledger.RoleEdit.Chinese() != "编辑" || ledger.Role("root").Chinese() != "root" {
		t.Error("a role is called something else")
	}
}

// account adds an account with a password, and a link to set another.
func account(t *testing.T, l *ledger.Ledger, name string, role ledger.Role) ledger.WebAccount {
	t.Helper()
	until := noon.Add(time.Hour)
	must(t, l.AddWebAccount(t.Context(), ledger.WebAccount{Name: name, Role: role, LinkUntil: until}, name, "first "+name, "staff", noon))
	a, err := l.TakeWebLink(t.Context(), "first "+name, "hash", noon)
	must(t, err)
	return a
}

// A ledger that takes another's place has the accounts it had, and none of their
// sessions, nor their links: they may have been ended or used since.
func TestRestoreEndsSessions(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	l, ctx := w.Open(t), t.Context()
	before := account(t, l, "王五", ledger.RoleAdmin)
	until := time.Now().Add(time.Hour)
	must(t, l.AddWebAccount(ctx, ledger.WebAccount{Name: "li", Role: ledger.RoleView, LinkUntil: noon.Add(time.Hour)}, "LI", "token", "staff", noon))
	must(t, l.Sessions().Commit("session", []byte("data"), until))
	if _, err := l.WebLink(ctx, "token", noon); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "backup.db")
	_, err := l.Backup(ctx, file)
	must(t, err)
	must(t, l.Close())
	_, _, err = ledger.Restore(ctx, file, w.File, true, "terminal", noon.Add(time.Minute))
	must(t, err)
	l = w.Open(t)
	if _, found, err := l.Sessions().Find("session"); found || err != nil {
		t.Errorf("a session outlasts the ledger: %v", err)
	}
	if _, err := l.WebLink(ctx, "token", noon); !errors.Is(err, ledger.ErrNoLink) {
		t.Errorf("a link outlasts the ledger: %v", err)
	}
	after, err := l.WebAccount(ctx, "王五")
	must(t, err)
	if after != before || !after.Password {
		t.Errorf("of the account is left %+v, it was %+v", after, before)
	}
	if rows, err := l.Verify(ctx); err != nil || rows == 0 {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// Links and passwords are in the ledger by their hashes only, and so are names
// that somebody tried to log in with.
func TestAccountsHashed(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := w.Open(t), t.Context()
		account(t, l, "王五", ledger.RoleAdmin)
		must(t, l.RenewWebLink(ctx, "王五", "the token", noon.Add(time.Hour), "staff", noon))
		_, _, err := l.TryLogin(ctx, "my password", noon)
		must(t, err)
		var clear int
		must(t, w.Raw(t).QueryRowContext(ctx, `SELECT (SELECT count(*) FROM web_account WHERE link = 'the token' OR password <> '')
			+ (SELECT count(*) FROM web_attempt WHERE spelling = 'my password')`).Scan(&clear))
		if clear != 0 {
			t.Errorf("%d rows can be read", clear)
		}
		if hash, err := l.WebPassword(ctx, "nobody"); hash != "" || err != nil {
			t.Errorf("nobody's password is %q, %v", hash, err)
		}
		_, err = l.SetWebPassword(ctx, "王五", "not what it was", "x", "staff", noon)
		if !errors.Is(err, ledger.ErrNoAccount) {
			t.Errorf("a password that has changed in between: %v", err)
		}
	})
}

// A wrong password is forgotten after a day, and attempts do not pile up.
func TestAttemptsForgotten(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := w.Open(t), t.Context()
		try := func(name string, at time.Time, want int) {
			t.Helper()
			if left, until, err := l.TryLogin(ctx, name, at); left != want || !until.IsZero() || err != nil {
				t.Errorf("%d are left, until %v, %v, want %d", left, until, err, want)
			}
		}
		for i := range ledger.MostLogins - 1 {
			try("a", noon, ledger.MostLogins-1-i)
		}
		try("b", noon.Add(24*time.Hour), ledger.MostLogins-1)
		try("a", noon.Add(24*time.Hour), 0)
		if _, until, err := l.TryLogin(ctx, "a", noon.Add(24*time.Hour)); !until.Equal(noon.Add(24*time.Hour+ledger.LockedFor)) || err != nil {
			t.Errorf("locked until %v, %v", until, err)
		}
		try("c", noon.Add(49*time.Hour), ledger.MostLogins-1)
		var kept int
		must(t, w.Raw(t).QueryRowContext(ctx, `SELECT count(*) FROM web_attempt`).Scan(&kept))
		if kept != 1 {
			t.Errorf("%d names are remembered", kept)
		}
	})
}
