package day_test

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// town is the members of a year, who answer, are excused, join and leave, with
// a count of its own of who took part: it asks the ledger nothing but which
// rounds were opened.
type town struct {
	*testing.T
	ledger  *ledger.Ledger
	size    int
	first   time.Time
	clock   time.Time
	days    int                         // that have begun
	roster  map[string][][2]corpus.Date // from, to
	leaves  []ledger.Leave
	rounds  []ledger.Round
	took    map[corpus.Date]map[string]bool
	late    int
	again   int
	answers int
}

func newTown(t *testing.T, l *ledger.Ledger, size int, first time.Time) *town {
	w := &town{T: t, ledger: l, size: size, first: first, clock: first, roster: map[string][][2]corpus.Date{}, took: map[corpus.Date]map[string]bool{}}
	w.importRoster(0)
	return w
}

func name(i int) string { return fmt.Sprintf("W%03d", i) }

func dayOf(t time.Time) corpus.Date { return corpus.Date(t.Format(time.DateOnly)) }

// luck is a number below n that depends on its arguments alone.
func luck(n int, of ...any) int {
	h := fnv.New64a()
	fmt.Fprint(h, of...)
	return int(h.Sum64() % uint64(n))
}

// importRoster makes the roster what it is in a month: some members are not on
// it, others every month.
func (w *town) importRoster(month int) {
	w.Helper()
	today := dayOf(w.clock)
	var list []ledger.Member
	for i := range w.size {
		times := w.roster[name(i)]
		here := w.here(name(i))
		if luck(20, "away", i, month) == 0 {
			if here {
				times[len(times)-1][1] = today
			}
			continue
		}
		list = append(list, ledger.Member{Number: name(i), Name: "委员", Sector: fmt.Sprintf("第%d界", i%20)})
		if !here {
			w.roster[name(i)] = append(times, [2]corpus.Date{today, ""})
		}
	}
	_, err := w.ledger.ImportMembers(w.Context(), list, today, "test", w.clock)
	must(w.T, err)
}

// here reports whether somebody is on the roster now.
func (w *town) here(number string) bool {
	times := w.roster[number]
	return len(times) > 0 && times[len(times)-1][1] == ""
}

// until lets the members live until a time.
func (w *town) until(now time.Time) {
	w.Helper()
	for day := w.first.AddDate(0, 0, w.days); !day.After(now); day = w.first.AddDate(0, 0, w.days) {
		w.days++
		w.begin(day)
	}
	if r, err := w.ledger.Round(w.Context(), dayOf(now)); err == nil {
		if n := len(w.rounds); n == 0 || w.rounds[n-1].Day != r.Day {
			w.rounds = append(w.rounds, r)
			w.took[r.Day] = map[string]bool{}
		}
	} else if !errors.Is(err, ledger.ErrNoRound) {
		w.Fatal(err)
	}
	for _, r := range w.rounds[max(0, len(w.rounds)-10):] {
		w.answer(r, w.clock, now)
	}
	w.clock = now
}

// begin is what happens at midnight: some ask for leave, on the first of a month
// the roster is imported, and the day whose round has closed is recounted.
func (w *town) begin(day time.Time) {
	w.Helper()
	w.clock = day
	if day.Day() == 1 && w.days > 1 {
		w.importRoster(w.days)
	}
	for i := range w.size {
		if luck(150, "leave", i, w.days) == 0 && w.here(name(i)) {
			l := ledger.Leave{Member: name(i), From: dayOf(day.AddDate(0, 0, 1)), To: dayOf(day.AddDate(0, 0, 1+luck(4, "long", i, w.days))), Actor: "member"}
			must(w.T, w.ledger.Excuse(w.Context(), l, day))
			w.leaves = append(w.leaves, l)
		}
	}
	closed := dayOf(day.AddDate(0, 0, -ledger.RoundDays-2))
	w.recount(closed, closed)
}

// answer lets those answer whose time has come, many at once. Some do so twice,
// some too late, some never.
func (w *town) answer(r ledger.Round, after, now time.Time) {
	w.Helper()
	var crowd errgroup.Group
	crowd.SetLimit(50)
	day := r.Day
	type reply struct {
		number string
		err    error
	}
	replies := make(chan reply, 2*w.size)
	for i := range w.size {
		if !w.here(name(i)) {
			continue
		}
		for try := range 1 + luck(3, "twice", i, r.Day)/2 {
			at := r.Opened.Add(time.Duration(luck(230, "when", i, r.Day, try)) * time.Hour) // up to 62 hours too late
			if luck(5, "never", i, r.Day) == 0 || !at.After(after) || at.After(now) {
				continue
			}
			crowd.Go(func() error {
				_, err := w.ledger.Answer(context.WithoutCancel(w.Context()), ledger.Answer{Round: r.Day, Member: name(i), Choice: try, At: at})
				if errors.Is(err, ledger.ErrClosed) && at.Before(r.Closes) {
					return fmt.Errorf("%s at %v: %w", r.Day, at, err)
				}
				replies <- reply{name(i), err}
				return nil
			})
		}
	}
	must(w.T, crowd.Wait())
	close(replies)
	for reply := range replies {
		switch {
		case reply.err == nil && !w.took[day][reply.number]:
			w.took[day][reply.number] = true
			w.answers++
		case errors.Is(reply.err, ledger.ErrAnswered):
			w.again++
		case errors.Is(reply.err, ledger.ErrClosed):
			w.late++
		default:
			w.Fatalf("%s answers %s: %v, and had answered: %v", reply.number, r.Day, reply.err, w.took[day][reply.number])
		}
	}
}

// recount compares the ledger's table of some days with the town's own count.
func (w *town) recount(from, to corpus.Date) {
	w.Helper()
	table, err := w.ledger.Tally(w.Context(), from, to, w.clock)
	must(w.T, err)
	got := map[string]ledger.Counts{}
	for _, r := range table.Rows {
		if r.Counts != (ledger.Counts{}) {
			got[r.Member.Number] = r.Counts
		}
	}
	want := map[string]ledger.Counts{}
	for _, r := range w.rounds {
		day := r.Day
		if day < from || day > to || r.Closes.After(w.clock) {
			continue
		}
		for number, times := range w.roster {
			c := want[number]
			switch {
			case !slices.ContainsFunc(times, func(on [2]corpus.Date) bool { return on[0] <= day && (on[1] == "" || day < on[1]) }):
				continue
			case w.took[day][number]:
				c.Took++
			case slices.ContainsFunc(w.leaves, func(l ledger.Leave) bool { return l.Member == number && l.From <= day && day <= l.To }):
				c.Excused++
			default:
				c.Absent++
			}
			want[number] = c
		}
	}
	for number := range w.roster {
		if got[number] != want[number] {
			w.Errorf("%s from %s to %s: %+v, the recount is %+v", number, from, to, got[number], want[number])
		}
	}
}
