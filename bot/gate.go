package bot

import (
	"context"
	"fmt"
	"strings"

	"lianwen/bot/secrecy"
)

// HeldBack is that a text was held back. It tells nothing of the text and nobody's
// name.
type HeldBack struct {
	Channel string
	Kinds   []string // what was seen
	Out     bool     // we would have said it
	Unasked bool     // … and nobody had asked
}

// gate is a channel that nothing goes through, in or out, that must not be kept.
type gate struct {
	Channel
	name    string
	contact string
	note    func(ctx context.Context, h HeldBack)
}

// Gated is a channel with the gate before it: the handler does not get to see a
// message that must not be kept, and no text that bears one goes out. contact is whom
// people may ask; note hears of each text held back, and may be nil.
func Gated(ch Channel, contact string, note func(ctx context.Context, h HeldBack)) Channel {
	if note == nil {
		note = func(context.Context, HeldBack) {}
	}
	return &gate{ch, ch.Name(), contact, note}
}

// Run implements Channel.
func (g *gate) Run(ctx context.Context, handle Handler) error {
	return g.Channel.Run(ctx, g.behind(handle))
}

// Guard is a handler behind the gate, for messages that come through no channel.
func Guard(contact string, handle Handler) Handler {
	g := &gate{contact: contact, note: func(context.Context, HeldBack) {}}
	return g.behind(handle)
}

// behind is a handler behind the gate.
func (g *gate) behind(handle Handler) Handler {
	return func(ctx context.Context, in Incoming) (Reply, error) {
		in = Sift(in)
		if in.Kind == Held {
			g.note(ctx, HeldBack{Channel: g.name, Kinds: strings.Split(in.Text, "、")})
			if in.Group && !in.Addressed {
				return Reply{}, nil
			}
			return Reply{Text: g.refusal(in.Text)}, nil
		}
		reply, err := handle(ctx, in)
		if kinds := secrecy.Seen(reply.Text); len(kinds) > 0 {
			g.note(ctx, HeldBack{Channel: g.name, Kinds: names(kinds), Out: true})
			reply.Text = fmt.Sprintf("要回复的内容带有%s，不能在微信里发。请向%s查阅原件。", secrecy.Words(kinds), g.whom())
		}
		return reply, err
	}
}

// refusal is what is said to a message that was held back.
func (g *gate) refusal(what string) string {
	return fmt.Sprintf("这条消息里像是有%s，没有处理，也没有留存。请撤回或删除，这类内容不要在微信里发；有疑问请问%s。如果是问制度，请换个说法，不要带密级标志或号码。", what, g.whom())
}

func (g *gate) whom() string {
	if g.contact == "" {
		return "本机关保密工作机构"
	}
	return g.contact
}

// Send implements Channel.
func (g *gate) Send(ctx context.Context, out Outgoing) (Receipt, error) {
	kinds := secrecy.Seen(out.Text)
	if len(kinds) == 0 {
		return g.Channel.Send(ctx, out)
	}
	g.note(ctx, HeldBack{Channel: g.Name(), Kinds: names(kinds), Out: true, Unasked: true})
	return Receipt{}, &RefusedError{Reason: "内容带有" + secrecy.Words(kinds) + "，不能在微信里发；请改制度库里的原文"}
}

func names(kinds []secrecy.Kind) []string {
	list := make([]string, len(kinds))
	for i, k := range kinds {
		list[i] = string(k)
	}
	return list
}
