package admin

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"lianwen/bot"
)

// maxForm is how large the body of a form without files may be, in bytes.
const maxForm = 1 << 20

// formTime is how long it may take to send.
const formTime = 30 * time.Second

// policy lets a browser load and send nothing but to and from here, and run
// nothing that stands in a page.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guarded is all routes, behind what guards them.
func (s *Server) guarded() (http.Handler, error) {
	origins := http.NewCrossOriginProtection()
	if s.URL != "" {
		if err := origins.AddTrustedOrigin(s.URL); err != nil {
			return nil, fmt.Errorf("guard the page: %w", err)
		}
	}
	origins.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, bot.Forbidden.Sayf("这次提交是从别的网站发来的，没有办。请从本页的菜单重新进入。"))
	}))
	mux := http.NewServeMux()
	for _, rt := range s.routes() {
		mux.Handle(rt.pattern, s.limited(rt))
	}
	mux.Handle("/", s.limited(route{handle: func(http.ResponseWriter, *http.Request) error {
		return bot.NotFound.Sayf("没有这一页。请从菜单进入。")
	}, least: leastRole}))
	return s.contained(s.headers(s.sessions.LoadAndSave(origins.Handler(mux)))), nil
}

// headers sets what every answer has.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		if s.secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// secure reports whether people reach the page by https.
func (s *Server) secure() bool { return s.TLS != nil || strings.HasPrefix(s.URL, "https://") }

// contained turns a panic into a page that says so: one request must not end the
// program that answers members, too.
func (s *Server) contained(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler {
				s.Log.Error("网页出错", "page", r.Pattern, "panic", bot.Panicked(p), "stack", string(debug.Stack()))
				http.Error(w, bot.Say(nil), http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// limited is a route for those who may, with a body of the size that is due.
func (s *Server) limited(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body != nil && !rt.upload {
			r.Body = http.MaxBytesReader(w, r.Body, maxForm)
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(formTime)) // a recorder of a test has none
		}
		r, err := s.admit(w, r, rt.least)
		if r == nil {
			return // it has been told to log in
		}
		if err == nil && r.Method == http.MethodPost && !rt.upload {
			err = parseForm(r)
		}
		if err == nil {
			err = rt.handle(w, r)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	})
}

// parseForm reads a form as browsers send it.
func parseForm(r *http.Request) error {
	if err := r.ParseMultipartForm(maxForm); err != nil && err != http.ErrNotMultipart {
		return bot.Invalid.Sayf("提交的内容没有收全，或者超过 1 MB，没有办。请再试一次，或者少写一些。")
	}
	return nil
}
