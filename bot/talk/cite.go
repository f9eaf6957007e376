package talk

import (
	"slices"
	"strings"
	"unicode/utf8"

	"lianwen/corpus"
	"lianwen/index"
)

// cite is where a quotation stands: the rule, the document's number and the day it
// took effect. Below the first quotation the day is left out, and of a rule that is
// cited above all but its name.
func cite(h index.Hit, above []*corpus.Rule) string {
	r, name := h.Article.Rule, h.Article.Citation()+h.Part
	switch {
	case slices.Contains(above, r):
		return name
	case len(above) > 0 && r.Document != "" && !r.Repealed:
		return name + "（" + r.Document + "）"
	}
	return name + "（" + provenance(r) + "）"
}

// headline names an article by what it is about; its rule is left out where it is
// that of the first.
func headline(a *corpus.Article, first *corpus.Rule) string {
	name := a.Label
	if a.Rule != first {
		name = shortName(a.Rule) + a.Label
	}
	if about := a.About(); about != "" {
		return name + "：" + about
	}
	if all := a.Passages(); len(all) > 0 { // the words it begins with
		words := all[0].In(a.Text)
		if i := strings.IndexAny(words, "，。：；、！？\n"); i > 0 {
			words = words[:i]
		}
		if utf8.RuneCountInString(words) <= mostOpening {
			name += "：" + words
		}
	}
	return name
}

// mostOpening is how many characters the words may have that an article begins
// with, where nothing shorter says what it is about.
const mostOpening = 24

// shortName is the shortest that a rule is called.
func shortName(r *corpus.Rule) string {
	name := r.Title
	for _, alias := range r.Aliases {
		if utf8.RuneCountInString(alias) < utf8.RuneCountInString(name) {
			name = alias
		}
	}
	return name
}

// shortCitation is the citation without 《》, for lines that name several.
func shortCitation(a *corpus.Article) string { return shortName(a.Rule) + a.Label }

// provenance is the document number and the day it took effect, or the file when
// the document says neither.
func provenance(r *corpus.Rule) string {
	var parts []string
	if r.Document != "" {
		parts = append(parts, r.Document)
	}
	if r.Effective != "" {
		parts = append(parts, r.Effective.Chinese()+"起施行")
	}
	if len(parts) == 0 {
		parts = append(parts, "文件 "+r.Paper())
	}
	if r.Repealed {
		parts = append(parts, "已废止")
	}
	return strings.Join(parts, "，")
}

// sourceLine is provenance as a line of its own.
func sourceLine(r *corpus.Rule) string { return "出处：" + provenance(r) }
