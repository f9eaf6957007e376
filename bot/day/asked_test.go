package day

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"lianwen/bot/ledger"
)

var eight = time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)

// at is a push that is due so many minutes after eight.
func at(name string, minutes int, title string) ledger.Push {
	return ledger.Push{Name: name, Target: "group:甲", Date: "2026-12-01", Due: eight.Add(time.Duration(minutes) * time.Minute), Title: title}
}

// What staff have asked for comes besides the plan, or in the place of what is
// planned for later; records of anything else change nothing.
func TestWithAsked(t *testing.T) {
	t.Parallel()
	plan := []ledger.Push{at("story", 0, "planned"), at("quiz", 60, "planned")}
	tomorrow := at("quiz", 0, "asked")
	tomorrow.Date = "2026-12-02"
	elsewhere := at("quiz", 0, "asked")
	elsewhere.Target = "group:乙"
	for name, tt := range map[string]struct {
		push  ledger.Push
		state ledger.PushState
		want  []string
	}{
		"not planned":       {at("book", 30, "asked"), ledger.PushWaiting, []string{"story 0 planned", "quiz 60 planned", "book 30 asked"}},
		"another day":       {tomorrow, ledger.PushWaiting, []string{"story 0 planned", "quiz 60 planned", "quiz 0 asked"}},
		"another target":    {elsewhere, ledger.PushWaiting, []string{"story 0 planned", "quiz 60 planned", "quiz 0 asked"}},
		"earlier":           {at("quiz", 59, "asked"), ledger.PushWaiting, []string{"story 0 planned", "quiz 59 asked"}},
		"at the same time":  {at("quiz", 60, "asked"), ledger.PushWaiting, []string{"story 0 planned", "quiz 60 planned"}},
		"later":             {at("quiz", 61, "asked"), ledger.PushWaiting, []string{"story 0 planned", "quiz 60 planned"}},
		"done":              {at("quiz", 0, "asked"), ledger.PushSent, []string{"story 0 planned", "quiz 60 planned"}},
		"done, not planned": {at("book", 0, "asked"), ledger.PushSkipped, []string{"story 0 planned", "quiz 60 planned"}},
		"being sent":        {at("book", 0, "asked"), ledger.PushClaimed, []string{"story 0 planned", "quiz 60 planned"}},
	} {
		var got []string
		for _, p := range withAsked(plan, []ledger.PushRecord{{Push: tt.push, State: tt.state}}) {
			got = append(got, fmt.Sprintf("%s %d %s", p.Name, int(p.Due.Sub(eight).Minutes()), p.Title))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
	if plan[1].Title != "planned" {
		t.Error("the plan itself was changed")
	}
}

// Something is to be done about what waits, once its next try is due or its time
// is over, and about nothing else.
func TestOpen(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		state            ledger.PushState
		next, until, now int // minutes
		want             bool
	}{
		{ledger.PushWaiting, 10, 60, 9, false},
		{ledger.PushWaiting, 10, 60, 10, true},
		{ledger.PushWaiting, 90, 60, 60, false},
		{ledger.PushWaiting, 90, 60, 61, true}, // nothing will come of it
		{ledger.PushSent, 0, 60, 61, false}, {ledger.PushFailed, 0, 60, 61, false}, {ledger.PushSkipped, 0, 60, 61, false},
		{ledger.PushUncertain, 0, 60, 61, false}, {ledger.PushClaimed, 0, 60, 61, false},
	} {
		minute := func(n int) time.Time { return eight.Add(time.Duration(n) * time.Minute) }
		r := ledger.PushRecord{Push: ledger.Push{Until: minute(tt.until)}, State: tt.state, NextTry: minute(tt.next)}
		if got := open(r, minute(tt.now)); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}

// Groups go before members, each in the order of the plan.
func TestGroupsFirst(t *testing.T) {
	t.Parallel()
	var plan []ledger.Push
	for _, target := range []string{"member:A01", "group:乙", "nonsense", "wechat:group:甲", "member:A02", "group:丙"} {
		plan = append(plan, ledger.Push{Target: target})
	}
	var got []string
	for _, p := range groupsFirst(plan) {
		got = append(got, p.Target)
	}
	want := []string{"group:乙", "wechat:group:甲", "group:丙", "member:A01", "nonsense", "member:A02"}
	if !slices.Equal(got, want) || plan[0].Target != "member:A01" {
		t.Errorf("got %q, the plan is %v", got, plan)
	}
}
