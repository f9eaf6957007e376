package ledger_test

import (
	"errors"
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
