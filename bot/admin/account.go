package admin

import (
	"net/http"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

func (s *Server) accountRoutes() []route {
	return []route{
		{pattern: "GET /account", least: leastRole, handle: s.showAccount},
		{pattern: "POST /account/password", least: leastRole, handle: s.changePassword},
		{pattern: "POST /account/logout", least: leastRole, handle: s.logOutElsewhere},
	}
}

// ownAccount is what the page about one's own account shows.
type ownAccount struct {
	ledger.WebAccount
	Person string // who it is of on the roster
	Wrong  string
}

func (s *Server) showAccount(w http.ResponseWriter, r *http.Request) error {
	return s.renderAccount(w, r, http.StatusOK, "")
}

func (s *Server) renderAccount(w http.ResponseWriter, r *http.Request, status int, wrong string) error {
	a := accountOf(r)
	own := ownAccount{WebAccount: a, Wrong: wrong}
	if a.Number != "" {
		m, err := s.Desk.OnRoster(r.Context(), a.Number)
		switch {
		case bot.CodeOf(err) == bot.NotFound:
			own.Person = "（已不在花名册里）"
		case err != nil:
			return err
		default:
			own.Person = m.Name
		}
	}
	return s.renderStatus(w, r, status, "account", "我的账号", own)
}

func (s *Server) changePassword(w http.ResponseWriter, r *http.Request) error {
	if err := s.mayTry(w, r); err != nil {
		return err
	}
	password, err := newPassword(r)
	var a ledger.WebAccount
	if err == nil {
		a, err = s.Desk.ChangePassword(r.Context(), actorOf(r), accountOf(r).Name, r.PostFormValue("old"), password)
	}
	if code := bot.CodeOf(err); code == bot.Invalid || code == bot.Forbidden {
		return s.renderAccount(w, r, statuses[code], bot.Say(err))
	}
	if err == nil {
		err = s.enter(r, a)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/account", "密码已换。在别处的登录都退出了。")
}

// logOutElsewhere ends all sessions of one's account but this one.
func (s *Server) logOutElsewhere(w http.ResponseWriter, r *http.Request) error {
	a, err := s.Desk.LogOutEverywhere(r.Context(), actorOf(r), accountOf(r).Name)
	if err == nil {
		err = s.enter(r, a)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/account", "在别处的登录都退出了，只有这里还在。")
}
