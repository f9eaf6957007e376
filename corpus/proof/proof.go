package proof

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"lianwen/corpus"
)

// Kind is what is wrong, as findings are grouped and accepted by.
type Kind string

// The kinds of finding, in the order in which people read them.
const (
	Facts    Kind = "fact"     // the table of facts says otherwise
	Figures  Kind = "figure"   // a period or amount that the articles cited do not have
	Alike    Kind = "alike"    // two sentences alike but for a value
	Bounds   Kind = "bounds"   // 以上 and 以内 that overlap or leave a hole
	Terms    Kind = "term"     // words that should not stand there
	Morals   Kind = "moral"    // a story that permits what its article forbids
	Repealed Kind = "repealed" // what leads to repealed text
	Doubled  Kind = "doubled"  // the same said twice
	Options  Kind = "options"  // options that give the key away
	Dated    Kind = "dated"    // a day or year that is over
	Length   Kind = "length"   // longer than fits
	Persons  Kind = "person"   // somebody who may be alive
	Table    Kind = "table"    // facts.toml itself
)

// Kinds are all kinds with their names for people.
var Kinds = []struct {
	Kind Kind
	Name string
}{
	{Facts, "与核对表不一致"}, {Figures, "数字与依据的条不符"}, {Alike, "可能不一致"}, {Bounds, "以上、以内对不上"}, {Terms, "用词"}, {Morals, "故事与依据的条相反"},
	{Repealed, "引用了废止的"}, {Doubled, "重复"}, {Options, "题目的选项"}, {Dated, "过时的日子"}, {Length, "太长"},
	{Persons, "可能在世的人"}, {Table, "核对表本身"},
}

// Finding is one thing that is wrong, or looks so.
type Finding struct {
	Kind  Kind   `json:"kind"`
	Must  bool   `json:"must"`  // it must be mended; else it is doubtful
	Where string `json:"where"` // what it is about: keys of articles, ids; accepted findings name it
	File  string `json:"file"`
	Line  int    `json:"line"`
	What  string `json:"what"`
	Fix   string `json:"fix"`
}

// Looked is how much was looked at.
type Looked struct {
	Facts     int `json:"facts"`
	Terms     int `json:"terms"`
	Articles  int `json:"articles"`
	Sentences int `json:"sentences"`
	Lines     int `json:"lines"` // asked-as
	Questions int `json:"questions"`
	Stories   int `json:"stories"`
	Notices   int `json:"notices"`
	Cases     int `json:"cases"`
}

// Report is what a check found.
type Report struct {
	Findings []Finding `json:"findings"`
	Accepted []Finding `json:"accepted"` // doubtful ones that somebody has accepted
	Looked   Looked    `json:"looked"`
}

// check is one check of one library.
type check struct {
	c        *corpus.Corpus
	today    corpus.Date
	places   places
	articles []*corpus.Article // in force
	passages []passage
	contents []content
	found    []Finding
	looked   Looked
}

// Check reads c against itself; today is the day it is read on. The lines of findings
// are looked up in fsys, the library's files.
func Check(c *corpus.Corpus, fsys fs.FS, today corpus.Date) Report {
	k := &check{c: c, today: today, places: places{fsys: fsys, files: map[string][]string{}}}
	k.gather()
	k.facts()
	k.figures()
	k.referred()
	k.alike()
	k.bounds()
	k.terms()
	k.morals()
	k.repealed()
	k.doubled()
	k.questions()
	k.dated()
	k.lengths()
	k.persons()
	return k.report()
}

// gather takes up what is looked at.
func (k *check) gather() {
	rules, lists := k.c.RulesInForce()
	for _, r := range append(rules, lists...) {
		for _, a := range r.Articles {
			if a.Deleted {
				continue
			}
			k.articles = append(k.articles, a)
			k.passages = append(k.passages, passagesOf(a)...)
		}
	}
	k.contents = contentsOf(k.c)
	k.looked = Looked{
		Facts: len(k.c.Facts), Terms: len(k.c.Terms) + len(general), Articles: len(k.articles),
		Sentences: len(k.passages), Questions: len(k.c.Questions),
	}
	for _, t := range k.contents {
		switch t.kind {
		case aStory:
			k.looked.Stories++
		case aNotice:
			k.looked.Notices++
		case aCase:
			k.looked.Cases++
		}
	}
}

// add notes a finding; text is what is to be seen in the line meant, which is looked
// for from line from on.
func (k *check) add(f Finding, from int, text string) {
	f.Line = k.places.line(f.File, from, text)
	k.found = append(k.found, f)
}

// report takes the accepted findings out and says which acceptances are of no use.
func (k *check) report() Report {
	r := Report{Findings: []Finding{}, Accepted: []Finding{}, Looked: k.looked}
	used := make([]bool, len(k.c.Accepted))
	for _, f := range k.found {
		i := slices.IndexFunc(k.c.Accepted, func(a corpus.Accepted) bool { return !f.Must && a.Kind == string(f.Kind) && a.Where == f.Where })
		if i < 0 {
			r.Findings = append(r.Findings, f)
			continue
		}
		used[i] = true
		r.Accepted = append(r.Accepted, f)
	}
	for i, a := range k.c.Accepted {
		if !used[i] {
			r.Findings = append(r.Findings, Finding{Table, true, a.Where, corpus.FactsFile, a.Line,
				fmt.Sprintf("不改的一处（%s，%s）已经对不上了", a.Kind, a.Where), "请删去这一段 [[accepted]]；必须改的不能写在这里"})
		}
	}
	order := func(kind Kind) int {
		for i, known := range Kinds {
			if known.Kind == kind {
				return i
			}
		}
		return len(Kinds)
	}
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(order(a.Kind), order(b.Kind)), strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.What, b.What))
	})
	return r
}
