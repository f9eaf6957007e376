package day_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// kinds are a story, a question and a notice to targets, in this order in the
// day; the notice is for the new year, three days before.
func kinds(targets ...string) []day.PushSpec {
	at := func(hour int) time.Duration { return time.Duration(hour) * time.Hour }
	return []day.PushSpec{
		{Name: "story", Content: day.StoryContent, At: at(8), Window: 2 * time.Hour, Targets: targets},
		{Name: "quiz", Content: day.QuestionContent, At: at(9), Window: 2 * time.Hour, Targets: targets},
		{Name: "notice", Content: day.NoticeContent, At: at(10), Window: 2 * time.Hour, LeadDays: 3, Audience: "全体", Targets: targets},
	}
}

// Where not all fit, the notice goes before the question, and the question before
// the story, although the story would come first in the day; what is paused takes
// nothing from the others.
func TestCapsGoByRank(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := newDesk(t, w, 2, kinds("group:甲")...)
		d.at(28, 8, 0)
		d.at(28, 9, 0)
		d.at(28, 10, 0)
		d.are(28, "story group:甲 sent", "quiz group:甲 sent")
		for _, hour := range []int{8, 9, 10} {
			d.at(29, hour, 0) // three days before the new year
		}
		d.are(29, "story group:甲 skipped 这一天最多向这里发 2 条，留给quiz、notice", "quiz group:甲 sent", "notice group:甲 sent")
		d = newDesk(t, ledgertest.SQLite(t), 2, kinds("group:甲")...)
		must(t, d.ledger.Pause(t.Context(), "notice", true, "staff", d.now))
		d.at(29, 8, 0)
		d.at(29, 9, 0)
		d.are(29, "story group:甲 sent", "quiz group:甲 sent")
	})
}

// One group is one, whichever channel a target names, or through a person who
// forwards; members and other groups are counted apart.
func TestCapsOverChannels(t *testing.T) {
	t.Parallel()
	specs := minutely(3, "wechat:group:甲", "group:乙")
	d := newDesk(t, ledgertest.SQLite(t), 2, specs...)
	forwarded := ledger.Push{Name: "card", Target: "forward:甲", Date: "2026-12-01", Due: d.now, Until: d.now.Add(time.Hour), Content: day.CardContent, ContentID: "x", Title: "x"}
	if ok, err := d.ledger.ClaimPush(t.Context(), forwarded, d.now); !ok || err != nil {
		t.Fatal(ok, err)
	}
	d.at(1, 8, 0)
	d.at(1, 8, 1)
	d.at(1, 8, 2)
	full := " skipped 这一天已经向这里发了 2 条"
	d.are(1, "card forward:甲 uncertain 发送时程序中断，不知道有没有发出", "p0 group:甲 sent", "p0 wechat:group:甲"+full,
		"p1 group:甲"+full, "p1 wechat:group:甲"+full, "p2 group:甲"+full, "p2 wechat:group:甲"+full,
		"p0 group:乙 sent", "p1 group:乙 sent", "p2 group:乙"+full)
}

// The week runs from Monday to Sunday; its cap too is kept for what goes first.
func TestCapsOfAWeek(t *testing.T) {
	t.Parallel()
	notice := kinds("group:甲")[2]
	d := newDesk(t, ledgertest.SQLite(t), 9, story("group:甲"), notice)
	d.outbox.Caps.GroupWeek = 4
	for date := 28; date <= 31; date++ { // Monday to Thursday, the notice on Tuesday
		d.at(date, 8, 0)
		d.at(date, 10, 0)
	}
	d.are(28, "story group:甲 sent")
	d.are(29, "story group:甲 sent", "notice group:甲 sent")
	d.are(30, "story group:甲 sent")
	d.are(31, "story group:甲 skipped 这一周已经向这里发了 4 条")
	d.at(35, 8, 0) // the next Monday
	records, err := d.ledger.Pushes(t.Context(), "2027-01-03", "2027-01-04")
	must(t, err)
	if len(records) != 2 || records[1].State != ledger.PushSent {
		t.Errorf("%+v", records)
	}
	// The last place of a week is kept for a notice at its end.
	d = newDesk(t, ledgertest.SQLite(t), 9, story("group:甲"), notice)
	d.outbox.Caps.GroupWeek = 1
	d.at(28, 8, 0)
	d.at(29, 10, 0)
	d.are(28, "story group:甲 skipped 这一周最多向这里发 1 条，留给notice")
	d.are(29, "notice group:甲 sent", "story group:甲 skipped 这一周最多向这里发 1 条，留给notice")
}

// A member has caps of their own.
func TestCapsOfAPerson(t *testing.T) {
	t.Parallel()
	d := newDesk(t, ledgertest.SQLite(t), 9, minutely(3, "member:A01")...)
	d.outbox.Caps = day.Caps{GroupDay: 1, PersonDay: 2, PersonWeek: 3}
	d.bind("A01", "@zhang")
	d.at(1, 8, 2)
	d.at(2, 8, 2)
	d.are(1, "p0 group:甲 sent", "p1 group:甲 skipped 这一天已经向这里发了 1 条", "p2 group:甲 skipped 这一天已经向这里发了 1 条",
		"p0 member:A01 sent", "p1 member:A01 sent", "p2 member:A01 skipped 这一天已经向这里发了 2 条")
	d.are(2, "p0 group:甲 sent", "p1 group:甲 skipped 这一天已经向这里发了 1 条", "p2 group:甲 skipped 这一天已经向这里发了 1 条",
		"p0 member:A01 sent", "p1 member:A01 skipped 这一周已经向这里发了 3 条", "p2 member:A01 skipped 这一周已经向这里发了 3 条")
}

// Two processes that look at the same moment do not send more together than a cap
// allows.
func TestCapsOverProcesses(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		a := newDesk(t, w, 2, minutely(8, "wechat:group:甲")...)
		a.now = time.Date(2026, 12, 1, 8, 10, 0, 0, time.UTC)
		second := *a.outbox
		other, l := &far{errs: map[string]error{}}, w.Open(t)
		second.Channels, second.Records = []bot.Channel{other}, l
		var wg sync.WaitGroup
		for _, o := range []*day.Outbox{a.outbox, day.NewOutbox(second)} {
			wg.Go(func() {
				if err := o.Work(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := len(a.far.sent) + len(other.sent); n != 2 {
			t.Errorf("%d sent by one, %d by the other", len(a.far.sent), len(other.sent))
		}
		records, err := l.Pushes(t.Context(), "2026-12-01", "2026-12-01")
		must(t, err)
		if len(records) != 16 || slices.ContainsFunc(records, func(r ledger.PushRecord) bool { return r.State == ledger.PushClaimed }) {
			t.Errorf("%d records: %+v", len(records), records)
		}
	})
}

// What a plan says will yield is what the outbox does not send.
func TestYields(t *testing.T) {
	t.Parallel()
	specs := kinds("group:甲", "wechat:group:甲", "group:乙")
	d := newDesk(t, ledgertest.SQLite(t), 2, specs...)
	d.outbox.Caps.GroupWeek = 9
	plan, err := d.outbox.Schedule.Plan(t.Context(), "2026-12-07", "2027-01-10")
	must(t, err)
	want := map[ledger.PushKey]bool{}
	for _, y := range d.outbox.Caps.Yields(plan) {
		want[y.Key()] = true
	}
	for date := 7; date <= 41; date++ {
		for hour := 8; hour <= 10; hour++ {
			d.at(date, hour, 0)
		}
	}
	records, err := d.ledger.Pushes(t.Context(), "2026-12-07", "2027-01-10")
	must(t, err)
	skipped := 0
	for _, r := range records {
		if (r.State == ledger.PushSkipped) != want[r.Key()] {
			t.Errorf("%v: %s %s, expected to yield: %v", r.Key(), r.State, r.Detail, want[r.Key()])
		}
		if r.State == ledger.PushSkipped {
			skipped++
		}
	}
	if len(records) != len(plan) || skipped == 0 || skipped != len(want) {
		t.Errorf("%d of %d on record, %d skipped, %d expected", len(records), len(plan), skipped, len(want))
	}
}

// No cap holds nothing back.
func TestNoCaps(t *testing.T) {
	t.Parallel()
	d := newDesk(t, ledgertest.SQLite(t), 0, minutely(12)...)
	d.at(1, 8, 30)
	if len(d.far.sent) != 12 {
		t.Errorf("%d sent", len(d.far.sent))
	}
	if list := (day.Caps{}).Yields([]ledger.Push{{Target: "group:甲", Date: "2026-12-01"}, {Target: "group:甲", Date: "2026-12-01"}}); len(list) != 0 {
		t.Errorf("%+v yield", list)
	}
	if errors.Is(d.outbox.Work(t.Context()), ledger.ErrFull) {
		t.Error("full")
	}
}

// bind binds a member to a sender.
func (d *desk) bind(number, sender string) {
	d.Helper()
	code := strings.ToUpper(fmt.Sprint("CODE", number))
	must(d.T, d.ledger.NewCodes(d.Context(), map[string]string{number: code}, d.now.AddDate(1, 0, 0), "staff", d.now))
	_, err := d.ledger.Bind(d.Context(), ledger.Sender{Channel: "wechat", Name: sender}, code, d.now)
	must(d.T, err)
}

// recorded are the records of a day by target.
func (d *desk) recorded(date corpus.Date) map[string]ledger.PushRecord {
	d.Helper()
	records, err := d.ledger.Pushes(d.Context(), date, date)
	must(d.T, err)
	by := map[string]ledger.PushRecord{}
	for _, r := range records {
		by[r.Target] = r
	}
	return by
}

// busy is a channel by which, between the look at the records and the claim,
// another process sends.
type busy struct {
	far
	meanwhile func()
}

func (b *busy) Ready(to string) error {
	b.meanwhile()
	return b.far.Ready(to)
}

// What another process sends in between counts too: nothing more goes out, and the
// record says why.
func TestCapsInBetween(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := newDesk(t, w, 1, story("group:甲"))
		other := ledger.Push{Name: "other", Target: "wechat:group:甲", Date: "2026-12-01", Due: d.now, Until: d.now, Content: day.CardContent, ContentID: "x", Title: "x"}
		channel := &busy{far: far{errs: map[string]error{}}}
		channel.meanwhile = func() {
			_, err := d.ledger.ClaimPush(t.Context(), other, d.now)
			must(t, err)
		}
		d.outbox.Channels = []bot.Channel{channel}
		d.at(1, 8, 0)
		d.are(1, "other wechat:group:甲 claimed", "story group:甲 skipped 已经向这里发够了")
		if len(channel.sent) != 0 {
			t.Errorf("sent %q", channel.sent)
		}
	})
}
