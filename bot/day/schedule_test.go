package day_test

import (
	"slices"
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// The schedule is the plan with what the records say: what is suspended is not
// asked, a meeting has its card, however long before it goes out.
func TestSchedule(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		c := sample(t)
		quiz := day.PushSpec{Name: "quiz", Content: day.QuestionContent, Targets: []string{"group:甲"}}
		card := day.PushSpec{Name: "card", Content: day.CardContent, LeadDays: day.MostLeadDays, Targets: []string{"group:甲"}}
		s := &day.Schedule{
			Location: time.UTC, Calendar: calendar(t, ""), Specs: []day.PushSpec{quiz, card}, Library: day.Fixed(c),
			Ledger: l, Reviewer: &day.Reviewer{Ledger: l, Now: func() time.Time { return noon }},
		}
		plan := func(from, to corpus.Date) (ids []string) {
			t.Helper()
			list, err := s.Plan(ctx, from, to)
			must(t, err)
			for _, p := range list {
				ids = append(ids, p.Name+" "+p.ContentID)
			}
			return ids
		}
		before := plan("2026-12-01", "2026-12-02")
		if len(before) != 2 {
			t.Fatalf("%q", before)
		}
		must(t, l.Review(ctx, []ledger.Basis{{Question: before[0][len("quiz "):], Digest: "changed", Sound: true}}, noon))
		_, err := l.ImportActivities(ctx, []ledger.Activity{
			{Date: "2027-01-31", Kind: ledger.MeetingKind, Title: "全体会议", Members: []string{"A01"}}, // 60 days after 2 December
			{Date: "2027-02-01", Kind: ledger.MeetingKind, Title: "座谈会", Members: []string{"A01"}},
		}, "staff", noon)
		must(t, err)
		if year := plan("2026-01-01", "2026-11-30"); len(year) != 334 || slices.Contains(year, before[0]) || !slices.Contains(year, before[1]) {
			t.Errorf("%d questions in eleven months, the suspended one among them: %v", len(year), slices.Contains(year, before[0]))
		}
		if got := plan("2026-12-02", "2026-12-02"); !slices.Contains(got, "card 2027-01-31") || len(got) != 2 {
			t.Errorf("%q", got)
		}
		if got := plan("2026-12-03", "2026-12-03"); !slices.Contains(got, "card 2027-02-01") {
			t.Errorf("%q", got)
		}
		s.Ledger, s.Reviewer = nil, nil // as to show a plan on a machine without records
		if got := plan("2026-12-01", "2026-12-02"); !slices.Equal(got, before) {
			t.Errorf("without records %q, want %q", got, before)
		}
		s.Ledger, s.Reviewer = l, &day.Reviewer{Ledger: l, Now: time.Now}
		must(t, l.Close())
		if list, err := s.Plan(ctx, "2026-12-01", "2026-12-02"); err == nil {
			t.Errorf("with records that cannot be read: %v", list)
		}
	})
}

func TestSpecs(t *testing.T) {
	t.Parallel()
	s := &day.Schedule{Specs: specs()}
	if got := s.Names(); !slices.Equal(got, []string{"story", "quiz", "notice"}) {
		t.Errorf("names %q", got)
	}
	if spec, ok := s.Spec("quiz"); !ok || spec.At != 9*time.Hour+30*time.Minute {
		t.Errorf("%+v, %v", spec, ok)
	}
	if spec, ok := s.Spec("Quiz"); ok || spec.Name != "" {
		t.Errorf("%+v, %v", spec, ok)
	}
	if got := new(day.Schedule).Names(); len(got) != 0 {
		t.Errorf("of nothing %q", got)
	}
}

// A month before a year begins whose days off nobody has entered, it is said,
// if it matters.
func TestNextMissingYear(t *testing.T) {
	t.Parallel()
	daily, workdays := specs()[:1], specs()[:2]
	for _, tt := range []struct {
		calendar string
		specs    []day.PushSpec
		now      time.Time
		want     int
	}{
		{"", workdays, time.Date(2039, 11, 30, 23, 59, 0, 0, time.UTC), 2039},
		{"[2039]", workdays, time.Date(2039, 11, 30, 23, 59, 0, 0, time.UTC), 0},
		{"[2039]", workdays, time.Date(2039, 12, 1, 0, 0, 0, 0, time.UTC), 2040},
		{"[2039]\n[2040]", workdays, time.Date(2039, 12, 1, 0, 0, 0, 0, time.UTC), 0},
		{"[2039]", daily, time.Date(2039, 12, 1, 0, 0, 0, 0, time.UTC), 0},
		{"[2039]", nil, time.Date(2039, 12, 1, 0, 0, 0, 0, time.UTC), 0},
		{"", workdays, time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), 0}, // announced
	} {
		if got := day.NextMissingYear(calendar(t, tt.calendar), tt.specs, tt.now); got != tt.want {
			t.Errorf("%q at %v: %d, want %d", tt.calendar, tt.now, got, tt.want)
		}
	}
}
