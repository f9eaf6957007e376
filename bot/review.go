package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"
	"time"

	"lianwen/corpus"
)

// Basis is what a question rests on, at one moment.
type Basis struct {
	Question string // its id
	Digest   string // of the articles it cites
	Sound    bool   // all of them are there and in force
}

// Suspension is a question that is not asked until staff approve it again: an
// article that it cites was changed or repealed.
type Suspension struct {
	Question string
	Since    time.Time
}

// VoidReason is why a round is void whose question was suspended while it was
// open.
const VoidReason = "依据的条文有改动，题已停用"

// ReviewRecords is which questions may be asked.
type ReviewRecords interface {
	// Review compares what questions rest on with what it was when they were
	// approved; the first sight of a sound one is its approval. Questions whose
	// basis differs are suspended and their open rounds void; when it is as it
	// was, both are undone.
	Review(ctx context.Context, list []Basis, now time.Time) error
	// Approve ends a suspension: the question is right with what it rests on
	// now. Its rounds that are still open count again if keep says so.
	Approve(ctx context.Context, b Basis, keep bool, actor string, now time.Time) error
	// Suspensions are the questions that are suspended, by id.
	Suspensions(ctx context.Context) ([]Suspension, error)
}

// basisOf is what a question rests on in a corpus.
func basisOf(c *corpus.Corpus, q *corpus.Question) Basis {
	b := Basis{Question: q.ID, Sound: true}
	h := sha256.New()
	for _, cite := range q.Cites {
		a := c.Resolve(cite)
		if a == nil {
			b.Sound = false
			fmt.Fprintf(h, "%s\x00gone\x00", cite)
			continue
		}
		b.Sound = b.Sound && !a.Rule.Repealed && !a.Deleted
		fmt.Fprintf(h, "%s\x00%v\x00%s\x00", cite, a.Rule.Repealed, a.Text)
	}
	b.Digest = hex.EncodeToString(h.Sum(nil))
	return b
}

// Reviewer sees to it that the questions of a library are reviewed once each
// time it changes. Its methods may be called from many goroutines.
type Reviewer struct {
	Records ReviewRecords
	Now     func() time.Time

	mu   sync.Mutex
	seen string // digest of the library that was reviewed last
}

// Look reviews the questions of c, if that is still to be done.
func (r *Reviewer) Look(ctx context.Context, c *corpus.Corpus) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen == c.Digest {
		return nil
	}
	list := make([]Basis, len(c.Questions))
	for i, q := range c.Questions {
		list[i] = basisOf(c, q)
	}
	if err := r.Records.Review(ctx, list, r.Now()); err != nil {
		return err
	}
	r.seen = c.Digest
	return nil
}

// suspendedIDs are the questions that are suspended.
func suspendedIDs(ctx context.Context, records ReviewRecords) (map[string]bool, error) {
	list, err := records.Suspensions(ctx)
	if err != nil {
		return nil, err
	}
	suspended := map[string]bool{}
	for _, s := range list {
		suspended[s.Question] = true
	}
	return suspended, nil
}

// Approve ends the suspension of a question. Open rounds count again if the
// question reads as it did when they were opened.
func Approve(ctx context.Context, records Records, q *corpus.Question, c *corpus.Corpus, actor string, now time.Time) error {
	day := now.AddDate(0, 0, -RoundDays-1)
	rounds, err := records.Rounds(ctx, dateOf(day), dateOf(now.AddDate(0, 0, 1)))
	if err != nil {
		return err
	}
	keep := true
	for _, r := range rounds {
		keep = keep && (r.Question.ID != q.ID || sameQuestion(&r.Question, q))
	}
	return records.Approve(ctx, basisOf(c, q), keep, actor, now)
}

// sameQuestion reports whether an answer to one is an answer to the other.
func sameQuestion(a, b *corpus.Question) bool {
	if a.Text != b.Text || a.Answer != b.Answer || len(a.Options) != len(b.Options) {
		return false
	}
	for i := range a.Options {
		if a.Options[i] != b.Options[i] {
			return false
		}
	}
	return true
}
