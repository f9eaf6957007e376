package day_test

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

func beijing(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// readSample reads the sample library, once for all tests: that takes longer than most of
// them.
var readSample = sync.OnceValues(func() (*corpus.Corpus, error) { return corpus.Open("") })

// sample is the sample library. A test may put other contents in, and changes none.
func sample(t *testing.T) *corpus.Corpus {
	t.Helper()
	c, err := readSample()
	if err != nil {
		t.Fatal(err)
	}
	own := *c
	return &own
}

func calendar(t *testing.T, text string) *day.Calendar {
	t.Helper()
	c, err := day.NewCalendar(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func planned(from, to corpus.Date, location *time.Location, calendar *day.Calendar, c *corpus.Corpus, specs []day.PushSpec) []ledger.Push {
	return day.Planner{Location: location, Calendar: calendar, Corpus: c, Specs: specs}.Plan(from, to)
}

func specs() []day.PushSpec {
	return []day.PushSpec{
		{Name: "story", Content: day.StoryContent, At: 8 * time.Hour, Window: 4 * time.Hour, Targets: []string{"group:甲", "group:乙"}},
		{Name: "quiz", Content: day.QuestionContent, At: 9*time.Hour + 30*time.Minute, Workdays: true, Window: time.Hour, Targets: []string{"group:甲"}},
		{Name: "notice", Content: day.NoticeContent, At: 8*time.Hour + 5*time.Minute, Window: time.Hour, Targets: []string{"group:甲"}, LeadDays: 3, Audience: "全体"},
	}
}

// Reminders before 元旦 and 春节 are on the right days.
func TestPlanNotices(t *testing.T) {
	t.Parallel()
	var got []string
	for _, p := range planned("2026-12-01", "2027-02-28", beijing(t), calendar(t, ""), sample(t), specs()) {
		if p.Name == "notice" {
			got = append(got, string(p.Date)+" "+p.Title+" "+p.Due.Format("15:04 MST"))
		}
	}
	want := []string{"2026-12-29 元旦廉政提醒 08:05 CST", "2027-02-03 春节廉政提醒 08:05 CST"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A year: every day a story to every target, none twice until all have been;
// questions on working days only, and hardly ever twice in a row about one rule.
func TestPlanYear(t *testing.T) {
	t.Parallel()
	c := sample(t)
	plan := planned("2027-01-01", "2027-12-31", beijing(t), calendar(t, ""), c, specs())
	var stories, questions []string
	rules := map[string]string{}
	for _, q := range c.Questions {
		rules[q.ID] = q.Cites[0].Rule
	}
	for _, p := range plan {
		switch {
		case p.Name == "story" && p.Target == "group:甲":
			stories = append(stories, p.ContentID)
		case p.Name == "quiz":
			questions = append(questions, p.ContentID)
		}
		if p.Due.Sub(p.Until) >= 0 || !strings.HasPrefix(p.Due.Format(time.DateOnly), string(p.Date)) {
			t.Fatalf("%+v", p)
		}
	}
	if len(stories) != 365 || len(questions) < 240 || len(questions) > 262 {
		t.Errorf("%d stories, %d questions", len(stories), len(questions))
	}
	last := map[string]int{}
	for i, id := range stories {
		if at, ok := last[id]; ok && i-at < 2 {
			t.Errorf("story %s again after %d days", id, i-at)
		}
		last[id] = i
	}
	inARow := 0
	for i := 1; i < len(questions); i++ {
		if rules[questions[i]] == rules[questions[i-1]] {
			inARow++
		}
	}
	if inARow > 2 { // between two turns it may happen
		t.Errorf("%d times two questions in a row about one rule", inARow)
	}
	if !slices.IsSortedFunc(plan, func(a, b ledger.Push) int { return a.Due.Compare(b.Due) }) {
		t.Error("not in order of time")
	}
	// The part is the same as in the whole.
	march := planned("2027-03-01", "2027-03-31", beijing(t), calendar(t, ""), c, specs())
	i := slices.IndexFunc(plan, func(p ledger.Push) bool { return p.Date >= "2027-03-01" })
	if !reflect.DeepEqual(march, plan[i:i+len(march)]) {
		t.Error("March by itself is another than March in the year")
	}
}

// In each turn every story comes once.
func TestPlanUsesAll(t *testing.T) {
	t.Parallel()
	c := sample(t)
	n := len(c.Stories)
	to := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 3*n-1).Format(time.DateOnly)
	plan := planned("2026-01-01", corpus.Date(to), beijing(t), calendar(t, ""), c, specs()[:1])
	for turn := range 3 {
		seen := map[string]int{}
		for _, p := range plan[turn*n*2 : (turn+1)*n*2] {
			seen[p.ContentID]++
		}
		if len(seen) != n {
			t.Errorf("turn %d: %d of %d stories", turn, len(seen), n)
		}
	}
}

// One story more moves the others by a place at most.
func TestPlanIsSteady(t *testing.T) {
	t.Parallel()
	c := sample(t)
	ids := func() (out []string) {
		for _, p := range planned("2026-12-01", "2026-12-20", beijing(t), calendar(t, ""), c, specs()[:1]) {
			if p.Target == "group:甲" {
				out = append(out, p.ContentID)
			}
		}
		return out
	}
	before := ids()
	c.Questions = append(slices.Clone(c.Questions), &corpus.Question{ID: "new-1", Cites: []corpus.Cite{{Rule: "x"}}})
	if !slices.Equal(ids(), before) {
		t.Error("a question has changed the stories")
	}
}

func TestPlanOfNothing(t *testing.T) {
	t.Parallel()
	empty := &corpus.Corpus{}
	if got := planned("2026-01-01", "2026-12-31", time.UTC, calendar(t, ""), empty, specs()); len(got) != 0 {
		t.Errorf("%d pushes without content", len(got))
	}
	if got := planned("2026-12-31", "2026-01-01", time.UTC, calendar(t, ""), sample(t), specs()); len(got) != 0 {
		t.Errorf("%d pushes in no time", len(got))
	}
}

// Books and cases go round like stories, on their weekday; the turn of a
// suspended question falls to the next.
func TestPlanReadings(t *testing.T) {
	t.Parallel()
	c := sample(t)
	c.Books = []*corpus.Book{{ID: "a", Title: "甲"}, {ID: "b", Title: "乙"}, {ID: "c", Title: "丙"}}
	c.Cases = []*corpus.Case{{ID: "x", Title: "案"}}
	weekly := []day.PushSpec{
		{Name: "book", Content: day.BookContent, At: 9 * time.Hour, Weekdays: []time.Weekday{time.Friday}, Targets: []string{"group:甲"}},
		{Name: "case", Content: day.CaseContent, At: 10 * time.Hour, Weekdays: []time.Weekday{time.Monday}, Targets: []string{"group:甲"}},
	}
	books := map[string]int{}
	days := 0
	for _, p := range planned("2026-12-01", "2026-12-31", beijing(t), calendar(t, ""), c, weekly) {
		switch p.Name {
		case "book":
			books[p.ContentID+p.Title]++
			days++
			if p.Due.Weekday() != time.Friday {
				t.Errorf("%s on a %v", p.Date, p.Due.Weekday())
			}
		case "case":
			if p.Due.Weekday() != time.Monday || p.ContentID != "x" {
				t.Errorf("%+v", p)
			}
		}
	}
	if days != 4 || len(books) != 3 || books["a《甲》"] == 0 {
		t.Errorf("books: %v", books)
	}
	p := day.Planner{Location: beijing(t), Calendar: calendar(t, ""), Corpus: c, Specs: specs()[1:2], Suspended: map[string]bool{}}
	before := p.Plan("2026-12-01", "2026-12-07")
	p.Suspended[before[1].ContentID] = true
	after := p.Plan("2026-12-01", "2026-12-07")
	if len(after) != len(before) || after[0].ContentID != before[0].ContentID || after[1].ContentID != before[2].ContentID {
		t.Errorf("before %v\nafter  %v", before, after)
	}
	for _, q := range c.Questions {
		p.Suspended[q.ID] = true
	}
	if got := p.Plan("2026-12-01", "2026-12-07"); len(got) != 0 {
		t.Errorf("all are suspended, and there is %v", got)
	}
}

// The card goes out once for all meetings of a day, to groups and to each who is
// expected.
func TestPlanCards(t *testing.T) {
	t.Parallel()
	p := day.Planner{
		Location: beijing(t), Calendar: calendar(t, ""), Corpus: sample(t),
		Specs: []day.PushSpec{{Name: "card", Content: day.CardContent, At: 16 * time.Hour, LeadDays: 1, Targets: []string{"group:甲", bot.AttendeesTarget}, Cites: []string{"huiyi-jilv#12"}}},
		Meetings: []ledger.Activity{
			{Date: "2026-12-10", Kind: ledger.MeetingKind, Title: "常委会会议", Members: []string{"A01", "A02"}},
			{Date: "2026-12-10", Kind: ledger.MeetingKind, Title: "主席会议", Members: []string{"A02", "A03"}},
			{Date: "2026-12-11", Kind: "参观", Title: "展览", Members: []string{"A04"}},
		},
	}
	var got []string
	for _, push := range p.Plan("2026-12-01", "2026-12-31") {
		got = append(got, string(push.Date)+" "+push.Target+" "+push.ContentID+" "+push.Title)
	}
	var want []string
	for _, target := range []string{"group:甲", "member:A01", "member:A02", "member:A03"} {
		want = append(want, "2026-12-09 "+target+" 2026-12-10 huiyi-jilv#12 常委会会议、主席会议")
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
