package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"
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

// approval is what a question was approved with.
type approval struct {
	digest    string
	suspended int64 // since when; 0: it is not
}

func approvals(ctx context.Context, q queryer) (map[string]approval, error) {
	type of struct {
		id string
		approval
	}
	rows, err := q.QueryContext(ctx, `SELECT question, digest, suspended FROM approval`)
	list, err := collect(rows, err, func(row scanner) (a of, err error) {
		err = row.Scan(&a.id, &a.digest, &a.suspended)
		return a, err
	})
	have := map[string]approval{}
	for _, a := range list {
		have[a.id] = a.approval
	}
	return have, err
}

// Review compares what questions rest on with what it was when they were
// approved; the first sight of a sound one is its approval. Questions whose
// basis differs are suspended and their open rounds void; when it is as it was,
// both are undone.
func (l *Ledger) Review(ctx context.Context, list []Basis, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		have, err := approvals(ctx, tx)
		if err != nil {
			return err
		}
		for _, b := range list {
			if err := l.review(ctx, tx, b, have, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("review questions: %w", err)
	}
	return nil
}

func (l *Ledger) review(ctx context.Context, tx *sql.Tx, b Basis, have map[string]approval, now time.Time) error {
	a, known := have[b.Question]
	same := b.Digest == a.digest
	switch {
	case !known && b.Sound:
		return exec(ctx, tx, `INSERT INTO approval (question, digest, suspended, actor, at) VALUES ($1, $2, 0, $3, $4) ON CONFLICT (question) DO NOTHING`,
			b.Question, b.Digest, "library", millis(now))
	case !known:
		if err := exec(ctx, tx, `INSERT INTO approval (question, digest, suspended, actor, at) VALUES ($1, '', $2, $3, $2) ON CONFLICT (question) DO NOTHING`,
			b.Question, millis(now), string(LibraryActor)); err != nil {
			return err
		}
		return l.void(ctx, tx, b.Question, VoidReason, now)
	case same && a.suspended != 0:
		if err := exec(ctx, tx, `UPDATE approval SET suspended = 0 WHERE question = $1`, b.Question); err != nil {
			return err
		}
		return l.void(ctx, tx, b.Question, "", now)
	case !same && a.suspended == 0:
		if err := exec(ctx, tx, `UPDATE approval SET suspended = $2 WHERE question = $1`, b.Question, millis(now)); err != nil {
			return err
		}
		return l.void(ctx, tx, b.Question, VoidReason, now)
	}
	return nil
}

// notFinal is true of a round that is neither sealed nor in a closed period: even with
// the clock set back none of those is open.
const notFinal = `NOT EXISTS (SELECT 1 FROM sealed WHERE sealed.round = round.id) AND
	NOT EXISTS (SELECT 1 FROM closed WHERE from_day <= round.id AND to_day >= round.id)`

// void says of the open rounds of a question why they are void, or, by "", that
// they are not; the audit has it.
func (l *Ledger) void(ctx context.Context, tx *sql.Tx, question, reason string, now time.Time) error {
	if err := exec(ctx, tx, `UPDATE round SET void = $1 WHERE question = $2 AND closes > $3 AND `+notFinal, reason, question, millis(now)); err != nil {
		return err
	}
	action := "suspend"
	if reason == "" {
		action = "resume question"
	}
	return l.note(ctx, tx, LibraryActor, action, question, now)
}

// Approve ends a suspension: the question is right with what it rests on now.
// Its rounds that are still open count again if keep says so.
func (l *Ledger) Approve(ctx context.Context, b Basis, keep bool, actor Actor, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		if err := exec(ctx, tx, `INSERT INTO approval (question, digest, suspended, actor, at) VALUES ($1, $2, 0, $3, $4)
			ON CONFLICT (question) DO UPDATE SET digest = excluded.digest, suspended = 0, actor = excluded.actor, at = excluded.at`,
			b.Question, b.Digest, string(actor), millis(now)); err != nil {
			return err
		}
		if keep {
			if err := exec(ctx, tx, `UPDATE round SET void = '' WHERE question = $1 AND closes > $2 AND `+notFinal, b.Question, millis(now)); err != nil {
				return err
			}
		}
		return l.note(ctx, tx, actor, "approve question", b.Question, now)
	})
	if err != nil {
		return fmt.Errorf("approve question %s: %w", b.Question, err)
	}
	return nil
}

// Suspensions are the questions that are suspended, by id.
func (l *Ledger) Suspensions(ctx context.Context) ([]Suspension, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT question, suspended FROM approval WHERE suspended > 0 ORDER BY question`)
	list, err := collect(rows, err, func(row scanner) (s Suspension, err error) {
		var since int64
		err = row.Scan(&s.Question, &since)
		s.Since = fromMillis(since)
		return s, err
	})
	if err != nil {
		return nil, fmt.Errorf("read suspended questions: %w", err)
	}
	return list, nil
}
