package shelf

import (
	"fmt"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/corpus"
)

// GroupEdit changes a group of synonyms: Was are its words as they are, none for a new
// one, and Now as they are to be, none for no group any more.
type GroupEdit struct {
	File string   `json:"file"` // "" for a new group: the file that staff's go to
	Line int      `json:"line,omitempty"`
	Was  []string `json:"was,omitempty"`
	Now  []string `json:"now,omitempty"`
	Tail string   `json:"tail,omitempty"` // what stands behind the words: a comment
}

func (e GroupEdit) plan(w *workspace) error {
	if e.File == "" {
		e.File = learnedSynonyms
	}
	if err := w.sound(e.File); err != nil {
		return err
	}
	if slices.Equal(e.Was, e.Now) {
		return nil
	}
	if err := w.fitGroup(e); err != nil {
		return err
	}
	raw, err := w.file(e.File)
	if err != nil {
		return err
	}
	if raw == nil {
		raw = []byte(synonymsHead)
	}
	text, bom := strings.CutPrefix(string(raw), "\ufeff")
	lines := strings.SplitAfter(text, "\n")
	i := slices.IndexFunc(lines, func(line string) bool { return slices.Equal(groupWords(line), e.Was) })
	switch {
	case len(e.Was) > 0 && i < 0:
		return w.groupMoved(e)
	case len(e.Was) == 0:
		lines, e.Line = insertGroup(lines, e)
	default:
		words, _, _ := strings.Cut(lines[i], "#")
		e.Line, e.Tail = i+1, lines[i][len(strings.TrimRight(words, " \t\r\n")):]
		if len(e.Now) == 0 {
			lines = slices.Delete(lines, i, i+1)
		} else {
			lines[i] = strings.Join(e.Now, " ") + e.Tail
		}
	}
	text = strings.Join(lines, "")
	if bom {
		text = "\ufeff" + text
	}
	w.files[e.File], w.entry.Group, w.entry.Action = []byte(text), &e, "改同义词"
	return nil
}

// groupWords are the words of a line of a file of synonyms.
func groupWords(line string) []string {
	words, _, _ := strings.Cut(line, "#")
	return strings.Fields(words)
}

// insertGroup puts a group into a file, where it stood if it did, else at the end.
func insertGroup(lines []string, e GroupEdit) ([]string, int) {
	if n := len(lines); lines[n-1] == "" {
		lines = lines[:n-1] // behind the last line end
	}
	at := len(lines)
	if e.Line > 0 {
		at = min(e.Line-1, at)
	}
	if at > 0 && !strings.HasSuffix(lines[at-1], "\n") {
		lines[at-1] += "\n"
	}
	tail := e.Tail
	if !strings.HasSuffix(tail, "\n") {
		tail += "\n"
	}
	return slices.Insert(lines, at, strings.Join(e.Now, " ")+tail), at + 1
}

// fitGroup checks the words that a group is to have.
func (w *workspace) fitGroup(e GroupEdit) error {
	if len(e.Now) == 0 {
		return nil
	}
	if err := fitWords(e.Now); err != nil {
		return err
	}
	if err := bot.Unkeepable("词里", e.Now...); err != nil {
		return err
	}
	for _, g := range w.c.Synonyms {
		if g.File == e.File && slices.Equal(g.Words, e.Was) {
			continue
		}
		for _, word := range e.Now {
			if err := inGroup(g, word); err != nil && !slices.Contains(e.Was, word) {
				return err
			}
		}
	}
	if (len(e.Was) == 0 || e.Was[0] != e.Now[0]) && !speaksOf(w.c, e.Now[0]) {
		return unspoken(e.Now[0])
	}
	return nil
}

// inGroup refuses a word that is in a group already, and says in which.
func inGroup(g corpus.Synonyms, word string) error {
	if slices.ContainsFunc(g.Words, func(have string) bool { return bot.Key(have) == bot.Key(word) }) {
		return bot.Conflict.Sayf("「%s」已经在 %s 第 %d 行那一组里（%s），没有加。同一个词不能写进两组；要合在一起，请改那一行。", word, g.File, g.Line, strings.Join(g.Words, " "))
	}
	return nil
}

// unspoken says that the rules do not use a word.
func unspoken(word string) error {
	return bot.Invalid.Sayf("现行的制度里没有「%s」这个词，没有加。第一个词要写制度里的说法，后面写平时的说法。", word)
}

// groupMoved says that a group is not as it was, and what is there now.
func (w *workspace) groupMoved(e GroupEdit) error {
	by, err := w.changedBy(func(o Entry) bool { return o.Group != nil && slices.Equal(o.Group.Was, e.Was) })
	if err != nil {
		return err
	}
	now := "这一组已经没有了"
	for _, g := range w.c.Synonyms {
		if slices.ContainsFunc(g.Words, func(word string) bool { return slices.Contains(e.Was, word) }) {
			now = fmt.Sprintf("现在是“%s”（%s 第 %d 行）", strings.Join(g.Words, " "), g.File, g.Line)
			break
		}
	}
	return bot.Conflict.Sayf("“%s”这一组%s：%s。没有改，请看过再改。", strings.Join(e.Was, " "), "刚刚有人改过"+by, now)
}
