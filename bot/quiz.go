package bot

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"lianwen/corpus"
)

// RoundDays is how long a question can be answered.
const RoundDays = 7

// questionText is the daily question as it is posted.
func questionText(r Round, sample bool, location *time.Location) string {
	lines := append([]string{"每日一题（" + corpus.Date(r.ID).Chinese() + "）", r.Question.Text}, optionLines(r.Question)...)
	lines = append(lines, fmt.Sprintf("私聊我回复一个字母作答（过后回复“补答”），%s前有效。自愿参加，不排名。", r.Closes.In(location).Format("1月2日15:04")))
	return strings.Join(appendMark(lines, sample), "\n")
}

func optionLines(q corpus.Question) []string {
	var lines []string
	for i, option := range q.Options {
		lines = append(lines, optionLetter(i)+". "+option)
	}
	return lines
}

// sampled reports whether a question rests on a sample rule.
func sampled(c *corpus.Corpus, q *corpus.Question) bool {
	for _, cite := range q.Cites {
		if a := c.Resolve(cite); a != nil && a.Rule.Sample {
			return true
		}
	}
	return false
}

func optionLetter(choice int) string { return string(rune('A' + choice)) }

// choiceLetter reads a message that is one letter, in any case and width and
// perhaps with a full stop behind it.
func choiceLetter(text string) (choice int, ok bool) {
	text = strings.ToUpper(strings.TrimRight(norm.NFKC.String(text), ".。、 "))
	if len(text) != 1 || text[0] < 'A' || text[0] > 'Z' {
		return 0, false
	}
	return int(text[0] - 'A'), true
}

// takePart records an answer to a round, or to the newest that is open, before
// it says anything.
func (b *turn) takePart(ctx context.Context, id string, choice int) (string, error) {
	in, records := b.in, b.config.Records
	m, err := b.bound(ctx)
	if err != nil {
		return "", err
	}
	if err := b.review.Look(ctx, b.corpus); err != nil {
		return "", err
	}
	now := b.config.Now()
	round, err := records.Round(ctx, id, now)
	if errors.Is(err, ErrNoRound) {
		return "", Sayf("现在没有可以作答的题。请直接提问，或回复“帮助”。")
	}
	if err != nil {
		return "", err
	}
	if round.Void != "" {
		return "", Sayf("%s的题%s，这一轮不收答案，也不计入统计。", corpus.Date(round.ID).Chinese(), round.Void)
	}
	q := round.Question
	if choice >= len(q.Options) {
		return "", Sayf("这道题只有 A 到 %s。请回复其中一个字母；回复“今日一题”看题目。", optionLetter(len(q.Options)-1))
	}
	first, err := records.Answer(ctx, RoundAnswer{Round: round.ID, Member: m.Number, Choice: choice, Correct: choice == q.Answer, At: now})
	switch {
	case errors.Is(err, ErrClosed):
		return "", Sayf("%s的题已经截止。", corpus.Date(round.ID).Chinese())
	case err != nil && !errors.Is(err, ErrAnswered):
		return "", err
	}
	again := errors.Is(err, ErrAnswered)
	if in.Group { // right or wrong is nobody else's business
		if again {
			return "这道题您已经答过，以第一次为准。解析请私聊我回复“今日一题”。", nil
		}
		return "收到，已记录。解析请私聊我回复“今日一题”。", nil
	}
	return b.verdict(round, first, choice, again), nil
}

// verdict says what the answer is and why, in private.
func (b *turn) verdict(r Round, first RoundAnswer, choice int, again bool) string {
	q := r.Question
	lines := []string{"已记录：" + optionLetter(choice) + "，"}
	if again {
		lines[0] = "这道题您" + first.At.In(b.config.Location).Format("1月2日15:04") + "已经答过，记录以第一次（" + optionLetter(first.Choice) + "）为准，这次算练习："
	}
	if choice == q.Answer {
		lines[0] += "答对了。"
	} else {
		lines[0] += "正确的是 " + optionLetter(q.Answer) + "。"
	}
	return strings.Join(append(lines, b.reason(q)...), "\n")
}

// reason is the explanation with the article that decides.
func (b *turn) reason(q corpus.Question) []string {
	lines := []string{q.Explanation}
	sample := false
	for _, cite := range q.Cites {
		if a := b.corpus.Resolve(cite); a != nil {
			lines = append(lines, a.Citation()+"：", a.Text)
			sample = a.Rule.Sample
			break
		}
	}
	return appendMark(lines, sample)
}

// runQuestion shows the open question again, or, once it is answered, the
// answer.
func runQuestion(ctx context.Context, b *turn, _ string, _ step) (output, error) {
	if err := b.review.Look(ctx, b.corpus); err != nil {
		return output{}, err
	}
	now := b.config.Now()
	round, err := b.config.Records.Round(ctx, "", now)
	if errors.Is(err, ErrNoRound) {
		return output{}, Sayf("现在没有可以作答的题。")
	}
	if err != nil {
		return output{}, err
	}
	if round.Void != "" {
		return output{}, Sayf("%s的题%s，这一轮不收答案，也不计入统计。", corpus.Date(round.ID).Chinese(), round.Void)
	}
	m, err := b.member(ctx)
	if err != nil && !errors.Is(err, ErrNoMember) {
		return output{}, err
	}
	if err == nil && !b.in.Group {
		answers, err := b.config.Records.Answers(ctx, corpus.Date(round.ID), corpus.Date(round.ID))
		if err != nil {
			return output{}, err
		}
		for _, a := range answers {
			if a.Member == m.Number {
				return output{text: questionText(round, false, b.config.Location) + "\n您答的是 " + optionLetter(a.Choice) + "，正确的是 " + optionLetter(round.Question.Answer) + "。\n" + strings.Join(b.reason(round.Question), "\n"), round: round.ID}, nil
			}
		}
	}
	return output{text: questionText(round, sampled(b.corpus, &round.Question), b.config.Location), round: round.ID}, nil
}

// runCatchUp offers the oldest question that is still open and that the member
// has not answered. The next letter answers it.
func runCatchUp(ctx context.Context, b *turn, _ string, _ step) (output, error) {
	if b.in.Group {
		return output{}, Sayf("请私聊我发送“补答”。")
	}
	m, err := b.bound(ctx)
	if err != nil {
		return output{}, err
	}
	if err := b.review.Look(ctx, b.corpus); err != nil {
		return output{}, err
	}
	now := b.config.Now()
	today := now.In(b.config.Location)
	from, to := dateOf(today.AddDate(0, 0, -RoundDays-1)), dateOf(today)
	rounds, err := b.config.Records.Rounds(ctx, from, to)
	if err != nil {
		return output{}, err
	}
	answers, err := b.config.Records.Answers(ctx, from, to)
	if err != nil {
		return output{}, err
	}
	var open []Round
	for _, r := range rounds {
		done := slices.ContainsFunc(answers, func(a RoundAnswer) bool { return a.Round == r.ID && a.Member == m.Number })
		if !done && r.Closes.After(now) && r.Void == "" {
			open = append(open, r)
		}
	}
	if len(open) == 0 {
		return output{text: "没有可以补答的题：最近七天的都答过了，或者没有题。"}, nil
	}
	text := questionText(open[0], sampled(b.corpus, &open[0].Question), b.config.Location)
	if len(open) > 1 {
		text += fmt.Sprintf("\n还有 %d 道没有答，答完这道再回复“补答”。", len(open)-1)
	}
	return output{text: text, round: open[0].ID}, nil
}

// runDrill offers a question for practice: nothing of it is recorded.
func runDrill(ctx context.Context, b *turn, _ string, _ step) (output, error) {
	fit := b.corpus.Questions
	if b.config.Records != nil {
		suspended, err := suspendedIDs(ctx, b.config.Records)
		if err != nil {
			return output{}, err
		}
		fit = slices.DeleteFunc(slices.Clone(fit), func(q *corpus.Question) bool { return suspended[q.ID] })
	}
	if len(fit) == 0 {
		return output{}, Sayf("制度库里没有题。")
	}
	q := fit[rand.IntN(len(fit))]
	lines := append([]string{"练习（不记录）", q.Text}, optionLines(*q)...)
	lines = append(lines, "回复一个字母看对错和依据；“练习”换一道。")
	return output{text: strings.Join(appendMark(lines, sampled(b.corpus, q)), "\n"), drill: q.ID}, nil
}

// drill says how a practice question was answered.
func (b *turn) drill(id string, choice int) (string, error) {
	for _, q := range b.corpus.Questions {
		if q.ID != id {
			continue
		}
		if choice >= len(q.Options) {
			return "", Sayf("这道题只有 A 到 %s。", optionLetter(len(q.Options)-1))
		}
		head := "练习：正确的是 " + optionLetter(q.Answer) + "。"
		if choice == q.Answer {
			head = "练习：答对了。"
		}
		return strings.Join(append([]string{head}, b.reason(*q)...), "\n"), nil
	}
	return "", Sayf("这道题刚刚撤下了。回复“练习”换一道。")
}
