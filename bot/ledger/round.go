package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"lianwen/corpus"
)

// RoundDays is how long a question can be answered.
const RoundDays = 7

// Round is one question asked on one day.
type Round struct {
	Day      corpus.Date // its key
	Question corpus.Question
	Opened   time.Time
	Closes   time.Time
	Void     string // why it counts for nobody; "" while it does
}

const roundColumns = `id, question, text, options, answer, explanation, cites, opened, closes, void`

func scanRound(row scanner) (r Round, err error) {
	var options, cites string
	var opened, closes int64
	q := &r.Question
	if err := row.Scan(&r.Day, &q.ID, &q.Text, &options, &q.Answer, &q.Explanation, &cites, &opened, &closes, &r.Void); err != nil {
		return r, err
	}
	r.Opened, r.Closes = fromMillis(opened), fromMillis(closes)
	var texts []string
	if err := errors.Join(json.Unmarshal([]byte(options), &q.Options), json.Unmarshal([]byte(cites), &texts)); err != nil {
		return r, err
	}
	for _, text := range texts {
		cite, err := corpus.ParseCite(text)
		if err != nil {
			return r, err
		}
		q.Cites = append(q.Cites, cite)
	}
	return r, nil
}

// OpenRound records that a question is asked on a day. A second call for the
// day returns what the first recorded. Former rounds are sealed by the way.
func (l *Ledger) OpenRound(ctx context.Context, r Round) (Round, error) {
	cites := []string{}
	for _, c := range r.Question.Cites {
		cites = append(cites, c.String())
	}
	options, err1 := json.Marshal(r.Question.Options)
	texts, err2 := json.Marshal(cites)
	if err := errors.Join(err1, err2); err != nil {
		return r, fmt.Errorf("open round %s: %w", r.Day, err)
	}
	err := l.in(ctx, func(tx *sql.Tx) error {
		n, err := affected(ctx, tx, `INSERT INTO round (`+roundColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
			string(r.Day), r.Question.ID, r.Question.Text, string(options), r.Question.Answer, r.Question.Explanation, string(texts), millis(r.Opened), millis(r.Closes), r.Void)
		if err != nil || n == 0 {
			return err
		}
		return l.sealRounds(ctx, tx, r.Opened)
	})
	if err == nil {
		r, err = scanRound(l.db.QueryRowContext(ctx, `SELECT `+roundColumns+` FROM round WHERE id = $1`, string(r.Day)))
	}
	if err != nil {
		return r, fmt.Errorf("open round: %w", err)
	}
	return r, nil
}

// Round is the round of a day, or ErrNoRound.
func (l *Ledger) Round(ctx context.Context, day corpus.Date) (Round, error) {
	return l.oneRound(ctx, `WHERE id = $1`, string(day))
}

// NewestRound is the newest round that is open, or ErrNoRound.
func (l *Ledger) NewestRound(ctx context.Context, now time.Time) (Round, error) {
	return l.oneRound(ctx, `WHERE opened <= $1 AND closes > $1 ORDER BY id DESC LIMIT 1`, millis(now))
}

func (l *Ledger) oneRound(ctx context.Context, where string, arg any) (Round, error) {
	r, err := scanRound(l.reader.QueryRowContext(ctx, `SELECT `+roundColumns+` FROM round `+where, arg))
	if errors.Is(err, sql.ErrNoRows) {
		return r, ErrNoRound
	}
	if err != nil {
		return r, fmt.Errorf("read round: %w", err)
	}
	return r, nil
}

// Rounds are the rounds of some days, by day.
func (l *Ledger) Rounds(ctx context.Context, from, to corpus.Date) ([]Round, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT `+roundColumns+` FROM round WHERE id >= $1 AND id <= $2 ORDER BY id`, string(from), string(to))
	list, err := collect(rows, err, scanRound)
	if err != nil {
		return nil, fmt.Errorf("read rounds: %w", err)
	}
	return list, nil
}
