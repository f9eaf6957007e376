package staff_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// days checks what goes out on some days: a line a push, with those it goes to by where
// it stands with them.
func (r *room) days(from, to corpus.Date, want ...string) {
	r.t.Helper()
	list, err := r.desk.Days(r.t.Context(), from, to)
	r.must(err)
	var got []string
	for _, d := range list {
		if d.Off {
			got = append(got, string(d.Date)+" off")
		}
		for _, b := range d.Batches {
			line := fmt.Sprintf("%s %s open %d", b.Due.Format("2 15:04"), b.Name, b.Open)
			for _, s := range b.Standings {
				line += fmt.Sprintf("; %s: %s", s.Words, strings.Join(s.Places, "、"))
				if s.Members > 0 {
					line += fmt.Sprintf(" %d 人", s.Members)
				}
			}
			got = append(got, line)
		}
	}
	if !slices.Equal(got, want) {
		r.t.Errorf("got  %q\nwant %q", got, want)
	}
}

// A day has each push once, whoever it goes to; of members in private there are only
// numbers, and who did something is there by name.
func TestDays(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		r.desk.Schedule.Specs[0].Targets = []string{"group:甲", "group:乙", "wechat:group:丙", "member:A01", "member:A02"}
		r.days("2026-12-01", "2026-12-01", "1 08:00 story open 5; 未到时间: 甲、乙、丙 2 人", "1 09:00 quiz open 1; 未到时间: 甲")
		r.days("2026-12-05", "2026-12-05", "2026-12-05 off", "5 08:00 story open 5; 未到时间: 甲、乙、丙 2 人", "5 09:00 quiz open 1; 未到时间: 甲")
		r.is("story", "group:甲", "2026-12-01", ledger.PushSent)
		r.is("story", "member:A01", "2026-12-01", ledger.PushSent)
		r.is("story", "member:A02", "2026-12-01", ledger.PushSkipped)
		r.is("gone", "group:甲", "2026-12-01", ledger.PushFailed)
		r.is("gone", "member:A01", "2026-12-01", ledger.PushFailed)
		_, err := r.desk.Skip(t.Context(), boss, "quiz")
		r.must(err)
		_, err = r.desk.PushNow(t.Context(), boss, "story", "group:乙")
		r.must(err)
		r.days("2026-12-01", "2026-12-01", "1 07:00 gone open 0; 没有发出: 甲、委员 A01",
			"1 08:00 story open 2; 已发: 甲; 等着再试（王五 要求现在推送）: 乙; 未到时间: 丙; 办过（没有绑定的、本人不收的不发，不列是谁）:  2 人",
			"1 09:00 quiz open 0; 没有发（王五 跳过）: 甲")
		list, err := r.desk.Days(t.Context(), "2026-12-01", "2026-12-02")
		r.must(err)
		if today := list[0].Batches; len(list) != 2 || today[0].Configured || !today[1].Configured || !today[1].Asked || today[2].Asked || today[2].Standings[0].Next == "" {
			t.Errorf("%+v", list)
		}
		r.desk.Schedule = nil
		if list, err = r.desk.Days(t.Context(), "2026-12-05", "2026-12-05"); err != nil || len(list) != 1 || list[0].Off || len(list[0].Batches) != 0 {
			t.Errorf("without pushes: %+v, %v", list, err)
		}
	})
}

// Where not all will fit, it is said of those to groups that will not go out; of single
// people nothing is.
func TestDaysYield(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	r.desk.Caps = day.Caps{GroupDay: 1, PersonDay: 1}
	for i := range r.desk.Schedule.Specs {
		r.desk.Schedule.Specs[i].Targets = []string{"group:甲", "member:A01"}
	}
	r.days("2026-12-02", "2026-12-02", "2 08:00 story open 2; 未到时间，超过一天或一周最多发的条数，多半轮不上: 甲; 未到时间:  1 人", "2 09:00 quiz open 2; 未到时间: 甲 1 人")
	r.must(r.desk.Pause(t.Context(), boss, "quiz"))
	r.days("2026-12-02", "2026-12-02", "2 08:00 story open 2; 未到时间: 甲 1 人", "2 09:00 quiz open 2; 已暂停: 甲 1 人")
}

// A push of a day to come can be skipped, and of yesterday what can still go out; what
// is over, and what is no day, cannot.
func TestSkipOn(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		for _, tt := range []struct {
			date corpus.Date
			want staff.Skipped
			deed string
		}{
			{"2026-12-03", staff.Skipped{Skipped: 2}, "staff S01: skip story 2026-12-03, 2 pushes"},
			{"2026-12-03", staff.Skipped{Over: 2}, ""},
			{"2026-11-30", staff.Skipped{Over: 2}, ""},
			{"2026-12-01", staff.Skipped{Skipped: 2}, "staff S01: skip story, 2 pushes"},
		} {
			done, err := r.desk.SkipOn(t.Context(), boss, "story", tt.date)
			if err != nil || done != tt.want {
				t.Errorf("%s: %+v, %v", tt.date, done, err)
			}
			if tt.deed == "" {
				r.did()
			} else {
				r.did(tt.deed)
			}
		}
		r.days("2026-12-02", "2026-12-03", "2 08:00 story open 2; 未到时间: 甲、乙", "2 09:00 quiz open 1; 未到时间: 甲",
			"3 08:00 story open 0; 没有发（王五 跳过）: 甲、乙", "3 09:00 quiz open 1; 未到时间: 甲")
		for _, date := range []corpus.Date{"", "明天", "2026-02-30"} {
			_, err := r.desk.SkipOn(t.Context(), boss, "story", date)
			r.refused(string(date), err, bot.Invalid, "不是日期")
		}
		r.desk.Schedule.Specs[0].Window = 24 * time.Hour
		if done, err := r.desk.SkipOn(t.Context(), boss, "story", "2026-11-30"); err != nil || done.Skipped != 2 {
			t.Errorf("of yesterday: %+v, %v", done, err)
		}
	})
}

// Who comes second with a push by hand, or with what became of one, is told who was
// first.
func TestSecondIsTold(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		ctx, web := t.Context(), ledger.WebActor("小李")
		_, err := r.desk.PushNow(ctx, boss, "story", "")
		r.must(err)
		_, err = r.desk.PushNow(ctx, web, "story", "")
		r.refused("pushed twice", err, bot.Conflict, "王五已经在07:00要求现在推送“story”，正等着发，没有再登记一次")
		r.now = r.now.Add(4*time.Hour + time.Millisecond)
		if _, err = r.desk.PushNow(ctx, web, "story", ""); err != nil {
			t.Errorf("after the window: %v", err)
		}
		r.is("quiz", "group:甲", r.desk.Today(), ledger.PushUncertain)
		key := ledger.PushKey{Name: "quiz", Target: "group:甲", Date: r.desk.Today()}
		r.must(r.desk.Resolve(ctx, boss, key, true))
		r.refused("settled twice", r.desk.Resolve(ctx, web, key, false), bot.Conflict, "这一条王五已经核实过了（12月1日11:00），没有再记")
	})
}

// Of two who press at once each push is asked for by one.
func TestPushNowAtOnce(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		var both sync.WaitGroup
		var asked, refused atomic.Int64
		for _, who := range []string{"甲", "乙", "丙"} {
			both.Go(func() {
				list, err := r.desk.PushNow(t.Context(), ledger.WebActor(who), "story", "")
				asked.Add(int64(len(list)))
				if bot.CodeOf(err) == bot.Conflict && strings.Contains(err.Error(), "已经在07:00要求现在推送") {
					refused.Add(1)
				} else if err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if asked.Load() != 2 || refused.Load() == 0 {
			t.Errorf("asked for %d, %d refused", asked.Load(), refused.Load())
		}
	})
}

// What goes out on a day can be read before; what is not planned, or has no text, cannot.
func TestPreviewOn(t *testing.T) {
	t.Parallel()
	r := newSigning(t, ledgertest.SQLite(t))
	ctx := t.Context()
	list, text, err := r.desk.PreviewOn(ctx, "story", "2026-12-03")
	if err != nil || len(list) != 2 || list[0].Date != "2026-12-03" || text != r.draft("story", "2026-12-03").Text {
		t.Errorf("%+v, %q, %v", list, text, err)
	}
	_, err = r.desk.Edit(ctx, hand, staff.SeenDraft{Key: r.draft("story", "2026-12-03").Key()}, "自己的话。")
	r.must(err)
	if _, text, err = r.desk.PreviewOn(ctx, "story", "2026-12-03"); err != nil || !strings.Contains(text, "自己的话") {
		t.Errorf("%q, %v", text, err)
	}
	if _, text, err = r.desk.PreviewOn(ctx, "notice", "2026-12-29"); err != nil || !strings.Contains(text, "清廉过节") {
		t.Errorf("%q, %v", text, err)
	}
	_, _, err = r.desk.PreviewOn(ctx, "notice", "2026-12-28")
	r.refused("not planned", err, bot.NotFound, "2026年12月28日没有“notice”的推送")
	_, _, err = r.desk.PreviewOn(ctx, "x", "2026-12-28")
	r.refused("unknown", err, bot.NotFound, "没有叫“x”的推送")
}

// Two who change one text: the second is told what has become of it, and nothing is lost.
func TestChangedMeanwhile(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newSigning(t, w)
		read := r.draft("story", "2026-12-02")
		seen := staff.SeenDraft{Key: read.Key(), Digest: read.Digest()}
		_, err := r.desk.Edit(t.Context(), hand, seen, "第一个人的话。")
		r.must(err)
		_, err = r.desk.Edit(t.Context(), hand, seen, "第二个人的话。")
		r.refused("edited", err, bot.Conflict, "在您看过以后不一样了（王五在12月1日07:00改过），没有动它")
		_, err = r.desk.Replace(t.Context(), hand, seen, read.Push.ContentID)
		r.refused("replaced", err, bot.Conflict, "王五在12月1日07:00改过")
		now, err := r.desk.Draft(t.Context(), read.Key())
		if err != nil || !strings.Contains(now.Text, "第一个人的话。") {
			t.Errorf("%q, %v", now.Text, err)
		}
		seen = staff.SeenDraft{Key: r.draft("quiz", "2026-12-02").Key(), Digest: "x"}
		_, err = r.desk.Replace(t.Context(), hand, seen, "r-01")
		r.refused("the library", err, bot.Conflict, "制度库里的文字改了")
		_, err = r.desk.Draft(t.Context(), ledger.DraftKey{Name: "story", Date: "x"})
		r.refused("none", err, bot.NotFound, "没有要签发的“story”")
	})
}
