package admin

import (
	"context"
	"io"
	"net/http"
	"runtime"
	"time"

	"lianwen/bot/duty"
	"lianwen/bot/ledger"
)

// ledgerPatience is how long the ledger may take to answer.
const ledgerPatience = 2 * time.Second

// monitorRoutes are for people who look; a monitor has a listener of its own.
func (s *Server) monitorRoutes() []route {
	monitor := s.monitor()
	show := func(w http.ResponseWriter, r *http.Request) error {
		monitor.ServeHTTP(w, r)
		return nil
	}
	return []route{
		{pattern: "GET /healthz", least: leastRole, handle: show},
		{pattern: "GET /metrics", least: leastRole, handle: show},
	}
}

// monitor answers a monitor that does not log in: /healthz is 200 when questions can
// be answered and recorded, else 503 with a word for what is missing; /metrics is for
// Prometheus. Neither has any content or names anybody.
func (s *Server) monitor() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.HandleFunc("GET /metrics", s.metrics)
	return mux
}

func (s *Server) healthz(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	word := "ok"
	switch {
	case !s.ledgerAnswers(r.Context()):
		word = "ledger"
	case s.Live.Damaged():
		word = "index"
	}
	if word != "ok" {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = io.WriteString(w, word+"\n") // whoever asked may have gone
}

// ledgerAnswers reports whether the ledger does, in time.
func (s *Server) ledgerAnswers(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, ledgerPatience)
	defer cancel()
	_, err := s.Desk.Ledger.Head(ctx)
	return err == nil
}

// pushStates are those a push on record can be in.
var pushStates = []ledger.PushState{ledger.PushClaimed, ledger.PushWaiting, ledger.PushSent, ledger.PushFailed, ledger.PushSkipped, ledger.PushUncertain}

// metrics are what was counted, and how things stand.
func (s *Server) metrics(w http.ResponseWriter, r *http.Request) {
	var e exposition
	s.Counters.write(&e)
	s.conditions(r.Context(), &e)
	w.Header().Set("Content-Type", expositionType)
	_, _ = e.WriteTo(w) // whoever asked may have gone
}

// conditions add how things stand. What cannot be read is left out: a monitor sees that
// it is missing, and that the ledger is down.
func (s *Server) conditions(ctx context.Context, e *exposition) {
	ctx, cancel := context.WithTimeout(ctx, ledgerPatience)
	defer cancel()
	today := s.Desk.Today()
	records, err := s.Desk.Ledger.Pushes(ctx, today, today)
	e.gauge("lianwen_ledger_up", "Whether the ledger answers.", oneIf(err == nil))
	if err == nil {
		count := map[ledger.PushState]int{}
		for _, r := range records {
			count[r.State]++
		}
		e.family("lianwen_pushes", "gauge", "Pushes of today on record, by state.")
		for _, state := range pushStates {
			e.sample("lianwen_pushes", float64(count[state]), "state", string(state))
		}
	}
	e.family("lianwen_channel_up", "gauge", "Whether questions get answers over a channel.")
	for _, ch := range s.Channels {
		state, ok, err := duty.ReadState(s.DataDir, ch.Name)
		e.sample("lianwen_channel_up", oneIf(err == nil && ok && state.Running(time.Now()) && state.State.Up()), "channel", ch.Name)
	}
	x, release := s.Live.Acquire()
	defer release()
	e.gauge("lianwen_index_age_seconds", "How long the index has been the one that answers.", time.Since(s.Live.Since()).Seconds())
	e.gauge("lianwen_index_articles", "Articles in force in the index that answers.", float64(x.Corpus().ArticlesInForce()))
	e.gauge("go_goroutines", "Goroutines there are.", float64(runtime.NumGoroutine()))
}

func oneIf(ok bool) float64 {
	if ok {
		return 1
	}
	return 0
}
