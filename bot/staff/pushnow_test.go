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
)

const done = "今天的“story”已经发过，或者不确定有没有发出"

// byHand are what is asked for, after what.
var byHand = []struct {
	what   string
	before func(r *room)
	name   string
	target string
	want   string // targets
	code   bot.Code
	says   string
}{
	{"as planned", nil, "story", "", "group:甲 group:乙", 0, ""},
	{"to another target", nil, "story", "group:丙", "group:丙", 0, ""},
	{"to one of its targets", nil, "story", "group:乙", "group:乙", 0, ""},
	{"to a member", nil, "quiz", "member:A01", "member:A01", 0, ""},
	{"to a member as it is typed", nil, "quiz", "member:Ａ01", "member:A01", 0, ""},
	{"to nobody on the roster", nil, "quiz", "member:A99", "", bot.NotFound, "没有在册的编号 A99"},
	{"by a channel", nil, "quiz", "wecom:group:丙", "wecom:group:丙", 0, ""},
	{"to nobody who can be read", nil, "story", "丙群", "", bot.Invalid, `"丙群" 请写成 group:群名 或 member:编号`},
	{"to attendees", nil, "story", "attendees", "", bot.Invalid, "请写成"},
	{"that is not planned today", nil, "notice", "", "group:甲 group:乙", 0, ""},
	{"that has no content", nil, "case", "", "", bot.NotFound, "“case”在今后 60 天里没有内容可推"},
	{"while it is kept back", func(r *room) { r.pause("story") }, "story", "", "", bot.Conflict, "“story”已暂停。请先恢复"},
	{"while another is kept back", func(r *room) { r.pause("quiz") }, "story", "", "group:甲 group:乙", 0, ""},
	{"after it has gone out", func(r *room) { r.today("story", ledger.PushSent, "甲", "乙") }, "story", "", "", bot.Conflict, done},
	{"after some of it has", func(r *room) { r.today("story", ledger.PushSent, "甲") }, "story", "", "group:乙", 0, ""},
	{"to one who has it", func(r *room) { r.today("story", ledger.PushSent, "甲") }, "story", "group:甲", "", bot.Conflict, done},
	{"after it has failed", func(r *room) { r.today("story", ledger.PushFailed, "甲", "乙") }, "story", "", "group:甲 group:乙", 0, ""},
	{"after it was skipped", func(r *room) { r.today("story", ledger.PushSkipped, "甲", "乙") }, "story", "", "group:甲 group:乙", 0, ""},
	{"while it waits", func(r *room) { r.today("story", ledger.PushWaiting, "甲", "乙") }, "story", "", "group:甲 group:乙", 0, ""},
	{"while it goes out", func(r *room) { r.today("story", ledger.PushClaimed, "甲", "乙") }, "story", "", "", bot.Conflict, done},
	{"when nobody knows of one", func(r *room) { r.today("story", ledger.PushUncertain, "甲") }, "story", "", "group:乙", 0, ""},
	{"when nobody knows of any", func(r *room) { r.today("story", ledger.PushUncertain, "甲", "乙") }, "story", "", "", bot.Conflict, done},
	{"after it went out the day before", func(r *room) { r.yesterday("story", ledger.PushSent, "甲", "乙") }, "story", "", "group:甲 group:乙", 0, ""},
	{"after it failed the day before", func(r *room) { r.yesterday("story", ledger.PushFailed, "甲", "乙") }, "story", "", "group:甲 group:乙", 0, ""},
}

// What is asked for by hand goes out now unless it is kept back, has gone out
// today, or may have.
func TestPushNow(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		for _, tt := range byHand {
			r.now = r.now.AddDate(0, 0, -2) // each on days of its own
			if tt.before != nil {
				tt.before(r)
			}
			asked, err := r.desk.PushNow(t.Context(), boss, tt.name, tt.target)
			r.refused(tt.what, err, tt.code, tt.says)
			var targets, deeds []string
			for _, p := range asked {
				targets = append(targets, p.Target)
				deeds = append(deeds, fmt.Sprintf("staff S01: push now %s %s %s: %s", tt.name, p.Target, r.desk.Today(), p.ContentID))
				window := map[string]time.Duration{"story": 4 * time.Hour, "quiz": time.Hour, "notice": time.Hour}[tt.name]
				if p.Date != r.desk.Today() || !p.Due.Equal(r.now) || !p.Until.Equal(r.now.Add(window)) || p.ContentID == "" {
					t.Errorf("%s: %+v", tt.what, p)
				}
			}
			if got := strings.Join(targets, " "); got != tt.want {
				t.Errorf("%s: asked for %q, want %q", tt.what, got, tt.want)
			}
			r.did(deeds...)
			r.waiting(tt.what, asked)
			for _, name := range []string{"story", "quiz"} {
				r.must(r.desk.Resume(t.Context(), boss, name))
				r.deeds++
			}
		}
	})
}

func (r *room) pause(name string) {
	r.t.Helper()
	r.must(r.desk.Pause(r.t.Context(), boss, name))
	r.deeds++
}

// today makes a push of today to some groups what it says, yesterday one of the
// day before.
func (r *room) today(name string, state ledger.PushState, groups ...string) {
	r.t.Helper()
	for _, g := range groups {
		r.is(name, "group:"+g, r.desk.Today(), state)
	}
}

func (r *room) yesterday(name string, state ledger.PushState, groups ...string) {
	r.t.Helper()
	for _, g := range groups {
		r.is(name, "group:"+g, r.desk.Today().AddDays(-1), state)
	}
}

// waiting checks that what was asked for waits to be sent at once.
func (r *room) waiting(what string, asked []ledger.Push) {
	r.t.Helper()
	records, err := r.desk.Ledger.Pushes(r.t.Context(), r.desk.Today(), r.desk.Today())
	r.must(err)
	for _, p := range asked {
		i := slices.IndexFunc(records, func(r ledger.PushRecord) bool { return r.Key() == p.Key() })
		if i < 0 || records[i].State != ledger.PushWaiting || !records[i].NextTry.Equal(r.now) || records[i].ContentID != p.ContentID {
			r.t.Errorf("%s: %v is recorded as %+v", what, p.Key(), records)
		}
	}
}

// What is planned for today is taken from today's plan; otherwise what comes
// next, under today's date. The preview is that, and records nothing.
func TestPushPreview(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		plan, err := r.desk.Schedule.Plan(t.Context(), "2026-12-01", "2026-12-01")
		r.must(err)
		for _, tt := range []struct {
			name, target, targets, content, text string
			code                                 bot.Code
			says                                 string
		}{
			{"story", "", "group:甲 group:乙", plan[0].ContentID, "廉政故事：" + plan[0].Title, 0, ""},
			{"quiz", "", "group:甲", plan[2].ContentID, "每日一题（2026年12月1日）\n" + plan[2].Title, 0, ""},
			{"notice", "", "group:甲 group:乙", "n", "元旦廉政提醒\n清廉过节。", 0, ""},
			{"notice", "member:A01", "member:A01", "n", "清廉过节。", 0, ""},
			{"notice", "A01", "", "", "", bot.Invalid, "请写成 group:群名"},
			{"case", "", "", "", "", bot.NotFound, "没有内容可推"},
		} {
			list, text, err := r.desk.PushPreview(t.Context(), tt.name, tt.target)
			r.refused(tt.name+" "+tt.target, err, tt.code, tt.says)
			var targets []string
			for _, p := range list {
				targets = append(targets, p.Target)
				if p.ContentID != tt.content || p.Date != "2026-12-01" {
					t.Errorf("%s: %+v", tt.name, p)
				}
			}
			if got := strings.Join(targets, " "); got != tt.targets || !strings.HasPrefix(text, tt.text) && !strings.Contains(text, "\n"+tt.text) || tt.text == "" && text != "" {
				t.Errorf("%s to %q: %q reads\n%s", tt.name, tt.target, got, text)
			}
		}
		r.did()
		if records, err := r.desk.Ledger.Pushes(t.Context(), "2026-11-01", "2026-12-31"); err != nil || len(records) != 0 {
			t.Errorf("recorded by looking: %+v, %v", records, err)
		}
		r.now = r.now.AddDate(0, 0, 29) // 30 December: no festival within sixty days but that of 6 February
		list, _, err := r.desk.PushPreview(t.Context(), "notice", "")
		r.refused("a festival for which there is no notice", err, bot.NotFound, "“notice”在今后 60 天里没有内容可推")
		if len(list) != 0 {
			t.Errorf("%+v", list)
		}
	})
}

// Skipping, then asking by hand, then skipping again: each takes what the one
// before has left.
func TestSkipAndPushNow(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		done, err := r.desk.Skip(t.Context(), boss, "story")
		if err != nil || done.Skipped != 2 {
			t.Errorf("%+v, %v", done, err)
		}
		asked, err := r.desk.PushNow(t.Context(), boss, "story", "group:丙")
		if err != nil || len(asked) != 1 {
			t.Errorf("%+v, %v", asked, err)
		}
		r.lists("2026-12-01", "2026-12-01", "1 07:00 story group:丙: 等着再试（staff S01 要求现在推送）",
			"1 08:00 story group:甲: 没有发（staff S01 跳过）", "1 08:00 story group:乙: 没有发（staff S01 跳过）", "1 09:00 quiz group:甲: 未到时间")
		if done, err = r.desk.Skip(t.Context(), boss, "story"); err != nil || done != (staff.Skipped{Skipped: 1, Over: 2}) {
			t.Errorf("%+v, %v", done, err)
		}
	})
}
