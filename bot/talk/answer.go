package talk

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"lianwen/bot"
	"lianwen/corpus"
	"lianwen/index"
)

// answer searches and composes the reply. In talk the reply offers digits;
// otherwise, as for the ask command, nobody can send one.
func (t *turn) answer(ctx context.Context, q index.Query, talk bool) (Answer, error) {
	res, err := t.index.Search(ctx, q)
	if err != nil {
		return Answer{}, err
	}
	return Answer{Result: res, Text: t.compose(res, talk)}, nil
}

// compose writes the reply to a search result. The first line is the conclusion.
func (t *turn) compose(res index.Result, talk bool) string {
	switch {
	case res.Outcome == index.Answered && res.Number == (corpus.Number{}) && res.Named != nil:
		return t.ruleOverview(res.Named, talk)
	case res.Outcome == index.Answered:
		return t.quoted(res, talk)
	case res.Outcome == index.Choices:
		return t.nearest(res, talk)
	case res.Named != nil:
		return t.missingArticle(res, talk)
	case res.Number != (corpus.Number{}):
		return fmt.Sprintf("不知道问的是哪部制度的%s。\n请连同制度名称一起问，如“提案条例第十二条”；回复“目录”看有哪些制度。", res.Number.Chinese())
	}
	return t.notFound(res, talk)
}

// quoted shows the first hit, and the others as digits. An article asked for
// by number, outside talk, is shown whole, however long.
func (t *turn) quoted(res index.Result, talk bool) string {
	hit := res.Hits[0]
	a := hit.Article
	lines := []string{a.Citation()}
	if res.Missing != "" {
		lines[0] += fmt.Sprintf("（没有%s，共%d款）", res.Missing, len(a.Paragraphs))
	}
	if hit.Lead != "" {
		lines = append(lines, hit.Lead, "……")
	} else if before, _, _ := strings.Cut(a.Text, hit.Quote); before != "" && !strings.HasSuffix(strings.TrimRight(before, " 　"), "\n") {
		lines = append(lines, "……") // the quotation begins inside a paragraph
	}
	below := 1 // the source, and the mark
	if a.Rule.Sample {
		below++
	}
	quote := bot.Lines(hit.Quote, len(hit.Quote))
	if !talk { // as it stands, blank lines and all
		quote = strings.Split(hit.Quote, "\n")
	}
	if room := bot.MaxLines - 1 - len(lines) - below; len(quote) > room && talk { // 1 for the digits
		quote = append(quote[:room-1:room-1], "……")
	}
	whole := hit.Quote == a.Text && len(quote) >= len(bot.Lines(a.Text, len(a.Text)))
	lines = append(append(lines, quote...), sourceLine(a.Rule))
	if offer := offers(res.Hits, whole, talk); offer != "" {
		lines = append(lines, offer)
	}
	var messages []string
	for _, h := range res.Hits {
		messages = append(messages, "全文 "+h.Article.Key())
	}
	t.choices(messages)
	t.shown(a)
	return bot.Marked(lines, a.Rule.Sample)
}

// offers is the line that says how to read on: what the digits do, or, outside
// talk, what else could be asked for.
func offers(hits []index.Hit, whole, talk bool) string {
	var parts []string
	if !whole {
		if talk {
			parts = append(parts, "1 全文")
		} else {
			parts = append(parts, "全文请问“"+shortCitation(hits[0].Article)+"”")
		}
	}
	for i, h := range hits[1:] {
		name := shortCitation(h.Article)
		if h.Article.Rule == hits[0].Article.Rule {
			name = "本制度" + h.Article.Label
		}
		if talk {
			name = fmt.Sprintf("%d %s", i+2, name)
		}
		parts = append(parts, name)
	}
	switch {
	case len(parts) == 0:
		return ""
	case talk:
		return "回复数字：" + strings.Join(parts, "；")
	}
	return "另见：" + strings.Join(parts, "；")
}

// shortCitation is the citation without 《》, for lines that name several.
func shortCitation(a *corpus.Article) string { return a.Rule.Title + a.Label }

// nearest lists articles that are near the question.
func (t *turn) nearest(res index.Result, talk bool) string {
	lines := []string{"没有找到直接规定，相近的条文有："}
	if res.Guess {
		lines[0] = "没有查到。按读音猜，您是不是要找："
	}
	var messages []string
	sample := false
	for i, h := range res.Hits {
		lines = append(lines, fmt.Sprintf("%d %s：%s", i+1, h.Article.Citation(), opening(h)))
		messages = append(messages, "全文 "+h.Article.Key())
		sample = sample || h.Article.Rule.Sample
	}
	how := "回复数字看原文"
	if !talk {
		how = "写制度名称和条号看原文"
	}
	lines = append(lines, how+"；仍不清楚，可问"+t.config.Contact+"。")
	t.choices(messages)
	return bot.Marked(lines, sample)
}

// openingRunes is how much of an article stands beside its name in a list.
const openingRunes = 24

// opening is the beginning of a hit's quotation, without the article's label.
func opening(h index.Hit) string {
	text := strings.TrimLeft(strings.TrimPrefix(h.Quote, h.Article.Label), " 　")
	text, _, more := strings.Cut(text, "\n")
	if short := shortened(text); short != text || !more {
		return short
	}
	return text + "……"
}

// notFound says that the rules do not hold it, and where to turn.
func (t *turn) notFound(res index.Result, talk bool) string {
	lines := []string{"制度中没有查到。"}
	var titles, messages []string
	for i, r := range res.Nearest {
		title := "《" + r.Title + "》"
		if talk {
			title = strconv.Itoa(i+1) + title
		}
		titles = append(titles, title)
		messages = append(messages, "看《"+r.Title+"》")
	}
	next := "可以换个说法再问，或咨询" + t.config.Contact + "。"
	if len(titles) > 0 {
		lines = append(lines, "相近的制度："+strings.Join(titles, " "))
		if talk {
			next = "回复数字查看；也" + next
		}
	} else if talk {
		next += "回复“目录”看有哪些制度。"
	}
	t.choices(messages)
	return strings.Join(append(lines, next), "\n")
}

// missingArticle answers a citation whose article does not exist.
func (t *turn) missingArticle(res index.Result, talk bool) string {
	r := res.Named
	last := ""
	for _, a := range r.Articles {
		if a.Number.IsArticle() {
			last = a.Label
		}
	}
	what := "这一条"
	if res.Number != (corpus.Number{}) {
		what = res.Number.Chinese()
	}
	text := fmt.Sprintf("《%s》没有%s", r.Title, what)
	if last != "" {
		text += "，最后一条是" + last
	}
	text += "。"
	if talk {
		text += "\n回复数字：1 看这部制度。"
	}
	t.choices([]string{"看《" + r.Title + "》"})
	t.about(r)
	return text
}

// sourceLine is the document number and the day it took effect, or the file
// when the document says neither.
func sourceLine(r *corpus.Rule) string {
	var parts []string
	if r.Document != "" {
		parts = append(parts, r.Document)
	}
	if r.Effective != "" {
		parts = append(parts, r.Effective.Chinese()+"起施行")
	}
	if len(parts) == 0 {
		parts = append(parts, "文件 "+r.File)
	}
	if r.Repealed {
		parts = append(parts, "已废止")
	}
	return "出处：" + strings.Join(parts, "，")
}
