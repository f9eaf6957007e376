package proof

import (
	"fmt"
	"slices"
	"strings"

	"lianwen/corpus"
)

// fact is a fact of the table, as sentences are checked against it.
type fact struct{ *corpus.Fact }

// facts checks every sentence in force against the library's table of facts.
func (k *check) facts() {
	for _, f := range k.c.Facts {
		f := fact{f}
		if bad := k.unknownIDs(f.In); bad != "" {
			k.table(f.Line, "「%s」的 in 写的 %s 不在制度库里", "请改正", f.Name, bad)
		}
		if f.Kind == "words" && len(f.Cites) == 0 && len(f.About) == 0 {
			k.saidSomewhere(f)
			continue
		}
		looked := 0
		for _, p := range k.passages {
			if len(f.About) > 0 && f.isAbout(p) {
				looked++
				f.check(k, p)
			}
		}
		k.citedFacts(f)
		if looked == 0 && len(f.Cites) == 0 {
			k.table(f.Line, "「%s」没有一句对得上 about", "请改正 about 和 in，或删去这一段", f.Name)
		}
	}
}

// table notes what is wrong with the table of facts itself.
func (k *check) table(line int, what, fix string, args ...any) {
	k.found = append(k.found, Finding{Kind: Table, Must: true, Where: corpus.FactsFile, File: corpus.FactsFile, Line: line, What: fmt.Sprintf(what, args...), Fix: fix})
}

// isAbout reports whether a sentence is about the thing of a fact.
func (f fact) isAbout(p passage) bool {
	if len(f.In) > 0 && !slices.Contains(f.In, p.of.Rule.ID) || containsAny(p.whole(), f.Not) {
		return false
	}
	for _, group := range f.About {
		if !containsAny(p.whole(), group) {
			return false
		}
	}
	return true
}

// check checks one sentence about the thing of a fact.
func (f fact) check(k *check, p passage) {
	fix := "请改成「" + f.says() + "」，或改核对表 " + corpus.FactsFile + " 第 " + fmt.Sprint(f.Line) + " 行"
	if f.Kind == "words" || f.Kind == "route" {
		if missing := f.missing(p.whole()); missing != "" {
			k.addAt(p, Facts, true, fmt.Sprintf("%s（%s）：「%s」没有写「%s」", p.of.Citation(), f.Name, excerpt(p.text), missing), fix)
		}
		return
	}
	if other := f.other(p.text); len(other) > 0 {
		k.addAt(p, Facts, true, fmt.Sprintf("%s（%s）写的是「%s」", p.of.Citation(), f.Name, strings.Join(other, "」「")), fix)
	}
}

// other are the values of the fact's kind in a text, if none of them is right.
func (f fact) other(text string) (list []string) {
	classes := map[string]bool{}
	for _, says := range slices.Concat(f.Says...) {
		vs := values(f.Kind, says)
		for _, v := range vs {
			classes[v.class] = true
		}
		if (len(vs) != 1 || vs[0].from > 0) && f.Kind != "approver" && strings.Contains(text, says) {
			return nil // 发现之时起24小时 is more than a length
		}
	}
	for _, v := range values(f.Kind, text) {
		for _, says := range slices.Concat(f.Says...) {
			if own := values(f.Kind, says); (f.Kind == "approver" || len(own) == 1 && own[0].from == 0) && v.is(says) {
				return nil
			}
		}
		if f.Kind == "approver" || classes[v.class] {
			list = append(list, text[v.from:v.to])
		}
	}
	return list
}

// missing is what a text does not say of what it must: of words every group, of a route
// one of them; "" when it does.
func (f fact) missing(text string) string {
	if f.Kind == "route" {
		if containsAny(text, slices.Concat(f.Says...)) {
			return ""
		}
		return f.says()
	}
	for _, group := range f.Says {
		if !containsAny(text, group) {
			return strings.Join(group, "」或「")
		}
	}
	return ""
}

// says is what is right, for people.
func (f fact) says() string {
	var all []string
	for _, group := range f.Says {
		all = append(all, strings.Join(group, "」或「"))
	}
	if f.Kind == "words" {
		return strings.Join(all, "」「")
	}
	return strings.Join(all, "」或「")
}

// citedFacts checks the articles that must state a fact.
func (k *check) citedFacts(f fact) {
	for _, cite := range f.Cites {
		a := k.c.Resolve(cite)
		if a == nil || a.Rule.Repealed || a.Deleted {
			k.table(f.Line, "「%s」的 cites 写的 %s 不在现行制度里", "请改正条号", f.Name, cite)
			continue
		}
		if !f.statedIn(a) {
			k.add(Finding{Kind: Facts, Must: true, Where: a.Key(), File: a.Rule.File,
				What: fmt.Sprintf("%s没有写「%s」（%s）", a.Citation(), f.says(), f.Name), Fix: "请补上，或改核对表 " + corpus.FactsFile + " 第 " + fmt.Sprint(f.Line) + " 行"}, a.Line, "")
		}
	}
}

func (f fact) statedIn(a *corpus.Article) bool {
	if f.Kind == "words" || f.Kind == "route" {
		return f.missing(a.Text) == ""
	}
	for _, says := range slices.Concat(f.Says...) {
		if strings.Contains(a.Text, says) || slices.ContainsFunc(values(f.Kind, a.Text), func(v value) bool { return v.is(says) }) {
			return true
		}
	}
	return false
}

// saidSomewhere checks what a library must say at least once, wherever.
func (k *check) saidSomewhere(f fact) {
	for _, group := range f.Says {
		if !slices.ContainsFunc(k.articles, func(a *corpus.Article) bool {
			return (len(f.In) == 0 || slices.Contains(f.In, a.Rule.ID)) && containsAny(a.Text, group)
		}) {
			k.found = append(k.found, Finding{Kind: Facts, Must: true, Where: f.Name, File: corpus.FactsFile, Line: f.Line,
				What: fmt.Sprintf("没有一条写到「%s」（%s）", strings.Join(group, "」或「"), f.Name), Fix: "请在合适的条里写上"})
		}
	}
}
