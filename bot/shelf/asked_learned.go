package shelf

import (
	"context"
	"errors"
	"slices"

	"lianwen/corpus"
)

// LearnLines adds lines to articles of a rule, as AddLines does, and returns what has
// come, so that just that can be taken back. When nothing has, it returns what had come
// of the same origin before, and that it was there: whoever added that may not have put it
// on record.
func (s *Shelf) LearnLines(ctx context.Context, rule string, asked []Asked) (came []LineChange, there bool, err error) {
	if err := s.folder(); err != nil {
		return nil, false, err
	}
	err = s.changeLines(ctx, rule, "加问法", func(f *askedFile) error {
		for _, one := range asked {
			if _, err := f.add(one); err != nil {
				return err
			}
		}
		if came = f.lines; len(came) == 0 {
			came, there = f.there(asked), true
		}
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	return came, there, nil
}

// there are those of some lines that the file has, of the same origin.
func (f *askedFile) there(asked []Asked) (list []LineChange) {
	for _, one := range asked {
		for _, l := range one.Lines {
			section := f.section(f.rule.Article(one.Article.Number), l.Part)
			if i := f.find(section); i >= 0 && slices.ContainsFunc(f.Sections[i].Lines, func(o corpus.AskedLine) bool { return o.Text == l.Text && o.From == l.From }) {
				list = append(list, newLineChange(section, l, false))
			}
		}
	}
	return list
}

// ErrGone means that nothing is there any more of what is to be taken back.
var ErrGone = errors.New("nothing of it is there any more")

// TakeLines takes back lines that LearnLines has added. If one of them is not there any
// more as it was, it takes none; ErrGone: none of them is there.
func (s *Shelf) TakeLines(ctx context.Context, rule string, came []LineChange) error {
	return s.changeLines(ctx, rule, "去问法", func(f *askedFile) error {
		gone := 0
		for _, ch := range came {
			cite, err := corpus.ParseCite(rule + "#" + ch.Number)
			if err != nil {
				return changedByHand(askedName(rule))
			}
			section := corpus.AskedSection{Number: cite.Number, Part: ch.Part, Digest: ch.Digest}
			i := f.find(section)
			switch {
			case i >= 0 && slices.ContainsFunc(f.Sections[i].Lines, func(l corpus.AskedLine) bool { return l.Text == ch.Text && l.From == ch.From }):
				f.remove(section, ch.Text)
			case f.changed(i, ch):
				return changedByHand(askedName(rule))
			default:
				gone++
			}
		}
		switch gone {
		case 0:
			return nil
		case len(came):
			return ErrGone
		}
		return changedByHand(askedName(rule))
	})
}

// changed reports whether a line that is not in its section as it was, -1 for none, is
// there with other words or of another origin, or is elsewhere in the file.
func (f *askedFile) changed(section int, was LineChange) bool {
	for i, s := range f.Sections {
		if slices.ContainsFunc(s.Lines, func(l corpus.AskedLine) bool {
			words, origin := corpus.SameLine(l.Text, was.Text), l.From == was.From
			return words && origin || i == section && (words || origin)
		}) {
			return true
		}
	}
	return false
}

// PutLines puts back what TakeLines has taken.
func (s *Shelf) PutLines(ctx context.Context, rule string, taken []LineChange) error {
	return s.changeLines(ctx, rule, "加问法", func(f *askedFile) error {
		for _, ch := range taken {
			ch.Removed = true // reverse puts back what is on record as gone
			if err := f.reverse(ch); err != nil {
				return err
			}
		}
		return nil
	})
}
