package admin

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
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
	Why   string // why somebody who was logged in is not any more
	Wrong string
}

func (s *Server) showLogin(w http.ResponseWriter, r *http.Request) error {
	form := loginForm{To: ownPath(r.FormValue("to"))}
	_, why, err := s.loggedIn(r)
	switch {
	case err != nil:
		return err
	case why == "":
		http.Redirect(w, r, cmp.Or(form.To, "/"), http.StatusSeeOther)
		return nil
	}
	return s.render(w, r, "login", "登录", form)
}

// askToLogIn answers whoever is not logged in. What was typed into a form whose
// session is over comes back after it.
func (s *Server) askToLogIn(w http.ResponseWriter, r *http.Request, why string) {
	form, k := loginForm{To: r.URL.RequestURI()}, keep(r)
	if s.wasIn(r) || k.Action != "" {
		form.Why = why
	}
	switch {
	case r.Header.Get("HX-Request") != "": // a part of a page: the whole of it is to ask
		to := "/login"
		if at, err := url.Parse(r.Header.Get("HX-Current-URL")); err == nil && ownPath(at.RequestURI()) != "" {
			to += "?to=" + url.QueryEscape(at.RequestURI())
		}
		w.Header().Set("HX-Redirect", to)
	case len(k.Fields) > 0:
		form.Kept = r.PostForm.Encode()
	case r.Method != http.MethodGet: // a button, which is to be pressed again where it stands
		form.To = "/"
	}
	if err := s.renderStatus(w, r, http.StatusUnauthorized, "login", "登录", form); err != nil {
		s.fail(w, r, err)
	}
}

// wasIn reports whether a browser has been logged in before.
func (s *Server) wasIn(r *http.Request) bool {
	for _, c := range r.Cookies() {
		if strings.TrimPrefix(c.Name, hostPrefix) == s.sessions.Cookie.Name {
			return true
		}
	}
	return false
}

func (s *Server) logIn(w http.ResponseWriter, r *http.Request) error {
	form := loginForm{Name: r.PostFormValue("name"), To: ownPath(r.PostFormValue("to")), Kept: r.PostFormValue("kept")}
	var a ledger.WebAccount
	status, err := http.StatusTooManyRequests, s.mayTry(w, r)
	if err == nil {
		status = http.StatusUnauthorized
		a, err = s.Desk.LogIn(r.Context(), form.Name, r.PostFormValue("password"))
	}
	if bot.CodeOf(err) != 0 {
		s.Log.Warn("登录没有成功", "from", s.clientOf(r), "status", status) // not the name: people type passwords there
		form.Wrong = bot.Say(err)
		return s.renderStatus(w, r, status, "login", "登录", form)
	}
	if err == nil {
		err = s.enter(r, a)
	}
	if err != nil {
		return err
	}
	s.Log.Info("登录", "account", a.Name, "from", s.clientOf(r))
	if values, err := url.ParseQuery(form.Kept); err == nil && form.Kept != "" && form.To != "" {
		return s.render(w, r, "resume", "接着办", keptForm(form.To, values))
	}
	http.Redirect(w, r, cmp.Or(form.To, "/"), http.StatusSeeOther)
	return nil
}

func (s *Server) logOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, "/login", http.StatusSeeOther)
	return nil
}
