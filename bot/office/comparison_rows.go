package office

import (
	"strings"

	"lianwen/corpus"
)

// Row is an article in both versions of a rule, side by side.
type Row struct {
	corpus.Change
	Before, After []Piece
	What          string // what became of it, a line for each thing
}

// Untouched reports whether nothing of the article changed, not even where it stands.
func (r Row) Untouched() bool { return r.Kind == corpus.Same && !r.Moved }

// Piece is words of an article, marked in a comparison.
type Piece struct {
	Mark Mark
	Text string
}

// Mark is why words of a comparison look otherwise than the rest.
type Mark string

// The marks.
const (
	Plain    Mark = ""
	Label    Mark = "Label"    // the number of an article
	Deleted  Mark = "Deleted"  // the new version has it no more
	Inserted Mark = "Inserted" // the old version had it not
)

// Rows sets the articles of a comparison side by side.
func Rows(c *corpus.Comparison) []Row {
	rows := make([]Row, len(c.Changes))
	for i, ch := range c.Changes {
		rows[i] = Row{Change: ch, Before: before(ch), After: after(ch), What: explained(ch)}
	}
	return rows
}

// before is an article as it was, with what goes marked.
func before(ch corpus.Change) []Piece {
	switch {
	case ch.Old == nil:
		return nil
	case ch.Kind == corpus.Removed:
		return []Piece{label(ch.Old), {Deleted, ch.Old.Body()}}
	case ch.Kind != corpus.Changed:
		return []Piece{label(ch.Old), {Plain, ch.Old.Body()}}
	}
	return edited(label(ch.Old), ch.Words, corpus.Delete, Deleted)
}

// after is an article as it becomes, with what comes marked.
func after(ch corpus.Change) []Piece {
	switch {
	case ch.New == nil:
		return nil
	case ch.Kind == corpus.Added:
		return []Piece{label(ch.New), {Inserted, ch.New.Body()}}
	case ch.Kind != corpus.Changed:
		return []Piece{label(ch.New), {Plain, ch.New.Body()}}
	}
	return edited(label(ch.New), ch.Words, corpus.Insert, Inserted)
}

// edited is one side of what changed.
func edited(label Piece, words []corpus.Edit, op corpus.EditOp, mark Mark) []Piece {
	pieces := []Piece{label}
	for _, e := range words {
		switch {
		case e.Op == corpus.Keep || e.Op == op && e.Layout:
			pieces = append(pieces, Piece{Plain, e.Text})
		case e.Op == op:
			pieces = append(pieces, Piece{mark, e.Text})
		}
	}
	return pieces
}

func label(a *corpus.Article) Piece {
	return Piece{Label, strings.TrimSuffix(a.Text, a.Body())}
}

// explained says what became of an article, a line for each thing.
func explained(ch corpus.Change) string {
	lines := []string{ch.Kind.String()}
	if ch.Old != nil && ch.New != nil && ch.Old.Number != ch.New.Number {
		lines = append(lines, ch.Old.Label+"改为"+ch.New.Label)
	}
	if ch.Moved {
		lines = append(lines, movedTo(ch))
	}
	return strings.Join(lines, "\n")
}
