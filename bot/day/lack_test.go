package day_test

import (
	"slices"
	"testing"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// A push that has nothing to bring is known for that, and so is a festival soon to come
// without a notice.
func TestLacks(t *testing.T) {
	t.Parallel()
	d := newDesk(t, ledgertest.SQLite(t), 9, kinds("group:甲")...)
	s := d.outbox.Schedule
	s.Specs = append(s.Specs, day.PushSpec{Name: "card", Content: day.CardContent}, day.PushSpec{Name: "none", Content: day.StoryContent})
	whole, release := s.Library()
	defer release()
	own := *whole
	own.Notices = slices.DeleteFunc(slices.Clone(whole.Notices), func(n *corpus.Notice) bool { return n.Festival != "元旦" })
	s.Library = day.Fixed(&own)
	lacks := func(today corpus.Date, want ...string) {
		t.Helper()
		list, err := s.Lacks(t.Context(), today)
		must(t, err)
		var got []string
		for _, l := range list {
			got = append(got, l.Spec.Name+": "+l.Chinese())
		}
		if !slices.Equal(got, want) {
			t.Errorf("on %s: %q, want %q", today, got, want)
		}
	}
	none := "none: 制度库里没有可推的廉政故事（stories），什么也不会发" // it goes to nobody
	spring := "notice: 制度库里没有春节（2027年2月6日）的提醒，到时不发"
	lacks("2026-12-05", none)         // sixty days from the 5th, and three more, are to 5 February
	lacks("2026-12-06", spring, none) // the notice of the new year is there
	lacks("2027-02-03", spring, "notice: 制度库里没有清明（2027年4月5日）的提醒，到时不发", none)
	s.Specs = s.Specs[3:4]
	lacks("2026-12-06")
	own.Rules = nil
	lacks("2026-12-06", "card: 制度库里没有可推的会议纪律（rules 里的禁令清单），什么也不会发")
}

// A push of a coming day that staff have skipped takes nothing from the others.
func TestCapsWithoutSkipped(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d := newDesk(t, w, 9, story("group:甲"), kinds("group:甲")[2])
		d.outbox.Caps.GroupWeek = 1
		plan, err := d.outbox.Schedule.Plan(t.Context(), "2026-12-29", "2026-12-29")
		must(t, err)
		for _, p := range plan {
			if p.Name == "notice" {
				d.skip(p)
			}
		}
		d.at(28, 8, 0)
		d.are(28, "story group:甲 sent")
	})
}

// skip is what staff do with a push.
func (d *desk) skip(p ledger.Push) {
	d.Helper()
	ok, err := d.ledger.SkipPush(d.Context(), ledger.PushRecord{Push: p, State: ledger.PushSkipped, Detail: "staff S01 跳过", At: d.now})
	must(d.T, err)
	if !ok {
		d.Fatal("it was not skipped")
	}
}
