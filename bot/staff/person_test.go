package staff_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// round opens a round and has some answer it.
func (r *room) round(day corpus.Date, who ...string) {
	r.t.Helper()
	at, err := time.ParseInLocation(time.DateOnly, string(day), r.desk.Location)
	r.must(err)
	round, err := r.desk.Ledger.OpenRound(r.t.Context(), ledger.Round{Day: day, Question: *r.corpus.Questions[0], Opened: at, Closes: at.AddDate(0, 0, 7)})
	r.must(err)
	for _, number := range who {
		_, err := r.desk.Ledger.Answer(r.t.Context(), ledger.Answer{Round: day, Member: number, At: round.Opened})
		r.must(err)
	}
}

// One member by months, with leave, corrections and activities of their own and of
// nobody else.
func TestPersonRecord(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		r.round("2026-11-10", "A01", "A02")
		r.round("2026-11-11", "A02")
		r.round("2026-12-01", "A01")
		for _, number := range []string{"A01", "A02"} {
			_, err := r.desk.Correct(t.Context(), boss, number, "2026-11-11", ledger.Excused, "故障")
			r.must(err)
			_, err = r.desk.Excuse(t.Context(), boss, number, "2026-12-03", "2026-12-05", "出差")
			r.must(err)
		}
		_, err := r.desk.ApplyActivities(t.Context(), boss, r.draftActivities(activities))
		r.must(err)
		got, err := r.desk.PersonRecord(t.Context(), "a01")
		r.must(err)
		if !got.Counted || got.Name != "张三" || got.Year.Counts != (ledger.Counts{Took: 1, Excused: 1}) || got.Year.Open != 1 || got.Year.Early != 1 {
			t.Errorf("%+v", got)
		}
		var months []string
		for _, m := range got.Months {
			months = append(months, fmt.Sprint(m.Month, m.Counts, m.Attended))
		}
		if want := []string{"2026-11-01{1 1 0} map[会议:1]", "2026-12-01{0 0 0} map[]"}; !slices.Equal(months, want) {
			t.Errorf("%q", months)
		}
		if len(got.Leaves) != 1 || len(got.Recorded) != 1 || got.Leaves[0].From != "2026-12-03" || len(got.Corrections) != 1 || got.Corrections[0].Round != "2026-11-11" || len(got.Activities) != 2 {
			t.Errorf("%+v", got)
		}
		if len(got.Tenures) != 1 || got.Tenures[0].Joined != "2026-11-01" {
			t.Errorf("%+v", got.Tenures)
		}
		if staff, err := r.desk.PersonRecord(t.Context(), "S01"); err != nil || staff.Counted || len(staff.Months) != 0 || len(staff.Activities) != 1 {
			t.Errorf("%+v, %v", staff, err)
		}
		if left, err := r.desk.PersonRecord(t.Context(), "A03"); err != nil || left.Left != "2026-11-20" || left.Year.Absent != 2 {
			t.Errorf("%+v, %v", left, err)
		}
		_, err = r.desk.PersonRecord(t.Context(), "A99")
		r.refused("nobody", err, bot.NotFound, "没有编号 A99")
	})
}

// Of leave that covers a day the last holds, and what is taken back leaves a gap.
func TestLeaveSpans(t *testing.T) {
	t.Parallel()
	leave := func(from, to corpus.Date, reason string) ledger.Leave {
		return ledger.Leave{Member: "A01", From: from, To: to, Reason: reason, Back: reason == ""}
	}
	for _, tt := range []struct {
		recorded []ledger.Leave
		want     string
	}{
		{nil, ""},
		{[]ledger.Leave{leave("2026-12-03", "2026-12-10", "出差")}, "2026-12-03–2026-12-10出差"},
		{[]ledger.Leave{leave("2026-12-03", "2026-12-10", "出差"), leave("2026-12-05", "2026-12-06", "")}, "2026-12-03–2026-12-04出差 2026-12-07–2026-12-10出差"},
		{[]ledger.Leave{leave("2026-12-03", "2026-12-10", "出差"), leave("2026-12-01", "2026-12-31", "")}, ""},
		{[]ledger.Leave{leave("2026-12-03", "2026-12-04", "出差"), leave("2026-12-04", "2026-12-05", "住院")}, "2026-12-03–2026-12-03出差 2026-12-04–2026-12-05住院"},
		{[]ledger.Leave{leave("2026-12-04", "2026-12-05", "住院"), leave("2026-12-04", "2026-12-05", ""), leave("2026-12-05", "2026-12-05", "出差")}, "2026-12-05–2026-12-05出差"},
		{[]ledger.Leave{leave("2026-12-31", "2027-01-01", "出差"), leave("2027-01-03", "2027-01-03", "住院")}, "2026-12-31–2027-01-01出差 2027-01-03–2027-01-03住院"},
	} {
		var got []string
		for _, l := range staff.LeaveSpans(tt.recorded) {
			got = append(got, fmt.Sprintf("%s–%s%s", l.From, l.To, l.Reason))
			if l.Member != "A01" {
				t.Errorf("%+v", l)
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%+v: %q, want %s", tt.recorded, got, tt.want)
		}
	}
}
