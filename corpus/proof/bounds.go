package proof

import (
	"fmt"
	"regexp"
	"strings"

	"lianwen/corpus"
)

// bound is N以上, N以内 and the like in a text.
type bound struct {
	number, unit, word string
	from, to           int
	with               int // 1: it says that N is included, -1: that it is not, 0: neither
}

var (
	boundPattern = regexp.MustCompile(`(\d+|[一二两三四五六七八九十百千]+)(万元|元|人|名|天|日|个工作日|小时|分钟|个月|年|次|件|份|公里|%)(以上|以内|以下)(（(?:含|包括|不含|不包括)[^）]*）)?`)
	underPattern = regexp.MustCompile(`不(?:足|满|到)(\d+|[一二两三四五六七八九十百千]+)(万元|元|人|名|天|日|个工作日|小时|分钟|个月|年|次|件|份|公里|%)`)
	overPattern  = regexp.MustCompile(`(?:^|[^不])(?:超过|多于|大于)(\d+|[一二两三四五六七八九十百千]+)(万元|元|人|名|天|日|个工作日|小时|分钟|个月|年|次|件|份|公里|%)`)
	// defined is a sentence that says what 以上 means: 「以上」均指超过该天数, 本办法所称以上包括本数.
	defined = regexp.MustCompile(`[“「"]?(?:\d+[\p{Han}]{1,3})?(以上|以内|以下)[”」"]?(?:、|和|[“「"”」]|(?:\d+[\p{Han}]{1,3})?(?:以上|以内|以下))*[，]?(?:均|都)?(不含本数|不包括本数|不含|指超过|含本数|包括本数|包含本数|都含|均含)`)
	// penalties are written 三年以下…，三年以上十年以下…: everybody knows how to read them.
	penalties = []string{"有期徒刑", "罚款", "拘留", "处分期"}
)

// bounds looks, in each rule, for a number that is on both sides of a line or on none.
func (k *check) bounds() {
	includes := map[*corpus.Rule]map[string]map[int]passage{} // rule, word with number, how it is read
	byArticle := map[*corpus.Article][]passage{}
	for _, p := range k.passages {
		byArticle[p.of] = append(byArticle[p.of], p)
		for _, b := range boundsOf(p.text) {
			if b.with == 0 {
				continue
			}
			of := includes[p.of.Rule]
			if of == nil {
				of = map[string]map[int]passage{}
				includes[p.of.Rule] = of
			}
			name := b.number + b.unit + b.word
			if of[name] == nil {
				of[name] = map[int]passage{}
			}
			if other, both := of[name][-b.with]; both {
				k.addAt(p, Bounds, true, fmt.Sprintf("「%s」在%s和%s里一处含、一处不含", name, other.of.Label, p.of.Label), "请改成一种，如「超过"+b.number+b.unit+"」")
			}
			of[name][b.with] = p
		}
	}
	for _, a := range k.articles {
		k.boundsIn(a, byArticle[a])
	}
}

// boundsOf are the bounds of a text, and those that it defines.
func boundsOf(text string) (list []bound) {
	means := map[string]int{}
	for _, m := range defined.FindAllStringSubmatch(text, -1) {
		with := 1
		if strings.HasPrefix(m[2], "不") || m[2] == "指超过" {
			with = -1
		}
		means[m[1]] = with
	}
	for _, m := range boundPattern.FindAllStringSubmatchIndex(text, -1) {
		b := bound{number: text[m[2]:m[3]], unit: text[m[4]:m[5]], word: text[m[6]:m[7]], from: m[0], to: m[1]}
		b.with = means[b.word]
		if m[8] >= 0 {
			b.with = 1
			if strings.HasPrefix(text[m[8]:], "（不") {
				b.with = -1
			}
		}
		list = append(list, b)
	}
	return list
}

// boundsIn looks at the numbers of one article. By law 以上, 以下 and 以内 include the
// number, so that N以内 and N以上 both have it, unless the article says how they are meant.
func (k *check) boundsIn(a *corpus.Article, passages []passage) {
	text := a.Text
	if containsAny(text, penalties) || k.defines(a.Rule) {
		return
	}
	for _, p := range passages {
		if defined.MatchString(p.text) {
			return
		}
	}
	below, above := map[string]string{}, map[string]passage{}
	for _, p := range passages {
		for _, b := range boundsOf(p.text) {
			if b.with != 0 {
				continue
			}
			if b.word == "以上" {
				above[b.number+b.unit] = p
			} else {
				below[b.number+b.unit] = b.word
			}
		}
	}
	for n, p := range above {
		if word := below[n]; word != "" {
			k.addAt(p, Bounds, false, fmt.Sprintf("%s里「%s%s」和「%s以上」都含 %s", a.Label, n, word, n, n), "请把其中一处改成「超过"+n+"」或「不足"+n+"」")
		}
	}
	under := map[string]bool{}
	for _, m := range underPattern.FindAllStringSubmatch(text, -1) {
		under[m[1]+m[2]] = true
	}
	for _, m := range overPattern.FindAllStringSubmatch(text, -1) {
		if n := m[1] + m[2]; under[n] && above[n].of == nil && below[n] == "" {
			k.addAt(passages[0], Bounds, false, fmt.Sprintf("%s里有「不足%s」和「超过%s」，正好 %s 的没有写", a.Label, n, n, n), "请写明 "+n+" 算哪一边")
		}
	}
}

// defines reports whether a rule says once and for all how its bounds are meant.
func (k *check) defines(r *corpus.Rule) bool {
	for _, a := range r.Articles {
		if strings.Contains(a.Text, "所称") && defined.MatchString(a.Text) {
			return true
		}
	}
	return false
}
