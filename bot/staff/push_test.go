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

// is makes a push of a day what it says: sent, failed, uncertain, claimed,
// waiting or skipped.
func (r *room) is(name, target string, date corpus.Date, state ledger.PushState) {
	r.t.Helper()
	p := ledger.Push{Name: name, Target: target, Date: date, Due: r.now, Until: r.now.Add(time.Hour), Content: "story", ContentID: "bao", Title: "包拯不持一砚"}
	ctx, l := r.t.Context(), r.desk.Ledger
	if state == ledger.PushSkipped {
		_, err := l.SkipPush(ctx, ledger.PushRecord{Push: p, State: state, Detail: "过了时间", At: r.now})
		r.must(err)
		return
	}
	ok, err := l.ClaimPush(ctx, p, r.now)
	r.must(err)
	if !ok {
		r.t.Fatalf("%v is somebody else's", p.Key())
	}
	if state != ledger.PushClaimed {
		r.must(l.SettlePush(ctx, ledger.PushRecord{Push: p, State: state, At: r.now, NextTry: r.now.Add(time.Hour)}))
	}
}

// lists checks the pushes of some days: time, name, target and where each
// stands.
func (r *room) lists(from, to corpus.Date, want ...string) {
	r.t.Helper()
	list, err := r.desk.Pushes(r.t.Context(), from, to)
	r.must(err)
	var got []string
	for _, p := range list {
		got = append(got, fmt.Sprintf("%s %s %s: %s", p.Due.In(r.desk.Location).Format("2 15:04"), p.Name, p.Target, p.Chinese(r.now)))
	}
	if !slices.Equal(got, want) {
		r.t.Errorf("got  %q\nwant %q", got, want)
	}
}

// Where a push stands is said in words.
func TestPushStatus(t *testing.T) {
	t.Parallel()
	due := time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		state  ledger.PushState
		detail string
		paused bool
		after  time.Duration
		want   string
	}{
		{"", "", false, -time.Second, "未到时间"},
		{"", "", false, 0, "未到时间"},
		{"", "", false, time.Second, "到了时间，还没有发"},
		{"", "", false, 4 * time.Hour, "到了时间，还没有发"},
		{"", "", false, 4*time.Hour + time.Second, "没有发，过了时限"},
		{"", "", true, -time.Second, "已暂停"},
		{"", "", true, time.Second, "已暂停"},
		{ledger.PushClaimed, "", false, time.Second, "正在发"},
		{ledger.PushClaimed, "", true, time.Second, "正在发"},
		{ledger.PushWaiting, "安静时段", false, time.Second, "等着再试（安静时段）"},
		{ledger.PushWaiting, "安静时段", true, time.Second, "已暂停"},
		{ledger.PushSent, "", false, time.Hour, "已发"},
		{ledger.PushSent, "", true, time.Hour, "已发"},
		{ledger.PushFailed, "没有这个群", false, time.Hour, "没有发出（没有这个群）"},
		{ledger.PushSkipped, "过了时间", true, time.Hour, "没有发（过了时间）"},
		{ledger.PushUncertain, "", false, time.Hour, "不确定"},
	} {
		s := staff.PushStatus{Push: ledger.Push{Due: due, Until: due.Add(4 * time.Hour)}, State: tt.state, Detail: tt.detail, Paused: tt.paused}
		if got := s.Chinese(due.Add(tt.after)); got != tt.want {
			t.Errorf("%+v: %s", tt, got)
		}
	}
}

// The list has what is planned with what became of it, and what was done besides
// the plan, in order of time.
func TestPushes(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		r.lists("2026-12-01", "2026-12-02",
			"1 08:00 story group:甲: 未到时间", "1 08:00 story group:乙: 未到时间", "1 09:00 quiz group:甲: 未到时间",
			"2 08:00 story group:甲: 未到时间", "2 08:00 story group:乙: 未到时间", "2 09:00 quiz group:甲: 未到时间")
		r.is("story", "group:甲", "2026-12-01", ledger.PushSent)
		r.is("story", "group:丙", "2026-12-01", ledger.PushFailed) // to a target that no plan has
		r.is("gone", "group:甲", "2026-12-01", ledger.PushSent)
		r.is("story", "group:甲", "2026-11-30", ledger.PushSent)
		r.now = r.now.Add(90 * time.Minute)
		r.must(r.desk.Pause(t.Context(), boss, "quiz"))
		r.lists("2026-12-01", "2026-12-01",
			"1 07:00 gone group:甲: 已发", "1 07:00 story group:丙: 没有发出", "1 08:00 story group:甲: 已发",
			"1 08:00 story group:乙: 到了时间，还没有发", "1 09:00 quiz group:甲: 已暂停")
		r.lists("2026-12-03", "2026-12-02")
		r.desk.Schedule = nil
		r.lists("2026-12-01", "2026-12-01", "1 07:00 gone group:甲: 已发", "1 07:00 story group:丙: 没有发出", "1 07:00 story group:甲: 已发")
	})
}

// A push that the configuration does not have cannot be steered, and its name is
// helped with.
func TestUnknownPush(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	all := func(name string, code bot.Code, says string) {
		t.Helper()
		ctx := t.Context()
		_, err1 := r.desk.Skip(ctx, boss, name)
		_, err2 := r.desk.PushNow(ctx, boss, name, "")
		_, _, err3 := r.desk.PushPreview(ctx, name, "")
		for what, err := range map[string]error{"pause": r.desk.Pause(ctx, boss, name), "resume": r.desk.Resume(ctx, boss, name), "skip": err1, "push now": err2, "preview": err3} {
			r.refused(what+" "+name, err, code, says)
		}
		r.did()
	}
	all("", bot.Invalid, "请写上推送的名称。名称有：story、quiz、notice、case。")
	all("stroy", bot.NotFound, "没有叫“stroy”的推送。名称有：story、quiz、notice、case。")
	r.desk.Schedule.Specs = nil
	all("story", bot.NotFound, "配置里没有推送")
	r.desk.Schedule = nil
	all("", bot.NotFound, "配置里没有推送")
}

// A push is kept back until it is let go, today's as well as that of a day to
// come, when there is nothing of it today.
func TestPause(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		paused := func(want ...string) {
			t.Helper()
			if got, err := r.desk.Ledger.Paused(t.Context()); err != nil || !slices.Equal(got, want) {
				t.Errorf("paused %q, %v, want %q", got, err, want)
			}
		}
		r.must(r.desk.Pause(t.Context(), boss, "notice"))
		r.did("staff S01: pause notice")
		paused("notice")
		r.lists("2026-12-01", "2026-12-01", "1 08:00 story group:甲: 未到时间", "1 08:00 story group:乙: 未到时间", "1 09:00 quiz group:甲: 未到时间")
		r.lists("2026-12-29", "2026-12-29", "29 08:00 story group:甲: 未到时间", "29 08:00 story group:乙: 未到时间",
			"29 08:00 notice group:甲: 已暂停", "29 08:00 notice group:乙: 已暂停", "29 09:00 quiz group:甲: 未到时间")
		r.must(r.desk.Pause(t.Context(), boss, "story"))
		r.must(r.desk.Pause(t.Context(), "staff S02", "story")) // is so already
		r.did("staff S01: pause story", "staff S02: pause story")
		paused("notice", "story")
		r.must(r.desk.Resume(t.Context(), boss, "notice"))
		r.must(r.desk.Resume(t.Context(), boss, "quiz")) // was never paused
		r.did("staff S01: resume notice", "staff S01: resume quiz")
		paused("story")
	})
}

// What is left of a push today is dropped; what was dealt with stays what it
// is.
func TestSkip(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		ctx := t.Context()
		skips := func(name string, skipped, over int) {
			t.Helper()
			done, err := r.desk.Skip(ctx, boss, name)
			if err != nil || done != (staff.Skipped{Skipped: skipped, Over: over}) {
				t.Errorf("skip %s: %+v, %v", name, done, err)
			}
			if skipped == 0 {
				r.did()
			} else {
				r.did(fmt.Sprintf("staff S01: skip %s, %d pushes", name, skipped))
			}
		}
		skips("notice", 0, 0) // nothing of it today
		skips("case", 0, 0)
		r.is("story", "group:甲", "2026-12-01", ledger.PushSent)
		skips("story", 1, 1)
		skips("story", 0, 2)
		r.lists("2026-12-01", "2026-12-02", "1 08:00 story group:甲: 已发", "1 08:00 story group:乙: 没有发（staff S01 跳过）", "1 09:00 quiz group:甲: 未到时间",
			"2 08:00 story group:甲: 未到时间", "2 08:00 story group:乙: 未到时间", "2 09:00 quiz group:甲: 未到时间")
		for i, state := range []ledger.PushState{ledger.PushClaimed, ledger.PushFailed, ledger.PushUncertain, ledger.PushSkipped, ledger.PushWaiting} {
			r.now = r.now.AddDate(0, 0, 1)
			r.is("quiz", "group:甲", r.desk.Today(), state)
			if state == ledger.PushWaiting {
				skips("quiz", 1, 0)
			} else {
				skips("quiz", 0, 1)
			}
			records, err := r.desk.Ledger.Pushes(ctx, r.desk.Today(), r.desk.Today())
			r.must(err)
			if want := []ledger.PushState{state, ledger.PushSkipped}[i/4]; records[0].State != want {
				t.Errorf("%s is now %s", state, records[0].State)
			}
		}
	})
}

// Pushes of which nobody knows are listed for a month and settled once.
func TestResolve(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		ctx := t.Context()
		for date, state := range map[corpus.Date]ledger.PushState{
			"2026-10-30": ledger.PushUncertain, "2026-10-31": ledger.PushUncertain, "2026-11-15": ledger.PushSent, "2026-12-01": ledger.PushUncertain, "2026-12-02": ledger.PushUncertain,
		} {
			r.is("story", "group:甲", date, state)
		}
		uncertain := func(want ...corpus.Date) {
			t.Helper()
			list, err := r.desk.Uncertain(ctx)
			r.must(err)
			var got []corpus.Date
			for _, p := range list {
				got = append(got, p.Date)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("uncertain %v, want %v", got, want)
			}
		}
		key := func(date corpus.Date) ledger.PushKey {
			return ledger.PushKey{Name: "story", Target: "group:甲", Date: date}
		}
		uncertain("2026-10-31", "2026-12-01") // 31 days back, up to today
		r.must(r.desk.Resolve(ctx, boss, key("2026-10-31"), true))
		r.must(r.desk.Resolve(ctx, boss, key("2026-12-01"), false))
		r.did("staff S01: resolve push story group:甲 2026-10-31: sent", "staff S01: resolve push story group:甲 2026-12-01: failed")
		uncertain()
		for what, key := range map[string]ledger.PushKey{"a second time": key("2026-10-31"), "what was sent": key("2026-11-15"), "what never was": key("2026-11-16")} {
			r.refused(what, r.desk.Resolve(ctx, boss, key, false), bot.Conflict, "已经核实过了")
		}
		r.did()
		records, err := r.desk.Ledger.Pushes(ctx, "2026-10-31", "2026-12-01")
		r.must(err)
		var got []string
		for _, p := range records {
			got = append(got, fmt.Sprint(p.Date, " ", p.State, " ", p.Detail))
		}
		slices.Sort(got)
		if want := "2026-10-31 sent staff S01 核实, 2026-11-15 sent , 2026-12-01 failed staff S01 核实"; strings.Join(got, ", ") != want {
			t.Errorf("got %q", got)
		}
	})
}
