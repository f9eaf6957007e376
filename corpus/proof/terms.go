package proof

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lianwen/corpus"
)

// general are words that are wrong in the rules of any office, but may be those of a paper
// that it cannot change: they are doubtful.
var general = []*corpus.Term{
	{
		Match: []*regexp.Regexp{regexp.MustCompile(`(?:下午|晚上|夜里)(?:1[3-9]|2[0-3])(?:时|点|:|：)`)},
		Why:   "既说下午、晚上，又用二十四小时制", Instead: "「14时30分」或「下午2时30分」",
	},
	lastDays,
	{
		Words: []string{"党纪严重处分", "党纪严重警告处分以上"},
		Why:   "党纪处分没有这一种", Instead: "「撤销党内职务以上处分」",
	},
}

// lastDays can be read in two ways, unless the day is said by which it must be done. In a
// question they may be just what is asked for, see undecidable.
var lastDays = &corpus.Term{
	Match: []*regexp.Regexp{regexp.MustCompile(`[\p{Han}]前(?:的)?` + numeral + `个?(?:工作日|日|天)(?:之|以)?内`)},
	Why:   "可以读成最晚在那以前几天，也可以读成就在那几天之内", Instead: "「至迟在……前 N 日」或「……前 N 日起至……」",
	Unless: []string{"至迟"},
}

// located is a text with what a term is limited by.
type located struct {
	ids   []string // of the rule, the article, the content
	asked bool     // of a question
	text  string
	note  func(t *corpus.Term, from, to int)
}

// terms looks for words that should not stand there.
func (k *check) terms() {
	texts := k.located()
	for _, t := range append(general[:len(general):len(general)], k.c.Terms...) {
		if bad := k.unknownIDs(t.In); bad != "" {
			k.table(t.Line, "[[term]] 的 in 写的 %s 不在制度库里", "请改正"+k.meant(bad), bad)
		}
		for _, l := range texts {
			if l.asked && t == lastDays || len(t.In) > 0 && !slices.ContainsFunc(l.ids, func(id string) bool { return slices.Contains(t.In, id) }) {
				continue
			}
			if at := find(t, l.text); at != nil {
				l.note(t, at[0], at[1])
			}
		}
	}
}

// find is where a text has the words of a term; nil when it has not.
func find(t *corpus.Term, text string) []int {
	if containsAny(text, t.Unless) {
		return nil
	}
	for _, w := range t.Words {
		if i := strings.Index(text, w); i >= 0 {
			return []int{i, i + len(w)}
		}
	}
	for _, re := range t.Match {
		if at := re.FindStringIndex(text); at != nil {
			return at
		}
	}
	return nil
}

// located are all texts that people are shown, with the synonyms, by which questions
// are understood. How people ask is theirs.
func (k *check) located() (list []located) {
	add := func(where, file string, line int, text string, ids ...string) {
		list = append(list, located{ids: append(ids, where), text: text, note: func(t *corpus.Term, from, to int) {
			k.add(Finding{Kind: Terms, Must: t.Line > 0, Where: where, File: file,
				What: fmt.Sprintf("「%s」：%s", around(text, from, to), t.Why), Fix: "请改成" + t.Instead}, line, text)
		}})
	}
	for _, p := range k.passages {
		add(p.of.Key(), p.of.Rule.File, p.of.Line, p.text, p.of.Rule.ID)
	}
	for _, a := range k.articles {
		add(a.Key(), a.Rule.File, a.Line, a.Heading, a.Rule.ID)
	}
	for _, t := range k.contents {
		add(t.id, t.file, 1, t.title)
		for _, s := range sentences(t.text) {
			add(t.id, t.file, 1, s)
		}
	}
	for _, q := range k.c.Questions {
		for _, text := range append([]string{q.Text, q.Explanation}, q.Options...) {
			add(q.ID, q.File, q.Line, text)
			list[len(list)-1].asked = true
		}
	}
	for _, g := range k.c.Synonyms {
		add(g.File, g.File, g.Line, strings.Join(g.Words, " "))
	}
	for _, r := range k.c.Rules {
		if !r.Repealed {
			add(r.ID, r.File, 1, r.Title)
		}
	}
	return list
}

// unknownIDs are those of a list that nothing of the library has.
func (k *check) unknownIDs(ids []string) string {
	var bad []string
	for _, id := range ids {
		known := k.c.RuleByID(id) != nil || k.c.Article(id) != nil ||
			slices.ContainsFunc(k.contents, func(t content) bool { return t.id == id }) ||
			slices.ContainsFunc(k.c.Questions, func(q *corpus.Question) bool { return q.ID == id }) ||
			slices.ContainsFunc(k.c.Synonyms, func(g corpus.Synonyms) bool { return g.File == id })
		if !known {
			bad = append(bad, id)
		}
	}
	return strings.Join(bad, "、")
}

// meant says which rules somebody may have meant who wrote an id that none has.
func (k *check) meant(id string) string {
	var ids []string
	for _, r := range k.c.Rules {
		if r.ID != id && !r.Repealed && (strings.Contains(r.ID, id) || strings.Contains(r.Title, id)) {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) == 0 || len(ids) > 3 {
		return ""
	}
	return "，是不是 " + strings.Join(ids, "、")
}
