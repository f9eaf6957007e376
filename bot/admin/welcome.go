package admin

import (
	"net/http"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

func (s *Server) welcomeRoutes() []route {
	return []route{
		{pattern: "GET /welcome/{token}", least: anybody, handle: s.showWelcome},
		{pattern: "POST /welcome/{token}", least: anybody, handle: s.takeWelcome},
	}
}

// welcome is what the page shows to which the link to an account leads.
type welcome struct {
	Of    ledger.WebAccount
	Wrong string
}

func (s *Server) showWelcome(w http.ResponseWriter, r *http.Request) error {
	a, err := s.Desk.LinkOf(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return s.render(w, r, "welcome", "设密码", welcome{Of: a})
}

// takeWelcome sets the password and logs in. Looking at the page uses nothing up:
// what shows a picture of a link looks, too.
func (s *Server) takeWelcome(w http.ResponseWriter, r *http.Request) error {
	if err := s.mayTry(w, r); err != nil {
		return err
	}
	token := r.PathValue("token")
	a, err := s.Desk.LinkOf(r.Context(), token)
	if err != nil {
		return err
	}
	password, err := newPassword(r)
	if err == nil {
		a, err = s.Desk.TakeLink(r.Context(), token, password)
	}
	if bot.CodeOf(err) == bot.Invalid {
		return s.renderStatus(w, r, http.StatusBadRequest, "welcome", "设密码", welcome{a, bot.Say(err)})
	}
	if err == nil {
		err = s.enter(r, a)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/", "密码已设好，您已登录。下次用账号“"+a.Name+"”和这个密码登录。")
}

// newPassword is what somebody has typed twice.
func newPassword(r *http.Request) (string, error) {
	password := r.PostFormValue("new")
	if password != r.PostFormValue("again") {
		return "", bot.Invalid.Sayf("两次输入的密码不一样，请重新输入。")
	}
	return password, nil
}
