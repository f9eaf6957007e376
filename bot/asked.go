package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lianwen/index"
)

// Asked is a question that was not simply answered, or whose answer was of no
// use.
type Asked struct {
	At       time.Time
	Channel  string
	Outcome  string // AskedNone, AskedChoices or AskedUseless
	Question string
	Cite     string // of AskedUseless: the article that was the answer
	Asker    string // stands for who asked; see turn.asker
}

// The outcomes that are kept.
const (
	AskedNone    = "none"
	AskedChoices = "choices"
	AskedUseless = "useless"
)

// Rating is what somebody thought of an answer.
type Rating struct {
	At       time.Time
	Channel  string
	Question string
	Cite     string // the article that was the answer
	Useful   bool
	Asker    string
}

// AskedRecords is what people asked in vain.
type AskedRecords interface {
	// Ask keeps a question, and forgets those older than keep; Rate does so
	// with what somebody thought of an answer.
	Ask(ctx context.Context, q Asked, keep time.Duration) error
	Rate(ctx context.Context, r Rating, keep time.Duration) error
	// Asked are the questions of some time, those among them whose answer was
	// of no use, oldest first.
	Asked(ctx context.Context, from, to time.Time) ([]Asked, error)
	// Rated is how many answers were of use, and how many were not.
	Rated(ctx context.Context, from, to time.Time) (useful, useless int, err error)
	// Forget deletes what askers asked and thought, and returns how much it
	// was.
	Forget(ctx context.Context, askers []string, actor string, now time.Time) (int, error)
}

// AskedLife is how long a question in vain is kept.
const AskedLife = 180 * 24 * time.Hour

// asker is who has sent the message: the member, if known, and what stands for
// them in the records of questions, newest first. That is no name: it is there
// so that people can have their questions deleted.
func (b *turn) asker(ctx context.Context) (m Member, askers []string, err error) {
	stands := func(parts ...string) string {
		sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
		return hex.EncodeToString(sum[:16])
	}
	askers = []string{stands(b.in.Channel, b.in.Sender)}
	if m, err = b.member(ctx); errors.Is(err, ErrNoMember) {
		return Member{}, askers, nil
	}
	return m, append([]string{stands("member", m.Number)}, askers...), err
}

// keepAsked keeps a question that found nothing or only choices. That it cannot
// be kept is no reason to keep the answer back.
func (b *turn) keepAsked(ctx context.Context, question string, outcome index.Outcome) {
	kept := map[index.Outcome]string{index.None: AskedNone, index.Choices: AskedChoices}[outcome]
	if kept == "" || b.config.Records == nil {
		return
	}
	_, askers, err := b.asker(ctx)
	if err == nil {
		q := Asked{At: b.config.Now(), Channel: b.in.Channel, Outcome: kept, Question: question, Asker: askers[0]}
		err = b.config.Records.Ask(ctx, q, AskedLife)
	}
	if err != nil {
		b.config.Log.Warn("没有查到的问题没有记下", "err", err)
	}
}

// rate is the command 有用 or 没用.
func rate(useful bool) func(context.Context, *turn, string, step) (output, error) {
	return func(ctx context.Context, b *turn, _ string, s step) (output, error) {
		switch {
		case s.question == "":
			return output{}, Sayf("现在没有可以评价的回答。请先提问，看了回答再回复“有用”或“没用”。")
		case s.cite == "" && useful:
			return output{text: "好的。"}, nil
		case s.cite == "":
			return output{text: "这个问题没有直接查到，已经记下（不记名字），工作人员会看到。急着要答复，请问" + b.config.Contact + "。"}, nil
		}
		_, askers, err := b.asker(ctx)
		if err != nil {
			return output{}, err
		}
		r := Rating{At: b.config.Now(), Channel: b.in.Channel, Question: s.question, Cite: s.cite, Useful: useful, Asker: askers[0]}
		if err := b.config.Records.Rate(ctx, r, AskedLife); err != nil {
			return output{}, err
		}
		s.question, s.cite = "", "" // an answer is rated once
		b.steps.put(speaker{b.in.Channel, b.in.Conversation, b.in.Sender}, s)
		if useful {
			return output{text: "记下了，谢谢。"}, nil
		}
		return output{text: "记下了（不记名字），工作人员会看这个问题。可以换个说法再问，或咨询" + b.config.Contact + "。"}, nil
	}
}

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
