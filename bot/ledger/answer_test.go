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

// Ten thousand answers of fifty senders at once, some of them twice, while
// somebody reports: none lost, none doubled.
func TestManyAnswers(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		ctx := t.Context()
		var list []ledger.Member
		for i := range 100 {
			list = append(list, ledger.Member{Number: fmt.Sprintf("A%03d", i), Name: "委员"})
		}
		_, err := l.ImportMembers(ctx, list, "2026-01-01", "staff", noon)
		must(t, err)
		const rounds = 20
		for i := range rounds {
			_, err := l.OpenRound(ctx, round(corpus.Date(fmt.Sprintf("2026-12-%02d", i+1))))
			must(t, err)
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		counted, repeated := 0, 0
		var took []time.Duration
		for sender := range 50 {
			wg.Go(func() {
				for i := range 10_000 / 50 {
					n := sender*40 + i // each answer comes five times, of several senders
					a := ledger.Answer{Round: corpus.Date(fmt.Sprintf("2026-12-%02d", n/100%rounds+1)), Member: fmt.Sprintf("A%03d", n%100), At: noon.Add(time.Minute)}
					begun := time.Now()
					_, err := l.Answer(ctx, a)
					mu.Lock()
					took = append(took, time.Since(begun))
					switch {
					case err == nil:
						counted++
					case errors.Is(err, ledger.ErrAnswered):
						repeated++
					default:
						t.Error(err)
					}
					mu.Unlock()
				}
			})
		}
		reports := 0
		answering := make(chan struct{})
		go func() {
			wg.Wait()
			close(answering)
		}()
		for done := false; !done; reports++ { // somebody reports meanwhile
			select {
			case <-answering:
				done = true
			default:
			}
			table, err := l.Tally(ctx, "2026-12-01", "2026-12-31", noon.AddDate(0, 1, 0))
			must(t, err)
			for _, row := range table.Rows {
				if row.Took+row.Absent != rounds {
					t.Fatalf("%s took part %d times and was absent %d times in %d rounds", row.Member.Number, row.Took, row.Absent, rounds)
				}
			}
		}
		t.Logf("%d reports meanwhile", reports)
		answers, err := l.Answers(ctx, "2026-12-01", "2026-12-31")
		must(t, err)
		if len(answers) != counted || counted+repeated != 10_000 || counted != 2000 {
			t.Errorf("%d in the ledger, %d counted, %d repeated", len(answers), counted, repeated)
		}
		slices.Sort(took)
		t.Logf("50 at once: p50 %v, p99 %v", took[len(took)/2], took[len(took)*99/100])
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
