package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"lianwen/corpus"
	"lianwen/index"
)

// watchEvery is how often a library is looked at. A change is taken up when
// nothing has changed for one more look, so that a folder being copied is not
// read half way.
const watchEvery = 2 * time.Second

// watcher takes up changes of the library while questions are being answered.
type watcher struct {
	live    *index.Live
	dir     string // of the index
	library string
	gate    index.Gate
	every   time.Duration
	log     *slog.Logger
	forced  <-chan os.Signal // take the library up at once, whatever the gate says
}

// run looks at the library until ctx ends.
func (w *watcher) run(ctx context.Context) {
	// What was read before this began is looked at once more: it may have
	// changed in between.
	taken, seen := "", ""
	tick := time.NewTicker(w.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.forced:
			w.revise(ctx, index.Options{Rebuild: true, Log: w.log}, index.Gate{})
			taken, _ = corpus.Stamp(w.library)
			seen = taken
			continue
		case <-tick.C:
		}
		stamp, err := corpus.Stamp(w.library)
		switch {
		case err != nil && seen != "":
			w.log.Error("制度库看不到了，继续用原来的回答；请检查文件夹", "library", w.library, "err", err)
			seen, taken = "", ""
		case err != nil, stamp == taken:
			seen = stamp
		case stamp != seen:
			seen = stamp
		default:
			w.revise(ctx, index.Options{Log: w.log}, w.gate)
			taken = stamp
		}
	}
}

// revise reads the library and puts its index in place of the one that
// answers, or says why not.
func (w *watcher) revise(ctx context.Context, opts index.Options, gate index.Gate) {
	start := time.Now()
	c, err := corpus.Open(w.library)
	replaced := false
	if err == nil {
		replaced, err = w.live.Revise(ctx, w.dir, c, opts, gate)
	}
	var worse *index.WorseError
	switch {
	case err == nil && !replaced:
	case err == nil:
		w.log.Info("制度库已更新", "内容", countsOf(c), "用时", time.Since(start).Round(time.Millisecond))
	case errors.Is(err, context.Canceled):
	case errors.As(err, &worse):
		w.log.Error("新的制度库没有采用：检验问题的命中率下降太多，继续用原来的回答。请检查改动；确要采用，向本进程发 SIGHUP 信号",
			"原来", worse.Before, "现在", worse.After)
	default:
		w.log.Error("新的制度库没有采用，继续用原来的回答", "原因", explain(err))
	}
}

// watch takes up changes of the library until the function it returns is
// called. The sample never changes and is not watched.
func (a *app) watch(ctx context.Context, cfg *config, live *index.Live) (stop func(), err error) {
	if cfg.Library == "" {
		return func() {}, nil
	}
	w := &watcher{live: live, dir: indexDir(cfg), library: cfg.Library, every: watchEvery, log: a.log(), gate: index.Gate{Margin: cfg.JudgedMargin}}
	if cfg.JudgedQuestions != "" {
		x, release := live.Acquire()
		w.gate.Questions, err = readQuestions(cfg.JudgedQuestions, x.Corpus())
		release()
		if err != nil {
			return nil, err
		}
	}
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	w.forced = hup
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { w.run(ctx) })
	return func() {
		signal.Stop(hup)
		cancel()
		running.Wait()
	}, nil
}

func indexDir(cfg *config) string { return filepath.Join(cfg.DataDir, "index") }
