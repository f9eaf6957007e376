package proof

import (
	"slices"
	"strconv"
	"strings"

	"lianwen/corpus"
)

// fact is a fact of the table, as texts are checked against it.
type fact struct{ *corpus.Fact }

// isAbout reports whether a text is about the thing of a fact.
func (f fact) isAbout(text string) bool {
	if len(f.About) == 0 || containsAny(text, f.Not) {
		return false
	}
	return !slices.ContainsFunc(f.About, func(group []string) bool { return !containsAny(text, group) })
}

// parts are what ； parts of a sentence and is about the thing, so that a right value
// beside it does not hide a wrong one; all of it where only its parts together are.
func (f fact) parts(text string) (list []string) {
	for _, part := range strings.Split(text, "；") {
		if f.isAbout(part) {
			list = append(list, part)
		}
	}
	if len(list) == 0 {
		return []string{text}
	}
	return list
}

// of reports whether a fact is looked for in a rule.
func (f fact) of(rule string) bool { return len(f.In) == 0 || slices.Contains(f.In, rule) }

// rests reports whether what rests on these articles is to agree with a fact.
func (f fact) rests(cites []corpus.Cite) bool {
	return slices.ContainsFunc(cites, func(cite corpus.Cite) bool { return f.of(cite.Rule) })
}

// fix is what to do where a fact is not met.
func (f fact) fix() string {
	fix := "请改成「" + f.says() + "」"
	if f.Why != "" {
		fix += "（" + f.Why + "）"
	}
	return fix + "，或改核对表 " + corpus.FactsFile + " 第 " + strconv.Itoa(f.Line) + " 行"
}

// unreadable is a period or amount of the table that no text could be compared with; ""
// for none.
func (f fact) unreadable() string {
	if f.Kind != "period" && f.Kind != "amount" {
		return ""
	}
	for _, says := range slices.Concat(f.Says...) {
		if len(values(f.Kind, says)) == 0 {
			return says
		}
	}
	return ""
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
