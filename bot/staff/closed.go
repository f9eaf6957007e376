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

// ClosePeriod makes the figures of some days final (定稿), for a member of staff who
// answers for them. It cannot be undone: what is recorded later is numbered behind
// the figures.
func (d *Desk) ClosePeriod(ctx context.Context, number string, from, to corpus.Date) (ledger.Closed, error) {
	if strings.TrimSpace(number) == "" {
		return ledger.Closed{}, bot.Invalid.Sayf("请用 --by 写上由谁定稿：工作人员的编号，如 --by S01。")
	}
	m, err := d.OnRoster(ctx, number)
	switch {
	case err != nil:
		return ledger.Closed{}, err
	case !m.Staff:
		return ledger.Closed{}, bot.Forbidden.Sayf("%s（%s）是委员，不能定稿。请写工作人员的编号。", m.Name, m.Number)
	case to >= d.Today():
		return ledger.Closed{}, bot.Conflict.Sayf("%s还没有过完，没有定稿。最早明天能定到昨天为止的。", Span(from, to))
	}
	c, err := d.Ledger.ClosePeriod(ctx, from, to, ledger.StaffActor(m.Number), m.Name, d.here())
	var open *ledger.OpenError
	var overlap *ledger.OverlapError
	switch {
	case errors.As(err, &open):
		var list []string
		for _, r := range open.Rounds[:min(len(open.Rounds), shownOpen)] {
			list = append(list, fmt.Sprintf("%s的题到 %s", r.Day.Chinese(), d.clock(r.Closes)))
		}
		last := slices.MaxFunc(open.Rounds, func(a, b ledger.Round) int { return a.Closes.Compare(b.Closes) })
		return c, bot.Conflict.Sayf("没有定稿：还有 %d 道题没有截止（%s）。请在 %s 以后再定稿，或者把 --to 提前。", len(open.Rounds), strings.Join(list, "，"), d.clock(last.Closes))
	case errors.As(err, &overlap):
		o := overlap.Closed
		return c, bot.Conflict.Sayf("没有定稿：%s和已经定稿的 %s（%s）重叠。定稿不能重来，有出入请更正，更正会编号列在后面。", Span(from, to), o.Name, Span(o.From, o.To))
	}
	return c, err
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
