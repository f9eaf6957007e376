package index

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"lianwen/corpus"
)

// names are the titles and aliases of the rules in force, compacted, longest first.
type names []name

type name struct {
	text string
	rule *corpus.Rule
}

func newNames(c *corpus.Corpus) names {
	var ns names
	for title, rule := range c.Names() {
		ns = append(ns, name{compact(fold(title)), rule})
	}
	slices.SortFunc(ns, func(a, b name) int {
		return cmp.Or(cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.text, b.text))
	})
	return ns
}

// compact keeps letters, digits and Han characters.
func compact(folded string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, folded)
}

const numeral = `[零〇一二两三四五六七八九十百千0-9]+`

var (
	// 第十二条, 第一百三十三条之一, 第五条第二款
	explicitNumber = regexp.MustCompile(`第?(` + numeral + `)条(?:之(` + numeral + `))?(?:第(` + numeral + `)款)?`)
	// what may follow a rule's name when 条 is left out: 考勤办法 7, 十不准第三
	looseNumber = regexp.MustCompile(`^的?第?(` + numeral + `)(?:个|项|款|号)?$`)
	// 第三个不准, 不准第三, where the list itself is not named
	prohibitionNumber = regexp.MustCompile(`^第(` + numeral + `)(?:个|条|项)?不准$|^不准的?第(` + numeral + `)(?:个|条|项)?$`)
	annexNumber       = regexp.MustCompile(`^的?附件(` + numeral + `)?$`)
)

// lookupFiller is said around a citation without meaning anything else.
var lookupFiller = sortedByLength(`
	请问 帮我 给我 我想 我要 麻烦 查一下 查查 查 看一下 看看 看 念一下 念 读一下 发一下 发 找一下 找 说一下 讲一下
	具体 内容 原文 全文 条文 规定 怎么 什么 说 写 讲 是 啥 的 了 吗 呢 里面 里 一下 咋 来 那 这 想 知道 有 哪些 关于 市政协 中 我们 咱们
`)

// stripFiller removes what lookupFiller lists from both ends.
func stripFiller(s string) string {
	for again := true; again; {
		again = false
		for _, w := range lookupFiller {
			if t := strings.TrimSuffix(strings.TrimPrefix(s, w), w); t != s {
				s, again = t, true
			}
		}
	}
	return s
}

// lookup answers questions that name what they want: an article by number, or
// a rule by its title and nothing else. ok is false for any other question.
func (x *Index) lookup(folded string, context *corpus.Rule) (res Result, ok bool) {
	text := compact(folded)
	rule, before, after := x.names.find(text)
	if rule != nil {
		return x.lookupIn(rule, before, after)
	}
	if m := prohibitionNumber.FindStringSubmatch(stripFiller(text)); m != nil {
		if _, lists := x.corpus.RulesInForce(); len(lists) == 1 {
			return x.exact(lists[0], []string{m[1] + m[2], "", ""}), true
		}
	}
	m := explicitNumber.FindStringSubmatchIndex(text)
	if m == nil {
		return Result{}, false
	}
	head, tail := stripFiller(text[:m[0]]), stripFiller(text[m[1]:])
	groups := explicitNumber.FindStringSubmatch(text)[1:]
	switch {
	case head == "" && tail == "" && context != nil:
		return x.exact(context, groups), true
	case head == "" && tail == "":
		number, _ := parseNumber(groups)
		return Result{Outcome: None, Number: number}, true
	case tail == "" && text[m[0]:m[0]+len("第")] == "第":
		return x.lookupLike(head, groups)
	}
	return Result{}, false
}

// find looks for the longest name in text.
func (ns names) find(text string) (rule *corpus.Rule, before, after string) {
	for _, n := range ns {
		if i := strings.Index(text, n.text); i >= 0 {
			return n.rule, text[:i], text[i+len(n.text):]
		}
	}
	return nil, "", ""
}

// lookupIn answers a question that names rule, with what stands around the name.
func (x *Index) lookupIn(rule *corpus.Rule, before, after string) (Result, bool) {
	before, after = stripFiller(before), stripFiller(after)
	if all := explicitNumber.FindAllStringSubmatch(after, MaxHits); all != nil {
		var res Result
		for i, m := range all {
			one := x.exact(rule, m[1:])
			if i == 0 || one.Outcome == None {
				res.Outcome, res.Number = one.Outcome, one.Number
			}
			res.Named = rule
			res.Hits = append(res.Hits, one.Hits...)
		}
		return res, true
	}
	if before != "" {
		return Result{}, false
	}
	if m := looseNumber.FindStringSubmatch(after); m != nil {
		return x.exact(rule, []string{m[1], "", ""}), true
	}
	if m := annexNumber.FindStringSubmatch(after); m != nil {
		n, ok := corpus.ParseNumeral(m[1])
		if !ok {
			n = 1
		}
		return x.found(rule, corpus.Number{Annex: n}), true
	}
	if after != "" {
		return Result{}, false
	}
	res := Result{Outcome: Answered, Named: rule}
	for _, a := range rule.Articles[:min(len(rule.Articles), MaxHits)] {
		res.Hits = append(res.Hits, Hit{Article: a, Quote: a.Text, Score: 1})
	}
	return res, true
}

// exact answers with one article of rule; groups are explicitNumber's.
func (x *Index) exact(rule *corpus.Rule, groups []string) Result {
	number, ok := parseNumber(groups)
	if !ok {
		return Result{Outcome: None, Named: rule}
	}
	res := x.found(rule, number)
	if p, ok := corpus.ParseNumeral(groups[2]); ok && len(res.Hits) > 0 {
		if ps := res.Hits[0].Article.Paragraphs; p <= len(ps) {
			res.Hits[0].Quote = ps[p-1].Text
		}
	}
	return res
}

func (x *Index) found(rule *corpus.Rule, number corpus.Number) Result {
	res := Result{Outcome: None, Named: rule, Number: number}
	if a := rule.Article(number); a != nil {
		res.Outcome = Answered
		res.Hits = []Hit{{Article: a, Quote: a.Text, Score: 1}}
	}
	return res
}

func parseNumber(groups []string) (corpus.Number, bool) {
	main, ok := corpus.ParseNumeral(groups[0])
	if !ok {
		return corpus.Number{}, false
	}
	sub, _ := corpus.ParseNumeral(groups[1])
	return corpus.Number{Main: main, Sub: sub}, true
}

// Likeness of a half-remembered title to a real one, as a share of common
// characters and pairs (Dice): enough to be meant, and how far ahead of the
// next rule to be meant alone.
const (
	titleAlike = 0.5
	titleAhead = 0.08
)

// lookupLike answers 「请假办法第五条」, where no rule is called just that.
func (x *Index) lookupLike(title string, groups []string) (Result, bool) {
	best := map[*corpus.Rule]float64{}
	var rules []*corpus.Rule
	for _, n := range x.names {
		if _, seen := best[n.rule]; !seen {
			rules = append(rules, n.rule)
		}
		best[n.rule] = max(best[n.rule], alike(title, n.text))
	}
	slices.SortStableFunc(rules, func(a, b *corpus.Rule) int { return cmp.Compare(best[b], best[a]) })
	if len(rules) == 0 || best[rules[0]] < titleAlike {
		return Result{}, false
	}
	if len(rules) == 1 || best[rules[0]]-best[rules[1]] >= titleAhead {
		return x.exact(rules[0], groups), true
	}
	res := Result{Outcome: None}
	for _, r := range rules {
		if best[r] >= best[rules[0]]-titleAhead && len(res.Hits) < MaxHits {
			res.Hits = append(res.Hits, x.exact(r, groups).Hits...)
		}
	}
	if len(res.Hits) > 0 {
		res.Outcome = Choices
	}
	return res, true
}

// alike is the Dice coefficient of two strings' characters and pairs.
func alike(a, b string) float64 {
	as, bs := terms(a), terms(b)
	if len(as)+len(bs) == 0 {
		return 0
	}
	left := map[string]int{}
	for _, t := range as {
		left[t]++
	}
	common := 0
	for _, t := range bs {
		if left[t] > 0 {
			left[t]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(as)+len(bs))
}
