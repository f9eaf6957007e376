package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"lianwen/corpus"
)

// MeetingKind is the kind of an activity before which the discipline card goes
// out; TalkKind the one of which only the date is kept.
const (
	MeetingKind = "会议"
	TalkKind    = "谈话"
)

// ActivityKinds are what an activity may be.
var ActivityKinds = []string{MeetingKind, "廉政党课", "主题党日", "参观", "观影", "读书", TalkKind}

// Activity is something that members attend besides the daily question, as
// staff have entered it: before the day those who are expected, after it those
// who came. Of a talk (谈话) there is no title.
type Activity struct {
	Date    corpus.Date
	Kind    string
	Title   string
	Members []string // numbers
}

// ActivityChange is what an import did, in activities.
type ActivityChange struct{ Added, Changed, Struck int }

// ImportActivities records activities; of one that is there already the
// attendance becomes what list says, and one without members is struck out. All
// or nothing; ErrNoMember names a number that the roster lacks.
func (l *Ledger) ImportActivities(ctx context.Context, list []Activity, actor Actor, now time.Time) (done ActivityChange, err error) {
	err = l.in(ctx, func(tx *sql.Tx) error {
		touched := activityTouch{from: lastDay, members: map[string]bool{}}
		for _, a := range list {
			before, known, err := attendance(ctx, tx, a)
			switch {
			case err != nil:
				return err
			case len(a.Members) == 0 && !known, known && slices.Equal(before, slices.Sorted(slices.Values(a.Members))):
				continue
			case len(a.Members) == 0:
				done.Struck++
			case known:
				done.Changed++
			default:
				done.Added++
			}
			if err := putActivity(ctx, tx, a); err != nil {
				return err
			}
			touched.add(a, before)
		}
		return l.noteOf(ctx, tx, actor, "activity import", fmt.Sprintf("%d added, %d changed, %d struck", done.Added, done.Changed, done.Struck), now,
			touched.from, touched.to, slices.Sorted(maps.Keys(touched.members)))
	})
	if err != nil {
		return ActivityChange{}, fmt.Errorf("import activities: %w", err)
	}
	return done, nil
}

// activityTouch is which days and members an import of activities touches.
type activityTouch struct {
	from, to corpus.Date
	members  map[string]bool
}

func (t *activityTouch) add(a Activity, before []string) {
	t.from, t.to = min(t.from, a.Date), max(t.to, a.Date)
	for _, number := range slices.Concat(before, a.Members) {
		t.members[number] = true
	}
}

// attendance is who is recorded for an activity, and whether it is recorded.
func attendance(ctx context.Context, tx *sql.Tx, a Activity) (members []string, known bool, err error) {
	var one int
	err = tx.QueryRowContext(ctx, `SELECT 1 FROM activity WHERE day = $1 AND kind = $2 AND title = $3`, string(a.Date), a.Kind, a.Title).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT member FROM attendance WHERE day = $1 AND kind = $2 AND title = $3`, string(a.Date), a.Kind, a.Title)
	members, err = collect(rows, err, text)
	slices.Sort(members) // not by the database: its order depends on its language
	return members, true, err
}

func putActivity(ctx context.Context, tx *sql.Tx, a Activity) error {
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
		n, err := affected(ctx, tx, `INSERT INTO attendance (day, kind, title, member)
			SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT), number FROM member WHERE number = $4`, append(key, number)...)
		if err != nil {
			return err
		}
		if n != 1 {
			return fmt.Errorf("%w: %s", ErrNoMember, number)
		}
	}
	return nil
}

// Activities are those of some days, by day.
func (l *Ledger) Activities(ctx context.Context, from, to corpus.Date) ([]Activity, error) {
	rows, err := l.reader.QueryContext(ctx, `SELECT day, kind, title, member FROM attendance
		WHERE day >= $1 AND day <= $2 ORDER BY day, kind, title, member`, string(from), string(to))
	single, err := collect(rows, err, func(row scanner) (a Activity, err error) {
		a.Members = make([]string, 1)
		err = row.Scan(&a.Date, &a.Kind, &a.Title, &a.Members[0])
		return a, err
	})
	if err != nil {
		return nil, fmt.Errorf("read activities: %w", err)
	}
	var list []Activity
	for _, a := range single {
		if last := len(list) - 1; last >= 0 && list[last].Date == a.Date && list[last].Kind == a.Kind && list[last].Title == a.Title {
			list[last].Members = append(list[last].Members, a.Members...)
			continue
		}
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b Activity) int { // PostgreSQL's order depends on its language
		return cmp.Or(strings.Compare(string(a.Date), string(b.Date)), strings.Compare(a.Kind, b.Kind), strings.Compare(a.Title, b.Title))
	})
	return list, nil
}
