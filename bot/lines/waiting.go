package lines

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"

	"lianwen/corpus"
)

// Counter counts the lines that wait for a person, anew when the drafts or the library
// have changed: there may be very many. Its zero value is ready, and may be used from many
// goroutines.
type Counter struct {
	mu  sync.Mutex
	of  string // what was counted
	all int
}

// Waiting is how many lines of a store wait for a person to decide on them, those set
// apart left out.
func (n *Counter) Waiting(s *Store, c *corpus.Corpus) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	of, err := s.stamp(c)
	if err != nil || of == n.of {
		return n.all, err
	}
	all := 0
	for _, rule := range c.Rules {
		drafts, err := s.Drafts(rule.ID)
		if err != nil {
			return 0, err
		}
		articles := map[string]*corpus.Article{}
		for _, a := range Articles(rule) {
			articles[a.Key()] = a
		}
		for _, d := range drafts {
			if a := articles[d.Article]; d.State == Proposed && a != nil && d.of(a) {
				all++
			}
		}
	}
	n.of, n.all = of, all
	return all, nil
}

// stamp tells the drafts and a library from what they were before.
func (s *Store) stamp(c *corpus.Corpus) (string, error) {
	entries, err := os.ReadDir(s.Dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read folder of drafts: %w", err)
	}
	var b strings.Builder
	b.WriteString(c.Digest)
	for _, e := range entries {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("read folder of drafts: %w", err)
		}
		fmt.Fprintf(&b, " %s %d %d", e.Name(), info.Size(), info.ModTime().UnixNano())
	}
	return b.String(), nil
}
