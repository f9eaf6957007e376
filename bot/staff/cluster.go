package staff

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"lianwen/bot/ledger"
)

// Cluster is what people asked in much the same words.
type Cluster struct {
	Question    string // as it was asked first
	Count       int
	Found       bool     // at least once there were choices
	Useless     []string // articles that were the answer, and of no use
	First, Last time.Time
	Others      []string // other wordings, at most three
}

// Next is what staff can do about a cluster.
func (c Cluster) Next() string {
	switch {
	case len(c.Useless) > 0:
		return "答的是 " + strings.Join(c.Useless, "、") + "，有人说没用：看该答哪一条，给那一条加一行“> 问：……”"
	case c.Found:
		return "有相近条文：是其中一条的，给它加一行“> 问：……”"
	}
	return "没有查到：制度里有的，加“> 问：……”或同义词；没有的，定一个答复的科室，或者不归这里管"
}

// alike is the share of character pairs that two questions of one cluster have
// in common, of those that either has: two fifths.
const (
	alikeOf  = 2
	alikeAll = 5
	alike    = float64(alikeOf) / alikeAll
)

// ClusterAsked puts questions together that are alike, most frequent first: each
// goes to the cluster whose first question is most like it, the newest of several.
//
// The time it takes grows with the number of questions and not with its square;
// see gathering.
func ClusterAsked(list []ledger.Asked) []Cluster {
	g := gathering{most: max(leastLooks, allLooks/max(len(list), 1)), ids: map[[2]rune]int{}, same: map[string]int{}}
	for _, q := range list {
		g.add(q)
	}
	slices.SortStableFunc(g.clusters, func(a, b Cluster) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last))
	})
	return g.clusters
}
