package shelf

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2/maybe"

	"lianwen/corpus"
)

// Publish writes drafts to the library, each wholly or not at all: the paper, then
// the old version as repealed, then the new one in its place. done is called after
// each. What was written before an error stays, and is in the log.
func (s *Shelf) Publish(ctx context.Context, papers []*Paper, done func(*Draft)) error {
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	for _, p := range papers {
		for _, d := range p.Drafts {
			if d.Action == Keep || d.Action == Refuse {
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
	if err := s.write(d.Rule.Original, p.original); err != nil {
		return err
	}
	if d.Action == Revise {
		if err := s.repeal(d.Old, d.Rule.Effective); err != nil {
			return err
		}
	} else if d.Action == Correct { // the words that were wrong are kept with the papers
		old, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(d.Old.File)))
		if err != nil {
			return s.unwritable(err)
		}
		if err := s.write(fmt.Sprintf("%s/%s/%s-%s.md", originalsDir, d.Rule.ID, s.now().Format("20060102-150405"), d.Rule.ID), old); err != nil {
			return err
		}
	}
	if err := s.write(s.fileOf(d), []byte(d.text)); err != nil {
		return err
	}
	return s.record(p, d)
}

// fileOf is where a draft is written: in the place of the version it supersedes.
func (s *Shelf) fileOf(d *Draft) string {
	if d.Old != nil {
		return d.Old.File
	}
	return rulesDir + "/" + d.Rule.ID + ".md"
}

// repeal writes a version that was in force beside the one to come. Until that is
// written, the library has the version twice and serves the one that is in force.
func (s *Shelf) repeal(old *corpus.Rule, until corpus.Date) error {
	was := *old
	was.Repealed, was.Until = true, until
	text, err := corpus.Format(&was)
	if err != nil {
		return fmt.Errorf("repeal %s: %w", old.ID, err)
	}
	day := string(old.Effective)
	if day == "" {
		day = "0"
	}
	return s.write(fmt.Sprintf("%s/%s@%s.md", rulesDir, old.ID, day), []byte(text))
}

// write writes a file of the library; it is there whole or not at all.
func (s *Shelf) write(name string, data []byte) error {
	file := filepath.Join(s.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return s.unwritable(err)
	}
	if err := maybe.WriteFile(file, data, 0o644); err != nil {
		return s.unwritable(err)
	}
	return nil
}
