package admin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"
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
// data folder, written whole; another program on the data folder may write it, too.
type tries struct {
	file string

	mu   sync.Mutex
	list []try
	seen fs.FileInfo // the file that the list is read from, or written to; nil: none
}

// triesPatience is how long it is waited for another program to write the file.
const triesPatience = 2 * time.Second

// openTries reads the tries of an earlier run. A file that cannot be read costs those
// and nothing else.
func openTries(dataDir string) (*tries, error) {
	t := &tries{file: filepath.Join(dataDir, "tries.json")}
	return t, t.read()
}

// read takes up what stands in the file, if that is not what was seen last.
func (t *tries) read() error {
	info, err := os.Stat(t.file)
	if errors.Is(err, fs.ErrNotExist) || err == nil && t.seen != nil && os.SameFile(info, t.seen) && info.ModTime().Equal(t.seen.ModTime()) {
		return nil
	}
	var raw []byte
	if err == nil {
		raw, err = os.ReadFile(t.file)
	}
	var list []try
	if err == nil {
		err = json.Unmarshal(raw, &list)
	}
	if err != nil {
		return fmt.Errorf("read tries: %w", err)
	}
	t.list, t.seen = slices.DeleteFunc(list, func(t try) bool { return len(t.Said) == 0 }), info
	return nil
}

// latest are the tries as they stand now; where they cannot be read, as they are known.
func (t *tries) latest() []try {
	_ = t.read() // whoever changes them says so
	return t.list
}

// change changes the tries and keeps them, while no other program does. What cannot be
// kept is changed for as long as this one runs.
func (t *tries) change(how func(list []try) []try) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	lock := flock.New(t.file + lockEnd)
	waiting, cancel := context.WithTimeout(context.Background(), triesPatience)
	defer cancel()
	if _, err := lock.TryLockContext(waiting, 5*time.Millisecond); err == nil {
		defer func() { _ = lock.Unlock() }() // the file stays: another may be waiting for it
	}
	t.list = how(t.latest())
	raw, err := json.Marshal(t.list)
	if err == nil {
		err = maybe.WriteFile(t.file, raw, 0o600)
	}
	if err == nil {
		t.seen, err = os.Stat(t.file)
	}
	if err != nil {
		return fmt.Errorf("keep tries: %w", err)
	}
	return nil
}

// newest are all tries, the newest first.
func (t *tries) newest() []try {
	t.mu.Lock()
	defer t.mu.Unlock()
	list := slices.Clone(t.latest())
	slices.Reverse(list)
	return list
}

// find is a try by its id.
func (t *tries) find(id string) (try, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	list := t.latest()
	i := slices.IndexFunc(list, func(t try) bool { return t.ID == id })
	if i < 0 {
		return try{}, false
	}
	return list[i], true
}

// said is what an account has said in a talk, as far as it is kept.
func (t *tries) said(account, talk string) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, one := range slices.Backward(t.latest()) {
		if one.Account == account && one.Talk == talk {
			return one.Said
		}
	}
	return nil
}

// add keeps a try, and forgets the oldest.
func (t *tries) add(one try) error {
	one.Said = one.Said[max(0, len(one.Said)-mostSaid):]
	return t.change(func(list []try) []try {
		list = append(list, one)
		return slices.Clone(list[max(0, len(list)-triesKept):])
	})
}

// compared notes how tries fare now.
func (t *tries) compared(now map[string]verdict, library string) error {
	return t.change(func(list []try) []try {
		for i, one := range list {
			if v, ok := now[one.ID]; ok {
				list[i].Now, list[i].Library = v, library
			}
		}
		return list
	})
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
