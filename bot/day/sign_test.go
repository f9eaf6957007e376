package day_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// signed is a push with approval.
func signed(spec day.PushSpec) day.PushSpec {
	spec.Approval = true
	return spec
}

// newOffice is a desk whose alarm is written down. 1 December 2026 is a Tuesday.
func newOffice(t *testing.T, w ledgertest.Where, specs ...day.PushSpec) (d *desk, told *[]string) {
	t.Helper()
	d, told = newDesk(t, w, 9, specs...), &[]string{}
	d.outbox.Alert = func(text string) { *told = append(*told, text) }
	return d, told
}

// drafts are those of some days of December.
func (d *desk) drafts(from, to int) []day.Draft {
	d.Helper()
	date := func(day int) corpus.Date { return corpus.Date(fmt.Sprintf("2026-12-%02d", day)) }
	list, err := d.outbox.Schedule.Drafts(d.Context(), date(from), date(to), d.now)
	must(d.T, err)
	return list
}

// decide records a decision on a draft.
func (d *desk) decide(draft day.Draft, change func(*ledger.Draft)) {
	d.Helper()
	r := draft.Record
	r.Content, r.ContentID, r.Title, r.Text = draft.Push.Content, draft.Push.ContentID, draft.Push.Title, draft.Text
	if r.Source == "" {
		r.Source = ledger.PlannedDraft
	}
	change(&r)
	put, err := d.ledger.PutDraft(d.Context(), r, "staff S01", "staff S01", "draft", d.now)
	must(d.T, err)
	if !put {
		d.Fatalf("somebody else has decided on %v", r.Key())
	}
}

// approve approves the drafts of a day of December.
func (d *desk) approve(day int) (texts []string) {
	d.Helper()
	for _, draft := range d.drafts(day, day) {
		texts = append(texts, draft.Text)
		d.decide(draft, func(r *ledger.Draft) { r.Approved, r.ApprovedBy, r.ApprovedAt = true, "staff S01", d.now })
	}
	return texts
}

// says checks what staff were told since it was asked last: a piece of each.
func says(t *testing.T, told *[]string, want ...string) {
	t.Helper()
	if len(*told) != len(want) {
		t.Errorf("told %q, want %q", *told, want)
	} else {
		for i, text := range *told {
			if !strings.Contains(text, want[i]) {
				t.Errorf("told %s, want %s", text, want[i])
			}
		}
	}
	*told = nil
}

// What is approved goes out as it was approved; what is not waits, is said once,
// goes out when it is approved within its window, and else is skipped.
func TestApproval(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d, told := newOffice(t, w, signed(story("group:甲", "group:乙")), day.PushSpec{Name: "free", Content: day.StoryContent, At: 9 * time.Hour, Window: time.Hour, Targets: []string{"group:甲"}})
		want := d.approve(1)
		d.at(1, 8, 0)
		d.are(1, "story group:甲 sent", "story group:乙 sent")
		if !slices.Equal(d.far.texts, []string{want[0], want[0]}) {
			t.Errorf("sent %q", d.far.texts)
		}
		says(t, told)

		d.at(2, 8, 0)
		const waits = " waiting 还没有签发"
		d.are(2, "story group:甲"+waits, "story group:乙"+waits)
		says(t, told, "廉问：12月2日08:00的“story”（")
		d.at(2, 9, 0) // the other push is not kept back
		d.at(2, 9, 59)
		d.outbox.Caps.GroupDay = 9
		want = d.approve(2)
		d.at(2, 10, 0)
		d.are(2, "story group:甲 sent", "story group:乙 sent", "free group:甲 sent")
		if got := d.far.texts[len(d.far.texts)-1]; got != want[0] {
			t.Errorf("sent %q", got)
		}
		says(t, told)

		d.at(3, 8, 0)
		d.at(3, 10, 0)
		d.are(3, "story group:甲"+waits, "story group:乙"+waits, "free group:甲 sent")
		d.at(3, 10, 1)
		d.are(3, "story group:甲 skipped 还没有签发", "story group:乙 skipped 还没有签发", "free group:甲 sent")
		d.approve(3)
		d.at(3, 10, 2)
		d.are(3, "story group:甲 skipped 还没有签发", "story group:乙 skipped 还没有签发", "free group:甲 sent")
		says(t, told, "10:00前签发的仍会发出")
	})
}

// In the afternoon of a working day staff are told once what of the days up to the
// next is not approved, whatever restarts.
func TestApprovalReminder(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d, told := newOffice(t, w, signed(story("group:甲", "group:乙")))
		again := func() {
			o := *d.outbox
			d.outbox = day.NewOutbox(o)
		}
		for date := 1; date <= 9; date++ {
			d.approve(date)
		}
		for _, draft := range d.drafts(4, 9) { // those of 5, 6 and 7 stay approved
			if day := draft.Push.Date; day == "2026-12-04" || day > "2026-12-07" {
				d.decide(draft, func(r *ledger.Draft) { r.Approved = false })
			}
		}
		d.at(2, 15, 0) // Wednesday; tomorrow is approved
		says(t, told)
		d.at(3, 14, 59)
		says(t, told)
		d.at(3, 15, 0)
		says(t, told, "廉问：12月4日08:00的“story”（")
		again()
		d.at(3, 16, 0)
		says(t, told)
		d.at(4, 8, 0) // Friday: it is due
		says(t, told, "到了时间，还没有签发")
		again()
		d.at(4, 8, 1)
		d.at(4, 15, 0) // Saturday to Monday are approved
		d.at(5, 15, 0) // Saturday is no working day
		d.at(6, 23, 0)
		says(t, told)
		for _, draft := range d.drafts(7, 7) {
			d.decide(draft, func(r *ledger.Draft) { r.Approved = false })
		}
		d.at(6, 23, 30)
		says(t, told)
		d.at(7, 7, 0)
		d.approve(7)
		d.at(7, 15, 0)
		says(t, told, "12月8日08:00")
		must(t, d.ledger.Pause(t.Context(), "story", true, "staff S01", d.now))
		d.at(8, 8, 0)
		d.at(8, 15, 0) // what is paused needs nothing
		says(t, told)
		d.are(8, "story group:甲 skipped 已暂停", "story group:乙 skipped 已暂停")
	})
}

// On a Friday the days up to Monday are looked at, and no more than three are
// named.
func TestApprovalReminderOfWeekend(t *testing.T) {
	t.Parallel()
	quiz := day.PushSpec{Name: "quiz", Content: day.QuestionContent, At: 9 * time.Hour, Window: time.Hour, Targets: []string{"group:甲"}, Approval: true}
	d, told := newOffice(t, ledgertest.SQLite(t), signed(story("group:甲")), quiz)
	d.approve(4)
	d.at(4, 15, 0)
	if len(*told) != 1 || !strings.Contains((*told)[0], "12月5日08:00") || !strings.Contains((*told)[0], "12月6日08:00") || !strings.Contains((*told)[0], "等 6 条还没有签发") || strings.Contains((*told)[0], "12月7日") {
		t.Errorf("told %q", *told)
	}
}

// A text that is another one than was approved, or whose approver has left, is
// kept back and says so.
func TestApprovalThatDoesNotHold(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d, told := newOffice(t, w, signed(story("group:甲")))
		c, release := d.outbox.Schedule.Library()
		defer release()
		edited := func(id string) {
			other := *c
			other.Stories = slices.Clone(c.Stories)
			for i, s := range other.Stories {
				if s.ID == id {
					changed := *s
					changed.Text += "改过。"
					other.Stories[i] = &changed
				}
			}
			d.outbox.Schedule.Library = day.Fixed(&other)
		}
		d.approve(1)
		edited(d.drafts(1, 1)[0].Push.ContentID)
		d.at(1, 8, 0)
		d.are(1, "story group:甲 waiting 内容在签发后改过，要重新签发")
		says(t, told, "内容在签发后改过，要重新签发")
		want := d.approve(1)
		d.at(1, 8, 1)
		d.are(1, "story group:甲 sent")
		if got := d.far.texts[0]; got != want[0] || !strings.Contains(got, "改过。") {
			t.Errorf("sent %q", got)
		}

		d.approve(2)
		_, err := d.ledger.ImportMembers(t.Context(), []ledger.Member{{Number: "S02", Name: "赵六", Staff: true}, {Number: "A01", Name: "张三"}}, "2026-12-01", "staff", d.now)
		must(t, err)
		d.at(2, 8, 0)
		d.are(2, "story group:甲 waiting 签发的人已不是在册的工作人员，要另一人签发")
		says(t, told, "签发的人已不是在册的工作人员，要另一人签发")
		d.decide(d.drafts(2, 2)[0], func(r *ledger.Draft) { r.ApprovedBy = "staff A01" }) // a member
		d.at(2, 8, 1)
		d.are(2, "story group:甲 waiting 签发的人已不是在册的工作人员，要另一人签发")
		d.decide(d.drafts(2, 2)[0], func(r *ledger.Draft) { r.ApprovedBy = "staff S02" })
		d.at(2, 8, 2)
		d.are(2, "story group:甲 sent")
		says(t, told)

		d.approve(3)
		must(t, d.ledger.Pause(t.Context(), "nothing", true, "staff S02", d.now))
		d.decide(d.drafts(3, 3)[0], func(r *ledger.Draft) { r.ApprovedBy = "terminal root" })
		d.at(3, 8, 0)
		d.are(3, "story group:甲 waiting 签发的人已不是在册的工作人员，要另一人签发")
	})
}

// A content that staff have put in the place of the planned one goes out, and is
// on record; staff's own words go out whatever becomes of the library.
func TestApprovalOfOtherContents(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		d, told := newOffice(t, w, signed(story("group:甲")))
		s := d.outbox.Schedule
		c, release := s.Library()
		defer release()
		replaced := func(date int) day.Choice {
			t.Helper()
			draft := d.drafts(date, date)[0]
			choices, err := s.Choices(t.Context(), draft)
			must(t, err)
			d.decide(draft, func(r *ledger.Draft) {
				r.Source, r.ContentID, r.Title = ledger.ReplacedDraft, choices[0].ID, choices[0].Title
			})
			return choices[0]
		}
		d.at(1, 8, 0) // planned, and held
		other := replaced(1)
		if draft := d.drafts(1, 1)[0]; draft.Push.ContentID != other.ID || draft.Push.Title != other.Title || draft.Planned == other.ID || draft.Why != day.UnsignedDetail {
			t.Errorf("%+v", draft)
		}
		d.approve(1)
		d.at(1, 8, 1)
		records, err := d.ledger.Pushes(t.Context(), "2026-12-01", "2026-12-01")
		must(t, err)
		if len(records) != 1 || records[0].State != ledger.PushSent || records[0].ContentID != other.ID || records[0].Title != other.Title || !strings.Contains(d.far.texts[0], other.Title) {
			t.Errorf("%+v, sent %q", records, d.far.texts)
		}

		text, err := s.Reword(d.drafts(2, 2)[0], "我们自己写的。")
		must(t, err)
		d.decide(d.drafts(2, 2)[0], func(r *ledger.Draft) { r.Source, r.Text = ledger.EditedDraft, text })
		d.approve(2)
		lost := replaced(3)
		d.approve(3)
		less := *c
		less.Stories = slices.DeleteFunc(slices.Clone(c.Stories), func(s *corpus.Story) bool { return s.ID == lost.ID || s.ID == d.drafts(2, 2)[0].Push.ContentID })
		s.Library = day.Fixed(&less)
		d.at(2, 8, 0)
		d.are(2, "story group:甲 sent")
		if got := d.far.texts[1]; got != text {
			t.Errorf("sent %q, want %q", got, text)
		}
		*told = nil
		d.at(3, 8, 0)
		d.are(3, "story group:甲 waiting 换上的内容制度库里没有了，请另换")
		says(t, told, "换上的内容制度库里没有了，请另换")
	})
}

// A question says until when it can be answered, whenever it goes out: that was
// approved, too. One that was put in and is suspended is kept back.
func TestApprovalOfQuestion(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		quiz := day.PushSpec{Name: "quiz", Content: day.QuestionContent, At: 9 * time.Hour, Window: 4 * time.Hour, Targets: []string{"group:甲", "group:乙"}, Approval: true}
		d, _ := newOffice(t, w, quiz)
		want := d.approve(1)
		d.far.offline = true
		d.at(1, 9, 0)
		d.far.offline = false
		d.at(1, 9, 40)
		d.are(1, "quiz group:甲 sent", "quiz group:乙 sent")
		if !slices.Equal(d.far.texts, []string{want[0], want[0]}) || !strings.Contains(want[0], "12月8日09:00前有效") {
			t.Errorf("sent %q", d.far.texts)
		}
		round, err := d.ledger.Round(t.Context(), "2026-12-01")
		must(t, err)
		if !round.Opened.Equal(d.now) || round.Closes.Format("2 15:04") != "8 09:00" {
			t.Errorf("open from %v to %v", round.Opened, round.Closes)
		}
		draft := d.drafts(2, 2)[0]
		choices, err := d.outbox.Schedule.Choices(t.Context(), draft)
		must(t, err)
		d.decide(draft, func(r *ledger.Draft) {
			r.Source, r.ContentID, r.Title = ledger.ReplacedDraft, choices[0].ID, choices[0].Title
		})
		d.approve(2)
		d.outbox.Schedule.Reviewer = &day.Reviewer{Ledger: d.ledger, Now: d.outbox.Now}
		must(t, d.outbox.Schedule.Reviewer.Look(t.Context(), mustLibrary(d)))
		must(t, d.ledger.Review(t.Context(), []ledger.Basis{{Question: choices[0].ID, Digest: "other", Sound: true}}, d.now))
		d.at(2, 9, 0)
		d.are(2, "quiz group:甲 waiting 换上的题停用了，请另换", "quiz group:乙 waiting 换上的题停用了，请另换")
	})
}

func mustLibrary(d *desk) *corpus.Corpus {
	c, release := d.outbox.Schedule.Library()
	defer release()
	return c
}

// What differs by target is approved by itself: a card has the meetings of whom it
// goes to.
func TestApprovalOfCard(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		card := day.PushSpec{Name: "card", Content: day.CardContent, At: 16 * time.Hour, Window: time.Hour, LeadDays: 1, Targets: []string{"group:甲", "attendees"}, Approval: true}
		d, _ := newOffice(t, w, card)
		bind(d, "A01", "@a")
		bind(d, "A02", "@b")
		meetings := func(list ...ledger.Activity) {
			t.Helper()
			_, err := d.ledger.ImportActivities(t.Context(), list, "staff", d.now)
			must(t, err)
		}
		one := ledger.Activity{Date: "2026-12-02", Kind: ledger.MeetingKind, Title: "常委会", Members: []string{"A01", "A02"}}
		two := ledger.Activity{Date: "2026-12-02", Kind: ledger.MeetingKind, Title: "座谈会", Members: []string{"A02"}}
		meetings(one, two)
		list := d.drafts(1, 1)
		if len(list) != 2 || list[0].Key().Part != "常委会、座谈会" || !slices.Equal(list[0].Targets, []string{"group:甲", "member:A02"}) ||
			list[1].Key().Part != "常委会" || !slices.Equal(list[1].Targets, []string{"member:A01"}) {
			t.Fatalf("%+v", list)
		}
		d.decide(list[0], func(r *ledger.Draft) { r.Approved, r.ApprovedBy = true, "staff S01" })
		d.at(1, 16, 0)
		d.are(1, "card group:甲 sent", "card member:A02 sent", "card member:A01 waiting 还没有签发")
		one.Members, two.Members = nil, nil
		meetings(one, two)
		d.at(1, 16, 1)
		d.are(1, "card group:甲 sent", "card member:A02 sent", "card member:A01 skipped 没有可发的内容：2026年12月2日的会议取消了")
	})
}

func bind(d *desk, number, sender string) {
	d.Helper()
	must(d.T, d.ledger.NewCodes(d.Context(), map[string]string{number: "C" + number}, d.now.Add(time.Hour), "staff", d.now))
	_, err := d.ledger.Bind(d.Context(), ledger.Sender{Channel: "wechat", Name: sender}, "C"+number, d.now)
	must(d.T, err)
}

// A backup from before the approvals knows nothing of them, and one from after knows
// nothing of what was withdrawn since: what goes out then is approved anew.
func TestApprovalRestored(t *testing.T) {
	t.Parallel()
	d, told := newOffice(t, ledgertest.SQLite(t), signed(story("group:甲")))
	d.approve(2)
	backup := filepath.Join(t.TempDir(), "backup.db")
	_, err := d.ledger.Backup(t.Context(), backup)
	must(t, err)
	d.approve(1)
	d.decide(d.drafts(2, 2)[0], func(r *ledger.Draft) { r.Approved = false })
	d.restoredAt(backup, 7, 30)
	d.at(1, 8, 0)
	d.are(1, "story group:甲 waiting 还没有签发")
	says(t, told, "还没有签发")
	d.at(2, 8, 0)
	d.are(2, "story group:甲 waiting 台账是恢复的，要重新签发")
	says(t, told, "台账是恢复的，要重新签发")
	d.approve(2)
	d.at(2, 8, 1)
	d.are(2, "story group:甲 sent")
	if len(d.far.sent) != 1 {
		t.Errorf("sent %q", d.far.sent)
	}
}
