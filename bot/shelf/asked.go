package shelf

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/corpus"
)

// Asked is asked-as lines for an article.
type Asked struct {
	Article *corpus.Article
	Lines   []corpus.AskedLine
}

// AddLines adds lines to articles of a rule, as they are in the library now. It returns
// those that were added; the others were there.
func (s *Shelf) AddLines(ctx context.Context, rule string, asked []Asked) (added []corpus.AskedLine, err error) {
	err = s.changeLines(ctx, rule, "加问法", func(f *askedFile) error {
		for _, one := range asked {
			lines, err := f.add(one)
			if err != nil {
				return err
			}
			added = append(added, lines...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

// Reapprove gives the lines of a section that is suspended to an article: those that
// are taken, for the words it has now. The others go.
func (s *Shelf) Reapprove(ctx context.Context, was corpus.Suspended, take Asked) error {
	return s.changeLines(ctx, was.Rule, "再批准问法", func(f *askedFile) error {
		for _, l := range was.Lines {
			f.remove(was.AskedSection, l.Text)
		}
		if len(take.Lines) == 0 {
			return nil
		}
		_, err := f.add(take)
		return err
	})
}

// RemoveLine takes an approved line out of the library, from wherever it stands; key is
// the article or the rule it is meant of, or "" for any. It returns where it stood.
func (s *Shelf) RemoveLine(ctx context.Context, text, key string) (corpus.AskedSection, string, error) {
	found, err := s.findLine(text, key)
	if err != nil {
		return corpus.AskedSection{}, "", err
	}
	return found.section, found.rule, s.changeLines(ctx, found.rule, "去问法", func(f *askedFile) error {
		f.remove(found.section, text)
		return nil
	})
}

// askedFile is the asked file of a rule while it is being changed.
type askedFile struct {
	*corpus.AskedFile
	rule  *corpus.Rule // as the library has it now
	lines []LineChange
	gone  []string // lines that leave the rule's own file at the same time
}

// changeLines changes the asked file of a rule, on record.
func (s *Shelf) changeLines(ctx context.Context, rule, action string, change func(*askedFile) error) error {
	unlock, err := s.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	f, err := s.openLines(rule)
	if err != nil {
		return err
	}
	if err := change(f); err != nil || len(f.lines) == 0 {
		return err
	}
	if err := s.write(askedName(rule), []byte(corpus.FormatAsked(f.AskedFile))); err != nil {
		return err
	}
	e := Entry{At: s.now().Truncate(time.Second), Who: s.Who, Rule: rule, Title: rule, Action: action, Lines: f.lines, ID: newID()}
	if f.rule != nil {
		e.Title = f.rule.Title
	}
	return s.record(e)
}

func askedName(rule string) string { return corpus.AskedDir + "/" + rule + ".txt" }

// openLines reads the asked file of a rule, or begins one.
func (s *Shelf) openLines(rule string) (*askedFile, error) {
	c, err := s.Library()
	if err != nil {
		return nil, err
	}
	return s.openLinesOf(c, rule)
}

// openLinesOf is openLines for a library that was read; nil for an empty one.
func (s *Shelf) openLinesOf(c *corpus.Corpus, rule string) (f *askedFile, err error) {
	f = &askedFile{}
	if c != nil {
		f.rule = c.RuleByID(rule)
	}
	f.AskedFile, err = s.readLines(askedName(rule))
	if errors.Is(err, fs.ErrNotExist) {
		f.AskedFile, err = &corpus.AskedFile{}, nil
		if f.rule != nil {
			f.Comment = []string{
				fmt.Sprintf("# 《%s》的问法：人们怎么问某一条。只用来查找，不会显示。", f.rule.Title),
				"# 批准过的才写在这里；用 lianwen lines 管理，也可以手改，写法见 lianwen library doc。",
			}
		}
	}
	return f, err
}

// readLines reads an asked file. One that has lines that cannot be read is refused: they
// would be lost when it is written.
func (s *Shelf) readLines(name string) (*corpus.AskedFile, error) {
	raw, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(name)))
	if err != nil {
		return nil, fmt.Errorf("read lines: %w", err)
	}
	f, problems, ok := corpus.DecodeAsked(raw)
	if !ok {
		return nil, bot.Conflict.Sayf("%s 不是 UTF-8 编码的文本，没有动它。请先用记事本另存为 UTF-8。", name)
	}
	if len(problems) > 0 {
		p := problems[0]
		return nil, bot.Conflict.Sayf("%s 第 %d 行看不懂（%s），没有动它。%s。", name, p.Line, p.What, p.Fix)
	}
	return f, nil
}

// add adds lines for an article to the section of its words.
func (f *askedFile) add(asked Asked) (added []corpus.AskedLine, err error) {
	a, err := f.now(asked.Article)
	if err != nil {
		return nil, err
	}
	have := slices.DeleteFunc(slices.Clone(a.Lines()), f.leaves)
	for _, l := range asked.Lines {
		if why := corpus.AskedFault(l.Text); why != "" {
			return nil, bot.Invalid.Sayf("「%s」不能作问法：%s。", l.Text, why)
		}
		if strings.ContainsFunc(l.Text, unseen) {
			return nil, bot.Invalid.Sayf("「%s」里有看不见的字符，不能作问法。请删去，或重新打一遍。", strings.Map(seen, l.Text))
		}
		if err := bot.Unkeepable("问法里", l.Text); err != nil {
			return nil, err
		}
		if !a.Has(l.Part) {
			return nil, bot.Invalid.Sayf("%s没有%s。", a.Citation(), l.Part.Chinese())
		}
		if slices.ContainsFunc(have, func(h string) bool { return corpus.SameLine(h, l.Text) }) {
			continue
		}
		have = append(have, l.Text)
		f.put(f.section(a, l.Part), l)
		added = append(added, l)
	}
	return added, nil
}

// leaves reports whether a line goes in the same change.
func (f *askedFile) leaves(text string) bool {
	return slices.Contains(f.gone, text) || slices.ContainsFunc(f.lines, func(ch LineChange) bool { return ch.Removed && ch.Text == text })
}

// now is an article as the library has it now, if it still has the words it was looked
// at with.
func (f *askedFile) now(a *corpus.Article) (*corpus.Article, error) {
	if f.rule != nil && a.Rule.Repealed {
		return nil, repealed(f.rule)
	}
	return f.current(a.Rule.Title, a.Number, a.WordsDigest())
}

func repealed(r *corpus.Rule) error {
	return bot.Conflict.Sayf("《%s》的这一版已经废止，不再给它加问法。", r.Title)
}

// current is an article of the rule, called by title, if it has the words of a digest.
func (f *askedFile) current(title string, n corpus.Number, words string) (*corpus.Article, error) {
	switch now := f.rule; {
	case now == nil:
		return nil, bot.NotFound.Sayf("制度库里没有《%s》。运行 lianwen check 可看到全部。", title)
	case now.Repealed:
		return nil, repealed(now)
	case n == (corpus.Number{}), strings.ContainsAny(now.ID, `/\`):
		return nil, bot.Invalid.Sayf("《%s》没有条号，不能给它加问法。", now.Title)
	}
	switch now := f.rule.Article(n); {
	case now == nil || now.Deleted:
		return nil, bot.NotFound.Sayf("《%s》没有%s。", f.rule.Title, n.Chinese())
	case now.WordsDigest() != words:
		return nil, bot.Conflict.Sayf("%s刚刚改过，请再看一遍。", now.Citation())
	default:
		return now, nil
	}
}

// section is the one for a part of an article as it is now.
func (f *askedFile) section(a *corpus.Article, part corpus.Part) corpus.AskedSection {
	return corpus.AskedSection{Number: a.Number, Part: part, Label: a.Number.Chinese() + part.Chinese(), Digest: a.WordsDigest()}
}

// find is where in the file a section of this place and these words is, or -1.
func (f *askedFile) find(s corpus.AskedSection) int {
	return slices.IndexFunc(f.Sections, func(o corpus.AskedSection) bool {
		return o.Number == s.Number && o.Part == s.Part && o.Digest == s.Digest
	})
}

// put adds a line to a section, which it makes in its place if there is none.
func (f *askedFile) put(s corpus.AskedSection, l corpus.AskedLine) {
	i := f.find(s)
	if i < 0 {
		i = slices.IndexFunc(f.Sections, func(o corpus.AskedSection) bool { return o.After(s) })
		if i < 0 {
			i = len(f.Sections)
		}
		s.Lines, s.Comment = nil, nil
		f.Sections = slices.Insert(f.Sections, i, s)
	}
	f.Sections[i].Lines = append(f.Sections[i].Lines, l)
	f.lines = append(f.lines, newLineChange(s, l, false))
}

// remove takes a line out of a section; it does nothing when it is not there.
func (f *askedFile) remove(s corpus.AskedSection, text string) {
	i := f.find(s)
	if i < 0 {
		return
	}
	k := slices.IndexFunc(f.Sections[i].Lines, func(l corpus.AskedLine) bool { return corpus.SameLine(l.Text, text) })
	if k < 0 {
		return
	}
	f.lines = append(f.lines, newLineChange(s, f.Sections[i].Lines[k], true))
	f.Sections[i].Lines = slices.Delete(f.Sections[i].Lines, k, k+1)
}
