package shelf

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"lianwen/corpus"
	"lianwen/corpus/convert"
)

// Action is what publishing a draft does to the library.
type Action int

// The actions.
const (
	Add     Action = iota // a rule that was not there
	Revise                // a new version; the old one is kept as repealed
	Correct               // other words for the version that is there
	Keep                  // the library has it as it is
	Refuse                // it cannot come in; Why says why
)

// String is the action in a word.
func (a Action) String() string {
	return [...]string{Add: "新增", Revise: "修订", Correct: "更正", Keep: "未变", Refuse: "不能导入"}[a]
}

// Draft is one rule of a paper as it would be published.
type Draft struct {
	Rule       *corpus.Rule
	Old        *corpus.Rule       // the version in force it takes the place of; nil for a new rule
	Comparison *corpus.Comparison // with Old; nil for a new rule
	Action     Action
	Why        string // of Refuse
	Doubts     []Doubt
	text       string // the file to be written
}

// Doubt is a place that a person should look at in the paper.
type Doubt struct {
	Line int // of the converted text; 0 for the whole
	What string
}

// Draft works out what publishing papers would do. have is the library as it is; nil
// for an empty one. Nothing is written.
func (s *Shelf) Draft(papers []*Paper, have *corpus.Corpus) {
	taken, titles := map[string]bool{}, map[string]*Draft{}
	if have != nil {
		for _, r := range have.Rules {
			taken[r.ID] = true
		}
	}
	for _, p := range papers {
		if p.Problem != "" {
			continue
		}
		for _, r := range p.Found.Rules {
			d := &Draft{Rule: r, Doubts: doubts(p, r, s.today())}
			p.Drafts = append(p.Drafts, d)
			title := corpus.NormalizeTitle(r.Title)
			if other := titles[title]; other != nil {
				d.refuse("《%s》在这一批里已有一份（%s），请只留一份再导入", r.Title, other.Rule.File)
				continue
			}
			titles[title] = d
			if have != nil {
				d.Old = inForce(have, title)
			}
			s.settle(d, p, taken)
		}
	}
}

// inForce is the rule in force with a title.
func inForce(c *corpus.Corpus, title string) *corpus.Rule {
	i := slices.IndexFunc(c.Rules, func(r *corpus.Rule) bool { return !r.Repealed && corpus.NormalizeTitle(r.Title) == title })
	if i < 0 {
		return nil
	}
	return c.Rules[i]
}

func (d *Draft) refuse(format string, args ...any) {
	d.Action, d.Why = Refuse, fmt.Sprintf(format, args...)
}

// settle names a draft, compares it with the version in force and composes its file.
func (s *Shelf) settle(d *Draft, p *Paper, taken map[string]bool) {
	r := d.Rule
	switch old := d.Old; {
	case old == nil:
		r.ID = uniqueName(nameOf(r.Title), taken)
		taken[r.ID] = true
	case !strings.HasPrefix(old.File, rulesDir+"/"):
		d.refuse("《%s》在制度库的 %s 里，不是导入的。请先把那个文件移出制度库", r.Title, old.File)
		return
	default:
		r.ID = old.ID
		d.Comparison = corpus.Compare(old, r)
		d.Action = s.action(d)
		inherit(d)
	}
	r.Original = originalPath(r.ID, p)
	if d.Action == Keep {
		return
	}
	text, err := corpus.Format(r)
	if err != nil {
		d.refuse("写成制度文件再读回来和原文不一样，没有导入。请把原文告诉维护人员（%v）", err)
		return
	}
	d.text = text
}

// action tells a new version from a correction of the one that is there: a new
// version says so by the day it takes effect, or by its number.
func (s *Shelf) action(d *Draft) Action {
	old, r := d.Old, d.Rule
	same := d.Comparison.Empty() && old.Title == r.Title
	day := cmp.Or(r.Effective, r.Issued)
	switch {
	case same && (day == "" || day == old.Effective || day == old.Issued):
		return Keep
	case r.Effective != "" && r.Effective > old.Effective:
		return Revise
	case r.Effective == "" && r.Document != "" && r.Document != old.Document:
		r.Effective = cmp.Or(r.Issued, s.today())
		return Revise
	case r.Effective == "":
		r.Effective = old.Effective
	}
	if r.Effective < old.Effective {
		d.Doubts = append(d.Doubts, Doubt{0, fmt.Sprintf("施行日期 %s 早于现行的 %s，请核对是不是旧版", r.Effective.Chinese(), old.Effective.Chinese())})
	}
	return Correct
}

// inherit gives a new version what staff have written about the old one: about the
// rule, and about the articles whose words did not change.
func inherit(d *Draft) {
	old, r := d.Old, d.Rule
	r.Category, r.Contact = cmp.Or(old.Category, r.Category), cmp.Or(r.Contact, old.Contact)
	r.Document, r.Issued = cmp.Or(r.Document, old.Document), cmp.Or(r.Issued, old.Issued)
	for _, alias := range old.Aliases {
		if !slices.Contains(r.Aliases, alias) {
			r.Aliases = append(r.Aliases, alias)
		}
	}
	for _, a := range old.Articles {
		next := d.Comparison.Successor(a)
		if next == nil {
			continue
		}
		next.Heading = cmp.Or(next.Heading, a.Heading)
		next.AskedAs = a.AskedAs
		for i := range min(len(a.Paragraphs), len(next.Paragraphs)) {
			from, to := &a.Paragraphs[i], &next.Paragraphs[i]
			to.AskedAs = from.AskedAs
			for k := range min(len(from.Items), len(to.Items)) {
				to.Items[k].AskedAs = from.Items[k].AskedAs
			}
		}
	}
}

// doubts are the places of a paper to look at, of those that a rule's lines hold.
func doubts(p *Paper, r *corpus.Rule, today corpus.Date) []Doubt {
	var out []Doubt
	for _, n := range p.Notes {
		if n.Kind == convert.Doubt {
			out = append(out, Doubt{0, n.What})
		}
	}
	if r.Effective > today {
		out = append(out, Doubt{0, fmt.Sprintf("%s 才施行，导入以后就按它回答；还要按旧版回答的，请到时再导入", r.Effective.Chinese())})
	}
	if r.Effective == "" {
		out = append(out, Doubt{0, "没有认出施行日期"})
	}
	for _, h := range p.Found.Hints {
		out = append(out, Doubt{h.Line, h.What})
	}
	return out
}

// originalPath is where the paper of a rule is kept, inside the library.
func originalPath(id string, p *Paper) string {
	return strings.Join([]string{originalsDir, id, p.Digest[:12] + "-" + filepath.Base(p.File)}, "/")
}
