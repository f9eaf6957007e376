package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/relief"
	"lianwen/corpus"
)

// checkTime is how long a look of check may take, unless it has its own time: all look
// at once.
const checkTime = 4 * time.Second

// thinkTime is how long one may take that waits for nothing but the processor, which
// others may be using.
const thinkTime = 20 * time.Second

// findings are what a look has found.
type findings struct {
	problems, warnings []jsonProblem
	ledger             *jsonLedger
	records            []ledger.PushRecord // of the last days
	stale              string              // why the index is not the library's
	edited             []relief.Text       // staff's own words in pushes to come
}

func (f *findings) problem(where, what, fix string) {
	f.problems = append(f.problems, jsonProblem{where, what, fix})
}

func (f *findings) warning(where, what, fix string) {
	f.warnings = append(f.warnings, jsonProblem{where, what, fix})
}

// look is one thing that check looks at, without changing it.
type look struct {
	where, fix string        // what is said when it does not come to an end
	large      bool          // then it may only be large, and nothing is wrong
	within     time.Duration // how long it may take; 0: checkTime
	at         func(ctx context.Context, found *findings)
}

// looks are all looks, in the order in which they are told. c is nil when the
// library is not as it must be.
func (a *app) looks(cfg *config, c *corpus.Corpus) []look {
	list := []look{
		{where: cfg.DataDir, fix: "请检查磁盘，或者是不是网络文件系统断了",
			at: func(_ context.Context, found *findings) { found.disk(cfg, len(a.channels(cfg, nil)) > 0) }},
		{where: "配置里写到的文件", fix: "请检查 calendar 和 judged_questions 指定的文件在不在断开的网络文件系统上",
			at: func(_ context.Context, found *findings) { found.files(cfg, c) }},
		{where: ledgerName, fix: "请检查磁盘；台账在 PostgreSQL 里的，请检查网络和数据库", within: verifyTime + time.Second,
			at: func(ctx context.Context, found *findings) { found.lookAtLedger(ctx, cfg) }},
	}
	if c == nil {
		return list
	}
	return append(list,
		look{where: "制度库的文字", fix: "制度库太大的，没有逐条看保密标志；不大的，请检查磁盘", large: true, within: thinkTime,
			at: func(_ context.Context, found *findings) { found.bearing(c) }},
		look{where: "推送", fix: "请检查配置里的 [[push]]", within: thinkTime,
			at: func(_ context.Context, found *findings) { found.pushes(cfg, c, time.Now()) }},
		look{where: signing, fix: "请检查磁盘；台账在 PostgreSQL 里的，请检查网络和数据库",
			at: func(ctx context.Context, found *findings) { found.approval(ctx, cfg, c, time.Now()) }},
		look{where: indexDir(cfg), fix: "索引太大的，要核对请运行 lianwen index；不大的，请检查磁盘", large: true,
			at: func(ctx context.Context, found *findings) { found.index(ctx, cfg, c) }})
}

// lookAtAll looks at everything at once, and waits no longer for a look than it may take,
// whatever does not answer.
func lookAtAll(ctx context.Context, looks []look) []findings {
	results := make([]chan findings, len(looks))
	begun := time.Now()
	for i, l := range looks {
		results[i] = make(chan findings, 1)
		go func() { // one that hangs in the system ends with the process
			ctx, cancel := context.WithTimeout(ctx, l.time())
			defer cancel()
			var found findings
			l.at(ctx, &found)
			results[i] <- found
		}()
	}
	list := make([]findings, len(looks))
	for i, l := range looks {
		select {
		case list[i] = <-results[i]:
			continue
		case <-time.After(l.time() - time.Since(begun)):
		}
		select { // it may have ended in the same moment
		case list[i] = <-results[i]:
		default:
			list[i].unfinished(l)
		}
	}
	return list
}

// time is how long a look may take.
func (l look) time() time.Duration { return cmp.Or(l.within, checkTime) }

// unfinished says that a look has not come to an end.
func (f *findings) unfinished(l look) {
	tell := f.problem
	if l.large {
		tell = f.warning
	}
	tell(l.where, fmt.Sprintf("没有在 %d 秒里看完", l.time()/time.Second), l.fix)
}
