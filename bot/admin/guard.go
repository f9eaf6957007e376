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
		// What was sent is not shown, to be sent again: that is what the other site wants.
		s.refuse(w, r, http.StatusForbidden, "这次提交是从别的网站发来的，没有办。请从本页的菜单重新进入。", kept{})
	}))
	mux := http.NewServeMux()
	for _, rt := range s.routes() {
		mux.Handle(rt.pattern, s.Counters.measured(rt.pattern, s.limited(rt)))
	}
	mux.Handle("/", s.Counters.measured("/", s.limited(route{handle: func(http.ResponseWriter, *http.Request) error {
		return bot.NotFound.Sayf("没有这一页。请从菜单进入。")
	}, least: leastRole})))
	return s.contained(s.headers(s.withSession(origins.Handler(mux)))), nil
}

// headers sets what every answer has.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")        // for browsers of offices that do not read all of the policy
		h.Set("Referrer-Policy", "same-origin") // with less, a browser does not say either where a form of ours comes from
		h.Set("Cache-Control", "no-store")
		if s.secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		if s.open(r) {
			http.Error(w, "这样打开，密码会在网上明着走。请用 https 开头的网址打开。"+s.URL, http.StatusForbidden)
			return
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
				s.Log.Error("网页出错", "panic", bot.Panicked(p), "stack", string(debug.Stack()))
				http.Error(w, bot.Say(nil), http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// limited is a route for those who may, with a body of the size that is due.
func (s *Server) limited(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := r.Body
		within := func(at time.Time) { _ = http.NewResponseController(w).SetReadDeadline(at) } // a recorder of a test has none
		if body != nil {
			// Also of an upload, as long as it is not known whose.
			r.Body = http.MaxBytesReader(w, body, maxForm)
			within(time.Now().Add(s.formTime))
		}
		r, err := s.admit(w, r, rt.least)
		if r == nil {
			return // it has been told to log in
		}
		if err == nil && rt.upload && body != nil {
			r.Body = body
		}
		if err == nil && r.Method == http.MethodPost && !rt.upload {
			if err = parseForm(r); err != nil {
				s.refuse(w, r, http.StatusBadRequest, bot.Say(err), kept{}) // of half a form nothing is sent again
				return
			}
		}
		if err == nil {
			within(time.Time{}) // which would end what takes longer, too
			err = rt.handle(w, r)
			within(time.Now().Add(s.formTime)) // for what is left of the body
		}
		if err != nil {
			s.fail(w, r, err)
		}
	})
}

// parseForm reads a form as browsers send it.
func parseForm(r *http.Request) error {
	err := r.ParseForm() // of one that is not multipart the next would hide what is wrong
	if err == nil {
		err = r.ParseMultipartForm(maxForm)
	}
	if err != nil && err != http.ErrNotMultipart {
		return bot.Invalid.Sayf("提交的内容没有收全，或者超过 1 MB，没有办。请再试一次，或者少写一些。")
	}
	return nil
}
