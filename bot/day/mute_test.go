package day_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// Nothing unsolicited goes to a member who does not want it, be it a story or the
// card before their own meeting; groups get theirs. The record is the one of a
// member who is not bound, at the same moment, and the log has neither.
func TestMuted(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		card := day.PushSpec{Name: "card", Content: day.CardContent, At: 9 * time.Hour, Window: time.Hour, LeadDays: 1, Targets: []string{"group:会", bot.AttendeesTarget}}
		d := newDesk(t, w, 9, story("member:A01", "member:A02", "group:甲"), card)
		var log bytes.Buffer
		d.outbox.Log = slog.New(slog.NewTextHandler(&log, nil))
		_, err := d.ledger.ImportActivities(t.Context(), []ledger.Activity{
			{Date: "2026-12-02", Kind: ledger.MeetingKind, Title: "常委会会议", Members: []string{"A01", "A02"}},
			{Date: "2026-12-03", Kind: ledger.MeetingKind, Title: "主席会议", Members: []string{"A01"}},
		}, "staff", noon)
		must(t, err)
		d.bind("A01", "@zhang")
		must(t, d.ledger.Mute(t.Context(), "A01", d.now))
		d.at(1, 8, 0)
		d.at(1, 9, 0)
		const private = " skipped 没有可发的内容：没有绑定，或者本人不收私聊推送"
		d.are(1, "story member:A01"+private, "story member:A02"+private, "story group:甲 sent", "card group:会 sent", "card member:A01"+private, "card member:A02"+private)
		records := d.recorded("2026-12-01")
		a, b := records["member:A01"], records["member:A02"]
		if a.Target = b.Target; a != b {
			t.Errorf("who is muted can be told from who is not bound:\n%+v\n%+v", a, b)
		}
		if text := log.String(); strings.Contains(text, "A01") || !strings.Contains(text, "委员私聊") {
			t.Errorf("the log has whom: %s", text)
		}
		must(t, d.ledger.Unmute(t.Context(), "A01"))
		d.at(2, 8, 0)
		d.at(2, 9, 0)
		d.are(2, "story member:A01 sent", "story member:A02"+private, "story group:甲 sent", "card group:会 sent", "card member:A01 sent")
		if text := log.String(); strings.Contains(text, "A01") {
			t.Errorf("the log has whom: %s", text)
		}
	})
}

// Nor can it be told while the account is away, by what is on record by then, or
// after the time of the push.
func TestMutedWhileAway(t *testing.T) {
	t.Parallel()
	for _, minute := range []int{0, 121} {
		d := newDesk(t, ledgertest.SQLite(t), 9, story("member:A01", "member:A02"))
		d.bind("A01", "@zhang")
		must(t, d.ledger.Mute(t.Context(), "A01", d.now))
		d.far.offline = true
		d.at(1, 8, minute)
		records := d.recorded("2026-12-01")
		a, b := records["member:A01"], records["member:A02"]
		if a.Target = b.Target; a != b || a.State != ledger.PushSkipped {
			t.Errorf("after %d minutes:\n%+v\n%+v", minute, a, b)
		}
	}
}

// Whom staff send something by hand does not get it either.
func TestMutedByHand(t *testing.T) {
	t.Parallel()
	d := newDesk(t, ledgertest.SQLite(t), 9, story("group:甲"))
	d.bind("A01", "@zhang")
	must(t, d.ledger.Mute(t.Context(), "A01", d.now))
	p := ledger.Push{Name: "story", Target: "member:A01", Date: "2026-12-01", Due: d.now, Until: d.now.Add(time.Hour), Content: day.StoryContent, ContentID: sample(t).Stories[0].ID, Title: "x"}
	if ok, err := d.ledger.AskForPush(t.Context(), p, "staff S01", d.now); !ok || err != nil {
		t.Fatal(ok, err)
	}
	d.at(1, 7, 1)
	if r := d.recorded("2026-12-01")["member:A01"]; r.State != ledger.PushSkipped || len(d.far.sent) != 0 {
		t.Errorf("%+v, sent %q", r, d.far.sent)
	}
}
