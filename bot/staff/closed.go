package staff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// shownOpen is how many open rounds a refusal names.
const shownOpen = 7

// ClosePeriod makes the figures of some days final (定稿), for the member of
// staff with a number, who answers for them; actor is who writes it down, for the
// audit. It cannot be undone: what is recorded later is numbered behind
// the figures.
func (d *Desk) ClosePeriod(ctx context.Context, actor ledger.Actor, number string, from, to corpus.Date) (ledger.Closed, error) {
	if strings.TrimSpace(number) == "" {
		return ledger.Closed{}, bot.Invalid.Sayf("请用 --by 写上由谁定稿：工作人员的编号，如 --by S01。")
	}
	m, err := d.OnRoster(ctx, number)
	switch {
	case bot.CodeOf(err) == bot.NotFound:
		return ledger.Closed{}, bot.NotFound.Sayf("花名册里没有在册的编号 %s。由谁定稿，请写工作人员的编号，不写姓名，如 --by S01。", number)
	case err != nil:
		return ledger.Closed{}, err
	case !m.Staff:
		return ledger.Closed{}, bot.Forbidden.Sayf("%s（%s）是委员，不能定稿。请写工作人员的编号。", m.Name, m.Number)
	case to >= d.Today():
		return ledger.Closed{}, bot.Conflict.Sayf("没有定稿：%s还没有过完。今天最多能定到昨天（%s），里面的题还要都已截止。", Span(from, to), d.Today().AddDays(-1))
	}
	c, err := d.Ledger.ClosePeriod(ctx, from, to, actor, m.Name+"（"+m.Number+"）", d.here())
	var open *ledger.OpenError
	var overlap *ledger.OverlapError
	switch {
	case errors.As(err, &open):
		return c, d.stillOpen(open.Rounds, from)
	case errors.As(err, &overlap):
		o := overlap.Closed
		return c, bot.Conflict.Sayf("没有定稿：%s和已经定稿的 %s（%s）重叠。定稿不能重来，有出入请更正，更正会编号列在后面。", Span(from, to), o.Name, Span(o.From, o.To))
	case errors.Is(err, ledger.ErrNothingToClose):
		return c, bot.Conflict.Sayf("没有定稿：%s没有每日一题，也没有活动。请看日期是不是写错了；定稿不能撤销。", Span(from, to))
	}
	return c, err
}

// stillOpen refuses to close a period with rounds that can be answered, by day, and
// says what could be closed instead.
func (d *Desk) stillOpen(open []ledger.Round, from corpus.Date) error {
	var list []string
	for _, r := range open[:min(len(open), shownOpen)] {
		list = append(list, fmt.Sprintf("%s的题到 %s", r.Day.Chinese(), d.clock(r.Closes)))
	}
	sooner := ""
	if first := open[0].Day; first > from {
		sooner = fmt.Sprintf("，或者现在只定到 %s（%s）", first.AddDays(-1).Chinese(), first.AddDays(-1))
	}
	last := slices.MaxFunc(open, func(a, b ledger.Round) int { return a.Closes.Compare(b.Closes) })
	return bot.Conflict.Sayf("没有定稿：还有 %d 道题没有截止（%s）。请在 %s 以后再定稿%s。", len(open), strings.Join(list, "，"), d.clock(last.Closes), sooner)
}

// Closed are the periods that are closed, with what was recorded since.
func (d *Desk) Closed(ctx context.Context) ([]ledger.Closed, error) { return d.Ledger.Closed(ctx) }

// ClosedNamed is the closed period with a name.
func (d *Desk) ClosedNamed(ctx context.Context, name string) (ledger.Closed, error) {
	list, err := d.Closed(ctx)
	if err != nil {
		return ledger.Closed{}, err
	}
	var names []string
	for _, c := range list {
		if bot.Key(c.Name) == bot.Key(name) {
			return c, nil
		}
		names = append(names, c.Name)
	}
	if len(names) == 0 {
		return ledger.Closed{}, bot.NotFound.Sayf("没有定稿 %s：还没有定稿过。", name)
	}
	return ledger.Closed{}, bot.NotFound.Sayf("没有定稿 %s。有：%s。", name, strings.Join(names, "、"))
}
