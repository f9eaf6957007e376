package corpus

import (
	"regexp"
	"slices"
)

// ChangeKind is what became of an article in a revision.
type ChangeKind int

// The kinds of change.
const (
	Same       ChangeKind = iota // the same words under the same number
	Changed                      // other words, perhaps another number too
	Added                        // only the new version has it
	Removed                      // only the old version has it, or the new one keeps just its number
	Renumbered                   // the same words under another number
)

// String is the kind as tables of changes write it.
func (k ChangeKind) String() string {
	return [...]string{"未变", "修改", "新增", "删去", "条号变动"}[k]
}

// Change is one article in both versions.
type Change struct {
	Kind     ChangeKind
	Old, New *Article // nil where that version has none
	Moved    bool     // it stands in another chapter
	Words    []Edit   // of Changed: from the old Body to the new
}

// Comparison is two versions of a rule set against each other.
type Comparison struct {
	Old, New *Rule
	Changes  []Change // in the order of the new version, removed articles where they stood
}

// Compare sets two versions of a rule against each other, article by article.
// Spaces, line ends and the width of characters are no difference of words, and
// a number that only moved on is none either; words that refer to such a number
// are. Articles that are marked as deleted count as not there.
func Compare(old, new *Rule) *Comparison {
	p := &pairing{old: living(old), new: living(new)}
	p.match()
	c := &Comparison{Old: old, New: new}
	removed := p.removed()
	before := func(j int) {
		for _, i := range removed[j] {
			c.Changes = append(c.Changes, Change{Kind: Removed, Old: p.old[i].Article})
		}
	}
	for j, a := range p.new {
		before(j)
		if i := p.toOld[j]; i < 0 {
			c.Changes = append(c.Changes, Change{Kind: Added, New: a.Article})
		} else {
			c.Changes = append(c.Changes, change(p.old[i], a))
		}
	}
	before(len(p.new))
	return c
}

// change tells what became of an article that both versions have.
func change(old, new *compared) Change {
	ch := Change{Old: old.Article, New: new.Article, Moved: !slices.Equal(divisions(old.Article), divisions(new.Article))}
	switch {
	case old.words != new.words:
		ch.Kind, ch.Words = Changed, wordEdits(old.Body(), new.Body())
	case old.Number != new.Number:
		ch.Kind = Renumbered
	}
	return ch
}

// Counts are how many articles there are of each kind.
func (c *Comparison) Counts() (changed, added, removed, renumbered, same int) {
	var n [Renumbered + 1]int
	for _, ch := range c.Changes {
		n[ch.Kind]++
	}
	return n[Changed], n[Added], n[Removed], n[Renumbered], n[Same]
}

// Empty reports whether nothing has changed: no words, no numbers, no chapters.
func (c *Comparison) Empty() bool {
	return !slices.ContainsFunc(c.Changes, func(ch Change) bool { return ch.Kind != Same || ch.Moved })
}

// Successor is the article of the new version that has the words of an old one,
// under whatever number; nil when there is none. What was written for the old
// one holds for it too.
func (c *Comparison) Successor(old *Article) *Article {
	for _, ch := range c.Changes {
		if ch.Old == old && (ch.Kind == Same || ch.Kind == Renumbered) {
			return ch.New
		}
	}
	return nil
}

// Body is what follows the label in the article's text.
func (a *Article) Body() string {
	if m := annexPattern.FindStringSubmatchIndex(a.Text); m != nil && a.Number.Annex > 0 { // 附件 1, 附录
		return a.Text[m[3]:]
	}
	return a.Text[a.labelEnd():]
}

// divisionNumber is what moves on when a chapter is put in front.
var divisionNumber = regexp.MustCompile(`^第[` + numeralClass + `]+(?:分编|编|章|节)`)

// divisions are the names of the chapters that an article stands in; the number
// of one that has no name.
func divisions(a *Article) []string {
	var names []string
	for _, heading := range a.Path {
		name := folded(divisionNumber.ReplaceAllString(heading, ""))
		if name == "" {
			name = folded(heading)
		}
		names = append(names, name)
	}
	return names
}
