package ledger_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// held opens a round on each of some days, counted from the first of December, with an
// answer of A01.
func held(t *testing.T, l *ledger.Ledger, from, to int) {
	t.Helper()
	for n := from; n < to; n++ {
		r := round(corpus.DateOf(noon.AddDate(0, 0, n)))
		r.Opened = noon.AddDate(0, 0, n)
		r.Closes = r.Opened.AddDate(0, 0, 7)
		_, err := l.OpenRound(t.Context(), r)
		must(t, err)
		_, err = l.Answer(t.Context(), ledger.Answer{Round: r.Day, Member: "A01", Choice: n % 3, At: r.Opened.Add(time.Hour), Channel: "wechat"})
		must(t, err)
	}
}

// seals are the rows of the audit that seal, the newest first.
func seals(t *testing.T, l *ledger.Ledger) (list []ledger.Deed) {
	t.Helper()
	for _, d := range history(t, l) {
		if d.Action == "seal" {
			list = append(list, d)
		}
	}
	return list
}

// About once a week those rounds are sealed that have closed the day before or
// earlier. An answer that comes still later is not taken.
func TestSeal(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := imported(t, w), t.Context()
		held(t, l, 0, 14)
		if got := seals(t, l); len(got) != 0 {
			t.Fatalf("sealed within a week: %+v", got)
		}
		held(t, l, 14, 15) // the round of the first has closed a week ago: all that closed up to the day before
		got := seals(t, l)
		if len(got) != 1 || got[0].Actor != ledger.ClockActor || got[0].Detail[:6] != "7 0 0 " {
			t.Fatalf("sealed %+v", got)
		}
		held(t, l, 15, 30)
		if got = seals(t, l); len(got) != 3 {
			t.Errorf("sealed %d times in a month", len(got))
		}
		late := ledger.Answer{Round: "2026-12-07", Member: "A02", At: noon.AddDate(0, 0, 8)} // it was open then
		if _, err := l.Answer(ctx, late); !errors.Is(err, ledger.ErrClosed) {
			t.Errorf("an answer to a sealed round: %v", err)
		}
		if _, err := l.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}

// What is changed by hand in what is sealed is noticed.
func TestSealForged(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := imported(t, w), t.Context()
		must(t, l.Excuse(ctx, leave(t, "A02", "3-4"), noon))
		held(t, l, 0, 10)
		must(t, l.Correct(ctx, ledger.Correction{Round: "2026-12-02", Member: "A02", Standing: ledger.Took, Reason: "漏记", Actor: "staff S01", At: noon}))
		held(t, l, 10, 23)
		if got := seals(t, l); len(got) != 2 {
			t.Fatalf("%+v", got)
		}
		must(t, l.Excuse(ctx, leave(t, "A02", "21-21"), noon))
		must(t, l.Correct(ctx, ledger.Correction{Round: "2026-12-03", Member: "A02", Standing: ledger.Took, Reason: "核对", Actor: "staff S01", At: noon}))
		db := w.Raw(t)
		undone(t, l, db, map[string]string{
			"UPDATE answer SET choice = 2 WHERE round = '2026-12-01'":                         "UPDATE answer SET choice = 0 WHERE round = '2026-12-01'",
			"UPDATE answer SET at = at + 1 WHERE round = '2026-12-12'":                        "UPDATE answer SET at = at - 1 WHERE round = '2026-12-12'",
			"UPDATE answer SET member = 'A02' WHERE round = '2026-12-03'":                     "UPDATE answer SET member = 'A01' WHERE round = '2026-12-03'",
			"INSERT INTO answer VALUES ('2026-12-02', 'A02', 1, 1, 5, '')":                    "DELETE FROM answer WHERE member = 'A02'",
			"UPDATE round SET closes = closes + 1 WHERE id = '2026-12-05'":                    "UPDATE round SET closes = closes - 1 WHERE id = '2026-12-05'",
			"UPDATE round SET text = text || '?' WHERE id = '2026-12-05'":                     "UPDATE round SET text = '提案什么时候截止？' WHERE id = '2026-12-05'",
			"UPDATE round SET void = 'x' WHERE id = '2026-12-05'":                             "UPDATE round SET void = '' WHERE id = '2026-12-05'",
			"INSERT INTO excuse VALUES ('A02', '2026-12-05', '2026-12-06', '', '', 0, 0, -1)": "DELETE FROM excuse WHERE seq = -1",
			"INSERT INTO correction VALUES (0, '2026-12-05', 'A02', 'took', '', '', 0)":       "DELETE FROM correction WHERE seq = 0",
			"UPDATE excuse SET to_day = '2026-12-09' WHERE seq = 1":                           "UPDATE excuse SET to_day = '2026-12-04' WHERE seq = 1",
			"UPDATE excuse SET seq = 7 WHERE seq = 1":                                         "UPDATE excuse SET seq = 1 WHERE seq = 7",
			"UPDATE correction SET reason = 'x' WHERE seq = 1":                                "UPDATE correction SET reason = '漏记' WHERE seq = 1",
			"UPDATE correction SET standing = 'absent' WHERE seq = 1":                         "UPDATE correction SET standing = 'took' WHERE seq = 1",
			// What comes after the last seal:
			"INSERT INTO excuse VALUES ('A02', '2026-12-21', '2026-12-22', '', 'staff S01', 5, 0, 9)": "DELETE FROM excuse WHERE seq = 9",
			"INSERT INTO correction VALUES (9, '2026-12-03', 'A02', 'took', 'x', 'staff S01', 5)":     "DELETE FROM correction WHERE seq = 9",
			"UPDATE excuse SET to_day = '2026-12-30' WHERE seq = 2":                                   "UPDATE excuse SET to_day = '2026-12-21' WHERE seq = 2",
			"UPDATE excuse SET back = 1 WHERE seq = 2":                                                "UPDATE excuse SET back = 0 WHERE seq = 2",
			"UPDATE correction SET seq = 5, reason = 'y' WHERE seq = 2":                               "UPDATE correction SET seq = 2, reason = '核对' WHERE reason = 'y'",
			"UPDATE correction SET actor = 'staff S02' WHERE seq = 2":                                 "UPDATE correction SET actor = 'staff S01' WHERE seq = 2",
			"UPDATE sealed SET audit = audit + 1 WHERE round = '2026-12-01'":                          "UPDATE sealed SET audit = audit - 1 WHERE round = '2026-12-01'",
		})
		// What the program changes is told.
		must(t, l.Excuse(ctx, leave(t, "A01", "30-31"), noon))
		must(t, l.TakeBack(ctx, leave(t, "A01", "31-31"), noon))
		must(t, l.Correct(ctx, ledger.Correction{Round: "2026-12-02", Member: "A02", Standing: ledger.Absent, Reason: "核对", Actor: "staff S01", At: later}))
		if _, err := l.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}

// LIANWEN_TEST_YEARS says of how many years of 300 members it is measured how long it
// takes to verify them.
func TestVerifyYears(t *testing.T) {
	years, err := strconv.Atoi(os.Getenv("LIANWEN_TEST_YEARS"))
	if err != nil {
		t.Skip("LIANWEN_TEST_YEARS is not set")
	}
	w, ctx := ledgertest.Where{File: filepath.Join(t.TempDir(), "ledger.db")}, t.Context()
	l := w.Open(t)
	var list []ledger.Member
	for i := range 300 {
		list = append(list, ledger.Member{Number: fmt.Sprintf("A%03d", i), Name: "委员", Sector: fmt.Sprint("界", i%20), Committee: fmt.Sprint("委", i%8)})
	}
	_, err = l.ImportMembers(ctx, list, "2026-12-01", "staff", noon)
	must(t, err)
	db := w.Raw(t)
	for n := range 250 * years {
		r := round(corpus.DateOf(noon.AddDate(0, 0, n)))
		r.Opened = noon.AddDate(0, 0, n)
		r.Closes = r.Opened.AddDate(0, 0, 7)
		_, err := l.OpenRound(ctx, r)
		must(t, err)
		_, err = db.ExecContext(ctx, `INSERT INTO answer SELECT $1, number, 1, 1, $2, 'wechat' FROM member`, string(r.Day), r.Opened.UnixMilli())
		must(t, err)
	}
	for n := range years {
		from := corpus.DateOf(noon.AddDate(0, 0, 250*n))
		_, err := l.ClosePeriod(ctx, from, from.AddDays(249), "staff", "王五", noon.AddDate(0, 0, 250*years+8))
		must(t, err)
	}
	begun := time.Now()
	rows, err := l.Verify(ctx)
	t.Logf("%d years, %d rows of the audit: verified in %v, %v", years, rows, time.Since(begun), err)
	begun = time.Now()
	must(t, l.Correct(ctx, ledger.Correction{Round: "2026-12-02", Member: "A002", Standing: ledger.Absent, Reason: "核对", Actor: "staff S01", At: later}))
	t.Logf("corrected in %v", time.Since(begun))
}

// undone makes changes of the database by hand, each taken back by the statement
// beside it: none may pass, and none may leave anything behind.
func undone(t *testing.T, l *ledger.Ledger, db *sql.DB, list map[string]string) {
	t.Helper()
	for forged, back := range list {
		_, err := db.ExecContext(t.Context(), forged)
		must(t, err)
		if _, err := l.Verify(t.Context()); !errors.Is(err, ledger.ErrTampered) {
			t.Errorf("%s: %v", forged, err)
		}
		_, err = db.ExecContext(t.Context(), back)
		must(t, err)
		if _, err := l.Verify(t.Context()); err != nil {
			t.Fatalf("%s: %v", back, err)
		}
	}
}
