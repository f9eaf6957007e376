package ledger_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// grow lets some days pass in which anything may happen: people come and go, rounds
// are void, answers come in before and after, leave is recorded, taken back and
// overruled, corrections are corrected.
func grow(t *testing.T, l *ledger.Ledger, rng *rand.Rand, days int) {
	t.Helper()
	ctx := t.Context()
	day := func(n int) corpus.Date { return corpus.DateOf(noon.AddDate(0, 0, n)) }
	member := func() string { return fmt.Sprintf("A%02d", 1+rng.IntN(8)) }
	for n := range days {
		now := noon.AddDate(0, 0, n)
		if n%9 == 0 {
			var list []ledger.Member
			for i := range 9 {
				if m := (ledger.Member{Number: fmt.Sprintf("A%02d", i+1), Name: fmt.Sprint("委员", i), Sector: fmt.Sprint("界", rng.IntN(3)), Committee: fmt.Sprint("委", rng.IntN(2)), Staff: i == 8}); n == 0 || rng.IntN(5) > 0 {
					list = append(list, m)
				}
			}
			_, err := l.ImportMembers(ctx, list, day(n), "staff", now)
			must(t, err)
		}
		r := round(day(n))
		r.Question.ID = fmt.Sprint("q", n)
		r.Opened, r.Closes = now, now.AddDate(0, 0, 7)
		_, err := l.OpenRound(ctx, r)
		must(t, err)
		for range rng.IntN(8) {
			_, _ = l.Answer(ctx, ledger.Answer{Round: day(n - rng.IntN(7)), Member: member(), At: now.Add(time.Hour), Channel: "wechat"}) // who has answered, or nobody asked
		}
		from := n - rng.IntN(6)
		e := ledger.Leave{Member: member(), From: day(from), To: day(from + rng.IntN(9)), Reason: "出差", Actor: "staff S01"}
		switch rng.IntN(4) {
		case 0:
			must(t, l.Excuse(ctx, e, now))
		case 1:
			_ = l.TakeBack(ctx, e, now) // there may be none
		case 2:
			_ = l.Correct(ctx, ledger.Correction{Round: day(n - rng.IntN(30)), Member: member(), Standing: []ledger.Participation{ledger.Took, ledger.Excused, ledger.Absent, ledger.NotDue}[rng.IntN(4)], Reason: "核对", Actor: "staff S01", At: now})
		case 3:
			if rng.IntN(4) == 0 {
				must(t, l.Review(ctx, []ledger.Basis{{Question: fmt.Sprint("q", n), Digest: "x"}}, now))
			}
		}
	}
}

// sum is what the grounds of a member sum up to, of the rounds that count.
func sum(a ledger.Account, number string, now time.Time) (c ledger.Counts) {
	for i, g := range a.Grounds[number] {
		if r := a.All[i]; r.Void != "" || r.Closes.After(now) {
			continue
		}
		switch g.Standing {
		case ledger.Took:
			c.Took++
		case ledger.Excused:
			c.Excused++
		case ledger.Absent:
			c.Absent++
		}
	}
	return c
}

// The rows that a figure is opened to sum up to the figure: of each member, sector,
// committee and month, whatever has happened.
func TestGroundsSumUp(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		seeds := 6
		if testing.Short() {
			seeds = 1
		}
		l, rng, ctx := w.Open(t), rand.New(rand.NewPCG(5, uint64(seeds))), t.Context()
		grow(t, l, rng, 20*seeds)
		now := noon.AddDate(0, 0, 20*seeds-3)
		figures := 0
		for from := corpus.Date("2026-12-01"); from <= corpus.DateOf(now); from = from.AddDays(31) {
			to := from.AddDays(30)
			table, err := l.Tally(ctx, from, to, now)
			must(t, err)
			a, err := l.Explain(ctx, from, to, now, nil)
			must(t, err)
			groups := map[string]ledger.Counts{}
			for _, row := range table.Rows {
				got := sum(a, row.Member.Number, now)
				if got != row.Counts {
					t.Errorf("%s from %s: %+v, the table has %+v", row.Member.Number, from, got, row.Counts)
				}
				for _, name := range []string{row.Member.Sector, row.Member.Committee} {
					g := groups[name]
					groups[name] = ledger.Counts{Took: g.Took + got.Took, Excused: g.Excused + got.Excused, Absent: g.Absent + got.Absent}
				}
				figures++
			}
			for _, g := range append(table.Groups(func(m ledger.Member) string { return m.Sector }), table.Groups(func(m ledger.Member) string { return m.Committee })...) {
				if groups[g.Name] != g.Counts {
					t.Errorf("%s from %s: %+v, the table has %+v", g.Name, from, groups[g.Name], g.Counts)
				}
			}
		}
		if figures < 5*seeds {
			t.Errorf("only %d figures", figures)
		}
	})
}

// What the numbers of one member rest on is the same as among those of all.
func TestGroundsOfSome(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, now := tallied(t, w), noon.AddDate(0, 0, 10)
		all, err := l.Explain(t.Context(), december(1), december(31), now, nil)
		must(t, err)
		for _, number := range []string{"A01", "A02"} {
			some, err := l.Explain(t.Context(), december(1), december(31), now, func(table ledger.Table) ([]string, error) {
				if table.Total() != all.Total() {
					t.Errorf("the table is of %v, not %v", table.Total(), all.Total())
				}
				return []string{number}, nil
			})
			must(t, err)
			if len(some.Grounds) != 1 || !reflect.DeepEqual(some.Grounds[number], all.Grounds[number]) {
				t.Errorf("%s: %+v, among all %+v", number, some.Grounds, all.Grounds[number])
			}
		}
		nobody := errors.New("nobody")
		if _, err := l.Explain(t.Context(), december(1), december(31), now, func(ledger.Table) ([]string, error) { return nil, nobody }); !errors.Is(err, nobody) {
			t.Errorf("nobody: %v", err)
		}
	})
}

// It is said on which row a standing rests.
func TestGrounds(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		a, err := tallied(t, w).Explain(t.Context(), december(1), december(31), noon.AddDate(0, 0, 10), nil)
		must(t, err)
		if len(a.All) != 5 || a.All[3].Void == "" {
			t.Fatalf("rounds: %+v", a.All)
		}
		g := a.Grounds["A01"]
		if g[0].Answer == nil || g[0].Standing != ledger.Took || g[0].Correction != nil {
			t.Errorf("answered: %+v", g[0])
		}
		if c := g[1].Correction; c == nil || c.Standing != ledger.Excused || g[1].Without != ledger.Took || !c.At.Equal(noon.Add(time.Hour)) {
			t.Errorf("corrected: %+v", g[1])
		}
		g = a.Grounds["A02"]
		if g[0].Leave != nil || g[0].Standing != ledger.Absent {
			t.Errorf("absent: %+v", g[0])
		}
		if e := g[1].Leave; e == nil || e.From != december(3) || !g[1].Recorded.Equal(noon) || g[1].Standing != ledger.Excused {
			t.Errorf("on leave: %+v", g[1])
		}
		if g[2].Leave == nil || g[2].Answer == nil || g[2].Standing != ledger.Took {
			t.Errorf("answered on leave: %+v", g[2])
		}
		if g = a.Grounds["A04"]; g[0].On || g[0].Answer == nil || g[0].Standing != ledger.NotDue {
			t.Errorf("answered before they came: %+v", g[0])
		}
	})
}
