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
// alikeShare of all their pairs, or those of one clause sameShare. Measured on the 721
// articles of a committee and the 950 of laws and regulations that apply to it: there are
// 12 and 3 such pairs of articles, most of them two things arranged in the same words; with
// .35 for .45 there are 27 and 4.
const (
	alikeShare    = .45
	sameShare     = .9 // of one clause: with less of a text, more of it must be the same
	alikeShortest = 10 // characters: below that, sentences are alike by chance
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

// part is a part of a sentence with its values.
type part struct {
	of     passage
	text   string
	values []value
	one    bool // a clause of several
}

// alike looks for sentences that are alike but for a value.
func (k *check) alike() {
	if k.c.Bulk() {
		return
	}
	var parts []part
	var texts []string
	for _, p := range k.passages {
		for _, part := range partsOf(p) {
			if text, vs := masked(strings.ReplaceAll(part.text, "专门委员会", "专委会")); len(vs) > 0 {
				part.values = vs
				parts, texts = append(parts, part), append(texts, text)
			}
		}
	}
	told := map[[2]*corpus.Article]bool{}
	shelve(texts, alikeShortest).join(alikeShare, func(i, j int, share float64) {
		a, b := parts[i], parts[j]
		pair := [2]*corpus.Article{a.of.of, b.of.of}
		if a.of.of == b.of.of || told[pair] || (a.one || b.one) && share < sameShare {
			return
		}
		if x, y := differing(a.values, b.values); x != "" {
			told[pair] = true
			k.add(Finding{Kind: Alike, Where: pair[0].Key() + " " + pair[1].Key(), File: pair[0].Rule.File,
				What: fmt.Sprintf("%s写「%s」，%s写「%s」，别的话差不多：「%s」", pair[0].Citation(), x, pair[1].Citation(), y, excerpt(a.text)),
				Fix:  "请核对是不是同一件事；是的改成一致"}, pair[0].Line, a.of.text)
		}
	})
}

// partsOf are the parts of a sentence in which a value stands with what it is of: each
// clause, each two in a row, all of a sentence that has no more. What laws punish with is
// different for good reason.
func partsOf(p passage) (list []part) {
	if containsAny(p.text, penalties) {
		return nil
	}
	of := clauses(p.text)
	if len(of) < 3 {
		list = append(list, part{of: p, text: p.text})
	}
	for i, clause := range of {
		if len(of) > 1 {
			list = append(list, part{of: p, text: clause, one: true})
		}
		if len(of) > 2 && i > 0 {
			list = append(list, part{of: p, text: of[i-1] + "，" + clause})
		}
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
