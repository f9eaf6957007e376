package talk

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"lianwen/bot"
	"lianwen/bot/staff"
	"lianwen/index"
)

// reply answers a message as it came in.
func (t *turn) reply(ctx context.Context, text string) (string, error) {
	if bot.Key(text) != "" && bot.Key(plain(text)) == "" { // nothing but faces
		return "", nil
	}
	text, err := readable(text)
	if err != nil {
		return "", err
	}
	return t.respond(ctx, text)
}

// respond answers a message that can be read: digits and letters mean what was
// offered for them, then come commands, then questions. A turn that fails leaves
// what was offered as it was.
func (t *turn) respond(ctx context.Context, text string) (string, error) {
	if t.state.unread {
		t.state.unread, t.changed = false, true
	}
	before := t.state
	if n, meant, ok := t.state.meaning(text); ok {
		t.keepChosen(ctx, n, meant)
		if text = meant; t.trial != nil {
			t.trial.Meant = meant
		}
	} else if n, ok := choiceDigit(text); ok || figures.MatchString(bot.Key(text)) {
		if !ok {
			n = bot.Key(text)
		}
		return "", bot.NotFound.Sayf("现在没有编号为 %s 的选项。请直接提问，或回复“帮助”。", n)
	}
	reply, err := t.dispatch(ctx, text)
	if err != nil {
		t.state = before
	}
	return reply, err
}

// figures are a number that is no digit: there are never so many choices.
var figures = regexp.MustCompile(`^[0-9]{2,6}$`)

func (t *turn) dispatch(ctx context.Context, text string) (string, error) {
	if reply, ok := t.onlyInChat(text); ok {
		return reply, nil
	}
	if choice, ok := choiceLetter(text); ok && (t.records() != nil || t.state.drill != "") {
		reply, err := t.letter(ctx, choice)
		return reply, t.unrecorded(err, notRecorded)
	}
	code, sure := "", false
	if t.records() != nil {
		if t.in.Group {
			if reply, said, err := t.shownInGroup(ctx, text); said {
				return reply, err
			}
		} else if code, sure = codeIn(text); sure {
			return t.bind(ctx, code)
		}
	}
	if cmd, words, ok := findCommand(commandFirst(plainWish(text))); ok && (cmd.cites || !citation.MatchString(words)) {
		if ok, err := t.allowed(ctx, cmd); err != nil {
			return "", err
		} else if ok {
			t.taken(AsCommand, cmd.name)
			reply, err := cmd.run(ctx, t, words)
			if cmd.writes {
				err = t.unrecorded(err, notRecorded)
			}
			return reply, err
		}
	}
	if code != "" {
		return t.bind(ctx, code)
	}
	return t.question(ctx, text)
}

// bind binds a sender with a code that was sent without the command's name.
func (t *turn) bind(ctx context.Context, code string) (string, error) {
	reply, err := runBind(ctx, t, code)
	return reply, t.unrecorded(err, notRecorded)
}

// mostSame is how many times in a row the same text is answered. Nobody asks more
// often; a machine that answers for somebody who is away does, for ever.
const mostSame = 5

// tooOften notes a text that is read as a question, and reports whether it has
// been answered often enough.
func (t *turn) tooOften(text string) bool {
	if t.state.text != text {
		t.state.text, t.state.times = text, 0
	}
	t.state.times++
	t.changed = true
	return t.state.times > mostSame
}

// Of one person's questions so many are answered within a spell; nobody asks more,
// and two machines that answer each other would never end.
const (
	mostInSpell = 60
	spell       = 10 * time.Minute
)

// tooMany notes a question, and reports whether there were enough in this spell.
// That is said once.
func (t *turn) tooMany() (reply string, over bool) {
	now := t.config.Now()
	if now.Sub(t.state.spell) >= spell || now.Before(t.state.spell) {
		t.state.spell, t.state.inSpell = now, 0
	}
	t.state.inSpell++
	t.changed = true
	switch {
	case !t.config.Bounded || t.state.inSpell <= mostInSpell:
		return "", false
	case t.state.inSpell == mostInSpell+1:
		return fmt.Sprintf("十分钟里已经答了 %d 个问题，先停一停，过一会儿再问。", mostInSpell), true
	}
	return "", true
}

// question answers what is nothing else.
func (t *turn) question(ctx context.Context, text string) (string, error) {
	if reply, ok, err := t.smallTalk(ctx, text, true); ok {
		return reply, err
	}
	t.state.fixed = ""
	if t.tooOften(text) {
		return "", nil
	}
	if reply, over := t.tooMany(); over {
		return reply, nil
	}
	a, err := t.answer(ctx, index.Query{Text: text, Rule: t.lastRule(), Before: t.before(), Depth: t.depth}, true)
	if err != nil {
		return "", fmt.Errorf("answer question: %w", err)
	}
	t.config.Outcome(keptOutcomes[a.Outcome])
	kept := t.keepAsked(ctx, text, a.Outcome)
	t.leadOn(text, a.Result)
	if t.records() != nil && !staff.HoldsCode(text) {
		cite := ""
		if a.Outcome == index.Answered && len(a.Hits) > 0 {
			cite = a.Hits[0].Article.Key()
		}
		t.askedFor(text, cite, kept)
	}
	return a.Text, nil
}

// allowed reports whether a command may be given; to anybody else the words of a
// command of staff are a question.
func (t *turn) allowed(ctx context.Context, cmd command) (bool, error) {
	if cmd.records && t.records() == nil || cmd.signs && !t.config.Desk.Approves() {
		return false, nil
	}
	if t.in.Group && cmd.private != "" {
		return false, bot.Forbidden.Sayf("%s%s", cmd.private, t.how())
	}
	if !cmd.staff {
		return true, nil
	}
	m, err := t.member(ctx)
	switch {
	case isUnknown(err):
		return false, nil
	case err == nil && m.Staff && t.in.Group:
		return false, bot.Forbidden.Sayf("“%s”只在私聊里办，请私聊我发送。", cmd.name)
	}
	return m.Staff, err
}

// citation is 第三条 or 第3条 anywhere in a command's words: a question for the
// index, except for commands that take one.
var citation = regexp.MustCompile(`第\s*[零〇○一二两三四五六七八九十百千万0-9０-９]+\s*条`)
