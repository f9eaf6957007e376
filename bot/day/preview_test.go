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

// What is shown beforehand is what would go out; nothing is opened or recorded
// by it, and where there is nothing to send it says why.
func TestPreview(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := newDesk(t, w, 9)
		ctx := t.Context()
		channel := &texts{got: map[string]string{}}
		d.outbox.Channels = []bot.Channel{channel}
		_, err := d.ledger.ImportActivities(ctx, []ledger.Activity{{Date: "2026-12-02", Kind: ledger.MeetingKind, Title: "常委会会议", Members: []string{"A01"}}}, "staff", noon)
		must(t, err)
		preview := func(p ledger.Push) (string, error) {
			p.Date = "2026-12-01"
			return d.outbox.Schedule.Preview(ctx, p, d.now)
		}
		c, release := d.outbox.Schedule.Library()
		defer release()
		story, question := c.Stories[0], c.Questions[0]
		for name, tt := range map[string]struct {
			push ledger.Push
			want []string // in the text, or in the error
			none bool
		}{
			"a story":              {ledger.Push{Content: day.StoryContent, ContentID: story.ID}, []string{"廉政故事：" + story.Title, "出自" + story.Source, bot.SampleMark}, false},
			"a story that is gone": {ledger.Push{Content: day.StoryContent, ContentID: "gone"}, []string{"没有可发的内容：制度库里没有 gone"}, true},
			"a question": {ledger.Push{Content: day.QuestionContent, ContentID: question.ID}, []string{
				"每日一题（2026年12月1日）\n" + question.Text + "\nA. " + question.Options[0], "12月8日07:00前有效", bot.SampleMark}, false},
			"a question that is gone": {ledger.Push{Content: day.QuestionContent, ContentID: "gone"}, []string{"制度库里没有 gone"}, true},
			"a card":                  {ledger.Push{Content: day.CardContent, ContentID: "2026-12-02 huiyi-jilv#12", Target: "group:甲"}, []string{"会前提醒：2026年12月2日，常委会会议\n", c.Article("huiyi-jilv#12").Text}, false},
			"a card for who comes":    {ledger.Push{Content: day.CardContent, ContentID: "2026-12-02", Target: "member:A01"}, []string{"常委会会议"}, false},
			"a card for who does not": {ledger.Push{Content: day.CardContent, ContentID: "2026-12-02", Target: "member:A02"}, []string{"2026年12月2日的会议取消了"}, true},
			"a card for no meeting":   {ledger.Push{Content: day.CardContent, ContentID: "2026-12-03"}, []string{"2026年12月3日的会议取消了"}, true},
			"a card of nothing":       {ledger.Push{Content: day.CardContent}, []string{"会议取消了"}, true},
			"nobody knows what":       {ledger.Push{Content: "poem", ContentID: story.ID}, []string{"制度库里没有"}, true},
		} {
			text, err := preview(tt.push)
			if (err != nil) != tt.none || tt.none && text != "" {
				t.Errorf("%s: %q, %v", name, text, err)
			}
			if err != nil {
				text = err.Error()
			}
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("%s reads\n%s\nwithout %s", name, text, want)
				}
			}
		}
		if _, err := d.ledger.Round(ctx, "2026-12-01"); !errors.Is(err, ledger.ErrNoRound) {
			t.Errorf("a round was opened by looking: %v", err)
		}
		d.are(1)

		// The round that is there is shown as it was opened.
		opened := *question
		opened.Text = "当时的问法？"
		_, err = d.ledger.OpenRound(ctx, ledger.Round{Day: "2026-12-01", Question: opened, Opened: d.now, Closes: d.now.Add(time.Hour)})
		must(t, err)
		if text, err := preview(ledger.Push{Content: day.QuestionContent, ContentID: question.ID}); err != nil || !strings.Contains(text, "当时的问法？") || !strings.Contains(text, "12月1日08:00前有效") {
			t.Errorf("the open round reads\n%s\n%v", text, err)
		}
		for _, digest := range []string{"old", "new"} {
			must(t, d.ledger.Review(ctx, []ledger.Basis{{Question: question.ID, Digest: digest, Sound: true}}, d.now))
		}
		if text, err := preview(ledger.Push{Content: day.QuestionContent, ContentID: question.ID}); err == nil || text != "" || !strings.Contains(err.Error(), ledger.VoidReason) {
			t.Errorf("the void round reads %q, %v", text, err)
		}
	})
}
