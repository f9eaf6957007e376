package ledger_test

import (
	"errors"
	"slices"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

func TestActivities(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		put := func(want [3]int, list ...ledger.Activity) {
			t.Helper()
			done, err := l.ImportActivities(ctx, list, "staff", noon)
			if got := [3]int{done.Added, done.Changed, done.Struck}; err != nil || got != want {
				t.Errorf("%v, %v, want %v", got, err, want)
			}
		}
		meeting := ledger.Activity{Date: "2026-12-10", Kind: ledger.MeetingKind, Title: "常委会会议", Members: []string{"A02", "A01"}}
		talk := ledger.Activity{Date: "2026-12-03", Kind: ledger.TalkKind, Members: []string{"A01"}}
		put([3]int{2, 0, 0}, meeting, talk)
		put([3]int{0, 0, 0}, meeting, talk)
		meeting.Members = []string{"A02"}
		put([3]int{0, 1, 0}, meeting)
		got, err := l.Activities(ctx, "2026-12-01", "2026-12-31")
		must(t, err)
		if len(got) != 2 || got[0].Kind != ledger.TalkKind || !slices.Equal(got[1].Members, []string{"A02"}) {
			t.Errorf("%+v", got)
		}
		if _, err := l.ImportActivities(ctx, []ledger.Activity{
			{Date: "2026-12-11", Kind: "参观", Title: "展览", Members: []string{"A01"}}, {Date: "2026-12-12", Kind: "参观", Title: "展览", Members: []string{"A09"}},
		}, "staff", noon); !errors.Is(err, ledger.ErrNoMember) {
			t.Errorf("somebody unknown: %v", err)
		}
		if got, err := l.Activities(ctx, "2026-12-11", "2026-12-31"); err != nil || len(got) != 0 {
			t.Errorf("half an import: %+v, %v", got, err)
		}
		talk.Members = nil
		put([3]int{0, 0, 1}, talk)
		put([3]int{0, 0, 0}, talk)
		table, err := l.Tally(ctx, "2026-12-01", "2026-12-31", noon)
		must(t, err)
		if len(table.Activities) != 0 {
			t.Errorf("a meeting to come counts already: %+v", table.Activities)
		}
		table, err = l.Tally(ctx, "2026-12-01", "2026-12-31", noon.AddDate(0, 1, 0))
		must(t, err)
		if n := table.Attended("A02")[ledger.MeetingKind]; n != 1 || len(table.Attended("A01")) != 0 {
			t.Errorf("attended: %d, %v", n, table.Attended("A01"))
		}
	})
}
