package talk

import (
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/text/unicode/norm"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// StateLife is how long a digit keeps its meaning after it was offered.
const StateLife = 30 * time.Minute

// mostStates bounds the memory: whoever has been silent longest is forgotten
// first.
const mostStates = 10000

// speaker is one person in one conversation. What was offered to one member of
// a group means nothing in the mouth of another.
type speaker struct{ channel, conversation, sender string }

func speakerOf(in bot.Incoming) speaker { return speaker{in.Channel, in.Conversation, in.Sender} }

// state is what the next message of a speaker may refer back to. Digits stand
// for messages the speaker could have typed, so a choice offered before the
// library was revised is answered from the library as it is now. A state is
// never changed in place by two turns: its slices are replaced, not written to.
type state struct {
	choices []string // choices[0] is what 1 stands for
	rule    string   // id of the rule talked about last
	article string   // key of the article shown last
	unread  bool     // told that only text can be read
	drill   string   // a letter answers this question, for practice; see turn.offer
	// The question that was answered last and not yet rated, and the article
	// that was the answer; "" when there was none.
	question, cite string
	kept           bool             // it is on record
	uncertain      []ledger.PushKey // the pushes that staff were asked to look for
	// The last text that was read as a question, and how many times in a row it
	// came.
	text  string
	times int
}

// meaning is the message a digit stands for.
func (s state) meaning(text string) (string, bool) {
	n, ok := choiceDigit(text)
	if !ok || int(n[0]-'0') > len(s.choices) || n == "0" {
		return "", false
	}
	return s.choices[n[0]-'1'], true
}

// choiceDigit reports whether a message is one digit, written in any width and
// perhaps with a full stop behind it.
func choiceDigit(text string) (string, bool) {
	text = strings.TrimRight(norm.NFKC.String(text), ".。、 ")
	if len(text) == 1 && text[0] >= '0' && text[0] <= '9' {
		return text, true
	}
	return "", false
}

// memory has the state of every speaker. The expiry is its own, by the bot's
// clock: the library's expirable cache goes by the machine's, and leaves a
// goroutine behind.
type memory struct {
	now func() time.Time

	mu     sync.Mutex
	states *simplelru.LRU[speaker, remembered]
}

type remembered struct {
	state
	expires time.Time
}

func newMemory(now func() time.Time) *memory {
	states, err := simplelru.NewLRU[speaker, remembered](mostStates, nil)
	if err != nil {
		panic(err) // only for a size below one
	}
	return &memory{now: now, states: states}
}

func (m *memory) get(who speaker) state {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.states.Get(who)
	if ok && m.now().After(r.expires) {
		m.states.Remove(who)
		return state{}
	}
	return r.state
}

func (m *memory) put(who speaker, s state) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.states.Add(who, remembered{s, m.now().Add(StateLife)})
}

// toldUnread notes that a speaker is told that only text can be read, and
// reports whether that was so already. The next text forgets it.
func (m *memory) toldUnread(who speaker) bool {
	s := m.get(who)
	told := s.unread
	s.unread = true
	m.put(who, s)
	return told
}
