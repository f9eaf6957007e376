package relief_test

import (
	"slices"
	"strings"
	"testing"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/relief"
	"lianwen/corpus"
)

// What has gone out, or may have, has arrived; what went to a member says nothing of
// what goes to groups, either way.
func TestIdle(t *testing.T) {
	t.Parallel()
	due := func(target string, states ...ledger.PushState) (list []ledger.PushRecord) {
		for i, state := range states {
			at := noon.AddDate(0, 0, i-len(states))
			list = append(list, ledger.PushRecord{State: state, Push: ledger.Push{Name: "story", Target: target, Date: corpus.DateOf(at), Due: at, ContentID: strings.Repeat("x", i)}})
		}
		return list
	}
	failed := []ledger.PushState{"failed", "failed", "skipped", "failed", "failed"}
	for what, tt := range map[string]struct {
		records []ledger.PushRecord
		want    string
	}{
		"five that failed":                 {due("group:甲", failed...), "5 条到了时间，一条也没有发出"},
		"six, one of which may be there":   {due("group:甲", append(failed, "uncertain")...), ""},
		"members got theirs, no group did": {append(due("group:甲", failed...), due("member:A01", "sent", "uncertain")...), "5 条到了时间，一条也没有发出"},
		"four to a group, one to a member": {append(due("group:甲", failed[:4]...), due("member:A01", "failed")...), ""},
		"of another push":                  {slices.DeleteFunc(due("group:甲", failed...), func(r ledger.PushRecord) bool { return r.Date == "2026-11-26" }), ""},
	} {
		f := facts(t)
		f.Ledger, f.Records = true, tt.records
		if got := strings.Join(result(t, f, relief.Hollow).Found, "\n"); tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q, want %q", what, got, tt.want)
		}
	}
}

// It is said whether there are records, and how many texts were looked at, with those
// that staff have written.
func TestLookedAt(t *testing.T) {
	t.Parallel()
	f := facts(t)
	if got := result(t, f, relief.Hollow).Looked; !slices.Contains(got, "台账：还没有") {
		t.Errorf("without records: %q", got)
	}
	f.Ledger = true
	if got := result(t, f, relief.Hollow).Looked; slices.Contains(got, "台账：还没有") || !strings.Contains(strings.Join(got, "\n"), "最近 30 天的推送记录 0 条") {
		t.Errorf("with records: %q", got)
	}
	f.Corpus = nil
	f.Own, f.Edited = []relief.Text{{}}, []relief.Text{{}, {}}
	for _, name := range []string{relief.CheckIn, relief.Install, relief.Instant, relief.Measure, relief.Likes, relief.Forms} {
		if got := strings.Join(result(t, f, name).Looked, "\n"); !strings.Contains(got, "文字 3 篇") {
			t.Errorf("%s: %q", name, got)
		} else if strings.Contains(got, "现行制度的条文里") != (name == relief.Measure) {
			t.Errorf("%s: rules are looked at for the one trait: %q", name, got)
		}
	}
}

// What may have gone out counts as gone when the same goes out again; what failed does
// not.
func TestRepeatedOnRecord(t *testing.T) {
	t.Parallel()
	for state, want := range map[ledger.PushState]int{ledger.PushSent: 1, ledger.PushUncertain: 1, ledger.PushFailed: 0} {
		f := facts(t)
		f.Ledger = true
		for i, p := range planned("s", "group:甲", "a", "2026-11-29", "2026-11-30") {
			p.Due = noon
			f.Records = append(f.Records, ledger.PushRecord{Push: p, State: []ledger.PushState{state, ledger.PushSent}[i]})
		}
		if got := result(t, f, relief.Repeat).Found; len(got) != want {
			t.Errorf("%s: %q", state, got)
		}
	}
}

// Of each push nobody gets, and of each with nothing to bring, it is said.
func TestEachHollowPush(t *testing.T) {
	t.Parallel()
	f := facts(t)
	f.Pushes[1].Targets, f.Pushes[3].Targets, f.Barren = nil, nil, []string{"a", "b"}
	want := []string{"推送 a 一年里没有内容可推", "推送 b 一年里没有内容可推", "推送 quiz 没有对象", "推送 card 没有对象"}
	if got := result(t, f, relief.Hollow).Found; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// What is broken stays so, whatever is only doubtful besides, and all of it is told.
func TestBrokenStays(t *testing.T) {
	t.Parallel()
	f := facts(t)
	f.Barren, f.Stale = []string{"a"}, "索引旧了"
	f.Waiver = relief.Waiver{Allow: []string{relief.Hollow, relief.CheckIn}, Reason: "试用"}
	f.Own = []relief.Text{{Where: "contact", Body: "请打卡"}}
	if r := result(t, f, relief.Hollow); r.Outcome != relief.Broken || len(r.Found) != 2 || r.Reason != "试用" {
		t.Errorf("%+v", r)
	}
	if r := result(t, f, relief.CheckIn); r.Outcome != relief.Doubt || r.Reason != "" {
		t.Errorf("what is doubtful needs no leave: %+v", r)
	}
}

// Of each push it is said how often the caps hold it back, from which day on, and by
// which of them.
func TestCrowding(t *testing.T) {
	t.Parallel()
	const target = "group:甲"
	days := []corpus.Date{"2026-11-30", "2026-12-01", "2026-12-02"}
	quiz, notice := planned("quiz", target, "q", days...), planned("notice", target, "n", days[0])
	for i := range quiz {
		quiz[i].Content = day.QuestionContent
	}
	notice[0].Content = day.NoticeContent
	story := planned("story", target, "a", days...)
	caps := day.Caps{GroupDay: 9, GroupWeek: 99, PersonDay: 9, PersonWeek: 99}
	for what, tt := range map[string]struct {
		day, week int
		want      []relief.Crowded
	}{
		"none":     {9, 99, nil},
		"by day":   {1, 99, []relief.Crowded{{Name: "quiz", First: days[0], Planned: 3, Held: 1}, {Name: "story", First: days[0], Planned: 3, Held: 3}}},
		"by week":  {9, 6, []relief.Crowded{{Name: "story", First: days[2], Planned: 3, Held: 1, Week: true}}},
		"just fit": {3, 7, nil},
	} {
		c := caps
		c.GroupDay, c.GroupWeek = tt.day, tt.week
		var plan []ledger.Push
		for i := range days {
			plan = append(plan, story[i], quiz[i])
			if i == 0 {
				plan = append(plan, notice...)
			}
		}
		got := relief.Crowding(c, plan)
		slices.SortFunc(got, func(a, b relief.Crowded) int { return strings.Compare(a.Name, b.Name) })
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %+v, want %+v", what, got, tt.want)
		}
	}
}
