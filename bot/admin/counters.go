package admin

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"lianwen/bot/ledger"
)

// Counters count for a monitor what has happened since the program began: how often,
// and how long it took. Nobody is named, and nothing that anybody wrote.
type Counters struct {
	all       *prometheus.Registry
	questions *prometheus.CounterVec
	requests  *prometheus.CounterVec
	seconds   *prometheus.HistogramVec
}

// NewCounters are at naught.
func NewCounters() *Counters {
	c := &Counters{
		all:       prometheus.NewRegistry(),
		questions: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "lianwen_questions_total", Help: "Questions, by how they came out."}, []string{"outcome"}),
		requests:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "lianwen_http_requests_total", Help: "Requests to the page, by route and status."}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "lianwen_http_request_seconds", Help: "How long the page took to answer, by route.", Buckets: []float64{.005, .01, .025, .05, .1, .15, .25, .5, 1, 5, 30},
		}, []string{"route"}),
	}
	c.all.MustRegister(c.questions, c.requests, c.seconds, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, outcome := range []string{ledger.AskedAnswered, ledger.AskedChoices, ledger.AskedNone} {
		c.questions.WithLabelValues(outcome) // there from the beginning: what is counted from nothing on is never missed
	}
	return c
}

// Question counts a question by how it came out.
func (c *Counters) Question(outcome string) { c.questions.WithLabelValues(outcome).Inc() }

// measured counts what a route answers, and how long it takes.
func (c *Counters) measured(route string, next http.Handler) http.Handler {
	seconds := c.seconds.WithLabelValues(route)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun, seen := time.Now(), &statusWriter{ResponseWriter: w, status: http.StatusInternalServerError}
		defer func() { // of a panic, too, which is told further out
			seconds.Observe(time.Since(begun).Seconds())
			c.requests.WithLabelValues(route, strconv.Itoa(seen.status)).Inc()
		}()
		next.ServeHTTP(seen, r)
		if !seen.begun { // nothing was written
			seen.status = http.StatusOK
		}
	})
}

// statusWriter remembers the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
	begun  bool
}

// WriteHeader implements http.ResponseWriter.
func (w *statusWriter) WriteHeader(status int) {
	if !w.begun {
		w.status, w.begun = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *statusWriter) Write(raw []byte) (int, error) {
	if !w.begun {
		w.status, w.begun = http.StatusOK, true
	}
	return w.ResponseWriter.Write(raw)
}

// Unwrap is for http.ResponseController.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
