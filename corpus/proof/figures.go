package proof

import (
	"fmt"
	"slices"
	"strings"

	"lianwen/corpus"
)

// figures checks the periods and amounts that explanations, notices and cases give against
// the articles they rest on: whoever changes an article may forget them. Heads and papers
// are counted, and questions have people work out days.
func (k *check) figures() {
	for _, q := range k.c.Questions {
		if v := k.unfounded(q.Explanation, q.Text, q.Cites); v != "" {
			k.addQuestion(q, Figures, false, fmt.Sprintf("解析写的「%s」，依据的条里没有", v), "请核对条文，改正解析和答案")
		}
	}
	for _, t := range k.contents {
		if t.kind != aNotice && t.kind != aCase {
			continue
		}
		for _, s := range sentences(t.text) {
			if t.kind == aCase && !strings.Contains(s, "规定") {
				continue // what happened
			}
			if v := k.unfounded(s, "", t.cites); v != "" {
				k.addIn(t, Figures, false, s, fmt.Sprintf("写的「%s」，依据的条里没有", v), "请核对条文，改正这一句，或在 cites 里补上")
			}
		}
	}
}

// counted are the units of what questions have people work out.
var counted = []string{"人", "名", "位", "件", "页", "场", "场次", "人次"}

// unfounded is a period or amount of a text that neither the articles nor another text
// have; "" when there is none.
func (k *check) unfounded(text, other string, cites []corpus.Cite) string {
	known := []string{other}
	for _, cite := range cites {
		if a := k.c.Resolve(cite); a != nil {
			known = append(known, a.Text)
		}
	}
	for _, v := range writtenIn(text) {
		if slices.Contains(counted, v.class) || v.class == "date" {
			continue
		}
		if !slices.ContainsFunc(known, func(source string) bool { return has(v.kind, source, v) }) {
			return text[v.from:v.to]
		}
	}
	return ""
}

// has reports whether a text has a value.
func has(kind, text string, v value) bool {
	return slices.ContainsFunc(values(kind, text), func(w value) bool { return w.is(v.text) })
}
