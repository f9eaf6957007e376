package admin

import (
	"context"
	"net/http"
	"net/url"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

const accountsPath = "/settings/accounts"

func (s *Server) accountsRoutes() []route {
	least := ledger.RoleAdmin
	return []route{
		{pattern: "GET /settings/accounts", least: least, handle: s.showAccounts},
		{pattern: "POST /settings/accounts", least: least, handle: s.addAccount},
		{pattern: "POST /settings/accounts/{name}/role", least: least, handle: s.setRole},
		{pattern: "POST /settings/accounts/{name}/link", least: least, handle: s.renewLink},
		{pattern: "POST /settings/accounts/{name}/logout", least: least, handle: s.logOutAccount},
		{pattern: "POST /settings/accounts/{name}/remove", least: least, handle: s.removeAccount},
	}
}

// accountsPage is what the page about all accounts shows.
type accountsPage struct {
	List  []accountRow
	Roles []ledger.Role
	Staff []ledger.Member // on the roster
	Hours int             // how long a link is good
	Link  string          // just made, and shown this once
	Of    string          // whose link
	// What was typed for a new account, and what is wrong with it.
	Name, Number string
	Role         ledger.Role
	Wrong        string
}

// accountRow is an account, with what the page says of it.
type accountRow struct {
	ledger.WebAccount
	Path   string // of what is done to it
	Person string // who it is of on the roster, by name
	State  string
	Own    bool // whoever looks is logged in with it
}

func (s *Server) showAccounts(w http.ResponseWriter, r *http.Request) error {
	return s.renderAccounts(w, r, http.StatusOK, accountsPage{Role: ledger.RoleView})
}

func (s *Server) renderAccounts(w http.ResponseWriter, r *http.Request, status int, p accountsPage) error {
	list, err := s.Desk.Accounts(r.Context())
	if err != nil {
		return err
	}
	people := map[string]string{}
	if p.Staff, err = s.staffOf(r.Context(), people); err != nil {
		return err
	}
	p.Roles, p.Hours = []ledger.Role{ledger.RoleView, ledger.RoleEdit, ledger.RoleAdmin}, int(staff.LinkLife.Hours())
	for _, a := range list {
		a.Seen = a.Seen.In(s.Desk.Location)
		row := accountRow{WebAccount: a, Path: accountsPath + "/" + url.PathEscape(a.Name), Person: people[a.Number], Own: a.Name == accountOf(r).Name}
		switch {
		case a.Password:
			row.State = "可以登录"
		case a.LinkUntil.After(s.Desk.Now()):
			row.State = "等本人设密码，链接到 " + a.LinkUntil.In(s.Desk.Location).Format("1月2日 15:04")
		default:
			row.State = "没有密码，链接已过期"
		}
		p.List = append(p.List, row)
	}
	return s.renderStatus(w, r, status, "accounts", "账号", p)
}

// staffOf are the staff on the roster, whose names go into names by number.
func (s *Server) staffOf(ctx context.Context, names map[string]string) (list []ledger.Member, err error) {
	members, err := s.Desk.Ledger.Members(ctx)
	for _, m := range members {
		names[m.Number] = m.Name
		if m.Staff && m.Left == "" {
			list = append(list, m)
		}
	}
	return list, err
}

// addAccount shows the link on the very page that answers: it is kept nowhere.
func (s *Server) addAccount(w http.ResponseWriter, r *http.Request) error {
	p := accountsPage{Name: r.PostFormValue("name"), Number: r.PostFormValue("number"), Role: ledger.Role(r.PostFormValue("role"))}
	token, err := s.Desk.AddAccount(r.Context(), actorOf(r), p.Name, p.Role, p.Number)
	if code := bot.CodeOf(err); code != 0 {
		p.Wrong = bot.Say(err)
		return s.renderAccounts(w, r, statuses[code], p)
	}
	if err != nil {
		return err
	}
	return s.renderAccounts(w, r, http.StatusOK, accountsPage{Role: ledger.RoleView, Link: s.welcomeURL(r, token), Of: p.Name})
}

// welcomeURL is the link with which a password is set.
func (s *Server) welcomeURL(r *http.Request, token string) string {
	base := s.URL
	if base == "" {
		base = "http://" + r.Host
		if s.encrypted(r) {
			base = "https://" + r.Host
		}
	}
	return base + "/welcome/" + token
}

func (s *Server) renewLink(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	token, err := s.Desk.RenewLink(r.Context(), actorOf(r), name)
	if err != nil {
		return err
	}
	return s.renderAccounts(w, r, http.StatusOK, accountsPage{Role: ledger.RoleView, Link: s.welcomeURL(r, token), Of: name})
}

// setRole changes what an account may do, if nobody else has done so since the
// page was made.
func (s *Server) setRole(w http.ResponseWriter, r *http.Request) error {
	name, was, role := r.PathValue("name"), ledger.Role(r.PostFormValue("was")), ledger.Role(r.PostFormValue("role"))
	a, err := s.Desk.Account(r.Context(), name)
	if err != nil {
		return err
	}
	if a.Role != was {
		return bot.Conflict.Sayf("账号“%s”的权限刚刚已经有人改成了“%s”，没有再改。请回到账号页再看一看。", a.Name, a.Role.Chinese())
	}
	if err := s.Desk.SetRole(r.Context(), actorOf(r), name, role); err != nil {
		return err
	}
	return s.done(w, r, accountsPath, "账号“"+a.Name+"”的权限现在是“"+role.Chinese()+"”，马上生效。")
}

func (s *Server) logOutAccount(w http.ResponseWriter, r *http.Request) error {
	a, err := s.Desk.LogOutEverywhere(r.Context(), actorOf(r), r.PathValue("name"))
	if err == nil && a.Name == accountOf(r).Name {
		err = s.enter(r, a)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, accountsPath, "账号“"+a.Name+"”在所有地方都退出了。")
}

func (s *Server) removeAccount(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	if err := s.Desk.RemoveAccount(r.Context(), actorOf(r), name); err != nil {
		return err
	}
	return s.done(w, r, accountsPath, "账号“"+name+"”已删除。它做过的事还在记录里。")
}
