package staff

import (
	"context"
	"fmt"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// What stands behind who did something about a push, in why it stands as it does.
const (
	skippedDetail  = " 跳过"
	resolvedDetail = " 核实"
)

// Skipped is what Skip did, in pushes: Over had been dealt with before, or their time
// has passed.
type Skipped struct{ Skipped, Over int }

// Skip drops what is left of a push today.
func (d *Desk) Skip(ctx context.Context, actor ledger.Actor, name string) (Skipped, error) {
	return d.SkipOn(ctx, actor, name, d.Today())
}

// SkipOn drops what is left of a push of a day: of today, a day to come, or yesterday
// as far as its window reaches into today.
func (d *Desk) SkipOn(ctx context.Context, actor ledger.Actor, name string, date corpus.Date) (done Skipped, err error) {
	if name, err = d.PushName(name); err != nil {
		return done, err
	}
	if _, err := time.Parse(time.DateOnly, string(date)); err != nil {
		return done, bot.Invalid.Sayf("“%s”不是日期，请写成 2026-12-01。", date)
	}
	list, err := d.Pushes(ctx, date, date)
	if err != nil {
		return done, err
	}
	for _, p := range list {
		if p.Name != name {
			continue
		}
		if !p.open(d.Now()) {
			done.Over++
			continue
		}
		ok, err := d.Ledger.SkipPush(ctx, ledger.PushRecord{Push: p.Push, State: ledger.PushSkipped, Detail: string(actor) + skippedDetail, At: d.Now()})
		switch {
		case err != nil:
			return done, err
		case ok:
			done.Skipped++
		default:
			done.Over++ // it has just gone out
		}
	}
	if done.Skipped > 0 {
		what := name
		if date != d.Today() {
			what += " " + string(date)
		}
		err = d.Ledger.Note(ctx, actor, "skip", fmt.Sprintf("%s, %d pushes", what, done.Skipped), d.Now())
	}
	return done, err
}

// open reports whether a push can still go out by itself.
func (s PushStatus) open(now time.Time) bool {
	return (s.State == "" || s.State == ledger.PushWaiting) && !now.After(s.Until)
}
