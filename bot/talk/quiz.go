package talk

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// round is the round of a day, or for "" the newest that is open, after a look at
// whether its question may still be asked. A void one takes no answers.
func (t *turn) round(ctx context.Context, id corpus.Date) (r ledger.Round, err error) {
	if err := t.config.Desk.Reviewer.Look(ctx, t.corpus); err != nil {
		return r, err
	}
	if id == "" {
		r, _, err = t.newestRound(ctx)
	} else {
		r, err = t.records().Round(ctx, id)
	}
	switch {
	case errors.Is(err, ledger.ErrNoRound) && id == "":
		return r, bot.NotFound.Sayf("现在没有可以作答的题。请直接提问，或回复“帮助”。")
	case err == nil && r.Void != "":
		return r, bot.Conflict.Sayf("%s的题%s，这一轮不收答案，也不计入统计。", r.Day.Chinese(), r.Void)
	}
	return r, err
}

// takePart records an answer to a round, or to the newest that is open, before
// it says anything.
func (t *turn) takePart(ctx context.Context, m ledger.Member, id corpus.Date, choice int) (string, error) {
	round, err := t.round(ctx, id)
	if err != nil {
		return "", err
	}
	q := round.Question
	if choice >= len(q.Options) {
		return "", bot.Invalid.Sayf("这道题只有 A 到 %s。请回复其中一个字母；回复“今日一题”看题目。", day.OptionLetter(len(q.Options)-1))
	}
	first, again, err := t.record(ctx, ledger.Answer{Round: round.Day, Member: m.Number, Choice: choice, Correct: choice == q.Answer, At: t.answeredAt(round), Channel: t.in.Channel})
	switch {
	case errors.Is(err, ledger.ErrClosed):
		return "", bot.Conflict.Sayf("%s的题已经截止。", round.Day.Chinese())
	case err != nil:
		return "", err
	case t.in.Group && again: // right or wrong is nobody else's business
		return "这道题您已经答过，以第一次为准。解析请私聊我回复“今日一题”。", nil
	case t.in.Group:
		return "收到，已记录" + t.ofDay(round.Day) + "。解析请私聊我回复“今日一题”。", nil
	}
	return t.verdict(round, first, choice, again), nil
}

// record records an answer, or finds the one that was first: again says that it
// was another. A failure may come after the answer was written, so it is looked
// for; and a message that was dealt with before, by a process that has ended
// since, is the first itself.
func (t *turn) record(ctx context.Context, a ledger.Answer) (first ledger.Answer, again bool, err error) {
	first, err = t.records().Answer(ctx, a)
	if err == nil {
		return first, false, nil
	}
	if !errors.Is(err, ledger.ErrAnswered) && !errors.Is(err, ledger.ErrClosed) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), rememberWithin)
		defer cancel()
		if own, err := t.records().OwnAnswers(ctx, a.Member, a.Round, a.Round); err == nil && len(own) == 1 {
			return own[0], !own[0].At.Equal(a.At.Truncate(time.Millisecond)), nil
		}
	}
	if errors.Is(err, ledger.ErrAnswered) {
		return first, t.repeated(first, a.Choice), nil
	}
	return a, false, err
}

// ofDay names the day of a round that is not today's.
func (t *turn) ofDay(day corpus.Date) string {
	if day == t.config.Desk.Today() {
		return ""
	}
	return "（" + day.Chinese() + "的题）"
}

// verdict says what the answer is and why, in private.
func (t *turn) verdict(r ledger.Round, first ledger.Answer, choice int, again bool) string {
	q := r.Question
	head := "已记录：" + day.OptionLetter(choice) + t.ofDay(r.Day) + "，"
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
	var answer []ledger.Answer
	if err == nil {
		if answer, err = t.records().OwnAnswers(ctx, m.Number, round.Day, round.Day); err != nil {
			return "", err
		}
	}
	if err := t.offerNewest(ctx, m, ledger.Offer{Round: round.Day, Done: len(answer) > 0}); err != nil {
		return "", err
	}
	if len(answer) > 0 && !t.in.Group {
		return day.QuestionText(round, false, t.config.Location) + "\n您答的是 " + day.OptionLetter(answer[0].Choice) +
			"，正确的是 " + day.OptionLetter(round.Question.Answer) + "。\n" + t.reason(round.Question), nil
	}
	return t.posted(round), nil
}

// runCatchUp offers the oldest question that is still open and that the member
// has not answered, or that of a day. The next letter answers it, unless one
// stands behind the day.
func runCatchUp(ctx context.Context, t *turn, words string) (string, error) {
	m, err := t.bound(ctx)
	if err != nil {
		return "", err
	}
	if words != "" {
		return t.catchUpWith(ctx, m, words)
	}
	if err := t.config.Desk.Reviewer.Look(ctx, t.corpus); err != nil {
		return "", err
	}
	open, err := t.records().Unanswered(ctx, m.Number, t.config.Now())
	if err != nil {
		return "", err
	}
	if len(open) == 0 {
		return "没有可以补答的题：最近七天的都答过了，或者没有题。", nil
	}
	text := t.posted(open[0])
	if len(open) > 1 {
		text += fmt.Sprintf("\n还有 %d 道没有答，答完这道再回复“补答”。", len(open)-1)
	}
	return text, t.offer(ctx, ledger.Offer{Round: open[0].Day})
}

// catchUpWith offers the question of a day, or answers it.
func (t *turn) catchUpWith(ctx context.Context, m ledger.Member, words string) (string, error) {
	which, letter, err := t.dayToCatchUp(words)
	if err != nil {
		return "", err
	}
	round, err := t.round(ctx, which)
	switch {
	case errors.Is(err, ledger.ErrNoRound):
		return "", bot.NotFound.Sayf("%s没有每日一题。回复“补答”看最近没有答的。", which.Chinese())
	case err != nil:
		return "", err
	case !round.Closes.After(t.config.Now()):
		return "", bot.Conflict.Sayf("%s的题已经截止。", which.Chinese())
	}
	choice, ok := choiceLetter(letter)
	if !ok {
		return t.posted(round), t.offer(ctx, ledger.Offer{Round: which})
	}
	text, err := t.takePart(ctx, m, which, choice)
	if err == nil {
		t.answered(ctx, m, ledger.Offer{Round: which})
	}
	return text, err
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
	return bot.Marked(lines, day.Sampled(t.corpus, q)), t.offer(ctx, ledger.Offer{Drill: q.ID})
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
