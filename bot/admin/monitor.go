package admin

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

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
	now := prometheus.NewRegistry()
	now.MustRegister(conditions{s})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.healthz)
	mux.Handle("GET /metrics", promhttp.HandlerFor(prometheus.Gatherers{s.Counters.all, now}, promhttp.HandlerOpts{}))
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

// conditions are how things stand at the moment, for Prometheus.
type conditions struct{ s *Server }

var (
	ledgerUp      = prometheus.NewDesc("lianwen_ledger_up", "Whether the ledger answers.", nil, nil)
	pushesToday   = prometheus.NewDesc("lianwen_pushes", "Pushes of today on record, by state.", []string{"state"}, nil)
	channelUp     = prometheus.NewDesc("lianwen_channel_up", "Whether questions get answers over a channel.", []string{"channel"}, nil)
	indexAge      = prometheus.NewDesc("lianwen_index_age_seconds", "How long the index has been the one that answers.", nil, nil)
	indexArticles = prometheus.NewDesc("lianwen_index_articles", "Articles in force in the index that answers.", nil, nil)
)

// Describe implements prometheus.Collector.
func (c conditions) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{ledgerUp, pushesToday, channelUp, indexAge, indexArticles} {
		ch <- d
	}
}

// pushStates are those a push on record can be in.
var pushStates = []ledger.PushState{ledger.PushClaimed, ledger.PushWaiting, ledger.PushSent, ledger.PushFailed, ledger.PushSkipped, ledger.PushUncertain}

// Collect implements prometheus.Collector. What cannot be read is left out: a monitor
// sees that it is missing, and that the ledger is down.
func (c conditions) Collect(ch chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	ctx, cancel := context.WithTimeout(context.Background(), ledgerPatience) // a Collector is given none
	defer cancel()
	today := c.s.Desk.Today()
	records, err := c.s.Desk.Ledger.Pushes(ctx, today, today)
	gauge(ledgerUp, oneIf(err == nil))
	if err == nil {
		count := map[ledger.PushState]int{}
		for _, r := range records {
			count[r.State]++
		}
		for _, state := range pushStates {
			gauge(pushesToday, float64(count[state]), string(state))
		}
	}
	for _, name := range c.s.Channels {
		state, ok, err := duty.ReadState(c.s.DataDir, name)
		gauge(channelUp, oneIf(err == nil && ok && state.Running(time.Now()) && state.State.Up()), name)
	}
	x, release := c.s.Live.Acquire()
	defer release()
	gauge(indexAge, time.Since(c.s.Live.Since()).Seconds())
	gauge(indexArticles, float64(x.Corpus().ArticlesInForce()))
}

func oneIf(ok bool) float64 {
	if ok {
		return 1
	}
	return 0
}
