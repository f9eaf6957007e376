package lines

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"lianwen/bot"
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

// Folder is where in data_dir the drafts are.
const Folder = "lines"

// Store keeps the drafts of rules.
type Store struct {
	Dir  string           // Folder in data_dir
	Now  func() time.Time // nil: the clock
	Wait time.Duration    // for another program to end writing; 0: as long as is usual
}

// Propose checks lines for an article and keeps them, from where they came: those that
// pass for a person to look at, the others apart with a reason. What is there already
// for the article's words is not kept twice.
func (s *Store) Propose(ctx context.Context, check *Checker, a *corpus.Article, from string, lines []Line) (kept, apart int, err error) {
	err = s.locked(ctx, func() error {
		have, err := s.Drafts(a.Rule.ID)
		if err != nil {
			return err
		}
		var fresh []Line
		for _, l := range lines {
			if l.Text = strings.TrimSpace(l.Text); !a.Has(l.Part) {
				l.Part = corpus.Part{} // a part that is not there: the article answers all the same
			}
			same := func(text string) bool { return corpus.SameLine(text, l.Text) }
			if !bot.Keepable(l.Text) { // not even with the reason why it was set apart
				apart++
				continue
			}
			if !slices.ContainsFunc(have, func(d Draft) bool { return d.of(a) && d.State != Failed && same(d.Text) }) &&
				!slices.ContainsFunc(fresh, func(f Line) bool { return same(f.Text) }) {
				fresh = append(fresh, l)
			}
		}
		found, err := check.Check(ctx, a, fresh)
		if err != nil {
			return err
		}
		drafts := make([]Draft, len(fresh))
		for i, l := range fresh {
			drafts[i] = Draft{Article: a.Key(), Digest: a.WordsDigest(), Part: l.Part, Text: l.Text, From: from, State: Proposed}
			if why := found[i]; why != "" {
				drafts[i].State, drafts[i].Why = Apart, why
				apart++
			} else {
				kept++
			}
		}
		return s.append(a.Rule.ID, drafts)
	})
	if err != nil {
		return 0, 0, err
	}
	return kept, apart, nil
}

// Fail notes that nothing could be made for an article.
func (s *Store) Fail(ctx context.Context, a *corpus.Article, from, why string) error {
	return s.locked(ctx, func() error {
		return s.append(a.Rule.ID, []Draft{{Article: a.Key(), Digest: a.WordsDigest(), From: from, State: Failed, Why: why}})
	})
}

// Settle gives drafts of a rule the state that a person has decided on.
func (s *Store) Settle(ctx context.Context, rule string, drafts []Draft, state State) error {
	drafts = slices.Clone(drafts)
	for i := range drafts {
		drafts[i].State = state
	}
	return s.locked(ctx, func() error { return s.append(rule, drafts) })
}

// Drafts are the drafts of a rule as they stand, in the order they were proposed.
func (s *Store) Drafts(rule string) ([]Draft, error) {
	raw, err := os.ReadFile(s.file(rule))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read drafts of %s: %w", rule, err)
	}
	type key struct {
		article, digest, text string
		part                  corpus.Part
	}
	var out []Draft
	at := map[key]int{}
	for line := range bytes.Lines(raw) {
		var d Draft
		if json.Unmarshal(line, &d) != nil {
			continue // the last line of a program that was killed
		}
		k := key{d.Article, d.Digest, d.Text, d.Part}
		if i, ok := at[k]; ok {
			out[i] = d
			continue
		}
		at[k] = len(out)
		out = append(out, d)
	}
	return out, nil
}

func (s *Store) file(rule string) string {
	return filepath.Join(s.Dir, strings.NewReplacer("/", "-", `\`, "-").Replace(rule)+".jsonl")
}

func (s *Store) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

// locked does something while no other program writes drafts.
func (s *Store) locked(ctx context.Context, do func() error) error {
	if err := os.MkdirAll(s.Dir, 0o755); err != nil {
		return fmt.Errorf("make folder of drafts: %w", err)
	}
	l := flock.New(filepath.Join(s.Dir, ".lock"))
	waiting, cancel := context.WithTimeout(ctx, cmp.Or(s.Wait, 10*time.Second))
	defer cancel()
	ok, err := l.TryLockContext(waiting, 50*time.Millisecond)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, context.DeadlineExceeded), err == nil && !ok:
		return bot.Conflict.Sayf("有另一个程序正在写问法的草稿（%s）。请等一会儿再来。", s.Dir)
	case err != nil:
		return fmt.Errorf("lock drafts: %w", err)
	}
	defer func() { _ = l.Unlock() }() // the file stays: another may be waiting for it
	return do()
}

// append adds events to the file of a rule.
func (s *Store) append(rule string, drafts []Draft) error {
	if len(drafts) == 0 {
		return nil
	}
	var b bytes.Buffer
	for _, d := range drafts {
		d.At = s.now().Truncate(time.Second)
		line, err := json.Marshal(d)
		if err != nil {
			return fmt.Errorf("keep draft: %w", err)
		}
		b.Write(append(line, '\n'))
	}
	if err := shelf.AppendLines(s.file(rule), b.Bytes()); err != nil {
		return fmt.Errorf("keep drafts of %s: %w", rule, err)
	}
	return nil
}
