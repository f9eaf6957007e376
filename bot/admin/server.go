package admin

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/alexedwards/scs/v2"

	"lianwen/bot/lines"
	"lianwen/bot/staff"
	"lianwen/bot/talk"
	"lianwen/index"
)

// Config is what the page is made of.
type Config struct {
	Desk    *staff.Desk
	Live    *index.Live
	Bot     *talk.Bot // answers as in a private chat
	Lines   *lines.Store
	DataDir string
	URL     string           // how people reach it, without a slash at the end; https makes cookies secure
	Proxies []netip.Prefix   // whose X-Forwarded-For is believed
	TLS     *tls.Certificate // nil: plain, for this machine or behind a proxy
	Log     *slog.Logger     // nil discards
}

// Server is the page. Its methods may be called from many goroutines.
type Server struct {
	Config

	sessions *scs.SessionManager
	views    *views
	assets   *assets
	jobs     *jobs
	tree     tree
	uploads  uploads
	handler  http.Handler
}

// New makes a page. Close it.
func New(c Config) (*Server, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{Config: c, jobs: newJobs(c.Desk.Now), uploads: newUploads(c.DataDir)}
	err := s.uploads.clear()
	if err != nil {
		return nil, err
	}
	if s.assets, err = readAssets(); err != nil {
		return nil, err
	}
	if s.views, err = readViews(s.assets); err != nil {
		return nil, err
	}
	s.sessions = s.newSessions()
	if s.handler, err = s.guarded(); err != nil {
		return nil, err
	}
	return s, nil
}

// Close ends what runs in the background, and waits for it.
func (s *Server) Close() { s.jobs.close() }

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// How long a client may take. What is uploaded, and what takes long to make, has
// its own time.
const (
	headerTime   = 10 * time.Second
	answerTime   = 5 * time.Minute
	idleTime     = 2 * time.Minute
	farewellTime = 10 * time.Second
)

// Serve answers on a listener until ctx ends; requests that are being answered
// then have ten seconds.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: headerTime, WriteTimeout: answerTime, IdleTimeout: idleTime, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
	if s.TLS != nil {
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{*s.TLS}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}})
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve the page: %w", err)
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewellTime)
	defer cancel()
	if err := server.Shutdown(ending); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("end the page: %w", err)
	}
	return server.Close()
}
