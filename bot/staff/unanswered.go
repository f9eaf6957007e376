package staff

import (
	"context"
	"slices"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// Unanswered is what people asked in vain in some time.
type Unanswered struct {
	Clusters        []Cluster // what is not settled, most frequent first
	Useful, Useless int       // ratings of answers
}

// Unanswered is what people asked in vain in the last so many days, but for what
// holds a binding code: an earlier version has kept that, too.
func (d *Desk) Unanswered(ctx context.Context, days int) (Unanswered, error) {
	all, err := d.clusters(ctx, days)
	if err != nil {
		return Unanswered{}, err
	}
	u := Unanswered{Clusters: slices.DeleteFunc(all, func(c Cluster) bool { return c.Count == 0 })}
	from, to := d.lately(days)
	u.Useful, u.Useless, err = d.Ledger.Rated(ctx, from, to)
	return u, err
}

// Cluster is the cluster with a number among those of the last so many days, or for 0
// that with a question. One that is settled is refused.
// Of its wordings it has those that can stand in the library, and the first.
func (d *Desk) Cluster(ctx context.Context, days, number int, question string) (Cluster, error) {
	all, err := d.clusters(ctx, days)
	if err != nil {
		return Cluster{}, err
	}
	i := slices.IndexFunc(all, func(c Cluster) bool { return c.Number == number || number == 0 && c.Question == question })
	switch {
	case i < 0 && number > 0:
		return Cluster{}, bot.NotFound.Sayf("没有第 %d 类，什么也没有做。请先看没有查到的问题有哪些。", number)
	case i < 0:
		return Cluster{}, bot.NotFound.Sayf("“%s”不在没有查到的问题里了，什么也没有做。", question)
	}
	return d.unsettled(ctx, all[i])
}

// ClusterWhere is the cluster whose question is what is says, as Cluster has it.
func (d *Desk) ClusterWhere(ctx context.Context, days int, is func(question string) bool) (Cluster, error) {
	all, err := d.clusters(ctx, days)
	if err != nil {
		return Cluster{}, err
	}
	i := slices.IndexFunc(all, func(c Cluster) bool { return is(c.Question) })
	if i < 0 {
		return Cluster{}, bot.NotFound.Sayf("这一类问题不在最近 %d 天没有查到的里面了。请回到未答问题再看一遍。", days)
	}
	return d.unsettled(ctx, all[i])
}

// unsettled is a cluster that something can be done about.
func (d *Desk) unsettled(ctx context.Context, c Cluster) (Cluster, error) {
	if c.Count == 0 {
		return Cluster{}, d.alreadySettled(*c.Before)
	}
	return d.fitting(ctx, c)
}

// lately are the last so many days.
func (d *Desk) lately(days int) (from, to time.Time) {
	return d.Now().AddDate(0, 0, -days), d.Now().Add(time.Minute)
}

// clusters are what was asked in the last so many days, what is settled too.
func (d *Desk) clusters(ctx context.Context, days int) ([]Cluster, error) {
	var h Heard
	var err error
	from, to := d.lately(days)
	if h.Asked, err = d.Ledger.Asked(ctx, from, to); err != nil {
		return nil, err
	}
	h.Asked = slices.DeleteFunc(h.Asked, func(q ledger.Asked) bool { return HoldsCode(q.Question) })
	if h.Chosen, err = d.Ledger.Choices(ctx, from, to); err != nil {
		return nil, err
	}
	if h.Settled, err = d.Ledger.Settlements(ctx); err != nil {
		return nil, err
	}
	h.Settled = slices.DeleteFunc(h.Settled, func(s ledger.Settlement) bool { return !s.Undone.IsZero() || s.Question == "" })
	return ClusterAsked(h), nil
}
