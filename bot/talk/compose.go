package talk

import (
	"fmt"
	"strconv"
	"strings"

	"lianwen/corpus"
	"lianwen/index"
)

// compose writes the reply to a search result.
func (t *turn) compose(res index.Result, talk bool) string {
	switch {
	case res.Outcome == index.Answered && res.Number == (corpus.Number{}) && res.Named != nil:
		return t.ruleOverview(res.Named, talk)
	case len(res.Hits) > 0 && res.Exact() && !talk:
		return t.wholeArticles(res)
	case res.Outcome == index.Answered:
		return t.settled(res, talk)
	case res.Outcome == index.Choices:
		return t.nearest(res, talk)
	case res.Vague:
		return "请把要问的事说完整，如“提案什么时候截止”；回复“帮助”看用法。"
	case res.Unknown != "", res.Named != nil:
		return t.missingArticle(res, talk)
	case res.Number != (corpus.Number{}):
		return fmt.Sprintf("不知道问的是哪部制度的%s。\n请连同制度名称一起问，如“提案条例第十二条”；回复“目录”看有哪些制度。", res.Number.Chinese())
	}
	return t.notFound(res, talk)
}

// wholeArticles shows what was asked for by its number, outside talk, where nobody
// can send a digit: however long.
func (t *turn) wholeArticles(res index.Result) string {
	var s screen
	var above []*corpus.Rule
	if s.above = missingPart(res); res.Outcome == index.None {
		s.above = []string{missing(res)}
	}
	if res.More {
		s.above = append(s.above, moreCited)
	}
	for _, h := range res.Hits {
		s.sample = s.sample || h.Article.Rule.Sample
		text := strings.Join(h.Excerpt(-1).Runs, index.Dots+"\n")
		s.quotes = append(s.quotes, quoted{lines: strings.Split(text, "\n"), cite: cite(h, above)})
		above = append(above, h.Article.Rule)
	}
	return s.text()
}

// moreCited is said when more articles were asked for than one reply holds.
const moreCited = "一次最多引 5 条，后面的请另外问："

func missingPart(res index.Result) []string {
	if res.Missing == "" {
		return nil
	}
	if strings.HasSuffix(res.Missing, "项") {
		return []string{"没有" + res.Missing + "："}
	}
	return []string{fmt.Sprintf("没有%s，这一条共%d款：", res.Missing, len(res.Hits[0].Article.Paragraphs))}
}

// settled quotes the words that answer, and below them those of the next article
// as far as there is room for all of them.
func (t *turn) settled(res index.Result, talk bool) string {
	above := missingPart(res)
	if res.More {
		above = append(above, moreCited)
	}
	s := t.show(res, above, nil, talk)
	t.shown(res.Hits[0].Article)
	return s
}

// nearest quotes the words of what may answer, the best two or three.
func (t *turn) nearest(res index.Result, talk bool) string {
	above := "最接近的几条，请看是不是："
	if res.Guess {
		above = "没有查到。按读音猜，您是不是要找："
	}
	s := t.show(res, []string{above}, []string{"仍不清楚，可问" + t.contact(res.Hits[0].Article.Rule) + "。"}, talk)
	t.about(res.Hits[0].Article.Rule)
	return s
}

// contact is who to ask about a rule.
func (t *turn) contact(r *corpus.Rule) string {
	if r != nil && r.Contact != "" {
		return r.Contact
	}
	return t.config.Contact
}

// offers says what the digits lead to: the whole of what is quoted, which is n
// hits, and the hits up to the last by what they are about. Where no digit can be
// sent, what is whole already is not offered again.
func (t *turn) offers(res index.Result, n, last int, talk, whole bool) []string {
	first := res.Hits[0].Article
	var parts []string
	switch {
	case !talk && whole:
	case !talk:
		parts = append(parts, "全文请问“"+shortCitation(first)+"”")
	case n > 1 || res.Outcome == index.Choices:
		parts = append(parts, "看全文")
	default:
		parts = append(parts, "：1 全文")
	}
	for i, h := range res.Hits[n:last] {
		name := headline(h.Article, first.Rule)
		if talk {
			name = strconv.Itoa(n+i+1) + " " + name
		}
		parts = append(parts, name)
	}
	switch {
	case len(parts) == 0:
		return nil
	case talk:
		return []string{"回复数字" + strings.Join(parts, "；")}
	}
	return []string{"另见：" + strings.Join(parts, "；")}
}

// notFound says that the rules do not hold it, what is near, and where to turn.
func (t *turn) notFound(res index.Result, talk bool) string {
	lines := []string{"制度中没有查到。"}
	var names, messages []string
	add := func(name, message string) {
		messages = append(messages, message)
		if talk {
			name = strconv.Itoa(len(messages)) + " " + name
		}
		names = append(names, name)
	}
	contact := t.config.Contact
	for _, a := range res.Near {
		add(headline(a, nil), "全文 "+a.Key())
	}
	if len(res.Near) > 0 {
		contact = t.contact(res.Near[0].Rule)
	} else {
		for _, r := range res.Nearest {
			add("《"+r.Title+"》", "看《"+r.Title+"》")
		}
	}
	near := "也许有关："
	if len(res.Near) == 0 {
		near = "相近的制度："
	}
	next := "可以换个说法再问，或咨询" + contact + "。"
	if len(names) > 0 {
		lines = append(lines, near+strings.Join(names, "；"))
		if talk {
			next = "回复数字查看；也" + next
		}
	} else if talk {
		next += "回复“目录”看有哪些制度。"
	}
	t.moreChoices(messages)
	return strings.Join(append(lines, next), "\n")
}

// missing says which article was cited and does not exist.
func missing(res index.Result) string {
	if res.Unknown != "" {
		return "制度库里没有《" + res.Unknown + "》，不能查它的条文。"
	}
	last := ""
	for _, a := range res.Named.Articles {
		if a.Number.Main > 0 && a.Number.Annex == res.Number.Annex {
			last = "，最后一条是" + a.Label
		}
	}
	what := "这一条"
	if res.Number != (corpus.Number{}) {
		what = res.Named.Numbering.Label(res.Number)
	}
	return "《" + res.Named.Title + "》没有" + what + last + "。"
}

// missingArticle answers a citation of which something does not exist: what else
// it names is quoted.
func (t *turn) missingArticle(res index.Result, talk bool) string {
	text := missing(res)
	if len(res.Hits) > 0 {
		return t.show(res, []string{text}, nil, talk)
	}
	switch {
	case res.Unknown != "":
		text += "\n请核对名称，或咨询" + t.config.Contact + "。"
		if talk {
			text += "回复“目录”看有哪些制度。"
		}
	case talk:
		text += "\n回复数字：1 看这部制度。"
	}
	if r := res.Named; r != nil {
		t.moreChoices([]string{"看《" + r.Title + "》"})
		t.about(r)
	}
	return text
}
