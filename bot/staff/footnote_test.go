package staff_test

import (
	"fmt"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// A footnote says how a correction found things, whatever was corrected before.
func TestReportSaysFromWhat(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
		d := staff.New(&staff.Desk{Ledger: w.Open(t), Location: time.UTC, Now: func() time.Time { return now }})
		try := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		apply(t, d, rosterFile(1, 2, 3))
		for day := range 2 {
			_, err := d.Ledger.OpenRound(t.Context(), ledger.Round{Day: corpus.DateOf(now), Question: corpus.Question{ID: fmt.Sprint(day)}, Opened: now, Closes: now.AddDate(0, 0, ledger.RoundDays)})
			try(err)
			now = now.AddDate(0, 0, 1)
		}
		_, err := d.Ledger.Answer(t.Context(), ledger.Answer{Round: "2026-12-01", Member: "A01", At: now})
		try(err)
		_, err = d.Excuse(t.Context(), "test", "A02", "2026-12-01", "2026-12-01", "")
		try(err)
		apply(t, d, rosterFile(1, 2, 3, 4)) // A04 joins behind both rounds
		for i, c := range []struct {
			member   string
			day      corpus.Date
			standing ledger.Participation
		}{
			{"A01", "2026-12-01", ledger.Excused}, {"A02", "2026-12-01", ledger.Took}, {"A03", "2026-12-01", ledger.Excused}, {"A04", "2026-12-02", ledger.Took},
			{"A03", "2026-12-01", ledger.Took}, {"A01", "2026-12-02", ledger.Took},
		} {
			now = now.Add(time.Duration(i) * time.Second)
			_, err := d.Correct(t.Context(), "test", c.member, c.day, c.standing, "住院")
			try(err)
		}
		now = now.AddDate(0, 0, 30)
		r, err := d.Report(t.Context(), "2026-12-01", "2026-12-31")
		try(err)
		var got []string
		for i, c := range r.Corrections {
			got = append(got, fmt.Sprintf("%s %s %s→%s", c.Round[8:], c.Member, r.Before[i], c.Standing))
		}
		if want := "[01 A01 took→excused 01 A02 excused→took 01 A03 absent→took 02 A01 absent→took 02 A04 →took]"; fmt.Sprint(got) != want {
			t.Errorf("got  %v\nwant %s", got, want)
		}
	})
}
