package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"lianwen/corpus"
)

// Row is how one member stands over some days.
type Row struct {
	Member                Member
	Took, Excused, Absent int
	Early                 int             // answers to rounds that are still open: in no other number
	Rounds                []Participation // one for each of Table.Rounds; "" when not on the roster that day
}

// Due is how many rounds count: those excused do not.
func (r Row) Due() int { return r.Took + r.Absent }

// Table is who took part, and nothing but that: who was right is not in it.
type Table struct {
	From, To corpus.Date
	Rounds   []Round // those that had closed, by day
	Open     int     // those that had not: they are in no number
	Rows     []Row   // members (委员) by number; staff take no part in the count
}

// Tally counts from the raw records. A round counts once it has closed; an
// answer counts even for somebody excused.
func Tally(ctx context.Context, records Records, from, to corpus.Date, now time.Time) (Table, error) {
	t := Table{From: from, To: to}
	rounds, err := records.Rounds(ctx, from, to)
	if err != nil {
		return t, err
	}
	answers, err := records.Answers(ctx, from, to)
	if err != nil {
		return t, err
	}
	excuses, err := records.Excuses(ctx, from, to)
	if err != nil {
		return t, err
	}
	members, err := records.Members(ctx)
	if err != nil {
		return t, err
	}
	var open []Round
	for _, r := range rounds {
		if r.Closes.After(now) {
			open = append(open, r)
		} else {
			t.Rounds = append(t.Rounds, r)
		}
	}
	t.Open = len(open)
	type key struct{ round, member string }
	answered := map[key]bool{}
	for _, a := range answers {
		answered[key{a.Round, a.Member}] = true
	}
	for _, m := range members {
		if m.Staff {
			continue
		}
		row := Row{Member: m}
		for _, r := range open {
			if answered[key{r.ID, m.Number}] {
				row.Early++
			}
		}
		for _, r := range t.Rounds {
			row.add(m, corpus.Date(r.ID), answered[key{r.ID, m.Number}], excuses)
		}
		t.Rows = append(t.Rows, row)
	}
	slices.SortFunc(t.Rows, func(a, b Row) int { return strings.Compare(a.Member.Number, b.Member.Number) })
	return t, nil
}

// add counts one round.
func (r *Row) add(m Member, day corpus.Date, answered bool, excuses []Leave) {
	excused := slices.ContainsFunc(excuses, func(l Leave) bool { return l.Member == m.Number && l.From <= day && day <= l.To })
	switch {
	case answered:
		r.Took++
		r.Rounds = append(r.Rounds, Took)
	case day < m.Joined || m.Left != "" && day >= m.Left:
		r.Rounds = append(r.Rounds, "")
	case excused:
		r.Excused++
		r.Rounds = append(r.Rounds, Excused)
	default:
		r.Absent++
		r.Rounds = append(r.Rounds, Absent)
	}
}
