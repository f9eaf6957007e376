package ledger_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// Questions in vain are kept as long as was said, and no longer.
func TestAsked(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		ctx := t.Context()
		for i := range 10 {
			must(t, l.Ask(ctx, ledger.Asked{At: noon.Add(time.Duration(i) * ledger.AskedLife / 5), Channel: "wechat", Outcome: ledger.AskedNone, Question: fmt.Sprint(i)}))
		}
		got, err := l.Asked(ctx, noon, noon.AddDate(1, 0, 0))
		must(t, err)
		if len(got) != 6 || got[0].Question != "4" || !got[5].At.Equal(noon.Add(9*ledger.AskedLife/5)) {
			t.Errorf("kept %+v", got)
		}
		if got, err := l.Asked(ctx, noon, noon.Add(ledger.AskedLife)); err != nil || len(got) != 1 {
			t.Errorf("some days: %+v, %v", got, err)
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

// What is read of some time begins with its first moment and ends before its
// last; what is older than its life goes with the next that comes.
func TestAskedBounds(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		ctx := t.Context()
		end := noon.Add(time.Hour)
		for name, at := range map[string]time.Time{"before": noon.Add(-time.Millisecond), "first": noon, "last": end.Add(-time.Millisecond), "after": end} {
			must(t, l.Ask(ctx, ledger.Asked{At: at, Channel: "wechat", Outcome: ledger.AskedChoices, Question: name, Asker: "me"}))
			must(t, l.Rate(ctx, ledger.Rating{At: at, Channel: "wechat", Question: name, Cite: "ti-an#5", Useful: name == "first", Asker: "me"}))
		}
		got, err := l.Asked(ctx, noon, end)
		must(t, err)
		var said []string
		for _, q := range got {
			said = append(said, q.Question+" "+q.Outcome+" "+q.Cite+" "+q.Channel+" "+q.Asker)
		}
		slices.Sort(said)
		if want := []string{"first choices  wechat me", "last choices  wechat me", "last useless ti-an#5 wechat me"}; !slices.Equal(said, want) {
			t.Errorf("got %q", said)
		}
		if useful, useless, err := l.Rated(ctx, noon, end); err != nil || useful != 1 || useless != 1 {
			t.Errorf("%d useful, %d not, %v", useful, useless, err)
		}
		must(t, l.Ask(ctx, ledger.Asked{At: noon.Add(ledger.AskedLife), Question: "half a year later"})) // "first" is just not too old
		left, err := l.Asked(ctx, noon.AddDate(0, 0, -1), end.AddDate(0, 0, 1))
		must(t, err)
		questions := map[string]int{}
		for _, q := range left {
			questions[q.Question]++
		}
		if len(left) != 5 || questions["before"] != 0 || questions["first"] != 1 {
			t.Errorf("left: %v", questions)
		}
		if n, err := l.Forget(ctx, []string{"me"}, "member A01", end); err != nil || n != 6 {
			t.Errorf("%d forgotten, %v", n, err)
		}
		deeds := history(t, l)
		if n, err := l.Forget(ctx, []string{"me", "nobody"}, "member A01", end); err != nil || n != 0 || len(history(t, l)) != len(deeds) {
			t.Errorf("%d forgotten again, %v", n, err)
		}
		if deeds[0].Action != "forget questions" || deeds[0].Detail != "6" || deeds[0].Actor != "member A01" {
			t.Errorf("%+v", deeds[0])
		}
	})
}
