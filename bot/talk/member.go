package talk

import (
	"context"
	"errors"
	"fmt"
	"lianwen/bot"
	"lianwen/bot/ledger"
	"strings"
	"unicode"
)

// member is who has sent the message. Where the sender is not bound, a remark
// that the operator has put on the contact may say it: one of its words is the
// number of a member who was bound before. Nothing that people call themselves
// proves anything.
func (t *turn) member(ctx context.Context) (ledger.Member, error) {
	m, err := t.records().Identify(ctx, t.sender())
	if !isUnknown(err) {
		return m, err
	}
	words := strings.FieldsFunc(t.in.Remark, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' })
	for _, number := range words {
		m, err := t.records().Recognize(ctx, t.sender(), number, t.config.Now())
		if !isUnknown(err) {
			return m, err
		}
	}
	return ledger.Member{}, ledger.ErrNoMember
}

// bound is member, with an error to be read by whom is not known.
func (t *turn) bound(ctx context.Context) (ledger.Member, error) {
	m, err := t.member(ctx)
	if isUnknown(err) {
		return m, bot.Forbidden.Sayf("还不知道您是哪位委员，没有记录。请私聊我发送“绑定 绑定码”；绑定码请向工作人员索取。")
	}
	return m, err
}

// runRecord tells a member, and nobody else, how often they took part.
func runRecord(ctx context.Context, t *turn, _ string) (string, error) {
	m, err := t.bound(ctx)
	if err != nil {
		return "", err
	}
	from, to := t.config.Desk.ThisYear()
	table, err := t.config.Desk.Participation(ctx, from, to)
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
			return text + "\n只有您本人和工作人员看得到；有出入请联系" + t.config.Contact + "。", nil
		}
	}
	return "", bot.NotFound.Sayf("今年还没有您的答题记录。")
}

// activitiesLine is how often somebody attended what.
func activitiesLine(attended map[string]int) string {
	var parts []string
	for _, kind := range ledger.ActivityKinds {
		if n := attended[kind]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 次", kind, n))
		}
	}
	return strings.Join(parts, "，")
}

// runBind binds a sender to a member.
func runBind(ctx context.Context, t *turn, code string) (string, error) {
	if code == "" {
		return "", bot.Invalid.Sayf("请写上绑定码，如“绑定 K7QM2XWP”；绑定码请向工作人员索取。")
	}
	m, err := t.records().Bind(ctx, t.sender(), code, t.config.Now())
	switch {
	case errors.Is(err, ledger.ErrTooMany):
		return "", bot.Unavailable.Sayf("试的次数太多，请一小时后再试，或联系%s。", t.config.Contact)
	case errors.Is(err, ledger.ErrNoCode):
		return "", bot.NotFound.Sayf("这个绑定码不对、用过了或者过期了。请核对，或向工作人员换一个。")
	case err != nil:
		return "", err
	}
	if m.Staff {
		return fmt.Sprintf("绑定好了：%s（%s），工作人员。\n私聊可以发：%s；“解绑”取消绑定。", m.Name, m.Number, staffCommands()), nil
	}
	return fmt.Sprintf("绑定好了：%s（%s）。\n每日一题私聊回复一个字母即可；“我的记录”看自己的记录，“解绑”取消绑定。", m.Name, m.Number), nil
}

// runUnbind forgets who a sender is.
func runUnbind(ctx context.Context, t *turn, _ string) (string, error) {
	err := t.records().Unbind(ctx, t.sender(), t.config.Now())
	if isUnknown(err) {
		return "", bot.NotFound.Sayf("您还没有绑定。")
	}
	if err != nil {
		return "", err
	}
	return "已解绑。以前的答题记录仍在履职档案里；再绑定请向工作人员要新的绑定码。", nil
}
