package shelf

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2/maybe"

	"lianwen/bot"
	"lianwen/corpus"
)

// Publish writes the drafts of a plan to the library, each wholly or not at all: the
// paper, then the old version aside, then the new one in its place. done is called
// after each. What was written before an error stays. If the library is not as it was
// when the plan was made, nothing is written.
func (s *Shelf) Publish(ctx context.Context, plan *Plan, done func(*Draft)) error {
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	switch stamp, err := s.stamp(); {
	case err != nil:
		return err
	case stamp != plan.stamp:
		return bot.Conflict.Sayf("您看预览的时候，制度库有了改动。什么也没有写，请再导入一次。")
	}
	for _, p := range plan.Papers {
		for _, d := range p.Drafts {
			if !d.Action.Writes() {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := s.publish(p, d); err != nil {
				return err
			}
			done(d)
		}
	}
	return nil
}

func (s *Shelf) publish(p *Paper, d *Draft) error {
	original, err := load(p.path)
	if err != nil {
		return err
	}
	if digestOf(original) != p.Digest {
		return bot.Conflict.Sayf("%s 在预览以后改动过，请再导入一次。", filepath.Base(p.File))
	}
	if err := s.write(d.Rule.Original, original); err != nil {
		return err
	}
	before := ""
	switch d.Action {
	case Revise:
		before, err = s.repeal(d.Old, d.Rule.Effective)
	case Correct:
		before, err = s.keepWords(d.Rule.ID, d.Old.File)
	}
	if err != nil {
		return err
	}
	if err := s.write(d.file, []byte(d.text)); err != nil {
		return err
	}
	return s.record(s.entry(p, d, before))
}

// keepWords keeps the words of a file that others take the place of with the rule's
// papers, and returns where.
func (s *Shelf) keepWords(id, file string) (kept string, err error) {
	words, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(file)))
	if err != nil {
		return "", unwritable(err)
	}
	kept = fmt.Sprintf("%s/%s/%s-%s-%s.md", originalsDir, id, s.now().Format("20060102-150405"), digestOf(words)[:8], id)
	return kept, s.write(kept, words)
}

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// repeal writes a version that was in force beside the one to come. Until that is
// written, the library has the version twice and leaves out the copy, whose name
// stands behind. It returns where the version is.
func (s *Shelf) repeal(old *corpus.Rule, until corpus.Date) (file string, err error) {
	was := *old
	was.Repealed, was.Until = true, until
	text, err := corpus.Format(&was)
	if err != nil {
		return "", fmt.Errorf("repeal %s: %w", old.ID, err)
	}
	file = versionFile(old.File, old.Effective)
	return file, s.write(file, []byte(text))
}

// repealing is the action of an entry that says that a rule holds no more.
const repealing = "废止"

// InForce is the version of a rule that can be marked as repealed.
func InForce(versions []*corpus.Rule) (*corpus.Rule, error) {
	if rule := inForce(versions); rule != nil {
		return rule, nil
	}
	return nil, bot.Conflict.Sayf("《%s》已经标为废止。", versions[len(versions)-1].Title)
}

// Repeal marks the version in force of a rule as repealed from a day on.
func (s *Shelf) Repeal(ctx context.Context, rule *corpus.Rule, until corpus.Date) error {
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	was := *rule
	was.Repealed, was.Until = true, until
	text, err := corpus.Format(&was)
	if err != nil {
		return fmt.Errorf("repeal %s: %w", rule.ID, err)
	}
	if err := s.write(rule.File, []byte(text)); err != nil {
		return err
	}
	return s.record(Entry{At: s.now(), Who: s.Who, Rule: rule.ID, Title: rule.Title, Action: repealing, Document: rule.Document, Effective: rule.Effective, Articles: Articles(rule), Original: rule.Original,
		File: rule.File, Written: digestOf([]byte(text))})
}

// write writes a file of the library; it is there whole or not at all, but on
// Windows, where a file cannot be moved over another in one step.
func (s *Shelf) write(name string, data []byte) error {
	file := filepath.Join(s.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return unwritable(err)
	}
	if err := maybe.WriteFile(file, data, 0o644); err != nil {
		return unwritable(err)
	}
	return nil
}
