package ledger_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

func voidOf(t *testing.T, l *ledger.Ledger, id corpus.Date) string {
	t.Helper()
	r, err := l.Round(t.Context(), id)
	must(t, err)
	return r.Void
}

// A question whose basis changes is suspended and its open round void; both are
// undone when the basis is as it was, or when staff approve the new one. Rounds
// that had closed stay what they were.
func TestReview(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		old := round("2026-11-20")
		old.Opened, old.Closes = noon.AddDate(0, 0, -11), noon.AddDate(0, 0, -4)
		for _, r := range []ledger.Round{old, round("2026-12-01")} {
			_, err := l.OpenRound(ctx, r)
			must(t, err)
		}
		basis := ledger.Basis{Question: "ti-an-01", Digest: "v1", Sound: true}
		look := func(b ledger.Basis, at time.Duration, suspended int, void string) {
			t.Helper()
			must(t, l.Review(ctx, []ledger.Basis{b, {Question: "other", Digest: "x", Sound: true}}, noon.Add(at)))
			list, err := l.Suspensions(ctx)
			must(t, err)
			if len(list) != suspended || voidOf(t, l, "2026-12-01") != void || voidOf(t, l, "2026-11-20") != "" {
				t.Errorf("%+v: %+v, void %q and %q", b, list, voidOf(t, l, "2026-12-01"), voidOf(t, l, "2026-11-20"))
			}
		}
		answer := func(member string, want error) {
			t.Helper()
			if _, err := l.Answer(ctx, ledger.Answer{Round: "2026-12-01", Member: member, At: noon.Add(time.Minute)}); !errors.Is(err, want) {
				t.Errorf("%s answers: %v, want %v", member, err, want)
			}
		}
		look(basis, 0, 0, "")
		look(basis, 1, 0, "")
		answer("A01", nil)
		changed := ledger.Basis{Question: "ti-an-01", Digest: "v2", Sound: true}
		look(changed, 2, 1, ledger.VoidReason)
		look(changed, 3, 1, ledger.VoidReason)
		answer("A02", ledger.ErrClosed)
		answer("A01", ledger.ErrAnswered)
		look(basis, 4, 0, "")
		answer("A02", nil)
		look(changed, 5, 1, ledger.VoidReason)
		must(t, l.Approve(ctx, changed, true, "staff S01", noon.Add(6)))
		look(changed, 7, 0, "")
		look(basis, 8, 1, ledger.VoidReason) // what was approved is now the other
		must(t, l.Approve(ctx, basis, false, "staff S01", noon.Add(9)))
		look(basis, 10, 0, ledger.VoidReason) // the question itself was changed: its round stays void

		must(t, l.Review(ctx, []ledger.Basis{{Question: "stale", Digest: "y"}}, noon))
		if list, err := l.Suspensions(ctx); err != nil || len(list) != 1 || list[0].Question != "stale" || !list[0].Since.Equal(noon) {
			t.Errorf("a question on a repealed article: %+v, %v", list, err)
		}
		if n, err := l.Verify(ctx); err != nil || n < 8 {
			t.Errorf("audit: %d, %v", n, err)
		}
	})
}

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
		if answers, err := l.Answers(ctx, "2026-12-01", "2026-12-01"); err != nil || len(answers) != 1 {
			t.Errorf("the raw answers: %+v, %v", answers, err)
		}
	})
}

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

// What somebody asked and thought can be counted and deleted, and only theirs.
func TestForget(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		for i, asker := range []string{"me", "me-before", "you"} {
			at := noon.Add(time.Duration(i) * time.Second)
			must(t, l.Ask(ctx, ledger.Asked{At: at, Outcome: ledger.AskedNone, Question: "问 " + asker, Asker: asker}))
			must(t, l.Rate(ctx, ledger.Rating{At: at, Question: "评 " + asker, Cite: "ti-an#5", Useful: i == 1, Asker: asker}))
		}
		must(t, l.NewCodes(ctx, map[string]string{"A01": "CODE"}, noon.Add(time.Hour), "staff", noon))
		_, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}, "CODE", noon)
		must(t, err)
		h, err := l.Holdings(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}, "A01", []string{"me", "me-before"})
		if err != nil || h.Asked != 4 || !h.Bound.Equal(noon) || h.Answers+h.Excuses+h.Corrections+h.Activities != 0 {
			t.Errorf("%+v, %v", h, err)
		}
		asked, err := l.Asked(ctx, noon, noon.Add(time.Minute))
		must(t, err)
		outcomes := map[string]int{}
		for _, q := range asked {
			outcomes[q.Outcome+q.Cite]++
		}
		if len(asked) != 5 || outcomes[ledger.AskedNone] != 3 || outcomes[ledger.AskedUseless+"ti-an#5"] != 2 {
			t.Errorf("%+v", asked)
		}
		if useful, useless, err := l.Rated(ctx, noon, noon.Add(time.Minute)); err != nil || useful != 1 || useless != 2 {
			t.Errorf("%d useful, %d not, %v", useful, useless, err)
		}
		if n, err := l.Forget(ctx, []string{"me", "me-before"}, "member A01", noon); err != nil || n != 4 {
			t.Errorf("%d forgotten, %v", n, err)
		}
		if asked, err = l.Asked(ctx, noon, noon.Add(time.Minute)); err != nil || len(asked) != 2 || asked[0].Asker != "you" {
			t.Errorf("left: %+v, %v", asked, err)
		}
		must(t, l.Rate(ctx, ledger.Rating{At: noon.Add(ledger.AskedLife + time.Hour), Useful: true}))
		if useful, useless, err := l.Rated(ctx, noon, noon.Add(2*ledger.AskedLife)); err != nil || useful != 1 || useless != 0 {
			t.Errorf("after their time: %d, %d, %v", useful, useless, err)
		}
		var day corpus.Date = "2026-12-01"
		if got, err := l.Activities(ctx, day, day); err != nil || got != nil {
			t.Errorf("%v, %v", got, err)
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
