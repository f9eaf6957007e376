package staff_test

import (
	"fmt"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// What was asked in vain is told of the days that are asked for.
func TestUnanswered(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		l, ctx := r.desk.Ledger, t.Context()
		for i, at := range []time.Time{r.now.AddDate(0, 0, -7).Add(-time.Millisecond), r.now.AddDate(0, 0, -7), r.now, r.now} {
			r.must(l.Ask(ctx, ledger.Asked{At: at, Outcome: ledger.AskedNone, Question: "食堂几点开饭"}))
			r.must(l.Rate(ctx, ledger.Rating{At: at, Question: "停车位怎么申请", Cite: "r#1", Useful: i > 1}))
		}
		u, err := r.desk.Unanswered(ctx, 7)
		r.must(err)
		var got string
		for _, c := range u.Clusters {
			got += fmt.Sprintf("%d %s %v; ", c.Count, c.Question, c.Useless)
		}
		if want := "3 食堂几点开饭 []; 1 停车位怎么申请 [r#1]; "; got != want || u.Useful != 2 || u.Useless != 1 {
			t.Errorf("%s, useful %d, useless %d", got, u.Useful, u.Useless)
		}
		if u, err = r.desk.Unanswered(ctx, 8); err != nil || u.Clusters[0].Count != 4 || u.Clusters[1].Count != 2 || u.Useless != 2 {
			t.Errorf("a day more: %+v, %v", u, err)
		}
	})
}

// Today is counted by the day it is where the desk stands.
func TestParticipation(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		_, err := r.desk.Ledger.ImportActivities(t.Context(), []ledger.Activity{
			{Date: "2026-12-01", Kind: "读书", Title: "今天", Members: []string{"A01"}}, {Date: "2026-12-02", Kind: "读书", Title: "明天", Members: []string{"A01"}},
		}, boss, r.now)
		r.must(err)
		table, err := r.desk.Participation(t.Context(), "2026-11-01", "2026-12-31")
		if err != nil || len(table.Activities) != 1 || table.Activities[0].Title != "今天" || len(table.Rows) != 3 {
			t.Errorf("%+v, %v", table, err)
		}
	})
}

// The newest deeds come first, no more than are asked for.
func TestHistory(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		for _, name := range []string{"story", "quiz"} {
			r.must(r.desk.Pause(t.Context(), boss, name))
		}
		list, err := r.desk.History(t.Context(), 2)
		r.must(err)
		if got := fmt.Sprint(list[0].Detail, list[1].Detail, len(list)); got != "quizstory2" {
			t.Errorf("%+v", list)
		}
	})
}
