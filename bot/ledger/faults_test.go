package ledger_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// Two hundred members answer at once, each as a conversation does it: who is it,
// what is asked, the answer, how they stand. Nobody waits for ever, whatever the
// number of connections, and every first answer counts once.
func TestFault01AllAnswerAtOnce(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		ctx := t.Context()
		const people = 200
		var list []ledger.Member
		codes := map[string]string{}
		for i := range people {
			number := fmt.Sprintf("A%03d", i)
			list = append(list, ledger.Member{Number: number, Name: "委员"})
			codes[number] = "CODE" + number
		}
		_, err := l.ImportMembers(ctx, list, "2026-12-01", "staff", noon)
		must(t, err)
		must(t, l.NewCodes(ctx, codes, noon.Add(time.Hour), "staff", noon))
		for i, m := range list {
			_, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: fmt.Sprint("@", i)}, codes[m.Number], noon)
			must(t, err)
		}
		_, err = l.OpenRound(ctx, round("2026-12-01"))
		must(t, err)
		var crowd sync.WaitGroup
		for i := range people {
			crowd.Go(func() {
				m, err := l.Identify(ctx, ledger.Sender{Channel: "wechat", Name: fmt.Sprint("@", i)})
				if err != nil {
					t.Error(err)
					return
				}
				r, err := l.NewestRound(ctx, noon.Add(time.Minute))
				if err != nil {
					t.Error(err)
					return
				}
				for try, want := range []error{nil, ledger.ErrAnswered} {
					if _, err := l.Answer(ctx, ledger.Answer{Round: r.Day, Member: m.Number, Choice: try, At: noon.Add(time.Minute)}); !errors.Is(err, want) {
						t.Errorf("%s answers for the %d. time: %v", m.Number, try+1, err)
					}
				}
				if _, err := l.Rounds(ctx, r.Day, r.Day); err != nil {
					t.Error(err)
				}
			})
		}
		crowd.Wait()
		answers, err := l.Answers(ctx, "2026-12-01", "2026-12-01")
		if err != nil || len(answers) != people {
			t.Errorf("%d answers, %v", len(answers), err)
		}
		for _, a := range answers {
			if a.Choice != 0 {
				t.Errorf("the second answer of %s counts", a.Member)
			}
		}
	})
}

// Rows of the audit that somebody took out at its end are missed, also when all
// are gone, in the ledger as in a backup of it.
func TestFault15CutOff(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		for i := range 4 {
			must(t, l.Note(t.Context(), "staff", "test", fmt.Sprint(i), noon))
		}
		for _, statement := range []string{"DELETE FROM audit WHERE seq = 5", "DELETE FROM audit WHERE seq > 2", "DELETE FROM audit"} {
			tamper(t, w.Raw(t), l, statement)
		}
		if n, err := l.Verify(t.Context()); err != nil || n != 5 {
			t.Errorf("what was put back: %d, %v", n, err)
		}
	})
}

// The correction that was recorded last holds, whatever the clock said then.
func TestFault18CorrectedWithTheClockBack(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		_, err := l.OpenRound(ctx, round("2026-12-01"))
		must(t, err)
		for i, c := range []struct {
			as ledger.Participation
			at time.Duration
		}{{ledger.Took, time.Hour}, {ledger.Excused, 0}, {ledger.Absent, time.Hour}, {ledger.NotDue, -time.Hour}, {ledger.Excused, -time.Hour}} {
			must(t, l.Correct(ctx, ledger.Correction{Round: "2026-12-01", Member: "A01", Standing: c.as, Reason: "更正", Actor: "staff", At: noon.Add(c.at)}))
			table, err := l.Tally(ctx, "2026-12-01", "2026-12-31", noon.AddDate(0, 1, 0))
			must(t, err)
			if got := table.Rows[0].Rounds[0]; got != c.as {
				t.Errorf("after the %d. correction, to %q: %q", i+1, c.as, got)
			}
		}
		if all, err := l.Corrections(ctx, "2026-12-01", "2026-12-01"); err != nil || len(all) != 5 || all[1].Standing != ledger.Excused || !all[1].At.Equal(noon) {
			t.Errorf("%+v, %v", all, err)
		}
	})
}
