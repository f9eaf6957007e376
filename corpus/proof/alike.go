package proof

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lianwen/corpus"
)

// Two sentences of different articles may be about the same thing when, values aside, the
// pairs of characters that two clauses of them in a row have in common weigh at least
// alikeShare of all their pairs. Measured on the 721 articles of a committee and the 950 of
// laws and regulations that apply to it: at .45 there are 8 and 3 such pairs of articles,
// most of them two things arranged in the same words, at .35 there are 23 and 4, at .55
// 5 and 1.
const (
	alikeShare    = .45
	alikeShortest = 12 // characters: below that, sentences are alike by chance
)

// valueKinds are the kinds of value by which sentences can differ.
var valueKinds = []string{"period", "amount", "approver"}

// masked is a text with its values taken out, and the values.
func masked(text string) (string, []value) {
	var all []value
	for _, kind := range valueKinds {
		all = append(all, values(kind, text)...)
	}
	slices.SortStableFunc(all, func(a, b value) int { return cmp.Compare(a.from, b.from) })
	var b strings.Builder
	end := 0
	for _, v := range all {
		if v.from < end {
			continue
		}
		b.WriteString(text[end:v.from])
		b.WriteString(map[string]string{"period": "某期", "amount": "某数", "approver": "某人"}[v.kind])
		end = v.to
	}
	b.WriteString(text[end:])
	return b.String(), all
}

// alike looks for sentences that are alike but for a value.
func (k *check) alike() {
	if k.c.Bulk() {
		return
	}
	var of []passage
	var parts, texts []string
	var vs [][]value
	for _, p := range k.passages {
		for _, part := range inTwos(p.text) {
			text, found := masked(strings.ReplaceAll(part, "专门委员会", "专委会"))
			if len(found) > 0 {
				of, parts, texts, vs = append(of, p), append(parts, part), append(texts, text), append(vs, found)
			}
		}
	}
	told := map[[2]*corpus.Article]bool{}
	shelve(texts, alikeShortest).join(alikeShare, func(i, j int, _ float64) {
		a, b := of[i], of[j]
		pair := [2]*corpus.Article{a.of, b.of}
		if a.of == b.of || told[pair] {
			return
		}
		if x, y := differing(vs[i], vs[j]); x != "" {
			told[pair] = true
			k.add(Finding{Kind: Alike, Where: a.of.Key() + " " + b.of.Key(), File: a.of.Rule.File,
				What: fmt.Sprintf("%s写「%s」，%s写「%s」，别的话差不多：「%s」", a.of.Citation(), x, b.of.Citation(), y, excerpt(parts[i])),
				Fix:  "请核对是不是同一件事；是的改成一致"}, a.of.Line, a.text)
		}
	})
}

// inTwos are the parts of a sentence in which a value stands with what it is of: two
// clauses in a row, all of a sentence that has no more.
func inTwos(text string) (list []string) {
	parts := clauses(text)
	if len(parts) < 3 {
		return []string{text}
	}
	for i := range parts[1:] {
		list = append(list, parts[i]+"，"+parts[i+1])
	}
	return list
}

// differing are the first two values of one kind that differ, in sentences that have
// equally many of each kind.
func differing(a, b []value) (x, y string) {
	for _, kind := range valueKinds {
		of := func(vs []value) (list []value) {
			for _, v := range vs {
				if v.kind == kind {
					list = append(list, v)
				}
			}
			return list
		}
		va, vb := of(a), of(b)
		if len(va) != len(vb) {
			continue
		}
		for i := range va {
			if va[i].class == vb[i].class && !va[i].same(vb[i]) {
				return va[i].text, vb[i].text
			}
		}
	}
	return "", ""
}
