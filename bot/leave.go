package bot

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"lianwen/corpus"
)

// Limits of a leave that is asked for in chat, in days: how far back it may
// begin, and how long it may be. Staff can register any at the terminal.
const (
	leaveBack = RoundDays
	leaveMost = 92
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
func runLeave(ctx context.Context, b *turn, words string) (string, error) {
	if b.in.Group {
		return "", Sayf("请假请私聊我，如“请假 12月1日至12月5日 出差”。")
	}
	m, err := b.bound(ctx)
	if err != nil {
		return "", err
	}
	now := b.config.Now()
	today := now.In(b.config.Location)
	actor := "member " + m.Number
	from, to, reason, ok := readDays(words, today)
	if !ok {
		number, more, _ := strings.Cut(words, " ")
		if from, to, reason, ok = readDays(strings.TrimSpace(more), today); !ok {
			return "", Sayf("日期没有看懂。每日一题请假请写成“请假 12月1日至12月5日 出差”；要问制度里怎么请假，请写成一句话，如“开会请假找谁批”。")
		}
		if !m.Staff {
			return "", Sayf("只能给自己请假，如“请假 12月1日至12月5日 出差”；替别人登记请联系%s。", b.config.Contact)
		}
		actor = "staff " + m.Number
		if m, err = b.onRoster(ctx, number); err != nil {
			return "", err
		}
	}
	if m.Staff {
		return "", Sayf("工作人员不计入答题统计，不用在这里请假。替委员登记请写编号，如“请假 A01 12月1日至12月5日 出差”。")
	}
	if err := leaveFits(from, to, today); err != nil {
		return "", err
	}
	if err := b.config.Records.Excuse(ctx, m.Number, from, to, reason, actor, now); err != nil {
		return "", err
	}
	text := fmt.Sprintf("已登记：%s（%s）%s请假，这些天的题不计入应参。", m.Name, m.Number, span(from, to))
	return text + "\n这里只登记每日一题的请假；会议请假请按制度另行办理（可以问“开会请假找谁批”）。", nil
}

// onRoster is the member with a number who has not left.
func (b *turn) onRoster(ctx context.Context, number string) (Member, error) {
	members, err := b.config.Records.Members(ctx)
	if err != nil {
		return Member{}, err
	}
	for _, m := range members {
		if m.Number == number && m.Left == "" {
			return m, nil
		}
	}
	return Member{}, Sayf("花名册里没有在册的编号 %s。", number)
}

// leaveFits refuses a leave for days that are counted already, and one without
// end.
func leaveFits(from, to corpus.Date, today time.Time) error {
	earliest := midnight(today).AddDate(0, 0, -leaveBack)
	switch latest := midnight(today).AddDate(1, 0, 0); {
	case from < dateOf(earliest):
		return Sayf("%s以前的题已经截止，不能在这里补请假。请联系工作人员更正。", dateOf(earliest).Chinese())
	case to > dateOf(latest):
		return Sayf("最多请到一年以内（%s）。", dateOf(latest).Chinese())
	}
	first, err := time.Parse(time.DateOnly, string(from))
	if err != nil {
		return err
	}
	if dateOf(first.AddDate(0, 0, leaveMost-1)) < to {
		return Sayf("一次最多请 %d 天；更长的请联系工作人员登记。", leaveMost)
	}
	return nil
}

// span is a run of days in words.
func span(from, to corpus.Date) string {
	if from == to {
		return from.Chinese()
	}
	return from.Chinese() + "至" + to.Chinese()
}
