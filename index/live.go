package index

import (
	"context"
	"fmt"
	"sync"
	"time"

	"lianwen/corpus"
)

// Live is the index that answers now. It can be replaced while questions are
// being answered: each is answered by one index from beginning to end, and an
// index that was replaced is closed when its last reader lets go of it.
type Live struct {
	mu  sync.Mutex
	cur *shared
}

// shared is an index with the number of those who use it.
type shared struct {
	x       *Index
	since   time.Time // it answers
	readers int
	retired bool
}

// NewLive returns a Live that starts with x and owns it.
func NewLive(x *Index) *Live { return &Live{cur: &shared{x: x, since: time.Now()}} }

// Since is since when the index that answers now does so.
func (l *Live) Since() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cur.since
}

// Acquire returns the index that answers now, and a function to call once when
// done with it.
func (l *Live) Acquire() (x *Index, release func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.cur
	s.readers++
	return s.x, func() {
		l.mu.Lock()
		s.readers--
		last := s.retired && s.readers == 0
		l.mu.Unlock()
		if last {
			s.close()
		}
	}
}

// Replace makes x the index that answers from now on and takes it over.
func (l *Live) Replace(x *Index) {
	l.mu.Lock()
	old := l.cur
	l.cur = &shared{x: x, since: time.Now()}
	old.retired = true
	idle := old.readers == 0
	l.mu.Unlock()
	if idle {
		old.close()
	}
}

// Close retires the index; it is closed when its last reader lets go.
func (l *Live) Close() {
	l.mu.Lock()
	s := l.cur
	idle := !s.retired && s.readers == 0
	s.retired = true
	l.mu.Unlock()
	if idle {
		s.close()
	}
}

// close has nobody to report to: a read-only index that will not close leaks
// its mapping and harms nothing else. A damaged one is left to leak.
func (s *shared) close() {
	if !s.x.damaged.Load() {
		_ = s.x.Close()
	}
}

// Gate refuses a revision that makes search worse. The zero Gate refuses none.
type Gate struct {
	Questions []Judged // what to ask both indexes; those whose articles are gone are passed over
	Margin    float64  // how far hit@3 may fall, 0.02 for two in a hundred
}

// WorseError is returned when a revision did not pass the gate.
type WorseError struct{ Before, After float64 } // hit@3

func (e *WorseError) Error() string {
	return fmt.Sprintf("hit@3 of the judged questions falls from %.3f to %.3f", e.Before, e.After)
}

// Revise builds an index of c beside the one that answers, asks both the
// gate's questions, and replaces the old one. Whatever goes wrong, the old one
// goes on answering and the error says why. It reports whether the index was
// replaced: a corpus with the digest of the one that answers changes nothing. It
// keeps the bridge.
func (l *Live) Revise(ctx context.Context, dir string, c *corpus.Corpus, opts Options, gate Gate) (bool, error) {
	old, release := l.Acquire()
	defer release()
	if old.corpus.Digest == c.Digest && !opts.Rebuild {
		return false, nil
	}
	opts.Bridge = old.bridge
	x, err := Open(ctx, dir, c, opts)
	if err != nil {
		return false, err
	}
	if old.damaged.Load() {
		gate = Gate{} // it can be asked nothing
	}
	if err := gate.check(ctx, old, x); err != nil {
		_ = x.Close() // the reason to refuse is what matters
		return false, err
	}
	l.Replace(x)
	return true, nil
}

func (g Gate) check(ctx context.Context, old, revised *Index) error {
	var common []Judged
	for _, j := range g.Questions {
		known := true
		for _, key := range j.Want {
			known = known && old.holds(key) && revised.holds(key)
		}
		if known {
			common = append(common, j)
		}
	}
	if len(common) == 0 {
		return nil
	}
	before, err := old.Evaluate(ctx, common, nil, nil)
	if err != nil {
		return err
	}
	after, err := revised.Evaluate(ctx, common, nil, nil)
	if err != nil {
		return err
	}
	if after.Hit3 < before.Hit3-g.Margin {
		return &WorseError{before.Hit3, after.Hit3}
	}
	return nil
}

// holds reports whether an article is indexed: it is there, was not deleted,
// and its rule is in force.
func (x *Index) holds(key string) bool {
	a := x.corpus.Article(key)
	return a != nil && !a.Deleted && !a.Rule.Repealed
}
