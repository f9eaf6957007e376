package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Asked is a question that was not simply answered, or whose answer was of no
// use.
type Asked struct {
	At       time.Time
	Channel  string
	Outcome  string // AskedNone, AskedChoices or AskedUseless
	Question string
	Cite     string // of AskedUseless: the article that was the answer
	Asker    string // stands for who asked; no name
}

// The outcomes that are kept; AskedAnswered only with what was chosen after it.
const (
	AskedNone     = "none"
	AskedChoices  = "choices"
	AskedUseless  = "useless"
	AskedAnswered = "answered"
)

// Chosen is an article that somebody went on to by a digit after a question.
type Chosen struct {
	At       time.Time
	Outcome  string // of the question: AskedNone, AskedChoices or AskedAnswered
	Question string
	Cite     string
	Asker    string // as of Asked: so that it can be deleted
}

// Rating is what somebody thought of an answer.
type Rating struct {
	At       time.Time
	Channel  string
	Question string
	Cite     string // the article that was the answer
	Useful   bool
	Asker    string
}

// AskedLife is how long a question in vain, a rating, a choice, and what was done
// about questions is kept.
const AskedLife = 180 * 24 * time.Hour

// Ask keeps a question, and forgets those older than AskedLife.
func (l *Ledger) Ask(ctx context.Context, q Asked) error {
	err := exec(ctx, l.db, `INSERT INTO asked (at, channel, outcome, question, asker) VALUES ($1, $2, $3, $4, $5)`,
		millis(q.At), q.Channel, q.Outcome, q.Question, q.Asker)
	if err == nil {
		err = l.forgetBefore(ctx, q.At.Add(-AskedLife))
	}
	if err != nil {
		return fmt.Errorf("record question: %w", err)
	}
	return nil
}

// Choose keeps which article somebody went on to, and forgets what is older than
// AskedLife.
func (l *Ledger) Choose(ctx context.Context, c Chosen) error {
	err := exec(ctx, l.db, `INSERT INTO chosen (at, outcome, question, cite, asker) VALUES ($1, $2, $3, $4, $5)`,
		millis(c.At), c.Outcome, c.Question, c.Cite, c.Asker)
	if err == nil {
		err = l.forgetBefore(ctx, c.At.Add(-AskedLife))
	}
	if err != nil {
		return fmt.Errorf("record choice: %w", err)
	}
	return nil
}

// Rate keeps what somebody thought of an answer, and forgets those older than
// AskedLife.
func (l *Ledger) Rate(ctx context.Context, r Rating) error {
	err := exec(ctx, l.db, `INSERT INTO feedback (at, channel, asker, question, cite, useful) VALUES ($1, $2, $3, $4, $5, $6)`,
		millis(r.At), r.Channel, r.Asker, r.Question, r.Cite, boolean(r.Useful))
	if err == nil {
		err = l.forgetBefore(ctx, r.At.Add(-AskedLife))
	}
	if err != nil {
		return fmt.Errorf("record rating: %w", err)
	}
	return nil
}

// ofAskers are the tables that hold what people asked, thought and chose.
var ofAskers = []string{"asked", "feedback", "chosen"}

func (l *Ledger) forgetBefore(ctx context.Context, t time.Time) error {
	for _, table := range append([]string{"settled"}, ofAskers...) {
		if err := exec(ctx, l.db, `DELETE FROM `+table+` WHERE at < $1`, millis(t)); err != nil {
			return err
		}
	}
	return nil
}

// Asked are the questions of some time, those among them whose answer was of no
// use, oldest first.
func (l *Ledger) Asked(ctx context.Context, from, to time.Time) ([]Asked, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT at, channel, outcome, question, '' AS cite, asker FROM asked WHERE at >= $1 AND at < $2
		UNION ALL SELECT at, channel, $3, question, cite, asker FROM feedback WHERE at >= $1 AND at < $2 AND useful = 0
		ORDER BY at`, millis(from), millis(to), AskedUseless)
	list, err := collect(rows, err, func(row scanner) (q Asked, err error) {
		var at int64
		err = row.Scan(&at, &q.Channel, &q.Outcome, &q.Question, &q.Cite, &q.Asker)
		q.At = fromMillis(at)
		return q, err
	})
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	return list, nil
}

// Choices are the articles that were chosen by a digit in some time, oldest first.
func (l *Ledger) Choices(ctx context.Context, from, to time.Time) ([]Chosen, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT at, outcome, question, cite, asker FROM chosen WHERE at >= $1 AND at < $2 ORDER BY at`, millis(from), millis(to))
	list, err := collect(rows, err, func(row scanner) (c Chosen, err error) {
		var at int64
		err = row.Scan(&at, &c.Outcome, &c.Question, &c.Cite, &c.Asker)
		c.At = fromMillis(at)
		return c, err
	})
	if err != nil {
		return nil, fmt.Errorf("read choices: %w", err)
	}
	return list, nil
}

// Rated is how many answers were of use, and how many were not.
func (l *Ledger) Rated(ctx context.Context, from, to time.Time) (useful, useless int, err error) {
	err = l.reader.QueryRowContext(ctx, `SELECT COALESCE(SUM(useful), 0), COALESCE(SUM(1 - useful), 0) FROM feedback WHERE at >= $1 AND at < $2`,
		millis(from), millis(to)).Scan(&useful, &useless)
	if err != nil {
		return 0, 0, fmt.Errorf("count ratings: %w", err)
	}
	return useful, useless, nil
}

// Forget deletes what askers asked, thought and chose, and returns how much it was.
func (l *Ledger) Forget(ctx context.Context, askers []string, actor Actor, now time.Time) (n int, err error) {
	err = l.in(ctx, func(tx *sql.Tx) error {
		for _, table := range ofAskers {
			for _, asker := range askers {
				gone, err := affected(ctx, tx, `DELETE FROM `+table+` WHERE asker = $1`, asker)
				if err != nil {
					return err
				}
				n += gone
			}
		}
		if n == 0 {
			return nil
		}
		return l.note(ctx, tx, actor, "forget questions", fmt.Sprintf("%d", n), now)
	})
	if err != nil {
		return 0, fmt.Errorf("forget questions: %w", err)
	}
	return n, nil
}
