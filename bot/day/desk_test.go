package day_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// far is a channel whose far end does as it is told.
type far struct {
	errs    map[string]error // by where it goes; nil: delivered
	unknown map[string]error // addresses that are not known yet, and what is said
	offline bool
	sent    []string
	texts   []string // of what was sent, whole
	slow    func()   // what passes while it sends; nil: no time
}

func (f *far) Name() string                           { return "wechat" }
func (f *far) Run(context.Context, bot.Handler) error { return nil }
func (f *far) Capabilities() bot.Capabilities {
	return bot.Capabilities{Direct: true, Groups: true, Initiates: true}
}

func (f *far) Ready(to string) error {
	if f.offline {
		return fmt.Errorf("微信%w", bot.ErrOffline)
	}
	return f.unknown[to]
}

func (f *far) Send(_ context.Context, out bot.Outgoing) (bot.Receipt, error) {
	if err := f.errs[out.To]; err != nil {
		return bot.Receipt{}, err
	}
	if f.slow != nil {
		f.slow()
	}
	first, _, _ := strings.Cut(out.Text, "\n")
	f.sent, f.texts = append(f.sent, out.To+" "+first), append(f.texts, out.Text)
	return bot.Receipt{MessageIDs: []string{"1", "2"}}, nil
}

// desk is an outbox with a clock.
type desk struct {
	*testing.T
	ledger *ledger.Ledger
	far    *far
	now    time.Time
	outbox *day.Outbox
}

func newDesk(t *testing.T, w ledgertest.Where, limit int, specs ...day.PushSpec) *desk {
	t.Helper()
	c := sample(t)
	calendar, err := day.NewCalendar("")
	must(t, err)
	d := &desk{T: t, ledger: imported(t, w), far: &far{errs: map[string]error{}, unknown: map[string]error{}}}
	d.now = time.Date(2026, 12, 1, 7, 0, 0, 0, time.UTC)
	now := func() time.Time { return d.now }
	d.outbox = day.NewOutbox(day.Outbox{
		Channels: []bot.Channel{d.far}, Records: d.ledger, Caps: day.Caps{GroupDay: limit, PersonDay: limit}, Now: now,
		Schedule: &day.Schedule{
			Location: time.UTC, Calendar: calendar, Specs: specs, Library: day.Fixed(c),
			Ledger: d.ledger, Reviewer: &day.Reviewer{Ledger: d.ledger, Now: now},
		},
	})
	return d
}

// at lets the outbox look at a time of 1 December, or of a later day.
func (d *desk) at(day, hour, minute int) {
	d.Helper()
	d.now = time.Date(2026, 12, day, hour, minute, 0, 0, time.UTC)
	must(d.T, d.outbox.Work(d.Context()))
}

// are checks the records of a day: target and state, and what they say.
func (d *desk) are(day int, want ...string) {
	d.Helper()
	date := corpus.Date(fmt.Sprintf("2026-12-%02d", day))
	records, err := d.ledger.Pushes(d.Context(), date, date)
	must(d.T, err)
	var got []string
	for _, r := range records {
		got = append(got, strings.TrimSpace(strings.Join([]string{r.Name, r.Target, string(r.State), r.Detail}, " ")))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		d.Errorf("at %v:\ngot  %q\nwant %q", d.now, got, want)
	}
}

func story(targets ...string) day.PushSpec {
	return day.PushSpec{Name: "story", Content: day.StoryContent, At: 8 * time.Hour, Window: 2 * time.Hour, Targets: targets}
}
