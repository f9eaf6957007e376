package staff

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
)

// RosterDraft is what a file would make of the roster: somebody looks at it, then
// it is applied.
type RosterDraft struct {
	Size    int             // how many are in the file
	Before  int             // how many are on the roster now
	Joins   []ledger.Member // who are new, or come back
	Changes []RosterEdit
	Leaves  []ledger.Member // whom the file does not name
	Notes   []string        // how the file was read

	list []ledger.Member
}

// RosterEdit is somebody who stays, with what changes.
type RosterEdit struct{ Before, After ledger.Member }

// FieldChange is what changes of somebody.
type FieldChange struct{ Field, From, To string }

// Fields are what changes.
func (e RosterEdit) Fields() (list []FieldChange) {
	roles := map[bool]string{false: "委员", true: "工作人员"}
	for _, f := range []FieldChange{
		{"姓名", e.Before.Name, e.After.Name}, {"界别", e.Before.Sector, e.After.Sector}, {"专委会", e.Before.Committee, e.After.Committee},
		{"身份", roles[e.Before.Staff], roles[e.After.Staff]}, {"手机", e.Before.Phone, e.After.Phone},
	} {
		if f.From != f.To {
			list = append(list, f)
		}
	}
	return list
}

// Stay is how many of those on the roster stay on it.
func (r RosterDraft) Stay() int { return r.Before - len(r.Leaves) }

// Consent reports whether somebody has to look at it first: when anybody leaves,
// or more than a tenth change.
func (r RosterDraft) Consent() bool { return len(r.Leaves) > 0 || len(r.Changes)*10 > r.Before }

// Partial reports whether fewer than half would stay: such a file is most likely
// a part of the roster.
func (r RosterDraft) Partial() bool { return r.Stay()*2 < r.Before }

// DraftRoster reads a roster from a file and says what it would change. Everything
// that is wrong with the file is in the *office.FormError.
func (d *Desk) DraftRoster(ctx context.Context, content []byte) (RosterDraft, error) {
	list, notes, err := office.ReadRoster(content)
	if err != nil {
		return RosterDraft{}, err
	}
	for i, m := range list {
		if err := bot.Unkeepable(fmt.Sprintf("花名册里第 %d 个人的资料", i+1), m.Number, m.Name, m.Sector, m.Committee, m.Phone); err != nil {
			return RosterDraft{}, err
		}
	}
	known, err := d.Ledger.Members(ctx)
	if err != nil {
		return RosterDraft{}, err
	}
	notes = append(notes, takeKnownNumbers(list, known)...)
	draft := compareRoster(known, list)
	draft.Notes = notes
	return draft, nil
}

// Redraft is what a draft would change of the roster as it is now.
func (d *Desk) Redraft(ctx context.Context, draft RosterDraft) (RosterDraft, error) {
	known, err := d.Ledger.Members(ctx)
	if err != nil {
		return RosterDraft{}, err
	}
	now := compareRoster(known, draft.list)
	now.Notes = draft.Notes
	return now, nil
}

// takeKnownNumbers writes numbers as the roster has them: a01 in a file is A01.
func takeKnownNumbers(list, known []ledger.Member) (notes []string) {
	exact, alike := map[string]bool{}, map[string][]string{}
	for _, m := range known {
		exact[m.Number] = true
		alike[bot.Key(m.Number)] = append(alike[bot.Key(m.Number)], m.Number)
	}
	var taken []string
	for i, m := range list {
		if same := alike[bot.Key(m.Number)]; !exact[m.Number] && len(same) == 1 {
			taken = append(taken, m.Number+" → "+same[0])
			list[i].Number = same[0]
		}
	}
	if len(taken) > 0 {
		notes = append(notes, fmt.Sprintf("编号按花名册里的写法算：%s。", strings.Join(taken, "、")))
	}
	return notes
}

func compareRoster(known, list []ledger.Member) RosterDraft {
	draft := RosterDraft{Size: len(list), list: list}
	before := map[string]ledger.Member{}
	for _, m := range known {
		if m.Left == "" {
			before[m.Number] = m
			draft.Before++
		}
	}
	for _, m := range list {
		old, ok := before[m.Number]
		delete(before, m.Number)
		edit := RosterEdit{Before: old, After: m}
		switch {
		case !ok:
			draft.Joins = append(draft.Joins, m)
		case len(edit.Fields()) > 0:
			draft.Changes = append(draft.Changes, edit)
		}
	}
	for _, m := range known {
		if _, missing := before[m.Number]; missing {
			draft.Leaves = append(draft.Leaves, m)
		}
	}
	return draft
}

// ApplyRoster makes the roster what a draft says, as of today. One that leaves
// out most of those on it is applied only with replace, and none when the roster
// is no longer the one that it was drawn up for.
func (d *Desk) ApplyRoster(ctx context.Context, actor ledger.Actor, draft RosterDraft, replace bool) (ledger.RosterChange, error) {
	if draft.Partial() && !replace {
		return ledger.RosterChange{}, bot.Conflict.Sayf("没有导入：花名册上的 %d 人里，文件只有 %d 人，多半是只导出了一部分。", draft.Before, draft.Stay())
	}
	now, err := d.Redraft(ctx, draft)
	if err != nil {
		return ledger.RosterChange{}, err
	}
	if !reflect.DeepEqual([]any{now.Joins, now.Changes, now.Leaves}, []any{draft.Joins, draft.Changes, draft.Leaves}) {
		return ledger.RosterChange{}, bot.Conflict.Sayf("没有导入：刚才花名册又有改动。请再导入一次，看过变化再确认。")
	}
	return d.Ledger.ImportMembers(ctx, draft.list, d.Today(), actor, d.Now())
}
