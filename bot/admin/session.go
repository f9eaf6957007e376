package admin

import (
	"context"
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

// hostPrefix begins the name of a cookie that only the page itself can set, by
// https.
const hostPrefix = "__Host-"

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
	m.Cookie.Name = "lianwen"
	m.Cookie.SameSite, m.Cookie.Persist = http.SameSiteLaxMode, false
	m.ErrorFunc = s.noSession
	return m
}

// withSession gives a handler the session of a request. Where it came by https
// the cookie goes no other way, and has a name that no other site and no plain
// page can set.
func (s *Server) withSession(next http.Handler) http.Handler {
	encrypted := *s.sessions
	encrypted.Cookie.Name, encrypted.Cookie.Secure = hostPrefix+s.sessions.Cookie.Name, true
	plain, secret := s.sessions.LoadAndSave(next), encrypted.LoadAndSave(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.encrypted(r) {
			secret.ServeHTTP(w, r)
		} else {
			plain.ServeHTTP(w, r)
		}
	})
}

// noSession answers when sessions cannot be read or kept: a connection that breaks
// in the middle has no other name than that something has ended.
func (s *Server) noSession(w http.ResponseWriter, r *http.Request, err error) {
	if troubleOf(err) == "" && r.Context().Err() == nil {
		s.Log.Error("读不到登录的记录", "err", err)
		err = bot.Unavailable.Sayf("台账暂时读不到，没有办成。请过一会儿再提交一次；一直这样，请告诉管这台电脑的人。")
	}
	s.fail(w, r, err)
}

// enter begins a session of an account, under a new name: what a browser had
// before may have been put there by somebody else.
func (s *Server) enter(r *http.Request, a ledger.WebAccount) error {
	ctx := r.Context()
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	if err := s.sessions.Clear(ctx); err != nil { // of whoever sat there before
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
	a, why, err := s.loggedIn(r)
	if err != nil {
		return r, err
	}
	if why != "" {
		s.askToLogIn(w, r, why)
		return nil, nil
	}
	r = r.WithContext(context.WithValue(r.Context(), accountKey{}, a))
	if !a.Role.May(least) {
		return r, bot.Forbidden.Sayf("您的账号是“%s”，这里要“%s”才能用。请找管理账号的人。", a.Role.Chinese(), least.Chinese())
	}
	return r, nil
}

// loggedIn is the account of a request's session, as it is now; why says why there
// is none, or the session is over, and is "" when somebody is logged in.
func (s *Server) loggedIn(r *http.Request) (a ledger.WebAccount, why string, err error) {
	ctx, now := r.Context(), s.Desk.Now()
	name := s.sessions.GetString(ctx, sessionName)
	if name == "" {
		return a, "登录过期了，请重新登录。", nil
	}
	used := time.Unix(s.sessions.GetInt64(ctx, sessionUsed), 0)
	a, err = s.Desk.Account(ctx, name)
	switch {
	case bot.CodeOf(err) == bot.NotFound:
		why = "您的账号删掉了。要用的，请找管理账号的人。"
	case err != nil:
		return a, "", err
	case a.Generation != s.sessions.GetInt(ctx, sessionGeneration):
		why = "账号在别处退出了，或者换了密码。请重新登录。"
	case now.Sub(used) > unusedTime:
		why = "很久没有用，已经自动退出。请重新登录。"
	}
	if why != "" {
		return ledger.WebAccount{}, why, s.sessions.Destroy(ctx)
	}
	if now.Sub(used) > usedEvery && !asksItself(r) {
		s.sessions.Put(ctx, sessionUsed, now.Unix())
	}
	return a, "", nil
}

// asksItself reports whether a page asks for what is new on it, and nobody has
// done anything.
func asksItself(r *http.Request) bool {
	return r.Method == http.MethodGet && r.Header.Get("HX-Request") != ""
}
