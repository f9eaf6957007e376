package admin

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// leastRole is what everybody may who is logged in.
const leastRole = ledger.RoleView

// How long somebody stays logged in: for a day at the office, and not on a
// machine that nobody works at.
const (
	sessionTime = 12 * time.Hour
	unusedTime  = 2 * time.Hour
	usedEvery   = 5 * time.Minute // how exactly it is known when it was used last
)

// What a session holds.
const (
	sessionName       = "name"
	sessionGeneration = "generation"
	sessionUsed       = "used"
	sessionNotice     = "notice"
)

// accountKey is the place in a context of who is logged in.
type accountKey struct{}

// accountOf is who is logged in; nobody on the pages for anybody.
func accountOf(r *http.Request) ledger.WebAccount {
	a, _ := r.Context().Value(accountKey{}).(ledger.WebAccount)
	return a
}

// actorOf is who is logged in, for the audit.
func actorOf(r *http.Request) ledger.Actor { return ledger.WebActor(accountOf(r).Name) }

func (s *Server) newSessions() *scs.SessionManager {
	m := scs.New()
	m.Store, m.HashTokenInStore = s.Desk.Ledger.Sessions(), true
	m.Lifetime = sessionTime
	m.Cookie.Name, m.Cookie.Secure = "lianwen", s.secure()
	m.Cookie.SameSite, m.Cookie.Persist = http.SameSiteLaxMode, false
	m.ErrorFunc = s.fail
	return m
}

// enter begins a session of an account, under a new name: what a browser had
// before may have been put there by somebody else.
func (s *Server) enter(r *http.Request, a ledger.WebAccount) error {
	ctx := r.Context()
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, sessionName, a.Name)
	s.sessions.Put(ctx, sessionGeneration, a.Generation)
	s.sessions.Put(ctx, sessionUsed, s.Desk.Now().Unix())
	return nil
}

// admit lets those in who may. Whoever is not logged in is told to, and r is nil.
func (s *Server) admit(w http.ResponseWriter, r *http.Request, least ledger.Role) (*http.Request, error) {
	if least == anybody {
		return r, nil
	}
	a, ok, err := s.loggedIn(r)
	if err != nil {
		return r, err
	}
	if !ok {
		s.askToLogIn(w, r)
		return nil, nil
	}
	r = r.WithContext(context.WithValue(r.Context(), accountKey{}, a))
	if !a.Role.May(least) {
		return r, bot.Forbidden.Sayf("您的账号是“%s”，这里要“%s”才能用。请找管理账号的人。", a.Role.Chinese(), least.Chinese())
	}
	return r, nil
}

// loggedIn is the account of a request's session, as it is now; ok is false when
// there is none, or the session is over.
func (s *Server) loggedIn(r *http.Request) (a ledger.WebAccount, ok bool, err error) {
	ctx, now := r.Context(), s.Desk.Now()
	name := s.sessions.GetString(ctx, sessionName)
	if name == "" {
		return a, false, nil
	}
	used := time.Unix(s.sessions.GetInt64(ctx, sessionUsed), 0)
	a, err = s.Desk.Account(ctx, name)
	var gone *bot.Error
	switch {
	case errors.As(err, &gone) && gone.Code == bot.NotFound:
		return a, false, s.sessions.Destroy(ctx)
	case err != nil:
		return a, false, err
	case a.Generation != s.sessions.GetInt(ctx, sessionGeneration) || now.Sub(used) > unusedTime:
		return ledger.WebAccount{}, false, s.sessions.Destroy(ctx)
	}
	if now.Sub(used) > usedEvery && !asksItself(r) {
		s.sessions.Put(ctx, sessionUsed, now.Unix())
	}
	return a, true, nil
}

// asksItself reports whether a page asks for what is new on it, and nobody has
// done anything.
func asksItself(r *http.Request) bool {
	return r.Method == http.MethodGet && r.Header.Get("HX-Request") != ""
}
