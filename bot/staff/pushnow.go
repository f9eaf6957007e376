package staff

import (
	"context"
	"slices"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// PushNow asks for a push to go out now, to all its targets or to one, which
// need not be among them. It is written down as waiting; the process that has
// the channels sends it, if that happens within the push's window. What has gone
// out today does not go out again. It returns what was asked for.
func (d *Desk) PushNow(ctx context.Context, actor ledger.Actor, name, target string) ([]ledger.Push, error) {
	name, err := d.PushName(name)
	if err != nil {
		return nil, err
	}
	list, planned, err := d.planNow(ctx, name, target)
	if err != nil {
		return nil, err
	}
	paused, err := d.Ledger.Paused(ctx)
	if err != nil {
		return nil, err
	}
	if slices.Contains(paused, name) {
		return nil, bot.Conflict.Sayf("“%s”已暂停。请先恢复，再推送。", name)
	}
	if err := d.signedNow(ctx, actor, name, planned); err != nil {
		return nil, err
	}
	if err := d.roomNow(ctx, list); err != nil {
		return nil, err
	}
	private, err := d.overInPrivate(ctx)
	if err != nil {
		return nil, err
	}
	var asked []ledger.Push
	for _, p := range list {
		if private[p.Key()] {
			continue
		}
		ok, err := d.Ledger.AskForPush(ctx, p, actor, d.Now())
		if err != nil {
			return asked, err
		}
		if ok {
			asked = append(asked, p)
		}
	}
	if len(asked) == 0 {
		return nil, d.notAgain(ctx, list)
	}
	return asked, nil
}

// notAgain says why none of some pushes is taken that were asked for by hand.
func (d *Desk) notAgain(ctx context.Context, list []ledger.Push) error {
	name := list[0].Name
	records, err := d.Ledger.Pushes(ctx, d.Today(), d.Today())
	if err != nil {
		return err
	}
	for _, r := range records {
		by, ok := r.AskedBy()
		if !ok || !slices.ContainsFunc(list, func(p ledger.Push) bool { return p.Key() == r.Key() }) {
			continue
		}
		who, err := d.whose(ctx, by)
		if err != nil {
			return err
		}
		return bot.Conflict.Sayf("%s已经在%s要求现在推送“%s”，正等着发，没有再登记一次。", who, r.At.In(d.Location).Format("15:04"), name)
	}
	if toMember(list[0].Target) {
		return bot.Conflict.Sayf("今天的“%s”已经%s，或者不确定有没有发出，没有再发。", name, overWords)
	}
	return bot.Conflict.Sayf("今天的“%s”已经发过，或者不确定有没有发出，没有再发。", name)
}

// roomNow refuses pushes of which the caps let none through. What single people
// have got is not told.
func (d *Desk) roomNow(ctx context.Context, list []ledger.Push) error {
	from, to := day.Week(d.Today())
	week, err := d.Ledger.Pushes(ctx, from, to)
	if err != nil {
		return err
	}
	why := ""
	for _, p := range slices.Backward(list) {
		if why = d.Caps.Full(p.Target, p.Date, week); why == "" || toMember(p.Target) {
			return nil
		}
	}
	return bot.Conflict.Sayf("%s：%s，到了上限，不能再推送。要加发的，请管服务器的同志改配置里的 push_limit 或 [relief] group_week。", day.TargetName(list[0].Target), why)
}

// planNow is what a push, by its name, would bring now: what is planned for today,
// or else what the next day brings on which it is planned; planned is that day.
func (d *Desk) planNow(ctx context.Context, name, target string) (list []ledger.Push, planned corpus.Date, err error) {
	if target != "" {
		t, ok := bot.ParseTarget(target)
		if !ok {
			return nil, "", bot.Invalid.Sayf("%q 请写成 group:群名 或 member:编号。", target)
		}
		if t.Kind == bot.MemberKind {
			m, err := d.OnRoster(ctx, t.Name)
			if err != nil {
				return nil, "", err
			}
			target = bot.Target{Kind: bot.MemberKind, Name: m.Number}.String()
		}
	}
	today := d.Today()
	list, err = d.Schedule.Plan(ctx, today, today.AddDays(day.MostLeadDays))
	if err != nil {
		return nil, "", err
	}
	list = slices.DeleteFunc(list, func(p ledger.Push) bool { return p.Name != name })
	if len(list) == 0 {
		return nil, "", bot.NotFound.Sayf("“%s”在今后 %d 天里没有内容可推。", name, day.MostLeadDays)
	}
	planned = list[0].Date
	list = slices.DeleteFunc(list, func(p ledger.Push) bool { return p.Date != planned })
	if target != "" {
		list = list[:1]
		list[0].Target = target
	}
	spec, _ := d.Schedule.Spec(name)
	for i := range list {
		list[i].Date, list[i].Due, list[i].Until = today, d.Now(), d.Now().Add(spec.Window)
	}
	return list, planned, nil
}

// PushPreview is what PushNow would ask for, and the text of the first.
func (d *Desk) PushPreview(ctx context.Context, name, target string) ([]ledger.Push, string, error) {
	name, err := d.PushName(name)
	if err != nil {
		return nil, "", err
	}
	list, planned, err := d.planNow(ctx, name, target)
	if err != nil {
		return nil, "", err
	}
	text, ok, err := d.draftedNow(ctx, name, planned)
	if err == nil && !ok {
		text, err = d.Schedule.Preview(ctx, list[0], d.Now())
	}
	return list, text, err
}

// PreviewOn is what a push brings on a day as it is planned, and the text of the first.
func (d *Desk) PreviewOn(ctx context.Context, name string, date corpus.Date) (list []ledger.Push, text string, err error) {
	if name, err = d.PushName(name); err != nil {
		return nil, "", err
	}
	list, err = d.Schedule.Plan(ctx, date, date)
	list = slices.DeleteFunc(list, func(p ledger.Push) bool { return p.Name != name })
	if err == nil && len(list) == 0 {
		err = bot.NotFound.Sayf("%s没有“%s”的推送。", date.Chinese(), name)
	}
	if err != nil {
		return nil, "", err
	}
	text, ok, err := d.draftedNow(ctx, name, date)
	if err == nil && !ok {
		text, err = d.Schedule.Preview(ctx, list[0], d.Now())
	}
	return list, text, err
}
