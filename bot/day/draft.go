package day

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Why a push that needs approval is kept back.
const (
	UnsignedDetail  = "还没有签发"
	changedDetail   = "内容在签发后改过，要重新签发"
	leftDetail      = "签发的人已不是在册的工作人员，要另一人签发"
	restoredDetail  = "台账是恢复的，要重新签发"
	lostDetail      = "换上的内容制度库里没有了，请另换"
	suspendedDetail = "换上的题停用了，请另换"
	heldDetail      = "内容带有密级标志或者不能发的号码，请另换一则"
)

// keptBack are those reasons.
var keptBack = []string{UnsignedDetail, changedDetail, leftDetail, restoredDetail, lostDetail, suspendedDetail, heldDetail}

// Draft is what a push that needs approval says on a day, as the library and the
// records are now. Nothing is written down until somebody decides on it.
type Draft struct {
	Push    ledger.Push  // the first of those that bring this text
	Targets []string     // whom it goes to
	Planned string       // the content that the plan has chosen
	Text    string       // as it would go out; "" when it cannot be made
	Why     string       // why it does not go out; "" while it is approved
	Record  ledger.Draft // what was decided on it; its Revision is 0 where nothing was

	nothing bool // there is nothing to send, as little as without approval
}

// Key is the draft's key.
func (d Draft) Key() ledger.DraftKey { return d.Record.DraftKey }

// Blocked reports whether the draft cannot go out, approved or not.
func (d Draft) Blocked() bool { return d.Text == "" || d.Why == suspendedDetail }

// Approves reports whether some push needs approval.
func (s *Schedule) Approves() bool {
	return slices.ContainsFunc(s.Specs, func(p PushSpec) bool { return p.Approval })
}

// approves reports whether a push needs approval.
func (s *Schedule) approves(name string) bool {
	spec, ok := s.Spec(name)
	return ok && spec.Approval
}

// asked is when the question of a push counts as asked. One that was approved says
// until when it can be answered, and so goes by the plan.
func (s *Schedule) asked(p ledger.Push, now time.Time) time.Time {
	day, err := time.Parse(time.DateOnly, string(p.Date))
	if spec, ok := s.Spec(p.Name); ok && spec.Approval && err == nil {
		return spec.due(day, s.Location)
	}
	return now
}

// Drafts are the texts of some days that need approval, by time.
func (s *Schedule) Drafts(ctx context.Context, from, to corpus.Date, now time.Time) ([]Draft, error) {
	if !s.Approves() {
		return nil, nil
	}
	plan, err := s.planned(ctx, from, to)
	if err != nil {
		return nil, err
	}
	c, release := s.Library()
	defer release()
	g, err := s.drafting(ctx, c, from, to, now)
	if err != nil {
		return nil, err
	}
	var list []Draft
	at := map[ledger.DraftKey]int{}
	for _, p := range plan {
		if !s.approves(p.Name) {
			continue
		}
		if i, ok := at[wholeDay(p)]; ok { // the same text for another target
			list[i].Targets = append(list[i].Targets, p.Target)
			continue
		}
		d, err := g.draft(ctx, p)
		if err != nil {
			return nil, err
		}
		if i, ok := at[d.Key()]; ok {
			list[i].Targets = append(list[i].Targets, p.Target)
		} else if !d.nothing {
			at[d.Key()] = len(list)
			list = append(list, d)
		}
	}
	return list, nil
}

// SignedWords is said of a push that is approved.
const SignedWords = "已签发"

// Approvals is whether the pushes of drafts are approved, in words.
func Approvals(drafts []Draft) map[ledger.PushKey]string {
	words := map[ledger.PushKey]string{}
	for _, d := range drafts {
		for _, target := range d.Targets {
			words[ledger.PushKey{Name: d.Push.Name, Target: target, Date: d.Push.Date}] = cmp.Or(d.Why, SignedWords)
		}
	}
	return words
}

// drafting is what drafts are made from.
type drafting struct {
	*Schedule
	corpus    *corpus.Corpus
	texts     contents
	rows      map[ledger.DraftKey]ledger.Draft
	staff     map[string]bool // those on the roster, by number
	suspended map[string]bool
	restored  time.Time // when a backup took the ledger's place last: it knows nothing of what was withdrawn before
}

func (s *Schedule) drafting(ctx context.Context, c *corpus.Corpus, from, to corpus.Date, now time.Time) (g drafting, err error) {
	g = drafting{Schedule: s, corpus: c, texts: s.previews(now), staff: map[string]bool{}}
	if s.Ledger == nil {
		return g, nil
	}
	members, err := s.Ledger.Members(ctx)
	if err != nil {
		return g, err
	}
	for _, m := range members {
		g.staff[m.Number] = m.Staff && m.Left == ""
	}
	gaps, err := s.Ledger.Gaps(ctx)
	if err != nil {
		return g, err
	}
	for _, gap := range gaps { // by their ends
		g.restored = gap.Until
	}
	if g.rows, err = s.draftRows(ctx, from, to); err == nil {
		g.suspended, err = s.suspended(ctx, c)
	}
	return g, err
}

// draftRows is what was decided on the drafts of some days.
func (s *Schedule) draftRows(ctx context.Context, from, to corpus.Date) (map[ledger.DraftKey]ledger.Draft, error) {
	list, err := s.Ledger.Drafts(ctx, from, to)
	rows := map[ledger.DraftKey]ledger.Draft{}
	for _, d := range list {
		rows[d.Key()] = d
	}
	return rows, err
}

// wholeDay is the key of what a push says to everybody alike.
func wholeDay(p ledger.Push) ledger.DraftKey { return ledger.DraftKey{Name: p.Name, Date: p.Date} }

// decided is a push with the content that staff have decided on.
func (s *Schedule) decided(p ledger.Push, row ledger.Draft) ledger.Push {
	if s.approves(p.Name) && chosen(p, row) {
		p.ContentID, p.Title = row.ContentID, row.Title
	}
	return p
}

// chosen reports whether staff have chosen a content, and not left it to the plan.
func chosen(p ledger.Push, row ledger.Draft) bool {
	return row.Content == p.Content && (row.Source == ledger.ReplacedDraft || row.Source == ledger.EditedDraft)
}

// draft is the draft that a push brings, which may be planned or decided on
// already.
func (g drafting) draft(ctx context.Context, p ledger.Push) (Draft, error) {
	key := wholeDay(p)
	if p.Content == CardContent {
		names, err := g.texts.meetings(ctx, p)
		if errors.Is(err, errNothing) {
			return Draft{Push: p, Why: err.Error(), nothing: true}, nil
		}
		if err != nil {
			return Draft{}, err
		}
		key.Part = strings.Join(names, "、")
	}
	row := g.rows[key]
	d := Draft{Push: g.decided(p, row), Targets: []string{p.Target}, Planned: p.ContentID, Record: row}
	d.Record.DraftKey = key
	var err error
	if chosen(p, row) && row.Source == ledger.EditedDraft {
		d.Text = row.Text
	} else if d.Text, err = g.texts.text(ctx, d.Push, g.corpus); errors.Is(err, errNothing) {
		d.Text, d.Why, d.nothing = "", err.Error(), !chosen(p, row)
		if chosen(p, row) {
			d.Why = lostDetail
		}
		return d, nil
	}
	if err != nil {
		return Draft{}, err
	}
	if !bot.Keepable(d.Text) { // nobody is shown it, and no decision writes it down
		d.Text, d.Why = "", heldDetail
		return d, nil
	}
	d.Why = g.why(d)
	return d, nil
}

// why is why a draft with a text does not go out.
func (g drafting) why(d Draft) string {
	number, _ := d.Record.ApprovedBy.StaffNumber()
	switch {
	case d.Push.Content == QuestionContent && g.suspended[d.Push.ContentID]:
		return suspendedDetail
	case !d.Record.Approved:
		return UnsignedDetail
	case d.Record.Digest != ledger.TextDigest(d.Text):
		return changedDetail
	case !g.restored.IsZero() && !d.Record.ApprovedAt.After(g.restored):
		return restoredDetail
	case !g.staff[number]:
		return leftDetail
	}
	return ""
}
