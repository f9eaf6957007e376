package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"lianwen/corpus"
	"lianwen/index"
)

// MaxQuestionRunes is the longest message that is read as a question. People
// ask in one or two sentences; what is longer was pasted.
const MaxQuestionRunes = 500

// Config is what the bot needs to know besides its corpus.
type Config struct {
	Contact  string         // who to ask when nothing is found
	Location *time.Location // whose day it is; nil means local time
	Log      *slog.Logger   // nil discards
	Now      func() time.Time
	Records  Records  // nil: no daily question, no binding, no commands of staff
	Plan     PlanFunc // nil: no pushes
	// Reindex has the index built anew while the old one answers. It returns
	// at once; how it went comes once, unless the program is stopped: then the
	// channel is closed. ok is false when one is under way. nil: staff cannot
	// ask for it.
	Reindex func() (result <-chan string, ok bool)
	// Tell sends something that takes longer than a reply may.
	Tell func(ctx context.Context, out Outgoing) error
}

// Bot answers messages. Its methods may be called from many goroutines.
type Bot struct {
	live   *index.Live
	config Config
	steps  steps
	review *Reviewer // nil without records

	reindexed atomic.Pointer[string] // when and how the last reindexing by chat went
}

// turn is the answering of one message: the bot with the index and corpus that
// were current when the message came in, and stay so to its end.
type turn struct {
	*Bot
	in     Incoming
	index  *index.Index
	corpus *corpus.Corpus
}

func (b *Bot) begin(in Incoming) (t *turn, end func()) {
	x, release := b.live.Acquire()
	return &turn{Bot: b, in: in, index: x, corpus: x.Corpus()}, release
}

// New returns a bot that answers from the index that is live.
func New(live *index.Live, config Config) *Bot {
	if config.Location == nil {
		config.Location = time.Local
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	b := &Bot{live: live, config: config, steps: steps{now: config.Now}}
	if config.Records != nil {
		b.review = &Reviewer{Records: config.Records, Now: config.Now}
	}
	return b
}

// Handle answers one message. Messages in groups that are not addressed to the
// bot get an empty Reply. Errors are for logs; the Reply is fit to send in any
// case.
func (b *Bot) Handle(ctx context.Context, in Incoming) (Reply, error) {
	if in.Group && !in.Addressed {
		return Reply{}, nil
	}
	text, err := b.contained(ctx, in)
	if err != nil {
		var said *sayable
		if !errors.As(err, &said) {
			b.config.Log.Error("消息没有答成", "channel", in.Channel, "conversation", in.Conversation, "err", err)
		}
		return Reply{Text: Say(err)}, err
	}
	return Reply{Text: text}, nil
}

// contained turns a panic into an error: one question must not end the program
// that everybody else is talking to.
func (b *Bot) contained(ctx context.Context, in Incoming) (text string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	who := speaker{in.Channel, in.Conversation, in.Sender}
	switch in.Kind {
	case Media:
		return b.unread(who, in), nil
	case Joined:
		return greeting, nil
	case Overflow:
		return overflowing, nil
	}
	return b.respond(ctx, who, in)
}

// What is said to things that are no questions.
const (
	greeting    = "您好，我是廉问，答市政协制度和会议纪律“十不准”的原文，并注明出处。\n直接打字提问即可，如“提案什么时候截止”；回复“帮助”看用法。"
	overflowing = "消息来得太快，后面的没有处理。请等前面的答完，再把没有答的问题发一次。"
)

// unread is the line for what is no text: in private, and once, not for each of
// nine pictures.
func (b *Bot) unread(who speaker, in Incoming) string {
	if in.Group || b.steps.toldUnread(who) {
		return ""
	}
	return fmt.Sprintf("收到了%s，目前只看得懂文字。请直接打字提问，如“提案什么时候截止”；回复“帮助”看用法。", in.Text)
}

// Ask answers one question by itself, as the ask command does. A question that
// cannot be read is an error made by Sayf.
func (b *Bot) Ask(ctx context.Context, question string) (Answer, error) {
	question, err := readable(question)
	if err != nil {
		return Answer{}, err
	}
	t, end := b.begin(Incoming{})
	defer end()
	a, _, err := t.answer(ctx, index.Query{Text: question}, false)
	return a, err
}

// respond is one turn: digits, an answer to the daily question, commands,
// questions, in this order.
func (b *Bot) respond(ctx context.Context, who speaker, in Incoming) (string, error) {
	text, err := readable(in.Text)
	if err != nil {
		return "", err
	}
	step := b.steps.get(who)
	if step.unread {
		step.unread = false
		b.steps.put(who, step)
	}
	if meant, ok := step.meaning(text); ok {
		text = meant
	} else if n, ok := choiceDigit(text); ok {
		return "", Sayf("现在没有编号为 %s 的选项。请直接提问，或回复“帮助”。", n)
	}
	t, end := b.begin(in)
	defer end()
	if choice, ok := choiceLetter(text); ok && (b.config.Records != nil || step.drill != "") {
		return t.letter(ctx, who, step, choice)
	}
	out, err := t.dispatch(ctx, text, step)
	if err != nil {
		return "", err
	}
	if next := out.next(step); next != nil {
		b.steps.put(who, *next)
	}
	return out.text, nil
}

// letter answers what the last message has offered, once; then letters are for
// the question of the day again.
func (b *turn) letter(ctx context.Context, who speaker, s step, choice int) (text string, err error) {
	round, drill := s.round, s.drill
	if drill != "" {
		text, err = b.drill(drill, choice)
	} else {
		text, err = b.takePart(ctx, round, choice)
	}
	if err == nil && (round != "" || drill != "") {
		s.round, s.drill = "", ""
		b.steps.put(who, s)
	}
	return text, err
}

func (b *turn) dispatch(ctx context.Context, text string, step step) (output, error) {
	if cmd, rest, ok := findCommand(text); ok && (cmd.cites || !citation.MatchString(rest)) {
		if ok, err := b.allowed(ctx, cmd); err != nil {
			return output{}, err
		} else if ok {
			return cmd.run(ctx, b, rest, step)
		}
	}
	a, out, err := b.answer(ctx, index.Query{Text: text, Rule: b.lastRule(step)}, true)
	if err != nil {
		return output{}, fmt.Errorf("answer question: %w", err)
	}
	b.keepAsked(ctx, text, a.Outcome)
	out.text = a.Text
	if b.config.Records != nil {
		out.question = text
		if a.Outcome == index.Answered && len(a.Hits) > 0 {
			out.cite = a.Hits[0].Article.Key()
		}
	}
	return out, nil
}

// citation is 第三条 or 第3条 anywhere in a command's words: a question for the
// index, except for commands that take one.
var citation = regexp.MustCompile(`第\s*[零〇一二两三四五六七八九十百0-9０-９]+\s*条`)

// lastRule is the rule that was talked about last, if the corpus still has it.
func (b *turn) lastRule(s step) *corpus.Rule {
	if s.rule == "" {
		return nil
	}
	return b.corpus.RuleByID(s.rule)
}

// readable cleans a message and refuses what is no question.
func readable(text string) (string, error) {
	if !utf8.ValidString(text) {
		return "", Sayf("这条消息的文字编码不对，看不懂。请重新输入文字再发。")
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
		return "", Sayf("没有收到文字。请直接打字提问，如“提案什么时候截止”；回复“帮助”看用法。")
	}
	if n := utf8.RuneCountInString(text); n > MaxQuestionRunes {
		return "", Sayf("这条消息有 %d 个字，太长了。请用一两句话（%d 字以内）提问。", n, MaxQuestionRunes)
	}
	if !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) && text != "?" && text != "？" {
		return "", Sayf("没有看懂：这条消息里没有文字。请直接打字提问，或回复“帮助”。")
	}
	return text, nil
}
