package talk

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"

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
	kept           bool // it is on record
	// What the next message may lean on: the question that was answered last, the
	// reply, and the keys of the articles found for it, best first.
	asked, replied string
	quoted         []string
	searched       searched         // what the digits lead on from
	uncertain      []ledger.PushKey // the pushes that staff were asked to look for
	listed         map[int][]string // the wordings of questions in vain that staff were shown, by their numbers
	drafts         []shownDraft     // what staff were shown to approve, by its number
	fixed          string           // id of the fixed reply that was said last, if nothing else was since
	// The last text that was read as a question, and how many times in a row it
	// came.
	text  string
	times int
	// When the spell of questions began that is going on, and how many it has.
	spell   time.Time
	inSpell int
}

// meaning is the message a digit stands for, and the digit.
func (s state) meaning(text string) (n int, meant string, ok bool) {
	digit, ok := choiceDigit(text)
	if !ok || int(digit[0]-'0') > len(s.choices) || digit == "0" {
		return 0, "", false
	}
	n = int(digit[0] - '0')
	return n, s.choices[n-1], true
}

// choicePattern is a number from 0 to 9 and nothing but what people put around one
// when they choose: 2, 二, 第二个, 看第2个, 选2, 2号。
var choicePattern = regexp.MustCompile(`^[(\[【]?(?:我?(?:要|想)?(?:看|选|要|回复|回|发)?)第?([0-9零一二两三四五六七八九])(?:个|号|项)?[)\]】]?[.。、,，!]*(?:谢谢|吧)?$`)

// choiceDigit reports whether a message chooses by a number, written in any form.
func choiceDigit(text string) (string, bool) {
	m := choicePattern.FindStringSubmatch(strings.ReplaceAll(bot.Key(text), "\u20e3", "")) // 2️⃣ is 2 in a frame
	if m == nil {
		return "", false
	}
	if m[1] == "两" {
		return "2", true
	}
	if n := strings.Index("零一二三四五六七八九", m[1]); n >= 0 {
		return strconv.Itoa(n / len("零")), true
	}
	return m[1], true
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
