package talk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
)

// runMine tells people what is kept about them.
func runMine(ctx context.Context, t *turn, _ string) (string, error) {
	m, askers, err := t.asker(ctx)
	if err != nil {
		return "", err
	}
	h, err := t.records().Holdings(ctx, t.sender(), m.Number, askers)
	if err != nil {
		return "", err
	}
	lines := []string{"还不知道您是哪位委员，没有您的履职记录。"}
	if m.Number != "" {
		private, err := t.muteLine(ctx, m)
		if err != nil {
			return "", err
		}
		who := []string{fmt.Sprintf("%s（%s）", m.Name, m.Number)}
		for _, part := range []string{m.Sector, m.Committee, masked(m.Phone)} {
			if part != "" {
				who = append(who, part)
			}
		}
		lines = []string{
			"花名册：" + strings.Join(who, "，"),
			"绑定：" + h.Bound.In(t.config.Location).Format("2006年1月2日") + "起",
			fmt.Sprintf("每日一题：答案 %d 条，请假 %d 次，更正 %d 处；活动 %d 次", h.Answers, h.Excuses, h.Corrections, h.Activities),
			private,
		}
	}
	lines = append(lines,
		fmt.Sprintf("没有直接查到的提问和评价：%d 条，不记名字，最多留 %d 天", h.Asked, int(ledger.AskedLife.Hours()/24)),
		"别的聊天内容不保存。“删除我的提问”删去提问；“解绑”取消绑定；履职记录有出入，请联系"+t.config.Contact+"。")
	return strings.Join(lines, "\n"), nil
}

// masked is a telephone number as it may be shown.
func masked(phone string) string {
	digits := []rune(phone)
	if len(digits) < 7 {
		return ""
	}
	return "手机 " + string(digits[:3]) + "****" + string(digits[len(digits)-4:])
}

// runForget deletes what somebody asked in vain.
func runForget(ctx context.Context, t *turn, _ string) (string, error) {
	m, askers, err := t.asker(ctx)
	if err != nil {
		return "", err
	}
	actor := ledger.NobodyActor
	if m.Number != "" {
		actor = ledger.MemberActor(m.Number)
	}
	n, err := t.records().Forget(ctx, askers, actor, t.config.Now())
	if err != nil {
		return "", err
	}
	if n == 0 {
		return "没有留着您的提问。", nil
	}
	return fmt.Sprintf("已删去您的提问和评价 %d 条。以后没有直接查到的提问，仍会不记名字地留 %d 天，用来改进查找。", n, int(ledger.AskedLife.Hours()/24)), nil
}

// mistakesShown is how many questions one message lists.
const mistakesShown = 5

// runMistakes lists the questions that a member answered wrong this year, or
// shows the one of a day.
func runMistakes(ctx context.Context, t *turn, when string) (string, error) {
	m, err := t.bound(ctx)
	if err != nil {
		return "", err
	}
	from, to := t.config.Desk.ThisYear()
	wrong, err := t.records().Mistakes(ctx, m.Number, from, to)
	if err != nil {
		return "", err
	}
	slices.Reverse(wrong) // newest first
	for _, a := range wrong {
		if string(a.Round) == when {
			r, err := t.records().Round(ctx, a.Round)
			if err != nil {
				return "", err
			}
			return t.mistake(r, a), nil
		}
	}
	switch {
	case when != "":
		return "", bot.NotFound.Sayf("%s没有答错的题。回复“错题”看有哪些。", when)
	case len(wrong) == 0:
		return "今年没有答错的题。“练习”可以随便做一道，不记录。", nil
	}
	lines := []string{fmt.Sprintf("今年答错的题 %d 道，只有您看得到：", len(wrong))}
	var messages []string
	for i, a := range wrong[:min(len(wrong), mistakesShown)] {
		r, err := t.records().Round(ctx, a.Round)
		if err != nil {
			return "", err
		}
		lines = append(lines, fmt.Sprintf("%d %s：%s", i+1, a.Round.Chinese(), shortened(r.Question.Text)))
		messages = append(messages, "错题 "+string(a.Round))
	}
	t.choices(messages)
	return strings.Join(append(lines, "回复数字看题目、答案和依据。"), "\n"), nil
}

// mistake shows a question with the answer that was given and the right one.
func (t *turn) mistake(r ledger.Round, a ledger.Answer) string {
	lines := append([]string{r.Day.Chinese() + "的题", r.Question.Text}, day.OptionLines(r.Question)...)
	lines = append(lines, "您答的是 "+day.OptionLetter(a.Choice)+"，正确的是 "+day.OptionLetter(r.Question.Answer)+"。")
	return strings.Join(append(lines, t.reason(r.Question)), "\n")
}

// openingRunes is how much of a question stands in a list.
const openingRunes = 24

// shortened is the beginning of a text, for a list.
func shortened(text string) string {
	if utf8.RuneCountInString(text) > openingRunes {
		return string([]rune(text)[:openingRunes]) + "……"
	}
	return text
}
