package staff_test

import (
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/relief"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// What staff write in the place of the library's words bears no secret and asks
// nothing of people that a trait forbids; nothing of it is kept.
func TestEditRefused(t *testing.T) {
	t.Parallel()
	r := newSigning(t, ledgertest.SQLite(t))
	before := r.draft("story", "2026-12-02")
	for words, want := range map[string]string{
		"机密★10年\n关于某某工作的通知。":         "改成的文字里带有密级或内部标志，没有记下",
		"联系人的证号是11010519491231002X。": "改成的文字里带有身份证号，没有记下",
		"请大家每天打卡，收到请回复。":             "新的文字里有“请大家每天打卡”，不合减负要求（打卡排名），没有改",
		"节日快乐。\n看完请转发朋友圈。":           "（点赞评比），没有改",
	} {
		_, err := r.desk.Edit(t.Context(), hand, staff.SeenDraft{Key: before.Key()}, words)
		r.refused(words, err, bot.Invalid, want)
	}
	r.did()
	if rows, err := r.desk.Ledger.Drafts(t.Context(), "2026-12-01", "2026-12-31"); err != nil || len(rows) > 0 {
		t.Errorf("kept %+v, %v", rows, err)
	}
	for _, words := range []string{"不打卡，不接龙，自愿阅读。", "反对点赞评比。"} {
		if _, err := r.desk.Edit(t.Context(), hand, staff.SeenDraft{Key: before.Key()}, words); err != nil {
			t.Errorf("%s: %v", words, err)
		}
	}
}

// What the operator has written down to be allowed is taken, and nothing else.
func TestEditAllowed(t *testing.T) {
	t.Parallel()
	r := newSigning(t, ledgertest.SQLite(t))
	key := r.draft("story", "2026-12-02").Key()
	r.desk.Waiver = relief.Waiver{Allow: []string{relief.Likes}}
	_, err := r.desk.Edit(t.Context(), hand, staff.SeenDraft{Key: key}, "请点赞。")
	r.refused("without a reason", err, bot.Invalid, "点赞评比")
	r.desk.Waiver.Reason = "上级统一组织，办公室主任同意"
	if _, err := r.desk.Edit(t.Context(), hand, staff.SeenDraft{Key: key}, "请点赞。"); err != nil {
		t.Error(err)
	}
	_, err = r.desk.Edit(t.Context(), hand, staff.SeenDraft{Key: key}, "请点赞，每天打卡。")
	r.refused("another trait", err, bot.Invalid, "打卡排名")
}

// A text of the library that bears a secret is neither shown nor kept, and cannot
// be approved.
func TestSecretDraft(t *testing.T) {
	t.Parallel()
	r := newSigning(t, ledgertest.SQLite(t))
	id := r.draft("story", "2026-12-02").Push.ContentID
	r.corpus = library(t, map[string]string{"stories/" + id + ".md": story(id, "海瑞\n机密★10年\n11010519491231002X")})
	draft := r.draft("story", "2026-12-02")
	if draft.Text != "" || !draft.Blocked() {
		t.Errorf("%+v", draft)
	}
	r.stands("story", "2026-12-02", "内容带有密级标志或者不能发的号码，请另换一则")
	if done := r.sign("story", "2026-12-02"); len(done.Refused) != 1 {
		t.Errorf("%+v", done)
	}
	r.did()
}

// Whoever approves sees what the caps leave no room for, and what has been dropped;
// nothing that cannot go out is asked for by hand.
func TestSignBeyondCaps(t *testing.T) {
	t.Parallel()
	r := newSigning(t, ledgertest.SQLite(t))
	r.desk.Schedule.Specs = r.desk.Schedule.Specs[:2] // story to 甲 and 乙, a question to 甲
	r.desk.Schedule.Specs[0].Targets = []string{"group:甲"}
	r.desk.Caps = day.Caps{GroupDay: 2}
	r.stands("story", "2026-12-02", "还没有签发")
	r.desk.Caps = day.Caps{GroupDay: 1}
	r.stands("quiz", "2026-12-02", "还没有签发")
	r.stands("story", "2026-12-02", "还没有签发，超过一天或一周最多发的条数，多半轮不上")
	if done := r.sign("story", "2026-12-02"); len(done.Approved) != 1 {
		t.Errorf("%+v", done)
	}
	r.stands("story", "2026-12-02", "已签发（王五 12月1日07:00），超过一天或一周最多发的条数，多半轮不上")
	r.must(r.desk.Pause(t.Context(), boss, "quiz"))
	r.stands("story", "2026-12-02", "已签发（王五 12月1日07:00）")
	r.must(r.desk.Resume(t.Context(), boss, "quiz"))

	r.sign("story", "2026-12-01")
	r.is("quiz", "group:甲", "2026-12-01", ledger.PushSent)
	_, err := r.desk.PushNow(t.Context(), boss, "story", "")
	r.refused("a day that is full", err, bot.Conflict, "甲：这一天已经向这里发了 1 条，到了上限，不能再推送")
	if _, err := r.desk.PushNow(t.Context(), boss, "story", "group:乙"); err != nil {
		t.Errorf("another group: %v", err)
	}
	if _, err := r.desk.PushNow(t.Context(), boss, "story", "member:A01"); err != nil {
		t.Errorf("a member: %v", err)
	}
	r.is("story", "group:甲", "2026-12-01", ledger.PushSkipped)
	if got := r.draft("story", "2026-12-01"); got.Dropped == "" || got.Closed() {
		t.Errorf("%+v", got)
	}
}

// What became of a push to single people is not told.
func TestDroppedIsNobodys(t *testing.T) {
	t.Parallel()
	r := newSigning(t, ledgertest.SQLite(t))
	r.desk.Schedule.Specs[0].Targets = []string{"member:A01"}
	r.sign("story", "2026-12-01")
	r.is("story", "member:A01", "2026-12-01", ledger.PushSkipped)
	r.stands("story", "2026-12-01", "已签发（王五 12月1日07:00）")
}

// What was due before midnight and may still go out can still be approved.
func TestSignOverMidnight(t *testing.T) {
	t.Parallel()
	r := newSigning(t, ledgertest.SQLite(t))
	r.desk.Schedule.Specs[0].At = 23 * time.Hour // for four hours
	first := func() corpus.Date {
		list, err := r.desk.Coming(t.Context())
		r.must(err)
		return list[0].Push.Date
	}
	r.now = time.Date(2026, 12, 1, 19, 0, 0, 0, time.UTC) // three in the morning of the second there
	if got := first(); got != "2026-12-01" {
		t.Errorf("the first is of %s", got)
	}
	r.now = r.now.Add(time.Second)
	if got := first(); got != "2026-12-02" {
		t.Errorf("then the first is of %s", got)
	}
}

// An approval that does not hold, of somebody who has just left, is not said to.
func TestSignThatDoesNotHold(t *testing.T) {
	t.Parallel()
	r := newSigning(t, ledgertest.SQLite(t))
	draft := r.draft("story", "2026-12-02")
	gone := staff.Hand{Staff: ledger.StaffActor("A03"), Actor: "terminal root"}
	done, err := r.desk.Sign(t.Context(), gone, []staff.SeenDraft{{Key: draft.Key(), Digest: draft.Digest()}})
	r.must(err)
	if len(done.Approved) != 0 || len(done.Refused) != 1 || !strings.Contains(done.Refused[0].Why, "已不是在册的工作人员") {
		t.Errorf("%+v", done)
	}
}
