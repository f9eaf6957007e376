package talk

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
	"lianwen/index"
)

// MaxQuestionRunes is the longest message that is read as a question. People
// ask in one or two sentences; what is longer was pasted.
const MaxQuestionRunes = 500

// turn is the answering of one message: the bot with the index and corpus that
// were current when the message came in, and stay so to its end, and with what
// its sender was offered last, which answering it changes.
type turn struct {
	*Bot
	in      bot.Incoming
	index   *index.Index
	corpus  *corpus.Corpus
	release func()
	state   state // as it will be for the next message
	offered bool  // something was offered in this turn
	changed bool  // state is to be kept
}

func (b *Bot) begin(in bot.Incoming) *turn {
	x, release := b.live.Acquire()
	return &turn{Bot: b, in: in, index: x, corpus: x.Corpus(), release: release, state: b.memory.get(speakerOf(in))}
}

// end keeps what the next message may refer back to.
func (t *turn) end() {
	t.release()
	if t.changed {
		t.memory.put(speakerOf(t.in), t.state)
	}
}

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

// lastRule is the rule that was talked about last, if the corpus still has it.
func (t *turn) lastRule() *corpus.Rule {
	if t.state.rule == "" {
		return nil
	}
	return t.corpus.RuleByID(t.state.rule)
}

// sender is who has sent the message.
func (t *turn) sender() ledger.Sender { return ledger.Sender{Channel: t.in.Channel, Name: t.in.Sender} }

// readable cleans a message and refuses what is no question.
func readable(text string) (string, error) {
	if !utf8.ValidString(text) {
		return "", bot.Invalid.Sayf("这条消息的文字编码不对，看不懂。请重新输入文字再发。")
	}
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r): // zero-width and direction marks
			return -1
		}
		return r
	}, text))
	if text == "" {
		return "", bot.Invalid.Sayf("没有收到文字。请直接打字提问，如“提案什么时候截止”；回复“帮助”看用法。")
	}
	if n := utf8.RuneCountInString(text); n > MaxQuestionRunes {
		return "", bot.Invalid.Sayf("这条消息有 %d 个字，太长了。请用一两句话（%d 字以内）提问。", n, MaxQuestionRunes)
	}
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) && text != "?" && text != "？" {
		return "", bot.Invalid.Sayf("没有看懂：这条消息里没有文字。请直接打字提问，或回复“帮助”。")
	}
	return text, nil
}
