package main

import (
	"strings"
	"testing"
	"time"

	"lianwen/bot/relief"
	"lianwen/corpus"
	"lianwen/corpus/proof"
)

// Each text of the library that could be said is looked at, with its title; what bears
// nothing is not told of, and a telephone of the office is nothing.
func TestBearing(t *testing.T) {
	t.Parallel()
	const marked, number, fine = "机密★10年\n关于换届", "张某 11010519491231002X", "有疑问的问办公室，电话 0551-62815501。"
	question := func(q corpus.Question) corpus.Corpus {
		q.ID = "q"
		return corpus.Corpus{Questions: []*corpus.Question{&q}}
	}
	for what, tt := range map[string]struct {
		where string
		with  func(text string) corpus.Corpus
	}{
		"the title of a rule":  {"《", func(s string) corpus.Corpus { return corpus.Corpus{Rules: []*corpus.Rule{{Title: s}}} }},
		"the title of a story": {"故事 a", func(s string) corpus.Corpus { return corpus.Corpus{Stories: []*corpus.Story{{ID: "a", Title: s}}} }},
		"a story":              {"故事 a", func(s string) corpus.Corpus { return corpus.Corpus{Stories: []*corpus.Story{{ID: "a", Text: s}}} }},
		"a notice":             {"提醒 a", func(s string) corpus.Corpus { return corpus.Corpus{Notices: []*corpus.Notice{{ID: "a", Text: s}}} }},
		"the title of a book":  {"荐书 a", func(s string) corpus.Corpus { return corpus.Corpus{Books: []*corpus.Book{{ID: "a", Title: s}}} }},
		"a book":               {"荐书 a", func(s string) corpus.Corpus { return corpus.Corpus{Books: []*corpus.Book{{ID: "a", Text: s}}} }},
		"the title of a case":  {"案例 a", func(s string) corpus.Corpus { return corpus.Corpus{Cases: []*corpus.Case{{ID: "a", Title: s}}} }},
		"a case":               {"案例 a", func(s string) corpus.Corpus { return corpus.Corpus{Cases: []*corpus.Case{{ID: "a", Text: s}}} }},
		"a question":           {"题 q", func(s string) corpus.Corpus { return question(corpus.Question{Text: s}) }},
		"its reason":           {"题 q", func(s string) corpus.Corpus { return question(corpus.Question{Explanation: s}) }},
		"an option":            {"题 q", func(s string) corpus.Corpus { return question(corpus.Question{Options: []string{"甲", s}}) }},
	} {
		for _, text := range []string{marked, number, fine} {
			c, f := tt.with(text), findings{}
			f.bearing(&c)
			if text == fine {
				if len(f.problems) > 0 {
					t.Errorf("%s: %+v", what, f.problems)
				}
				continue
			}
			if len(f.problems) != 1 || !strings.HasPrefix(f.problems[0].Where, tt.where) || !strings.Contains(f.problems[0].Fix, "移出制度库") {
				t.Errorf("%s with %q: %+v", what, text, f.problems)
			}
		}
	}
}

// What must be mended, or could not be read, is an error; what is doubtful is none.
func TestContentVerdict(t *testing.T) {
	t.Parallel()
	must, doubt := proof.Finding{Must: true, Kind: "fact", Where: "a#1"}, proof.Finding{Kind: "bounds", Where: "b#2"}
	for want, res := range map[string]contentResult{
		"没有问题。":          {},
		"没有一定要改的，2 处存疑：": {Report: proof.Report{Findings: []proof.Finding{doubt, doubt}}},
		"有 1 处要改，1 处存疑。": {Report: proof.Report{Findings: []proof.Finding{doubt, must}}},
		"有 2 处要改，0 处存疑。": {Report: proof.Report{Findings: []proof.Finding{must}}, Problems: []jsonProblem{{Where: "c"}}},
		"有 1 处要改，2 处存疑。": {Report: proof.Report{Findings: []proof.Finding{doubt, doubt}}, Problems: []jsonProblem{{}}},
	} {
		if got := res.verdict(); !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := lineOf(must); strings.Contains(got, "存疑") {
		t.Errorf("%q", got)
	}
	if got := lineOf(doubt); !strings.Contains(got, `kind = "bounds"，where = "b#2"`) {
		t.Errorf("%q", got)
	}
}

// The plan that is looked at begins on this Monday, whatever day it is.
func TestThisWeekOn(t *testing.T) {
	t.Parallel()
	c, err := corpus.Open("")
	if err != nil {
		t.Fatal(err)
	}
	cfg := &config{location: time.UTC}
	cfg.pushes = daily("story")
	p, ok := planner(cfg, c)
	if !ok {
		t.Fatal("nothing is planned")
	}
	for day, monday := range map[corpus.Date]corpus.Date{"2026-11-29": "2026-11-23", "2026-11-30": "2026-11-30", "2026-12-05": "2026-11-30", "2026-12-06": "2026-11-30"} {
		now, _ := time.Parse(time.DateOnly, string(day))
		plan := thisWeekOn(p, now)
		if len(plan) != relief.PlanDays || plan[0].Date != monday || plan[len(plan)-1].Date != monday.AddDays(relief.PlanDays-1) {
			t.Errorf("%s: %d from %s to %s", day, len(plan), plan[0].Date, plan[len(plan)-1].Date)
		}
	}
	if _, ok := planner(cfg, nil); ok {
		t.Error("planned without a library")
	}
}

// What the program says of its own is looked at with the rest, and so is each report.
func TestOwnAndReportTexts(t *testing.T) {
	t.Parallel()
	c := &corpus.Corpus{Questions: []*corpus.Question{{ID: "q", Text: "题干", Options: []string{"甲", "乙"}}}, Books: []*corpus.Book{{ID: "b", Title: "书名", Text: "书的话"}}}
	cfg := &config{location: time.UTC, Contact: "办公室"}
	cfg.Wechat.FriendPhrase, cfg.Wechat.GroupNames = "政协委员", []string{"廉问", "小廉"}
	got := map[string]string{}
	for _, text := range ownTexts(cfg, c) {
		got[text.Where] += text.Body
	}
	for where, want := range map[string]string{"contact": "办公室", "wechat.friend_phrase": "政协委员", "wechat.group_names": "廉问小廉", "每日一题的推送": "题干", "荐书的推送": "书的话"} {
		if !strings.Contains(got[where], want) {
			t.Errorf("%s: %q", where, got[where])
		}
	}
	if n := len(ownTexts(cfg, nil)); n != 4 {
		t.Errorf("%d texts without a library", n)
	}
	reports, err := reportTexts(t.Context())
	if err != nil || len(reports) != 3 { // 明细, 汇总, 一人一表
		t.Fatal(reports, err)
	}
	for _, r := range reports {
		if !strings.Contains(r.Body, "委员") || strings.Contains(r.Body, "|") {
			t.Errorf("%s: %q", r.Where, r.Body)
		}
	}
}

// What is answered is looked at as well.
func TestBearingReplies(t *testing.T) {
	t.Parallel()
	c, err := corpus.Open("")
	if err != nil {
		t.Fatal(err)
	}
	var f findings
	if f.bearing(c); len(f.problems) > 0 {
		t.Errorf("the sample: %+v", f.problems)
	}
	c.Replies()[0].Text = "机密★10年\n关于换届"
	if f.bearing(c); len(f.problems) != 1 || f.problems[0].Where != c.Replies()[0].File {
		t.Errorf("%+v", f.problems)
	}
}
