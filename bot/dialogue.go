package bot

import (
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"

	"lianwen/corpus"
)

// StepLife is how long a digit keeps its meaning after it was offered.
const StepLife = 30 * time.Minute

// maxSteps bounds the memory: when it is reached, expired steps are dropped,
// and if none has expired, all.
const maxSteps = 10000

// speaker is one person in one conversation. What was offered to one member of
// a group means nothing in the mouth of another.
type speaker struct{ channel, conversation, sender string }

// step is what the next message of a speaker may refer back to. Digits stand
// for messages the speaker could have typed, so a choice offered before the
// library was revised is answered from the library as it is now.
type step struct {
	choices []string // choices[0] is what 1 stands for
	rule    string   // id of the rule talked about last
	article string   // key of the article shown last
	unread  bool     // told that only text can be read
	round   string   // a letter answers this round, not the newest
	drill   string   // a letter answers this question, for practice
	// The question that was answered last and not yet rated, and the article
	// that was the answer; "" when there was none.
	question, cite string
	uncertain      []PushKey // the pushes that staff were asked to look for
	expires        time.Time
}

// meaning is the message a digit stands for.
func (s step) meaning(text string) (string, bool) {
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

// steps remembers the pending step of every speaker.
type steps struct {
	now func() time.Time

	mu sync.Mutex
	m  map[speaker]step
}

func (s *steps) get(who speaker) step {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.m[who]
	if s.now().After(st.expires) {
		delete(s.m, who)
		return step{}
	}
	return st
}

func (s *steps) put(who speaker, st step) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if s.m == nil || len(s.m) >= maxSteps {
		s.drop(now)
	}
	st.expires = now.Add(StepLife)
	s.m[who] = st
}

// toldUnread notes that a speaker is told that only text can be read, and
// reports whether that was so already. The next text forgets it.
func (s *steps) toldUnread(who speaker) bool {
	st := s.get(who)
	told := st.unread
	st.unread = true
	s.put(who, st)
	return told
}

func (s *steps) drop(now time.Time) {
	kept := map[speaker]step{}
	for who, st := range s.m {
		if now.Before(st.expires) {
			kept[who] = st
		}
	}
	if len(kept) >= maxSteps {
		kept = map[speaker]step{}
	}
	s.m = kept
}

// output is what a command or a question leads to: the text, and what the
// speaker may say next. Fields left nil keep what the step before offered.
type output struct {
	text    string
	choices []string
	rule    *corpus.Rule
	article *corpus.Article
	round   string
	drill   string

	question, cite string
	uncertain      []PushKey
}

func (o output) next(prev step) *step {
	if o.choices == nil && o.rule == nil && o.article == nil && o.round == "" && o.drill == "" && o.question == "" && o.uncertain == nil {
		return nil
	}
	next := step{choices: prev.choices, rule: prev.rule, article: prev.article, round: o.round, drill: o.drill, question: prev.question, cite: prev.cite, uncertain: prev.uncertain}
	if o.uncertain != nil {
		next.uncertain = o.uncertain
	}
	if o.question != "" {
		next.question, next.cite = o.question, o.cite
	}
	if o.choices != nil {
		next.choices = slices.Clone(o.choices)
	}
	if o.rule != nil {
		next.rule = o.rule.ID
	}
	if o.article != nil {
		next.article, next.rule = o.article.Key(), o.article.Rule.ID
	}
	return &next
}
