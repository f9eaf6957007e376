package ledger

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"lianwen/corpus"
)

// Participation is how a member stands to a round.
type Participation string

// There are three, and no others.
const (
	Took    Participation = "took"    // answered, right or wrong
	Excused Participation = "excused" // leaves the count
	Absent  Participation = "absent"
	NotDue  Participation = "" // not on the roster that day
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
	Rows     []Row   // members (委员) in the count of these days by number; staff take no part in the count

	Corrections []Correction // those that hold, by round and member
	Activities  []Activity   // of these days, up to today
}

// roundKey is a member's place in a round.
type roundKey struct {
	round  corpus.Date
	member string
}

// facts are the raw records of some days.
type facts struct {
	rounds      []Round
	answered    answered
	excuses     []Leave                 // in order
	recorded    []time.Time             // when each of them was
	leaves      map[string][]int        // by member, which of the excuses are theirs
	corrections map[roundKey]Correction // the last of each
	activities  []Activity
	members     []Member
	tenures     Tenures
}

func (l *Ledger) gather(ctx context.Context, from, to corpus.Date) (facts, error) {
	answers, err := l.Answers(ctx, from, to)
	if err != nil {
		return facts{}, err
	}
	return l.gatherWith(ctx, from, to, answeredIn(answers))
}

// gatherWith is gather for who has read the answers.
func (l *Ledger) gatherWith(ctx context.Context, from, to corpus.Date, answers answered) (f facts, err error) {
	f.answered = answers
	if f.rounds, err = l.Rounds(ctx, from, to); err != nil {
		return f, err
	}
	if f.excuses, f.recorded, err = excusesIn(ctx, l.reader, from, to); err != nil {
		return f, err
	}
	corrections, err := l.Corrections(ctx, from, to)
	if err != nil {
		return f, err
	}
	if f.activities, err = l.Activities(ctx, from, to); err != nil {
		return f, err
	}
	if f.members, err = l.Members(ctx); err != nil {
		return f, err
	}
	if f.tenures, err = l.Tenures(ctx); err != nil {
		return f, err
	}
	f.index(corrections)
	return f, nil
}

// index makes what is looked up by member and round quick to find.
func (f *facts) index(corrections []Correction) {
	slices.SortFunc(f.members, func(a, b Member) int { return strings.Compare(a.Number, b.Number) }) // a database sorts by its language
	f.corrections, f.leaves = map[roundKey]Correction{}, map[string][]int{}
	for _, c := range corrections {
		f.corrections[roundKey{c.Round, c.Member}] = c
	}
	for i, l := range f.excuses {
		f.leaves[l.Member] = append(f.leaves[l.Member], i)
	}
}

// Tally counts from the raw l. A round counts once it has closed, unless
// it is void; an answer counts even for somebody excused; the last correction
// goes before everything else.
func (l *Ledger) Tally(ctx context.Context, from, to corpus.Date, now time.Time) (Table, error) {
	t, _, err := l.Count(ctx, from, to, now)
	return t, err
}

// Count is Tally that also tells how each of the table's corrections found things. It
// reads of the answers only whose they are, which is most of the work for a year.
func (l *Ledger) Count(ctx context.Context, from, to corpus.Date, now time.Time) (Table, []Participation, error) {
	answers, err := l.answeredBy(ctx, from, to)
	if err != nil {
		return Table{From: from, To: to}, nil, err
	}
	f, err := l.gatherWith(ctx, from, to, answers)
	if err != nil {
		return Table{From: from, To: to}, nil, err
	}
	t := f.tally(from, to, now)
	return t, f.before(t.Corrections), nil
}

// before is how corrections found things.
func (f facts) before(corrections []Correction) (list []Participation) {
	for _, c := range corrections {
		list = append(list, f.ground(c.Round, c.Member).Without)
	}
	return list
}

func (f facts) tally(from, to corpus.Date, now time.Time) Table {
	t := Table{From: from, To: to}
	var open []Round
	for _, r := range f.rounds {
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
	for _, a := range f.activities {
		if a.Date <= corpus.DateOf(now) {
			t.Activities = append(t.Activities, a)
		}
	}
	for _, m := range f.members { // by number
		if m.Staff || !f.counts(m.Number, from, to) {
			continue
		}
		row := Row{Member: m, Rounds: make([]Participation, 0, len(t.Rounds))}
		for _, r := range open {
			if f.answered.at(r.Day, m.Number) != nil {
				row.Early++
			}
		}
		for _, r := range t.Rounds {
			row.add(f.standing(r.Day, m.Number))
			if c, ok := f.corrections[roundKey{r.Day, m.Number}]; ok {
				t.Corrections = append(t.Corrections, c)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	slices.SortFunc(t.Corrections, func(a, b Correction) int {
		return cmp.Or(cmp.Compare(a.Round, b.Round), strings.Compare(a.Member, b.Member))
	})
	return t
}

// counts reports whether a member is in the count of some days: who was on the roster,
// or stands to a round of these days by a correction, whichever days are asked for.
func (f facts) counts(number string, from, to corpus.Date) bool {
	if f.tenures.Within(number, from, to) {
		return true
	}
	for place, c := range f.corrections {
		if place.member == number && c.Standing != NotDue {
			return true
		}
	}
	return false
}

// standing is how a member stands to a round.
func (f facts) standing(day corpus.Date, number string) Participation {
	return f.ground(day, number).Standing
}

// add counts one round.
func (r *Row) add(p Participation) {
	r.Rounds = append(r.Rounds, p)
	r.count(p, 1)
}

// count counts a standing so many times more.
func (c *Counts) count(p Participation, n int) {
	switch p {
	case Took:
		c.Took += n
	case Excused:
		c.Excused += n
	case Absent:
		c.Absent += n
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
// its name; those of whom it is not known come last.
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
		if name != "" {
			list = append(list, *groups[name])
		}
	}
	if unknown := groups[""]; unknown != nil {
		list = append(list, *unknown)
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
