package shelf

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianwen/bot"
	"lianwen/corpus"
)

// ReplyEdit changes a fixed reply: a new one, with what it is said to; another text for
// one that is there; or none any more.
type ReplyEdit struct {
	File, ID string   // "" for a new one
	Was      string   // Reply.Digest of what is changed
	Say      []string // nil: what it was said to
	Text     string
	Remove   bool
	From     string // of a new one: where it comes from
}

// BlockChange is a reply as its file had it and has it now; "" for none.
type BlockChange struct {
	File string `json:"file"`
	ID   string `json:"id"`
	Was  string `json:"was,omitempty"`
	Now  string `json:"now,omitempty"`
}

func (e ReplyEdit) plan(w *workspace) error {
	w.entry.Action = "改应答"
	text := strings.TrimSpace(e.Text)
	if err := e.keepable(text); err != nil {
		return err
	}
	if e.ID == "" {
		return w.newReply(e.Say, text, e.From)
	}
	if err := w.sound(e.File); err != nil {
		return err
	}
	i := slices.IndexFunc(w.c.Replies(), func(r *corpus.Reply) bool { return r.ID == e.ID && r.File == e.File })
	if i < 0 {
		return bot.Conflict.Sayf("这条应答已经不在了，没有改。请看过再改。")
	}
	r := w.c.Replies()[i]
	raw, err := w.file(r.File)
	switch {
	case err != nil:
		return err
	case raw == nil:
		return bot.Conflict.Sayf("这条应答是自带的，不在您的制度库里，不能改。可以另加一条，先用您加的。")
	case r.Digest() != e.Was:
		by, err := w.changedBy(func(o Entry) bool { return o.Reply != nil && o.Reply.ID == e.ID })
		if err != nil {
			return err
		}
		return bot.Conflict.Sayf("这条应答刚刚有人改过%s，现在说的是“%s”。没有改，请看过再改。", by, r.Text)
	}
	ch, say := BlockChange{File: r.File, ID: r.ID, Was: r.Block(raw)}, r.Say
	if e.Say != nil {
		say = e.Say
		if err := w.saidTo(say, r); err != nil {
			return err
		}
	}
	if now, ok := r.Retold(ch.Was, say, text); !e.Remove || ch.Was == "" {
		if !ok {
			return bot.Conflict.Sayf("这条应答的写法这里改不了，没有改。请直接改 %s 第 %d 行。", r.File, r.Line)
		}
		ch.Now = now
	}
	return w.swapBlock(ch)
}

// keepable refuses a text that cannot be said.
func (e ReplyEdit) keepable(text string) error {
	if e.Remove {
		return nil
	}
	if n := utf8.RuneCountInString(text); n > corpus.MaxReplyRunes || n == 0 {
		return bot.Invalid.Sayf("回复要写 1 到 %d 个字，现在是 %d 个字。", corpus.MaxReplyRunes, n)
	}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
		return bot.Invalid.Sayf("回复里有看不见的字符，请删去再存。")
	}
	return bot.Unkeepable("应答里", append([]string{text}, e.Say...)...)
}

// newReply adds a reply to the file of those that staff add.
func (w *workspace) newReply(say []string, text, from string) error {
	if err := w.sound(corpus.LearnedTalk); err != nil {
		return err
	}
	if err := w.saidTo(say, nil); err != nil {
		return err
	}
	raw, err := w.file(corpus.LearnedTalk)
	if err != nil {
		return err
	}
	if raw == nil {
		raw = []byte(talkHead)
	}
	next := 1
	for _, m := range learnedID.FindAllStringSubmatch(string(raw), -1) {
		n, _ := strconv.Atoi(m[1]) // digits, and not many
		next = max(next, n+1)
	}
	r := &corpus.Reply{ID: fmt.Sprintf("learned-%d", next), Say: say, Text: text, Groups: true}
	ch := BlockChange{File: corpus.LearnedTalk, ID: r.ID, Now: "# " + from + "\n" + corpus.FormatReply(r)}
	return w.swapBlock(ch)
}

// saidTo refuses what a reply, nil for a new one, cannot be said to.
func (w *workspace) saidTo(say []string, to *corpus.Reply) error {
	if len(say) == 0 && (to == nil || len(to.Match) == 0) {
		return bot.Invalid.Sayf("请写上对哪些话这样回，一行一句。")
	}
	for _, s := range say {
		if s == "" || utf8.RuneCountInString(s) > corpus.MaxAskedRunes || strings.ContainsFunc(s, unseen) {
			return bot.Invalid.Sayf("「%s」不能用：一句 1 到 %d 个字，不能有看不见的字符。", s, corpus.MaxAskedRunes)
		}
		for _, r := range w.c.Replies() {
			if r != to && r.File == corpus.LearnedTalk && slices.Contains(r.Say, s) {
				return bot.Conflict.Sayf("“%s”已经有应答了（%s）：“%s”。没有存，请改那一条。", s, r.ID, r.Text)
			}
		}
	}
	return nil
}

// unseen reports whether a character says nothing in a line that people read.
func unseen(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }

// swapBlock puts a reply in place of what was there of it.
func (w *workspace) swapBlock(ch BlockChange) error {
	raw, err := w.file(ch.File)
	if err != nil {
		return err
	}
	if raw == nil {
		raw = []byte(talkHead)
	}
	text := string(raw)
	if ch.Was == "" {
		if !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		text += "\n" + ch.Now
	} else if before, after, ok := strings.Cut(text, ch.Was); ok {
		text = before + ch.Now + after
	} else {
		return changedByHand(ch.File)
	}
	w.files[ch.File], w.entry.Reply = []byte(text), &ch
	return nil
}

// seen drops the characters that say nothing.
func seen(r rune) rune {
	if unseen(r) {
		return -1
	}
	return r
}
