package talk

import (
	"context"
	"fmt"
	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
	"lianwen/corpus"
	"regexp"
	"strings"
	"time"
)

// dayLike is how a wish for leave begins whose day cannot be read: 请假 下周三.
var dayLike = regexp.MustCompile(`^(?:[A-Za-z]*\d+\s+)?(?:[这下]*(?:周|星期|礼拜)|\d{1,2}月|\d{4}[-年/.])[^怎谁吗哪么?？]*$`)

// asksLeave reports whether words behind 请假 ask for one: they begin with a day,
// or with a number and a day. Everything else about leave is a question.
func asksLeave(words string) bool {
	_, _, _, ok := readDays(words, time.Now())
	if _, more, found := strings.Cut(words, " "); !ok && found {
		_, _, _, ok = readDays(strings.TrimSpace(more), time.Now())
	}
	return ok || dayLike.MatchString(words)
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
	l = leave{actor: ledger.MemberActor(m.Number), number: m.Number}
	var ok bool
	if l.from, l.to, l.reason, ok = readDays(words, today); ok {
		if m.Staff {
			return l, bot.Invalid.Sayf("工作人员不计入答题统计，不用在这里%s。替委员登记请写编号，如“%s A01 12月1日至12月5日”。", command, command)
		}
		return l, nil
	}
	number, more, _ := strings.Cut(words, " ")
	if l.from, l.to, l.reason, ok = readDays(strings.TrimSpace(more), today); !ok {
		return l, bot.Invalid.Sayf("日期没有看懂。每日一题%s请写成“%s 12月1日至12月5日”；要问制度里怎么请假，请写成一句话，如“开会请假找谁批”。", command, command)
	}
	if !m.Staff {
		return l, bot.Forbidden.Sayf("只能给自己%s，如“%s 12月1日至12月5日”；替别人登记请联系%s。", command, command, t.config.Contact)
	}
	l.actor, l.number = ledger.StaffActor(m.Number), number
	return l, nil
}

// runLeave takes a member out of the count for some days.
func runLeave(ctx context.Context, t *turn, words string) (string, error) {
	l, err := t.leaveOf(ctx, "请假", words)
	if err != nil {
		return "", err
	}
	m, err := t.config.Desk.Excuse(ctx, l.actor, l.number, l.from, l.to, l.reason)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("已登记：%s（%s）%s请假，这些天的题不计入应参。不请了回复“销假”和日期。", m.Name, m.Number, staff.Span(l.from, l.to))
	return text + "\n这里只登记每日一题的请假；会议请假请按制度另行办理（可以问“开会请假找谁批”）。", nil
}

// runLeaveBack puts a member into the count again for some days.
func runLeaveBack(ctx context.Context, t *turn, words string) (string, error) {
	l, err := t.leaveOf(ctx, "销假", words)
	if err != nil {
		return "", err
	}
	m, err := t.config.Desk.TakeBack(ctx, l.actor, l.number, l.from, l.to)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("已销假：%s（%s）%s的题照常计入应参。", m.Name, m.Number, staff.Span(l.from, l.to)), nil
}
