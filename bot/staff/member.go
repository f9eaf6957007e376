package staff

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// MostCodeDays is how long a binding code may be good, in days.
const MostCodeDays = 365

// Code is a binding code for a member.
type Code struct {
	Member  ledger.Member
	Code    string
	Expires time.Time
}

// Codes makes binding codes for the members with these numbers, or for all who
// are on the roster when there are none, good for some days; what they had
// before is void.
func (d *Desk) Codes(ctx context.Context, actor ledger.Actor, numbers []string, days int) ([]Code, error) {
	if days < 1 || days > MostCodeDays {
		return nil, bot.Invalid.Sayf("绑定码的有效期请写 1 到 %d 天。", MostCodeDays)
	}
	members, err := d.Ledger.Members(ctx)
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	for _, n := range numbers {
		if m, ok := numbered(members, n); ok {
			n = m.Number
		}
		wanted[n] = true
	}
	expires := d.Now().AddDate(0, 0, days)
	var list []Code
	codes := map[string]string{}
	for _, m := range members {
		if m.Left == "" && (len(numbers) == 0 || wanted[m.Number]) {
			list = append(list, Code{m, ledger.NewCode(), expires})
			codes[m.Number] = list[len(list)-1].Code
			delete(wanted, m.Number)
		}
	}
	if unknown := slices.Sorted(maps.Keys(wanted)); len(unknown) > 0 {
		return nil, bot.NotFound.Sayf("花名册里没有在册的编号 %s，没有生成绑定码。", strings.Join(unknown, "、"))
	}
	if len(list) == 0 {
		return nil, bot.NotFound.Sayf("花名册是空的。请先运行 lianwen roster import 文件。")
	}
	return list, d.Ledger.NewCodes(ctx, codes, expires, actor, d.Now())
}

// Limits of a leave, in days: how far back it may begin, how long it may be, and
// how far ahead it may end.
const (
	leaveBack  = ledger.RoundDays
	leaveMost  = 92
	leaveAhead = 366
)

// Excuse takes a member out of the count for some days. Only members (委员) who
// are on the roster are counted, so nobody else can be excused; days whose rounds
// have closed are corrected, not excused.
func (d *Desk) Excuse(ctx context.Context, actor ledger.Actor, number string, from, to corpus.Date, reason string) (ledger.Member, error) {
	if err := bot.Unkeepable("请假事由里", reason); err != nil {
		return ledger.Member{}, err
	}
	m, err := d.counted(ctx, number)
	if err != nil {
		return m, err
	}
	if err := d.leaveFits(ctx, from, to); err != nil {
		return m, err
	}
	return m, d.Ledger.Excuse(ctx, ledger.Leave{Member: m.Number, From: from, To: to, Reason: reason, Actor: actor}, d.Now())
}

// TakeBack puts a member into the count again for some days.
func (d *Desk) TakeBack(ctx context.Context, actor ledger.Actor, number string, from, to corpus.Date) (ledger.Member, error) {
	m, err := d.counted(ctx, number)
	if err != nil {
		return m, err
	}
	if err := d.leaveFits(ctx, from, to); err != nil {
		return m, err
	}
	err = d.Ledger.TakeBack(ctx, ledger.Leave{Member: m.Number, From: from, To: to, Actor: actor}, d.Now())
	if errors.Is(err, ledger.ErrNoLeave) {
		err = bot.NotFound.Sayf("%s（%s）%s没有请假，不用取消。", m.Name, m.Number, Span(from, to))
	}
	return m, err
}

// counted is the member with a number, if they are in the count.
func (d *Desk) counted(ctx context.Context, number string) (ledger.Member, error) {
	m, err := d.OnRoster(ctx, number)
	if err == nil && m.Staff {
		err = bot.Invalid.Sayf("%s（%s）是工作人员，不计入答题统计，不用请假。", m.Name, m.Number)
	}
	return m, err
}

// leaveFits refuses a leave for days that are counted already, to the minute at
// which their rounds closed, and one without end.
func (d *Desk) leaveFits(ctx context.Context, from, to corpus.Date) error {
	switch earliest, latest := d.Today().AddDays(-leaveBack), d.Today().AddDays(leaveAhead); {
	case to < from:
		return bot.Invalid.Sayf("%s在%s之前，没有登记。", to.Chinese(), from.Chinese())
	case from < earliest:
		return bot.Conflict.Sayf("%s以前的题已经截止，这里改不了了，没有登记。确有出入，请由工作人员更正。", earliest.Chinese())
	case to > latest:
		return bot.Invalid.Sayf("最多请到一年以内（%s），没有登记。", latest.Chinese())
	case from.AddDays(leaveMost-1) < to:
		return bot.Invalid.Sayf("一次最多请 %d 天，没有登记；更长的请分几次登记。", leaveMost)
	}
	rounds, err := d.Ledger.Rounds(ctx, from, to)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if !r.Closes.After(d.Now()) {
			return bot.Conflict.Sayf("%s的题已经截止，这里改不了了，没有登记。确有出入，请由工作人员更正。", r.Day.Chinese())
		}
	}
	return nil
}

// Span is a run of days in words.
func Span(from, to corpus.Date) string {
	if from == to {
		return from.Chinese()
	}
	return from.Chinese() + "至" + to.Chinese()
}

// Standings are how a member can be corrected to stand to a round, in words.
var Standings = map[string]ledger.Participation{"实参": ledger.Took, "请假": ledger.Excused, "未参": ledger.Absent, "不计": ledger.NotDue}

// Correct records how a member (委员), on the roster or not any more, stands to the
// round of a day, against what the other records say. The reason is kept.
func (d *Desk) Correct(ctx context.Context, actor ledger.Actor, number string, day corpus.Date, standing ledger.Participation, reason string) (ledger.Member, error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return ledger.Member{}, bot.Invalid.Sayf("请写上理由。理由和经手人留在台账里，不写进报表。")
	}
	if err := bot.Unkeepable("更正的理由里", reason); err != nil {
		return ledger.Member{}, err
	}
	m, err := d.everOnRoster(ctx, number)
	switch {
	case err != nil:
		return m, err
	case m.Staff:
		return m, bot.Invalid.Sayf("%s（%s）是工作人员，不计入答题统计，没有可以更正的。", m.Name, m.Number)
	}
	err = d.Ledger.Correct(ctx, ledger.Correction{Round: day, Member: m.Number, Standing: standing, Reason: reason, Actor: actor, At: d.Now()})
	if errors.Is(err, ledger.ErrNoRound) {
		err = bot.NotFound.Sayf("%s没有每日一题，没有更正。", day.Chinese())
	}
	return m, err
}

// DateRange reads two days, both included.
func DateRange(from, to string) (corpus.Date, corpus.Date, error) {
	for _, day := range []string{from, to} {
		if day == "" {
			return "", "", bot.Invalid.Sayf("还没有写日期。请写成 2026-12-01 这样，如 --from 2026-12-01 --to 2026-12-05；更正用 --day 2026-12-01。")
		}
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return "", "", bot.Invalid.Sayf("%q 不是日期，请写成 2026-12-01。", day)
		}
	}
	if to < from {
		return "", "", bot.Invalid.Sayf("结束日期 %s 在开始日期 %s 之前。", to, from)
	}
	return corpus.Date(from), corpus.Date(to), nil
}
