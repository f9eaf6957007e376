package staff

import (
	"context"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// Holding is what is answered from and asked about.
type Holding struct {
	Rules, Articles    int // in force; without the lists of prohibitions
	Lists              int // of prohibitions
	Stories, Questions int
	Suspended          int    // of the questions
	LeftOut            int    // files of the library that are not used, wholly or in part
	Muted              int    // members who want nothing sent in private; who is not for staff to know
	Reindexed          string // when and how the last rebuilding went, for people; "" when there was none
}

// Status is what is answered from.
func (d *Desk) Status(ctx context.Context) (Holding, error) {
	suspended, err := d.Suspended(ctx)
	if err != nil {
		return Holding{}, err
	}
	muted, err := d.Ledger.CountMuted(ctx)
	if err != nil {
		return Holding{}, err
	}
	c, release := d.Library()
	defer release()
	rules, lists := c.RulesInForce()
	h := Holding{
		Rules: len(rules), Articles: c.ArticlesInForce(), Lists: len(lists),
		Stories: len(c.Stories), Questions: len(c.Questions), Suspended: len(suspended), LeftOut: len(c.LeftOut), Muted: muted,
	}
	if text := d.reindexed.Load(); text != nil {
		h.Reindexed = *text
	}
	return h, nil
}

// RebuildIndex has the index built anew beside the one that answers. How it went
// comes once, and is part of Status from then on; when the program is stopped
// first, the channel is closed without.
func (d *Desk) RebuildIndex(ctx context.Context, actor ledger.Actor) (<-chan string, error) {
	if d.Reindex == nil {
		return nil, bot.Unavailable.Sayf("这里不能重建索引。请在服务器上运行 lianwen index --rebuild。")
	}
	result, ok := d.Reindex()
	if !ok {
		return nil, bot.Conflict.Sayf("正在重建，还没有做完；做完会告诉要求重建的人。")
	}
	told := make(chan string, 1)
	go func() {
		defer close(told)
		if text, ok := <-result; ok {
			kept := "上次重建（" + d.here().Format("1月2日15:04") + "）：" + text
			d.reindexed.Store(&kept)
			told <- text
		}
	}()
	return told, d.Ledger.Note(ctx, actor, "reindex", "", d.Now())
}
