package staff

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

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
// in common, of those that either has.
const alike = 0.4

// ClusterAsked puts questions together that are alike, most frequent first.
func ClusterAsked(list []ledger.Asked) []Cluster {
	type group struct {
		Cluster
		pairs map[string]bool
	}
	var groups []*group
	for _, q := range list {
		pairs := pairsOf(q.Question)
		var best *group
		most := alike
		for _, g := range groups {
			if share := jaccard(g.pairs, pairs); share >= most {
				best, most = g, share
			}
		}
		if best == nil {
			best = &group{Cluster{Question: q.Question, First: q.At}, pairs}
			groups = append(groups, best)
		} else if q.Question != best.Question && len(best.Others) < 3 && !slices.Contains(best.Others, q.Question) {
			best.Others = append(best.Others, q.Question)
		}
		best.Count++
		best.Last = q.At
		best.Found = best.Found || q.Outcome == ledger.AskedChoices
		if q.Cite != "" && !slices.Contains(best.Useless, q.Cite) {
			best.Useless = append(best.Useless, q.Cite)
		}
	}
	out := make([]Cluster, len(groups))
	for i, g := range groups {
		out[i] = g.Cluster
	}
	slices.SortStableFunc(out, func(a, b Cluster) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return b.Last.Compare(a.Last)
	})
	return out
}

// pairsOf are the pairs of neighbouring letters and digits of a question.
func pairsOf(q string) map[string]bool {
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(q)))
	pairs := map[string]bool{}
	if len(runes) == 1 {
		pairs[string(runes)] = true
	}
	for i := 1; i < len(runes); i++ {
		pairs[string(runes[i-1:i+1])] = true
	}
	return pairs
}

func jaccard(a, b map[string]bool) float64 {
	both := 0
	for p := range a {
		if b[p] {
			both++
		}
	}
	if all := len(a) + len(b) - both; all > 0 {
		return float64(both) / float64(all)
	}
	return 0
}
