package corpus

import (
	"io/fs"
	"sync"
)

// The kinds of content a library without any of its own borrows of the sample,
// by the names of their folders.
const (
	StoriesKind = "stories"
	NoticesKind = "notices"
	BooksKind   = "books"
)

// borrow takes over the sample's stories, notices and books, each if the library
// has no file of the kind: whoever puts their own rules in place of the sample's
// goes on having a story a day. Questions, cases and rules are about the sample's
// own rules, and a collection of articles from elsewhere has no days.
func (c *Corpus) borrow(files []entry) {
	has := map[kind]bool{}
	for _, e := range files {
		has[e.kind] = true
	}
	if c.Bulk() {
		return
	}
	if !has[storyFile] {
		c.Stories, c.Borrowed = sampleContents().Stories, append(c.Borrowed, StoriesKind)
	}
	if !has[noticeFile] {
		c.Notices, c.Borrowed = sampleContents().Notices, append(c.Borrowed, NoticesKind)
	}
	if !has[bookFile] {
		c.Books, c.Borrowed = sampleContents().Books, append(c.Borrowed, BooksKind)
	}
}

// sampleContents are the sample's contents as another library may tell them:
// marked, and without what only the sample has.
var sampleContents = sync.OnceValue(func() *Corpus {
	c, rep := &Corpus{}, &report{unread: map[string]bool{}}
	for _, folder := range []string{StoriesKind, NoticesKind, BooksKind} {
		entries, err := fs.ReadDir(Sample(), folder)
		if err != nil {
			panic("corpus: embedded " + folder + ": " + err.Error()) // it is part of the program
		}
		for _, d := range entries {
			file := folder + "/" + d.Name()
			raw, err := fs.ReadFile(Sample(), file)
			if err != nil {
				panic("corpus: embedded " + file + ": " + err.Error())
			}
			c.parse(entry{path: file, kind: kindOf(file)}, string(raw), rep)
		}
	}
	if len(rep.errors) > 0 {
		panic("corpus: embedded contents: " + rep.errors.Error())
	}
	for _, s := range c.Stories {
		s.Cites, s.Sample = nil, true
	}
	for _, n := range c.Notices {
		n.Cites, n.Sample = nil, true
	}
	for _, b := range c.Books {
		b.Sample = true
	}
	return c
})
