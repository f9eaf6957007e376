package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"lianwen/corpus"
)

// member is who has sent the message. Where the sender is not bound, a remark
// that the operator has put on the contact may say it: one of its words is the
// number of a member who was bound before. Nothing that people call themselves
// proves anything.
func (b *turn) member(ctx context.Context) (Member, error) {
	m, err := b.config.Records.Identify(ctx, b.in.Channel, b.in.Sender)
	if !errors.Is(err, ErrNoMember) {
		return m, err
	}
	words := strings.FieldsFunc(b.in.Remark, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' })
	for _, number := range words {
		m, err := b.config.Records.Recognize(ctx, b.in.Channel, b.in.Sender, number, b.config.Now())
		if !errors.Is(err, ErrNoMember) {
			return m, err
		}
	}
	return Member{}, ErrNoMember
}

// bound is member, with an error to be read by whom is not known.
func (b *turn) bound(ctx context.Context) (Member, error) {
	m, err := b.member(ctx)
	if errors.Is(err, ErrNoMember) {
		return m, Sayf("还不知道您是哪位委员，没有记录。请私聊我发送“绑定 绑定码”；绑定码请向工作人员索取。")
	}
	return m, err
}

// thisYear is from new year to today.
func (b *turn) thisYear() (from, to corpus.Date) {
	now := b.config.Now().In(b.config.Location)
	return corpus.Date(now.Format("2006") + "-01-01"), dateOf(now)
}

// runRecord tells a member, and nobody else, how often they took part.
func runRecord(ctx context.Context, b *turn) (string, error) {
	in := b.in
	if in.Group {
		return "", Sayf("记录只告诉本人。请私聊我发送“我的记录”。")
	}
	m, err := b.bound(ctx)
	if err != nil {
		return "", err
	}
	from, to := b.thisYear()
	table, err := Tally(ctx, b.config.Records, from, to, b.config.Now())
	if err != nil {
		return "", err
	}
	for _, row := range table.Rows {
		if row.Member.Number == m.Number {
			text := fmt.Sprintf("%s（%s）今年的答题记录\n应参 %d 次，实参 %d 次，请假 %d 次，未参 %d 次。",
				m.Name, m.Number, row.Due(), row.Took, row.Excused, row.Absent)
			if table.Open > 0 {
				text += fmt.Sprintf("\n还没有截止的题 %d 道，您答了 %d 道，截止后计入。", table.Open, row.Early)
			}
			if n := activitiesLine(table.Attended(m.Number)); n != "" {
				text += "\n活动：" + n + "。"
			}
			return text + "\n只有您本人和工作人员看得到；有出入请联系" + b.config.Contact + "。", nil
		}
	}
	return "", Sayf("今年还没有您的答题记录。")
}

// activitiesLine is how often somebody attended what.
func activitiesLine(attended map[string]int) string {
	var parts []string
	for _, kind := range ActivityKinds {
		if n := attended[kind]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 次", kind, n))
		}
	}
	return strings.Join(parts, "，")
}

// runBind binds a sender to a member.
func runBind(ctx context.Context, b *turn, code string) (string, error) {
	in := b.in
	switch {
	case in.Group:
		return "", Sayf("绑定码不要发在群里。请私聊我发送“绑定 绑定码”；这个码已经公开的，请向工作人员换一个。")
	case code == "":
		return "", Sayf("请写上绑定码，如“绑定 K7QM2XWP”；绑定码请向工作人员索取。")
	}
	m, err := b.config.Records.Bind(ctx, in.Channel, in.Sender, code, b.config.Now())
	switch {
	case errors.Is(err, ErrTooMany):
		return "", Sayf("试的次数太多，请一小时后再试，或联系%s。", b.config.Contact)
	case errors.Is(err, ErrNoCode):
		return "", Sayf("这个绑定码不对、用过了或者过期了。请核对，或向工作人员换一个。")
	case err != nil:
		return "", err
	}
	if m.Staff {
		return fmt.Sprintf("绑定好了：%s（%s），工作人员。\n私聊可以发：今日推送、跳过今天、暂停、恢复、核实、参与情况、未答问题、停用的题、重建索引、状态；“解绑”取消绑定。", m.Name, m.Number), nil
	}
	return fmt.Sprintf("绑定好了：%s（%s）。\n每日一题私聊回复一个字母即可；“我的记录”看自己的记录，“解绑”取消绑定。", m.Name, m.Number), nil
}

// runUnbind forgets who a sender is.
func runUnbind(ctx context.Context, b *turn) (string, error) {
	in := b.in
	if in.Group {
		return "", Sayf("请私聊我发送“解绑”。")
	}
	err := b.config.Records.Unbind(ctx, in.Channel, in.Sender, b.config.Now())
	if errors.Is(err, ErrNoMember) {
		return "", Sayf("您还没有绑定。")
	}
	if err != nil {
		return "", err
	}
	return "已解绑。以前的答题记录仍在履职档案里；再绑定请向工作人员要新的绑定码。", nil
}
