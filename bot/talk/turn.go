package talk

import (
	"errors"
	"slices"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
	"lianwen/index"
)

// turn is the answering of one message: the index and corpus that were current
// when the message came in, and stay so to its end, and what its sender was
// offered last, which answering it changes.
type turn struct {
	config  Config
	memory  *memory
	in      bot.Incoming
	index   *index.Index
	corpus  *corpus.Corpus
	release func()
	keeper  keeper
	state   state // as it will be for the next message
	changed bool  // state is to be kept
	depth   int   // of the search; see index.Query
	result  index.Result
	trial   *Trial // nil: it is none
}

// end keeps what the next message may refer back to.
func (t *turn) end() {
	t.release()
	if t.changed {
		t.memory.put(speakerOf(t.in), t.state)
	}
}

// records are the records, or nil.
func (t *turn) records() *ledger.Ledger { return t.config.records() }

// lastRule is the rule that was talked about last, if the corpus still has it.
func (t *turn) lastRule() *corpus.Rule {
	if t.state.rule == "" {
		return nil
	}
	return t.corpus.RuleByID(t.state.rule)
}

// sender is who has sent the message.
func (t *turn) sender() ledger.Sender { return ledger.Sender{Channel: t.in.Channel, Name: t.in.Sender} }

// unrecorded is the error of something that was to be recorded and is not: what
// happened is for the log, text for the person.
func (t *turn) unrecorded(err error, text string) error {
	if err == nil || bot.CodeOf(err) != 0 {
		return err
	}
	t.config.Log.Error("没有记下", "channel", t.in.Channel, "conversation", t.in.Conversation, "err", err)
	return bot.Unavailable.Sayf("%s", text)
}

// notRecorded is said of what could not be recorded.
const notRecorded = "没有记下：台账现在写不进去。请过几分钟再发一次；一直这样，请告诉工作人员。"

// how is how somebody in a group comes to a private chat.
func (t *turn) how() string {
	switch {
	case !t.in.Group:
		return ""
	case t.config.FriendPhrase == "":
		return "\n还不是好友的：点我的头像，“添加到通讯录”，通过了再私聊。"
	}
	return "\n还不是好友的：点我的头像，“添加到通讯录”，验证申请里写“" + t.config.FriendPhrase + "”，通过了再私聊。"
}

// isUnknown reports whether an error is that nobody knows who somebody is.
func isUnknown(err error) bool { return errors.Is(err, ledger.ErrNoMember) }

// choices makes digits stand for messages: none, when there are none.
func (t *turn) choices(messages []string) {
	t.state.choices, t.state.searched, t.changed = slices.Clone(messages), searched{}, true
}

// moreChoices makes digits stand for messages, and leaves what those above them
// stood for as it was.
func (t *turn) moreChoices(messages []string) {
	if n := len(messages); n < len(t.state.choices) {
		messages = append(slices.Clone(messages), t.state.choices[n:]...)
	}
	t.choices(messages)
}

// about makes a rule the one that is talked about.
func (t *turn) about(r *corpus.Rule) {
	t.state.rule, t.changed = r.ID, true
}

// shown makes an article the one that is talked about.
func (t *turn) shown(a *corpus.Article) {
	t.about(a.Rule)
	t.state.article = a.Key()
}

// drills makes a letter the answer to a question, for practice, where nothing
// else can be; see turn.offer.
func (t *turn) drills(question string) {
	if t.state.drill != question {
		t.state.drill, t.changed = question, true
	}
}

// askedFor lets a question and its answer be rated; cite is "" when there was no
// answer, and the question may be kept.
func (t *turn) askedFor(question, cite string, kept bool) {
	t.state.question, t.state.cite, t.state.kept, t.changed = question, cite, kept, true
}

// lookFor lets staff say what became of pushes.
func (t *turn) lookFor(pushes []ledger.PushKey) {
	t.state.uncertain, t.changed = pushes, true
}
