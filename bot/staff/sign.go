package staff

import (
	"context"
	"fmt"
	"slices"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/relief"
)

// Hand is who decides on a draft.
type Hand struct {
	Staff ledger.Actor // whose decision it is
	Actor ledger.Actor // who writes it down, for the audit: the same, or who uses the machine
}

// Hand is that of the member of staff with a number.
func (d *Desk) Hand(ctx context.Context, number string, actor ledger.Actor) (Hand, error) {
	m, err := d.OnRoster(ctx, number)
	if err != nil {
		return Hand{}, err
	}
	if !m.Staff {
		return Hand{}, bot.Forbidden.Sayf("%s（%s）不是工作人员，不能签发。", m.Name, m.Number)
	}
	return Hand{ledger.StaffActor(m.Number), actor}, nil
}

// SeenDraft is a text that somebody has read.
type SeenDraft struct {
	Key    ledger.DraftKey
	Digest string // where something else is put in its place: "" whatever it is now
}

// Signed is what became of drafts that somebody wanted to approve.
type Signed struct {
	Approved []DraftStatus // also those that had been, with the same text
	Changed  []DraftStatus // they have other texts than were read
	Refused  []DraftStatus // they have gone out, their time has passed, or they cannot go out
	Gone     []ledger.DraftKey
}

// signTries is how often an approval is tried that others come in the way of.
const signTries = 5

// Sign approves texts as they were read. A text that has been changed since is not
// approved; one that is approved already stays so.
func (d *Desk) Sign(ctx context.Context, hand Hand, seen []SeenDraft) (done Signed, err error) {
	for _, s := range seen {
		if err := d.signOne(ctx, hand, s, &done); err != nil {
			return done, err
		}
	}
	return done, nil
}

// signOne approves one text. It looks again whenever it has written: an approval
// may not hold, and somebody else may have been faster.
func (d *Desk) signOne(ctx context.Context, hand Hand, s SeenDraft, done *Signed) error {
	written := false
	for try := 0; try < signTries || written; try++ {
		draft, found, err := d.find(ctx, s.Key)
		switch {
		case err != nil:
			return err
		case !found:
			done.Gone = append(done.Gone, s.Key)
			return nil
		case draft.Closed() || draft.Blocked():
			done.Refused = append(done.Refused, draft)
			return nil
		case draft.Digest() != s.Digest:
			done.Changed = append(done.Changed, draft)
			return nil
		case draft.Why == "":
			done.Approved = append(done.Approved, draft)
			return nil
		case written:
			done.Refused = append(done.Refused, draft)
			return nil
		}
		if written, err = d.approve(ctx, hand, draft); err != nil {
			return err
		}
	}
	return busy()
}

func busy() error {
	return bot.Conflict.Sayf("刚才有人改过这一条，没有记下，请再看一遍。")
}

// approve records that a draft is approved.
func (d *Desk) approve(ctx context.Context, hand Hand, draft DraftStatus) (put bool, err error) {
	r := asIs(draft)
	r.Approved, r.ApprovedBy, r.ApprovedAt = true, hand.Staff, d.Now()
	return d.Ledger.PutDraft(ctx, r, hand.Staff, hand.Actor, "draft approve", d.Now())
}

// asIs is a draft to be recorded with the content and the text that it has now.
func asIs(draft DraftStatus) ledger.Draft {
	r := draft.Record
	if r.Source == "" || r.Content != draft.Push.Content {
		r.Source = ledger.PlannedDraft
	}
	r.Content, r.ContentID, r.Title, r.Text = draft.Push.Content, draft.Push.ContentID, draft.Push.Title, draft.Text
	return r
}

// find is a draft by its key.
func (d *Desk) find(ctx context.Context, key ledger.DraftKey) (draft DraftStatus, found bool, err error) {
	list, err := d.Drafts(ctx, key.Date, key.Date)
	i := slices.IndexFunc(list, func(s DraftStatus) bool { return s.Key() == key })
	if err != nil || i < 0 {
		return DraftStatus{}, false, err
	}
	return list[i], true, nil
}

// open is a draft that can still be decided on.
func (d *Desk) open(ctx context.Context, key ledger.DraftKey) (DraftStatus, error) {
	draft, found, err := d.find(ctx, key)
	switch {
	case err != nil:
		return draft, err
	case !found:
		return draft, noDraft(key)
	case draft.Begun:
		return draft, bot.Conflict.Sayf("%s的“%s”已经发出，或者正在发，什么也没有改。", key.Date.Chinese(), key.Name)
	case draft.Over:
		return draft, bot.Conflict.Sayf("%s的“%s”已经过了时间，不会再发，什么也没有改。", key.Date.Chinese(), key.Name)
	}
	return draft, nil
}

// Choices are what could take the place of a draft's content, best first.
func (d *Desk) Choices(ctx context.Context, key ledger.DraftKey) ([]day.Choice, error) {
	draft, err := d.open(ctx, key)
	if err != nil {
		return nil, err
	}
	return d.Schedule.Choices(ctx, draft.Draft)
}

// unchanged is a draft that can still be decided on, if it reads as somebody has seen it.
func (d *Desk) unchanged(ctx context.Context, seen SeenDraft) (DraftStatus, error) {
	draft, err := d.open(ctx, seen.Key)
	if err != nil || seen.Digest == "" || draft.Digest() == seen.Digest {
		return draft, err
	}
	by := "制度库里的文字改了"
	if draft.Drafter != "" {
		by = fmt.Sprintf("%s在%s改过", draft.Drafter, draft.Record.DraftedAt.In(d.Location).Format("1月2日15:04"))
	}
	return draft, bot.Conflict.Sayf("%s的“%s”在您看过以后不一样了（%s），没有动它。请看过现在的再改。", seen.Key.Date.Chinese(), seen.Key.Name, by)
}

// Replace puts another content of the library in the place of a draft's; the text
// needs a new approval. It returns the draft as it is then.
func (d *Desk) Replace(ctx context.Context, hand Hand, seen SeenDraft, id string) (DraftStatus, error) {
	key := seen.Key
	draft, err := d.unchanged(ctx, seen)
	if err != nil {
		return draft, err
	}
	choice, err := d.Schedule.Choose(ctx, draft.Draft, id)
	if err != nil {
		return draft, err
	}
	if id == draft.Push.ContentID && draft.Record.Source != ledger.EditedDraft {
		return draft, bot.Conflict.Sayf("%s的“%s”本来就是这一则，没有换。", key.Date.Chinese(), key.Name)
	}
	draft.Push.ContentID, draft.Push.Title = choice.ID, choice.Title
	if draft.Text, err = d.Schedule.Preview(ctx, draft.Push, d.Now()); err == nil {
		err = bot.Unkeepable("换上的内容里", draft.Text)
	}
	if err != nil {
		return draft, err
	}
	source := ledger.ReplacedDraft
	if id == draft.Planned {
		source = ledger.PlannedDraft
	}
	return d.redraft(ctx, hand, draft, source, "draft replace")
}

// Edit puts staff's own words in the place of the library's; the text needs a new
// approval. It returns the draft as it is then.
func (d *Desk) Edit(ctx context.Context, hand Hand, seen SeenDraft, words string) (DraftStatus, error) {
	draft, err := d.unchanged(ctx, seen)
	if err != nil {
		return draft, err
	}
	if draft.Text, err = d.Schedule.Reword(draft.Draft, words); err == nil {
		err = bot.Unkeepable("改成的文字里", words, draft.Text)
	}
	if err == nil {
		err = d.acceptable(draft, words)
	}
	if err != nil {
		return draft, err
	}
	return d.redraft(ctx, hand, draft, ledger.EditedDraft, "draft edit")
}

// acceptable refuses words that ask of people what a trait of 减负 forbids and the
// operator has not allowed.
func (d *Desk) acceptable(draft DraftStatus, words string) error {
	// A case tells what others did.
	for _, h := range relief.Scan([]relief.Text{{Body: words, Case: draft.Push.Content == day.CaseContent}}) {
		if !d.Waiver.Allows(h.Trait) {
			return bot.Invalid.Sayf("新的文字里有“%s”，不合减负要求（%s），没有改。请换个说法再发；确实要发的，请管服务器的同志在配置的 [relief] 下写上 allow = [\"%s\"] 和理由。", h.Words, h.Trait, h.Trait)
		}
	}
	return nil
}

// Withdraw takes an approval back before anything went out.
func (d *Desk) Withdraw(ctx context.Context, hand Hand, key ledger.DraftKey) (DraftStatus, error) {
	draft, err := d.open(ctx, key)
	if err != nil {
		return draft, err
	}
	if !draft.Record.Approved {
		return draft, bot.Conflict.Sayf("%s的“%s”还没有签发，不用撤回。", key.Date.Chinese(), key.Name)
	}
	r := draft.Record
	r.Approved, r.ApprovedBy, r.ApprovedAt = false, "", time.Time{}
	return d.put(ctx, hand, key, r, "draft withdraw")
}

// redraft records a draft with what was made of it, to be approved anew.
func (d *Desk) redraft(ctx context.Context, hand Hand, draft DraftStatus, source ledger.DraftSource, action string) (DraftStatus, error) {
	r := asIs(draft)
	r.Source, r.DraftedBy, r.DraftedAt = source, hand.Staff, d.Now()
	r.Approved, r.ApprovedBy, r.ApprovedAt = false, "", time.Time{}
	return d.put(ctx, hand, draft.Key(), r, action)
}

// put records a decision on a draft and returns the draft as it is then.
func (d *Desk) put(ctx context.Context, hand Hand, key ledger.DraftKey, r ledger.Draft, action string) (DraftStatus, error) {
	put, err := d.Ledger.PutDraft(ctx, r, hand.Staff, hand.Actor, action, d.Now())
	if err == nil && !put {
		err = busy()
	}
	if err != nil {
		return DraftStatus{}, err
	}
	draft, _, err := d.find(ctx, key)
	return draft, err
}
