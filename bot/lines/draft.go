package lines

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"lianwen/corpus"
)

// State is where a draft stands.
type State string

// The states of a draft.
const (
	Proposed State = "proposed" // waits for a person
	Apart    State = "apart"    // set apart by Check; Why says why
	Failed   State = "failed"   // nothing could be made for the article; Why says why
	Approved State = "approved" // in the library
	Declined State = "declined" // a person did not want it
)

// Line is a question that somebody may ask an article with, or a part of it.
type Line struct {
	Text string
	Part corpus.Part
}

// Draft is a line that was proposed for an article.
type Draft struct {
	Article string      `json:"article"` // as a citation: ti-an#5
	Digest  string      `json:"digest"`  // of the words it is for, see corpus.Article.WordsDigest
	Part    corpus.Part `json:"part,omitzero"`
	Text    string      `json:"text,omitempty"`
	From    string      `json:"from,omitempty"` // 模型 qwen-plus
	State   State       `json:"state"`
	Why     string      `json:"why,omitempty"`
	At      time.Time   `json:"at"`
}

// of reports whether the draft is for the words that an article has.
func (d Draft) of(a *corpus.Article) bool { return d.Article == a.Key() && d.Digest == a.WordsDigest() }

// Of are the drafts for the words that an article has, in these states.
func Of(drafts []Draft, a *corpus.Article, states ...State) []Draft {
	var out []Draft
	for _, d := range drafts {
		if slices.Contains(states, d.State) && d.of(a) {
			out = append(out, d)
		}
	}
	return out
}

// Drafted reports whether lines were proposed for the words that an article has: it
// need not be drafted again. One for which it failed may.
func Drafted(drafts []Draft, a *corpus.Article) bool {
	return len(Of(drafts, a, Proposed, Apart, Approved, Declined)) > 0
}

// Decided reports whether lines were proposed for the words that an article has, and none
// of them waits for a person.
func Decided(drafts []Draft, a *corpus.Article) bool {
	return Drafted(drafts, a) && len(Of(drafts, a, Proposed, Apart)) == 0
}

// ID tells a draft from the others of its rule.
func (d Draft) ID() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n%s", d.Article, d.Digest, d.Part, d.Text))
	return hex.EncodeToString(sum[:8])
}

// LastDecided are the drafts that were decided on last, at most n, the last first.
func LastDecided(drafts []Draft, n int) []Draft {
	list := slices.DeleteFunc(slices.Clone(drafts), func(d Draft) bool { return d.State != Approved && d.State != Declined })
	slices.SortStableFunc(list, func(a, b Draft) int { return b.At.Compare(a.At) })
	return list[:min(n, len(list))]
}
