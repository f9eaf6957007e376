package talk

import (
	"context"
	"fmt"
	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
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

// runLeave takes a member out of the count for some days: oneself, or, said by
// staff with a number in front, somebody else.
func runLeave(ctx context.Context, t *turn, words string) (string, error) {
	m, err := t.bound(ctx)
	if err != nil {
		return "", err
	}
	today := t.config.Now().In(t.config.Location)
	actor, number := ledger.MemberActor(m.Number), m.Number
	from, to, reason, ok := readDays(words, today)
	if !ok {
		var more string
		number, more, _ = strings.Cut(words, " ")
		if from, to, reason, ok = readDays(strings.TrimSpace(more), today); !ok {
			return "", bot.Invalid.Sayf("日期没有看懂。每日一题请假请写成“请假 12月1日至12月5日 出差”；要问制度里怎么请假，请写成一句话，如“开会请假找谁批”。")
		}
		if !m.Staff {
			return "", bot.Forbidden.Sayf("只能给自己请假，如“请假 12月1日至12月5日 出差”；替别人登记请联系%s。", t.config.Contact)
		}
		actor = ledger.StaffActor(m.Number)
	}
	if number == m.Number && m.Staff {
		return "", bot.Invalid.Sayf("工作人员不计入答题统计，不用在这里请假。替委员登记请写编号，如“请假 A01 12月1日至12月5日 出差”。")
	}
	excused, err := t.config.Desk.Excuse(ctx, actor, number, from, to, reason)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("已登记：%s（%s）%s请假，这些天的题不计入应参。", excused.Name, excused.Number, staff.Span(from, to))
	return text + "\n这里只登记每日一题的请假；会议请假请按制度另行办理（可以问“开会请假找谁批”）。", nil
}
