package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"lianwen/corpus"
)

// RoundDays is how long a question can be answered.
const RoundDays = 7

// questionText is the daily question as it is posted.
func questionText(r Round, sample bool, location *time.Location) string {
	lines := []string{"每日一题（" + corpus.Date(r.ID).Chinese() + "）", r.Question.Text}
	for i, option := range r.Question.Options {
		lines = append(lines, optionLetter(i)+". "+option)
	}
	lines = append(lines, fmt.Sprintf("私聊我回复一个字母作答，%s前有效。自愿参加，不排名。", r.Closes.In(location).Format("1月2日15:04")))
	return strings.Join(appendMark(lines, sample), "\n")
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

// notBound is what people read who are not known.
func notBound() error {
	return Sayf("还不知道您是哪位委员，没有记录。请私聊我发送“绑定 绑定码”；绑定码请向工作人员索取。")
}

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

// takePart records an answer to the question that is open, before it says
// anything.
func (b *turn) takePart(ctx context.Context, choice int) (string, error) {
	in, records := b.in, b.config.Records
	m, err := b.member(ctx)
	if errors.Is(err, ErrNoMember) {
		return "", notBound()
	}
	if err != nil {
		return "", err
	}
	now := b.config.Now()
	round, err := records.Round(ctx, "", now)
	if errors.Is(err, ErrNoRound) {
		return "", Sayf("现在没有可以作答的题。请直接提问，或回复“帮助”。")
	}
	if err != nil {
		return "", err
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
func runQuestion(ctx context.Context, b *turn) (string, error) {
	in := b.in
	now := b.config.Now()
	round, err := b.config.Records.Round(ctx, "", now)
	if errors.Is(err, ErrNoRound) {
		return "", Sayf("现在没有可以作答的题。")
	}
	if err != nil {
		return "", err
	}
	m, err := b.member(ctx)
	if err != nil && !errors.Is(err, ErrNoMember) {
		return "", err
	}
	if err == nil && !in.Group {
		answers, err := b.config.Records.Answers(ctx, corpus.Date(round.ID), corpus.Date(round.ID))
		if err != nil {
			return "", err
		}
		for _, a := range answers {
			if a.Member == m.Number {
				return questionText(round, false, b.config.Location) + "\n您答的是 " + optionLetter(a.Choice) + "，正确的是 " + optionLetter(round.Question.Answer) + "。\n" + strings.Join(b.reason(round.Question), "\n"), nil
			}
		}
	}
	return questionText(round, sampled(b.corpus, &round.Question), b.config.Location), nil
}

// runRecord tells a member, and nobody else, how often they took part.
func runRecord(ctx context.Context, b *turn) (string, error) {
	in := b.in
	if in.Group {
		return "", Sayf("记录只告诉本人。请私聊我发送“我的记录”。")
	}
	m, err := b.member(ctx)
	if errors.Is(err, ErrNoMember) {
		return "", notBound()
	}
	if err != nil {
		return "", err
	}
	to := b.config.Now().In(b.config.Location)
	from := time.Date(to.Year(), 1, 1, 0, 0, 0, 0, to.Location())
	table, err := Tally(ctx, b.config.Records, dateOf(from), dateOf(to), b.config.Now())
	if err != nil {
		return "", err
	}
	for _, row := range table.Rows {
		if row.Member.Number == m.Number {
			return fmt.Sprintf("%s（%s）今年的答题记录\n应参 %d 次，实参 %d 次，请假 %d 次，未参 %d 次。\n只有您本人和工作人员看得到；有出入请联系%s。",
				m.Name, m.Number, row.Due(), row.Took, row.Excused, row.Absent, b.config.Contact), nil
		}
	}
	return "", Sayf("今年还没有您的答题记录。")
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
