package talk

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// letterPattern is a letter and nothing but what people put around one when they
// answer: 选B, 我选B, 答案是B, “b。”, B！ What asks something is no answer.
var letterPattern = regexp.MustCompile(`^` + quotes + `(?:我|俺)?(?:选择|选|答案|答)?(?:是|为|选)?[:,，、]?` + quotes + `([A-Z])` + quotes + `(?:选项|项|吧|啊|呀|哦)?[.。、,，!~]*` + quotes + `$`)

// quotes are what may stand around a letter.
const quotes = `["'“”‘’「」『』【】()\[\]]*`

// choiceLetter reads a message that is one letter, in any case and width.
func choiceLetter(text string) (choice int, ok bool) {
	m := letterPattern.FindStringSubmatch(bot.Key(text))
	if m == nil {
		return 0, false
	}
	return int(m[1][0] - 'A'), true
}

// place is where a letter means what was offered there: the private chat of a
// channel, whatever it is called after the next login, or a group.
func (t *turn) place() string {
	if t.in.Group {
		return t.in.Channel + "/" + t.in.Conversation
	}
	return t.in.Channel
}

// rememberWithin is how long a reply waits for what it offers to be remembered.
const rememberWithin = 2 * time.Second

// offer remembers what the next letter answers. What cannot be remembered is
// not offered: after a restart the letter would go to another question. Of who
// is not bound nothing can be recorded, so that a drill need only be kept in
// mind.
func (t *turn) offer(ctx context.Context, o ledger.Offer) error {
	if t.records() == nil {
		t.drills(o.Drill)
		return nil
	}
	m, err := t.member(ctx)
	if isUnknown(err) {
		t.drills(o.Drill)
		return nil
	}
	if err != nil {
		return err
	}
	o.At = t.config.Now()
	err = within(ctx, rememberWithin, func(ctx context.Context) error { return t.records().PutOffer(ctx, m.Number, t.place(), o) })
	if err != nil {
		return t.unrecorded(err, "现在台账写不进去，记不下给您出的是哪道题，先不出题。请过几分钟再试。")
	}
	t.drills("")
	return nil
}

// offerNewest is offer for the newest round. Where a letter is for that anyway,
// nothing needs remembering.
func (t *turn) offerNewest(ctx context.Context, m ledger.Member, o ledger.Offer) error {
	if m.Number != "" && o.Round == t.config.Desk.Today() {
		if _, standing, err := t.standing(ctx, m); err != nil || !standing {
			t.drills("")
			return err
		}
	}
	return t.offer(ctx, o)
}

// answered remembers that what was offered is answered: another letter that
// comes soon is for the same question. That it could not be remembered does no
// harm: a letter then stands for that question all the longer.
func (t *turn) answered(ctx context.Context, m ledger.Member, o ledger.Offer) {
	o.Done, o.At = true, t.config.Now()
	err := within(ctx, rememberWithin, func(ctx context.Context) error { return t.records().PutOffer(ctx, m.Number, t.place(), o) })
	if err != nil {
		t.config.Log.Warn("没有记下这道题已经答过，不影响答案", "err", err)
	}
}

// letter answers what its sender was surely asked.
func (t *turn) letter(ctx context.Context, choice int) (string, error) {
	if t.state.drill != "" {
		text, err := t.drill(t.state.drill, choice)
		if err == nil {
			t.drills("") // once
		}
		return text, err
	}
	m, err := t.bound(ctx)
	if err != nil {
		return "", err
	}
	if err := t.config.Desk.Reviewer.Look(ctx, t.corpus); err != nil {
		return "", err
	}
	o, standing, err := t.standing(ctx, m)
	if err != nil {
		return "", err
	}
	newest, at, err := t.newestRound(ctx)
	if err != nil && !errors.Is(err, ledger.ErrNoRound) {
		return "", err
	}
	today := newest.Day == corpus.DateOf(at.In(t.config.Location)) && !t.sentBefore(newest)
	switch newer := err == nil && newest.Opened.After(o.At); {
	case standing && !newer:
		return t.answerOffer(ctx, m, o, choice)
	case t.in.Group:
		return t.groupLetter(ctx, m, newest, choice)
	case err != nil, today && !standing:
		return t.takePart(ctx, m, newest.Day, choice)
	}
	open, err := t.records().Unanswered(ctx, m.Number, at)
	if err != nil {
		return "", err
	}
	fresh := slices.ContainsFunc(open, func(r ledger.Round) bool { return r.Day == newest.Day })
	switch {
	case fresh && standing && !o.Done, fresh && t.sentBefore(newest):
		return t.askWhich(open, choice, standing && o.Drill != "")
	case standing && !fresh && !o.Done:
		return t.answerOffer(ctx, m, o, choice)
	case fresh && len(open) > 1 && !today:
		return t.askWhich(open, choice, false)
	}
	return t.takePart(ctx, m, newest.Day, choice)
}

// standing is what was offered to a member in this place last, if a letter still
// stands for that: until something newer is asked, or, once it is answered, for
// as long as anything that was said.
func (t *turn) standing(ctx context.Context, m ledger.Member) (o ledger.Offer, ok bool, err error) {
	o, ok, err = t.records().Offered(ctx, m.Number, t.place(), t.config.Now())
	if o.Done && t.config.Now().Sub(o.At) > StateLife {
		return ledger.Offer{}, false, err
	}
	return o, ok, err
}

// answerOffer answers what was offered. What can no longer be answered is done
// with as well.
func (t *turn) answerOffer(ctx context.Context, m ledger.Member, o ledger.Offer, choice int) (text string, err error) {
	if o.Drill != "" {
		text, err = t.drill(o.Drill, choice)
	} else {
		text, err = t.takePart(ctx, m, o.Round, choice)
	}
	if code := bot.CodeOf(err); err != nil && code != bot.NotFound && code != bot.Conflict {
		return "", err
	}
	t.answered(ctx, m, o)
	if err == nil && o.Done && !t.in.Group {
		text += "\n别的题请先回复“今日一题”或“补答”，再回复字母。"
	}
	return text, err
}

// groupLetter answers the newest round: it is what the group was asked last.
func (t *turn) groupLetter(ctx context.Context, m ledger.Member, newest ledger.Round, choice int) (string, error) {
	if t.in.Again && t.sentBefore(newest) {
		return "", bot.Conflict.Sayf("这个字母是在%s的题发出以前发的，没有记。要答这道题，请再发一次。", newest.Day.Chinese())
	}
	return t.takePart(ctx, m, newest.Day, choice)
}

// clockSkew is by how much the clock of a platform may be behind ours.
const clockSkew = time.Minute

// sentBefore reports whether a message was sent before a round was opened, and
// came only now.
func (t *turn) sentBefore(r ledger.Round) bool {
	return !t.in.SentAt.IsZero() && t.in.SentAt.Add(clockSkew).Before(r.Opened)
}

// askWhich asks back which of several rounds a letter is for, the newest first.
func (t *turn) askWhich(open []ledger.Round, choice int, drilled bool) (string, error) {
	letter := day.OptionLetter(choice)
	lines := []string{fmt.Sprintf("您这个“%s”要答哪一天的题？还没有记下。", letter)}
	var messages []string
	for _, r := range slices.Backward(open) {
		if choice < len(r.Question.Options) && len(messages) < ledger.RoundDays {
			messages = append(messages, "补答 "+string(r.Day)+" "+letter)
			lines = append(lines, fmt.Sprintf("%d %s：%s", len(messages), r.Day.Chinese(), shortened(r.Question.Text)))
		}
	}
	if len(messages) == 0 {
		return "", bot.Invalid.Sayf("没有一道题有 %s 这个选项。回复“今日一题”看题目。", letter)
	}
	last := "回复数字就记下；要先看题目，回复“补答”。"
	if drilled {
		last = "回复数字就记下；是做练习的，请再发“练习”。"
	}
	t.choices(messages)
	return strings.Join(append(lines, last), "\n"), nil
}

// catchUpPattern is what stands behind the day in 补答 2026-12-01 A.
var catchUpPattern = regexp.MustCompile(`^[A-Za-z]?$`)

// plainWeekday is a day of the week that does not say of which week.
var plainWeekday = regexp.MustCompile(`^(?:周|星期|礼拜)`)

// asksToCatchUp reports whether words behind 补答 are a day, perhaps with the
// letter that answers its question, or none at all.
func asksToCatchUp(words string) bool {
	_, _, rest, err := readDays(words, time.Now())
	return words == "" || bot.CodeOf(err) != 0 || err == nil && catchUpPattern.MatchString(rest)
}

// dayToCatchUp reads the words behind 补答, where 周四 is a day that is over.
func (t *turn) dayToCatchUp(words string) (which corpus.Date, letter string, err error) {
	if plainWeekday.MatchString(words) {
		words = "这" + words
	}
	from, to, rest, err := readDays(words, t.config.Now().In(t.config.Location))
	switch {
	case errors.Is(err, errNoDays), err == nil && from != to:
		return "", "", bot.Invalid.Sayf("请写上哪一天，如“补答 12月1日”。")
	case err != nil:
		return "", "", err
	}
	return from, rest, nil
}
