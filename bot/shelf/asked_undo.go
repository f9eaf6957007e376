package shelf

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/corpus"
)

// LineChange is an asked-as line that came or went, as the log has it.
type LineChange struct {
	Number  string      `json:"number"` // of the article, as citations write it
	Part    corpus.Part `json:"part,omitzero"`
	Digest  string      `json:"digest,omitempty"`
	Text    string      `json:"text"`
	From    string      `json:"from,omitempty"`
	Removed bool        `json:"removed,omitempty"`
}

func newLineChange(s corpus.AskedSection, l corpus.AskedLine, removed bool) LineChange {
	return LineChange{s.Number.String(), s.Part, s.Digest, l.Text, l.From, removed}
}

// undone is the action of an entry that takes another back.
const undone = "撤销问法"

// UndoLines takes back the last change of lines that has not been taken back. It returns
// the entry of what it did.
func (s *Shelf) UndoLines(ctx context.Context) (Entry, error) {
	log, err := s.Log("")
	if err != nil {
		return Entry{}, err
	}
	list := standing(log)
	i := lastOf(list, "")
	if i < 0 {
		return Entry{}, bot.NotFound.Sayf("没有可以撤销的问法改动。")
	}
	last := list[i]
	err = s.changeLines(ctx, last.Rule, undone, func(f *askedFile) error {
		for _, ch := range slices.Backward(last.Lines) {
			if err := f.reverse(ch); err != nil {
				return err
			}
		}
		if len(f.lines) == 0 {
			return bot.Conflict.Sayf("上一次改动的问法已经不是那样了，没有什么可以撤销的。")
		}
		last.Lines, last.Action = f.lines, undone
		return nil
	})
	return last, err
}

func (f *askedFile) reverse(ch LineChange) error {
	number, _, ok := corpus.ParsePlace(ch.Number)
	if !ok {
		return fmt.Errorf("undo change of lines: %q is no number of an article", ch.Number)
	}
	s := corpus.AskedSection{Number: number, Part: ch.Part, Label: number.Chinese() + ch.Part.Chinese(), Digest: ch.Digest}
	if !ch.Removed {
		f.remove(s, ch.Text)
		return nil
	}
	i := f.find(s)
	if i >= 0 && slices.ContainsFunc(f.Sections[i].Lines, func(l corpus.AskedLine) bool { return corpus.SameLine(l.Text, ch.Text) }) {
		return nil
	}
	f.put(s, corpus.AskedLine{Text: ch.Text, From: ch.From})
	return nil
}

// foundLine is where an approved line stands.
type foundLine struct {
	rule    string
	section corpus.AskedSection
}

// findLine finds an approved line, by its article's key, by its rule's id or anywhere.
func (s *Shelf) findLine(text, key string) (foundLine, error) {
	entries, err := os.ReadDir(filepath.Join(s.Dir, corpus.AskedDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return foundLine{}, unwritable(err)
	}
	var found []foundLine
	for _, e := range entries {
		rule, ok := strings.CutSuffix(e.Name(), ".txt")
		if !ok || e.IsDir() {
			continue
		}
		f, err := s.readLines(path.Join(corpus.AskedDir, e.Name()))
		if err != nil {
			return foundLine{}, err
		}
		for _, section := range f.Sections {
			here := key == "" || key == rule || key == rule+"#"+section.Number.String()
			if here && slices.ContainsFunc(section.Lines, func(l corpus.AskedLine) bool { return corpus.SameLine(l.Text, text) }) {
				found = append(found, foundLine{rule, section})
			}
		}
	}
	switch {
	case len(found) == 0:
		return foundLine{}, s.notApproved(text)
	case len(found) > 1:
		var places []string
		for _, f := range found {
			places = append(places, f.rule+"#"+f.section.Number.String())
		}
		return foundLine{}, bot.Conflict.Sayf("有 %d 处写着「%s」，请写明是哪一条的：%s。", len(found), text, strings.Join(places, "、"))
	}
	return found[0], nil
}

// notApproved says that a line is not among the approved ones, and where it is.
func (s *Shelf) notApproved(text string) error {
	c, err := s.Library()
	if err != nil {
		return err
	}
	if c != nil {
		for _, r := range c.Rules {
			for _, a := range r.Articles {
				if slices.ContainsFunc(a.AskedAs, func(l string) bool { return corpus.SameLine(l, text) }) {
					return bot.Conflict.Sayf("「%s」写在制度文件 %s 里（%s），请直接改那个文件。", text, r.File, a.Label)
				}
			}
		}
	}
	return bot.NotFound.Sayf("批准过的问法里没有「%s」。请写全整句，运行 lianwen lines status 可看到各条的问法。", text)
}
