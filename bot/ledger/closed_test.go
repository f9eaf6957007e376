package ledger_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// later is when the rounds of tallied have all closed.
var later = noon.AddDate(0, 1, 0)

func closeDecember(t *testing.T, l *ledger.Ledger) ledger.Closed {
	t.Helper()
	c, err := l.ClosePeriod(t.Context(), december(1), december(8), ledger.StaffActor("S01"), "王五", later)
	must(t, err)
	return c
}

// only is the one closed period.
func only(t *testing.T, l *ledger.Ledger) ledger.Closed {
	t.Helper()
	list, err := l.Closed(t.Context())
	must(t, err)
	if len(list) != 1 {
		t.Fatalf("%d closed periods", len(list))
	}
	return list[0]
}

// The figures of a closed period stay. What is recorded later is numbered behind
// them, in order, and keeps its number.
func TestClosed(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := tallied(t, w), t.Context()
		before, err := l.Tally(ctx, december(1), december(8), later)
		must(t, err)
		h, err := l.Head(ctx)
		must(t, err)
		c := closeDecember(t, l)
		if c.Name != "2026-1" || c.Head != h || c.Table.Total() != before.Total() {
			t.Errorf("%s at %+v: %+v, want %+v", c.Name, c.Head, c.Table.Total(), before.Total())
		}
		correct := func(day int, member string, as ledger.Participation) {
			must(t, l.Correct(ctx, ledger.Correction{Round: december(day), Member: member, Standing: as, Reason: "核对", Actor: "staff S01", At: later}))
		}
		correct(2, "A02", ledger.Excused)
		correct(2, "A02", ledger.Excused)                     // changes nothing more
		must(t, l.Excuse(ctx, leave(t, "A04", "4-4"), later)) // was absent
		correct(2, "A02", ledger.Absent)                      // as it was when it was closed
		correct(9, "A02", ledger.Took)                        // is not in the period
		_, err = l.ImportActivities(ctx, []ledger.Activity{{Date: december(5), Kind: "读书", Title: "补录", Members: []string{"A01"}}}, "staff", later)
		must(t, err)
		roster := roster()
		roster[0].Staff = true
		_, err = l.ImportMembers(ctx, roster, december(31), "staff S01", later) // A01 leaves the count, A04 the roster
		must(t, err)
		c = only(t, l)
		var got []string
		for _, k := range c.Changes {
			got = append(got, fmt.Sprintf("%d %s %s%s %s>%s %s", k.Number, k.Day, k.About, k.Member, k.Before, k.After, k.Deed.Action))
		}
		want := []string{
			"1 2026-12-02 A02 absent>excused correct",
			"2 2026-12-04 A04 absent>excused excuse",
			"3 2026-12-02 A02 excused>absent correct",
			"4 2026-12-05 读书 补录A01 >came activity import",
			"5 2026-12-02 A01 took> roster import", "6 2026-12-03 A01 excused> roster import", "7 2026-12-04 A01 took> roster import",
		}
		if !slices.Equal(got, want) {
			t.Errorf("changes\n%q, want\n%q", got, want)
		}
		if c.Table.Total() != before.Total() || c.By != "王五" || len(c.Table.Rows) != len(before.Rows) || len(c.Before) != 1 || c.Before[0] != ledger.Took {
			t.Errorf("as closed: %+v, want %+v; %+v", c.Table.Total(), before.Total(), c)
		}
		now, err := l.Tally(ctx, december(1), december(8), later)
		must(t, err)
		if c.Sum() != now.Total() {
			t.Errorf("after the changes %+v, the rows say %+v", c.Sum(), now.Total())
		}
		if _, err := l.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}

// A period with rounds that are open, or with days that are closed already, is not
// closed; another gets the next number.
func TestClosedRefused(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := tallied(t, w), t.Context()
		closing := func(from, to int, now time.Time) (ledger.Closed, error) {
			return l.ClosePeriod(ctx, december(from), december(to), "staff S01", "王五", now)
		}
		closes := noon.AddDate(0, 0, 10) // of the round of the fourth
		var open *ledger.OpenError
		if _, err := closing(1, 4, closes.Add(-time.Millisecond)); !errors.As(err, &open) || len(open.Rounds) != 1 || open.Rounds[0].Day != december(4) {
			t.Errorf("a round is open: %v", err)
		}
		for _, tt := range []struct {
			from, to int
			want     string
		}{{2, 4, "2026-1"}, {1, 2, ""}, {4, 6, ""}, {1, 8, ""}, {3, 3, ""}, {5, 6, "2026-2"}, {11, 11, "2026-3"}} { // of the eleventh there is an activity
			c, err := closing(tt.from, tt.to, closes)
			var overlap *ledger.OverlapError
			if tt.want == "" && !errors.As(err, &overlap) || tt.want != "" && (err != nil || c.Name != tt.want) {
				t.Errorf("%d to %d: %q, %v", tt.from, tt.to, c.Name, err)
			}
		}
		if _, err := closing(1, 1, closes); !errors.Is(err, ledger.ErrNothingToClose) {
			t.Errorf("a day without rounds and activities: %v", err)
		}
		if h := history(t, l); h[0].Action != "close period" {
			t.Errorf("the audit has %+v", h[0])
		}
	})
}

// An answer that was under way when the period was closed comes too late.
func TestClosedAnswer(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := tallied(t, w)
		closeDecember(t, l)
		late := ledger.Answer{Round: december(2), Member: "A02", At: noon.AddDate(0, 0, 2)} // it was open then
		if _, err := l.Answer(t.Context(), late); !errors.Is(err, ledger.ErrClosed) {
			t.Errorf("answered with %v", err)
		}
		late.Round, late.At = december(9), noon.AddDate(0, 0, 9)
		_, err := l.Answer(t.Context(), late)
		must(t, err)
		if _, err := l.Verify(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// Whatever is done by hand to what a closed period rests on is noticed, and what the
// program does is not taken for that.
func TestClosedForged(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := tallied(t, w), t.Context()
		closeDecember(t, l)
		for i := range 3 {
			must(t, l.Correct(ctx, ledger.Correction{Round: december(2), Member: "A02", Standing: []ledger.Participation{ledger.Took, ledger.Excused}[i%2], Reason: "核对", Actor: "staff S01", At: later}))
		}
		db := w.Raw(t)
		undone(t, l, db, map[string]string{
			"UPDATE answer SET choice = 2 WHERE round = '2026-12-02' AND member = 'A01'":    "UPDATE answer SET choice = 0 WHERE round = '2026-12-02' AND member = 'A01'",
			"UPDATE answer SET channel = 'x' WHERE round = '2026-12-02' AND member = 'A01'": "UPDATE answer SET channel = '' WHERE round = '2026-12-02' AND member = 'A01'",
			"INSERT INTO answer VALUES ('2026-12-02', 'A02', 1, 1, 5, '')":                  "DELETE FROM answer WHERE round = '2026-12-02' AND member = 'A02'",
			"UPDATE round SET answer = 2 WHERE id = '2026-12-03'":                           "UPDATE round SET answer = 1 WHERE id = '2026-12-03'",
			"UPDATE round SET void = 'x' WHERE id = '2026-12-03'":                           "UPDATE round SET void = '' WHERE id = '2026-12-03'",
			"UPDATE excuse SET to_day = '2026-12-09' WHERE member = 'A04'":                  "UPDATE excuse SET to_day = '2026-12-03' WHERE member = 'A04'",
			"UPDATE correction SET standing = 'took' WHERE member = 'A01'":                  "UPDATE correction SET standing = 'excused' WHERE member = 'A01' AND reason = '更正'",
			"UPDATE tenure SET joined = '2026-12-04' WHERE member = 'A02'":                  "UPDATE tenure SET joined = '2026-12-01' WHERE member = 'A02'",
			"UPDATE closed SET figures = replace(figures, 'ta', 'aa')":                      "UPDATE closed SET figures = replace(figures, 'aa', 'ta')",
			"UPDATE closed SET figures = 'x' || figures":                                    "UPDATE closed SET figures = substr(figures, 2)",
			"UPDATE closed SET actor = 'staff ' || actor":                                   "UPDATE closed SET actor = substr(actor, 7)",
			"UPDATE closed SET at = at + 1":                                                 "UPDATE closed SET at = at - 1",
			"UPDATE closed SET head = head - 1":                                             "UPDATE closed SET head = head + 1",
			"UPDATE closed SET hash = hash || 'x'":                                          "UPDATE closed SET hash = substr(hash, 1, 64)",
			"UPDATE closed SET to_day = '2026-12-09'":                                       "UPDATE closed SET to_day = '2026-12-08'",
			"UPDATE closed_change SET number = number + 5 WHERE number = 3":                 "UPDATE closed_change SET number = number - 5 WHERE number = 8",
			"UPDATE closed_change SET after = 'excused' WHERE number = 3":                   "UPDATE closed_change SET after = 'took' WHERE number = 3",
			"DELETE FROM closed_change WHERE number = 3":                                    "INSERT INTO closed_change VALUES ('2026-1', 3, '2026-12-02', '', 'A02', 'excused', 'took', (SELECT MAX(seq) - 1 FROM audit))",
		})
		for _, statement := range []string{"DELETE FROM closed_change", "DELETE FROM closed"} {
			_, err := db.ExecContext(ctx, statement)
			must(t, err)
			if _, err := l.Verify(ctx); !errors.Is(err, ledger.ErrTampered) {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}

// Whatever happens after a closing, the closed figures and the numbered changes lead to
// what the rows say.
func TestClosedGrows(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx, rng := w.Open(t), t.Context(), rand.New(rand.NewPCG(7, 8))
		grow(t, l, rng, 30)
		from, to := corpus.Date("2026-12-01"), corpus.Date("2026-12-20")
		_, err := l.ClosePeriod(ctx, from, to, "staff S01", "王五", noon.AddDate(0, 0, 28))
		must(t, err)
		first := only(t, l)
		grow(t, l, rng, 45) // from the first day again: all that is recorded now comes late
		c := only(t, l)
		table, err := l.Tally(ctx, from, to, c.At)
		must(t, err)
		if c.Sum() != table.Total() || c.Table.Total() != first.Table.Total() || len(c.Changes) == 0 {
			t.Errorf("%+v with %d changes, the rows say %+v", c.Sum(), len(c.Changes), table.Total())
		}
		for i, k := range c.Changes {
			if k.Number != i+1 || k.Before == k.After || k.Deed.Action == "" {
				t.Errorf("change %d: %+v", i, k)
			}
		}
		if _, err := l.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}

// What was closed comes back with a backup; one from before the closing does not know
// of it, and the audit tells that it was put back.
func TestClosedRestored(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	before, after := filepath.Join(t.TempDir(), "before.db"), filepath.Join(t.TempDir(), "after.db")
	ctx := t.Context()
	l := tallied(t, w)
	_, err := l.Backup(ctx, before)
	must(t, err)
	closeDecember(t, l)
	must(t, l.Correct(ctx, ledger.Correction{Round: december(2), Member: "A02", Standing: ledger.Took, Reason: "核对", Actor: "staff S01", At: later}))
	want := only(t, l)
	_, err = l.Backup(ctx, after)
	must(t, err)
	must(t, l.Close())
	for _, tt := range []struct {
		file   string
		closed int
	}{{after, 1}, {before, 0}} {
		_, _, err := ledger.Restore(ctx, tt.file, w.File, true, "terminal", later)
		must(t, err)
		within(t, w, func(l *ledger.Ledger) {
			list, err := l.Closed(ctx)
			must(t, err)
			if len(list) != tt.closed {
				t.Fatalf("%s: %d closed periods", tt.file, len(list))
			}
			if tt.closed == 1 && (list[0].Table.Total() != want.Table.Total() || !slices.Equal(list[0].Changes, want.Changes)) {
				t.Errorf("%+v, want %+v", list[0], want)
			}
			if _, err := l.Verify(ctx); err != nil {
				t.Error(err)
			}
		})
	}
}
