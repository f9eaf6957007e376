package proof

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lianwen/corpus"
)

// by is what something is done by, another rule or an article of the own one:
// 按照《差旅与会议费管理办法》第三条, 依照本办法第九条.
var by = regexp.MustCompile(`(?:按照|依照|比照|适用|根据|执行|符合|遵守)《([^《》]{2,60})》(第` + numeral + `条(?:之` + numeral + `)?)?`)

// referred checks the periods and amounts that stand in one clause with what they are
// by: whoever changes them there may forget who repeats them. The clauses beside it are
// as often about something else.
func (k *check) referred() {
	for _, p := range k.passages {
		for _, clause := range clauses(p.text) {
			m := by.FindStringSubmatch(clause)
			if m == nil {
				continue
			}
			r, of := p.of.Rule, m[2]
			if m[1] != "" {
				r, of = k.c.RuleByName(m[1]), "《"+m[1]+"》"+m[2]
			}
			if r == nil || r == p.of.Rule && m[2] == "" {
				continue
			}
			if v := notIn(clause, r, m[2]); v != "" {
				k.addAt(p, Figures, false, fmt.Sprintf("%s写的「%s」，%s里没有", p.of.Citation(), v, of), "请核对两处，改成一致")
			}
		}
	}
}

// notIn is a period or amount of a text that is nowhere in a rule, or not in the article
// with that label when there is one; "" for none.
func notIn(text string, r *corpus.Rule, label string) string {
	for _, v := range writtenIn(text) {
		if !slices.ContainsFunc(r.Articles, func(a *corpus.Article) bool {
			return (label == "" || a.Label == label) && has(v.kind, a.Text, v)
		}) {
			return text[v.from:v.to]
		}
	}
	return ""
}

// writtenIn are the periods and amounts of a text that are given in figures: what is said
// in Chinese ones is no rule, three things, a whole year.
func writtenIn(text string) (list []value) {
	for _, v := range append(values("period", text), values("amount", text)...) {
		if v.class == "every" || strings.ContainsAny(v.text, "0123456789") {
			list = append(list, v)
		}
	}
	return list
}
