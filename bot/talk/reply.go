package talk

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"lianwen/bot"
	"lianwen/corpus"
	"lianwen/index"
)

var (
	// face is a picture in words, as messengers send it: [微笑].
	face = regexp.MustCompile(`\[[\p{Han}a-zA-Z]{1,6}\]|【[\p{Han}]{1,3}】`)
	// particles are at the end of a sentence and mean nothing.
	particles = regexp.MustCompile(`[\s啊呀哦噢呢吧嘛哈啦滴哒哟咯~～。.！!、…]+$`)
	// commas part what people say in one breath.
	commas = regexp.MustCompile(`[，,。 ]+`)
)

// plain is a message without faces and pictures, in plain width.
func plain(text string) string {
	text = face.ReplaceAllString(norm.NFKC.String(text), "")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r >= 0x1F000 || r >= 0x2600 && r <= 0x27BF || r == 0xFE0F {
			return -1
		}
		return r
	}, text))
}

// fixed is the fixed reply that a message has, or nil.
func fixed(replies []*corpus.Reply, text string) *corpus.Reply {
	text = plain(text)
	bare := sayable(text)
	for _, r := range replies {
		has := func(p *regexp.Regexp) bool { return p.MatchString(text) }
		said := slices.ContainsFunc(r.Say, func(s string) bool {
			return bare != "" && bare == sayable(plain(s)) || text == s
		})
		if said || slices.ContainsFunc(r.Match, has) && !slices.ContainsFunc(r.Not, has) {
			return r
		}
	}
	return nil
}

// sayable is a plain message as Reply.Say is compared with.
func sayable(text string) string {
	return strings.ToLower(commas.ReplaceAllString(particles.ReplaceAllString(text, ""), ""))
}

// smallTalk answers what is no question about a rule; ok is false for anything
// else. Nothing of such a message is kept.
func (t *turn) smallTalk(ctx context.Context, text string, talk bool) (reply string, ok bool, err error) {
	r := fixed(t.corpus.Replies(), text)
	if r == nil {
		return "", false, nil
	}
	t.taken(AsReply, "")
	again := t.state.fixed == r.ID || r.Courtesy && t.state.fixed != ""
	t.state.fixed, t.changed = r.ID, true
	if r.Text == "" || again && r.Ask == "" || t.in.Group && !r.Groups {
		return "", true, nil
	}
	reply = strings.ReplaceAll(r.Text, "{经办}", t.config.Contact)
	if r.Ask == "" {
		return reply, true, nil
	}
	res, err := t.search(ctx, index.Query{Text: r.Ask})
	if err != nil {
		return "", true, fmt.Errorf("quote beneath a fixed reply: %w", err)
	}
	if t.result = res; res.Outcome == index.None || len(res.Hits) == 0 {
		if i := strings.LastIndex(reply, "。"); i >= 0 { // what leads over to the quotation
			reply = reply[:i+len("。")]
		}
		return reply + "\n请咨询" + t.config.Contact + "。", true, nil
	}
	res.Hits, res.Outcome = res.Hits[:1], index.Answered
	t.result.Outcome = index.Answered
	return t.show(res, bot.Lines(reply, len(reply)), nil, talk), true, nil
}
