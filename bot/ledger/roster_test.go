package ledger_test

import (
	"slices"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

func TestRoster(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		list := roster()[:2]
		list[0].Committee = "社法委"
		list = append(list, ledger.Member{Number: "A03", Name: "赵六"})
		done, err := l.ImportMembers(t.Context(), list, "2026-12-15", "staff", noon)
		if want := (ledger.RosterChange{Added: 1, Changed: 1, Left: 1}); err != nil || done != want {
			t.Errorf("%+v, %v", done, err)
		}
		got, err := l.Members(t.Context())
		must(t, err)
		list[0].Joined, list[1].Joined, list[2].Joined = "2026-12-01", "2026-12-01", "2026-12-15"
		gone := roster()[2]
		gone.Joined, gone.Left = "2026-12-01", "2026-12-15"
		if want := append(list, gone); !slices.Equal(got, want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
		// Half a roster is none.
		bad := append(slices.Clone(list), ledger.Member{Number: "A04", Name: "\x00"})
		if w.Address != "" { // PostgreSQL will not have a NUL
			if _, err := l.ImportMembers(t.Context(), bad, "2026-12-16", "staff", noon); err == nil {
				t.Error("a bad roster was imported")
			}
			if again, err := l.Members(t.Context()); err != nil || !slices.Equal(again, got) {
				t.Errorf("half imported: %+v, %v", again, err)
			}
		}
	})
}

// Who comes back was not there in between, and was there before: their old
// absences stay what they were.
func TestTenures(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		for _, id := range []corpus.Date{"2026-12-02", "2026-12-12", "2026-12-22"} {
			_, err := l.OpenRound(ctx, round(id))
			must(t, err)
		}
		without := slices.DeleteFunc(roster(), func(m ledger.Member) bool { return m.Number == "A01" })
		_, err := l.ImportMembers(ctx, without, "2026-12-10", "staff", noon)
		must(t, err)
		for range 2 { // the second time changes nothing
			_, err := l.ImportMembers(ctx, roster(), "2026-12-20", "staff", noon)
			must(t, err)
		}
		// An answer of somebody who was not there that day does not count.
		_, err = l.Answer(ctx, ledger.Answer{Round: "2026-12-12", Member: "A01", At: noon.Add(time.Minute)})
		must(t, err)
		table, err := l.Tally(ctx, "2026-12-01", "2026-12-31", noon.AddDate(0, 2, 0))
		must(t, err)
		want := []ledger.Participation{ledger.Absent, ledger.NotDue, ledger.Absent}
		if len(table.Rows) != 2 || !slices.Equal(table.Rows[0].Rounds, want) || table.Rows[0].Due() != 2 {
			t.Errorf("%+v", table.Rows)
		}
		if table, err = l.Tally(ctx, "2026-12-11", "2026-12-19", noon.AddDate(0, 2, 0)); err != nil || len(table.Rows) != 1 {
			t.Errorf("in between: %+v, %v", table.Rows, err)
		}
		tenures, err := l.Tenures(ctx)
		if err != nil || !slices.Equal(tenures["A01"], []ledger.Tenure{{Joined: "2026-12-01", Left: "2026-12-10"}, {Joined: "2026-12-20"}}) {
			t.Errorf("%+v, %v", tenures["A01"], err)
		}
	})
}
