package shelf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"lianwen/bot"
	"lianwen/corpus"
)

// takenBack is the action of an entry that takes a publication back.
const takenBack = "撤回"

// publications are the actions of entries that can be taken back.
var publications = []string{Add.String(), Revise.String(), Correct.String(), Archive.String(), repealing}

// LastPublication is the last publication of a rule in its log that was not taken back;
// ok is false when there is none.
func LastPublication(log []Entry) (last Entry, ok bool) {
	taken := 0
	for _, e := range slices.Backward(log) {
		switch {
		case e.Action == takenBack:
			taken++
		case !slices.Contains(publications, e.Action):
		case taken > 0:
			taken--
		default:
			return e, true
		}
	}
	return Entry{}, false
}

// TakeBack takes the last publication of a rule back: a new rule goes, of a revision and
// of a correction the words before come back, a repealed rule is in force. What it wrote
// is kept with the papers. was is the Written of the publication that is meant, "" for
// whichever is the last. It returns the entry of what was taken back.
func (s *Shelf) TakeBack(ctx context.Context, rule, was string) (Entry, error) {
	unlock, err := s.lock(ctx)
	if err != nil {
		return Entry{}, err
	}
	defer unlock()
	all, err := s.Log("")
	if err != nil {
		return Entry{}, err
	}
	e, ok := LastPublication(slices.DeleteFunc(slices.Clone(all), func(e Entry) bool { return e.Rule != rule }))
	switch {
	case !ok:
		return e, bot.NotFound.Sayf("没有可以撤回的：%s 没有导入的记录，或者都撤回过了。", rule)
	case e.Written == "":
		return e, bot.Conflict.Sayf("《%s》的这一次%s是旧版程序记下的，没有记当时写了什么，不能撤回。请再导入正确的文件，或标为废止。", e.Title, e.Action)
	case was != "" && was != e.Written:
		return e, bot.Conflict.Sayf("《%s》在您打开页面以后又有改动（%s，%s），没有撤回。请看过以后再定。", e.Title, e.Action, e.Who)
	}
	if now, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(e.File))); errors.Is(err, fs.ErrNotExist) || err == nil && digestOf(now) != e.Written {
		return e, bot.Conflict.Sayf("《%s》的文件 %s 在%s以后有人改过，没有撤回，以免丢掉改的。请先看一看那个文件。", e.Title, e.File, e.Action)
	} else if err != nil {
		return e, unwritable(err)
	}
	after, err := s.before(e)
	if err != nil {
		return e, err
	}
	if err := s.mayChange(e, after, all); err != nil {
		return e, err
	}
	return e, s.takeBack(e, after)
}

// Former is the rule with the words that others took the place of in a publication.
func (s *Shelf) Former(e Entry) (*corpus.Rule, error) {
	root, err := os.OpenRoot(s.Dir)
	if err != nil {
		return nil, unwritable(err)
	}
	defer root.Close()
	if _, err := root.Stat(e.Before); e.Before == "" || err != nil {
		return nil, bot.NotFound.Sayf("《%s》%s以前的文字没有留下，或者已经不在了。", e.Title, e.Action)
	}
	c, err := corpus.Open(filepath.Join(s.Dir, filepath.FromSlash(e.Before)))
	if err != nil || len(c.Rules) == 0 {
		return nil, bot.Conflict.Sayf("《%s》%s以前的文字读不出来：%s。", e.Title, e.Action, e.Before)
	}
	return c.Rules[0], nil
}

// change is files of a library to be written and to be removed.
type change struct {
	write  map[string][]byte
	remove string // "": none
}

// before is how a publication is taken back.
func (s *Shelf) before(e Entry) (change, error) {
	from := e.Before
	switch e.Action {
	case Add.String(), Archive.String():
		return change{remove: e.File}, nil
	case Correct.String():
		words, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(e.Before)))
		if err != nil {
			return change{}, lost(e, e.Before)
		}
		return change{write: map[string][]byte{e.File: words}}, nil
	case repealing:
		from = e.File
	}
	c, err := s.Library()
	if err != nil {
		return change{}, err
	}
	i := -1
	if c != nil {
		i = slices.IndexFunc(c.Rules, func(r *corpus.Rule) bool { return r.File == from && r.ID == e.Rule })
	}
	if i < 0 {
		return change{}, lost(e, from)
	}
	old := *c.Rules[i]
	old.Repealed, old.Until = false, ""
	text, err := corpus.Format(&old)
	if err != nil {
		return change{}, fmt.Errorf("take back %s: %w", e.Rule, err)
	}
	ch := change{write: map[string][]byte{e.File: []byte(text)}}
	if from != e.File {
		ch.remove = from
	}
	return ch, nil
}

func lost(e Entry, file string) error {
	return bot.Conflict.Sayf("撤回《%s》的%s要用 %s，它不在了，或者读不了，没有撤回。", e.Title, e.Action, file)
}

// mayChange refuses to take back what others have come to rest on.
func (s *Shelf) mayChange(e Entry, ch change, log []Entry) error {
	now, err := s.Library()
	if err != nil {
		return err
	}
	then, err := corpus.Read(changed{os.DirFS(s.Dir), ch})
	if err != nil && !corpus.Empty(err) {
		return bot.Conflict.Sayf("撤回《%s》以后，制度库就不能用了，没有撤回。请运行 lianwen check 看是哪里。", e.Title)
	}
	if then != nil {
		for _, p := range then.Faults {
			if now == nil || !slices.Contains(now.Faults, p) {
				return bot.Conflict.Sayf("撤回《%s》以后，%s 就不对了：%s。没有撤回，请先改好它（%s）。", e.Title, p.Where(), p.What, p.Fix)
			}
		}
	}
	if e.Action != Add.String() || now == nil {
		return nil
	}
	since := slices.IndexFunc(log, func(o Entry) bool { return o.Rule == e.Rule && o.Written == e.Written })
	for _, o := range log[since+1:] {
		other := now.RuleByID(o.Rule)
		if o.Rule == e.Rule || other == nil || other.Repealed {
			continue
		}
		for _, a := range other.Articles {
			if slices.ContainsFunc(a.Refs, func(r corpus.Ref) bool { return r.Target != nil && r.Target.Rule.ID == e.Rule }) {
				return bot.Conflict.Sayf("%s引用了《%s》，没有撤回。请先撤回或改好那一部。", a.Citation(), e.Title)
			}
		}
	}
	return nil
}

// takeBack does it. What was published is kept first; until a file that goes is gone,
// the library has a version twice and leaves out the one whose name stands behind.
func (s *Shelf) takeBack(e Entry, ch change) error {
	kept, err := s.keepWords(e.Rule, e.File)
	if err != nil {
		return err
	}
	for name, data := range ch.write {
		if err := s.write(name, data); err != nil {
			return err
		}
	}
	if ch.remove != "" {
		if err := os.Remove(filepath.Join(s.Dir, filepath.FromSlash(ch.remove))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return unwritable(err)
		}
	}
	return s.record(Entry{At: s.now(), Who: s.Who, Rule: e.Rule, Title: e.Title, Action: takenBack, Document: e.Document, Effective: e.Effective,
		Articles: e.Articles, Original: e.Original, Before: kept})
}

// changed is a library as it would be after a change.
type changed struct {
	fs.FS
	change
}

// Open implements fs.FS.
func (c changed) Open(name string) (fs.File, error) {
	if name == c.remove {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	f, err := c.FS.Open(name)
	if data, ok := c.write[name]; ok && err == nil {
		return replaced{f, bytes.NewReader(data)}, nil
	}
	return f, err
}

// replaced is a file with other words.
type replaced struct {
	fs.File
	words *bytes.Reader
}

// Read implements fs.File.
func (r replaced) Read(p []byte) (int, error) { return r.words.Read(p) }
