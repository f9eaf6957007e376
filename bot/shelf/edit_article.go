package shelf

import (
	"errors"
	"slices"

	"lianwen/bot"
	"lianwen/corpus"
)

// Swap is a text that takes the place of another; "" is none.
type Swap struct {
	Number string `json:"number,omitempty"` // of the article whose heading it is
	Was    string `json:"was"`
	Now    string `json:"now"`
}

// OwnLine is an asked-as line that left a rule's own file, or came back there.
type OwnLine struct {
	Number string `json:"number"`
	Digest string `json:"digest"` // of the article's words
	Text   string `json:"text"`
	Line   string `json:"line"`  // as the file has it
	Below  int    `json:"below"` // the line on which the article begins
	Back   bool   `json:"back,omitempty"`
}

// ArticleEdit changes the heading and the asked-as lines of an article. Its words must be
// those it was made from; of the lines, those that go must be there.
type ArticleEdit struct {
	Rule    string
	Number  corpus.Number
	Words   string // Article.WordsDigest
	Heading *Swap  // nil: it stays
	Add     []corpus.AskedLine
	Remove  []string
	Settle  []corpus.AskedSection // suspended ones that go; what is taken of them is in Add
}

func (e ArticleEdit) plan(w *workspace) error {
	f, err := w.openLinesOf(w.c, e.Rule)
	if err != nil {
		return err
	}
	a, err := f.current(e.Rule, e.Number, e.Words)
	if err != nil {
		return err
	}
	w.entry.Rule, w.entry.Title, w.entry.Action = e.Rule, a.Rule.Title, "改问法"
	if e.Heading != nil && e.Heading.Was != e.Heading.Now {
		if err := w.setHeading(a, *e.Heading); err != nil {
			return err
		}
	}
	for _, text := range e.Remove {
		if err := w.removeLine(f, a, text); err != nil {
			return err
		}
	}
	for _, s := range e.Settle {
		if f.find(s) < 0 {
			return bot.Conflict.Sayf("停用的问法刚刚有人处理过了，请再看一遍。")
		}
		for _, l := range s.Lines {
			f.remove(s, l.Text)
		}
	}
	if len(e.Add) > 0 {
		if _, err := f.add(Asked{Article: a, Lines: e.Add}); err != nil {
			return err
		}
	}
	w.putLines(f)
	return nil
}

// putLines takes over what was changed of the asked file of a rule.
func (w *workspace) putLines(f *askedFile) {
	if len(f.lines) > 0 {
		w.entry.Lines = f.lines
		w.files[askedName(w.entry.Rule)] = []byte(corpus.FormatAsked(f.AskedFile))
	}
}

// setHeading gives an article another heading.
func (w *workspace) setHeading(a *corpus.Article, to Swap) error {
	if a.Heading != to.Was && a.Heading != to.Now {
		by, err := w.changedBy(func(e Entry) bool {
			return e.Rule == a.Rule.ID && e.Heading != nil && e.Heading.Number == a.Number.String()
		})
		if err != nil {
			return err
		}
		return bot.Conflict.Sayf("%s的条旨现在是「%s」%s，不是您改的时候的「%s」，没有改。请看过再改。", a.Citation(), a.Heading, by, to.Was)
	}
	if why := corpus.HeadingFault(to.Now); why != "" {
		return bot.Invalid.Sayf("%s，没有改。", why)
	}
	if err := bot.Unkeepable("条旨里", to.Now); err != nil {
		return err
	}
	raw, err := w.file(a.Rule.File)
	if err != nil || a.Heading == to.Now {
		return err
	}
	changed, err := corpus.SetHeading(raw, a, to.Now)
	if err != nil {
		return notInPlace(a, "条旨", err)
	}
	w.entry.Action = "改条旨"
	w.entry.Heading = &Swap{a.Number.String(), to.Was, to.Now}
	w.files[a.Rule.File] = changed
	return nil
}

// notInPlace says why the file of a rule was not changed, and where to do it.
func notInPlace(a *corpus.Article, what string, err error) error {
	if e := (*corpus.InPlaceError)(nil); errors.As(err, &e) {
		return bot.Conflict.Sayf("%s的%s没有改：%s。请直接改 %s 第 %d 行。", a.Citation(), what, e.Why, a.Rule.File, a.Line)
	}
	return err
}

// removeLine takes a line from an article, from wherever it stands.
func (w *workspace) removeLine(f *askedFile, a *corpus.Article, text string) error {
	for _, s := range f.Sections {
		if s.In(f.rule) == a && slices.ContainsFunc(s.Lines, func(l corpus.AskedLine) bool { return l.Text == text }) {
			f.remove(s, text)
			return nil
		}
	}
	if !slices.Contains(a.AskedAs, text) {
		return bot.Conflict.Sayf("%s的问法「%s」已经不在了，可能有人刚改过，什么也没有改。请看过再改。", a.Citation(), text)
	}
	raw, err := w.file(a.Rule.File)
	if err != nil {
		return err
	}
	changed, line, below, err := corpus.DropAsked(raw, a, text)
	if err != nil {
		return notInPlace(a, "问法「"+text+"」", err)
	}
	f.gone = append(f.gone, text)
	w.entry.Own = append(w.entry.Own, OwnLine{Number: a.Number.String(), Digest: a.WordsDigest(), Text: text, Line: line, Below: below})
	w.files[a.Rule.File] = changed
	return nil
}

// giveBack undoes what became of a line of a rule's own file.
func (w *workspace) giveBack(a *corpus.Article, own OwnLine) error {
	raw, err := w.file(a.Rule.File)
	if err != nil {
		return err
	}
	var changed []byte
	if own.Back {
		changed, _, _, err = corpus.DropAsked(raw, a, own.Text)
	} else {
		changed, err = corpus.PutAsked(raw, a, own.Line, own.Below)
	}
	if err != nil {
		return notInPlace(a, "问法「"+own.Text+"」", err)
	}
	own.Back = !own.Back
	w.entry.Own = append(w.entry.Own, own)
	w.files[a.Rule.File] = changed
	return nil
}
