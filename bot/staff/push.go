package staff

import (
	"context"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// uncertainBack is how far back pushes are listed of which nobody knows whether
// they went out, in days.
const uncertainBack = 31

// PushStatus is a push with what has become of it by now.
type PushStatus struct {
	ledger.Push
	State    ledger.PushState // "" while there is no record of it
	Detail   string           // why, for people
	Paused   bool             // staff keep it back
	Approval string           // whether it is approved, in words; "" where it need not be
}

// stateNames are what became of a push, in words.
var stateNames = map[ledger.PushState]string{
	ledger.PushClaimed: "正在发", ledger.PushWaiting: "等着再试", ledger.PushSent: "已发",
	ledger.PushFailed: "没有发出", ledger.PushSkipped: "没有发", ledger.PushUncertain: "不确定", pushOver: overWords,
}

// Chinese is where a push stands at a time, in words.
func (s PushStatus) Chinese(now time.Time) string {
	switch {
	case (s.State == "" || s.State == ledger.PushWaiting) && s.Paused:
		return day.PausedDetail
	case s.State != "" && s.Detail != "":
		return stateNames[s.State] + "（" + s.Detail + "）"
	case s.State != "":
		return stateNames[s.State]
	case !s.Until.IsZero() && s.Until.Before(now):
		return "没有发，过了时限"
	case s.Due.Before(now):
		return "到了时间，还没有发"
	case s.Approval != "":
		return "未到时间，" + s.Approval
	}
	return "未到时间"
}

// Pushes are the pushes of some days, those that were asked for by hand
// included, in order of time, with what has become of them.
func (d *Desk) Pushes(ctx context.Context, from, to corpus.Date) ([]PushStatus, error) {
	records, err := d.Ledger.Pushes(ctx, from, to)
	if err != nil {
		return nil, err
	}
	paused, err := d.Ledger.Paused(ctx)
	if err != nil {
		return nil, err
	}
	var plan []ledger.Push
	if d.Schedule != nil {
		if plan, err = d.Schedule.Plan(ctx, from, to); err != nil {
			return nil, err
		}
	}
	approvals, err := d.approvals(ctx, from, to)
	if err != nil {
		return nil, err
	}
	done := map[ledger.PushKey]ledger.PushRecord{}
	for _, r := range records {
		done[r.Key()] = r
	}
	var list []PushStatus
	for _, p := range plan {
		r := done[p.Key()]
		delete(done, p.Key())
		list = append(list, PushStatus{Push: p, State: r.State, Detail: r.Detail, Paused: slices.Contains(paused, p.Name), Approval: approvals[p.Key()]})
	}
	for _, r := range records {
		if _, unplanned := done[r.Key()]; unplanned {
			list = append(list, PushStatus{Push: r.Push, State: r.State, Detail: r.Detail, Paused: slices.Contains(paused, r.Name)})
		}
	}
	slices.SortStableFunc(list, func(a, b PushStatus) int { return a.Due.Compare(b.Due) })
	for i := range list {
		list[i].keepPrivate()
	}
	return list, nil
}

// PushName is the name of a push as the configuration has it, whether or not
// anything of it is planned; what the configuration does not have is refused.
func (d *Desk) PushName(said string) (string, error) {
	if d.Schedule == nil || len(d.Schedule.Specs) == 0 {
		return "", bot.NotFound.Sayf("配置里没有推送。")
	}
	names := d.Schedule.Names()
	said = strings.Trim(said, "“”‘’\"'「」《》 　。")
	if said == "" {
		return "", bot.Invalid.Sayf("请写上推送的名称。名称有：%s。", strings.Join(names, "、"))
	}
	i := slices.Index(names, said)
	if i < 0 {
		i = slices.IndexFunc(names, func(n string) bool { return bot.Key(n) == bot.Key(said) })
	}
	if i < 0 {
		return "", bot.NotFound.Sayf("没有叫“%s”的推送。名称有：%s。", said, strings.Join(names, "、"))
	}
	return names[i], nil
}

// Pause keeps a push back from now on.
func (d *Desk) Pause(ctx context.Context, actor ledger.Actor, name string) error {
	return d.pause(ctx, actor, name, true)
}

// Resume lets a push go again.
func (d *Desk) Resume(ctx context.Context, actor ledger.Actor, name string) error {
	return d.pause(ctx, actor, name, false)
}

func (d *Desk) pause(ctx context.Context, actor ledger.Actor, name string, on bool) error {
	name, err := d.PushName(name)
	if err != nil {
		return err
	}
	return d.Ledger.Pause(ctx, name, on, actor, d.Now())
}

// Uncertain are the pushes of the last month of which nobody knows whether they
// went out, by time.
func (d *Desk) Uncertain(ctx context.Context) ([]ledger.PushRecord, error) {
	list, err := d.Ledger.Pushes(ctx, d.Today().AddDays(-uncertainBack), d.Today())
	return slices.DeleteFunc(list, func(r ledger.PushRecord) bool { return r.State != ledger.PushUncertain }), err
}

// Resolve records what somebody found who has looked for an uncertain push.
func (d *Desk) Resolve(ctx context.Context, actor ledger.Actor, key ledger.PushKey, sent bool) error {
	r := ledger.PushRecord{
		Push:  ledger.Push{Name: key.Name, Target: key.Target, Date: key.Date},
		State: ledger.PushFailed, Detail: string(actor) + resolvedDetail, At: d.Now(),
	}
	if sent {
		r.State = ledger.PushSent
	}
	ok, err := d.Ledger.ResolvePush(ctx, r, actor)
	if err == nil && !ok {
		err = d.resolvedBefore(ctx, key)
	}
	return err
}

// resolvedBefore says of a push that is not uncertain who has seen to that.
func (d *Desk) resolvedBefore(ctx context.Context, key ledger.PushKey) error {
	records, err := d.Ledger.Pushes(ctx, key.Date, key.Date)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(records, func(r ledger.PushRecord) bool { return r.Key() == key })
	if i >= 0 {
		if by, ok := strings.CutSuffix(records[i].Detail, resolvedDetail); ok {
			who, err := d.whose(ctx, ledger.Actor(by))
			if err != nil {
				return err
			}
			return bot.Conflict.Sayf("这一条%s已经核实过了（%s），没有再记。", who, records[i].At.In(d.Location).Format("1月2日15:04"))
		}
	}
	return bot.Conflict.Sayf("这一条已经核实过了，或者不用核实。")
}
