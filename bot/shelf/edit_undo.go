package shelf

import (
	"context"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/corpus"
)

// Edits are the changes of what helps finding that can be taken back, the oldest first.
func (s *Shelf) Edits() ([]Entry, error) {
	log, err := s.Log("")
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(standing(log), func(e Entry) bool { return e.ID == "" }), nil
}

// standing are the entries of a log that changed what helps finding and were not taken
// back. What takes back one that it does not name takes back the last change of lines.
func standing(log []Entry) (list []Entry) {
	for _, e := range log {
		switch last := lastOf(list, e.Undoes); {
		case e.Undoes == "" && e.Action != undone:
			if len(e.Lines)+len(e.Own) > 0 || e.Heading != nil || e.Group != nil || e.Reply != nil {
				list = append(list, e)
			}
		case last >= 0:
			list = slices.Delete(list, last, last+1)
		}
	}
	return list
}

// lastOf is the place of the entry with an id, or for "" of the last that changed lines
// alone; -1 for none.
func lastOf(list []Entry, id string) int {
	for i, e := range slices.Backward(list) {
		if id == "" && len(e.Lines) > 0 && len(e.Own) == 0 && e.Heading == nil || id != "" && e.ID == id {
			return i
		}
	}
	return -1
}

// Undo takes back the change with an id. What was changed since is left as it is, and
// then nothing is taken back.
func (s *Shelf) Undo(ctx context.Context, id string) (Entry, error) {
	list, err := s.Edits()
	if err != nil {
		return Entry{}, err
	}
	i := slices.IndexFunc(list, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return Entry{}, bot.NotFound.Sayf("没有这次改动，或者已经撤销过了，什么也没有做。")
	}
	return s.Edit(ctx, undoing{list[i]})
}

// undoing takes an entry back.
type undoing struct{ Entry }

func (u undoing) plan(w *workspace) error {
	// Another may have taken it back while this one waited for the lock.
	list, err := w.Edits()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(e Entry) bool { return e.ID == u.ID }) {
		return bot.NotFound.Sayf("这次改动刚刚撤销过了，什么也没有做。")
	}
	switch {
	case u.Group != nil:
		g := *u.Group
		g.Was, g.Now = g.Now, g.Was
		err = g.plan(w)
	case u.Reply != nil:
		err = w.swapBlock(BlockChange{u.Reply.File, u.Reply.ID, u.Reply.Now, u.Reply.Was})
	default:
		err = u.article(w)
	}
	w.entry.Undoes, w.entry.Action = u.ID, undone
	if u.Group != nil || u.Reply != nil || u.Heading != nil {
		w.entry.Action = "撤销：" + u.Action
	}
	return err
}

// article takes back what was done to the heading and the lines of an article.
func (u undoing) article(w *workspace) error {
	f, err := w.openLinesOf(w.c, u.Rule)
	if err != nil {
		return err
	}
	w.entry.Rule, w.entry.Title = u.Rule, u.Title
	for _, ch := range slices.Backward(u.Lines) {
		if err := f.reverse(ch); err != nil {
			return err
		}
	}
	w.putLines(f)
	for _, own := range slices.Backward(u.Own) {
		a, err := f.at(own.Number, own.Digest)
		if err != nil {
			return err
		}
		if err := w.giveBack(a, own); err != nil {
			return err
		}
	}
	if u.Heading != nil {
		a, err := f.at(u.Heading.Number, "")
		if err != nil {
			return err
		}
		return w.setHeading(a, Swap{Was: u.Heading.Now, Now: u.Heading.Was})
	}
	return nil
}

// at is an article of the rule by its number as citations write it; with digest, if it
// still has these words.
func (f *askedFile) at(number, digest string) (*corpus.Article, error) {
	n, _, ok := corpus.ParsePlace(number)
	if !ok || f.rule == nil || f.rule.Repealed || f.rule.Article(n) == nil {
		return nil, bot.Conflict.Sayf("那一条已经不在现行的制度里了，没有撤销。")
	}
	a := f.rule.Article(n)
	if digest != "" && a.WordsDigest() != digest {
		return nil, bot.Conflict.Sayf("%s的条文改过了，没有撤销。", a.Citation())
	}
	return a, nil
}

// Said is what an entry has changed of what helps finding, in words; "" for one that is
// about something else.
func (e Entry) Said() string {
	var parts []string
	for _, l := range e.Lines {
		parts = append(parts, map[bool]string{false: "加", true: "去"}[l.Removed]+"「"+l.Text+"」")
	}
	for _, own := range e.Own {
		parts = append(parts, map[bool]string{false: "去", true: "加回"}[own.Back]+"「"+own.Text+"」")
	}
	if e.Heading != nil {
		parts = append(parts, "条旨「"+e.Heading.Was+"」→「"+e.Heading.Now+"」")
	}
	if g := e.Group; g != nil {
		parts = append(parts, "“"+strings.Join(g.Was, " ")+"”→“"+strings.Join(g.Now, " ")+"”")
	}
	if e.Reply != nil {
		parts = append(parts, e.Reply.ID)
	}
	return strings.Join(parts, "，")
}
