package bot

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"lianwen/corpus"
)

// Counts are how often somebody stood how.
type Counts struct{ Took, Excused, Absent int }

// Due is how many rounds count: those excused do not.
func (c Counts) Due() int { return c.Took + c.Absent }

func (c *Counts) add(o Counts) {
	c.Took += o.Took
	c.Excused += o.Excused
	c.Absent += o.Absent
}

// Row is how one member stands over some days.
type Row struct {
	Counts
	Member Member
	Early  int             // answers to rounds that are still open: in no other number
	Rounds []Participation // one for each of Table.Rounds
}

// Group is the members who have something in common.
type Group struct {
	Counts
	Name   string
	People int
}

// Table is who took part, and nothing but that: who was right is not in it.
type Table struct {
	From, To corpus.Date
	Rounds   []Round // those that had closed, by day
	Open     int     // those that had not: they are in no number
	Void     int     // those that count for nobody
	Rows     []Row   // members (委员) of these days by number; staff take no part in the count

	Corrections []Correction // those that hold, by round and member
	Activities  []Activity   // of these days, up to today
}

// roundKey is a member's place in a round.
type roundKey struct{ round, member string }

// Tally counts from the raw records. A round counts once it has closed, unless
// it is void; an answer counts even for somebody excused; the last correction
// goes before everything else.
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
	tenures, err := records.Tenures(ctx)
	if err != nil {
		return t, err
	}
	corrections, err := records.Corrections(ctx, from, to)
	if err != nil {
		return t, err
	}
	activities, err := records.Activities(ctx, from, to)
	if err != nil {
		return t, err
	}
	var open []Round
	for _, r := range rounds {
		switch {
		case r.Void != "":
			t.Void++
		case r.Closes.After(now):
			open = append(open, r)
		default:
			t.Rounds = append(t.Rounds, r)
		}
	}
	t.Open = len(open)
	answered := map[roundKey]bool{}
	for _, a := range answers {
		answered[roundKey{a.Round, a.Member}] = true
	}
	last := map[roundKey]Correction{}
	for _, c := range corrections {
		last[roundKey{c.Round, c.Member}] = c
	}
	for _, a := range activities {
		if a.Date <= dateOf(now) {
			t.Activities = append(t.Activities, a)
		}
	}
	for _, m := range members {
		if m.Staff || !tenures.Within(m.Number, from, to) {
			continue
		}
		row := Row{Member: m}
		for _, r := range open {
			if answered[roundKey{r.ID, m.Number}] {
				row.Early++
			}
		}
		for _, r := range t.Rounds {
			key := roundKey{r.ID, m.Number}
			standing := m.standing(corpus.Date(r.ID), answered[key], tenures, excuses)
			if c, ok := last[key]; ok {
				standing = c.Standing
				t.Corrections = append(t.Corrections, c)
			}
			row.add(standing)
		}
		t.Rows = append(t.Rows, row)
	}
	slices.SortFunc(t.Rows, func(a, b Row) int { return strings.Compare(a.Member.Number, b.Member.Number) })
	slices.SortFunc(t.Corrections, func(a, b Correction) int {
		return cmp.Or(strings.Compare(a.Round, b.Round), strings.Compare(a.Member, b.Member))
	})
	return t, nil
}

// standing is how a member stands to the round of a day by the raw records.
func (m Member) standing(day corpus.Date, answered bool, tenures Tenures, excuses []Leave) Participation {
	switch {
	case !tenures.On(m.Number, day): // even if a newcomer has answered what was asked before
		return NotDue
	case answered:
		return Took
	case slices.ContainsFunc(excuses, func(l Leave) bool { return l.Member == m.Number && l.From <= day && day <= l.To }):
		return Excused
	}
	return Absent
}

// add counts one round.
func (r *Row) add(p Participation) {
	r.Rounds = append(r.Rounds, p)
	switch p {
	case Took:
		r.Took++
	case Excused:
		r.Excused++
	case Absent:
		r.Absent++
	}
}

// Total sums up everybody.
func (t Table) Total() Counts {
	var sum Counts
	for _, r := range t.Rows {
		sum.add(r.Counts)
	}
	return sum
}

// Groups sums up those who have something in common, such as their sector, by
// its name.
func (t Table) Groups(of func(Member) string) []Group {
	groups := map[string]*Group{}
	for _, r := range t.Rows {
		name := of(r.Member)
		if groups[name] == nil {
			groups[name] = &Group{Name: name}
		}
		groups[name].add(r.Counts)
		groups[name].People++
	}
	var list []Group
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		list = append(list, *groups[name])
	}
	return list
}

// Attended is how often a member took part in activities, by kind.
func (t Table) Attended(number string) map[string]int {
	n := map[string]int{}
	for _, a := range t.Activities {
		if slices.Contains(a.Members, number) {
			n[a.Kind]++
		}
	}
	return n
}
