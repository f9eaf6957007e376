package day_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// crash is what a process dies of.
type crash struct{}

// mortal is a ledger and a channel at which the process dies now and then:
// before an operation or after it, at each kind in turn.
type mortal struct {
	*ledger.Ledger
	t         *testing.T
	countdown int // operations until the process dies; negative: it lives
	delivered map[ledger.PushKey]int
	claimed   ledger.PushKey
	town      *town
}

func (m *mortal) step() {
	if m.countdown == 0 {
		m.countdown = -1
		panic(crash{})
	}
	m.countdown--
}

func (m *mortal) ClaimPush(ctx context.Context, p ledger.Push, now time.Time, bounds ...ledger.Bound) (bool, error) {
	m.step()
	ok, err := m.Ledger.ClaimPush(ctx, p, now, bounds...)
	if ok {
		m.claimed = p.Key()
	}
	m.step()
	return ok, err
}

func (m *mortal) SettlePush(ctx context.Context, r ledger.PushRecord) error {
	m.step()
	err := m.Ledger.SettlePush(ctx, r)
	m.step()
	return err
}

func (m *mortal) SkipPush(ctx context.Context, r ledger.PushRecord) (bool, error) {
	m.step()
	ok, err := m.Ledger.SkipPush(ctx, r)
	m.step()
	return ok, err
}

func (m *mortal) Name() string { return "wechat" }
func (m *mortal) Capabilities() bot.Capabilities {
	return bot.Capabilities{Groups: true, Initiates: true}
}
func (m *mortal) Run(context.Context, bot.Handler) error { return nil }
func (m *mortal) Ready(string) error                     { return nil }

// Send delivers, refuses for now, refuses for good, or leaves it open.
func (m *mortal) Send(_ context.Context, out bot.Outgoing) (bot.Receipt, error) {
	m.step()
	switch n := rand.IntN(100); {
	case n < 5:
		return bot.Receipt{}, &bot.RefusedError{Reason: "微信没有登录", After: time.Minute}
	case n < 7:
		return bot.Receipt{}, &bot.RefusedError{Reason: "没有这个群"}
	case n < 9:
		return bot.Receipt{}, bot.ErrUncertain
	case n < 11:
		m.delivered[m.claimed]++
		return bot.Receipt{}, bot.ErrUncertain
	}
	m.delivered[m.claimed]++
	m.step()
	return bot.Receipt{MessageIDs: []string{"7"}}, nil
}

// life is one process: it looks every so often until it dies or its time is up.
func (m *mortal) life(o *day.Outbox, clock *time.Time, until time.Time) (died bool) {
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(crash); !ok {
				panic(p)
			}
			died = true
		}
	}()
	for clock.Before(until) {
		if err := o.Work(m.t.Context()); err != nil {
			m.t.Fatal(err)
		}
		m.town.until(*clock)
		*clock = clock.Add(2 * time.Hour)
	}
	return false
}

// year is a plan of three pushes a day to some groups.
func year(t *testing.T, groups int) day.Planner {
	t.Helper()
	c := sample(t)
	calendar, err := day.NewCalendar("")
	must(t, err)
	specs := []day.PushSpec{
		{Name: "story", Content: day.StoryContent, At: 8 * time.Hour, Window: 4 * time.Hour},
		{Name: "quiz", Content: day.QuestionContent, At: 9 * time.Hour, Workdays: true, Window: 6 * time.Hour},
		{Name: "notice", Content: day.NoticeContent, At: 8*time.Hour + 30*time.Minute, Window: 4 * time.Hour, LeadDays: 3, Audience: "全体"},
	}
	for i := range specs {
		for g := range groups {
			specs[i].Targets = append(specs[i].Targets, bot.GroupAddress(fmt.Sprintf("群%d", g)))
		}
	}
	return day.Planner{Location: time.UTC, Calendar: calendar, Corpus: c, Specs: specs}
}

// lives lets one process after another work until an end, and counts them.
func (m *mortal) lives(p day.Planner, clock *time.Time, end time.Time) (lives, deaths int) {
	now := func() time.Time { return *clock }
	for clock.Before(end) {
		o := day.NewOutbox(day.Outbox{
			Channels: []bot.Channel{m}, Records: m, Caps: day.Caps{GroupDay: 3, PersonDay: 3}, Now: now,
			Schedule: &day.Schedule{
				Location: time.UTC, Calendar: p.Calendar, Specs: p.Specs, Library: day.Fixed(p.Corpus),
				Ledger: m.Ledger, Reviewer: &day.Reviewer{Ledger: m.Ledger, Now: now},
			},
		})
		lives++
		m.countdown = rand.IntN(12) // at this operation the process dies
		if rand.IntN(3) == 0 {
			m.countdown = -1 // it is stopped in order
		}
		if m.life(o, clock, clock.Add(12*time.Hour)) {
			deaths++
			*clock = clock.Add(5 * time.Minute)
		}
	}
	return lives, deaths
}

// check compares what became of each push up to a day with what was delivered,
// and returns how many were sent.
func (m *mortal) check(planned []ledger.Push, to corpus.Date) (sent int) {
	m.t.Helper()
	states := map[ledger.PushState]int{}
	records, err := m.Ledger.Pushes(m.t.Context(), "2026-12-01", to)
	must(m.t, err)
	have := map[ledger.PushKey]ledger.PushRecord{}
	for _, r := range records {
		have[r.Key()] = r
		states[r.State]++
	}
	for _, p := range planned {
		r, n := have[p.Key()], m.delivered[p.Key()]
		switch {
		case n > 1:
			m.t.Errorf("%v was delivered %d times", p.Key(), n)
		case r.State == ledger.PushSent && n == 1, r.State == ledger.PushUncertain:
		case (r.State == ledger.PushFailed || r.State == ledger.PushSkipped) && n == 0:
		default:
			m.t.Errorf("%v is %q and was delivered %d times", p.Key(), r.State, n)
		}
	}
	m.t.Logf("%d pushes: %v", len(planned), states)
	return states[ledger.PushSent]
}

// The processes of a year die at every step, and twice a day besides, while the
// members answer. No push is doubled, and each ends in a state that is true;
// participation is what a recount says, for every day and the whole year.
func TestOutboxOfAYear(t *testing.T) {
	days, groups, people := 40, 5, 60
	if os.Getenv("LIANWEN_TEST_YEAR") != "" {
		days, groups, people = 365, 20, 300
	}
	planner := year(t, groups)
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		first := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
		clock := first
		l := w.Open(t)
		town := newTown(t, l, people, first)
		m := &mortal{Ledger: l, t: t, town: town, countdown: -1, delivered: map[ledger.PushKey]int{}}
		lives, deaths := m.lives(planner, &clock, first.AddDate(0, 0, days))
		town.until(clock)
		town.recount("2026-12-01", "2027-12-31")
		t.Logf("%d processes, %d of them died; %d rounds, %d answers, %d repeated, %d late, %d leaves", lives, deaths, len(town.rounds), town.answers, town.again, town.late, len(town.leaves))
		if len(town.rounds) < days/2 || town.answers < len(town.rounds)*people/3 || town.late == 0 || town.again == 0 || len(town.leaves) == 0 {
			t.Error("too little has happened")
		}
		last := corpus.DateOf(clock.AddDate(0, 0, -1)) // the last day may still be under way
		planned := planner.Plan("2026-12-01", last)
		if sent := m.check(planned, last); sent < len(planned)/3 || deaths < lives/4 {
			t.Error("too little has happened to the pushes")
		}
	})
}
