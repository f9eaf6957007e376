package duty

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"lianwen/corpus"
	"lianwen/index"
)

// watchEvery is how often a library is looked at. A change is taken up when
// nothing has changed for one more look, so that a folder being copied is not
// read half way.
const watchEvery = 2 * time.Second

// repairEvery is how long a repair of the index waits for the one before.
const repairEvery = time.Minute

// Watcher takes up changes of the library while questions are being answered,
// and mends the index when its files have been spoilt.
type Watcher struct {
	Live    *index.Live
	Dir     string // of the index
	Library string
	Gate    index.Gate
	Every   time.Duration // how often it looks; 0: as often as is usual
	Log     *slog.Logger
	Explain func(error) string // an error, in words for the operator
	Forced  <-chan os.Signal   // take the library up at once, whatever the gate says; nil: never
	Alert   func(text string)  // tells the operator; nil: nobody

	asked    chan request // build the index anew
	repaired time.Time    // when it was tried last
	faults   string       // what is wrong with the library, as it was told last
}

// NewWatcher completes a watcher.
func NewWatcher(w Watcher) *Watcher {
	if w.Every == 0 {
		w.Every = watchEvery
	}
	if w.Alert == nil {
		w.Alert = func(string) {}
	}
	w.asked = make(chan request, 1)
	return &w
}

// request is for somebody who wants to know how it went. When the watcher ends
// first, result is closed.
type request struct{ result chan string }

// Rebuild asks for the index to be built anew; ok is false when that has been
// asked for already and is still to be done.
func (w *Watcher) Rebuild() (result <-chan string, ok bool) {
	r := request{make(chan string, 1)}
	select {
	case w.asked <- r:
		return r.result, true
	default:
		return nil, false
	}
}

// Run looks at the library until ctx ends.
func (w *Watcher) Run(ctx context.Context) {
	// What was read before this began is looked at once more: it may have
	// changed in between.
	taken, seen := "", ""
	if c := w.inUse(); Missing(c) != "" {
		w.faults = c.Faults.Error()
		w.Alert("廉问：" + Missing(c))
	}
	tick := time.NewTicker(w.Every)
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
			r.result <- w.revise(ctx, index.Options{Rebuild: true, Log: w.Log}, w.Gate)
			close(r.result)
			continue
		case <-w.Forced:
			w.revise(ctx, index.Options{Rebuild: true, Log: w.Log}, index.Gate{})
			taken, _ = corpus.Stamp(w.Library)
			seen = taken
			continue
		case <-tick.C:
		}
		w.repair(ctx)
		stamp, err := corpus.Stamp(w.Library)
		switch {
		case err != nil && seen != "":
			w.Log.Error("制度库看不到了，继续用原来的回答；请检查文件夹", "library", w.Library, "err", err)
			seen, taken = "", ""
		case err != nil, stamp == taken:
			seen = stamp
		case stamp != seen:
			seen = stamp
		default:
			w.revise(ctx, index.Options{Log: w.Log}, w.Gate)
			taken = stamp
		}
	}
}

// repair mends an index that can no longer be read.
func (w *Watcher) repair(ctx context.Context) {
	if !w.Live.Damaged() || time.Since(w.repaired) < repairEvery {
		return
	}
	w.Log.Error("索引文件被改坏或截断了，正在重建；这期间按条号的提问照常回答")
	if err := w.Live.Repair(ctx, w.Dir, index.Options{Log: w.Log}); err != nil {
		w.Log.Error("索引没有重建成，一分钟后再试", "err", err)
	} else {
		w.Log.Info("索引已重建")
	}
	w.repaired = time.Now()
}

// inUse is the corpus that answers now.
func (w *Watcher) inUse() *corpus.Corpus {
	x, release := w.Live.Acquire()
	defer release()
	return x.Corpus()
}

// tell says, to the log and the operator, what of the library in use is left
// out, or that nothing is any more; each once. It returns what there is to say to
// whoever asks.
func (w *Watcher) tell(c *corpus.Corpus) string {
	text, faults := Missing(c), ""
	if text != "" {
		faults = c.Faults.Error()
	}
	switch {
	case faults == w.faults:
	case text != "":
		w.Log.Error("制度库里有文件没有用上，其余照常", "没有用上", c.LeftOut, "仍用改动以前的", c.Kept, "原因", w.Explain(c.Faults))
		w.Alert("廉问：" + text)
	default:
		w.Log.Info("制度库里的文件都用上了")
		w.Alert("廉问：制度库里的文件改好了，都用上了。")
	}
	w.faults = faults
	return text
}

// revise reads the library and puts its index in place of the one that
// answers, or keeps that one; it says which, to the log and to its caller.
func (w *Watcher) revise(ctx context.Context, opts index.Options, gate index.Gate) string {
	start := time.Now()
	before := w.inUse()
	c, err := corpus.OpenKeeping(w.Library, before)
	replaced := false
	if err == nil {
		replaced, err = w.Live.Revise(ctx, w.Dir, c, opts, gate)
	}
	took := time.Since(start).Round(time.Millisecond)
	var worse *index.WorseError
	switch {
	case err == nil && !replaced:
		return "制度库没有变化。" + w.tell(c)
	case err == nil:
		changes := revised(before, c)
		w.Log.Info("制度库已更新", "内容", Held(c), "变动", changes, "用时", took)
		text := fmt.Sprintf("索引已重建并换用：%s，用时 %v。", Held(c), took)
		if changes != "" {
			text += "变动：" + changes + "。"
		}
		if len(gate.Questions) > 0 {
			text += fmt.Sprintf("检验问题 %d 道，没有变差。", len(gate.Questions))
		}
		return text + w.tell(c)
	case errors.Is(err, context.Canceled):
		return "程序正在停止，没有重建。"
	case corpus.Empty(err) && len(before.Rules) == 0:
		return "制度库里还没有制度。"
	case errors.As(err, &worse):
		w.Log.Error("新的制度库没有采用：检验问题的命中率下降太多，继续用原来的回答。请检查改动；确要采用，向本进程发 SIGHUP 信号",
			"原来", worse.Before, "现在", worse.After)
		return fmt.Sprintf("没有换用：检验问题前三条命中率从 %.1f%% 降到 %.1f%%，继续用原来的索引回答。请检查制度库的改动。", 100*worse.Before, 100*worse.After)
	default:
		w.Log.Error("新的制度库没有采用，继续用原来的回答", "原因", w.Explain(err))
		if w.faults != err.Error() {
			w.faults = err.Error()
			w.Alert("廉问：新的制度库没有采用，继续用原来的回答；运行 lianwen check 看哪里有问题、怎么改。")
		}
		return "没有重建成，继续用原来的索引回答：" + w.Explain(err)
	}
}

// Held is how much a library holds, in one phrase.
func Held(c *corpus.Corpus) string {
	rules, lists := c.RulesInForce()
	text := fmt.Sprintf("现行制度 %d 部 %d 条", len(rules), c.ArticlesInForce())
	prohibitions := 0
	for _, l := range lists {
		prohibitions += len(l.Articles)
	}
	if prohibitions > 0 {
		text += fmt.Sprintf("，禁令 %d 条", prohibitions)
	}
	return text
}

// Missing says how many files of a library are left out because something is
// wrong with them; "" when none is.
func Missing(c *corpus.Corpus) string {
	if len(c.LeftOut) == 0 {
		return ""
	}
	kept := ""
	if len(c.Kept) > 0 {
		kept = fmt.Sprintf("（其中 %d 个仍用改动以前的文本）", len(c.Kept))
	}
	return fmt.Sprintf("制度库里有 %d 个文件有问题，没有用上%s，其余照常；运行 lianwen check 看是哪些、怎么改。", len(c.LeftOut), kept)
}
