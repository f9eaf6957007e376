package talk

import (
	"context"
	"fmt"

	"lianwen/bot"
	"lianwen/bot/staff"
	"lianwen/index"
)

// Taken is what a message was taken for.
type Taken int

// What messages are taken for.
const (
	AsQuestion Taken = iota // a question, or a rule or an article by its name
	AsReply                 // no question about a rule: it has a fixed reply
	AsCommand               // a command that shows something of the library
	AsRecord                // what is recorded, or read from the records: not done in a trial
	AsNothing               // it cannot be read, or means nothing here
)

// Trial is what a message is answered, and how that came about.
type Trial struct {
	index.Explanation        // of the search, where one was made
	Text              string // what a person reads; "" where nothing is said
	Taken             Taken
	Name              string // of the command
	Meant             string // what a digit stands for
}

// Try answers a message as Handle does, and says how the answer came about. It knows
// nobody and has no records: nothing is recorded, and what would be is not done; the
// words of staff's commands are a question, as from anybody else. The conversation is
// remembered like any other, so that digits and what leans on it work.
func (b *Bot) Try(ctx context.Context, in bot.Incoming) (tried Trial, err error) {
	defer recovered(&err)
	t := b.begin(in)
	defer t.end()
	t.config.Desk, t.trial = nil, &tried
	text, err := t.reply(ctx, in.Text)
	if bot.CodeOf(err) != 0 {
		tried.Taken, text, err = AsNothing, bot.Say(err), nil
	}
	if text == "" && tried.Taken == AsQuestion { // nothing but faces, or the same time and again
		tried.Taken = AsNothing
	}
	tried.Text = text
	return tried, err
}

// onlyInChat is what is said in a trial to what in a chat is recorded or read from the
// records; ok is false for anything else.
func (t *turn) onlyInChat(text string) (reply string, ok bool) {
	if t.trial == nil {
		return "", false
	}
	does := ""
	if _, letter := choiceLetter(text); letter && t.state.drill == "" {
		does = "用来回答每日一题"
	} else if code, sure := codeIn(text); sure || code != "" {
		does = "拿去绑定"
	} else if cmd, words, ok := findCommand(plainWish(text)); ok && cmd.records && !cmd.staff && (cmd.cites || !citation.MatchString(words)) {
		t.trial.Name = cmd.name
		does = "是命令“" + cmd.name + "”（" + cmd.help + "）"
	}
	if does == "" {
		return "", false
	}
	t.trial.Taken = AsRecord
	return fmt.Sprintf("这句话在微信里%s，要看是谁发的。试问不登记、不查谁的记录，没有办。", does), true
}

// taken notes what a message was taken for, in a trial.
func (t *turn) taken(as Taken, name string) {
	if t.trial != nil {
		t.trial.Taken, t.trial.Name = as, name
	}
}

// search asks the index; in a trial, how it came to its answer as well.
func (t *turn) search(ctx context.Context, q index.Query) (index.Result, error) {
	if t.trial == nil {
		return t.index.Search(ctx, q)
	}
	e, err := t.index.Explain(ctx, q)
	t.trial.Explanation = e
	return e.Result, err
}

// Contact is whom people are told to ask.
func (b *Bot) Contact() string { return b.config.Contact }

// MayKeep reports whether a text that somebody tries may be kept: as in a chat, not what
// may hold a binding code, is about somebody's leave or bears a mark of secrecy.
func MayKeep(text string) bool {
	return bot.Keepable(text) && !staff.HoldsCode(text) && !leaveWords.MatchString(text)
}
