package relief_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/relief"
	"lianwen/corpus"
)

var noon = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC) // a Tuesday

// facts are those of the sample with the recommended plan.
func facts(t *testing.T) relief.Facts {
	t.Helper()
	c, err := corpus.Open("")
	if err != nil {
		t.Fatal(err)
	}
	specs := []day.PushSpec{
		spec("story", day.StoryContent, "group:甲"),
		with(spec("quiz", day.QuestionContent, "group:甲"), func(p *day.PushSpec) { p.Workdays, p.At = true, at(9, 0) }),
		with(spec("notice", day.NoticeContent, "group:甲"), func(p *day.PushSpec) { p.Audience, p.LeadDays, p.At = "全体", 3, at(8, 30) }),
		with(spec("card", day.CardContent, "group:甲", "attendees"), func(p *day.PushSpec) { p.LeadDays, p.At = 1, at(16, 0) }),
	}
	return relief.Facts{Settings: relief.Settings{Caps: relief.Standard, Pushes: specs}, Now: noon, Corpus: c, Plan: plan(t, c, specs, nil, "2026-11-30", relief.PlanDays)}
}

func plan(t *testing.T, c *corpus.Corpus, specs []day.PushSpec, meetings []ledger.Activity, from corpus.Date, days int) []ledger.Push {
	t.Helper()
	calendar, err := day.NewCalendar("")
	if err != nil {
		t.Fatal(err)
	}
	p := day.Planner{Location: time.UTC, Calendar: calendar, Corpus: c, Specs: specs, Meetings: meetings}
	return p.Plan(from, from.AddDays(days-1))
}

// result is what is found of a trait.
func result(t *testing.T, f relief.Facts, name string) relief.Result {
	t.Helper()
	for _, r := range f.Check() {
		if r.Trait == name {
			return r
		}
	}
	t.Fatalf("no trait %s", name)
	return relief.Result{}
}

// The sample with the recommended plan has nothing against it, and of each trait
// it is said what was looked at.
func TestAllFine(t *testing.T) {
	t.Parallel()
	list := facts(t).Check()
	if len(list) != 8 {
		t.Errorf("%d traits", len(list))
	}
	for _, r := range list {
		if r.Outcome != relief.Fine || len(r.Found) > 0 || len(r.Looked) == 0 || r.Title == "" {
			t.Errorf("%+v", r)
		}
	}
}

// Each of these is found in its trait, and in no other.
func TestFound(t *testing.T) {
	t.Parallel()
	record := func(name string, days int, state ledger.PushState) ledger.PushRecord {
		due := noon.AddDate(0, 0, -days)
		return ledger.PushRecord{State: state, Push: ledger.Push{Name: name, Target: "group:甲", Date: corpus.DateOf(due), Due: due, Content: day.StoryContent, ContentID: fmt.Sprint(name, days), Title: "海瑞"}}
	}
	for what, tt := range map[string]struct {
		change  func(f *relief.Facts)
		trait   string
		outcome relief.Outcome
		found   string
	}{
		"no library":        {func(f *relief.Facts) { f.Corpus = nil }, relief.Hollow, relief.Broken, "制度库是空的"},
		"nothing in force":  {func(f *relief.Facts) { f.Corpus = &corpus.Corpus{} }, relief.Hollow, relief.Broken, "没有现行的制度"},
		"a push of nothing": {func(f *relief.Facts) { f.Barren = []string{"case"} }, relief.Hollow, relief.Broken, "推送 case 一年里没有内容"},
		"a push to nobody":  {func(f *relief.Facts) { f.Pushes[0].Targets = nil }, relief.Hollow, relief.Broken, "推送 story 没有对象"},
		"an old index":      {func(f *relief.Facts) { f.Stale = "索引旧了" }, relief.Hollow, relief.Doubt, "索引旧了"},
		"a push that never arrives": {func(f *relief.Facts) {
			for i := range 5 {
				f.Records = append(f.Records, record("story", i, ledger.PushFailed))
			}
		}, relief.Hollow, relief.Doubt, "推送 story 最近 30 天有 5 条到了时间，一条也没有发出"},
		"nobody has looked": {func(f *relief.Facts) { f.Records = append(f.Records, record("story", 8, ledger.PushUncertain)) }, relief.Hollow, relief.Doubt, "1 条，过了 7 天没有人核实"},
		"the same again on record": {func(f *relief.Facts) {
			a, b := record("story", 6, ledger.PushSent), record("story", 1, ledger.PushSent)
			a.ContentID = b.ContentID
			f.Records = []ledger.PushRecord{a, b}
		}, relief.Repeat, relief.Doubt, "记录里“海瑞”向“甲”发两遍"},
		"the same again in the plan": {func(f *relief.Facts) {
			few := *f.Corpus
			few.Stories = few.Stories[:3]
			f.Corpus, f.Plan = &few, plan(t, &few, f.Pushes[:1], nil, "2026-11-30", relief.PlanDays)
		}, relief.Repeat, relief.Doubt, "计划里“"},
		"a cap raised":     {func(f *relief.Facts) { f.Caps.GroupDay = 9 }, relief.Repeat, relief.Broken, "push_limit 9 超过 3"},
		"a group at night": {func(f *relief.Facts) { f.Pushes[0].At = at(22, 0) }, relief.Instant, relief.Doubt, "推送 story 在休息时间"},
		"a report that ranks": {func(f *relief.Facts) {
			f.Reports = []relief.Text{{Where: "模板.docx", Body: "编号，姓名，排名"}}
		}, relief.CheckIn, relief.Broken, "模板.docx里有“"},
		"a report that scores":        {func(f *relief.Facts) { f.Reports = []relief.Text{{Where: "模板.docx", Body: "编号，正确率"}} }, relief.Measure, relief.Broken, "正确率"},
		"a text of the configuration": {func(f *relief.Facts) { f.Own = []relief.Text{{Where: "contact", Body: "请下载客户端联系"}} }, relief.Install, relief.Doubt, "contact：“"},
		"a notice that asks": {func(f *relief.Facts) {
			f.Corpus.Notices[0].Text += "请大家点赞，收到请回复。"
		}, relief.Likes, relief.Doubt, "notices/"},
		"what staff have written": {func(f *relief.Facts) {
			f.Edited = []relief.Text{{Where: "12月2日的 story", Body: "请大家打卡。"}}
		}, relief.CheckIn, relief.Broken, "12月2日的 story：“请大家打卡”"},
		"a rule that measures": {func(f *relief.Facts) {
			rules, _ := f.Corpus.RulesInForce()
			rules[0].Articles[0].Text += "委员每日一题的答题次数计入年度考核。"
		}, relief.Measure, relief.Doubt, "《"},
	} {
		f := facts(t)
		f.Ledger = true
		tt.change(&f)
		for _, r := range f.Check() {
			found := strings.Contains(strings.Join(r.Found, "\n"), tt.found)
			switch {
			case r.Trait == tt.trait && (r.Outcome != tt.outcome || len(r.Found) == 0 || !found):
				t.Errorf("%s: %s %q, want %s %s", what, r.Outcome, r.Found, tt.outcome, tt.found)
			case r.Trait != tt.trait && r.Outcome != relief.Fine && what != "a notice that asks" && f.Corpus != nil:
				t.Errorf("%s: also %+v", what, r)
			}
		}
	}
}

// What is enough and what is not, at the borders.
func TestFoundBorders(t *testing.T) {
	t.Parallel()
	record := func(days int, state ledger.PushState) ledger.PushRecord {
		due := noon.AddDate(0, 0, -days)
		return ledger.PushRecord{State: state, Push: ledger.Push{Name: "story", Target: "group:甲", Date: corpus.DateOf(due), Due: due, Content: day.StoryContent, ContentID: "x", Title: "海瑞"}}
	}
	for what, records := range map[string][]ledger.PushRecord{
		"four that failed":          {record(1, "failed"), record(2, "failed"), record(3, "skipped"), record(4, "failed")},
		"five of which one arrived": {record(1, "failed"), record(2, "failed"), record(3, "sent"), record(4, "failed"), record(5, "failed")},
		"a week later":              {record(8, "sent"), record(1, "sent")},
		"five to a member":          toMember(record(1, "skipped"), record(2, "skipped"), record(3, "skipped"), record(4, "skipped"), record(5, "skipped")),
		"the same to a member":      toMember(record(2, "sent"), record(1, "sent")),
		"one of them skipped":       {record(2, "skipped"), record(1, "sent")},
		"a week unlooked at":        {record(7, "uncertain")},
	} {
		f := facts(t)
		f.Ledger, f.Records = true, records
		for _, r := range f.Check() {
			if r.Outcome != relief.Fine {
				t.Errorf("%s: %+v", what, r)
			}
		}
	}
}

// A trait that the operator allows to be broken is red all the same, with the
// reason.
func TestAllowedIsRed(t *testing.T) {
	t.Parallel()
	f := facts(t)
	f.Caps.GroupWeek = 30
	f.Waiver = relief.Waiver{Allow: []string{relief.Repeat}, Reason: "全会期间"}
	if r := result(t, f, relief.Repeat); r.Outcome != relief.Broken || r.Reason != "全会期间" {
		t.Errorf("%+v", r)
	}
	f.Caps = relief.Standard
	if r := result(t, f, relief.Repeat); r.Outcome != relief.Fine || r.Reason != "" {
		t.Errorf("%+v", r)
	}
}

// The standard caps leave the recommended plan as it is, with a meeting a week; in
// a week of work at the weekend and in one of meetings every day stories make
// room, and nothing else.
func TestStandardFitsTheRecommendedPlan(t *testing.T) {
	t.Parallel()
	f := facts(t)
	var weekly, daily []ledger.Activity
	for d := corpus.Date("2026-11-30"); d < "2028-01-01"; d = d.AddDays(1) {
		meeting := ledger.Activity{Date: d, Kind: ledger.MeetingKind, Title: "主席会议", Members: []string{"A01"}}
		if daily = append(daily, meeting); len(daily)%7 == 3 {
			weekly = append(weekly, meeting)
		}
	}
	for name, tt := range map[string]struct {
		meetings []ledger.Activity
		most     int // held back in thirteen months
	}{"no meetings": {nil, 0}, "one a week": {weekly, 12}, "one a day": {daily, 400}} {
		held := 0
		for _, c := range relief.Crowding(relief.Standard, plan(t, f.Corpus, f.Pushes, tt.meetings, "2026-11-30", 399)) {
			if held += c.Held; c.Name != "story" {
				t.Errorf("%s: %+v", name, c)
			}
		}
		if held > tt.most {
			t.Errorf("%s: %d stories make room, at most %d", name, held, tt.most)
		}
		t.Logf("%s: %d of 399 stories make room", name, held)
	}
}

// toMember makes pushes go to a member instead.
func toMember(records ...ledger.PushRecord) []ledger.PushRecord {
	for i := range records {
		records[i].Target = "member:A01"
	}
	return records
}
