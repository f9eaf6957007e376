package staff

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/shelf"
	"lianwen/corpus"
)

// EditLibrary changes what helps finding in the library: the heading and the lines of an
// article, a group of synonyms, a fixed reply. Somebody who has changed it meanwhile is
// not overwritten: that is bot.Conflict.
func (d *Desk) EditLibrary(ctx context.Context, actor ledger.Actor, e shelf.Edit) (shelf.Entry, error) {
	s, err := d.Shelf(actor)
	if err != nil {
		return shelf.Entry{}, err
	}
	done, err := s.Edit(ctx, e)
	if err != nil {
		return done, err
	}
	if err := d.Ledger.Note(ctx, actor, "edit library", deedOf(done), d.Now()); err != nil {
		_, undone := s.Undo(context.WithoutCancel(ctx), done.ID)
		return done, errors.Join(err, undone)
	}
	return done, nil
}

// UndoEdit takes back what EditLibrary has done.
func (d *Desk) UndoEdit(ctx context.Context, actor ledger.Actor, id string) (shelf.Entry, error) {
	s, err := d.Shelf(actor)
	if err != nil {
		return shelf.Entry{}, err
	}
	done, err := s.Undo(ctx, id)
	if err != nil {
		return done, err
	}
	return done, d.Ledger.Note(ctx, actor, "undo edit", deedOf(done), d.Now())
}

// deedOf is an edit as the audit has it, which never forgets: without lines, which may
// be what somebody asked.
func deedOf(e shelf.Entry) string {
	var parts []string
	note := func(number, what string) {
		if text := e.Rule + "#" + number + what; !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	for _, l := range e.Lines {
		note(l.Number, "")
	}
	for _, own := range e.Own {
		note(own.Number, "")
	}
	switch {
	case e.Heading != nil:
		note(e.Heading.Number, " 条旨 "+cmp.Or(e.Heading.Was, "（无）")+" → "+cmp.Or(e.Heading.Now, "（无）"))
	case e.Group != nil:
		parts = append(parts, cmp.Or(strings.Join(e.Group.Was, " "), "（无）")+" → "+cmp.Or(strings.Join(e.Group.Now, " "), "（无）"))
	case e.Reply != nil:
		parts = append(parts, e.Reply.File+" "+e.Reply.ID)
	}
	return strings.Join(parts, "、")
}

// lastEdits is how many edits are listed to be taken back.
const lastEdits = 20

// Edits are the last edits that can be taken back and that are about something, the last
// first.
func (d *Desk) Edits(about func(shelf.Entry) bool) ([]shelf.Entry, error) {
	if d.Dir == "" {
		return nil, nil
	}
	list, err := (&shelf.Shelf{Dir: d.Dir}).Edits()
	if err != nil {
		return nil, err
	}
	slices.Reverse(list)
	list = slices.DeleteFunc(list, func(e shelf.Entry) bool { return !about(e) })
	return list[:min(len(list), lastEdits)], nil
}

// shelved is the library as it was read last.
type shelved struct {
	sync.Mutex
	stamp string
	c     *corpus.Corpus
}

// OnDisk is the library as it is now, which may be ahead of what is answered from. It is
// read anew only when it has changed.
func (d *Desk) OnDisk() (*corpus.Corpus, error) {
	if d.Dir == "" {
		c, release := d.Library()
		defer release()
		return c, nil // a corpus never changes
	}
	d.read.Lock()
	defer d.read.Unlock()
	stamp, err := corpus.Stamp(d.Dir)
	if err != nil {
		return nil, err
	}
	if d.read.c == nil || d.read.stamp != stamp {
		c, err := corpus.Open(d.Dir)
		if corpus.Empty(err) {
			c, err = &corpus.Corpus{}, nil
		}
		if err != nil {
			return nil, bot.Unavailable.Sayf("制度库现在读不出来，请把它改好再来：%v", err)
		}
		d.read.c, d.read.stamp = c, stamp
	}
	return d.read.c, nil
}

// EditedBy is who made an edit, as people call them.
func EditedBy(e shelf.Entry) string { return strings.TrimSpace(actorInWords(ledger.Actor(e.Who))) }
