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

// What was done has a number, is undone by it once, and is in the audit without
// the question.
func TestSettle(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		ctx := t.Context()
		for i, kind := range []ledger.SettlementKind{ledger.SettledLine, ledger.SettledSynonym, ledger.SettledReply} {
			n, err := l.Settle(ctx, ledger.Settlement{
				At: noon.Add(time.Duration(i) * time.Hour), Actor: "staff S01", Kind: kind, Question: fmt.Sprint("问", i), Change: fmt.Sprint("改", i),
			}, "ti-an#5")
			if err != nil || n != i+1 {
				t.Fatalf("number %d, %v", n, err)
			}
		}
		must(t, l.Unsettle(ctx, 2, "terminal wang", noon.Add(5*time.Hour)))
		for _, n := range []int{0, 2, 4} {
			if err := l.Unsettle(ctx, n, "staff S01", noon); !errors.Is(err, ledger.ErrNotSettled) {
				t.Errorf("undo %d: %v", n, err)
			}
		}
		list, err := l.Settlements(ctx)
		must(t, err)
		if len(list) != 3 || list[0].Number != 1 || list[2].Question != "问2" || list[2].Change != "改2" || list[1].Kind != ledger.SettledSynonym ||
			list[0].Actor != "staff S01" || !list[2].At.Equal(noon.Add(2*time.Hour)) || !list[1].Undone.Equal(noon.Add(5*time.Hour)) || !list[0].Undone.IsZero() {
			t.Errorf("%+v", list)
		}
		var deeds []string
		for _, d := range history(t, l) {
			deeds = append(deeds, string(d.Actor)+" "+d.Action+" "+d.Detail)
		}
		want := "[terminal wang undo settlement 2 staff S01 settle reply 3: ti-an#5 staff S01 settle synonym 2: ti-an#5 staff S01 settle line 1: ti-an#5]"
		if fmt.Sprint(deeds) != want {
			t.Errorf("%v", deeds)
		}
	})
}

// Of several who settle at once each has a number of their own.
func TestSettleAtOnce(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, err := l.Settle(t.Context(), ledger.Settlement{At: noon, Kind: ledger.SettledLine}, ""); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		list, err := l.Settlements(t.Context())
		must(t, err)
		for i, s := range list {
			if s.Number != i+1 {
				t.Errorf("%+v", s)
			}
		}
		if len(list) != 8 {
			t.Errorf("%d settlements", len(list))
		}
	})
}

// What was chosen is read back in its time, goes with what its asker asked, and
// is forgotten with what was done about it, when its time is over.
func TestChosen(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		ctx := t.Context()
		for i, c := range []ledger.Chosen{
			{At: noon.Add(time.Minute), Outcome: ledger.AskedChoices, Question: "提案何时截止", Cite: "ti-an#5", Asker: "me"},
			{At: noon, Outcome: ledger.AskedAnswered, Question: "请假找谁", Cite: "kaoqin#8", Asker: "you"},
			{At: noon.Add(time.Hour), Outcome: ledger.AskedNone, Question: "食堂", Cite: "jiedai#3", Asker: "me"},
		} {
			must(t, l.Choose(ctx, c))
			_, err := l.Settle(ctx, ledger.Settlement{At: c.At, Kind: ledger.SettledLine, Question: c.Question}, "")
			if err != nil {
				t.Fatal(i, err)
			}
		}
		got, err := l.Choices(ctx, noon, noon.Add(time.Hour))
		must(t, err)
		if len(got) != 2 || got[0] != (ledger.Chosen{At: got[0].At, Outcome: ledger.AskedAnswered, Question: "请假找谁", Cite: "kaoqin#8", Asker: "you"}) ||
			!got[0].At.Equal(noon) || got[1].Cite != "ti-an#5" {
			t.Errorf("%+v", got)
		}
		if h, err := l.Holdings(ctx, ledger.Sender{}, "", []string{"me"}); err != nil || h.Asked != 2 {
			t.Errorf("%+v, %v", h, err)
		}
		if n, err := l.Forget(ctx, []string{"me"}, "member A01", noon); err != nil || n != 2 {
			t.Errorf("%d forgotten, %v", n, err)
		}
		must(t, l.Choose(ctx, ledger.Chosen{At: noon.Add(ledger.AskedLife + time.Minute), Question: "半年后"}))
		if got, err = l.Choices(ctx, noon, noon.AddDate(1, 0, 0)); err != nil || len(got) != 1 || got[0].Question != "半年后" {
			t.Errorf("left: %+v, %v", got, err)
		}
		if list, err := l.Settlements(ctx); err != nil || len(list) != 2 || list[0].Question != "提案何时截止" {
			t.Errorf("left: %+v, %v", list, err)
		}
	})
}

// A question is settled by whoever knows of its last settlement, and by nobody else.
func TestSettleAfter(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		settle := func(question string, after int) error {
			_, err := l.Settle(t.Context(), ledger.Settlement{At: noon, Kind: ledger.SettledLine, Question: question, After: after}, "")
			return err
		}
		must(t, settle("低保", 0))
		if err := settle("低保", 0); !errors.Is(err, ledger.ErrSettled) {
			t.Errorf("unknown to whoever settles: %v", err)
		}
		must(t, settle("食堂", 0))
		must(t, settle("低保", 1)) // number 3
		if err := settle("低保", 1); !errors.Is(err, ledger.ErrSettled) {
			t.Errorf("one later: %v", err)
		}
		must(t, l.Unsettle(t.Context(), 3, "test", noon))
		must(t, settle("低保", 1)) // what was undone does not count
		must(t, settle("", 0))
		must(t, settle("", 0)) // what was about no question
	})
}
