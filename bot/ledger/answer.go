package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"lianwen/corpus"
)

// Answer is a member's reply to a round. The first counts.
type Answer struct {
	Round   corpus.Date
	Member  string // number
	Choice  int
	Correct bool
	At      time.Time
	Channel string // it came through; "": one of before that was kept
}

// batch gathers answers that come in at the same time, so that SQLite, which
// waits for the disk at the end of every transaction, waits once for all of
// them. Whoever comes first writes for those who come while the batch before is
// being written.
type batch struct {
	writing sync.Mutex // held while a batch is written

	mu      sync.Mutex
	waiting []*answering
}

// answering is an answer on its way into the ledger.
type answering struct {
	Answer
	done    chan struct{} // closed when the rest is filled in
	counted bool          // it is the first
	err     error
}

// batchWithin is how long a batch may take: it does not end with the one who
// happens to write it.
const batchWithin = 15 * time.Second

// Answer records a member's first answer to a round. For a later one it
// returns the first and ErrAnswered; where the round is closed, void or not yet
// open, sealed, or in a period that is closed, ErrClosed.
func (l *Ledger) Answer(ctx context.Context, a Answer) (Answer, error) {
	counted, err := l.recordAnswer(ctx, a)
	if err != nil {
		return a, fmt.Errorf("record answer: %w", err)
	}
	if counted {
		return a, nil
	}
	first, err := l.answers(ctx, `WHERE round = $1 AND member = $2`, string(a.Round), a.Member)
	switch {
	case err != nil:
		return a, fmt.Errorf("record answer: %w", err)
	case len(first) == 0:
		return a, ErrClosed
	}
	return first[0], ErrAnswered
}

// recordAnswer reports whether an answer is the first to an open round.
func (l *Ledger) recordAnswer(ctx context.Context, a Answer) (counted bool, err error) {
	if l.postgres { // takes answers side by side
		return insertAnswer(ctx, l.db, a)
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	job := &answering{Answer: a, done: make(chan struct{})}
	b := &l.batch
	b.mu.Lock()
	b.waiting = append(b.waiting, job)
	first := len(b.waiting) == 1
	b.mu.Unlock()
	if first {
		b.writing.Lock()
		b.mu.Lock()
		jobs := b.waiting
		b.waiting = nil
		b.mu.Unlock()
		l.writeBatch(context.WithoutCancel(ctx), jobs)
		b.writing.Unlock()
	}
	select {
	case <-job.done:
		return job.counted, job.err
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// writeBatch records answers in one transaction, and tells each what became of
// it.
func (l *Ledger) writeBatch(ctx context.Context, jobs []*answering) {
	ctx, cancel := context.WithTimeout(ctx, batchWithin)
	defer cancel()
	err := l.in(ctx, func(tx *sql.Tx) error {
		for _, job := range jobs {
			job.counted, job.err = insertAnswer(ctx, tx, job.Answer) // what fails here undoes nothing but itself
		}
		return ctx.Err()
	})
	for _, job := range jobs {
		if err != nil {
			job.counted, job.err = false, err
		}
		close(job.done)
	}
}

func insertAnswer(ctx context.Context, db execer, a Answer) (counted bool, err error) {
	n, err := affected(ctx, db, `INSERT INTO answer (round, member, choice, correct, at, channel)
		SELECT id, CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS TEXT)
		FROM round WHERE id = $1 AND opened <= $5 AND closes > $5 AND void = ''
		AND `+notFinal+`
		ON CONFLICT (round, member) DO NOTHING`, string(a.Round), a.Member, a.Choice, boolean(a.Correct), millis(a.At), a.Channel)
	return n == 1, err
}

func (l *Ledger) answers(ctx context.Context, where string, args ...any) ([]Answer, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT round, member, choice, correct, at, channel FROM answer `+where+` ORDER BY round, member`, args...)
	return collect(rows, err, func(row scanner) (a Answer, err error) {
		var correct, at int64
		err = row.Scan(&a.Round, &a.Member, &a.Choice, &correct, &at, &a.Channel)
		a.Correct, a.At = correct != 0, fromMillis(at)
		return a, err
	})
}

// Answers are the answers to the rounds of some days, by day and member.
func (l *Ledger) Answers(ctx context.Context, from, to corpus.Date) ([]Answer, error) {
	list, err := l.answers(ctx, `WHERE round >= $1 AND round <= $2`, string(from), string(to))
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	return list, nil
}
