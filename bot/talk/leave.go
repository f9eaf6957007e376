package talk

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// dayLike is how a wish for leave begins whose day cannot be read, 请假 元旦, or
// that has no day at all behind a number.
var dayLike = regexp.MustCompile(`^[A-Za-z]+\d+$|^(?:[A-Za-z]+\d+\s+)?(?:[这上下]*(?:周|星期|礼拜)|[这上下本]个?月|\d{1,2}[月日号]|\d{8}|[一二三四五六七八九十]+月|\d{4}[-年/.]|昨[天日]|前天|今[天日]|明[天日]|后天|大后天|[一二两三四五六七八九十\d]+天(?:\s|$)|到\d|(?:元旦|春节|清明|五一|端午|中秋|国庆)(?:\s|$)|全部$)[^怎谁吗哪么几多?？]*$`)

// leaveWords are words about one's own leave with a day or a reason behind them:
// what is ailing somebody is nobody else's business, and never kept.
var leaveWords = regexp.MustCompile(`(?:请.{0,4}假|病假|销假).*(?:\d|[今明后昨]天|周|星期|礼拜|月|医院|住院|手术|复查|化疗|看病|生病|检查)|(?:医院|住院|手术|复查|化疗|看病|生病|\d[月日号天]).*(?:请.{0,4}假|病假|销假)`)

// asksLeave reports whether words behind 请假 ask for one: they begin with a day,
// or with a number and a day, be it one that no calendar has. Everything else
// about leave is a question.
func asksLeave(words string) bool {
	_, _, _, err := readDays(words, time.Now())
	if _, more, found := strings.Cut(words, " "); errors.Is(err, errNoDays) && found {
		_, _, _, err = readDays(strings.TrimSpace(more), time.Now())
	}
	return !errors.Is(err, errNoDays) || dayLike.MatchString(words)
}

// startsWithDay reports whether a text begins with a day, or something like one.
func startsWithDay(text string, today time.Time) bool {
	text = strings.TrimLeft(text, "和跟与、，, ")
	_, _, _, err := readDays(text, today)
	return !errors.Is(err, errNoDays)
}

// leave is what somebody wants of whose leave.
type leave struct {
	actor    ledger.Actor
	number   string // whose
	from, to corpus.Date
	reason   string
}

// leaveOf reads the words behind 请假 and 销假: days, for oneself, or, said by
// staff with a number in front, for somebody else.
func (t *turn) leaveOf(ctx context.Context, command, words string) (l leave, err error) {
	m, err := t.bound(ctx)
	if err != nil {
		return l, err
	}
	today := t.config.Now().In(t.config.Location)
	number, more, _ := strings.Cut(words, " ")
	l.from, l.to, l.reason, err = readDays(words, today)
	own := err == nil || bot.CodeOf(err) != 0
	if !own {
		l.from, l.to, l.reason, err = readDays(strings.TrimSpace(more), today)
		own = bot.Key(number) == bot.Key(m.Number)
	}
	switch {
	case errors.Is(err, errNoDays):
		return l, bot.Invalid.Sayf("日期没有看懂，没有登记。每日一题%s请写成“%s 12月1日至12月5日”或“%s 下周一到周三”；要问制度里怎么请假，请写成一句话，如“开会请假找谁批”。", command, command, command)
	case err != nil:
		return l, err
	case startsWithDay(l.reason, today):
		return l, bot.Invalid.Sayf("一次只能写一天，或者一段，如“%s 12月24日至12月26日”；分开的日子请分几次写。没有登记。", command)
	case own && m.Staff:
		return l, bot.Invalid.Sayf("工作人员不计入答题统计，不用在这里%s。替委员登记请写编号，如“%s A01 12月1日至12月5日”。", command, command)
	case !own && !m.Staff:
		return l, bot.Forbidden.Sayf("只能给自己%s，如“%s 12月1日至12月5日”；替别人登记请联系%s。", command, command, t.config.Contact)
	}
	l.actor, l.number = ledger.MemberActor(m.Number), m.Number
	if !own {
		l.actor, l.number = ledger.StaffActor(m.Number), number
	}
	l.reason = withoutCodes(l.reason)
	return l, nil
}

// runLeave takes a member out of the count for some days.
func runLeave(ctx context.Context, t *turn, words string) (string, error) {
	l, err := t.leaveOf(ctx, "请假", words)
	if err != nil {
		return "", err
	}
	m, err := t.excuse(ctx, l)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("已登记：%s（%s）%s请假，这些天的题不计入应参。不请了回复“销假”和日期。", m.Name, m.Number, staff.Span(l.from, l.to))
	return text + "\n这里只登记每日一题的请假；会议请假请按制度另行办理（可以问“开会请假找谁批”）。", nil
}

// excuse records a leave. One that was asked for before, to a process that has
// ended since, is not recorded twice.
func (t *turn) excuse(ctx context.Context, l leave) (ledger.Member, error) {
	if t.in.Again {
		m, err := t.config.Desk.OnRoster(ctx, l.number)
		if err != nil {
			return m, err
		}
		leaves, err := t.records().Excuses(ctx, l.from, l.to)
		if err != nil || slices.Contains(leaves, ledger.Leave{Member: m.Number, From: l.from, To: l.to, Reason: l.reason, Actor: l.actor}) {
			return m, err
		}
	}
	return t.config.Desk.Excuse(ctx, l.actor, l.number, l.from, l.to, l.reason)
}

// runLeaveBack puts a member into the count again for some days.
func runLeaveBack(ctx context.Context, t *turn, words string) (string, error) {
	l, err := t.leaveOf(ctx, "销假", words)
	if err != nil {
		return "", err
	}
	m, err := t.config.Desk.TakeBack(ctx, l.actor, l.number, l.from, l.to)
	if err != nil && !(t.in.Again && bot.CodeOf(err) == bot.NotFound && m.Number != "") { // else it is done already
		return "", err
	}
	return fmt.Sprintf("已销假：%s（%s）%s的题照常计入应参。", m.Name, m.Number, staff.Span(l.from, l.to)), nil
}
