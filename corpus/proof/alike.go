package proof

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Two sentences of different articles may be about the same thing when, values aside, at
// least alikeShare of their pairs of characters are the same. Measured on the 721 articles
// of a committee and the 950 of laws and regulations that apply to it: at .45 there are 2
// and 0 such pairs, at .4 there are 7 and 0, most of them about two things arranged in the
// same words, at .35 there are 15 and 1.
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
	texts, vs := make([]string, len(k.passages)), make([][]value, len(k.passages))
	for i, p := range k.passages {
		texts[i], vs[i] = masked(strings.ReplaceAll(p.text, "专门委员会", "专委会"))
		if len(vs[i]) == 0 {
			texts[i] = ""
		}
	}
	join(bags(texts, alikeShortest), alikeShare, func(i, j int, _ float64) {
		a, b := k.passages[i], k.passages[j]
		if a.of == b.of {
			return
		}
		if x, y := differing(vs[i], vs[j]); x != "" {
			k.add(Finding{Kind: Alike, Where: a.of.Key() + " " + b.of.Key(), File: a.of.Rule.File,
				What: fmt.Sprintf("%s写「%s」，%s写「%s」，别的话差不多：「%s」", a.of.Citation(), x, b.of.Citation(), y, excerpt(a.text)),
				Fix:  "请核对是不是同一件事；是的改成一致"}, a.of.Line, a.text)
		}
	})
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
			if va[i].class == vb[i].class && va[i].text != vb[i].text {
				return va[i].text, vb[i].text
			}
		}
	}
	return "", ""
}
