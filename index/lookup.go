package index

import (
	"cmp"
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
		return x.lookupIn(rule, text, before, after)
	}
	bare := stripFiller(text)
	if m := prohibitionNumber.FindStringSubmatch(bare); m != nil {
		if _, lists := x.corpus.RulesInForce(); len(lists) == 1 {
			return x.exact(lists[0], citation{main: m[1] + m[2]}), true
		}
	}
	if context == nil && len(x.corpus.Rules) == 1 {
		context = x.corpus.Rules[0] // there is only one to mean
	}
	if context != nil {
		if number, ok := part(context, bare); ok {
			return x.found(context, number), true
		}
	}
	m := explicitNumber.FindStringSubmatchIndex(text)
	if m == nil {
		return Result{}, false
	}
	head, tail := stripFiller(text[:m[0]]), stripFiller(text[m[1]:])
	cite := newCitation(explicitNumber.FindStringSubmatch(text))
	switch {
	case head == "" && tail == "" && context != nil:
		return x.exact(context, cite), true
	case head == "" && tail == "":
		number, _ := cite.number()
		return Result{Outcome: None, Number: number}, true
	case tail == "" && strings.HasPrefix(text[m[0]:], "第"):
		return x.lookupLike(head, cite)
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

// part reads 附件, 附件2, 总纲: the parts of a rule that are no articles.
func part(rule *corpus.Rule, text string) (corpus.Number, bool) {
	if m := annexNumber.FindStringSubmatch(text); m != nil {
		n, ok := corpus.ParseNumeral(m[1])
		if !ok {
			n = 1
		}
		return corpus.Number{Annex: n}, true
	}
	if a := rule.Article(corpus.Number{Preamble: true}); a != nil && text == compact(fold(a.Label)) {
		return a.Number, true
	}
	return corpus.Number{}, false
}

// lookupIn answers a question that names rule, with what stands around the name.
func (x *Index) lookupIn(rule *corpus.Rule, text, before, after string) (Result, bool) {
	before, after = stripFiller(before), stripFiller(after)
	if cites := citations(after); len(cites) > 0 {
		if before != "" { // the name may only be the end of another, not quite remembered
			head, _, _ := strings.Cut(text, after)
			if res, ok := x.lookupLike(stripFiller(head), cites[0]); ok && (res.Outcome == Answered || len(res.Hits) > 1) {
				return res, true
			}
		}
		var res Result
		for i, c := range cites {
			one := x.exact(rule, c)
			if i == 0 || one.Outcome == None {
				res.Outcome, res.Number, res.Missing = one.Outcome, one.Number, one.Missing
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
		return x.exact(rule, citation{main: m[1]}), true
	}
	if number, ok := part(rule, strings.TrimPrefix(after, "的")); ok {
		return x.found(rule, number), true
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

// exact answers with one article of rule, or the paragraph or item of it that
// was named; Missing says that the article has no such part.
func (x *Index) exact(rule *corpus.Rule, c citation) Result {
	number, ok := c.number()
	if !ok {
		return Result{Outcome: None, Named: rule}
	}
	res := x.found(rule, number)
	if len(res.Hits) == 0 || c.paragraph == "" && c.item == "" {
		return res
	}
	paragraphs := res.Hits[0].Article.Paragraphs
	p := 1
	if c.paragraph != "" {
		p, _ = corpus.ParseNumeral(c.paragraph)
	} else { // 第四条第二项: the list is wherever it is
		p = 1 + max(0, slices.IndexFunc(paragraphs, func(p corpus.Paragraph) bool { return len(p.Items) > 0 }))
	}
	if p < 1 || p > len(paragraphs) {
		res.Missing = "第" + c.paragraph + "款"
		return res
	}
	res.Hits[0].Quote = paragraphs[p-1].Text
	if c.item == "" {
		return res
	}
	i, _ := corpus.ParseNumeral(c.item)
	if items := paragraphs[p-1].Items; i >= 1 && i <= len(items) {
		res.Hits[0].Quote = items[i-1].Text
		return res
	}
	res.Missing = "第" + c.item + "项"
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
