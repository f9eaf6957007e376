package talk

import (
	"context"
	"fmt"
	"strings"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// member is who has sent the message. Where the sender is not bound, a remark
// that the operator has put on the contact may say it, if it names a member who
// was bound before; see remarked.
func (t *turn) member(ctx context.Context) (ledger.Member, error) {
	m, err := t.records().Identify(ctx, t.sender())
	if !isUnknown(err) {
		return m, err
	}
	if t.in.Remark == "" {
		return ledger.Member{}, ledger.ErrNoMember
	}
	members, err := t.records().Members(ctx)
	if err != nil {
		return ledger.Member{}, err
	}
	if m, ok := remarked(t.in.Remark, members); ok {
		return t.records().Recognize(ctx, t.sender(), m.Number, t.config.Now())
	}
	return ledger.Member{}, ledger.ErrNoMember
}

// bound is member, with an error to be read by whom is not known.
func (t *turn) bound(ctx context.Context) (ledger.Member, error) {
	m, err := t.member(ctx)
	if isUnknown(err) {
		return m, bot.Forbidden.Sayf("还不知道您是哪位委员，没有记录。请私聊我发送“绑定 绑定码”；绑定码请向工作人员索取。%s", t.how())
	}
	return m, err
}

// runRecord tells a member, and nobody else, how often they took part.
func runRecord(ctx context.Context, t *turn, _ string) (string, error) {
	m, err := t.bound(ctx)
	if err != nil {
		return "", err
	}
	private, err := t.muteLine(ctx, m)
	if err != nil {
		return "", err
	}
	own, err := t.config.Desk.Record(ctx, m.Number)
	if isUnknown(err) {
		return "", bot.NotFound.Sayf("今年还没有您的答题记录。\n%s", private)
	}
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("%s（%s）今年的答题记录\n应参 %d 次，实参 %d 次，请假 %d 次，未参 %d 次。",
		m.Name, m.Number, own.Due(), own.Took, own.Excused, own.Absent)
	if own.Open > 0 {
		text += fmt.Sprintf("\n还没有截止的题 %d 道，您答了 %d 道，截止后计入。", own.Open, own.Early)
	}
	if n := activitiesLine(own.Attended); n != "" {
		text += "\n活动：" + n + "。"
	}
	return text + "\n" + private + "\n只有您本人和工作人员看得到；有出入请联系" + t.config.Contact + "。", nil
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
