package ledger_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// What members read of themselves is their row of the table, whatever was
// answered, excused, taken back, corrected and attended by whom.
func TestFault14OwnIsTheRowOfTally(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := rand.New(rand.NewPCG(1, 2))
		l, members, days := randomYear(t, w, r)
		for _, span := range [][2]corpus.Date{{days[0], days[len(days)-1]}, {days[5], days[20]}, {"2026-01-01", "2026-12-31"}, {"2027-01-01", "2027-12-31"}} {
			now := noon.AddDate(0, 0, r.IntN(20))
			table, err := l.Tally(t.Context(), span[0], span[1], now)
			must(t, err)
			for _, m := range members {
				own, err := l.Own(t.Context(), m.Number, span[0], span[1], now)
				i := slices.IndexFunc(table.Rows, func(row ledger.Row) bool { return row.Member.Number == m.Number })
				if i < 0 {
					if !errors.Is(err, ledger.ErrNoMember) {
						t.Errorf("%s is in no row of %v and reads %+v, %v", m.Number, span, own, err)
					}
					continue
				}
				row := table.Rows[i]
				if err != nil || own.Counts != row.Counts || own.Early != row.Early || own.Open != table.Open || !maps.Equal(own.Attended, table.Attended(m.Number)) {
					t.Errorf("%s over %v: %+v, %v\nthe table: %+v, open %d, attended %v", m.Number, span, own, err, row, table.Open, table.Attended(m.Number))
				}
			}
		}
		if _, err := l.Own(t.Context(), "nobody", days[0], days[1], noon); !errors.Is(err, ledger.ErrNoMember) {
			t.Errorf("nobody: %v", err)
		}
	})
}

// randomYear fills a ledger with some weeks in which everything happens that
// counts, corrections by a clock that goes back among it.
func randomYear(t *testing.T, w ledgertest.Where, r *rand.Rand) (*ledger.Ledger, []ledger.Member, []corpus.Date) {
	t.Helper()
	l, ctx := w.Open(t), t.Context()
	var members []ledger.Member
	for i := range 8 {
		members = append(members, ledger.Member{Number: fmt.Sprintf("A%02d", i), Name: "委员", Staff: i == 0})
	}
	for i, day := range []corpus.Date{"2026-10-01", "2026-11-15", "2026-11-25"} { // some leave, and come back
		_, err := l.ImportMembers(ctx, members[:len(members)-i%2*3], day, "test", noon)
		must(t, err)
	}
	var days []corpus.Date
	for i := range 30 {
		day := noon.AddDate(0, 0, i-25)
		days = append(days, corpus.DateOf(day))
		rd := round(days[i])
		rd.Opened, rd.Closes = day, day.AddDate(0, 0, 7)
		rd.Void = map[bool]string{true: "停用"}[i%11 == 3]
		_, err := l.OpenRound(ctx, rd)
		must(t, err)
	}
	some := func() (member string, day corpus.Date) {
		return members[r.IntN(len(members))].Number, days[r.IntN(len(days))]
	}
	for range 150 {
		number, day := some()
		rd, err := l.Round(ctx, day)
		must(t, err)
		if _, err := l.Answer(ctx, ledger.Answer{Round: day, Member: number, At: rd.Opened.Add(time.Hour)}); err != nil && !errors.Is(err, ledger.ErrAnswered) && !errors.Is(err, ledger.ErrClosed) {
			t.Fatal(err)
		}
	}
	for i := range 40 {
		number, day := some()
		leave := ledger.Leave{Member: number, From: day, To: day.AddDays(r.IntN(9)), Actor: "test"}
		must(t, l.Excuse(ctx, leave, noon))
		if err := l.TakeBack(ctx, ledger.Leave{Member: number, From: day.AddDays(1), To: day.AddDays(2), Actor: "test"}, noon); err != nil && !errors.Is(err, ledger.ErrNoLeave) {
			t.Fatal(err)
		}
		standing := []ledger.Participation{ledger.Took, ledger.Excused, ledger.Absent, ledger.NotDue}[r.IntN(4)]
		number, day = some()
		for _, at := range []int{2 * i, 2*i - 100} {
			must(t, l.Correct(ctx, ledger.Correction{Round: day, Member: number, Standing: standing, Reason: "test", Actor: "test", At: noon.Add(time.Duration(at) * time.Second)}))
			standing = ledger.Took
		}
		number, day = some()
		_, err := l.ImportActivities(ctx, []ledger.Activity{{Date: day, Kind: ledger.ActivityKinds[i%3], Title: fmt.Sprint(i), Members: []string{number}}}, "test", noon)
		must(t, err)
	}
	return l, members, days
}

// One's own answers, and the rounds one has not answered, are told apart from
// everybody else's.
func TestOwnAnswers(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := imported(t, w), t.Context()
		for i, day := range []corpus.Date{"2026-11-29", "2026-11-30", "2026-12-01"} {
			r := round(day)
			r.Opened = noon.AddDate(0, 0, i-2)
			r.Closes = r.Opened.AddDate(0, 0, 7)
			_, err := l.OpenRound(ctx, r)
			must(t, err)
		}
		for _, a := range []ledger.Answer{{Round: "2026-11-30", Member: "A01", Choice: 2, At: noon}, {Round: "2026-12-01", Member: "A02", At: noon}} {
			_, err := l.Answer(ctx, a)
			must(t, err)
		}
		own, err := l.OwnAnswers(ctx, "A01", "2026-11-01", "2026-12-31")
		must(t, err)
		if len(own) != 1 || own[0].Round != "2026-11-30" || own[0].Choice != 2 || !own[0].At.Equal(noon) {
			t.Errorf("answers: %+v", own)
		}
		if own, err := l.OwnAnswers(ctx, "A01", "2026-12-01", "2026-12-31"); err != nil || len(own) != 0 {
			t.Errorf("of other days: %+v, %v", own, err)
		}
		for at, want := range map[time.Time]string{
			noon:                                  "2026-11-29 2026-12-01",
			noon.AddDate(0, 0, -1):                "2026-11-29",
			noon.AddDate(0, 0, 5).Add(-time.Hour): "2026-11-29 2026-12-01",
			noon.AddDate(0, 0, 5):                 "2026-12-01",
			noon.AddDate(0, 0, 7):                 "",
		} {
			rounds, err := l.Unanswered(ctx, "A01", at)
			must(t, err)
			got := ""
			for i, r := range rounds {
				if i > 0 {
					got += " "
				}
				got += string(r.Day)
			}
			if got != want {
				t.Errorf("at %v: %q, want %q", at, got, want)
			}
		}
	})
}
