package staff

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/corpus"
)

// Participation is who took part on some days; see ledger.Tally.
func (d *Desk) Participation(ctx context.Context, from, to corpus.Date) (ledger.Table, error) {
	return d.Ledger.Tally(ctx, from, to, d.here())
}

// Report is who took part on some days, for a report that goes up: with how each
// correction found things, and where the ledger ended. Where the days are a period
// that is closed, the figures are those as closed.
func (d *Desk) Report(ctx context.Context, from, to corpus.Date) (r office.Report, err error) {
	r.Unit = d.Unit
	if r.Head, err = d.Ledger.Head(ctx); err != nil { // before the rows: what is added meanwhile is more than it says, not less
		return r, err
	}
	closed, err := d.Closed(ctx)
	if err != nil {
		return r, err
	}
	for _, c := range closed {
		c.At = c.At.In(d.Location)
		for i := range c.Changes {
			c.Changes[i].Deed.At = c.Changes[i].Deed.At.In(d.Location)
		}
		if c.From == from && c.To == to {
			r.Table, r.Before, r.Closed = c.Table, c.Before, []ledger.Closed{c}
			return r, nil
		}
		if c.From <= to && from <= c.To {
			r.Closed = append(r.Closed, c)
		}
	}
	r.Table, r.Before, err = d.Ledger.Count(ctx, from, to, d.here())
	return r, err
}

// Record is how one member stands this year; see ledger.Own.
func (d *Desk) Record(ctx context.Context, number string) (ledger.Own, error) {
	from, to := d.ThisYear()
	return d.Ledger.Own(ctx, number, from, to, d.here())
}

// History is what was done last, newest first, at most so many deeds.
func (d *Desk) History(ctx context.Context, most int) ([]ledger.Deed, error) {
	return d.Ledger.History(ctx, most)
}

// PastDeeds is what was done before a row of the audit, newest first, at most so many
// deeds; row 0 is after the last. With an actor it is only what that one did.
func (d *Desk) PastDeeds(ctx context.Context, row int64, actor ledger.Actor, most int) ([]ledger.PastDeed, error) {
	return d.Ledger.HistoryBefore(ctx, row, actor, most)
}

// Actor is somebody who has done something, and what people call them.
type Actor struct {
	Actor ledger.Actor
	Name  string
}

// Actors are all who have done something but members, who only did so for themselves.
func (d *Desk) Actors(ctx context.Context) (list []Actor, err error) {
	all, err := d.Ledger.Actors(ctx)
	for _, a := range all {
		if !strings.HasPrefix(string(a), string(ledger.MemberActor(""))) {
			list = append(list, Actor{a, actorInWords(a)})
		}
	}
	return list, err
}

// TraceHead looks for what a report, or a backup, says of where the ledger ended, and
// tells in words what has become of it. What is not there any more is an error.
func (d *Desk) TraceHead(ctx context.Context, text string) (string, error) {
	h, ok := ledger.ReadHead(text)
	if !ok {
		return "", bot.Invalid.Sayf("“%s”里没有找到条数和校验，请照报表上的抄，如 --head '31 1a2b3c4d5e6f7a8b'（校验至少写 8 位）。", text)
	}
	t, err := d.Ledger.Trace(ctx, h)
	var tampered *ledger.TamperError
	switch {
	case errors.As(err, &tampered):
		return "", bot.Conflict.Sayf("核对不了：%s。%s。%s。", tampered.What, tampered.Means, tampered.Fix)
	case err != nil:
		return "", err
	case t.Holds:
		who, what, _ := DeedInWords(t.Deed)
		return fmt.Sprintf("对得上：第 %d 条（%s %s %s）的校验就是 %s。到这一条为止，操作记录没有改动过，后面又有 %d 条。", h.Row, d.clock(t.Deed.At), who, what, h.Short(), t.Rows-int(h.Row)), nil
	case t.Return != nil:
		r := t.Return
		who, _, _ := DeedInWords(ledger.Deed{Actor: r.Actor})
		return "", bot.NotFound.Sayf("现在的台账里没有这一条：%s由%s换上备份，台账退回到第 %d 条，那以后的没有带过来。没有抄错的话，这份报表是那以前做的，请与当时留下的旧台账（ledger.db.日期）或更新的备份核对。", d.clock(r.At), who, r.To.Row)
	case h.Row > int64(t.Rows):
		return "", bot.Conflict.Sayf("对不上：现在的操作记录只有 %d 条，没有第 %d 条。没有抄错的话，是末尾的被删去了，或者报表不是这个台账的；请查明原因，与备份对照。", t.Rows, h.Row)
	}
	return "", bot.Conflict.Sayf("对不上：第 %d 条的校验不是 %s。没有抄错的话，是操作记录被整段改写过，或者报表不是这个台账的；请查明原因，与备份对照。", h.Row, h.Short())
}
