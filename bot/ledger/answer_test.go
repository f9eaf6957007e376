package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// crowd is fifty senders who answer the rounds of December, each answer coming
// five times, of several of them.
type crowd struct {
	*testing.T
	ledger *ledger.Ledger

	mu                sync.Mutex
	counted, repeated int
	took              []time.Duration
}

const crowdRounds = 20

// answers lets all of them answer at once.
func (c *crowd) answers() {
	var wg sync.WaitGroup
	for sender := range 50 {
		wg.Go(func() {
			for i := range 10_000 / 50 {
				n := sender*40 + i
				c.answer(december(n/100%crowdRounds+1), fmt.Sprintf("A%03d", n%100))
			}
		})
	}
	wg.Wait()
}

func (c *crowd) answer(day corpus.Date, member string) {
	begun := time.Now()
	_, err := c.ledger.Answer(c.Context(), ledger.Answer{Round: day, Member: member, At: noon.Add(time.Minute)})
	c.mu.Lock()
	defer c.mu.Unlock()
	c.took = append(c.took, time.Since(begun))
	switch {
	case err == nil:
		c.counted++
	case errors.Is(err, ledger.ErrAnswered):
		c.repeated++
	default:
		c.Error(err)
	}
}

// Ten thousand answers of fifty senders at once, some of them twice, while
// somebody reports: none lost, none doubled.
func TestManyAnswers(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		c := &crowd{T: t, ledger: w.Open(t)}
		var list []ledger.Member
		for i := range 100 {
			list = append(list, ledger.Member{Number: fmt.Sprintf("A%03d", i), Name: "委员"})
		}
		_, err := c.ledger.ImportMembers(t.Context(), list, "2026-01-01", "staff", noon)
		must(t, err)
		for i := range crowdRounds {
			_, err := c.ledger.OpenRound(t.Context(), round(december(i+1)))
			must(t, err)
		}
		answering, reports := make(chan struct{}), 0
		go func() {
			c.answers()
			close(answering)
		}()
		for done := false; !done; reports++ { // somebody reports meanwhile
			select {
			case <-answering:
				done = true
			default:
			}
			table, err := c.ledger.Tally(t.Context(), december(1), december(31), noon.AddDate(0, 1, 0))
			must(t, err)
			for _, row := range table.Rows {
				if row.Took+row.Absent != crowdRounds {
					t.Fatalf("%s took part %d times and was absent %d times in %d rounds", row.Member.Number, row.Took, row.Absent, crowdRounds)
				}
			}
		}
		answers, err := c.ledger.Answers(t.Context(), december(1), december(31))
		must(t, err)
		if len(answers) != c.counted || c.counted+c.repeated != 10_000 || c.counted != 2000 {
			t.Errorf("%d in the ledger, %d counted, %d repeated", len(answers), c.counted, c.repeated)
		}
		slices.Sort(c.took)
		t.Logf("50 at once: p50 %v, p99 %v; %d reports meanwhile", c.took[len(c.took)/2], c.took[len(c.took)*99/100], reports)
	})
}

// Answers that are written together stand and fall each for itself.
func TestAnswersTogether(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		_, err := l.OpenRound(t.Context(), round("2026-12-01"))
		must(t, err)
		var crowd sync.WaitGroup
		var mu sync.Mutex
		got := map[string]int{}
		for i := range 60 {
			a := ledger.Answer{Round: []corpus.Date{"2026-12-01", "2026-12-01", "2026-11-01"}[i%3], Member: []string{"A01", "A02", "nobody"}[i%4%3], At: noon.Add(time.Minute)}
			crowd.Go(func() {
				_, err := l.Answer(t.Context(), a)
				what := "fails"
				switch {
				case err == nil:
					what = "counts"
				case errors.Is(err, ledger.ErrAnswered):
					what = "repeats"
				case errors.Is(err, ledger.ErrClosed):
					what = "closed"
				}
				mu.Lock()
				defer mu.Unlock()
				got[string(a.Round)+" "+a.Member+" "+what]++
			})
		}
		crowd.Wait()
		want := map[string]int{
			"2026-12-01 A01 counts": 1, "2026-12-01 A01 repeats": 19, "2026-12-01 A02 counts": 1, "2026-12-01 A02 repeats": 9, "2026-12-01 nobody fails": 10,
			"2026-11-01 A01 closed": 10, "2026-11-01 A02 closed": 5, "2026-11-01 nobody closed": 5,
		}
		if !maps.Equal(got, want) {
			t.Errorf("got  %v\nwant %v", got, want)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := l.Answer(ctx, ledger.Answer{Round: "2026-12-01", Member: "S01", At: noon.Add(time.Minute)}); err == nil {
			t.Error("somebody who has gone away is told that it counts")
		}
	})
}
