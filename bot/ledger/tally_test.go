package ledger_test

import (
	"slices"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// tallied is a ledger with everything that a count depends on: three rounds that
// have closed by the fifteenth, a void one, one that is open; a newcomer, one who
// has left, leave, answers and corrections.
func tallied(t *testing.T, w ledgertest.Where) *ledger.Ledger {
	t.Helper()
	l := w.Open(t)
	ctx := t.Context()
	list := append(roster(), ledger.Member{Number: "A03", Name: "赵六", Sector: "教育界", Committee: "社法委"})
	_, err := l.ImportMembers(ctx, list, december(1), "staff", noon)
	must(t, err)
	list = append(slices.Delete(list, 3, 4), ledger.Member{Number: "A04", Name: "钱七", Sector: "教育界"})
	_, err = l.ImportMembers(ctx, list, december(3), "staff", noon) // A03 leaves, A04 comes
	must(t, err)
	for _, day := range []int{2, 3, 4, 5, 9} {
		r := round(december(day))
		r.Opened = noon.AddDate(0, 0, day-1)
		r.Closes = r.Opened.AddDate(0, 0, 7)
		if day == 5 {
			r.Void = ledger.VoidReason
		}
		_, err := l.OpenRound(ctx, r)
		must(t, err)
	}
	for _, a := range []struct {
		day    int
		member string
	}{{2, "A01"}, {3, "A01"}, {4, "A01"}, {9, "A01"}, {3, "S01"}, {2, "A03"}, {4, "A02"}, {2, "A04"}} {
		at := noon.AddDate(0, 0, a.day-1).Add(time.Hour)
		_, err := l.Answer(ctx, ledger.Answer{Round: december(a.day), Member: a.member, Correct: a.day == 2, At: at})
		must(t, err)
	}
	must(t, l.Excuse(ctx, leave(t, "A02", "3-4"), noon))
	must(t, l.Excuse(ctx, leave(t, "A04", "3-3"), noon))
	for i, as := range []ledger.Participation{ledger.Absent, ledger.Excused} {
		must(t, l.Correct(ctx, ledger.Correction{Round: december(3), Member: "A01", Standing: as, Reason: "更正", Actor: "staff S01", At: noon.Add(time.Duration(i) * time.Hour)}))
	}
	_, err = l.ImportActivities(ctx, []ledger.Activity{
		{Date: december(11), Kind: "读书", Title: "读书会", Members: []string{"A01", "A02"}}, {Date: december(12), Kind: "参观", Title: "展览", Members: []string{"A01"}},
	}, "staff", noon)
	must(t, err)
	return l
}

// What is counted is what the rows say, for each by themselves and in sum.
func TestTally(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := tallied(t, w)
		now := noon.AddDate(0, 0, 10) // the eleventh: the round of the fourth closes at this moment
		table, err := l.Tally(t.Context(), december(1), december(31), now)
		must(t, err)
		var days []corpus.Date
		for _, r := range table.Rounds {
			days = append(days, r.Day)
		}
		if !slices.Equal(days, []corpus.Date{december(2), december(3), december(4)}) || table.Open != 1 || table.Void != 1 || table.From != december(1) || table.To != december(31) {
			t.Errorf("rounds %v, %d open, %d void", days, table.Open, table.Void)
		}
		took, excused, absent, none := ledger.Took, ledger.Excused, ledger.Absent, ledger.NotDue
		wants := map[string]ledger.Row{
			"A01": {Counts: ledger.Counts{Took: 2, Excused: 1}, Early: 1, Rounds: []ledger.Participation{took, excused, took}}, // the last correction holds
			"A02": {Counts: ledger.Counts{Took: 1, Excused: 1, Absent: 1}, Rounds: []ledger.Participation{absent, excused, took}},
			"A03": {Counts: ledger.Counts{Took: 1}, Rounds: []ledger.Participation{took, none, none}},                    // has left on the third
			"A04": {Counts: ledger.Counts{Excused: 1, Absent: 1}, Rounds: []ledger.Participation{none, excused, absent}}, // came on the third
		}
		if len(table.Rows) != len(wants) {
			t.Errorf("%d rows", len(table.Rows))
		}
		for _, row := range table.Rows {
			want := wants[row.Member.Number]
			if row.Counts != want.Counts || row.Early != want.Early || !slices.Equal(row.Rounds, want.Rounds) {
				t.Errorf("%s: %+v, want %+v", row.Member.Number, row, want)
			}
		}
		sum := ledger.Counts{Took: 4, Excused: 3, Absent: 2}
		if got := table.Total(); got != sum || got.Due() != 6 {
			t.Errorf("in sum %+v", got)
		}
		groups := []ledger.Group{
			{Counts: ledger.Counts{Took: 3, Excused: 2, Absent: 1}, Name: "教育界", People: 3},
			{Counts: ledger.Counts{Took: 1, Excused: 1, Absent: 1}, Name: "经济界", People: 1},
		}
		if got := table.Groups(func(m ledger.Member) string { return m.Sector }); !slices.Equal(got, groups) {
			t.Errorf("groups %+v", got)
		}
		if len(table.Corrections) != 1 || table.Corrections[0].Standing != ledger.Excused {
			t.Errorf("corrections %+v", table.Corrections)
		}
		if len(table.Activities) != 1 || table.Attended("A02")["读书"] != 1 || len(table.Attended("A04")) != 0 {
			t.Errorf("activities up to today: %+v", table.Activities)
		}
	})
}

// A round counts once it has closed; days that are not asked for are in no
// number.
func TestTallyBounds(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := tallied(t, w)
		closes := noon.AddDate(0, 0, 10)
		for _, tt := range []struct {
			from, to     int
			now          time.Time
			closed, open int
			sum          ledger.Counts
		}{
			{4, 4, closes.Add(-time.Millisecond), 0, 1, ledger.Counts{}},
			{4, 4, closes, 1, 0, ledger.Counts{Took: 2, Absent: 1}},
			{3, 4, closes, 2, 0, ledger.Counts{Took: 2, Excused: 3, Absent: 1}},
			{5, 8, closes, 0, 0, ledger.Counts{}},
			{2, 2, closes, 1, 0, ledger.Counts{Took: 2, Absent: 1}},
			{1, 1, closes, 0, 0, ledger.Counts{}},
			{9, 1, closes, 0, 0, ledger.Counts{}},
		} {
			table, err := l.Tally(t.Context(), december(tt.from), december(tt.to), tt.now)
			must(t, err)
			if len(table.Rounds) != tt.closed || table.Open != tt.open || table.Total() != tt.sum {
				t.Errorf("%d to %d at %v: %d closed, %d open, %+v", tt.from, tt.to, tt.now, len(table.Rounds), table.Open, table.Total())
			}
		}
	})
}
