package main

import (
	"context"
	"errors"
	"fmt"
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
	asked   chan request     // build the index anew
}

// request is for somebody who wants to know how it went. When the watcher ends
// first, result is closed.
type request struct{ result chan string }

// rebuild asks for the index to be built anew; ok is false when that has been
// asked for already and is still to be done.
func (w *watcher) rebuild() (result <-chan string, ok bool) {
	r := request{make(chan string, 1)}
	select {
	case w.asked <- r:
		return r.result, true
	default:
		return nil, false
	}
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
			select {
			case r := <-w.asked:
				close(r.result)
			default:
			}
			return
		case r := <-w.asked:
			r.result <- w.revise(ctx, index.Options{Rebuild: true, Log: w.log}, w.gate)
			close(r.result)
			continue
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
// answers, or keeps that one; it says which, to the log and to its caller.
func (w *watcher) revise(ctx context.Context, opts index.Options, gate index.Gate) string {
	start := time.Now()
	c, err := corpus.Open(w.library)
	replaced := false
	if err == nil {
		replaced, err = w.live.Revise(ctx, w.dir, c, opts, gate)
	}
	took := time.Since(start).Round(time.Millisecond)
	var worse *index.WorseError
	switch {
	case err == nil && !replaced:
		return "制度库没有变化。"
	case err == nil:
		w.log.Info("制度库已更新", "内容", countsOf(c), "用时", took)
		text := fmt.Sprintf("索引已重建并换用：%s，用时 %v。", countsOf(c), took)
		if len(gate.Questions) > 0 {
			text += fmt.Sprintf("检验问题 %d 道，没有变差。", len(gate.Questions))
		}
		return text
	case errors.Is(err, context.Canceled):
		return "程序正在停止，没有重建。"
	case errors.As(err, &worse):
		w.log.Error("新的制度库没有采用：检验问题的命中率下降太多，继续用原来的回答。请检查改动；确要采用，向本进程发 SIGHUP 信号",
			"原来", worse.Before, "现在", worse.After)
		return fmt.Sprintf("没有换用：检验问题前三条命中率从 %.1f%% 降到 %.1f%%，继续用原来的索引回答。请检查制度库的改动。", 100*worse.Before, 100*worse.After)
	default:
		w.log.Error("新的制度库没有采用，继续用原来的回答", "原因", explain(err))
		return "没有重建成，继续用原来的索引回答：" + explain(err)
	}
}

// newWatcher reads what the watcher needs.
func (a *app) newWatcher(cfg *config, live *index.Live) (w *watcher, err error) {
	w = &watcher{
		live: live, dir: indexDir(cfg), library: cfg.Library, every: watchEvery, log: a.log(),
		gate: index.Gate{Margin: cfg.JudgedMargin}, asked: make(chan request, 1),
	}
	if cfg.JudgedQuestions != "" {
		x, release := live.Acquire()
		defer release()
		w.gate.Questions, err = readQuestions(cfg.JudgedQuestions, x.Corpus())
	}
	return w, err
}

// start takes up changes of the library until the function it returns is
// called.
func (w *watcher) start(ctx context.Context) (stop func()) {
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
	}
}

func indexDir(cfg *config) string { return filepath.Join(cfg.DataDir, "index") }
