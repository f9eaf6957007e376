package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/corpus"
)

// ImportActivities implements bot.ActivityRecords.
func (l *Ledger) ImportActivities(ctx context.Context, list []bot.Activity, actor string, now time.Time) (added, changed, struck int, err error) {
	err = l.in(ctx, func(tx *sql.Tx) error {
		for _, a := range list {
			before, known, err := attendance(ctx, tx, a)
			switch {
			case err != nil:
				return err
			case len(a.Members) == 0 && !known, known && slices.Equal(before, slices.Sorted(slices.Values(a.Members))):
				continue
			case len(a.Members) == 0:
				struck++
			case known:
				changed++
			default:
				added++
			}
			if err := putActivity(ctx, tx, a); err != nil {
				return err
			}
		}
		return l.note(ctx, tx, actor, "activity import", fmt.Sprintf("%d added, %d changed, %d struck", added, changed, struck), now)
	})
	if err != nil {
		return 0, 0, 0, fmt.Errorf("import activities: %w", err)
	}
	return added, changed, struck, nil
}

// attendance is who is recorded for an activity, and whether it is recorded.
func attendance(ctx context.Context, tx *sql.Tx, a bot.Activity) (members []string, known bool, err error) {
	var one int
	err = tx.QueryRowContext(ctx, `SELECT 1 FROM activity WHERE day = $1 AND kind = $2 AND title = $3`, string(a.Date), a.Kind, a.Title).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT member FROM attendance WHERE day = $1 AND kind = $2 AND title = $3`, string(a.Date), a.Kind, a.Title)
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var number string
		if err := rows.Scan(&number); err != nil {
			return nil, false, err
		}
		members = append(members, number)
	}
	slices.Sort(members) // not by the database: its order depends on its language
	return members, true, rows.Err()
}

func putActivity(ctx context.Context, tx *sql.Tx, a bot.Activity) error {
	key := []any{string(a.Date), a.Kind, a.Title}
	if err := exec(ctx, tx, `DELETE FROM attendance WHERE day = $1 AND kind = $2 AND title = $3`, key...); err != nil {
		return err
	}
	if len(a.Members) == 0 {
		return exec(ctx, tx, `DELETE FROM activity WHERE day = $1 AND kind = $2 AND title = $3`, key...)
	}
	if err := exec(ctx, tx, `INSERT INTO activity (day, kind, title) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, key...); err != nil {
		return err
	}
	for _, number := range a.Members {
		res, err := tx.ExecContext(ctx, `INSERT INTO attendance (day, kind, title, member)
			SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT), number FROM member WHERE number = $4`, append(key, number)...)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n != 1 {
			return errors.Join(fmt.Errorf("%w: %s", bot.ErrNoMember, number), err)
		}
	}
	return nil
}

// Activities implements bot.ActivityRecords.
func (l *Ledger) Activities(ctx context.Context, from, to corpus.Date) (list []bot.Activity, err error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT day, kind, title, member FROM attendance
		WHERE day >= $1 AND day <= $2 ORDER BY day, kind, title, member`, string(from), string(to))
	if err != nil {
		return nil, fmt.Errorf("read activities: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var a bot.Activity
		var number string
		if err := rows.Scan(&a.Date, &a.Kind, &a.Title, &number); err != nil {
			return nil, fmt.Errorf("read activities: %w", err)
		}
		if last := len(list) - 1; last < 0 || list[last].Date != a.Date || list[last].Kind != a.Kind || list[last].Title != a.Title {
			list = append(list, a)
		}
		list[len(list)-1].Members = append(list[len(list)-1].Members, number)
	}
	slices.SortFunc(list, func(a, b bot.Activity) int { // PostgreSQL's order depends on its language
		return cmp.Or(strings.Compare(string(a.Date), string(b.Date)), strings.Compare(a.Kind, b.Kind), strings.Compare(a.Title, b.Title))
	})
	return list, rows.Err()
}
