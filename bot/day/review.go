package day

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"
	"time"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// basisOf is what a question rests on in a corpus.
func basisOf(c *corpus.Corpus, q *corpus.Question) ledger.Basis {
	b := ledger.Basis{Question: q.ID, Sound: true}
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
// time it changes: one whose articles are not as they were when it was last
// found right is suspended. Its methods may be called from many goroutines.
type Reviewer struct {
	Ledger *ledger.Ledger
	Now    func() time.Time

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
	list := make([]ledger.Basis, len(c.Questions))
	for i, q := range c.Questions {
		list[i] = basisOf(c, q)
	}
	if err := r.Ledger.Review(ctx, list, r.Now()); err != nil {
		return err
	}
	r.seen = c.Digest
	return nil
}

// Suspended are the questions of c that are not asked now, by id, after a look.
func (r *Reviewer) Suspended(ctx context.Context, c *corpus.Corpus) (map[string]bool, error) {
	if err := r.Look(ctx, c); err != nil {
		return nil, err
	}
	return suspendedIn(ctx, r.Ledger)
}

// suspendedIn are the questions that are suspended by now, by id.
func suspendedIn(ctx context.Context, l *ledger.Ledger) (map[string]bool, error) {
	list, err := l.Suspensions(ctx)
	if err != nil {
		return nil, err
	}
	suspended := map[string]bool{}
	for _, s := range list {
		suspended[s.Question] = true
	}
	return suspended, nil
}

// Approve ends the suspension of a question of c. Open rounds count again if the
// question reads as it did when they were opened.
func (r *Reviewer) Approve(ctx context.Context, c *corpus.Corpus, q *corpus.Question, actor ledger.Actor) error {
	now := r.Now()
	rounds, err := r.Ledger.Rounds(ctx, corpus.DateOf(now.AddDate(0, 0, -ledger.RoundDays-1)), corpus.DateOf(now.AddDate(0, 0, 1)))
	if err != nil {
		return err
	}
	keep := !slices.ContainsFunc(rounds, func(r ledger.Round) bool { return r.Question.ID == q.ID && !sameQuestion(&r.Question, q) })
	return r.Ledger.Approve(ctx, basisOf(c, q), keep, actor, now)
}

// sameQuestion reports whether an answer to one is an answer to the other.
func sameQuestion(a, b *corpus.Question) bool {
	return a.Text == b.Text && a.Answer == b.Answer && slices.Equal(a.Options, b.Options)
}
