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
	"golang.org/x/net/netutil"

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
	Proxies []netip.Prefix   // whose X-Forwarded-For and X-Forwarded-Proto are believed
	TLS     *tls.Certificate // nil: plain, for this machine or behind a proxy
	Log     *slog.Logger     // nil discards

	Settings func() []Setting                            // the configuration as it holds; nil: none is shown
	Check    func(ctx context.Context) (Findings, error) // looks at everything that the program uses; nil: cannot be done
	Logbook  *Logbook                                    // the log of the last day; nil: it is not kept
	Channels []Channel                                   // those that are enabled, in this process or another on the data folder
	Counters *Counters                                   // nil: of the page alone
}

// Server is the page. Its methods may be called from many goroutines.
type Server struct {
	Config

	sessions *scs.SessionManager
	views    *views
	assets   *assets
	jobs     *jobs
	tries    *tries        // of questions, on 试问
	attempts attempts      // at passwords
	drafted  lines.Counter // for the page of the day
	tree     tree
	uploads  *uploads
	handler  http.Handler
	checked  lastCheck
	formTime time.Duration
}

// New makes a page. Close it.
func New(c Config) (*Server, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Counters == nil {
		c.Counters = NewCounters()
	}
	s := &Server{Config: c, jobs: newJobs(c.Desk.Now), attempts: attempts{of: map[netip.Prefix]attempted{}}, uploads: newUploads(c.DataDir), formTime: formTime}
	err := s.uploads.clear()
	if err != nil {
		c.Log.Warn("以前上传的文件没有清掉，不影响使用", "err", err)
	}
	if s.assets, err = readAssets(); err != nil {
		return nil, err
	}
	if s.views, err = readViews(s.assets, s.citation); err != nil {
		return nil, err
	}
	if s.tries, err = openTries(c.DataDir); err != nil {
		c.Log.Warn("以前的试问读不出来，不影响使用", "err", err)
	}
	s.sessions = s.newSessions()
	if s.handler, err = s.guarded(); err != nil {
		return nil, err
	}
	return s, nil
}

// Close ends what runs in the background, and waits for it.
func (s *Server) Close() {
	s.jobs.close()
	if err := s.uploads.close(); err != nil {
		s.Log.Warn("上传的文件没有清掉，下次启动时清", "err", err)
	}
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// mostConnections is how many connections there may be at once: those beyond wait, so
// that whoever opens them leaves the files alone that answers to members need.
const mostConnections = 256

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
	listener = netutil.LimitListener(listener, mostConnections)
	if s.TLS != nil {
		listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{*s.TLS}, MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}})
	}
	return s.serve(ctx, listener, s)
}

// ServeMonitor answers a monitor on a listener of its own, until ctx ends.
func (s *Server) ServeMonitor(ctx context.Context, listener net.Listener) error {
	return s.serve(ctx, listener, s.monitor())
}

func (s *Server) serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTime, WriteTimeout: answerTime, IdleTimeout: idleTime, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
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
