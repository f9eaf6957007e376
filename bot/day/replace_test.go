package day_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// everything is a push of each kind, each with approval, on days on which it has
// something to bring: the notice is due on 29 December, the card before a meeting.
func everything() (specs []day.PushSpec) {
	for name, lead := range map[string]int{day.StoryContent: 0, day.QuestionContent: 0, day.BookContent: 0, day.CaseContent: 0, day.NoticeContent: 3, day.CardContent: 1} {
		spec := day.PushSpec{Name: name, Content: name, At: 8 * time.Hour, Window: time.Hour, LeadDays: lead, Targets: []string{"group:甲"}, Approval: true}
		if name == day.NoticeContent {
			spec.Audience = "全体"
		}
		specs = append(specs, spec)
	}
	return specs
}

// draftOf is the draft of a kind of content on 29 December.
func draftOf(d *desk, content string) day.Draft {
	d.Helper()
	list := d.drafts(29, 29)
	i := slices.IndexFunc(list, func(draft day.Draft) bool { return draft.Push.Content == content })
	if i < 0 {
		d.Fatalf("no %s", content)
	}
	return list[i]
}

func everyKind(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t, ledgertest.SQLite(t), 9, everything()...)
	_, err := d.ledger.ImportActivities(t.Context(), []ledger.Activity{{Date: "2026-12-30", Kind: ledger.MeetingKind, Title: "常委会", Members: []string{"A01"}}}, "staff", noon)
	must(t, err)
	return d
}

// What is offered in the place of a content exists, is another one, and is not
// sent within a week anyway; a card has no other.
func TestChoices(t *testing.T) {
	t.Parallel()
	d := everyKind(t)
	s := d.outbox.Schedule
	for _, content := range []string{day.StoryContent, day.QuestionContent, day.BookContent, day.CaseContent, day.NoticeContent} {
		draft := draftOf(d, content)
		list, err := s.Choices(t.Context(), draft)
		must(t, err)
		if len(list) == 0 && content != day.NoticeContent { // of notices there may be only one
			t.Errorf("nothing in the place of %s", content)
		}
		near, err := s.Plan(t.Context(), "2026-12-22", "2027-01-05")
		must(t, err)
		seen := map[string]bool{}
		for _, choice := range list {
			if seen[choice.ID] || slices.ContainsFunc(near, func(p ledger.Push) bool { return p.Content == content && p.ContentID == choice.ID }) {
				t.Errorf("%s is offered %s", content, choice.ID)
			}
			seen[choice.ID] = true
			if got, err := s.Choose(t.Context(), draft, choice.ID); err != nil || got != choice {
				t.Errorf("%s: %+v, %v", content, got, err)
			}
		}
		if _, err := s.Choose(t.Context(), draft, "没有的"); bot.CodeOf(err) != bot.NotFound || !strings.Contains(err.Error(), "没有换") {
			t.Errorf("%s: %v", content, err)
		}
	}
	_, err1 := s.Choices(t.Context(), draftOf(d, day.CardContent))
	_, err2 := s.Choose(t.Context(), draftOf(d, day.CardContent), "x")
	for _, err := range []error{err1, err2} {
		if bot.CodeOf(err) != bot.Invalid || !strings.Contains(err.Error(), "只能签发，不能换") {
			t.Errorf("a card: %v", err)
		}
	}
}

// Where staff have put something in the place of the planned content, that is
// offered first.
func TestChoicesBack(t *testing.T) {
	t.Parallel()
	d := everyKind(t)
	draft := draftOf(d, day.StoryContent)
	list, err := d.outbox.Schedule.Choices(t.Context(), draft)
	must(t, err)
	planned := draft.Push.ContentID
	d.decide(draft, func(r *ledger.Draft) {
		r.Source, r.ContentID, r.Title = ledger.ReplacedDraft, list[0].ID, list[0].Title
	})
	list, err = d.outbox.Schedule.Choices(t.Context(), draftOf(d, day.StoryContent))
	must(t, err)
	if list[0].ID != planned {
		t.Errorf("%+v, planned is %s", list[0], planned)
	}
	d.decide(draftOf(d, day.StoryContent), func(r *ledger.Draft) { r.Source, r.ContentID = ledger.EditedDraft, planned })
	list, err = d.outbox.Schedule.Choices(t.Context(), draftOf(d, day.StoryContent))
	must(t, err)
	if list[0].ID != planned {
		t.Errorf("%+v, planned is %s", list[0], planned)
	}
}

// Other words stand where the library's stood, and what stands around them stays;
// what may not be worded otherwise, or would be too long, is refused.
func TestReword(t *testing.T) {
	t.Parallel()
	d := everyKind(t)
	s := d.outbox.Schedule
	for content, around := range map[string][2]string{
		day.StoryContent: {"廉政故事：", "\n出自"}, day.BookContent: {"荐书：《", "\n自愿阅读，不打卡。"}, day.CaseContent: {"案例通报：", "\n依据："}, day.NoticeContent: {"元旦廉政提醒", ""},
	} {
		draft := draftOf(d, content)
		text, err := s.Reword(draft, " 第一行。\r\n\n第二行。\n")
		must(t, err)
		if !strings.HasPrefix(text, around[0]) || !strings.Contains(text, "\n第一行。\n第二行。"+around[1]) || strings.HasSuffix(text, bot.SampleMark) != strings.HasSuffix(draft.Text, bot.SampleMark) {
			t.Errorf("%s reads\n%s", content, text)
		}
		first, _, _ := strings.Cut(draft.Text, "\n")
		if now, _, _ := strings.Cut(text, "\n"); now != first {
			t.Errorf("%s: %s for %s", content, now, first)
		}
		limit := map[bool]int{true: 180, false: 400}[content == day.NoticeContent]
		for n, ok := range map[int]bool{limit: true, limit + 1: false} {
			if _, err := s.Reword(draft, strings.Repeat("字", n)); (err == nil) != ok {
				t.Errorf("%s of %d: %v", content, n, err)
			}
		}
	}
	draft := draftOf(d, day.StoryContent)
	for words, want := range map[string]string{
		"": "请写上新的文字", " \n": "请写上新的文字", "一\u0007": "控制字符", "一\xff": "控制字符", strings.Repeat("字", 401): "新的文字有 401 字，超过 400 字",
		strings.Repeat("字\n", 9): "新的文字有 9 行，超过 8 行",
	} {
		if _, err := s.Reword(draft, words); bot.CodeOf(err) != bot.Invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", words, err)
		}
	}
	if _, err := s.Reword(draft, strings.Repeat("字\n", 8)); err != nil {
		t.Errorf("eight lines: %v", err)
	}
	draft.Push.ContentID = "gone"
	if _, err := s.Reword(draft, "一"); bot.CodeOf(err) != bot.Conflict {
		t.Errorf("of a story that is gone: %v", err)
	}
	for content, want := range map[string]string{day.CardContent: "只能签发，不能改", day.QuestionContent: "可以换一道"} {
		if _, err := s.Reword(draftOf(d, content), "一"); bot.CodeOf(err) != bot.Invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", content, err)
		}
	}
}

// The words of a text are what Reword puts others in the place of.
func TestWords(t *testing.T) {
	t.Parallel()
	d := everyKind(t)
	s := d.outbox.Schedule
	for _, content := range []string{day.StoryContent, day.BookContent, day.CaseContent, day.NoticeContent} {
		draft := draftOf(d, content)
		words := s.Words(draft)
		same, err := s.Reword(draft, words)
		if err != nil || same != draft.Text || words == "" || words == draft.Text {
			t.Errorf("%s: %q in %q, and back %q, %v", content, words, draft.Text, same, err)
		}
		text, err := s.Reword(draft, "别的话。")
		must(t, err)
		draft.Text = text
		if got := s.Words(draft); got != "别的话。" {
			t.Errorf("%s: %q", content, got)
		}
		draft.Text = "拦下的"
		if got := s.Words(draft); got != "" {
			t.Errorf("%s: of another text %q", content, got)
		}
	}
	for _, content := range []string{day.QuestionContent, day.CardContent} {
		if got := s.Words(draftOf(d, content)); got != "" {
			t.Errorf("%s: %q", content, got)
		}
	}
}
