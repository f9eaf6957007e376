package staff

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// DraftDays is how many days after today are looked at where nobody says how many.
const DraftDays = 7

// DraftStatus is a draft with what has become of it by now.
type DraftStatus struct {
	day.Draft
	Drafter  string // who chose or wrote it, by name; "" the program
	Approver string // who approved it, by name, while that holds
	Begun    bool   // it has gone out to somebody, or may have
	Over     bool   // its time has passed
	Yields   bool   // it is not to go out, approved or not: the caps leave no room for it
	Dropped  string // why it was dropped in all its groups; "" it was not
}

// Digest is what tells the text from any other.
func (s DraftStatus) Digest() string { return ledger.TextDigest(s.Text) }

// Subject is what the text is about, in a line.
func (s DraftStatus) Subject() string { return cmp.Or(s.Key().Part, s.Push.Title) }

// Body is the text behind what Subject says already.
func (s DraftStatus) Body() string {
	_, body, _ := strings.Cut(s.Text, "\n")
	if s.Push.Content == day.QuestionContent {
		_, body, _ = strings.Cut(body, "\n")
	}
	return body
}

// Closed reports whether nothing can be decided any more.
func (s DraftStatus) Closed() bool { return s.Begun || s.Over }

// Chinese is where a draft stands, in words.
func (s DraftStatus) Chinese(location *time.Location) string {
	switch {
	case s.Begun:
		return "已发"
	case s.Dropped != "":
		return "没有发，" + s.Dropped
	case s.Over && s.Why != "":
		return "没有发，" + s.Why
	case s.Over:
		return "没有发"
	}
	stands := s.Why
	if stands == "" {
		stands = fmt.Sprintf("已签发（%s %s）", s.Approver, s.Record.ApprovedAt.In(location).Format("1月2日15:04"))
	}
	if s.Yields {
		stands += "，" + yieldsWords
	}
	return stands
}

// yieldsWords says of a draft that the caps leave no room for it.
const yieldsWords = "超过一天或一周最多发的条数，多半轮不上"

// Approves reports whether some push needs approval.
func (d *Desk) Approves() bool { return d.Schedule != nil && d.Schedule.Approves() }

// noApproval refuses what only makes sense with approval.
func (d *Desk) noApproval() error {
	if d.Approves() {
		return nil
	}
	return bot.NotFound.Sayf("配置里没有要签发的推送。要签发，请在 [[push]] 下面写 approval = true。")
}

// Drafts are the texts of some days that need approval, by time.
func (d *Desk) Drafts(ctx context.Context, from, to corpus.Date) ([]DraftStatus, error) {
	if err := d.noApproval(); err != nil {
		return nil, err
	}
	now := d.Now()
	drafts, err := d.Schedule.Drafts(ctx, from, to, now)
	if err != nil {
		return nil, err
	}
	records, err := d.Ledger.Pushes(ctx, from, to)
	if err != nil {
		return nil, err
	}
	members, err := d.Ledger.Members(ctx)
	if err != nil {
		return nil, err
	}
	yields, err := d.Schedule.Yields(ctx, d.Caps, from, to)
	if err != nil {
		return nil, err
	}
	list := make([]DraftStatus, len(drafts))
	for i, draft := range drafts {
		s := DraftStatus{Draft: draft, Drafter: named(members, draft.Record.DraftedBy), Over: now.After(draft.Push.Until)}
		if draft.Record.Approved {
			s.Approver = named(members, draft.Record.ApprovedBy)
		}
		s.become(records, yields)
		list[i] = s
	}
	return list, nil
}

// become notes what has become of a draft, and what will.
func (s *DraftStatus) become(records []ledger.PushRecord, yields map[ledger.PushKey]bool) {
	dropped := map[string]string{} // by targets, groups only: of single people it is nobody's business
	for _, r := range records {
		if r.Name != s.Push.Name || r.Date != s.Push.Date || s.Key().Part != "" && !slices.Contains(s.Targets, r.Target) {
			continue
		}
		switch r.State {
		case ledger.PushSent, ledger.PushClaimed, ledger.PushUncertain:
			s.Begun = true
		case ledger.PushSkipped, ledger.PushFailed:
			if !toMember(r.Target) {
				dropped[r.Target] = cmp.Or(r.Detail, "没有发出")
			}
		}
	}
	s.Yields = !slices.ContainsFunc(s.Targets, func(target string) bool {
		return !yields[ledger.PushKey{Name: s.Push.Name, Target: target, Date: s.Push.Date}]
	})
	if !slices.ContainsFunc(s.Targets, func(target string) bool { return dropped[target] == "" }) {
		s.Dropped = dropped[s.Targets[0]]
	}
}

// Coming are the drafts that can still be decided on, those of yesterday too whose
// window reaches into today.
func (d *Desk) Coming(ctx context.Context) ([]DraftStatus, error) {
	list, err := d.Drafts(ctx, d.Today().AddDays(-1), d.Today().AddDays(DraftDays))
	return slices.DeleteFunc(list, DraftStatus.Closed), err
}

// Draft is a draft by its key, whether or not it can still be decided on.
func (d *Desk) Draft(ctx context.Context, key ledger.DraftKey) (DraftStatus, error) {
	draft, found, err := d.find(ctx, key)
	if err == nil && !found {
		err = noDraft(key)
	}
	return draft, err
}

// noDraft says that there is no such draft.
func noDraft(key ledger.DraftKey) error {
	return bot.NotFound.Sayf("%s没有要签发的“%s”。", key.Date.Chinese(), key.Name)
}

// named is a member of staff by name; an actor that is none as the audit has it.
func named(members []ledger.Member, actor ledger.Actor) string {
	number, ok := actor.StaffNumber()
	if !ok {
		return string(actor)
	}
	if i := slices.IndexFunc(members, func(m ledger.Member) bool { return m.Number == number }); i >= 0 {
		return members[i].Name
	}
	return number
}

// whose is who did something, by name where it is somebody on the roster.
func (d *Desk) whose(ctx context.Context, actor ledger.Actor) (string, error) {
	members, err := d.Ledger.Members(ctx)
	if err != nil {
		return "", err
	}
	return who(members, actor), nil
}

// who is somebody as people call them.
func who(members []ledger.Member, actor ledger.Actor) string {
	if _, ok := actor.StaffNumber(); ok {
		return named(members, actor)
	}
	if account, ok := strings.CutPrefix(string(actor), string(ledger.WebActor(""))); ok {
		return account
	}
	return actorInWords(actor)
}

// approvals is whether the pushes of some days are approved, in words. Those that
// need not be are not there.
func (d *Desk) approvals(ctx context.Context, from, to corpus.Date) (map[ledger.PushKey]string, error) {
	if !d.Approves() {
		return nil, nil
	}
	drafts, err := d.Schedule.Drafts(ctx, from, to, d.Now())
	return day.Approvals(drafts), err
}

// draftsOf are the drafts of a push on a day; none where it needs no approval.
func (d *Desk) draftsOf(ctx context.Context, name string, date corpus.Date) ([]day.Draft, error) {
	if spec, _ := d.Schedule.Spec(name); !spec.Approval {
		return nil, nil
	}
	list, err := d.Schedule.Drafts(ctx, date, date, d.Now())
	return slices.DeleteFunc(list, func(draft day.Draft) bool { return draft.Push.Name != name }), err
}

// draftedNow is the text that a push with approval has on the day it is planned for.
func (d *Desk) draftedNow(ctx context.Context, name string, planned corpus.Date) (text string, ok bool, err error) {
	list, err := d.draftsOf(ctx, name, planned)
	if err != nil || len(list) == 0 {
		return "", false, err
	}
	return list[0].Text, true, nil
}

// signedNow makes sure that what a push brings now is approved. What is planned for
// a later day is taken as it was approved for that day.
func (d *Desk) signedNow(ctx context.Context, actor ledger.Actor, name string, planned corpus.Date) error {
	list, err := d.draftsOf(ctx, name, planned)
	if err != nil {
		return err
	}
	for _, draft := range list {
		if draft.Why != "" {
			return bot.Conflict.Sayf("%s的“%s”（%s）%s，不能推送。请先看过、批准：私聊我“签发”，或运行 lianwen approval read %s %s。",
				planned.Chinese(), name, draft.Push.Title, draft.Why, name, planned)
		}
		if planned == d.Today() {
			continue
		}
		if c := draft.Push.Content; c == day.QuestionContent || c == day.CardContent {
			return bot.Conflict.Sayf("“%s”今天没有安排；签发的是%s的，文字里写着日期，不能今天发。", name, planned.Chinese())
		}
		if err := d.carry(ctx, actor, draft); err != nil {
			return err
		}
	}
	return nil
}

// carry lets a text that was approved for a later day go out today.
func (d *Desk) carry(ctx context.Context, actor ledger.Actor, draft day.Draft) error {
	today := d.Today()
	rows, err := d.Ledger.Drafts(ctx, today, today)
	if err != nil {
		return err
	}
	r := draft.Record
	r.Date, r.Revision = today, 0
	for _, row := range rows {
		if row.Key() == r.Key() {
			r.Revision = row.Revision
		}
	}
	_, err = d.Ledger.PutDraft(ctx, r, actor, actor, "draft carry", d.Now())
	return err
}
