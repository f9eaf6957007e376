package admin

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"lianwen/bot"
)

const (
	jobsKept    = 2 * time.Hour // how long a result waits for whoever wanted it
	jobsAtOnce  = 2             // others wait their turn
	jobsWaiting = 8             // of one account, running ones among them
	jobRefresh  = "2"           // seconds between looks of a page without scripts
)

// job is work that somebody waits for.
type job struct {
	ID, Title string
	account   string
	next      string // where its result is shown, with %s for the id

	mu        sync.Mutex
	begun     time.Time // when it was asked for
	ended     time.Time
	steps, of int
	result    any
	err       error
	cancel    context.CancelFunc
}

// over reports whether it has ended.
func (j *job) over() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return !j.ended.IsZero()
}

// Progress is how far it is, and of how much; 0 of 0 when that is not known.
func (j *job) Progress() (p struct{ Done, All int }) {
	j.mu.Lock()
	defer j.mu.Unlock()
	p.Done, p.All = j.steps, j.of
	return p
}

// Refresh is how often a page without scripts looks how far it is.
func (j *job) Refresh() string { return jobRefresh }

// jobs are those that run, and those whose results wait.
type jobs struct {
	now     func() time.Time
	ctx     context.Context
	end     context.CancelFunc
	turns   chan struct{}
	running sync.WaitGroup

	mu sync.Mutex
	of map[string]*job
}

func newJobs(now func() time.Time) *jobs {
	ctx, end := context.WithCancel(context.Background())
	return &jobs{now: now, ctx: ctx, end: end, turns: make(chan struct{}, jobsAtOnce), of: map[string]*job{}}
}

func (js *jobs) close() {
	js.end()
	js.running.Wait()
}

// work is what a job does. It reports how far it is, and returns what the page
// that follows shows.
type work func(ctx context.Context, progress func(done, all int)) (any, error)

// start begins work for an account, and forgets what is long over.
func (js *jobs) start(account, title, next string, w work) (*job, error) {
	js.mu.Lock()
	defer js.mu.Unlock()
	waiting := 0
	for id, j := range js.of {
		j.mu.Lock()
		switch over := !j.ended.IsZero(); {
		case over && js.now().Sub(j.ended) > jobsKept:
			delete(js.of, id)
		case !over && j.account == account:
			waiting++
		}
		j.mu.Unlock()
	}
	if waiting >= jobsWaiting || js.ctx.Err() != nil {
		return nil, bot.Unavailable.Sayf("前面还有 %d 件没有做完，请等一等再试。", waiting)
	}
	ctx, cancel := context.WithCancel(js.ctx)
	j := &job{ID: rand.Text(), Title: title, account: account, next: next, begun: js.now(), cancel: cancel}
	js.of[j.ID] = j
	js.running.Go(func() {
		defer cancel()
		js.run(ctx, j, w)
	})
	return j, nil
}

// run does the work when it is its turn.
func (js *jobs) run(ctx context.Context, j *job, w work) {
	var result any
	var err error
	select {
	case js.turns <- struct{}{}:
		result, err = contain(ctx, w, func(done, all int) {
			j.mu.Lock()
			defer j.mu.Unlock()
			j.steps, j.of = done, all
		})
		<-js.turns
	case <-ctx.Done():
		err = ctx.Err()
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.result, j.err, j.ended = result, err, js.now()
}

// contain does work, and turns a panic of it into an error.
func contain(ctx context.Context, w work, progress func(done, all int)) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %s\n%s", bot.Panicked(p), debug.Stack())
		}
	}()
	return w(ctx, progress)
}

// find is a job of an account.
func (js *jobs) find(account, id string) (*job, error) {
	js.mu.Lock()
	defer js.mu.Unlock()
	j := js.of[id]
	if j == nil || j.account != account {
		return nil, bot.NotFound.Sayf("这件事的结果已经不在了（只保留两小时，程序重新启动也会清掉）。请再做一次。")
	}
	return j, nil
}

// startJob begins work and sends whoever asked for it to where they can wait.
func (s *Server) startJob(w http.ResponseWriter, r *http.Request, title, next string, do work) error {
	j, err := s.jobs.start(accountOf(r).Name, title, next, do)
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/jobs/"+j.ID, http.StatusSeeOther)
	return nil
}

// jobResult is what a job of whoever is logged in has come to.
func jobResult[T any](s *Server, r *http.Request, id string) (result T, err error) {
	j, err := s.jobs.find(accountOf(r).Name, id)
	if err != nil {
		return result, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case j.ended.IsZero():
		return result, bot.Conflict.Sayf("还没有做完，请等一等再看。")
	case j.err != nil:
		return result, j.err
	}
	result, ok := j.result.(T)
	if !ok {
		return result, fmt.Errorf("result of job %q is a %T", j.Title, j.result)
	}
	return result, nil
}

func (s *Server) jobRoutes() []route {
	return []route{
		{pattern: "GET /jobs/{id}", least: leastRole, handle: s.showJob},
		{pattern: "POST /jobs/{id}/cancel", least: leastRole, handle: s.cancelJob},
	}
}

// showJob shows how far a job is, and goes on to what has come of it.
func (s *Server) showJob(w http.ResponseWriter, r *http.Request) error {
	j, err := s.jobs.find(accountOf(r).Name, r.PathValue("id"))
	if err != nil {
		return err
	}
	if j.over() {
		j.mu.Lock()
		err := j.err
		j.mu.Unlock()
		if err != nil && r.Header.Get("HX-Request") == "" {
			return err
		}
		to := fmt.Sprintf(j.next, j.ID)
		if err != nil {
			to = r.URL.Path // in full, and not in the place of the bar
		}
		if r.Header.Get("HX-Request") != "" {
			w.Header().Set("HX-Redirect", to)
			return nil
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
	if r.Header.Get("HX-Request") != "" {
		return s.partial(w, r, "job", "progress", j)
	}
	return s.render(w, r, "job", j.Title, j)
}

// cancelJob ends a job early.
func (s *Server) cancelJob(w http.ResponseWriter, r *http.Request) error {
	j, err := s.jobs.find(accountOf(r).Name, r.PathValue("id"))
	if err != nil {
		return err
	}
	j.cancel()
	return s.done(w, r, "/", "“"+j.Title+"”已取消。")
}
