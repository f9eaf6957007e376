package talk

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// choiceLetter reads a message that is one letter, in any case and width and
// perhaps with a full stop behind it.
func choiceLetter(text string) (choice int, ok bool) {
	text = strings.ToUpper(strings.TrimRight(norm.NFKC.String(text), ".。、 "))
	if len(text) != 1 || text[0] < 'A' || text[0] > 'Z' {
		return 0, false
	}
	return int(text[0] - 'A'), true
}

// round is the round of a day, or for "" the newest that is open, after a look at
// whether its question may still be asked. A void one takes no answers.
func (t *turn) round(ctx context.Context, id corpus.Date) (r ledger.Round, err error) {
	if err := t.config.Desk.Reviewer.Look(ctx, t.corpus); err != nil {
		return r, err
	}
	if id == "" {
		r, err = t.newestRound(ctx)
	} else {
		r, err = t.records().Round(ctx, id)
	}
	switch {
	case errors.Is(err, ledger.ErrNoRound):
		return r, bot.NotFound.Sayf("现在没有可以作答的题。请直接提问，或回复“帮助”。")
	case err == nil && r.Void != "":
		return r, bot.Conflict.Sayf("%s的题%s，这一轮不收答案，也不计入统计。", r.Day.Chinese(), r.Void)
	}
	return r, err
}

// takePart records an answer to a round, or to the newest that is open, before
// it says anything.
func (t *turn) takePart(ctx context.Context, id corpus.Date, choice int) (string, error) {
	m, err := t.bound(ctx)
	if err != nil {
		return "", err
	}
	round, err := t.round(ctx, id)
	if err != nil {
		return "", err
	}
	q := round.Question
	if choice >= len(q.Options) {
		return "", bot.Invalid.Sayf("这道题只有 A 到 %s。请回复其中一个字母；回复“今日一题”看题目。", day.OptionLetter(len(q.Options)-1))
	}
	first, err := t.records().Answer(ctx, ledger.Answer{Round: round.Day, Member: m.Number, Choice: choice, Correct: choice == q.Answer, At: t.answeredAt(round)})
	switch {
	case errors.Is(err, ledger.ErrClosed):
		return "", bot.Conflict.Sayf("%s的题已经截止。", round.Day.Chinese())
	case err != nil && !errors.Is(err, ledger.ErrAnswered):
		return "", err
	}
	again := errors.Is(err, ledger.ErrAnswered) && t.repeated(first, choice)
	if t.in.Group { // right or wrong is nobody else's business
		if again {
			return "这道题您已经答过，以第一次为准。解析请私聊我回复“今日一题”。", nil
		}
		return "收到，已记录。解析请私聊我回复“今日一题”。", nil
	}
	return t.verdict(round, first, choice, again), nil
}

// verdict says what the answer is and why, in private.
func (t *turn) verdict(r ledger.Round, first ledger.Answer, choice int, again bool) string {
	q := r.Question
	head := "已记录：" + day.OptionLetter(choice) + "，"
	if again {
		head = "这道题您" + first.At.In(t.config.Location).Format("1月2日15:04") + "已经答过，记录以第一次（" + day.OptionLetter(first.Choice) + "）为准，这次算练习："
	}
	if choice == q.Answer {
		head += "答对了。"
	} else {
		head += "正确的是 " + day.OptionLetter(q.Answer) + "。"
	}
	return head + "\n" + t.reason(q)
}

// reason is the explanation with the article that decides.
func (t *turn) reason(q corpus.Question) string {
	lines := []string{q.Explanation}
	sample := false
	for _, cite := range q.Cites {
		if a := t.corpus.Resolve(cite); a != nil {
			lines = append(lines, a.Citation()+"：", a.Text)
			sample = a.Rule.Sample
			break
		}
	}
	return bot.Marked(lines, sample)
}

// posted is a round's question as it is posted.
func (t *turn) posted(r ledger.Round) string {
	return day.QuestionText(r, day.Sampled(t.corpus, &r.Question), t.config.Location)
}

// runQuestion shows the open question again, or, once it is answered, the
// answer.
func runQuestion(ctx context.Context, t *turn, _ string) (string, error) {
	round, err := t.round(ctx, "")
	if err != nil {
		return "", err
	}
	m, err := t.member(ctx)
	if err != nil && !isUnknown(err) {
		return "", err
	}
	if err == nil && !t.in.Group {
		answers, err := t.records().Answers(ctx, round.Day, round.Day)
		if err != nil {
			return "", err
		}
		if i := slices.IndexFunc(answers, func(a ledger.Answer) bool { return a.Member == m.Number }); i >= 0 {
			t.asksFor(round.Day)
			return day.QuestionText(round, false, t.config.Location) + "\n您答的是 " + day.OptionLetter(answers[i].Choice) +
				"，正确的是 " + day.OptionLetter(round.Question.Answer) + "。\n" + t.reason(round.Question), nil
		}
	}
	t.asksFor(round.Day)
	return t.posted(round), nil
}

// runCatchUp offers the oldest question that is still open and that the member
// has not answered. The next letter answers it.
func runCatchUp(ctx context.Context, t *turn, _ string) (string, error) {
	m, err := t.bound(ctx)
	if err != nil {
		return "", err
	}
	if err := t.config.Desk.Reviewer.Look(ctx, t.corpus); err != nil {
		return "", err
	}
	to := t.config.Desk.Today()
	from := to.AddDays(-ledger.RoundDays - 1)
	rounds, err := t.records().Rounds(ctx, from, to)
	if err != nil {
		return "", err
	}
	answers, err := t.records().Answers(ctx, from, to)
	if err != nil {
		return "", err
	}
	var open []ledger.Round
	for _, r := range rounds {
		done := slices.ContainsFunc(answers, func(a ledger.Answer) bool { return a.Round == r.Day && a.Member == m.Number })
		if !done && r.Closes.After(t.config.Now()) && r.Void == "" {
			open = append(open, r)
		}
	}
	if len(open) == 0 {
		return "没有可以补答的题：最近七天的都答过了，或者没有题。", nil
	}
	text := t.posted(open[0])
	if len(open) > 1 {
		text += fmt.Sprintf("\n还有 %d 道没有答，答完这道再回复“补答”。", len(open)-1)
	}
	t.asksFor(open[0].Day)
	return text, nil
}

// runDrill offers a question for practice: nothing of it is recorded.
func runDrill(ctx context.Context, t *turn, _ string) (string, error) {
	fit := t.corpus.Questions
	if t.records() != nil {
		suspended, err := t.config.Desk.Reviewer.Suspended(ctx, t.corpus)
		if err != nil {
			return "", err
		}
		fit = slices.DeleteFunc(slices.Clone(fit), func(q *corpus.Question) bool { return suspended[q.ID] })
	}
	if len(fit) == 0 {
		return "", bot.NotFound.Sayf("制度库里没有题。")
	}
	q := fit[rand.IntN(len(fit))]
	lines := append([]string{"练习（不记录）", q.Text}, day.OptionLines(*q)...)
	lines = append(lines, "回复一个字母看对错和依据；“练习”换一道。")
	t.drills(q.ID)
	return bot.Marked(lines, day.Sampled(t.corpus, q)), nil
}

// drill says how a practice question was answered.
func (t *turn) drill(id string, choice int) (string, error) {
	i := slices.IndexFunc(t.corpus.Questions, func(q *corpus.Question) bool { return q.ID == id })
	if i < 0 {
		return "", bot.NotFound.Sayf("这道题刚刚撤下了。回复“练习”换一道。")
	}
	q := t.corpus.Questions[i]
	if choice >= len(q.Options) {
		return "", bot.Invalid.Sayf("这道题只有 A 到 %s。", day.OptionLetter(len(q.Options)-1))
	}
	head := "练习：正确的是 " + day.OptionLetter(q.Answer) + "。"
	if choice == q.Answer {
		head = "练习：答对了。"
	}
	return head + "\n" + t.reason(*q), nil
}
