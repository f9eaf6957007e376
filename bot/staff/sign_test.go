package staff_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// hand is that of boss, at the desk itself.
var hand = staff.Hand{Staff: boss, Actor: boss}

// newSigning is a room in which the stories and the questions need approval.
func newSigning(t *testing.T, w ledgertest.Where) *room {
	t.Helper()
	r := newRoom(t, w)
	r.desk.Schedule.Specs[0].Approval, r.desk.Schedule.Specs[1].Approval = true, true
	return r
}

// draft is that of a push on a day.
func (r *room) draft(name string, date corpus.Date) staff.DraftStatus {
	r.t.Helper()
	list, err := r.desk.Drafts(r.t.Context(), date, date)
	r.must(err)
	i := slices.IndexFunc(list, func(s staff.DraftStatus) bool { return s.Key().Name == name })
	if i < 0 {
		r.t.Fatalf("no draft of %s on %s", name, date)
	}
	return list[i]
}

// sign approves what a draft says now.
func (r *room) sign(name string, date corpus.Date) staff.Signed {
	r.t.Helper()
	draft := r.draft(name, date)
	done, err := r.desk.Sign(r.t.Context(), hand, []staff.SeenDraft{{Key: draft.Key(), Digest: draft.Digest()}})
	r.must(err)
	return done
}

// stands checks where a draft stands, in words.
func (r *room) stands(name string, date corpus.Date, want string) {
	r.t.Helper()
	if got := r.draft(name, date).Chinese(r.desk.Location); got != want {
		r.t.Errorf("%s of %s: %s, want %s", name, date, got, want)
	}
}

// short is how the audit names a text.
func short(text string) string { return ledger.TextDigest(text)[:16] }

// What is read is approved, and holds until the text is another one.
func TestSign(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newSigning(t, w)
		list, err := r.desk.Coming(t.Context())
		r.must(err)
		if len(list) != 16 || list[0].Targets[1] != "group:乙" || list[0].Approver != "" || !strings.HasPrefix(list[0].Text, "廉政故事：") {
			t.Fatalf("%d drafts: %+v", len(list), list[0])
		}
		r.stands("story", "2026-12-02", "还没有签发")
		read := r.draft("story", "2026-12-02")
		if done := r.sign("story", "2026-12-02"); len(done.Approved) != 1 {
			t.Errorf("%+v", done)
		}
		r.stands("story", "2026-12-02", "已签发（王五 12月1日07:00）")
		r.did("staff S01: draft approve story 2026-12-02: " + read.Push.ContentID + " " + short(read.Text))
		r.now = r.now.Add(time.Hour)
		if done := r.sign("story", "2026-12-02"); len(done.Approved) != 1 { // again changes nothing
			t.Errorf("%+v", done)
		}
		r.did()
		r.stands("story", "2026-12-02", "已签发（王五 12月1日07:00）")
		r.lists("2026-12-02", "2026-12-02", "2 08:00 story group:甲: 未到时间，已签发", "2 08:00 story group:乙: 未到时间，已签发", "2 09:00 quiz group:甲: 未到时间，还没有签发")

		r.corpus = library(t, map[string]string{"stories/" + read.Push.ContentID + ".md": story(read.Push.ContentID, "改过的")})
		r.stands("story", "2026-12-02", "内容在签发后改过，要重新签发")
		done, err := r.desk.Sign(t.Context(), hand, []staff.SeenDraft{{Key: read.Key(), Digest: read.Digest()}, {Key: ledger.DraftKey{Name: "story", Date: "2027-13-01"}}, {Key: ledger.DraftKey{Name: "notice", Date: "2026-12-29"}}})
		r.must(err)
		if len(done.Approved) != 0 || len(done.Changed) != 1 || len(done.Gone) != 2 {
			t.Errorf("%+v", done)
		}
		r.did()
		if done := r.sign("story", "2026-12-02"); len(done.Approved) != 1 {
			t.Errorf("%+v", done)
		}
		r.stands("story", "2026-12-02", "已签发（王五 12月1日08:00）")
	})
}

// Who is not staff on the roster approves nothing.
func TestHand(t *testing.T) {
	t.Parallel()
	r := newSigning(t, ledgertest.SQLite(t))
	_, err1 := r.desk.Hand(t.Context(), "A01", "terminal root")
	_, err2 := r.desk.Hand(t.Context(), "A03", "terminal root")
	_, err3 := r.desk.Hand(t.Context(), "", "terminal root")
	r.refused("a member", err1, bot.Forbidden, "张三（A01）不是工作人员，不能签发")
	r.refused("who has left", err2, bot.NotFound, "花名册里没有在册的编号 A03")
	r.refused("nobody", err3, bot.NotFound, "没有在册的编号")
	h, err := r.desk.Hand(t.Context(), "s01", "terminal root")
	r.must(err)
	draft := r.draft("story", "2026-12-02")
	_, err = r.desk.Sign(t.Context(), h, []staff.SeenDraft{{Key: draft.Key(), Digest: draft.Digest()}})
	r.must(err)
	r.did("terminal root: draft approve story 2026-12-02: " + draft.Push.ContentID + " " + short(draft.Text) + " by staff S01")
	r.desk.Schedule.Specs[0].Approval, r.desk.Schedule.Specs[1].Approval = false, false
	_, err = r.desk.Coming(t.Context())
	r.refused("no approval", err, bot.NotFound, "approval = true")
	r.desk.Schedule = nil
	_, err = r.desk.Coming(t.Context())
	r.refused("no pushes", err, bot.NotFound, "配置里没有要签发的推送")
}

// A draft is replaced, worded otherwise and withdrawn, and each needs a new
// approval; what has gone out stays as it is.
func TestRedraft(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newSigning(t, w)
		ctx, key := t.Context(), r.draft("story", "2026-12-02").Key()
		planned := r.draft("story", "2026-12-02").Push.ContentID
		r.sign("story", "2026-12-02")
		r.deeds++
		other := map[bool]string{true: "xuanyu", false: "bao"}[planned == "bao"]
		got, err := r.desk.Replace(ctx, hand, staff.SeenDraft{Key: key}, other)
		r.must(err)
		if got.Push.ContentID != other || got.Why != day.UnsignedDetail || got.Drafter != "王五" || got.Approver != "" || got.Planned != planned {
			t.Errorf("%+v", got)
		}
		r.did("staff S01: draft replace story 2026-12-02: " + other + " " + short(got.Text))
		_, err = r.desk.Replace(ctx, hand, staff.SeenDraft{Key: key}, other)
		r.refused("the same", err, bot.Conflict, "本来就是这一则")
		_, err = r.desk.Replace(ctx, hand, staff.SeenDraft{Key: key}, "nope")
		r.refused("what is not there", err, bot.NotFound, "制度库里没有 nope，没有换")
		r.sign("story", "2026-12-02")
		r.deeds++
		got, err = r.desk.Edit(ctx, hand, staff.SeenDraft{Key: key}, "自己的话。")
		r.must(err)
		if !strings.Contains(got.Text, "\n自己的话。\n出自《汉书》\n"+bot.SampleMark) || got.Why != day.UnsignedDetail || got.Push.ContentID != other {
			t.Errorf("%+v", got)
		}
		r.did("staff S01: draft edit story 2026-12-02: " + other + " " + short(got.Text))
		choices, err := r.desk.Choices(ctx, key)
		r.must(err)
		if choices[0].ID != planned {
			t.Errorf("offered %+v", choices)
		}
		if got, err = r.desk.Replace(ctx, hand, staff.SeenDraft{Key: key}, planned); err != nil || got.Record.Source != ledger.PlannedDraft || strings.Contains(got.Text, "自己的话") {
			t.Errorf("%+v, %v", got, err)
		}
		r.deeds++
		_, err = r.desk.Withdraw(ctx, hand, key)
		r.refused("what is not approved", err, bot.Conflict, "还没有签发，不用撤回")
		r.sign("story", "2026-12-02")
		r.deeds++
		got, err = r.desk.Withdraw(ctx, hand, key)
		r.must(err)
		r.did("staff S01: draft withdraw story 2026-12-02: " + planned + " " + short(got.Text))
		r.stands("story", "2026-12-02", "还没有签发")
		_, err = r.desk.Edit(ctx, hand, staff.SeenDraft{Key: r.draft("quiz", "2026-12-02").Key()}, "自己的题")
		r.refused("a question", err, bot.Invalid, "可以换一道")

		r.sign("story", "2026-12-02")
		r.is("story", "group:乙", "2026-12-02", ledger.PushSent)
		r.stands("story", "2026-12-02", "已发")
		_, err1 := r.desk.Withdraw(ctx, hand, key)
		_, err2 := r.desk.Replace(ctx, hand, staff.SeenDraft{Key: key}, other)
		_, err3 := r.desk.Edit(ctx, hand, staff.SeenDraft{Key: key}, "一")
		_, err4 := r.desk.Choices(ctx, key)
		for _, err := range []error{err1, err2, err3, err4} {
			r.refused("what has gone out", err, bot.Conflict, "已经发出，或者正在发")
		}
		_, err = r.desk.Withdraw(ctx, hand, ledger.DraftKey{Name: "case", Date: "2026-12-02"})
		r.refused("what is not there", err, bot.NotFound, "没有要签发的“case”")
		r.now = time.Date(2026, 12, 3, 4, 0, 0, 1e9, time.UTC) // 12:00:01 there
		_, err = r.desk.Withdraw(ctx, hand, r.draft("story", "2026-12-03").Key())
		r.refused("what is over", err, bot.Conflict, "已经过了时间")
		r.stands("story", "2026-12-03", "没有发，还没有签发")
		if done := r.sign("story", "2026-12-03"); len(done.Refused) != 1 {
			t.Errorf("%+v", done)
		}
	})
}

// While one approves what they have read, another changes it: what goes out was
// read by whoever approved it. Two who approve at once both have approved.
func TestSignAtOnce(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newSigning(t, w)
		for _, date := range []corpus.Date{"2026-12-02", "2026-12-03", "2026-12-04"} {
			read := r.draft("story", date)
			seen := []staff.SeenDraft{{Key: read.Key(), Digest: read.Digest()}}
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					if _, err := r.desk.Sign(t.Context(), hand, seen); err != nil && bot.CodeOf(err) != bot.Conflict {
						t.Error(err)
					}
				})
				wg.Go(func() {
					if _, err := r.desk.Edit(t.Context(), hand, staff.SeenDraft{Key: read.Key()}, "别人改的。"); err != nil && bot.CodeOf(err) != bot.Conflict {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if now := r.draft("story", date); strings.Contains(now.Text, "别人改的") && now.Why == "" {
				t.Errorf("approved unread: %+v", now)
			}
			quiz := r.draft("quiz", date)
			var done [4]staff.Signed
			for i := range done {
				wg.Go(func() {
					var err error
					if done[i], err = r.desk.Sign(t.Context(), hand, []staff.SeenDraft{{Key: quiz.Key(), Digest: quiz.Digest()}}); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			for _, d := range done {
				if len(d.Approved) != 1 {
					t.Errorf("%+v", d)
				}
			}
			if row := r.draft("quiz", date).Record; row.Revision != 1 {
				t.Errorf("revision %d", row.Revision)
			}
		}
	})
}

// What is pushed by hand must be approved, too; what is planned for a later day
// goes out as it was approved for that day, unless its text names the day.
func TestPushNowSigned(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newSigning(t, w)
		ctx := t.Context()
		_, err := r.desk.PushNow(ctx, boss, "story", "")
		r.refused("not approved", err, bot.Conflict, "还没有签发，不能推送。请先看过、批准：私聊我“签发”，或运行 lianwen approval read story 2026-12-01")
		r.did()
		r.sign("story", "2026-12-01")
		_, text, err := r.desk.PushPreview(ctx, "story", "")
		r.must(err)
		if text != r.draft("story", "2026-12-01").Text {
			t.Errorf("reads %q", text)
		}
		asked, err := r.desk.PushNow(ctx, boss, "story", "")
		r.must(err)
		if len(asked) != 2 || asked[0].ContentID != r.draft("story", "2026-12-01").Push.ContentID {
			t.Errorf("%+v", asked)
		}
		r.desk.Schedule.Specs[0].Weekdays = []time.Weekday{time.Thursday}
		r.desk.Schedule.Specs[1].Weekdays = []time.Weekday{time.Thursday}
		r.sign("quiz", "2026-12-03")
		_, err = r.desk.PushNow(ctx, boss, "quiz", "")
		r.refused("a question of another day", err, bot.Conflict, "今天没有安排；签发的是2026年12月3日的")
		r.now = r.now.AddDate(0, 0, 1)
		r.sign("story", "2026-12-03")
		for _, says := range []string{"", "王五已经在07:00要求现在推送“story”"} {
			_, err = r.desk.PushNow(ctx, boss, "story", "group:甲")
			r.refused("by hand", err, map[bool]bot.Code{false: bot.Conflict}[says == ""], says)
		}
		rows, err := r.desk.Ledger.Drafts(ctx, "2026-12-02", "2026-12-02")
		r.must(err)
		if len(rows) != 1 || !rows[0].Approved || rows[0].Text != r.draft("story", "2026-12-03").Text || rows[0].ApprovedBy != boss || rows[0].Revision != 2 {
			t.Errorf("%+v", rows)
		}
	})
}
