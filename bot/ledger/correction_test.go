package ledger_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// A correction is a row of its own; the last holds, in the table and nowhere
// else.
func TestCorrect(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		_, err := l.OpenRound(ctx, round("2026-12-01"))
		must(t, err)
		_, err = l.Answer(ctx, ledger.Answer{Round: "2026-12-01", Member: "A01", Choice: 1, Correct: true, At: noon})
		must(t, err)
		correct := func(day corpus.Date, member string, as ledger.Participation, at int) error {
			return l.Correct(ctx, ledger.Correction{Round: day, Member: member, Standing: as, Reason: "微信故障", Actor: "staff S01", At: noon.Add(time.Duration(at) * time.Minute)})
		}
		if err := correct("2026-12-02", "A01", ledger.Took, 0); !errors.Is(err, ledger.ErrNoRound) {
			t.Errorf("a day without a round: %v", err)
		}
		if err := correct("2026-12-01", "A09", ledger.Took, 0); err == nil {
			t.Error("somebody who is not on the roster was corrected")
		}
		must(t, correct("2026-12-01", "A02", ledger.Took, 1))
		must(t, correct("2026-12-01", "A01", ledger.NotDue, 2))
		must(t, correct("2026-12-01", "A02", ledger.Excused, 3))
		table, err := l.Tally(ctx, "2026-12-01", "2026-12-31", noon.AddDate(0, 1, 0))
		must(t, err)
		if sum := table.Total(); sum != (ledger.Counts{Excused: 1}) || len(table.Corrections) != 2 || table.Corrections[1].Standing != ledger.Excused {
			t.Errorf("%+v, %+v", sum, table.Corrections)
		}
		if all, err := l.Corrections(ctx, "2026-12-01", "2026-12-01"); err != nil || len(all) != 3 {
			t.Errorf("%+v, %v", all, err)
		}
		if h := history(t, l); len(h) != 4 || h[0].Actor != "staff S01" || h[0].Action != "correct" || h[0].Detail != "2026-12-01 A02 excused: 微信故障" {
			t.Errorf("the audit has %+v", h)
		}
		if answers, err := l.Answers(ctx, "2026-12-01", "2026-12-01"); err != nil || len(answers) != 1 {
			t.Errorf("the raw answers: %+v, %v", answers, err)
		}
	})
}

// Who is corrected on a day on which they were not on the roster is in the count of
// that day, whichever days are asked for, and in a closed period's changes.
func TestCorrectedOffTheRoster(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := tallied(t, w), t.Context()
		correct := func(day int, as ledger.Participation) {
			t.Helper()
			must(t, l.Correct(ctx, ledger.Correction{Round: december(day), Member: "A03", Standing: as, Reason: "册子晚了", Actor: "staff S01", At: later}))
		}
		took := func(from, to int) int {
			t.Helper()
			table, err := l.Tally(ctx, december(from), december(to), later)
			must(t, err)
			own, err := l.Own(ctx, "A03", december(from), december(to), later)
			if i := slices.IndexFunc(table.Rows, func(r ledger.Row) bool { return r.Member.Number == "A03" }); i >= 0 {
				must(t, err)
				if own.Counts != table.Rows[i].Counts {
					t.Errorf("%d to %d: %+v by themselves, %+v among all", from, to, own.Counts, table.Rows[i].Counts)
				}
				return own.Took
			}
			if !errors.Is(err, ledger.ErrNoMember) {
				t.Errorf("%d to %d: among nobody, by themselves %v", from, to, err)
			}
			return 0
		}
		correct(4, ledger.Took)
		if all, first, second := took(2, 4), took(2, 3), took(4, 4); all != 2 || first+second != all {
			t.Errorf("the days sum up to %d and %d, together to %d", first, second, all)
		}
		_, err := l.ClosePeriod(ctx, december(4), december(4), "staff S01", "王五", later)
		must(t, err)
		for _, as := range []ledger.Participation{ledger.NotDue, ledger.Excused} {
			correct(4, as)
			if _, err := l.Verify(ctx); err != nil {
				t.Errorf("corrected to %q: %v", as, err)
			}
		}
		if c := only(t, l); len(c.Changes) != 2 || c.Changes[1].Before != "" || c.Changes[1].After != "excused" {
			t.Errorf("numbered %+v", c.Changes)
		}
	})
}
