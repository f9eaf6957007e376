package day_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// previewed is a desk with a meeting on 2 December, and a way to look at a push
// of the first.
func previewed(t *testing.T, w ledgertest.Where) (d *desk, look func(ledger.Push) (string, error)) {
	t.Helper()
	d = newDesk(t, w, 9)
	_, err := d.ledger.ImportActivities(t.Context(), []ledger.Activity{{Date: "2026-12-02", Kind: ledger.MeetingKind, Title: "常委会会议", Members: []string{"A01"}}}, "staff", noon)
	must(t, err)
	return d, func(p ledger.Push) (string, error) {
		p.Date = "2026-12-01"
		return d.outbox.Schedule.Preview(t.Context(), p, d.now)
	}
}

// What is shown beforehand is what would go out; nothing is opened or recorded
// by it, and where there is nothing to send it says why.
func TestPreview(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d, look := previewed(t, w)
		c, release := d.outbox.Schedule.Library()
		defer release()
		story, question := c.Stories[0], c.Questions[0]
		for _, tt := range []struct {
			what, content, id, target string
			none                      bool
			want                      []string // in the text, or in the error
		}{
			{"a story", day.StoryContent, story.ID, "", false, []string{"廉政故事：" + story.Title, "出自" + story.Source, bot.SampleMark}},
			{"a story that is gone", day.StoryContent, "gone", "", true, []string{"没有可发的内容：制度库里没有 gone"}},
			{"a question", day.QuestionContent, question.ID, "", false, []string{"每日一题（2026年12月1日）\n" + question.Text + "\nA. " + question.Options[0], "12月8日07:00前有效", bot.SampleMark}},
			{"a question that is gone", day.QuestionContent, "gone", "", true, []string{"制度库里没有 gone"}},
			{"a card", day.CardContent, "2026-12-02 huiyi-jilv#12", "group:甲", false, []string{"会前提醒：2026年12月2日，常委会会议\n", c.Article("huiyi-jilv#12").Text}},
			{"a card for who comes", day.CardContent, "2026-12-02", "member:A01", false, []string{"常委会会议"}},
			{"a card for who does not", day.CardContent, "2026-12-02", "member:A02", true, []string{"2026年12月2日的会议取消了"}},
			{"a card for no meeting", day.CardContent, "2026-12-03", "", true, []string{"2026年12月3日的会议取消了"}},
			{"a card of nothing", day.CardContent, "", "", true, []string{"会议取消了"}},
			{"nobody knows what", "poem", story.ID, "", true, []string{"制度库里没有"}},
		} {
			text, err := look(ledger.Push{Content: tt.content, ContentID: tt.id, Target: tt.target})
			if (err != nil) != tt.none || tt.none && text != "" {
				t.Errorf("%s: %q, %v", tt.what, text, err)
			}
			if err != nil {
				text = err.Error()
			}
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("%s reads\n%s\nwithout %s", tt.what, text, want)
				}
			}
		}
		if _, err := d.ledger.Round(t.Context(), "2026-12-01"); !errors.Is(err, ledger.ErrNoRound) {
			t.Errorf("a round was opened by looking: %v", err)
		}
		d.are(1)
	})
}

// The round that is there is shown as it was opened, unless it is void.
func TestPreviewOfRound(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d, look := previewed(t, w)
		c, release := d.outbox.Schedule.Library()
		defer release()
		p := ledger.Push{Content: day.QuestionContent, ContentID: c.Questions[0].ID}
		opened := *c.Questions[0]
		opened.Text = "当时的问法？"
		_, err := d.ledger.OpenRound(t.Context(), ledger.Round{Day: "2026-12-01", Question: opened, Opened: d.now, Closes: d.now.Add(time.Hour)})
		must(t, err)
		if text, err := look(p); err != nil || !strings.Contains(text, "当时的问法？") || !strings.Contains(text, "12月1日08:00前有效") {
			t.Errorf("the open round reads\n%s\n%v", text, err)
		}
		for _, digest := range []string{"old", "new"} {
			must(t, d.ledger.Review(t.Context(), []ledger.Basis{{Question: opened.ID, Digest: digest, Sound: true}}, d.now))
		}
		if text, err := look(p); err == nil || text != "" || !strings.Contains(err.Error(), ledger.VoidReason) {
			t.Errorf("the void round reads %q, %v", text, err)
		}
	})
}
