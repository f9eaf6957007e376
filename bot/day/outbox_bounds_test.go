package day_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// A push goes out from its minute on to the end of its window, that included.
func TestOutboxWindow(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		after time.Duration // eight o'clock; the window is two hours
		want  string
	}{
		{-time.Millisecond, ""}, {0, "sent"}, {2 * time.Hour, "sent"}, {2*time.Hour + time.Millisecond, "skipped 过了时间"},
	} {
		d := newDesk(t, ledgertest.SQLite(t), 9, story("group:甲"))
		d.now = time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC).Add(tt.after)
		must(t, d.outbox.Work(t.Context()))
		if tt.want == "" {
			d.are(1)
		} else {
			d.are(1, "story group:甲 "+tt.want)
		}
	}
}

// A push whose window passes while the account is away says so, as does one whose
// target nobody has found; a ledger that fails for a while ends nothing.
func TestOutboxTooLate(t *testing.T) {
	t.Parallel()
	d := newDesk(t, ledgertest.SQLite(t), 9, story("group:甲"))
	d.far.offline = true
	d.at(1, 8, 0)
	d.at(1, 10, 1)
	d.are(1, "story group:甲 skipped 过了时间，微信没有登录")
	d.far.offline = false
	d.far.unknown["group:甲"] = errors.New("没有找到群“甲”")
	d.at(2, 10, 1)
	d.are(2, "story group:甲 skipped 过了时间，没有找到群“甲”")
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.outbox.Work(gone); err == nil {
		t.Error("it works without a ledger")
	}
	if err := d.outbox.Run(gone); err != nil { // the program is being stopped
		t.Errorf("it ends with %v", err)
	}
}

// minutely are so many pushes, p0, p1 and so on, one a minute, to 甲 and others.
func minutely(n int, others ...string) (specs []day.PushSpec) {
	for i := range n {
		spec := story(append([]string{"group:甲"}, others...)...)
		spec.Name, spec.At = fmt.Sprint("p", i), spec.At+time.Duration(i)*time.Minute
		specs = append(specs, spec)
	}
	return specs
}

// What has gone out, or may have, counts against a target's limit; what has not,
// and what went elsewhere or on another day, does not.
func TestOutboxLimitCounts(t *testing.T) {
	t.Parallel()
	d := newDesk(t, ledgertest.SQLite(t), 2, minutely(5, "group:乙")...)
	d.far.errs["group:甲"] = &bot.RefusedError{Reason: "没有这个群"}
	d.at(1, 8, 0) // p0 fails
	d.far.errs["group:甲"] = bot.ErrUncertain
	d.at(1, 8, 1) // of p1 nobody knows
	clear(d.far.errs)
	d.at(1, 8, 4)
	d.are(1, "p0 group:甲 failed 没有这个群", "p1 group:甲 uncertain 不知道有没有发出", "p2 group:甲 sent", "p3 group:甲 skipped 这一天已经向这里发了 2 条",
		"p4 group:甲 skipped 这一天已经向这里发了 2 条", "p0 group:乙 sent", "p1 group:乙 sent", "p2 group:乙 skipped 这一天已经向这里发了 2 条",
		"p3 group:乙 skipped 这一天已经向这里发了 2 条", "p4 group:乙 skipped 这一天已经向这里发了 2 条")
	d.at(2, 8, 0)
	d.are(2, "p0 group:甲 sent", "p0 group:乙 sent")
}

// Days on which nothing ran are accounted for a month back, from the last day on
// that has a record.
func TestOutboxFarthestBack(t *testing.T) {
	t.Parallel()
	for days, want := range map[int]int{1: 1, 31: 31, 32: 1} {
		d := newDesk(t, ledgertest.SQLite(t), 9, story("group:甲"))
		d.at(1, 8, 0)
		d.at(1+days, 8, 0)
		records, err := d.ledger.Pushes(t.Context(), "2026-12-02", "2027-12-31")
		if err != nil || len(records) != want {
			t.Errorf("after %d days: %d records, %v, want %d", days, len(records), err, want)
		}
	}
}

// Staff hear of a push of which nobody knows, whatever it was that happened; of
// others they do not.
func TestOutboxAlert(t *testing.T) {
	t.Parallel()
	d := newDesk(t, ledgertest.SQLite(t), 9, story("group:甲", "wechat:group:乙", "group:丙", "group:丁"))
	var told []string
	d.outbox.Alert = func(text string) { told = append(told, text) }
	d.far.errs["group:甲"] = fmt.Errorf("%w: EOF", bot.ErrUncertain)
	d.far.errs["group:丙"] = &bot.RefusedError{Reason: "没有这个群"}
	d.now = time.Date(2026, 12, 1, 7, 59, 0, 0, time.UTC)
	plan, err := d.outbox.Schedule.Plan(t.Context(), "2026-12-01", "2026-12-01")
	must(t, err)
	if _, err := d.ledger.ClaimPush(t.Context(), plan[1], d.now); err != nil { // by a process that has crashed
		t.Fatal(err)
	}
	d.at(1, 8, 9)
	d.at(1, 8, 20)
	d.at(1, 8, 30)
	slices.Sort(told)
	want := []string{"不知道有没有发到乙，不会自动重发", "不知道有没有发到甲，不会自动重发"}
	if len(told) != 2 || !strings.Contains(told[0], want[0]) || !strings.Contains(told[1], want[1]) || !strings.Contains(told[0], "2026年12月1日的推送“story”（"+plan[1].Title+"）") {
		t.Errorf("told %q", told)
	}
}

// What staff ask for goes out although no plan has it, within its window, unless
// the configuration has given the push up.
func TestOutboxAsked(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := newDesk(t, w, 9, story("group:甲"))
		c := sample(t)
		ask := func(name, target string, hour int) {
			t.Helper()
			due := time.Date(2026, 12, 1, hour, 0, 0, 0, time.UTC)
			p := ledger.Push{Name: name, Target: target, Date: "2026-12-01", Due: due, Until: due.Add(time.Hour), Content: day.StoryContent, ContentID: c.Stories[0].ID, Title: "x"}
			ok, err := d.ledger.AskForPush(t.Context(), p, "staff S01", due)
			if err != nil || !ok {
				t.Fatalf("%s %s: %v, %v", name, target, ok, err)
			}
		}
		ask("story", "group:甲", 7) // an hour before it is planned
		ask("story", "group:乙", 7) // not in the configuration
		ask("gone", "group:甲", 7)
		d.at(1, 7, 0)
		d.are(1, "story group:甲 sent", "story group:乙 sent", "gone group:甲 skipped 配置里没有这一项推送了")
		for _, sent := range d.far.sent {
			if !strings.HasSuffix(sent, c.Stories[0].Title+"（"+c.Stories[0].Period+"）") {
				t.Errorf("sent %s instead of what was asked for", sent)
			}
		}
		d.at(1, 8, 0)
		if len(d.far.sent) != 2 {
			t.Errorf("sent again when it was planned: %q", d.far.sent)
		}
		ask("story", "group:丙", 9)
		d.far.unknown["group:丙"] = fmt.Errorf("没有找到群“丙”")
		d.at(1, 9, 30)
		d.at(1, 10, 1)
		records, err := d.ledger.Pushes(t.Context(), "2026-12-01", "2026-12-01")
		must(t, err)
		for _, r := range records {
			if r.Target == "group:丙" && (r.State != ledger.PushFailed || r.Detail != "没有找到群“丙”") {
				t.Errorf("%+v", r)
			}
		}
	})
}

// shared is a channel that the test and the outbox use side by side.
type shared struct {
	mu sync.Mutex
	far
}

func (s *shared) Ready(to string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.far.Ready(to)
}

func (s *shared) Send(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.far.Send(ctx, out)
}

func (s *shared) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sent)
}

func (s *shared) goes(offline bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.offline = offline
}

// The outbox looks when it begins, twice a minute, and when it is woken; it ends
// with its context and without complaint.
func TestOutboxRun(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		first := time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
		l := imported(t, w)
		c := &corpus.Corpus{Stories: []*corpus.Story{{ID: "s", Title: "故事", Text: "正文"}}}
		channel, specs := &shared{}, minutely(3)
		now := func() time.Time { return first.Add(time.Since(begun)) }
		o := day.NewOutbox(day.Outbox{
			Channels: []bot.Channel{channel}, Records: l, Caps: day.Caps{GroupDay: 9, PersonDay: 9}, Now: now,
			Schedule: &day.Schedule{Location: time.UTC, Calendar: calendar(t, ""), Specs: specs, Library: day.Fixed(c), Ledger: l, Reviewer: &day.Reviewer{Ledger: l, Now: now}},
		})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- o.Run(ctx) }()
		sent := func(when string, want int) {
			t.Helper()
			synctest.Wait()
			if got := channel.count(); got != want {
				t.Errorf("%s: %d sent, want %d", when, got, want)
			}
		}
		sent("at once", 1)
		time.Sleep(time.Minute - time.Millisecond)
		sent("before the next is due", 1)
		time.Sleep(time.Millisecond)
		sent("when it is due", 2)
		channel.goes(true)
		time.Sleep(time.Minute)
		sent("while the account is offline", 2)
		channel.goes(false)
		time.Sleep(time.Second)
		sent("a second later", 2)
		o.Wake()
		o.Wake() // never waits
		sent("woken", 3)
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("it ends with %v", err)
		}
		must(t, l.Close())
	})
}
