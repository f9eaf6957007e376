package admin

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"lianwen/bot/ledger"
)

var welcomeLink = regexp.MustCompile(`value="http://[^"]*(/welcome/[A-Za-z0-9_-]{43})"`)

// An account is added, its link is shown once, whoever opens it sets a password
// and is logged in, once.
func TestAddAccount(t *testing.T) {
	s := newSite(t)
	admin := s.as(ledger.RoleAdmin)
	status, body := admin.post("/settings/accounts", url.Values{"name": {"孙七"}, "role": {"edit"}, "number": {"S01"}})
	says(t, status, body, http.StatusOK, "给“孙七”的链接", "离开这一页就看不到了", "S01 王五", "等本人设密码，链接到 12月3日 07:30")
	link := welcomeLink.FindStringSubmatch(body)
	if link == nil {
		t.Fatal("no link")
	}
	status, body = admin.get("/settings/accounts")
	says(t, status, body, http.StatusOK, "孙七")
	if strings.Contains(body, "/welcome/") {
		t.Error("the link is shown twice")
	}
	new := s.nobody()
	for range 2 { // looking uses nothing up
		status, body = new.get(link[1])
		says(t, status, body, http.StatusOK, "您的账号是“<strong>孙七</strong>”，权限是“编辑”", `name="new"`)
	}
	status, body = new.post(link[1], url.Values{"new": {passphrase}, "again": {passphrase + "x"}})
	says(t, status, body, http.StatusBadRequest, "两次输入的密码不一样")
	status, body = new.post(link[1], url.Values{"new": {"admin123"}, "again": {"admin123"}})
	says(t, status, body, http.StatusBadRequest, "太常见")
	if strings.Contains(body, "admin123") {
		t.Error("the password is on the page")
	}
	_, body = new.post(link[1], url.Values{"new": {passphrase}, "again": {passphrase}})
	if !strings.Contains(body, "密码已设好，您已登录") {
		t.Errorf("it leads to\n%s", body)
	}
	status, body = new.get("/account")
	says(t, status, body, http.StatusOK, "账号“<strong>孙七</strong>”，权限“编辑”，花名册里的 S01 王五")
	status, body = s.nobody().get(link[1])
	says(t, status, body, http.StatusNotFound, "用过了", "去登录")
	if status, _ := new.get("/settings/accounts"); status != http.StatusForbidden {
		t.Errorf("who edits sees the accounts: %d", status)
	}
}

// What is wrong with a new account is said beside what was typed.
func TestAddAccountRefused(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleAdmin)
	for _, tt := range []struct {
		form   url.Values
		status int
		says   string
	}{
		{url.Values{"name": {`"><b>甲`}, "role": {"edit"}}, http.StatusBadRequest, "只能用汉字、字母和数字"},
		{url.Values{"name": {"甲"}, "role": {"boss"}}, http.StatusBadRequest, "三种"},
		{url.Values{"name": {"甲"}}, http.StatusBadRequest, "三种"},
		{url.Values{"name": {"甲"}, "role": {"view"}, "number": {"A01"}}, http.StatusBadRequest, "不是工作人员"},
		{url.Values{"name": {"看的人"}, "role": {"view"}}, http.StatusConflict, "已经有"},
	} {
		status, body := c.post("/settings/accounts", tt.form)
		says(t, status, body, tt.status, tt.says)
		if strings.Contains(body, "<b>") || strings.Contains(body, "/welcome/") {
			t.Errorf("%v:\n%s", tt.form, body)
		}
	}
}

// Whoever is logged in feels at once what is done to their account, and is told.
func TestWhileLoggedIn(t *testing.T) {
	s := newSite(t)
	admin := s.as(ledger.RoleAdmin)
	at := "/settings/accounts/" + url.PathEscape(names[ledger.RoleEdit])
	other := func() *client { return s.as(ledger.RoleEdit) }

	c := other()
	status, body := admin.post(at+"/logout", nil)
	says(t, status, body, http.StatusOK, "在所有地方都退出了")
	status, body = c.get("/account")
	says(t, status, body, http.StatusUnauthorized, "账号在别处退出了", `value="/account"`)
	if status, _ = c.get("/account"); status != http.StatusUnauthorized {
		t.Errorf("asked again: %d", status)
	}

	c = other()
	status, body = admin.post(at+"/link", nil)
	says(t, status, body, http.StatusOK, "/welcome/")
	status, body = c.get("/account")
	says(t, status, body, http.StatusUnauthorized, "换了密码")

	// One that is raised, or lowered, is so in the sessions it has.
	c = other()
	status, body = admin.post(at+"/role", url.Values{"was": {"edit"}, "role": {"admin"}})
	says(t, status, body, http.StatusOK, "现在是“管理”")
	status, _ = c.get("/settings/accounts")
	if status != http.StatusOK {
		t.Errorf("raised, and it gets %d", status)
	}
	status, body = admin.post(at+"/role", url.Values{"was": {"edit"}, "role": {"view"}})
	says(t, status, body, http.StatusConflict, "刚刚已经有人改成了“管理”")
	status, body = admin.post(at+"/role", url.Values{"was": {"admin"}, "role": {"view"}})
	says(t, status, body, http.StatusOK, "现在是“查看”")
	status, body = c.post("/settings/accounts", url.Values{"name": {"坏人"}, "role": {"admin"}})
	says(t, status, body, http.StatusForbidden, "您的账号是“查看”")

	status, body = admin.post(at+"/remove", nil)
	says(t, status, body, http.StatusOK, "已删除")
	status, body = c.post("/account/logout", url.Values{"why": {"写了半天的字"}})
	says(t, status, body, http.StatusUnauthorized, "您的账号删掉了", "刚才写的还在")
	status, body = admin.post(at+"/remove", nil)
	says(t, status, body, http.StatusNotFound, "没有叫“改的人”的账号")
}

// The last who may manage the accounts stays, and is told why.
func TestLastAdminStays(t *testing.T) {
	s := newSite(t)
	c := s.as(ledger.RoleAdmin)
	at := "/settings/accounts/" + url.PathEscape(names[ledger.RoleAdmin])
	status, body := c.post(at+"/remove", nil)
	says(t, status, body, http.StatusConflict, "至少要有一个“管理”")
	status, body = c.post(at+"/role", url.Values{"was": {"admin"}, "role": {"edit"}})
	says(t, status, body, http.StatusConflict, "至少要有一个“管理”")
	status, body = c.post(at+"/logout", nil) // and stays logged in here
	says(t, status, body, http.StatusOK, "在所有地方都退出了")
}

// One's own password is changed by who knows it; sessions elsewhere are over at
// once, this one goes on under another name.
func TestOwnAccount(t *testing.T) {
	s := newSite(t)
	s.password(ledger.RoleView)
	here, there := s.as(ledger.RoleView), s.as(ledger.RoleView)
	change := func(old, new string) url.Values { return url.Values{"old": {old}, "new": {new}, "again": {new}} }
	status, body := here.post("/account/password", change("wrong", passphrase+"2"))
	says(t, status, body, http.StatusForbidden, "原来的密码不对")
	status, body = here.post("/account/password", change(passphrase, "12345678"))
	says(t, status, body, http.StatusBadRequest, "太常见")
	if status, _ := there.get("/account"); status != http.StatusOK {
		t.Errorf("what was refused ended a session: %d", status)
	}
	status, body = here.post("/account/password", change(passphrase, passphrase+"2"))
	says(t, status, body, http.StatusOK, "密码已换。在别处的登录都退出了。")
	if status, _ := there.get("/account"); status != http.StatusUnauthorized {
		t.Errorf("elsewhere: %d", status)
	}
	there = s.as(ledger.RoleView)
	status, body = here.post("/account/logout", nil)
	says(t, status, body, http.StatusOK, "只有这里还在")
	if status, _ := there.get("/account"); status != http.StatusUnauthorized {
		t.Errorf("elsewhere: %d", status)
	}
	if status, _ := here.get("/account"); status != http.StatusOK {
		t.Errorf("here: %d", status)
	}
	s.now = s.now.Add(unusedTime + usedEvery)
	status, body = here.get("/account")
	says(t, status, body, http.StatusUnauthorized, "很久没有用")
}

// The pages of accounts as people see them, in both sizes, and the one step that
// needs a browser: a link is asked for, behind a question.
func TestAccountsLook(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token, err := s.Desk.RenewLink(t.Context(), "setup", names[ledger.RoleView])
	must(t, err)
	b := newBrowser(t, s, ledger.RoleAdmin)
	b.looks("/settings/accounts", "accounts")
	b.looks("/account", "account")
	b.looks("/welcome/"+token, "welcome")
	b.resize(1366, 768)
	b.open("/settings/accounts")
	b.click("//tr[th[contains(., '看的人')]]//summary[contains(., '新链接')]")
	b.screenshot("accounts-asks")
	b.click("//tr[th[contains(., '看的人')]]//button[text()='发新链接']")
	b.await("#welcome")
	b.screenshot("accounts-link")
	if hidden := evaluate[bool](b, "document.querySelector('[data-copy]').hidden"); hidden {
		t.Error("the link cannot be copied")
	}
	link := evaluate[string](b, "document.querySelector('#welcome').value")
	b.open(strings.TrimPrefix(link, s.web.URL))
	b.fill("//input[@name='new']", passphrase)
	b.fill("//input[@name='again']", passphrase)
	b.click("//button[text()='设好并登录']")
	b.await(".who")
	if who := b.text(".who"); !strings.Contains(who, "看的人（查看）") {
		t.Errorf("logged in as %q", who)
	}
}
