package shelf

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianwen/bot"
	"lianwen/corpus"
)

// learnedSynonyms is the file of the synonyms that staff add.
const learnedSynonyms = "synonyms/learned.txt"

// What the files say of themselves where they begin.
const (
	synonymsHead = "# 工作人员补的同义词。一行一组，第一个是制度里的说法，后面是平时的说法。可以手改。\n"
	talkHead     = "# 工作人员处理没有查到的问题时补的应答。可以手改；总是最先看。\n"
)

// AddSynonyms lets everyday words stand for an official one, as a line of
// synonyms/learned.txt. No word may be in another group.
func (s *Shelf) AddSynonyms(ctx context.Context, official string, words []string) error {
	all := append([]string{official}, words...)
	if err := errors.Join(fitWords(all), bot.Unkeepable("词里", all...)); err != nil {
		return err
	}
	return s.edit(ctx, learnedSynonyms, synonymsHead, func(c *corpus.Corpus, text string) (string, error) {
		for _, g := range c.Synonyms {
			ours := g.File == learnedSynonyms && g.Words[0] == official
			for i, w := range all {
				if err := inGroup(g, w); err != nil && (i > 0 || !ours) {
					return "", err
				}
			}
		}
		if !speaksOf(c, official) {
			return "", unspoken(official)
		}
		lines := strings.Split(text, "\n")
		i, group, comment := groupOf(lines, official)
		if i < 0 {
			return text + strings.Join(all, " ") + "\n", nil
		}
		lines[i] = strings.Join(append(group, words...), " ") + comment
		return strings.Join(lines, "\n"), nil
	})
}

// RemoveSynonyms takes back what AddSynonyms has added. If one of the words is not there
// any more as it was, it changes nothing; ErrGone: none of them is there.
func (s *Shelf) RemoveSynonyms(ctx context.Context, official string, words []string) error {
	return s.edit(ctx, learnedSynonyms, synonymsHead, func(_ *corpus.Corpus, text string) (string, error) {
		lines := strings.Split(text, "\n")
		if !slices.ContainsFunc(lines, func(line string) bool { return hasWord(line, words) }) {
			return "", ErrGone
		}
		i, group, comment := groupOf(lines, official)
		if i < 0 {
			return "", changedByHand(learnedSynonyms)
		}
		for _, w := range words {
			at := slices.Index(group, w)
			if at < 1 {
				return "", changedByHand(learnedSynonyms)
			}
			group = slices.Delete(group, at, at+1)
		}
		lines[i] = strings.Join(group, " ") + comment
		if len(group) == 1 {
			lines = slices.Delete(lines, i, i+1)
		}
		return strings.Join(lines, "\n"), nil
	})
}

// hasWord reports whether a line that is no comment has one of some words.
func hasWord(line string, words []string) bool {
	text, _, _ := strings.Cut(line, "#")
	return slices.ContainsFunc(strings.Fields(text), func(w string) bool { return slices.Contains(words, w) })
}

// groupOf is the line of the group that a word heads, -1 when there is none, its words
// and the comment behind them.
func groupOf(lines []string, official string) (at int, group []string, comment string) {
	for i, line := range lines {
		text, _, _ := strings.Cut(line, "#")
		if group = strings.Fields(text); len(group) > 0 && group[0] == official {
			return i, group, line[len(strings.TrimRight(text, " \t")):]
		}
	}
	return -1, nil, ""
}

// speaksOf reports whether an article in force has a word.
func speaksOf(c *corpus.Corpus, word string) bool {
	rules, lists := c.RulesInForce()
	return slices.ContainsFunc(append(rules, lists...), func(r *corpus.Rule) bool {
		return slices.ContainsFunc(r.Articles, func(a *corpus.Article) bool { return strings.Contains(a.Text, word) })
	})
}

// mostOfWord is how many characters a synonym may have.
const mostOfWord = 20

// fitWords checks that words can be a group.
func fitWords(words []string) error {
	if len(words) < 2 {
		return bot.Invalid.Sayf("请写上制度里的说法和平时的说法，用空格隔开，如“委员 代表”。")
	}
	seen := map[string]bool{}
	for _, w := range words {
		n := utf8.RuneCountInString(w)
		switch {
		case n < 2 || n > mostOfWord || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' }):
			return bot.Invalid.Sayf("「%s」不能当同义词：请写 2 到 %d 个字的词，不带标点。", w, mostOfWord)
		case seen[bot.Key(w)]:
			return bot.Invalid.Sayf("「%s」写了两遍。", w)
		}
		seen[bot.Key(w)] = true
	}
	return nil
}

// AddReply adds a fixed reply to messages in so many words to talk/learned.toml, below
// a comment, and returns what it has written. If just that is there, it writes nothing:
// whoever added it has not put it on record.
func (s *Shelf) AddReply(ctx context.Context, say []string, text, comment string) (block string, err error) {
	if n := utf8.RuneCountInString(text); n > corpus.MaxReplyRunes || strings.TrimSpace(text) == "" {
		return "", bot.Invalid.Sayf("回复要写 1 到 %d 个字，现在是 %d 个字。", corpus.MaxReplyRunes, n)
	}
	if err := bot.Unkeepable("应答里", append([]string{text}, say...)...); err != nil {
		return "", err
	}
	err = s.edit(ctx, corpus.LearnedTalk, talkHead, func(_ *corpus.Corpus, have string) (string, error) {
		numbered := func(n int) string {
			return "\n# " + comment + "\n" + corpus.FormatReply(&corpus.Reply{ID: fmt.Sprintf("learned-%d", n), Say: say, Text: text, Groups: true})
		}
		next := 1
		for _, m := range learnedID.FindAllStringSubmatch(have, -1) {
			n, _ := strconv.Atoi(m[1]) // digits, and not many
			if block = numbered(n); strings.Contains(have, block) {
				return have, nil
			}
			next = max(next, n+1)
		}
		block = numbered(next)
		return have + block, nil
	})
	return block, err
}

// learnedID is the id of a reply that AddReply has added.
var learnedID = regexp.MustCompile(`"learned-(\d{1,9})"`)

// RemoveReply takes back what AddReply has written. If it is not there any more as it
// was, it changes nothing; ErrGone: neither its id nor what it is said to is there.
func (s *Shelf) RemoveReply(ctx context.Context, block string) error {
	return s.edit(ctx, corpus.LearnedTalk, talkHead, func(_ *corpus.Corpus, have string) (string, error) {
		if !slices.ContainsFunc(strings.Split(block, "\n"), func(line string) bool { return telling(line) && strings.Contains(have, line) }) {
			return "", ErrGone
		}
		before, after, ok := strings.Cut(have, block)
		if !ok || after != "" && !strings.HasPrefix(after, "\n") && !strings.HasPrefix(after, "[[") && !strings.HasPrefix(after, "#") {
			return "", changedByHand(corpus.LearnedTalk) // a key may have been added below it
		}
		return before + after, nil
	})
}

// telling reports whether a line of a reply tells that it is that one.
func telling(line string) bool {
	return strings.HasPrefix(line, "id = ") || strings.HasPrefix(line, "say = ")
}

// RestoreReply puts back what RemoveReply has taken.
func (s *Shelf) RestoreReply(ctx context.Context, block string) error {
	return s.edit(ctx, corpus.LearnedTalk, talkHead, func(_ *corpus.Corpus, have string) (string, error) { return have + block, nil })
}

func changedByHand(file string) error {
	return bot.Conflict.Sayf("%s 里原来加的已经不是那样了（有人手改过），没有动它。请看一看那个文件，把原来加的去掉，再撤销一次，那一类就重新列出。", file)
}

// edit changes a file of the library that staff's chat writes, under the library's
// lock; one that is not there begins with head. Whatever change refuses is left as it
// is, and so is a file that cannot be read as it should.
func (s *Shelf) edit(ctx context.Context, name, head string, change func(c *corpus.Corpus, text string) (string, error)) error {
	if err := s.folder(); err != nil {
		return err
	}
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	c, err := s.Library()
	if err != nil {
		return err
	}
	if c == nil {
		return bot.NotFound.Sayf("制度库 %s 里还没有制度。请先用 lianwen import 导入。", s.Dir)
	}
	if i := slices.IndexFunc(c.Faults, func(p corpus.Problem) bool { return p.File == name }); i >= 0 {
		return bot.Conflict.Sayf("%s 有问题，先改好才能往里补。第 %d 行：%s，%s。", name, c.Faults[i].Line, c.Faults[i].What, c.Faults[i].Fix)
	}
	raw, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(name)))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		raw = []byte(head)
	case err != nil:
		return unwritable(err)
	case len(raw) > 0 && raw[len(raw)-1] != '\n':
		raw = append(raw, '\n')
	}
	text, err := change(c, strings.ReplaceAll(string(raw), "\r\n", "\n"))
	if err != nil {
		return err
	}
	return s.write(name, []byte(text))
}

// folder refuses a library that is a single file.
func (s *Shelf) folder() error {
	if info, err := os.Stat(s.Dir); err == nil && !info.IsDir() {
		return bot.Invalid.Sayf("制度库 %s 是一个文件，不能往里补。请用 lianwen library init 新建一个文件夹，把制度导入进去。", s.Dir)
	}
	return nil
}
