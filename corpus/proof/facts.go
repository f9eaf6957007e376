package proof

import (
	"fmt"
	"slices"
	"strings"

	"lianwen/corpus"
)

// facts checks every sentence in force against the library's table of facts.
func (k *check) facts() {
	for _, f := range k.c.Facts {
		f := fact{f}
		if bad := k.unknownIDs(f.In); bad != "" {
			k.table(f.Line, "「%s」的 in 写的 %s 不在制度库里", "请改正"+k.meant(bad), f.Name, bad)
		}
		if bad := f.unreadable(); bad != "" {
			k.table(f.Line, "「%s」的 says 写的「%s」读不出是多久、多少", "请连单位写上，如「3个工作日」「每半年」「60元」", f.Name, bad)
			continue
		}
		if f.Kind == "words" && len(f.Cites) == 0 && len(f.About) == 0 {
			k.saidSomewhere(f)
			continue
		}
		looked := 0
		for _, p := range k.passages {
			if f.of(p.of.Rule.ID) && f.isAbout(p.whole()) {
				looked++
				k.fact(f, p)
			}
		}
		k.citedFacts(f)
		k.toldFacts(f)
		if looked == 0 && len(f.Cites) == 0 {
			k.table(f.Line, "「%s」没有一句对得上 about", "请改正 about 和 in，或删去这一段", f.Name)
		}
	}
}

// table notes what is wrong with the table of facts itself.
func (k *check) table(line int, what, fix string, args ...any) {
	k.found = append(k.found, Finding{Kind: Table, Must: true, Where: corpus.FactsFile, File: corpus.FactsFile, Line: line, What: fmt.Sprintf(what, args...), Fix: fix})
}

// fact checks one sentence about the thing of a fact.
func (k *check) fact(f fact, p passage) {
	if f.Kind == "words" || f.Kind == "route" {
		if missing := f.missing(p.whole()); missing != "" {
			k.addAt(p, Facts, true, fmt.Sprintf("%s（%s）：「%s」没有写「%s」", p.of.Citation(), f.Name, excerpt(p.text), missing), f.fix())
		}
		return
	}
	for _, part := range f.parts(p.text) {
		if other := f.other(part); len(other) > 0 {
			k.addAt(p, Facts, true, fmt.Sprintf("%s（%s）写的是「%s」", p.of.Citation(), f.Name, strings.Join(other, "」「")), f.fix())
			return
		}
	}
}

// toldFacts checks what is told and asked of the thing of a fact, where it rests on the
// rules that are looked at. It need not say the value, but must say no other.
func (k *check) toldFacts(f fact) {
	if f.Kind == "words" || f.Kind == "route" {
		return
	}
	for _, t := range k.contents {
		if !f.rests(t.cites) {
			continue
		}
		for _, s := range sentences(t.text) {
			if !f.isAbout(s) {
				continue
			}
			if other := f.other(s); len(other) > 0 {
				k.addIn(t, Facts, true, s, fmt.Sprintf("正文（%s）写的是「%s」", f.Name, strings.Join(other, "」「")), f.fix())
			}
		}
	}
	for _, q := range k.c.Questions {
		said := q.Options[q.Answer] + "；" + q.Explanation
		if !f.rests(q.Cites) || !f.isAbout(q.Text+said) {
			continue
		}
		if other := f.other(said); len(other) > 0 {
			k.addQuestion(q, Facts, true, fmt.Sprintf("答案和解析（%s）写的是「%s」", f.Name, strings.Join(other, "」「")), f.fix())
		}
	}
}

// citedFacts checks the articles that must state a fact.
func (k *check) citedFacts(f fact) {
	for _, cite := range f.Cites {
		a := k.c.Resolve(cite)
		if a == nil || a.Rule.Repealed || a.Deleted {
			k.table(f.Line, "「%s」的 cites 写的 %s 不在现行制度里", "请改正条号"+k.meant(cite.Rule), f.Name, cite)
			continue
		}
		if !f.statedIn(a) {
			k.add(Finding{Kind: Facts, Must: true, Where: a.Key(), File: a.Rule.File,
				What: fmt.Sprintf("%s没有写「%s」（%s）", a.Citation(), f.says(), f.Name), Fix: f.fix()}, a.Line, "")
		}
	}
}

// saidSomewhere checks what a library must say at least once, wherever.
func (k *check) saidSomewhere(f fact) {
	for _, group := range f.Says {
		if !slices.ContainsFunc(k.articles, func(a *corpus.Article) bool {
			return f.of(a.Rule.ID) && containsAny(a.Text, group)
		}) {
			k.found = append(k.found, Finding{Kind: Facts, Must: true, Where: f.Name, File: corpus.FactsFile, Line: f.Line,
				What: fmt.Sprintf("没有一条写到「%s」（%s）", strings.Join(group, "」或「"), f.Name), Fix: "请在合适的条里写上"})
		}
	}
}
