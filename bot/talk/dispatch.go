package talk

import (
	"context"
	"fmt"
	"regexp"

	"lianwen/bot"
	"lianwen/index"
)

// respond answers a message that can be read: digits and letters mean what was
// offered for them, then come commands, then questions. A turn that fails leaves
// what was offered as it was.
func (t *turn) respond(ctx context.Context, text string) (string, error) {
	if t.state.unread {
		t.state.unread, t.changed = false, true
	}
	before := t.state
	if meant, ok := t.state.meaning(text); ok {
		text = meant
	} else if n, ok := choiceDigit(text); ok {
		return "", bot.NotFound.Sayf("现在没有编号为 %s 的选项。请直接提问，或回复“帮助”。", n)
	}
	reply, err := t.dispatch(ctx, text)
	if err != nil {
		t.state = before
	}
	return reply, err
}

func (t *turn) dispatch(ctx context.Context, text string) (string, error) {
	if choice, ok := choiceLetter(text); ok && (t.records() != nil || t.state.drill != "") {
		return t.letter(ctx, choice)
	}
	if cmd, words, ok := findCommand(text); ok && (cmd.cites || !citation.MatchString(words)) {
		if ok, err := t.allowed(ctx, cmd); err != nil {
			return "", err
		} else if ok {
			return cmd.run(ctx, t, words)
		}
	}
	a, err := t.answer(ctx, index.Query{Text: text, Rule: t.lastRule()}, true)
	if err != nil {
		return "", fmt.Errorf("answer question: %w", err)
	}
	t.keepAsked(ctx, text, a.Outcome)
	if t.records() != nil {
		cite := ""
		if a.Outcome == index.Answered && len(a.Hits) > 0 {
			cite = a.Hits[0].Article.Key()
		}
		t.askedFor(text, cite)
	}
	return a.Text, nil
}

// allowed reports whether a command may be given; to anybody else the words of a
// command of staff are a question.
func (t *turn) allowed(ctx context.Context, cmd command) (bool, error) {
	if cmd.records && t.records() == nil {
		return false, nil
	}
	if t.in.Group && cmd.private != "" {
		return false, bot.Forbidden.Sayf("%s", cmd.private)
	}
	if !cmd.staff {
		return true, nil
	}
	if t.in.Group {
		return false, nil
	}
	m, err := t.member(ctx)
	if isUnknown(err) {
		return false, nil
	}
	return m.Staff, err
}

// letter answers what the last message has offered, once; then letters are for
// the question of the day again.
func (t *turn) letter(ctx context.Context, choice int) (text string, err error) {
	if drill := t.state.drill; drill != "" {
		text, err = t.drill(drill, choice)
	} else {
		text, err = t.takePart(ctx, t.state.round, choice)
	}
	if err == nil && (t.state.round != "" || t.state.drill != "") {
		t.state.round, t.state.drill, t.changed = "", "", true
	}
	return text, err
}

// citation is 第三条 or 第3条 anywhere in a command's words: a question for the
// index, except for commands that take one.
var citation = regexp.MustCompile(`第\s*[零〇一二两三四五六七八九十百0-9０-９]+\s*条`)
