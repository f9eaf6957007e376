package admin

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"lianwen/bot/ledger"
)

// Counters count for a monitor what has happened since the program began: how often,
// and how long it took. Nobody is named, and nothing that anybody wrote.
type Counters struct {
	mu        sync.Mutex
	questions map[string]int // by outcome
	requests  map[answered]int
	seconds   map[string]*histogram // by route
}

// answered is what a request came to.
type answered struct {
	route  string
	status int
}

// NewCounters are at naught. What can be counted is there from the beginning: of what
// appears with its first count a monitor misses that one.
func NewCounters() *Counters {
	return &Counters{
		questions: map[string]int{ledger.AskedAnswered: 0, ledger.AskedChoices: 0, ledger.AskedNone: 0},
		requests:  map[answered]int{}, seconds: map[string]*histogram{},
	}
}

// Question counts a question by how it came out.
func (c *Counters) Question(outcome string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.questions[outcome]++
}

// measured counts what a route answers, and how long it takes.
func (c *Counters) measured(route string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun, seen := time.Now(), &statusWriter{ResponseWriter: w, status: http.StatusInternalServerError}
		defer func() { // of a panic, too, which is told further out
			c.request(answered{route, seen.status}, time.Since(begun).Seconds())
		}()
		next.ServeHTTP(seen, r)
		if !seen.begun { // nothing was written
			seen.status = http.StatusOK
		}
	})
}

func (c *Counters) request(a answered, seconds float64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests[a]++
	if c.seconds[a.route] == nil {
		c.seconds[a.route] = newHistogram()
	}
	c.seconds[a.route].observe(seconds)
}

// write adds what was counted to an exposition.
func (c *Counters) write(e *exposition) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e.family("lianwen_questions_total", "counter", "Questions, by how they came out.")
	for _, outcome := range slices.Sorted(maps.Keys(c.questions)) {
		e.sample("lianwen_questions_total", float64(c.questions[outcome]), "outcome", outcome)
	}
	e.family("lianwen_http_requests_total", "counter", "Requests to the page, by route and status.")
	for _, a := range slices.SortedFunc(maps.Keys(c.requests), func(a, b answered) int {
		return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.status, b.status))
	}) {
		e.sample("lianwen_http_requests_total", float64(c.requests[a]), "route", a.route, "status", strconv.Itoa(a.status))
	}
	e.family("lianwen_http_request_seconds", "histogram", "How long the page took to answer, by route.")
	for _, route := range slices.Sorted(maps.Keys(c.seconds)) {
		e.histogram("lianwen_http_request_seconds", c.seconds[route], "route", route)
	}
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
