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
	state   state // as it will be for the next message
	offered bool  // something was offered in this turn
	changed bool  // state is to be kept
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

// isUnknown reports whether an error is that nobody knows who somebody is.
func isUnknown(err error) bool { return errors.Is(err, ledger.ErrNoMember) }

// offer begins what the next message may refer back to. Letters are for the
// question of the day again, unless the turn says otherwise; digits keep their
// meaning until others are offered.
func (t *turn) offer() {
	if !t.offered {
		t.offered, t.changed = true, true
		t.state.round, t.state.drill = "", ""
	}
}

// choices makes digits stand for messages: none, when there are none.
func (t *turn) choices(messages []string) {
	t.offer()
	t.state.choices = slices.Clone(messages)
}

// about makes a rule the one that is talked about.
func (t *turn) about(r *corpus.Rule) {
	t.offer()
	t.state.rule = r.ID
}

// shown makes an article the one that is talked about.
func (t *turn) shown(a *corpus.Article) {
	t.about(a.Rule)
	t.state.article = a.Key()
}

// asksFor makes a letter the answer to a round.
func (t *turn) asksFor(round corpus.Date) {
	t.offer()
	t.state.round = round
}

// drills makes a letter the answer to a question, for practice.
func (t *turn) drills(question string) {
	t.offer()
	t.state.drill = question
}

// askedFor lets a question and its answer be rated; cite is "" when there was no
// answer.
func (t *turn) askedFor(question, cite string) {
	t.offer()
	t.state.question, t.state.cite = question, cite
}

// lookFor lets staff say what became of pushes.
func (t *turn) lookFor(pushes []ledger.PushKey) {
	t.offer()
	t.state.uncertain = pushes
}
