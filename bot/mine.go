package bot

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"lianwen/corpus"
)

// Holdings is how much the records hold about somebody.
type Holdings struct {
	Bound                                            time.Time // since when the sender is bound; zero: it is not
	Answers, Excuses, Corrections, Activities, Asked int
}

// runMine tells people what is kept about them.
func runMine(ctx context.Context, b *turn) (string, error) {
	if b.in.Group {
		return "", Sayf("请私聊我发送“我的数据”。")
	}
	m, askers, err := b.asker(ctx)
	if err != nil {
		return "", err
	}
	h, err := b.config.Records.Holdings(ctx, b.in.Channel, b.in.Sender, m.Number, askers)
	if err != nil {
		return "", err
	}
	lines := []string{"还不知道您是哪位委员，没有您的履职记录。"}
	if m.Number != "" {
		who := []string{fmt.Sprintf("%s（%s）", m.Name, m.Number)}
		for _, part := range []string{m.Sector, m.Committee, masked(m.Phone)} {
			if part != "" {
				who = append(who, part)
			}
		}
		lines = []string{
			"花名册：" + strings.Join(who, "，"),
			"绑定：" + h.Bound.In(b.config.Location).Format("2006年1月2日") + "起",
			fmt.Sprintf("每日一题：答案 %d 条，请假 %d 次，更正 %d 处；活动 %d 次", h.Answers, h.Excuses, h.Corrections, h.Activities),
		}
	}
	lines = append(lines,
		fmt.Sprintf("没有直接查到的提问和评价：%d 条，不记名字，最多留 %d 天", h.Asked, int(AskedLife.Hours()/24)),
		"别的聊天内容不保存。“删除我的提问”删去提问；“解绑”取消绑定；履职记录有出入，请联系"+b.config.Contact+"。")
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
func runForget(ctx context.Context, b *turn) (string, error) {
	if b.in.Group {
		return "", Sayf("请私聊我发送“删除我的提问”。")
	}
	m, askers, err := b.asker(ctx)
	if err != nil {
		return "", err
	}
	actor := "somebody not bound"
	if m.Number != "" {
		actor = "member " + m.Number
	}
	n, err := b.config.Records.Forget(ctx, askers, actor, b.config.Now())
	if err != nil {
		return "", err
	}
	if n == 0 {
		return "没有留着您的提问。", nil
	}
	return fmt.Sprintf("已删去您的提问和评价 %d 条。以后没有直接查到的提问，仍会不记名字地留 %d 天，用来改进查找。", n, int(AskedLife.Hours()/24)), nil
}

// mistakesShown is how many questions one message lists.
const mistakesShown = 5

// runMistakes lists the questions that a member answered wrong this year, or
// shows the one of a day.
func runMistakes(ctx context.Context, b *turn, day string, _ step) (output, error) {
	if b.in.Group {
		return output{}, Sayf("请私聊我发送“错题”。")
	}
	m, err := b.bound(ctx)
	if err != nil {
		return output{}, err
	}
	from, to := b.thisYear()
	rounds, err := b.config.Records.Rounds(ctx, from, to)
	if err != nil {
		return output{}, err
	}
	answers, err := b.config.Records.Answers(ctx, from, to)
	if err != nil {
		return output{}, err
	}
	byID := map[string]Round{}
	for _, r := range rounds {
		byID[r.ID] = r
	}
	var wrong []RoundAnswer // newest first
	for _, a := range answers {
		if a.Member == m.Number && !a.Correct && byID[a.Round].Void == "" {
			wrong = append([]RoundAnswer{a}, wrong...)
		}
	}
	for _, a := range wrong {
		if a.Round == day {
			return b.mistake(byID[day], a), nil
		}
	}
	switch {
	case day != "":
		return output{}, Sayf("%s没有答错的题。回复“错题”看有哪些。", day)
	case len(wrong) == 0:
		return output{text: "今年没有答错的题。“练习”可以随便做一道，不记录。"}, nil
	}
	lines, out := []string{fmt.Sprintf("今年答错的题 %d 道，只有您看得到：", len(wrong))}, output{}
	for i, a := range wrong[:min(len(wrong), mistakesShown)] {
		lines = append(lines, fmt.Sprintf("%d %s：%s", i+1, corpus.Date(a.Round).Chinese(), shortened(byID[a.Round].Question.Text)))
		out.choices = append(out.choices, "错题 "+a.Round)
	}
	out.text = strings.Join(append(lines, "回复数字看题目、答案和依据。"), "\n")
	return out, nil
}

// mistake shows a question with the answer that was given and the right one.
func (b *turn) mistake(r Round, a RoundAnswer) output {
	lines := append([]string{corpus.Date(r.ID).Chinese() + "的题", r.Question.Text}, optionLines(r.Question)...)
	lines = append(lines, "您答的是 "+optionLetter(a.Choice)+"，正确的是 "+optionLetter(r.Question.Answer)+"。")
	return output{text: strings.Join(append(lines, b.reason(r.Question)...), "\n")}
}

// shortened is the beginning of a text, for a list.
func shortened(text string) string {
	if utf8.RuneCountInString(text) > openingRunes {
		return string([]rune(text)[:openingRunes]) + "……"
	}
	return text
}
