package admin

import (
	"net/http"
	"net/url"

	"lianwen/bot"
)

func (s *Server) loginRoutes() []route {
	return []route{
		{pattern: "GET /login", least: anybody, handle: s.showLogin},
		{pattern: "POST /login", least: anybody, handle: s.logIn},
		{pattern: "POST /logout", least: leastRole, handle: s.logOut},
	}
}

// loginForm is what the page for logging in shows.
type loginForm struct {
	Name  string
	To    string // where somebody wanted to go
	Kept  string // what was typed there, as a query
	Wrong string
}

func (s *Server) showLogin(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, r, "login", "登录", loginForm{To: ownPath(r.FormValue("to"))})
}

// askToLogIn answers whoever is not logged in. What was typed into a form whose
// session is over comes back after it.
func (s *Server) askToLogIn(w http.ResponseWriter, r *http.Request) {
	form := loginForm{To: r.URL.RequestURI()}
	switch k := keep(r); {
	case r.Header.Get("HX-Request") != "":
		w.Header().Set("HX-Redirect", "/login")
	case k.Action != "":
		form.Kept = r.PostForm.Encode()
	case r.Method != http.MethodGet:
		form.To = "/"
	}
	if err := s.renderStatus(w, r, http.StatusUnauthorized, "login", "登录", form); err != nil {
		s.fail(w, r, err)
	}
}

func (s *Server) logIn(w http.ResponseWriter, r *http.Request) error {
	form := loginForm{Name: r.PostFormValue("name"), To: ownPath(r.PostFormValue("to")), Kept: r.PostFormValue("kept")}
	a, err := s.Desk.LogIn(r.Context(), form.Name, r.PostFormValue("password"))
	if code := bot.CodeOf(err); code != 0 && code != bot.Unavailable {
		form.Wrong = bot.Say(err)
		return s.renderStatus(w, r, http.StatusUnauthorized, "login", "登录", form)
	}
	if err == nil {
		err = s.enter(r, a)
	}
	if err != nil {
		return err
	}
	if values, err := url.ParseQuery(form.Kept); err == nil && form.Kept != "" && form.To != "" {
		return s.render(w, r, "resume", "接着办", keptForm(form.To, values))
	}
	if form.To == "" {
		form.To = "/"
	}
	http.Redirect(w, r, form.To, http.StatusSeeOther)
	return nil
}

func (s *Server) logOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, "/login", http.StatusSeeOther)
	return nil
}
