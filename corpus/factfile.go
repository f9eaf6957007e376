package corpus

import (
	"regexp"
	"slices"
	"strings"
)

// FactsFile is the file at the top of a library that says what its texts are to agree
// with. Nobody is shown any of it; it is for checking the texts against.
const FactsFile = "facts.toml"

// FactKinds are what a fact can say of a thing, and factKindNames how people call them,
// which can be written as well.
var (
	FactKinds     = []string{"period", "approver", "amount", "route", "words"}
	factKindNames = []string{"期限", "批准", "数额", "途径", "字样"}
)

// Fact is what the rules say of one thing wherever they speak of it.
type Fact struct {
	Name string
	Kind string   // one of FactKinds
	In   []string // only in the rules with these ids; none for all
	// About are the words by which a sentence about the thing is known: one of each
	// group must stand in it. None for what whole articles are looked at for.
	About [][]string
	Not   []string   // words that say that it is about something else
	Cites []Cite     // articles that must say it
	Says  [][]string // the value: of FactKinds' words all must stand, of the others one; alternatives in a group
	Why   string
	Line  int
}

// Term is words that should not stand in the texts of a library.
type Term struct {
	Words   []string
	Match   []*regexp.Regexp
	Unless  []string // words that make them right where they stand in the same sentence
	In      []string // only in what has these ids; none for everything
	Why     string   // what is wrong with them
	Instead string   // what to write
	Line    int      // 0 for one that comes with the program
}

// Accepted is a finding that somebody has looked at and left, with the reason.
type Accepted struct {
	Kind  string
	Where string // as the finding names it
	Why   string
	Line  int
}

// factFile is the form of FactsFile.
type factFile struct {
	Fact []struct {
		Name  string   `toml:"name"`
		Kind  string   `toml:"kind"`
		In    []string `toml:"in"`
		About []string `toml:"about"`
		Not   []string `toml:"not"`
		Cites []string `toml:"cites"`
		Says  []string `toml:"says"`
		Why   string   `toml:"why"`
	} `toml:"fact"`
	Term []struct {
		Words   []string `toml:"words"`
		Match   []string `toml:"match"`
		Unless  []string `toml:"unless"`
		In      []string `toml:"in"`
		Why     string   `toml:"why"`
		Instead string   `toml:"instead"`
	} `toml:"term"`
	Accepted []struct {
		Kind  string `toml:"kind"`
		Where string `toml:"where"`
		Why   string `toml:"why"`
	} `toml:"accepted"`
}

// parseFacts reads FactsFile. What is wrong in it is left out, the rest holds.
func (c *Corpus) parseFacts(file, src string, rep *report) {
	var f factFile
	if !decodeTOML(file, src, 0, &f, rep) {
		return
	}
	lines := tableLines(src, "fact")
	for i, raw := range f.Fact {
		fact := &Fact{Name: raw.Name, Kind: factKind(raw.Kind), In: raw.In, Not: raw.Not, Why: raw.Why, Line: lines(i)}
		before := len(rep.errors)
		fact.Cites = parseCites(file, fact.Line, raw.Cites, rep)
		fact.About = wordGroups(file, fact.Line, raw.About, rep)
		fact.Says = wordGroups(file, fact.Line, raw.Says, rep)
		if len(rep.errors) == before {
			fact.check(file, rep)
		}
		if len(rep.errors) == before {
			c.Facts = append(c.Facts, fact)
		}
	}
	lines = tableLines(src, "term")
	for i, raw := range f.Term {
		term := &Term{Words: raw.Words, Unless: raw.Unless, In: raw.In, Why: raw.Why, Instead: raw.Instead, Line: lines(i)}
		before := len(rep.errors)
		term.Match = compilePatterns(file, src, lineStart(src, term.Line), raw.Match, rep)
		if len(raw.Words)+len(raw.Match) == 0 || slices.Contains(raw.Words, "") {
			rep.errorf(file, term.Line, "请写上 words 或 match", "[[term]] 没有写是哪些词")
		}
		if raw.Why == "" || raw.Instead == "" {
			rep.errorf(file, term.Line, "请写上 why（哪里不对）和 instead（改成什么）", "[[term]] 没有写缘由或怎么改")
		}
		if len(rep.errors) == before {
			c.Terms = append(c.Terms, term)
		}
	}
	lines = tableLines(src, "accepted")
	for i, raw := range f.Accepted {
		if raw.Kind == "" || raw.Where == "" || raw.Why == "" {
			rep.errorf(file, lines(i), "请写上 kind、where（照 check --content 显示的写）和 why（为什么不改）", "[[accepted]] 没有写全")
			continue
		}
		c.Accepted = append(c.Accepted, Accepted{raw.Kind, raw.Where, raw.Why, lines(i)})
	}
}

// factKind is a kind as FactKinds has it.
func factKind(written string) string {
	if i := slices.Index(factKindNames, written); i >= 0 {
		return FactKinds[i]
	}
	return written
}

// check reports what is missing from a fact.
func (f *Fact) check(file string, rep *report) {
	switch {
	case f.Name == "":
		rep.errorf(file, f.Line, "请写上 name，如 name = \"公开支出的周期\"", "[[fact]] 没有名称")
	case !slices.Contains(FactKinds, f.Kind):
		rep.errorf(file, f.Line, "请写下列之一："+strings.Join(factKindNames, "、"), "「%s」的 kind %q 不认识", f.Name, f.Kind)
	case len(f.Says) == 0:
		rep.errorf(file, f.Line, "请写上 says，如 says = [\"每半年\"]", "「%s」没有写应当是什么", f.Name)
	case f.Kind != "words" && len(f.About) == 0 && len(f.Cites) == 0:
		rep.errorf(file, f.Line, "请写上 about（句子里有哪些词）或 cites（哪几条写着）", "「%s」没有写看哪些句子", f.Name)
	}
}

// wordGroups reads words with alternatives: 公开|公布.
func wordGroups(file string, line int, texts []string, rep *report) [][]string {
	var groups [][]string
	for _, text := range texts {
		words := strings.Split(text, "|")
		if slices.Contains(words, "") {
			rep.errorf(file, line, "请删去多余的 | 或空的一项", "「%s」里有空的词", text)
			continue
		}
		groups = append(groups, words)
	}
	return groups
}

// tableLines tells the line on which the i-th [[name]] of src stands.
func tableLines(src, name string) func(i int) int {
	var lines []int
	no := 0
	for raw := range strings.Lines(src) {
		no++
		if inner, ok := strings.CutPrefix(trimSpace(raw), "[["); ok {
			if inner, _, ok = strings.Cut(inner, "]]"); ok && trimSpace(inner) == name {
				lines = append(lines, no)
			}
		}
	}
	return func(i int) int {
		if i < len(lines) {
			return lines[i]
		}
		return 1
	}
}

// lineStart is where line no of src begins.
func lineStart(src string, no int) int {
	at := 0
	for ; no > 1; no-- {
		i := strings.IndexByte(src[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
	}
	return at
}
