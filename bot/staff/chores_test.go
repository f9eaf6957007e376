package staff_test

import (
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// What is to be done is found wherever it is, and nothing where nothing is.
func TestChores(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		ctx := t.Context()
		chores := func() staff.Chores {
			t.Helper()
			c, err := r.desk.Chores(ctx)
			r.must(err)
			return c
		}
		r.desk.Schedule.Specs = r.desk.Schedule.Specs[:2]
		if c := chores(); !c.Empty() || c.Crowded+c.Muted+len(c.Paused) > 0 {
			t.Errorf("of nothing: %+v", c)
		}
		r.desk.Schedule.Specs[0].Approval = true
		r.is("story", "group:甲", "2026-11-30", ledger.PushUncertain)
		r.is("story", "group:乙", "2026-11-30", ledger.PushFailed)
		r.is("quiz", "group:甲", "2026-11-29", ledger.PushFailed) // too long ago
		r.is("quiz", "group:甲", "2026-12-01", ledger.PushUncertain)
		r.must(r.desk.Resolve(ctx, boss, ledger.PushKey{Name: "quiz", Target: "group:甲", Date: "2026-12-01"}, false)) // known
		for target, detail := range map[string]string{"group:乙": "这一天已经向这里发了 2 条", "group:丙": "这一周最多向这里发 2 条，留给quiz", "group:丁": "过了时间", "member:A01": "这一天已经向这里发了 2 条"} {
			p := ledger.Push{Name: "quiz", Target: target, Date: "2026-12-01", Due: r.now, Until: r.now, Content: "story", ContentID: "bao", Title: "包拯不持一砚"}
			_, err := r.desk.Ledger.SkipPush(ctx, ledger.PushRecord{Push: p, State: ledger.PushSkipped, Detail: detail, At: r.now})
			r.must(err)
		}
		r.must(r.desk.Pause(ctx, boss, "quiz"))
		r.must(r.desk.Ledger.Mute(ctx, "A01", r.now))
		r.must(r.desk.Ledger.Ask(ctx, ledger.Asked{At: r.now.AddDate(0, 0, -1), Question: "食堂几点开饭"}))
		r.must(r.desk.Ledger.Ask(ctx, ledger.Asked{At: r.now.AddDate(0, 0, -1), Question: "停车证在哪里办"}))
		_ = chores() // the questions are known
		r.corpus = library(t, map[string]string{"rules/h.md": "+++\nid = \"h\"\ntitle = \"会议办法\"\nstatus = \"in-force\"\neffective = 2026-02-01\nsample = true\n+++\n第一条 会议开始以后签到。\n"})
		r.corpus.Faults = make(corpus.Problems, 3)
		c := chores()
		if c.Empty() || len(c.Uncertain) != 1 || c.Failed != 1 || len(c.Unsigned) != 8 || len(c.Paused) != 1 || c.Suspended != 1 || c.Unanswered != 2 || c.UnansweredFor != 30 || c.Faults != 3 || c.Crowded != 2 || c.Muted != 1 {
			t.Errorf("%+v", c)
		}
		r.sign("story", "2026-12-02")
		_, err := r.desk.SkipOn(ctx, boss, "story", "2026-12-03")
		r.must(err)
		if c := chores(); len(c.Unsigned) != 6 {
			t.Errorf("%d are left to be approved", len(c.Unsigned))
		}
		r.desk.Schedule = nil
		if c := chores(); len(c.Uncertain) != 1 || c.Failed+len(c.Unsigned)+c.Crowded != 0 {
			t.Errorf("without pushes: %+v", c)
		}
	})
}

// What will be missing is said before it is: contents, days off.
func TestWillBeMissing(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	c, err := r.desk.Chores(t.Context())
	r.must(err)
	if len(c.Lacks) != 1 || c.Lacks[0].Spec.Content != day.CaseContent || c.MissingYear != 0 || c.Empty() {
		t.Errorf("%+v", c.Lacks)
	}
	r.now = time.Date(2039, 11, 30, 23, 0, 0, 0, time.UTC) // December where the desk stands
	r.desk.Schedule.Specs[0].Workdays = true
	if c, err = r.desk.Chores(t.Context()); err != nil || c.MissingYear != 2040 || c.Empty() {
		t.Errorf("%d, %v", c.MissingYear, err)
	}
}
