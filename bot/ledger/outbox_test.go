package ledger_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/corpus"
)

// crash is what a process dies of.
type crash struct{}

// mortal is a ledger and a channel at which the process dies now and then:
// before an operation or after it, at each kind in turn.
type mortal struct {
	bot.Records
	t         *testing.T
	countdown int // operations until the process dies; negative: it lives
	delivered map[bot.PushKey]int
	claimed   bot.PushKey
	town      *town
}

func (m *mortal) step() {
	if m.countdown == 0 {
		m.countdown = -1
		panic(crash{})
	}
	m.countdown--
}

func (m *mortal) ClaimPush(ctx context.Context, p bot.Push, now time.Time) (bool, error) {
	m.step()
	ok, err := m.Records.ClaimPush(ctx, p, now)
	if ok {
		m.claimed = p.Key()
	}
	m.step()
	return ok, err
}

func (m *mortal) SettlePush(ctx context.Context, r bot.PushRecord) error {
	m.step()
	err := m.Records.SettlePush(ctx, r)
	m.step()
	return err
}

func (m *mortal) SkipPush(ctx context.Context, r bot.PushRecord) (bool, error) {
	m.step()
	ok, err := m.Records.SkipPush(ctx, r)
	m.step()
	return ok, err
}

func (m *mortal) Name() string { return "wechat" }
func (m *mortal) Capabilities() bot.Capabilities {
	return bot.Capabilities{Groups: true, Initiates: true}
}
func (m *mortal) Run(context.Context, bot.Handler) error { return nil }

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
func (m *mortal) life(o *bot.Outbox, clock *time.Time, until time.Time) (died bool) {
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

// The processes of a year die at every step, and twice a day besides, while the
// members answer. No push is doubled, and each ends in a state that is true;
// participation is what a recount says, for every day and the whole year.
func TestOutboxOfAYear(t *testing.T) {
	days, groups, people := 40, 5, 60
	if os.Getenv("LIANWEN_TEST_YEAR") != "" {
		days, groups, people = 365, 20, 300
	}
	c, err := corpus.Open("")
	must(t, err)
	calendar, err := bot.NewCalendar("")
	must(t, err)
	specs := []bot.PushSpec{
		{Name: "story", Content: bot.StoryContent, At: 8 * time.Hour, Window: 4 * time.Hour},
		{Name: "quiz", Content: bot.QuestionContent, At: 9 * time.Hour, Workdays: true, Window: 6 * time.Hour},
		{Name: "notice", Content: bot.NoticeContent, At: 8*time.Hour + 30*time.Minute, Window: 4 * time.Hour, LeadDays: 3, Audience: "全体"},
	}
	for i := range specs {
		for g := range groups {
			specs[i].Targets = append(specs[i].Targets, bot.GroupTarget(fmt.Sprintf("群%d", g)))
		}
	}
	planner := bot.Planner{Location: time.UTC, Calendar: calendar, Corpus: c, Specs: specs}
	both(t, func(t *testing.T, w where) {
		first := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
		clock := first
		l := w.open(t)
		m := &mortal{Records: l, t: t, town: newTown(t, l, people, first), countdown: -1, delivered: map[bot.PushKey]int{}}
		lives, deaths := 0, 0
		for end := first.AddDate(0, 0, days); clock.Before(end); {
			o := bot.NewOutbox(bot.Outbox{
				Channel: m, Records: m, Location: time.UTC, Limit: 3, Now: func() time.Time { return clock },
				Library: func() (*corpus.Corpus, func()) { return c, func() {} },
				Plan: func(_ context.Context, from, to corpus.Date) ([]bot.Push, error) {
					return planner.Plan(from, to), nil
				},
			})
			lives++
			m.countdown = rand.IntN(12) // at this operation the process dies
			if rand.IntN(3) == 0 {
				m.countdown = -1 // it is stopped in order
			}
			if m.life(o, &clock, clock.Add(12*time.Hour)) {
				deaths++
				clock = clock.Add(5 * time.Minute)
			}
		}
		m.town.until(clock)
		m.town.recount("2026-12-01", "2027-12-31")
		t.Logf("%d rounds, %d answers, %d repeated, %d late, %d leaves", len(m.town.rounds), m.town.answers, m.town.again, m.town.late, len(m.town.leaves))
		if len(m.town.rounds) < days/2 || m.town.answers < len(m.town.rounds)*people/3 || m.town.late == 0 || m.town.again == 0 || len(m.town.leaves) == 0 {
			t.Error("too little has happened")
		}
		last := clock.AddDate(0, 0, -1) // the last day may still be under way
		check := func(to corpus.Date) {
			states := map[bot.PushState]int{}
			records, err := m.Records.Pushes(t.Context(), "2026-12-01", to)
			must(t, err)
			have := map[bot.PushKey]bot.PushRecord{}
			for _, r := range records {
				have[r.Key()] = r
				states[r.State]++
			}
			planned := planner.Plan("2026-12-01", to)
			for _, p := range planned {
				r, n := have[p.Key()], m.delivered[p.Key()]
				switch {
				case n > 1:
					t.Errorf("%v was delivered %d times", p.Key(), n)
				case r.State == bot.PushSent && n == 1, r.State == bot.PushUncertain:
				case (r.State == bot.PushFailed || r.State == bot.PushSkipped) && n == 0:
				default:
					t.Errorf("%v is %q and was delivered %d times", p.Key(), r.State, n)
				}
			}
			if states[bot.PushSent] < len(planned)/3 || deaths < lives/4 {
				t.Errorf("too little has happened: %v", states)
			}
			t.Logf("%d pushes, %d processes, %d of them died: %v", len(planned), lives, deaths, states)
		}
		check(corpus.Date(last.Format(time.DateOnly)))
	})
}
