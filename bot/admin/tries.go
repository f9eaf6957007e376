package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/google/renameio/v2/maybe"

	"lianwen/bot/talk"
	"lianwen/index"
)

const (
	triesKept = 200
	mostSaid  = 8 // how many messages of a talk are kept with its last
)

// try is a question that staff have tried.
type try struct {
	ID      string    `json:"id"`
	At      time.Time `json:"at"`
	Account string    `json:"account"`
	Talk    string    `json:"talk"`
	Said    []string  `json:"said"` // what was said in that talk, the question last
	Then    verdict   `json:"then"`
	// Now is how it fares with the library whose digest is Library.
	Now     verdict `json:"now"`
	Library string  `json:"library"`
}

// verdict is what became of a question.
type verdict struct {
	Outcome string `json:"outcome"`         // in a word, for people
	First   string `json:"first,omitempty"` // the key of the article that came first
}

// Question is what was asked last.
func (t try) Question() string { return t.Said[len(t.Said)-1] }

// Changed reports whether it fares otherwise than it did.
func (t try) Changed() bool { return t.Now != t.Then }

// tries are those that were made last, the oldest first. They stand in a file of the
// data folder, written whole.
type tries struct {
	file string

	mu   sync.Mutex
	list []try
}

// openTries reads the tries of an earlier run. A file that cannot be read costs those
// and nothing else.
func openTries(dataDir string) (*tries, error) {
	t := &tries{file: filepath.Join(dataDir, "tries.json")}
	raw, err := os.ReadFile(t.file)
	if errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &t.list)
	}
	if t.list = slices.DeleteFunc(t.list, func(t try) bool { return len(t.Said) == 0 }); err != nil {
		t.list = nil
		return t, fmt.Errorf("read tries: %w", err)
	}
	return t, nil
}

// newest are all tries, the newest first.
func (t *tries) newest() []try {
	t.mu.Lock()
	defer t.mu.Unlock()
	list := slices.Clone(t.list)
	slices.Reverse(list)
	return list
}

// find is a try by its id.
func (t *tries) find(id string) (try, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.IndexFunc(t.list, func(t try) bool { return t.ID == id })
	if i < 0 {
		return try{}, false
	}
	return t.list[i], true
}

// said is what an account has said in a talk, as far as it is kept.
func (t *tries) said(account, talk string) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, one := range slices.Backward(t.list) {
		if one.Account == account && one.Talk == talk {
			return one.Said
		}
	}
	return nil
}

// add keeps a try, and forgets the oldest.
func (t *tries) add(one try) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	one.Said = one.Said[max(0, len(one.Said)-mostSaid):]
	t.list = append(t.list, one)
	t.list = slices.Clone(t.list[max(0, len(t.list)-triesKept):])
	return t.write()
}

// compared notes how tries fare now.
func (t *tries) compared(now map[string]verdict, library string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, one := range t.list {
		if v, ok := now[one.ID]; ok {
			t.list[i].Now, t.list[i].Library = v, library
		}
	}
	return t.write()
}

func (t *tries) write() error {
	raw, err := json.Marshal(t.list)
	if err == nil {
		err = maybe.WriteFile(t.file, raw, 0o600)
	}
	if err != nil {
		return fmt.Errorf("keep tries: %w", err)
	}
	return nil
}

// verdictOf is what became of a trial.
func verdictOf(tried talk.Trial) verdict {
	v := verdict{Outcome: outcomeOf(tried)}
	if tried.Taken != talk.AsRecord && tried.Taken != talk.AsNothing && len(tried.Hits) > 0 {
		v.First = tried.Hits[0].Article.Key()
	}
	return v
}

// outcomeOf is a trial's outcome in a word.
func outcomeOf(tried talk.Trial) string {
	switch tried.Taken {
	case talk.AsReply:
		return "应答"
	case talk.AsCommand:
		return "命令"
	case talk.AsRecord:
		return "没有办"
	case talk.AsNothing:
		return "不答"
	}
	switch tried.Outcome {
	case index.Answered:
		return "答了"
	case index.Choices:
		return "给了选项"
	}
	return "没查到"
}
