package day_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

const secret = "机密★10年 关于某案的通报"

// tainted is the sample library, in which somebody has written by hand what must not
// be sent.
func tainted(t *testing.T) *corpus.Corpus {
	t.Helper()
	c, err := corpus.Open("")
	must(t, err)
	for _, s := range c.Stories {
		s.Title = secret
	}
	for i, q := range c.Questions {
		q.Explanation = secret
		if i%2 == 0 {
			q.Text = secret
		}
	}
	return c
}

// What the library has by hand and must not be sent is held back, and no record has
// anything of it.
func TestHeldBack(t *testing.T) {
	t.Parallel()
	quiz := day.PushSpec{Name: "quiz", Content: day.QuestionContent, At: 8 * time.Hour, Window: time.Hour, Targets: []string{"group:甲"}}
	d, _ := newOffice(t, ledgertest.SQLite(t), story("group:甲"), quiz)
	c := tainted(t)
	d.outbox.Schedule.Library = day.Fixed(c)
	held := 0
	d.outbox.Channels[0] = bot.Gated(d.far, "", func(context.Context, bot.HeldBack) { held++ })
	for date := 1; date <= 4; date++ {
		d.at(date, 8, 0)
	}
	const reason = " failed 内容带有密级或内部标志，不能在微信里发；请改制度库里的原文"
	d.are(1, "story group:甲"+reason, "quiz group:甲"+reason)
	if held != 8 || len(d.far.sent) != 0 {
		t.Errorf("held back %d, sent %q", held, d.far.sent)
	}
	records, err := d.ledger.Pushes(t.Context(), "2026-12-01", "2026-12-31")
	must(t, err)
	for _, r := range records {
		if !bot.Keepable(r.Title) || strings.Contains(r.Title, "某案") {
			t.Errorf("on record: %+v", r)
		}
	}
	if rounds, err := d.ledger.Rounds(t.Context(), "2026-12-01", "2026-12-31"); err != nil || len(rounds) != 0 {
		t.Errorf("rounds %v, %v", rounds, err)
	}
}

// A push that was approved before its story was changed by hand is kept back, and
// staff are told.
func TestApprovedThenTainted(t *testing.T) {
	t.Parallel()
	d, told := newOffice(t, ledgertest.SQLite(t), signed(story("group:甲")))
	d.approve(1)
	d.outbox.Schedule.Library = day.Fixed(tainted(t))
	d.at(1, 8, 0)
	const why = "内容带有密级标志或者不能发的号码，请另换一则"
	d.are(1, "story group:甲 waiting "+why)
	says(t, told, why+"，没有发")
	d.at(1, 10, 1)
	d.are(1, "story group:甲 skipped "+why)
	if len(d.far.sent) != 0 {
		t.Errorf("sent %q", d.far.sent)
	}
	if list, err := d.ledger.Drafts(t.Context(), "2026-12-01", "2026-12-01"); err != nil || len(list) != 1 || !bot.Keepable(list[0].Text) {
		t.Errorf("%+v, %v", list, err)
	}
}
