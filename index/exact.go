package index

import (
	"slices"
	"strings"

	"lianwen/corpus"
)

// overview is the answer to a rule's name alone.
func overview(rule *corpus.Rule) Result {
	res := Result{Outcome: Answered, Named: rule}
	for _, a := range rule.Articles[:min(len(rule.Articles), MaxHits)] {
		res.Hits = append(res.Hits, Hit{Article: a, Quote: a.Text, Score: 1})
	}
	return res
}

// exactAll answers with all places that text cites: of rule, until it names
// another.
func (x *Index) exactAll(rule *corpus.Rule, text string, cites []cited) Result {
	var res Result
	for i, group := range cites {
		if i > 0 {
			switch head := stripFiller(text[cites[i-1].end:group.start]); {
			case head == "":
			case x.names.ending(head) != nil:
				rule = x.names.ending(head)
			case citedTitle(head) != "":
				res.Outcome, res.Unknown = None, citedTitle(head)
				return res
			}
		}
		for _, c := range group.places {
			if len(res.Hits) == MaxHits {
				res.More = true
				return res
			}
			one := x.exact(rule, c)
			if res.Named == nil || one.Outcome == None && res.Outcome != None { // the first that is not there
				res.Outcome, res.Number, res.Missing, res.Named = one.Outcome, one.Number, one.Missing, rule
			}
			res.Hits = append(res.Hits, one.Hits...)
		}
	}
	return res
}

// exact answers with one article of rule, or the paragraph or item of it that
// was named; Missing says that the article has no such part.
func (x *Index) exact(rule *corpus.Rule, c citation) Result {
	number, ok := c.number(rule)
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
	h := &res.Hits[0]
	h.Quote = paragraphs[p-1].Text
	if c.paragraph != "" {
		h.Part = "第" + c.paragraph + "款"
	}
	if c.item == "" {
		return res
	}
	i, _ := corpus.ParseNumeral(c.item)
	items := paragraphs[p-1].Items
	if i < 1 || i > len(items) {
		res.Missing = "第" + c.item + "项"
		return res
	}
	h.Part += "第" + c.item + "项"
	lead, _, _ := strings.Cut(h.Quote, items[0].Text)
	if i == 1 {
		h.Quote = h.Quote[:len(lead)+len(items[0].Text)]
		return res
	}
	if lead = strings.Trim(strings.TrimPrefix(lead, h.Article.Label), " 　\t\n"); lead != "" {
		h.Leads = []string{lead} // without it an item is neither duty nor ban
	}
	h.Quote = items[i-1].Text
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
