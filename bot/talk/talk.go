package talk

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync/atomic"

	"lianwen/bot"
	"lianwen/index"
)

// Bot answers messages. Its methods may be called from many goroutines.
type Bot struct {
	live   *index.Live
	config Config
	memory *memory
	keeper keeper
	judged atomic.Int64 // how many conversations Screen has had
}

// New returns a bot that answers from the index that is live.
func New(live *index.Live, config Config) *Bot {
	config = config.withDefaults()
	return &Bot{live: live, config: config, memory: newMemory(config.Now), keeper: newKeeper()}
}

// Beside is a bot that answers like this one from another index, and keeps no records:
// for trying what would be answered.
func (b *Bot) Beside(live *index.Live) *Bot {
	config := b.config
	config.Desk = nil
	return New(live, config)
}

// Handle answers one message. Messages in groups that are not addressed to the
// bot get an empty Reply. Errors are for logs; the Reply is fit to send in any
// case.
func (b *Bot) Handle(ctx context.Context, in bot.Incoming) (bot.Reply, error) {
	if in.Group && !in.Addressed {
		b.overhear(ctx, in)
		return bot.Reply{}, nil
	}
	text, err := b.contained(ctx, in)
	if err != nil {
		if bot.CodeOf(err) == 0 {
			b.config.Log.Error("消息没有答成", "channel", in.Channel, "conversation", in.Conversation, "err", err)
		}
		return bot.Reply{Text: bot.Say(err)}, err
	}
	return bot.Reply{Text: text}, nil
}

// overhear makes a binding code good for nothing that a group has seen, in
// silence: nobody has spoken to the bot.
func (b *Bot) overhear(ctx context.Context, in bot.Incoming) {
	t := &turn{config: b.config, in: in}
	if t.records() == nil || in.Kind != bot.Text {
		return
	}
	if _, err := t.voidCodes(ctx, in.Text); err != nil {
		b.config.Log.Error("群里公开的绑定码没能作废", "channel", in.Channel, "conversation", in.Conversation, "err", err)
	}
}

// contained turns a panic into an error: one question must not end the program
// that everybody else is talking to.
func (b *Bot) contained(ctx context.Context, in bot.Incoming) (text string, err error) {
	defer recovered(&err)
	switch in.Kind {
	case bot.Media:
		return b.unread(in), nil
	case bot.Joined:
		return greeting, nil
	case bot.Overflow:
		return overflowing, nil
	}
	return b.respond(ctx, in)
}

// recovered makes an error of a panic, deferred.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("panic: %s\n%s", bot.Panicked(p), debug.Stack())
	}
}

// What is said to things that are no questions.
const (
	greeting    = "您好，我是廉问，答市政协制度和会议纪律“十不准”的原文，并注明出处。\n直接打字提问即可，如“提案什么时候截止”；回复“帮助”看用法。"
	overflowing = "消息来得太快，后面的没有处理。请等前面的答完，再把没有答的问题发一次。"
)

// unread is the line for what is no text: in private, and once, not for each of
// nine pictures.
func (b *Bot) unread(in bot.Incoming) string {
	if in.Group || b.memory.toldUnread(speakerOf(in)) {
		return ""
	}
	return fmt.Sprintf("收到了%s，目前只看得懂文字。请直接打字提问，如“提案什么时候截止”；回复“帮助”看用法。", in.Text)
}

// begin begins a turn. Whoever begins one ends it, or at least releases its index.
func (b *Bot) begin(in bot.Incoming) *turn {
	x, release := b.live.Acquire()
	return &turn{
		config: b.config, memory: b.memory, keeper: b.keeper, in: in, index: x, corpus: x.Corpus(), release: release,
		state: b.memory.get(speakerOf(in)),
	}
}

// respond is one turn.
func (b *Bot) respond(ctx context.Context, in bot.Incoming) (string, error) {
	t := b.begin(in)
	defer t.end()
	return t.reply(ctx, in.Text)
}

// Answer is the outcome of one question, for callers that want more than text.
type Answer struct {
	index.Result
	Text string // what a person reads
}

// Ask answers one question by itself, as the ask command does. A question that
// cannot be read is a *bot.Error.
func (b *Bot) Ask(ctx context.Context, question string) (Answer, error) {
	question, err := readable(question)
	if err != nil {
		return Answer{}, err
	}
	t := b.begin(bot.Incoming{})
	defer t.release() // nobody can refer back to it
	switch reply, ok, err := t.smallTalk(ctx, question, false); {
	case err != nil:
		return Answer{}, err
	case ok && reply == "":
		reply = nothingAsked
		fallthrough
	case ok:
		return Answer{Result: t.result, Text: reply}, nil
	}
	return t.answer(ctx, index.Query{Text: question}, false)
}

// nothingAsked is said where something must be, to what no person would answer.
const nothingAsked = "这句话不用查制度。请写上要问的事，如“提案什么时候截止”。"

// Screen is the answer to the last of some messages of one person in a private
// chat, and the first screen of it: the very text that they would read. What they
// say there stays between them, and nothing of it is recorded; depth is that of
// index.Query. It is for judging.
func (b *Bot) Screen(ctx context.Context, said []string, depth int) (Answer, error) {
	in := bot.Incoming{Channel: "judged", Conversation: fmt.Sprint(b.judged.Add(1)), Addressed: true}
	var a Answer
	for _, text := range said {
		t := b.begin(in)
		t.config.Desk, t.depth = nil, depth
		reply, err := t.reply(ctx, text)
		t.end()
		switch {
		case bot.CodeOf(err) != 0:
			reply = bot.Say(err)
		case err != nil:
			return Answer{}, err
		}
		a = Answer{Result: t.result, Text: reply}
	}
	return a, nil
}
