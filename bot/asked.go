package bot

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lianwen/index"
)

// Asked is a question that was not simply answered. Who asked it is not kept.
type Asked struct {
	At       time.Time
	Channel  string
	Outcome  string // AskedNone or AskedChoices
	Question string
}

// The outcomes that are kept.
const (
	AskedNone    = "none"
	AskedChoices = "choices"
)

// AskedRecords is what people asked in vain.
type AskedRecords interface {
	// Ask keeps a question, and forgets those older than keep.
	Ask(ctx context.Context, q Asked, keep time.Duration) error
	// Asked are the questions of some time, oldest first.
	Asked(ctx context.Context, from, to time.Time) ([]Asked, error)
}

// AskedLife is how long a question in vain is kept.
const AskedLife = 180 * 24 * time.Hour

// keepAsked keeps a question that found nothing or only choices. That it cannot
// be kept is no reason to keep the answer back.
func (b *turn) keepAsked(ctx context.Context, question string, outcome index.Outcome) {
	kept := map[index.Outcome]string{index.None: AskedNone, index.Choices: AskedChoices}[outcome]
	if kept == "" || b.config.Records == nil {
		return
	}
	q := Asked{At: b.config.Now(), Channel: b.in.Channel, Outcome: kept, Question: question}
	if err := b.config.Records.Ask(ctx, q, AskedLife); err != nil {
		b.config.Log.Warn("没有查到的问题没有记下", "err", err)
	}
}

// Cluster is what people asked in much the same words.
type Cluster struct {
	Question    string // as it was asked first
	Count       int
	Found       bool // at least once there were choices
	First, Last time.Time
	Others      []string // other wordings, at most three
}

// alike is the share of character pairs that two questions of one cluster have
// in common, of those that either has.
const alike = 0.4

// ClusterAsked puts questions together that are alike, most frequent first.
func ClusterAsked(list []Asked) []Cluster {
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
		best.Found = best.Found || q.Outcome == AskedChoices
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
