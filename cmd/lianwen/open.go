package main

import (
	"context"
	"errors"
	"fmt"

	"lianwen/bot"
	"lianwen/corpus"
	"lianwen/index"
)

// openIndex opens the index that fits a library, and the bridge that leads to it.
func (a *app) openIndex(ctx context.Context, cfg *config, c *corpus.Corpus, rebuild bool) (*index.Index, error) {
	if err := a.openBridge(ctx, cfg, c); err != nil {
		return nil, err
	}
	return a.openOwn(ctx, cfg, c, rebuild)
}

// openOwn opens the index that fits a library; for whoever compares lines, which go over
// no bridge, without opening one.
func (a *app) openOwn(ctx context.Context, cfg *config, c *corpus.Corpus, rebuild bool) (*index.Index, error) {
	progress, done := a.progress("建立索引")
	defer done()
	x, err := index.Open(ctx, indexDir(cfg), c, index.Options{
		Rebuild: rebuild, Progress: progress, Log: a.log(), Bridge: a.bridge,
	})
	if errors.Is(err, index.ErrEmpty) {
		return nil, bot.Invalid.Sayf("制度库里没有现行的条文。请放入 status 为 in-force 的制度。")
	}
	return x, err
}

// openBridge opens what questions about an office's own rules are put to that those
// do not answer. The sample has lines enough of its own, and bulk articles from
// elsewhere gain nothing by it.
func (a *app) openBridge(ctx context.Context, cfg *config, c *corpus.Corpus) error {
	if a.bridge != nil || cfg.Library == "" || c.Bulk() {
		return nil
	}
	progress, done := a.progress("准备问法集")
	defer done()
	var err error
	a.bridge, err = index.OpenBridge(ctx, indexDir(cfg), index.Options{Progress: progress, Log: a.log()})
	return err
}

// close lets go of what commands share.
func (a *app) close() {
	if a.bridge == nil {
		return
	}
	if err := a.bridge.Close(); err != nil {
		fmt.Fprintln(a.err, explain(err))
	}
}
