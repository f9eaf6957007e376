package day_test

import (
	"context"
	"maps"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// small is a library of one rule with three articles, and questions about the
// first two, which passes for another by its digest.
func small(t *testing.T, digest string) *corpus.Corpus {
	t.Helper()
	questions := ""
	for id, cites := range map[string]string{"one": `"r#1"`, "two": `"r#2"`, "both": `"r#1", "r#2"`} {
		questions += "[[question]]\nid = \"" + id + "\"\ntext = \"" + id + "几天？\"\noptions = [\"三天\", \"五天\", \"七天\"]\nanswer = \"B\"\nexplanation = \"见条文\"\ncites = [" + cites + "]\n"
	}
	c, err := corpus.Read(fstest.MapFS{
		"rules/r.md":       {Data: []byte("+++\nid = \"r\"\ntitle = \"请假办法\"\nstatus = \"in-force\"\neffective = 2026-02-01\n+++\n第一条 三天以内的报科室。\n\n第二条 五天以内的报分管领导。\n\n第三条 本办法自印发之日起施行。\n")},
		"questions/r.toml": {Data: []byte(questions)},
	})
	must(t, err)
	c.Digest = digest
	return c
}

// question is one of the small library's questions.
func question(c *corpus.Corpus, id string) *corpus.Question {
	return c.Questions[slices.IndexFunc(c.Questions, func(q *corpus.Question) bool { return q.ID == id })]
}

// A question is suspended when what it rests on is not what it was; what nobody
// cites, and the question itself, do not matter.
func TestReviewer(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		ctx := t.Context()
		l := w.Open(t)
		r := &day.Reviewer{Ledger: l, Now: func() time.Time { return noon }}
		are := func(r *day.Reviewer, c *corpus.Corpus, want ...string) {
			t.Helper()
			got, err := r.Suspended(ctx, c)
			if err != nil || !slices.Equal(slices.Sorted(maps.Keys(got)), want) {
				t.Errorf("suspended %v, %v, want %q", got, err, want)
			}
		}
		are(r, small(t, "first"))
		c := small(t, "first")
		c.Rules[0].Articles[0].Text += "改了。"
		are(r, c) // by its digest this is the library that was looked at
		c.Digest = "second"
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := r.Suspended(gone, c); err == nil {
			t.Error("reviewed without a ledger")
		}
		are(r, c, "both", "one") // a look that failed is no look
		are(r, small(t, "third"))
		c = small(t, "fourth")
		c.Rules[0].Articles[2].Text += "改了。"
		question(c, "one").Text, question(c, "two").Explanation = "另一种问法？", "另一种说法"
		are(r, c)
		for digest, change := range map[string]func(c *corpus.Corpus){
			"deleted": func(c *corpus.Corpus) { c.Rules[0].Articles[1].Deleted = true },
			"gone": func(c *corpus.Corpus) {
				question(c, "two").Cites[0].Number.Main, question(c, "both").Cites[1].Number.Main = 9, 9
			},
			"repealed": func(c *corpus.Corpus) { c.Rules[0].Repealed = true },
		} {
			want := []string{"both", "two"}
			if digest == "repealed" {
				want = []string{"both", "one", "two"}
			}
			c := small(t, digest)
			change(c)
			if digest != "deleted" { // its words are still there: it is only wrong to begin with
				are(r, c, want...)
			}
			fresh := &day.Reviewer{Ledger: ledgertest.SQLite(t).Open(t), Now: func() time.Time { return noon }}
			are(fresh, c, want...) // nobody has ever found it right
		}
	})
}

// suspended has three rounds of a question, the first of which closes at this
// moment, and suspends it an hour before because its article was changed.
func suspended(t *testing.T, l *ledger.Ledger, change func(q *corpus.Question)) (*day.Reviewer, *corpus.Corpus) {
	t.Helper()
	now := noon.Add(-time.Hour)
	r := &day.Reviewer{Ledger: l, Now: func() time.Time { return now }}
	must(t, r.Look(t.Context(), small(t, "as it was")))
	for _, opened := range []int{-7, -6, 0} {
		at := noon.AddDate(0, 0, opened)
		_, err := l.OpenRound(t.Context(), ledger.Round{Day: corpus.DateOf(at), Question: *question(small(t, ""), "one"), Opened: at, Closes: at.AddDate(0, 0, ledger.RoundDays)})
		must(t, err)
	}
	c := small(t, "changed")
	c.Rules[0].Articles[0].Text += "改了。"
	c.Rules[0].Articles[2].Text += "改了。"
	change(question(c, "one"))
	must(t, r.Look(t.Context(), c))
	now = noon
	return r, c
}

// An approval lets the rounds count again that are open, unless the question is
// no longer the one that was asked.
func TestReviewerApprove(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(q *corpus.Question)
		void   bool
	}{
		"as it was":              {func(*corpus.Question) {}, false},
		"explained differently":  {func(q *corpus.Question) { q.Explanation = "另一种说法" }, false},
		"asked differently":      {func(q *corpus.Question) { q.Text = "最多几天？" }, true},
		"with another answer":    {func(q *corpus.Question) { q.Answer = 0 }, true},
		"with another option":    {func(q *corpus.Question) { q.Options = []string{"三天", "五天", "九天"} }, true},
		"with one option more":   {func(q *corpus.Question) { q.Options = append(q.Options, "九天") }, true},
		"citing another article": {func(q *corpus.Question) { q.Cites[0].Number.Main = 3 }, false},
	} {
		t.Run(name, func(t *testing.T) {
			ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
				l := w.Open(t)
				r, c := suspended(t, l, tt.change)
				must(t, r.Approve(t.Context(), c, question(c, "one"), ledger.StaffActor("S01")))
				if got, err := r.Suspended(t.Context(), c); err != nil || got["one"] || !got["both"] {
					t.Errorf("suspended %v, %v", got, err)
				}
				for on, open := range map[corpus.Date]bool{"2026-11-24": false, "2026-11-25": true, "2026-12-01": true} {
					round, err := l.Round(t.Context(), on)
					must(t, err)
					if void := round.Void != ""; void != (tt.void || !open) {
						t.Errorf("the round of %s: void %q", on, round.Void)
					}
				}
				if h, err := l.History(t.Context(), 1); err != nil || h[0].Action != "approve question" || h[0].Actor != "staff S01" || h[0].Detail != "one" {
					t.Errorf("audit: %+v, %v", h, err)
				}
			})
		})
	}
}
