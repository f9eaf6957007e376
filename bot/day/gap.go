package day

import (
	"context"
	"fmt"
	"slices"
	"time"

	"lianwen/bot/ledger"
)

// gapDetail is why a push is uncertain that was due while the records knew
// nothing.
const gapDetail = "台账是恢复的，不知道有没有发出"

// doubt records as uncertain what may have gone out in a time of which the
// records know nothing, because a backup took their place.
func (o *Outbox) doubt(ctx context.Context, plan []ledger.Push, done map[ledger.PushKey]ledger.PushRecord, now time.Time) error {
	gaps, err := o.Records.Gaps(ctx)
	if err != nil {
		return err
	}
	var doubted []ledger.PushRecord
	for _, p := range plan {
		_, known := done[p.Key()]
		covered := slices.ContainsFunc(gaps, func(g ledger.Gap) bool { return g.Covers(p) })
		if known || !covered || p.Due.After(now) {
			continue
		}
		r := ledger.PushRecord{Push: p, State: ledger.PushUncertain, Detail: gapDetail, At: now}
		ours, err := o.Records.SkipPush(ctx, r)
		if err != nil {
			return err
		}
		done[p.Key()] = r
		if ours { // else another process has recorded it
			doubted = append(doubted, r)
		}
	}
	o.sayDoubted(doubted)
	return nil
}

// sayDoubted tells, once for all of them, that somebody has to look.
func (o *Outbox) sayDoubted(list []ledger.PushRecord) {
	if len(list) == 0 {
		return
	}
	for _, r := range list {
		o.Log.Error("台账是恢复的，不知道这条推送有没有发出，不再发，请到群里看一看", "push", r.Name, "target", r.Target, "date", r.Date)
	}
	if o.Alert != nil {
		r := list[0]
		o.Alert(fmt.Sprintf("廉问：台账是恢复的，有 %d 条推送不知道有没有发过（如%s发到%s的“%s”），不会自动重发，请去看一看，再私聊我“核实”。",
			len(list), r.Date.Chinese(), TargetName(r.Target), r.Title))
	}
}
