package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"lianwen/bot"
	"lianwen/corpus"
)

const roundColumns = `id, question, text, options, answer, explanation, cites, opened, closes, void`

func scanRound(row interface{ Scan(...any) error }) (r bot.Round, err error) {
	var options, cites string
	var opened, closes int64
	q := &r.Question
	if err := row.Scan(&r.ID, &q.ID, &q.Text, &options, &q.Answer, &q.Explanation, &cites, &opened, &closes, &r.Void); err != nil {
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

// OpenRound implements bot.RoundRecords.
func (l *Ledger) OpenRound(ctx context.Context, r bot.Round) (bot.Round, error) {
	cites := []string{}
	for _, c := range r.Question.Cites {
		cites = append(cites, c.String())
	}
	options, err1 := json.Marshal(r.Question.Options)
	texts, err2 := json.Marshal(cites)
	if err := errors.Join(err1, err2); err != nil {
		return r, fmt.Errorf("open round %s: %w", r.ID, err)
	}
	_, err := l.db.ExecContext(ctx, `INSERT INTO round (`+roundColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
		r.ID, r.Question.ID, r.Question.Text, string(options), r.Question.Answer, r.Question.Explanation, string(texts), millis(r.Opened), millis(r.Closes), r.Void)
	if err == nil {
		r, err = scanRound(l.db.QueryRowContext(ctx, `SELECT `+roundColumns+` FROM round WHERE id = $1`, r.ID))
	}
	if err != nil {
		return r, fmt.Errorf("open round: %w", err)
	}
	return r, nil
}

// Round implements bot.RoundRecords.
func (l *Ledger) Round(ctx context.Context, id string, now time.Time) (bot.Round, error) {
	row := l.reader.QueryRowContext(ctx, `SELECT `+roundColumns+` FROM round WHERE id = $1`, id)
	if id == "" {
		row = l.reader.QueryRowContext(ctx, `SELECT `+roundColumns+` FROM round WHERE opened <= $1 AND closes > $1 ORDER BY id DESC LIMIT 1`, millis(now))
	}
	r, err := scanRound(row)
	if errors.Is(err, sql.ErrNoRows) {
		return r, bot.ErrNoRound
	}
	if err != nil {
		return r, fmt.Errorf("read round: %w", err)
	}
	return r, nil
}

func (l *Ledger) answers(ctx context.Context, where string, args ...any) (list []bot.RoundAnswer, err error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT round, member, choice, correct, at FROM answer `+where+` ORDER BY round, member`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a bot.RoundAnswer
		var correct, at int64
		if err := rows.Scan(&a.Round, &a.Member, &a.Choice, &correct, &at); err != nil {
			return nil, err
		}
		a.Correct, a.At = correct != 0, fromMillis(at)
		list = append(list, a)
	}
	return list, rows.Err()
}

// Answers implements bot.RoundRecords.
func (l *Ledger) Answers(ctx context.Context, from, to corpus.Date) ([]bot.RoundAnswer, error) {
	list, err := l.answers(ctx, `WHERE round >= $1 AND round <= $2`, string(from), string(to))
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	return list, nil
}

// Rounds implements bot.RoundRecords.
func (l *Ledger) Rounds(ctx context.Context, from, to corpus.Date) (list []bot.Round, err error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT `+roundColumns+` FROM round WHERE id >= $1 AND id <= $2 ORDER BY id`, string(from), string(to))
	if err != nil {
		return nil, fmt.Errorf("read rounds: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scanRound(rows)
		if err != nil {
			return nil, fmt.Errorf("read rounds: %w", err)
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// Excuse implements bot.RoundRecords.
func (l *Ledger) Excuse(ctx context.Context, member string, from, to corpus.Date, reason, actor string, now time.Time) error {
	err := l.in(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO excuse (member, from_day, to_day, reason, actor, at) VALUES ($1, $2, $3, $4, $5, $6)`,
			member, string(from), string(to), reason, actor, millis(now))
		if err != nil {
			return err
		}
		return l.note(ctx, tx, actor, "excuse", fmt.Sprintf("%s %s %s", member, from, to), now)
	})
	if err != nil {
		return fmt.Errorf("excuse %s: %w", member, err)
	}
	return nil
}

// Excuses implements bot.RoundRecords.
func (l *Ledger) Excuses(ctx context.Context, from, to corpus.Date) (list []bot.Leave, err error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT member, from_day, to_day, reason, actor FROM excuse WHERE from_day <= $2 AND to_day >= $1 ORDER BY at, member`, string(from), string(to))
	if err != nil {
		return nil, fmt.Errorf("read excuses: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e bot.Leave
		if err := rows.Scan(&e.Member, &e.From, &e.To, &e.Reason, &e.Actor); err != nil {
			return nil, fmt.Errorf("read excuses: %w", err)
		}
		list = append(list, e)
	}
	return list, rows.Err()
}
