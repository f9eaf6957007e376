package staff_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// boss is who does things here.
const boss = ledger.Actor("staff S01")

// room is a desk with its records, a small library and a clock. It is seven in
// the morning of 1 December where the desk stands, and still November in UTC.
type room struct {
	t      *testing.T
	desk   *staff.Desk
	now    time.Time
	corpus *corpus.Corpus
	deeds  int // in the audit, when did has looked last
}

func newRoom(t *testing.T, w ledgertest.Where) *room {
	t.Helper()
	beijing := time.FixedZone("CST", 8*3600)
	r := &room{t: t, now: time.Date(2026, 12, 1, 7, 0, 0, 0, beijing).UTC(), corpus: library(t, nil)}
	calendar, err := day.NewCalendar("")
	r.must(err)
	library := func() (*corpus.Corpus, func()) { return r.corpus, func() {} }
	r.desk = staff.New(&staff.Desk{Ledger: w.Open(t), Library: library, Location: beijing, Now: func() time.Time { return r.now }})
	both := []string{"group:甲", "group:乙"}
	r.desk.Schedule = &day.Schedule{
		Location: beijing, Calendar: calendar, Library: library, Ledger: r.desk.Ledger, Reviewer: r.desk.Reviewer,
		Specs: []day.PushSpec{
			{Name: "story", Content: day.StoryContent, At: 8 * time.Hour, Window: 4 * time.Hour, Targets: both},
			{Name: "quiz", Content: day.QuestionContent, At: 9 * time.Hour, Window: time.Hour, Targets: both[:1]},
			{Name: "notice", Content: day.NoticeContent, At: 8 * time.Hour, Window: time.Hour, LeadDays: 3, Audience: "全体", Targets: both}, // not before 29 December
			{Name: "case", Content: day.CaseContent, At: 8 * time.Hour, Window: time.Hour, Targets: both},                                  // there are none
		},
	}
	_, err = r.desk.Ledger.ImportMembers(t.Context(), []ledger.Member{
		{Number: "A01", Name: "张三", Sector: "教育界"}, {Number: "A02", Name: "李四"}, {Number: "A03", Name: "赵六"}, {Number: "S01", Name: "王五", Staff: true},
	}, "2026-11-01", "setup", r.now)
	r.must(err)
	_, err = r.desk.Ledger.ImportMembers(t.Context(), []ledger.Member{ // A03 has left
		{Number: "A01", Name: "张三", Sector: "教育界"}, {Number: "A02", Name: "李四"}, {Number: "S01", Name: "王五", Staff: true},
	}, "2026-11-20", "setup", r.now)
	r.must(err)
	r.deeds = 2
	return r
}

// library is two rules in force and one that is repealed, a list of
// prohibitions, stories, notices and three questions, after a change of its
// files.
func library(t *testing.T, change map[string]string) *corpus.Corpus {
	t.Helper()
	rule := func(id, title, status, text string) string {
		return fmt.Sprintf("+++\nid = %q\ntitle = %q\nstatus = %q\neffective = 2026-02-01\nsample = true\n+++\n%s", id, title, status, text)
	}
	files := map[string]string{
		"rules/r.md":         rule("r", "请假办法", "in-force", "第一条 三天以内的报科室。\n\n第二条 五天以内的报分管领导。\n\n第三条 本办法自印发之日起施行。\n"),
		"rules/h.md":         rule("h", "会议办法", "in-force", "第一条 会议开始前签到。\n"),
		"rules/old.md":       rule("old", "旧办法", "repealed", "第一条 不再用的。\n"),
		"rules/ban.md":       strings.Replace(rule("ban", "会议纪律", "in-force", "一、不准迟到。\n\n二、不准早退。\n"), "sample", "kind = \"prohibitions\"\nsample", 1),
		"notices/n.md":       "+++\nid = \"n\"\nfestival = \"元旦\"\naudience = \"全体\"\ncites = []\nsample = true\n+++\n清廉过节。\n",
		"questions/r.toml":   question("r-01", "r#1") + question("r-02", "r#2") + question("r-03", "h#1"),
		"stories/bao.md":     story("bao", "包拯不持一砚"),
		"stories/xuanyu.md":  story("xuanyu", "悬鱼"),
		"stories/huanzhu.md": story("huanzhu", "还珠"),
	}
	lib := fstest.MapFS{}
	for name, text := range files {
		if changed, ok := change[name]; ok {
			text = changed
		}
		lib[name] = &fstest.MapFile{Data: []byte(text)}
	}
	c, err := corpus.Read(lib)
	if err != nil || len(c.Faults) > 0 {
		t.Fatal(err, c)
	}
	return c
}

func question(id, cite string) string {
	return fmt.Sprintf("[[question]]\nid = %q\ntext = \"%s问几天？\"\noptions = [\"三天\", \"五天\", \"七天\"]\nanswer = \"B\"\nexplanation = \"见条文\"\ncites = [%q]\n\n", id, id, cite)
}

func story(id, title string) string {
	return fmt.Sprintf("+++\nid = %q\ntitle = %q\nperiod = \"汉\"\nsource = \"《汉书》\"\ntheme = \"廉洁\"\ncites = []\nsample = true\n+++\n%s的故事。\n", id, title, title)
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// did checks what has come to the audit since it was asked last, oldest first:
// actor, action and detail.
func (r *room) did(want ...string) {
	r.t.Helper()
	list, err := r.desk.History(context.Background(), 1000)
	r.must(err)
	var got []string
	for _, d := range slices.Backward(list[:len(list)-r.deeds]) {
		got = append(got, strings.TrimSpace(string(d.Actor)+": "+d.Action+" "+d.Detail))
		if !d.At.Equal(r.now) {
			r.t.Errorf("%s is of %v, not of %v", d.Action, d.At, r.now)
		}
	}
	r.deeds = len(list)
	if !slices.Equal(got, want) {
		r.t.Errorf("the audit has\n%q, want\n%q", got, want)
	}
}

// refused checks an error that was made for people; "" means none.
func (r *room) refused(what string, err error, code bot.Code, want string) {
	r.t.Helper()
	if bot.CodeOf(err) != code || (err != nil) != (want != "") || err != nil && !strings.Contains(err.Error(), want) {
		r.t.Errorf("%s: %v (code %d), want %q (code %d)", what, err, bot.CodeOf(err), want, code)
	}
}

// The day is the one where the desk stands.
func TestToday(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	for at, want := range map[string][2]corpus.Date{
		"2026-11-30T23:00:00Z": {"2026-01-01", "2026-12-01"}, "2026-11-30T15:59:59Z": {"2026-01-01", "2026-11-30"},
		"2026-12-31T15:59:59Z": {"2026-01-01", "2026-12-31"}, "2026-12-31T16:00:00Z": {"2027-01-01", "2027-01-01"},
	} {
		var err error
		r.now, err = time.Parse(time.RFC3339, at)
		r.must(err)
		from, to := r.desk.ThisYear()
		if got := r.desk.Today(); got != want[1] || from != want[0] || to != want[1] {
			t.Errorf("at %s it is %s, the year from %s to %s", at, got, from, to)
		}
	}
	bare := staff.New(&staff.Desk{})
	if bare.Today() != corpus.DateOf(time.Now()) && bare.Today() != corpus.DateOf(time.Now().AddDate(0, 0, -1)) {
		t.Errorf("without a clock it is %s", bare.Today())
	}
}

// When the records cannot be reached, nothing seems to have worked, and nobody
// reads of it what was made for nobody.
func TestWithoutRecords(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	d, ctx := r.desk, t.Context()
	result := make(chan string, 1)
	d.Reindex = func() (<-chan string, bool) { return result, true }
	d.Schedule.Specs[0].Approval = true
	key := ledger.DraftKey{Name: "story", Date: d.Today()}
	r.must(d.Ledger.Close())
	for name, do := range map[string]func() error{
		"draft roster":     func() error { _, err := d.DraftRoster(ctx, []byte(roster)); return err },
		"apply roster":     func() error { _, err := d.ApplyRoster(ctx, boss, staff.RosterDraft{}, false); return err },
		"codes":            func() error { _, err := d.Codes(ctx, boss, nil, 1); return err },
		"on roster":        func() error { _, err := d.OnRoster(ctx, "A01"); return err },
		"excuse":           func() error { _, err := d.Excuse(ctx, boss, "A01", d.Today(), d.Today(), ""); return err },
		"take back":        func() error { _, err := d.TakeBack(ctx, boss, "A01", d.Today(), d.Today()); return err },
		"correct":          func() error { _, err := d.Correct(ctx, boss, "A01", d.Today(), ledger.Took, "x"); return err },
		"suspended":        func() error { _, err := d.Suspended(ctx); return err },
		"approve":          func() error { _, err := d.Approve(ctx, boss); return err },
		"pushes":           func() error { _, err := d.Pushes(ctx, d.Today(), d.Today()); return err },
		"days":             func() error { _, err := d.Days(ctx, d.Today(), d.Today()); return err },
		"chores":           func() error { _, err := d.Chores(ctx); return err },
		"preview on":       func() error { _, _, err := d.PreviewOn(ctx, "story", d.Today()); return err },
		"draft":            func() error { _, err := d.Draft(ctx, key); return err },
		"pause":            func() error { return d.Pause(ctx, boss, "story") },
		"resume":           func() error { return d.Resume(ctx, boss, "story") },
		"skip":             func() error { _, err := d.Skip(ctx, boss, "story"); return err },
		"uncertain":        func() error { _, err := d.Uncertain(ctx); return err },
		"resolve":          func() error { return d.Resolve(ctx, boss, ledger.PushKey{}, true) },
		"push now":         func() error { _, err := d.PushNow(ctx, boss, "story", ""); return err },
		"preview":          func() error { _, _, err := d.PushPreview(ctx, "story", ""); return err },
		"drafts":           func() error { _, err := d.Coming(ctx); return err },
		"hand":             func() error { _, err := d.Hand(ctx, "S01", boss); return err },
		"sign":             func() error { _, err := d.Sign(ctx, hand, []staff.SeenDraft{{Key: key}}); return err },
		"choices":          func() error { _, err := d.Choices(ctx, key); return err },
		"replace":          func() error { _, err := d.Replace(ctx, hand, staff.SeenDraft{Key: key}, "bao"); return err },
		"edit":             func() error { _, err := d.Edit(ctx, hand, staff.SeenDraft{Key: key}, "x"); return err },
		"withdraw":         func() error { _, err := d.Withdraw(ctx, hand, key); return err },
		"status":           func() error { _, err := d.Status(ctx); return err },
		"rebuild":          func() error { _, err := d.RebuildIndex(ctx, boss); return err },
		"participation":    func() error { _, err := d.Participation(ctx, d.Today(), d.Today()); return err },
		"unanswered":       func() error { _, err := d.Unanswered(ctx, 30); return err },
		"history":          func() error { _, err := d.History(ctx, 1); return err },
		"add account":      func() error { _, err := d.AddAccount(ctx, boss, "甲", ledger.RoleAdmin, ""); return err },
		"accounts":         func() error { _, err := d.Accounts(ctx); return err },
		"log in":           func() error { _, err := d.LogIn(ctx, "甲", passphrase); return err },
		"take link":        func() error { _, err := d.TakeLink(ctx, "token", passphrase); return err },
		"draft activities": func() error { _, err := d.DraftActivities(ctx, []byte(activities)); return err },
		"apply activities": func() error { _, err := d.ApplyActivities(ctx, boss, staff.ActivityDraft{}); return err },
		"strike activity":  func() error { return d.StrikeActivity(ctx, boss, d.Today(), "会议", "x") },
		"people":           func() error { _, err := d.People(ctx); return err },
		"person":           func() error { _, err := d.PersonRecord(ctx, "A01"); return err },
		"unbind":           func() error { _, err := d.Unbind(ctx, boss, "A01", "wechat"); return err },
	} {
		if err := do(); err == nil || bot.CodeOf(err) != 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
