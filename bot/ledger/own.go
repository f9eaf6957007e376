package ledger

import (
	"context"
	"fmt"
	"time"

	"lianwen/corpus"
)

// Own is how one member stands over some days: their row of the table that Tally
// makes, read from their rows alone.
type Own struct {
	Counts
	Early    int            // answers to rounds that are still open
	Open     int            // rounds that are still open
	Attended map[string]int // activities up to today, by kind
}

// Own counts for one member what Tally counts for everybody. ErrNoMember: they
// are in no count of these days.
func (l *Ledger) Own(ctx context.Context, number string, from, to corpus.Date, now time.Time) (own Own, err error) {
	f, err := l.gatherOwn(ctx, number, from, to)
	if err != nil {
		return Own{}, fmt.Errorf("count for %s: %w", number, err)
	}
	var row Row
	for _, r := range f.rounds {
		switch {
		case r.Void != "":
		case !r.Closes.After(now):
			row.add(f.standing(r.Day, number))
		default:
			own.Open++
			if f.answered.at(r.Day, number) != nil {
				own.Early++
			}
		}
	}
	own.Counts = row.Counts
	if own.Attended, err = l.attended(ctx, number, from, min(to, corpus.DateOf(now))); err != nil {
		return Own{}, fmt.Errorf("count for %s: %w", number, err)
	}
	return own, nil
}

// gatherOwn is gather for one member who is in the count of these days. Of the
// rounds it reads no questions.
func (l *Ledger) gatherOwn(ctx context.Context, number string, from, to corpus.Date) (f facts, err error) {
	f.tenures = Tenures{}
	if f.tenures[number], err = l.ownTenures(ctx, number); err != nil {
		return f, err
	}
	if f.corrections, err = l.ownCorrections(ctx, number, from, to); err != nil {
		return f, err
	}
	if len(f.tenures[number]) == 0 || !f.counts(number, from, to) {
		return f, ErrNoMember
	}
	if err := l.ownRounds(ctx, &f, number, from, to); err != nil {
		return f, err
	}
	f.excuses, err = l.ownExcuses(ctx, number, from, to)
	f.leaves = map[string][]int{}
	for i := range f.excuses {
		f.leaves[number] = append(f.leaves[number], i)
	}
	return f, err
}

// ownTenures are the times of a member (委员) on the roster; staff have none.
func (l *Ledger) ownTenures(ctx context.Context, number string) ([]Tenure, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT joined, left_on FROM tenure
		WHERE member = $1 AND EXISTS (SELECT 1 FROM member WHERE number = $1 AND staff = 0)`, number)
	return collect(rows, err, func(row scanner) (t Tenure, err error) {
		err = row.Scan(&t.Joined, &t.Left)
		return t, err
	})
}

func (l *Ledger) ownRounds(ctx context.Context, f *facts, number string, from, to corpus.Date) error {
	f.answered = answered{}
	rows, err := l.reader.QueryContext(ctx, `SELECT id, closes, void, EXISTS (SELECT 1 FROM answer WHERE answer.round = round.id AND answer.member = $3)
		FROM round WHERE id >= $1 AND id <= $2 ORDER BY id`, string(from), string(to), number)
	f.rounds, err = collect(rows, err, func(row scanner) (r Round, err error) {
		var closes int64
		var has bool
		err = row.Scan(&r.Day, &closes, &r.Void, &has)
		r.Closes = fromMillis(closes)
		if has {
			f.answered.put(number, &Answer{Round: r.Day, Member: number})
		}
		return r, err
	})
	return err
}

func (l *Ledger) ownExcuses(ctx context.Context, number string, from, to corpus.Date) ([]Leave, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT from_day, to_day, back FROM excuse
		WHERE member = $3 AND from_day <= $2 AND to_day >= $1 ORDER BY seq, at`, string(from), string(to), number)
	return collect(rows, err, func(row scanner) (e Leave, err error) {
		var back int64
		err = row.Scan(&e.From, &e.To, &back)
		e.Member, e.Back = number, back != 0
		return e, err
	})
}

// ownCorrections are the last of each round, in the order of Corrections.
func (l *Ledger) ownCorrections(ctx context.Context, number string, from, to corpus.Date) (map[roundKey]Correction, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT round, standing FROM correction
		WHERE member = $3 AND round >= $1 AND round <= $2 ORDER BY seq`, string(from), string(to), number)
	list, err := collect(rows, err, func(row scanner) (c Correction, err error) {
		err = row.Scan(&c.Round, &c.Standing)
		return c, err
	})
	last := map[roundKey]Correction{}
	for _, c := range list {
		last[roundKey{c.Round, number}] = c
	}
	return last, err
}

// attended is how often a member took part in activities of some days, by kind.
func (l *Ledger) attended(ctx context.Context, number string, from, to corpus.Date) (map[string]int, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT kind FROM attendance WHERE member = $3 AND day >= $1 AND day <= $2`, string(from), string(to), number)
	kinds, err := collect(rows, err, text)
	n := map[string]int{}
	for _, kind := range kinds {
		n[kind]++
	}
	return n, err
}

// OwnAnswers are one member's answers to the rounds of some days, by day. They
// are found by round and member, as they are indexed.
func (l *Ledger) OwnAnswers(ctx context.Context, number string, from, to corpus.Date) ([]Answer, error) {
	list, err := l.answers(ctx, `WHERE member = $1 AND round IN (SELECT id FROM round WHERE id >= $2 AND id <= $3)`, number, string(from), string(to))
	if err != nil {
		return nil, fmt.Errorf("read answers of %s: %w", number, err)
	}
	return list, nil
}

// Mistakes are one member's answers to the rounds of some days that were wrong and
// are not void, by day.
func (l *Ledger) Mistakes(ctx context.Context, number string, from, to corpus.Date) ([]Answer, error) {
	list, err := l.answers(ctx, `WHERE member = $1 AND correct = 0 AND round IN (SELECT id FROM round WHERE id >= $2 AND id <= $3 AND void = '')`, number, string(from), string(to))
	if err != nil {
		return nil, fmt.Errorf("read mistakes of %s: %w", number, err)
	}
	return list, nil
}

// Unanswered are the rounds that a member can answer and has not, by day.
func (l *Ledger) Unanswered(ctx context.Context, number string, now time.Time) ([]Round, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT `+roundColumns+` FROM round WHERE opened <= $2 AND closes > $2 AND void = ''
		AND NOT EXISTS (SELECT 1 FROM answer WHERE answer.round = round.id AND answer.member = $1) ORDER BY id`, number, millis(now))
	list, err := collect(rows, err, scanRound)
	if err != nil {
		return nil, fmt.Errorf("read rounds that %s has not answered: %w", number, err)
	}
	return list, nil
}
