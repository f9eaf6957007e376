package staff

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/corpus"
)

// ActivityDraft is what a file would make of the activities: somebody looks at it,
// then it is applied.
type ActivityDraft struct {
	Size    int // how many are in the file
	Adds    []ledger.Activity
	Changes []ActivityEdit
	Strikes []ledger.Activity // as they are now
	Gone    []ledger.Activity // to be struck out, and not there
	Same    int               // how many stay as they are
	Notes   []string          // how the file was read

	list []ledger.Activity
}

// ActivityEdit is an activity of which others are recorded than before.
type ActivityEdit struct{ Before, After ledger.Activity }

// Added and Dropped are the numbers of who comes to it and who is taken from it.
func (e ActivityEdit) Added() []string   { return without(e.After.Members, e.Before.Members) }
func (e ActivityEdit) Dropped() []string { return without(e.Before.Members, e.After.Members) }

func without(list, others []string) (out []string) {
	for _, s := range list {
		if !slices.Contains(others, s) {
			out = append(out, s)
		}
	}
	return out
}

// Activities are those of some days, by day.
func (d *Desk) Activities(ctx context.Context, from, to corpus.Date) ([]ledger.Activity, error) {
	return d.Ledger.Activities(ctx, from, to)
}

// DraftActivities reads activities from a file and says what it would change.
// Everything that is wrong with the file is in the *office.FormError.
func (d *Desk) DraftActivities(ctx context.Context, content []byte) (ActivityDraft, error) {
	roster, err1 := d.Ledger.Members(ctx)
	tenures, err2 := d.Ledger.Tenures(ctx)
	if err := errors.Join(err1, err2); err != nil {
		return ActivityDraft{}, err
	}
	list, notes, err := office.ReadActivities(content, roster, tenures)
	if err != nil {
		return ActivityDraft{}, err
	}
	for _, one := range list {
		if err := bot.Unkeepable("活动的名称里", one.Title); err != nil {
			return ActivityDraft{}, err
		}
	}
	return d.RedraftActivities(ctx, ActivityDraft{Notes: notes, list: list})
}

// RedraftActivities is what a draft would change of the activities as they are now.
func (d *Desk) RedraftActivities(ctx context.Context, draft ActivityDraft) (ActivityDraft, error) {
	now, err := d.compareActivities(ctx, draft.list)
	now.Notes = draft.Notes
	return now, err
}

// compareActivities is what some activities would change as things are now.
func (d *Desk) compareActivities(ctx context.Context, list []ledger.Activity) (ActivityDraft, error) {
	from, to := lastDay, firstDay
	for _, a := range list {
		from, to = min(from, a.Date), max(to, a.Date)
	}
	known, err := d.Ledger.Activities(ctx, from, to)
	if err != nil {
		return ActivityDraft{}, err
	}
	draft := ActivityDraft{Size: len(list), list: list}
	before := map[string]ledger.Activity{}
	for _, a := range known {
		before[activityKey(a)] = a
	}
	for _, a := range list {
		old, ok := before[activityKey(a)]
		edit := ActivityEdit{old, a}
		switch {
		case !ok && len(a.Members) == 0:
			draft.Gone = append(draft.Gone, a)
		case !ok:
			draft.Adds = append(draft.Adds, a)
		case len(a.Members) == 0:
			draft.Strikes = append(draft.Strikes, old)
		case len(edit.Added())+len(edit.Dropped()) > 0:
			draft.Changes = append(draft.Changes, edit)
		default:
			draft.Same++
		}
	}
	return draft, nil
}

func activityKey(a ledger.Activity) string {
	return strings.Join([]string{string(a.Date), a.Kind, a.Title}, "\n")
}

// ActivityName is what an activity is called: of a talk there is no title.
func ActivityName(a ledger.Activity) string {
	if a.Title == "" {
		return a.Kind
	}
	return a.Title
}

// ApplyActivities records what a draft says, unless the activities are no longer
// those that it was drawn up for.
func (d *Desk) ApplyActivities(ctx context.Context, actor ledger.Actor, draft ActivityDraft) (ledger.ActivityChange, error) {
	now, err := d.compareActivities(ctx, draft.list)
	if err != nil {
		return ledger.ActivityChange{}, err
	}
	if !reflect.DeepEqual([]any{now.Adds, now.Changes, now.Strikes}, []any{draft.Adds, draft.Changes, draft.Strikes}) {
		return ledger.ActivityChange{}, bot.Conflict.Sayf("没有导入：刚才活动又有改动。请再导入一次，看过变化再确认。")
	}
	return d.Ledger.ImportActivities(ctx, draft.list, actor, d.Now())
}

// StrikeActivity takes an activity, and who was at it, from the records.
func (d *Desk) StrikeActivity(ctx context.Context, actor ledger.Actor, day corpus.Date, kind, title string) error {
	a := ledger.Activity{Date: day, Kind: kind, Title: title}
	known, err := d.Ledger.Activities(ctx, day, day)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(known, func(k ledger.Activity) bool { return activityKey(k) == activityKey(a) }) {
		return bot.NotFound.Sayf("没有这项活动，可能刚才已经取消。")
	}
	_, err = d.Ledger.ImportActivities(ctx, []ledger.Activity{a}, actor, d.Now())
	return err
}
