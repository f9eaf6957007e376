package index

import (
	"slices"
	"strings"

	"lianwen/corpus"
)

// lookupFiller is said around a citation without meaning anything else.
var lookupFiller = sortedByLength(`
	请问 帮我 给我 我想 我要 麻烦 查一下 查查 查 看一下 看看 看 念一下 念 读一下 发一下 发 找一下 找 说一下 讲一下
	具体 内容 原文 全文 条文 规定 怎么 什么 说 写 讲 是 啥 的 了 吗 呢 里面 里 一下 咋 来 那 这 想 知道 有 哪些 关于 市政协 中 我们 咱们 分别 都 、 - 和 与
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
// a rule by its title and nothing else. ok is false for any other question. A
// number that was cited never leads to another article: what does not exist, or
// not in this library, is said.
func (x *Index) lookup(folded string, context *corpus.Rule) (res Result, ok bool) {
	text := citable(folded)
	named := x.names.in(text)
	if title, cites := x.unknownTitle(folded); title != "" {
		if res, ok := x.lookupLike(title, cites); ok && res.Outcome == Answered && !isLaw(title) {
			return res, true
		}
		res, _ := x.lookupNamed(text, outside(named, text, title))
		res.Outcome, res.Unknown = None, title
		return res, true
	}
	if len(named) > 0 {
		return x.lookupNamed(text, named)
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
	if rule := x.names.ending(bare); rule != nil && titleLike.MatchString(bare) {
		return overview(rule), true
	}
	return x.lookupNumber(text, context)
}

// lookupNumber answers what has a number and no rule's name in it.
func (x *Index) lookupNumber(text string, context *corpus.Rule) (Result, bool) {
	cites := citations(text)
	if len(cites) == 0 {
		return Result{}, false
	}
	c := cites[0]
	head, tail := stripFiller(text[:c.start]), stripFiller(text[c.end:])
	if head == "" && tail == "" && context != nil {
		return x.exactAll(context, text, cites), true
	}
	if head == "" && tail == "" {
		number, _ := c.places[0].number(&corpus.Rule{})
		return Result{Outcome: None, Number: number}, true
	}
	if head == "" || !strings.HasPrefix(text[c.start:], "第") && !c.places[0].fromEnd {
		return Result{}, false
	}
	if rule := x.names.ending(head); rule != nil {
		return x.exactAll(rule, text, cites), true
	}
	if tail == "" && !isLaw(head) {
		if res, ok := x.lookupLike(head, cites); ok {
			return res, true
		}
	}
	if title := citedTitle(head); title != "" {
		return Result{Outcome: None, Unknown: title}, true
	}
	return Result{}, false
}

// citedTitle is the name of a rule that a text before a number ends with; "" when
// it is none, or the rule at hand, as 本办法.
func citedTitle(head string) string {
	head = head[strings.LastIndexAny(head, "、-")+1:]
	head = citing.ReplaceAllString(head, "")
	if strings.HasPrefix(head, "本") || strings.Contains(head, "的") || !titleLike.MatchString(head) {
		return ""
	}
	return head
}

// isLaw reports whether a name is that of a law: those differ by a word, and are
// not remembered by halves.
func isLaw(name string) bool {
	return strings.HasSuffix(name, "法") && !strings.HasSuffix(name, "办法")
}

// unknownTitle is what stands in 《》 before a number and is no rule's name, with
// what is cited of it.
func (x *Index) unknownTitle(folded string) (title string, cites []cited) {
	for _, m := range inTitleMarks.FindAllStringSubmatchIndex(folded, -1) {
		title, after := compact(folded[m[2]:m[3]]), citable(folded[m[1]:])
		known := slices.ContainsFunc(x.names, func(n name) bool { return n.text == title }) || x.names.ending(title) != nil
		if cites := citations(after); !known && len(cites) > 0 && stripFiller(after[:cites[0].start]) == "" {
			return title, cites
		}
	}
	return "", nil
}

// part reads 附件, 附件2, 附件2第三条, 总纲: the parts of a rule that are no articles
// of its own; and 第三项 of a rule that counts 一、二、三、 where others have articles.
func part(rule *corpus.Rule, text string) (corpus.Number, bool) {
	if m := annexNumber.FindStringSubmatch(text); m != nil {
		n := corpus.Number{Annex: 1}
		if annex, ok := corpus.ParseNumeral(m[1]); ok {
			n.Annex = annex
		}
		n.Main, _ = corpus.ParseNumeral(m[2]) // of a rule that stands in the annex
		return n, true
	}
	if m := countedNumber.FindStringSubmatch(text); m != nil && rule.Numbering != corpus.ByArticle && (m[2] == "章") == (rule.Numbering == corpus.ByChapter) {
		if n, ok := corpus.ParseNumeral(m[1]); ok {
			return corpus.Number{Main: n}, true
		}
	}
	if a := rule.Article(corpus.Number{Preamble: true}); a != nil && text == compact(fold(a.Label)) {
		return a.Number, true
	}
	return corpus.Number{}, false
}

// outside are the names that are not part of a title that stands in text.
func outside(named []mention, text, title string) []mention {
	start := strings.Index(text, title)
	return slices.DeleteFunc(named, func(m mention) bool { return start >= 0 && m.start >= start && m.end <= start+len(title) })
}

// lookupNamed answers a question that names rules, with what stands around the
// names.
func (x *Index) lookupNamed(text string, named []mention) (Result, bool) {
	var all Result
	for i, m := range named {
		begin, end := 0, len(text)
		if i > 0 { // what stands between two names is of the first
			begin = m.start
		}
		if i+1 < len(named) {
			end = named[i+1].start
		}
		res, ok := x.lookupIn(m.rule, text[begin:m.start], text[m.start:m.end], text[m.end:end])
		if len(named) == 1 {
			return res, ok
		}
		if ok && (res.Exact() || res.Unknown != "") {
			all = merged(all, res)
		}
	}
	return all, all.Named != nil || all.Unknown != ""
}

// merged is what was found for several names: as found as the least of it.
func merged(all, res Result) Result {
	if all.Named == nil {
		return res
	}
	hits := append(all.Hits, res.Hits...)
	if res.Outcome == None && all.Outcome != None {
		all = res
	}
	all.Hits = hits[:min(len(hits), MaxHits)]
	return all
}

// lookupIn answers a question that names one rule, with what stands before and
// behind the name.
func (x *Index) lookupIn(rule *corpus.Rule, before, name, after string) (Result, bool) {
	title := stripFiller(before + name)
	before = stripFiller(before)
	if number, ok := part(rule, stripFiller(after)); ok && before == "" && number.Main > 0 {
		return x.found(rule, number), true
	}
	if some := someOf(rule, stripFiller(after)); some != nil && before == "" {
		return x.exactAll(rule, "", some), true
	}
	if cites := citations(after); len(cites) > 0 {
		gap := stripFiller(after[:cites[0].start])
		if gap != "" && titleLike.MatchString(gap) { // 劳动法实施条例第三条 is not of 劳动法
			if res, ok := x.lookupLike(gap, cites); ok && res.Outcome == Answered {
				return res, true
			}
			return Result{Outcome: None, Unknown: name + gap}, true
		}
		if before != "" && gap == "" { // the name may only be the end of another, not quite remembered
			if res, ok := x.lookupLike(title, cites); ok && (res.Outcome == Answered || len(res.Hits) > 1) {
				return res, true
			}
		}
		return x.exactAll(rule, after, cites), true
	}
	after = stripFiller(after)
	if cites := citations(before); len(cites) > 0 && after == "" && stripFiller(before[:cites[0].start]+before[cites[len(cites)-1].end:]) == "" {
		return x.exactAll(rule, before, cites), true // 第十二条提案条例
	}
	if before != "" {
		return Result{}, false
	}
	if m := looseNumber.FindStringSubmatch(after); m != nil {
		return x.exact(rule, citation{main: m[1]}), true
	}
	if looseList.MatchString(after) {
		return x.exactAll(rule, "", []cited{{places: readPlaces(strings.TrimPrefix(after, "的"))}}), true
	}
	if chapterPart.MatchString(after) { // not an article: the card says what there is
		return overview(rule), true
	}
	if number, ok := part(rule, strings.TrimPrefix(after, "的")); ok {
		return x.found(rule, number), true
	}
	if after != "" {
		return Result{}, false
	}
	return overview(rule), true
}
