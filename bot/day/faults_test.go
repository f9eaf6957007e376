package day_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/corpus"
)

// turnLibrary has so many stories, books, cases and questions.
func turnLibrary(n int) *corpus.Corpus {
	c := &corpus.Corpus{}
	for i := range n {
		id := fmt.Sprintf("x-%d", i)
		c.Stories = append(c.Stories, &corpus.Story{ID: id, Theme: []string{"拒礼", "勤政", "节俭"}[i%3]})
		c.Books = append(c.Books, &corpus.Book{ID: id})
		c.Cases = append(c.Cases, &corpus.Case{ID: id})
		c.Questions = append(c.Questions, &corpus.Question{ID: id, Cites: []corpus.Cite{{Rule: fmt.Sprint(i % 4)}}})
	}
	return c
}

// A story that ends one round does not begin the next: at least half a round lies
// between, and each round still has everything. So it is for books, cases and
// questions, and in the weeks before festivals.
func TestTurnsAreHalfARoundApart(t *testing.T) {
	for _, size := range []int{1, 2, 3, 4, 7, 53, 60} {
		c := turnLibrary(size)
		for _, content := range []string{day.StoryContent, day.BookContent, day.CaseContent, day.QuestionContent} {
			spec := day.PushSpec{Name: content, Content: content, Targets: []string{"group:甲"}, Window: time.Hour}
			p := day.Planner{Location: time.UTC, Calendar: calendar(t, ""), Corpus: c, Specs: []day.PushSpec{spec}}
			if content == day.QuestionContent && size > 10 {
				p.Suspended = map[string]bool{"x-3": true, "x-8": true}
			}
			round := size - len(p.Suspended)
			last, plan := map[string]int{}, p.Plan("2026-01-01", "2027-12-31")
			for i, push := range plan {
				if at, again := last[push.ContentID]; again && 2*(i-at) < round {
					t.Fatalf("%d of %s: %s after %d", size, content, push.ContentID, i-at)
				}
				last[push.ContentID] = i
				if i%round == round-1 && len(last) != round {
					t.Fatalf("%d of %s: %d in the first %d", size, content, len(last), i+1)
				}
			}
			if len(plan) != 730 {
				t.Errorf("%d days", len(plan))
			}
		}
	}
}

// Two festivals on one day are both in the notice of that day.
func TestTwoFestivalsOnOneDay(t *testing.T) {
	c := &corpus.Corpus{Notices: []*corpus.Notice{
		{ID: "zhongqiu", Festival: "中秋", Audience: "全体", Text: "月饼不收。"}, {ID: "guoqing", Festival: "国庆", Audience: "全体", Text: "公车封存。", Sample: true}, {ID: "guoqing-2", Festival: "国庆", Audience: "机关干部", Text: "另一份。"},
	}}
	for audience, want := range map[string]string{"全体": "2031-09-28 zhongqiu guoqing 中秋、国庆廉政提醒", "机关干部": "2031-09-28 guoqing-2 国庆廉政提醒"} {
		spec := day.PushSpec{Name: "notice", Content: day.NoticeContent, Targets: []string{"group:甲"}, LeadDays: 3, Audience: audience, Window: time.Hour}
		s := &day.Schedule{Location: time.UTC, Calendar: calendar(t, ""), Specs: []day.PushSpec{spec}, Library: day.Fixed(c)}
		plan, err := s.Plan(t.Context(), "2031-09-01", "2031-10-31")
		if err != nil || len(plan) != 1 {
			t.Fatalf("%s: %v, %v", audience, plan, err)
		}
		if got := fmt.Sprintf("%s %s %s", plan[0].Date, plan[0].ContentID, plan[0].Title); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		text, err := s.Preview(t.Context(), plan[0], time.Now())
		if want := "中秋、国庆廉政提醒\n月饼不收。\n公车封存。\n示例"; err != nil || audience == "全体" && !strings.HasPrefix(text, want) {
			t.Errorf("%q, %v", text, err)
		}
	}
}

// However far ahead somebody asks, the answer comes.
func TestPlanHasAnEnd(t *testing.T) {
	p := day.Planner{Location: time.UTC, Calendar: calendar(t, ""), Corpus: turnLibrary(3), Specs: []day.PushSpec{{Name: "x", Content: day.BookContent, Targets: []string{"group:甲"}}}}
	if got := p.Plan("2099-12-31", "9999-12-31"); len(got) != 1 {
		t.Errorf("%d pushes, want that of the last day", len(got))
	}
	if got := p.Plan("9999-12-01", "9999-12-31"); len(got) != 0 {
		t.Errorf("%d pushes", len(got))
	}
}
