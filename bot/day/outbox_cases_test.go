package day_test

import (
	"context"
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
)

// One target that fails stops no other; what was refused for now is tried again
// within its window, and then given up with the reason.
func TestOutboxTargets(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := newDesk(t, w, 2, story("group:甲", "group:乙", "group:丙", "group:丁"))
		d.far.errs["group:甲"] = &bot.RefusedError{Reason: "没有这个群"}
		d.far.errs["group:乙"] = &bot.RefusedError{Reason: "安静时段", After: 30 * time.Minute}
		d.far.errs["group:丙"] = fmt.Errorf("%w: EOF", bot.ErrUncertain)
		d.at(1, 7, 59)
		d.are(1)
		d.at(1, 8, 0)
		d.are(1, "story group:甲 failed 没有这个群", "story group:乙 waiting 安静时段", "story group:丙 uncertain 不知道有没有发出", "story group:丁 sent")
		d.at(1, 8, 10)
		clear(d.far.errs)
		d.at(1, 8, 29)
		if len(d.far.sent) != 1 {
			t.Errorf("tried again too soon: %q", d.far.sent)
		}
		d.at(1, 8, 30)
		d.are(1, "story group:甲 failed 没有这个群", "story group:乙 sent", "story group:丙 uncertain 不知道有没有发出", "story group:丁 sent")
		d.far.errs["group:乙"] = &bot.RefusedError{Reason: "安静时段", After: 30 * time.Minute}
		for minute := 0; minute <= 150; minute += 10 {
			d.at(2, 8, minute)
		}
		d.are(2, "story group:甲 sent", "story group:乙 failed 安静时段", "story group:丙 sent", "story group:丁 sent")
	})
}

// While the channel is down, what is due waits, and goes out as soon as it is
// back if its window allows; after days without the program every push missed
// has its record.
func TestOutboxOutage(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := newDesk(t, w, 2, story("group:甲"))
		d.far.offline = true
		d.at(1, 8, 0)
		d.at(1, 9, 50)
		d.are(1)
		d.far.offline = false
		d.at(1, 9, 59)
		d.are(1, "story group:甲 sent")
		d.at(5, 12, 0)
		for day := 2; day <= 5; day++ {
			d.are(day, "story group:甲 skipped 过了时间")
		}
		if len(d.far.sent) != 1 {
			t.Errorf("sent %q", d.far.sent)
		}
	})
}

// A long line of members does not keep a group waiting, neither at the same time
// nor when its push comes up while they are being served.
func TestOutboxGroupsFirst(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		card := day.PushSpec{Name: "card", Content: day.StoryContent, At: 8 * time.Hour, Window: 4 * time.Hour, Targets: []string{"member:A01", "member:A02", "group:甲"}}
		news := day.PushSpec{Name: "news", Content: day.StoryContent, At: 8*time.Hour + time.Minute, Window: 4 * time.Hour, Targets: []string{"group:乙"}}
		d := newDesk(t, w, 9, card, news)
		must(t, d.ledger.NewCodes(t.Context(), map[string]string{"A01": "C1", "A02": "C2"}, d.now.Add(time.Hour), "staff", d.now))
		for code, sender := range map[string]string{"C1": "@a", "C2": "@b"} {
			_, err := d.ledger.Bind(t.Context(), ledger.Sender{Channel: "wechat", Name: sender}, code, d.now)
			must(t, err)
		}
		d.far.slow = func() { d.now = d.now.Add(40 * time.Second) }
		d.at(1, 8, 0)
		must(t, d.outbox.Work(t.Context()))
		must(t, d.outbox.Work(t.Context()))
		must(t, d.outbox.Work(t.Context()))
		must(t, d.outbox.Work(t.Context()))
		var order []string
		for _, sent := range d.far.sent {
			to, _, _ := strings.Cut(sent, " ")
			order = append(order, to)
		}
		if want := []string{"group:甲", "@a", "group:乙", "@b"}; !slices.Equal(order, want) {
			t.Errorf("sent in the order %v, want %v", order, want)
		}
	})
}

// A group that the channel does not know is waited for, also past midnight and
// through a restart, while the others go on; in the end the record says why.
func TestOutboxUnknownGroup(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		late := day.PushSpec{Name: "late", Content: day.StoryContent, At: 23 * time.Hour, Window: 4 * time.Hour, Targets: []string{"group:甲", "group:乙"}}
		early := day.PushSpec{Name: "early", Content: day.StoryContent, At: 30 * time.Minute, Window: time.Hour, Targets: []string{"group:丙"}}
		d := newDesk(t, w, 2, late, early)
		d.far.unknown["group:甲"] = errors.New("没有找到群“甲”")
		d.at(1, 23, 0)
		d.are(1, "late group:甲 waiting 没有找到群“甲”", "late group:乙 sent", "early group:丙 skipped 过了时间")
		d.at(2, 0, 30)
		d.are(2, "early group:丙 sent")
		delete(d.far.unknown, "group:甲")
		d.at(2, 1, 0)
		d.are(1, "late group:甲 sent", "late group:乙 sent", "early group:丙 skipped 过了时间")
		d.far.unknown["group:甲"] = errors.New("没有找到群“甲”")
		d.at(2, 23, 0)
		d.at(3, 0, 30)
		d.at(3, 3, 1)
		d.are(2, "early group:丙 sent", "late group:甲 failed 没有找到群“甲”", "late group:乙 sent")
		if len(d.far.sent) != 5 {
			t.Errorf("sent %q", d.far.sent)
		}
	})
}

// On the first day nothing is made up for days before.
func TestOutboxBegins(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := newDesk(t, w, 2, story("group:甲"))
		d.at(20, 9, 0)
		d.are(19)
		d.are(20, "story group:甲 sent")
	})
}

// No target gets more a day than is allowed; staff can hold a push back.
func TestOutboxLimitAndPause(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		quiz := day.PushSpec{Name: "quiz", Content: day.QuestionContent, At: 9 * time.Hour, Window: time.Hour, Targets: []string{"group:甲", "group:乙"}}
		d := newDesk(t, w, 1, story("group:甲"), quiz)
		d.at(1, 9, 30)
		d.are(1, "story group:甲 skipped 这一天最多向这里发 1 条，留给quiz", "quiz group:甲 sent", "quiz group:乙 sent")
		if r, err := d.ledger.Round(t.Context(), "2026-12-01"); err != nil || r.Question.Text == "" {
			t.Errorf("the round: %+v, %v", r, err)
		}
		d.outbox.Caps.GroupDay = 2
		must(t, d.ledger.Pause(t.Context(), "story", true, "staff", d.now))
		d.at(2, 8, 0)
		d.are(2, "story group:甲 waiting 已暂停")
		must(t, d.ledger.Pause(t.Context(), "story", false, "staff", d.now))
		d.at(2, 8, 30)
		d.are(2, "story group:甲 sent")
		must(t, d.ledger.Pause(t.Context(), "story", true, "staff", d.now))
		d.at(3, 11, 0)
		d.are(3, "story group:甲 skipped 已暂停", "quiz group:甲 skipped 过了时间", "quiz group:乙 skipped 过了时间")
	})
}

// A member is reached where they are bound, and not before.
func TestOutboxMember(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := newDesk(t, w, 2, story("member:A01"))
		d.at(1, 8, 0)
		d.are(1, "story member:A01 skipped 没有可发的内容：没有绑定，或者本人不收私聊推送")
		must(t, d.ledger.NewCodes(t.Context(), map[string]string{"A01": "CODE"}, d.now.Add(time.Hour), "staff", d.now))
		_, err := d.ledger.Bind(t.Context(), ledger.Sender{Channel: "wechat", Name: "@zhang"}, "CODE", d.now)
		must(t, err)
		d.at(2, 8, 0)
		d.are(2, "story member:A01 sent")
		if len(d.far.sent) != 1 || !strings.HasPrefix(d.far.sent[0], "@zhang 廉政故事：") {
			t.Errorf("sent %q", d.far.sent)
		}
	})
}

// A claim that a crash has left is uncertain, and said, but not at once: its
// process may only be slow.
func TestOutboxCrash(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := newDesk(t, w, 2, story("group:甲"))
		d.now = time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
		plan, err := d.outbox.Schedule.Plan(t.Context(), "2026-12-01", "2026-12-01")
		must(t, err)
		if ok, err := d.ledger.ClaimPush(t.Context(), plan[0], d.now); !ok || err != nil {
			t.Fatal(ok, err)
		}
		d.at(1, 8, 9)
		d.are(1, "story group:甲 claimed")
		d.at(1, 8, 11)
		d.are(1, "story group:甲 uncertain 发送时程序中断，不知道有没有发出")
		if len(d.far.sent) != 0 {
			t.Errorf("sent %q", d.far.sent)
		}
	})
}

// Two processes share a ledger and look at the same moment: every push goes out
// once.
func TestOutboxTwoProcesses(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		var targets []string
		for i := range 40 {
			targets = append(targets, fmt.Sprintf("group:%02d", i))
		}
		a := newDesk(t, w, 2, story(targets...))
		b := *a
		b.ledger, b.far = w.Open(t), &far{errs: map[string]error{}}
		second := *a.outbox
		second.Channels, second.Records = []bot.Channel{b.far}, b.ledger
		b.outbox = day.NewOutbox(second)
		a.now = time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
		var wg sync.WaitGroup
		for _, o := range []*day.Outbox{a.outbox, b.outbox} {
			wg.Go(func() {
				if err := o.Work(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		all := append(slices.Clone(a.far.sent), b.far.sent...)
		slices.Sort(all)
		if len(all) != len(targets) || len(slices.Compact(all)) != len(targets) {
			t.Errorf("%d sent by one, %d by the other, %d pushes", len(a.far.sent), len(b.far.sent), len(targets))
		}
		t.Logf("%d sent by one, %d by the other", len(a.far.sent), len(b.far.sent))
	})
}

// When the ledger fails, nothing is sent that could not be recorded.
func TestOutboxWithoutLedger(t *testing.T) {
	t.Parallel()
	d := newDesk(t, ledgertest.SQLite(t), 2, story("group:甲"))
	must(t, d.ledger.Close())
	d.now = time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	if err := d.outbox.Work(t.Context()); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if len(d.far.sent) != 0 {
		t.Errorf("sent %q", d.far.sent)
	}
}
