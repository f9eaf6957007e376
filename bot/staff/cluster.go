package staff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianwen/bot/ledger"
)

// Cluster is what people asked in much the same words.
type Cluster struct {
	Number      int    // by which staff name it
	Question    string // as it was asked first
	Count       int    // how often, since something was done about it; 0: that has settled it
	Found       bool   // at least once there were choices, or another article was looked at
	Useless     []string
	Chosen      []Choice // the articles that people went on to, most frequent first
	First, Last time.Time
	Others      []string           // other wordings, at most three
	Before      *ledger.Settlement // what was done about it last; nil: nothing
}

// Choice is an article that people went on to after a question, and how many did.
type Choice struct {
	Cite  string
	Count int
}

// Wordings are all that people are shown of a cluster: what staff decide for it they
// decide for these.
func (c Cluster) Wordings() []string { return append([]string{c.Question}, c.Others...) }

// Proposed is the article that more than half of those chose who chose one; "" when
// there is none.
func (c Cluster) Proposed() string {
	all := 0
	for _, choice := range c.Chosen {
		all += choice.Count
	}
	if all > 0 && 2*c.Chosen[0].Count > all {
		return c.Chosen[0].Cite
	}
	return ""
}

// Next is what staff can do about a cluster.
func (c Cluster) Next() string {
	var chosen []string
	for _, choice := range c.Chosen {
		chosen = append(chosen, fmt.Sprintf("%s（%d 次）", choice.Cite, choice.Count))
	}
	text := "没有查到：制度里有的，补问法或同义词；没有的，定一个答复的科室，或者不归我们管"
	switch {
	case len(c.Useless) > 0:
		text = "答的是 " + strings.Join(c.Useless, "、") + "，有人说没用：看该答哪一条，给那一条补问法"
	case c.Found:
		text = "有相近条文：是其中一条的，给它补问法"
	}
	if len(chosen) > 0 {
		text += "；后来看的是 " + strings.Join(chosen, "、")
	}
	return text
}

// alike is the share of character pairs that two questions of one cluster have
// in common, of those that either has: two fifths.
const (
	alikeOf  = 2
	alikeAll = 5
	alike    = float64(alikeOf) / alikeAll
)

// Heard is what is known of questions, each in the order of time.
type Heard struct {
	Asked   []ledger.Asked
	Chosen  []ledger.Chosen
	Settled []ledger.Settlement // not those that were undone
}

// TakesEffect is how long after something was done people may still be answered as
// before: the library has to be read, and its index built.
const TakesEffect = 2 * time.Minute

// ClusterAsked puts questions together that are alike, most frequent first: each
// goes to the cluster whose first question is most like it, the newest of several.
// A question that something was done about begins a cluster before all others: what
// was asked until then counts for the order, so that the numbers of the others stay,
// but for nothing else. What comes again later opens the cluster again.
//
// The time it takes grows with the number of questions and not with its square;
// see gathering.
func ClusterAsked(h Heard) []Cluster {
	n := len(h.Asked) + len(h.Chosen) + len(h.Settled)
	g := gathering{most: max(leastLooks, allLooks/max(n, 1)), ids: map[[2]rune]int{}, same: map[string]int{}}
	for i := range h.Settled {
		g.settle(&h.Settled[i])
	}
	for _, q := range h.Asked {
		g.add(q)
	}
	for _, c := range h.Chosen {
		g.choose(c)
	}
	groups := slices.DeleteFunc(g.groups, func(g *group) bool { return g.vain == 0 && len(g.lookers) < leastLookers })
	slices.SortStableFunc(groups, func(a, b *group) int {
		return cmp.Or(cmp.Compare(b.total(), a.total()), b.Last.Compare(a.Last))
	})
	var clusters []Cluster
	for i, g := range groups {
		g.Number = i + 1
		g.count()
		slices.SortStableFunc(g.Chosen, func(a, b Choice) int { return cmp.Compare(b.Count, a.Count) })
		clusters = append(clusters, g.Cluster)
	}
	return clusters
}
