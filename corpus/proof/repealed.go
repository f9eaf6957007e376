package proof

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lianwen/corpus"
)

// repealed looks for what leads to text that does not hold any more: cites, and titles
// in 《》.
func (k *check) repealed() {
	const fix = "请改引现行的条"
	for _, t := range k.contents {
		if bad := k.deadCites(t.cites); bad != "" {
			first, _, _ := strings.Cut(bad, "、") // no line has them joined
			k.addIn(t, Repealed, true, first, "依据的 "+bad+" 已经废止或删去", fix)
		}
		k.deadTitles(t.text, func(title, text string) {
			k.addIn(t, Repealed, true, text, "写到的《"+title+"》已经废止", "请改成现行的名称")
		})
	}
	for _, q := range k.c.Questions {
		if bad := k.deadCites(q.Cites); bad != "" {
			k.addQuestion(q, Repealed, true, "依据的 "+bad+" 已经废止或删去", fix)
		}
		k.deadTitles(q.Text+"\n"+q.Explanation+"\n"+strings.Join(q.Options, "\n"), func(title, _ string) {
			k.addQuestion(q, Repealed, true, "写到的《"+title+"》已经废止", "请改成现行的名称")
		})
		if other := k.otherArticle(q); other != "" {
			k.addQuestion(q, Repealed, false, "解析写到"+other+"，依据里没有这一条", "请改正解析，或在 cites 里补上")
		}
	}
	for _, p := range k.passages {
		k.deadTitles(p.text, func(title, text string) {
			k.addAt(p, Repealed, true, p.of.Citation()+"写到的《"+title+"》已经废止", "请改成现行的名称")
		})
	}
	for _, a := range k.articles {
		for _, ref := range a.Refs {
			if ref.Target != nil && ref.Target.Deleted {
				k.add(Finding{Kind: Repealed, Must: true, Where: a.Key(), File: a.Rule.File, What: a.Citation() + "引用的「" + ref.Text + "」已经删去", Fix: fix}, a.Line, ref.Text)
			}
		}
	}
	for _, r := range k.c.Replies() {
		k.deadTitles(r.Text, func(title, text string) {
			k.add(Finding{Kind: Repealed, Must: true, Where: r.ID, File: r.File, What: "应答写到的《" + title + "》已经废止", Fix: "请改成现行的名称"}, r.Line, text)
		})
	}
}

// deadCites are those that lead to what is repealed or deleted.
func (k *check) deadCites(cites []corpus.Cite) string {
	var dead []string
	for _, cite := range cites {
		if a := k.c.Resolve(cite); a != nil && (a.Rule.Repealed || a.Deleted) {
			dead = append(dead, cite.String())
		}
	}
	return strings.Join(dead, "、")
}

var titlePattern = regexp.MustCompile(`《([^《》]{2,60})》`)

// deadTitles calls visit for each title in a text that only repealed versions have.
func (k *check) deadTitles(text string, visit func(title, text string)) {
	for _, m := range titlePattern.FindAllStringSubmatch(text, -1) {
		name := corpus.NormalizeTitle(m[1])
		if k.c.RuleByName(name) == nil && slices.ContainsFunc(k.c.Rules, func(r *corpus.Rule) bool {
			return r.Repealed && (corpus.NormalizeTitle(r.Title) == name || slices.ContainsFunc(r.Aliases, func(alias string) bool { return corpus.NormalizeTitle(alias) == name }))
		}) {
			visit(m[1], m[0])
		}
	}
}

var citedPattern = regexp.MustCompile(`(?:《([^《》]{2,60})》)?(第` + numeral + `条(?:之` + numeral + `)?)`)

// otherArticle is an article that a question's explanation names and that is none of
// those it rests on.
func (k *check) otherArticle(q *corpus.Question) string {
	for _, m := range citedPattern.FindAllStringSubmatch(q.Explanation, -1) {
		if !slices.ContainsFunc(q.Cites, func(cite corpus.Cite) bool {
			a := k.c.Resolve(cite)
			return a != nil && a.Label == m[2] && (m[1] == "" || k.c.RuleByName(m[1]) == a.Rule)
		}) {
			return fmt.Sprint(m[0])
		}
	}
	return ""
}
