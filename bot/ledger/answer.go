package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"lianwen/bot"
)

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
	bot.RoundAnswer
	done    chan struct{} // closed when the rest is filled in
	counted bool          // it is the first
	err     error
}

// batchWithin is how long a batch may take: it does not end with the one who
// happens to write it.
const batchWithin = 15 * time.Second

// Answer implements bot.RoundRecords.
func (l *Ledger) Answer(ctx context.Context, a bot.RoundAnswer) (bot.RoundAnswer, error) {
	counted, err := l.recordAnswer(ctx, a)
	if err != nil {
		return a, fmt.Errorf("record answer: %w", err)
	}
	if counted {
		return a, nil
	}
	first, err := l.answers(ctx, `WHERE round = $1 AND member = $2`, a.Round, a.Member)
	switch {
	case err != nil:
		return a, fmt.Errorf("record answer: %w", err)
	case len(first) == 0:
		return a, bot.ErrClosed
	}
	return first[0], bot.ErrAnswered
}

// recordAnswer reports whether an answer is the first to an open round.
func (l *Ledger) recordAnswer(ctx context.Context, a bot.RoundAnswer) (counted bool, err error) {
	if l.postgres { // takes answers side by side
		return insertAnswer(ctx, l.db, a)
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	job := &answering{RoundAnswer: a, done: make(chan struct{})}
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
			job.counted, job.err = insertAnswer(ctx, tx, job.RoundAnswer) // what fails here undoes nothing but itself
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

// execer is a database or a transaction.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func insertAnswer(ctx context.Context, db execer, a bot.RoundAnswer) (counted bool, err error) {
	res, err := db.ExecContext(ctx, `INSERT INTO answer (round, member, choice, correct, at)
		SELECT id, CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT)
		FROM round WHERE id = $1 AND opened <= $5 AND closes > $5 AND void = ''
		ON CONFLICT (round, member) DO NOTHING`, a.Round, a.Member, a.Choice, boolean(a.Correct), millis(a.At))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}
