package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"lianwen/corpus"
	"lianwen/index"
)

// maxLines is how long the first reply to a question may be: what a phone
// shows at a glance.
const maxLines = 8

// answer searches and composes the reply. In talk the reply offers digits;
// otherwise, as for the ask command, nobody can send one.
func (b *turn) answer(ctx context.Context, q index.Query, talk bool) (Answer, output, error) {
	res, err := b.index.Search(ctx, q)
	if err != nil {
		return Answer{}, output{}, err
	}
	out := b.compose(res, talk)
	return Answer{Result: res, Text: out.text}, out, nil
}

// compose writes the reply to a search result. The first line is the conclusion.
func (b *turn) compose(res index.Result, talk bool) output {
	switch {
	case res.Outcome == index.Answered && res.Number == (corpus.Number{}) && res.Named != nil:
		return ruleOverview(res.Named, talk)
	case res.Outcome == index.Answered:
		return quoted(res, talk)
	case res.Outcome == index.Choices:
		return b.choices(res, talk)
	case res.Named != nil:
		return missingArticle(res, talk)
	case res.Number != (corpus.Number{}):
		return output{text: fmt.Sprintf("不知道问的是哪部制度的%s。\n请连同制度名称一起问，如“提案条例第十二条”；回复“目录”看有哪些制度。", res.Number.Chinese())}
	}
	return b.notFound(res, talk)
}

// quoted shows the first hit, and the others as digits. An article asked for
// by number, outside talk, is shown whole, however long.
func quoted(res index.Result, talk bool) output {
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
	tail := appendMark([]string{sourceLine(a.Rule)}, a.Rule.Sample)
	quote := firstLines(hit.Quote, len(hit.Quote))
	if !talk { // as it stands, blank lines and all
		quote = strings.Split(hit.Quote, "\n")
	}
	if room := maxLines - 1 - len(lines) - len(tail); len(quote) > room && talk { // 1 for the digits
		quote = append(quote[:room-1:room-1], "……")
	}
	whole := hit.Quote == a.Text && len(quote) >= len(firstLines(a.Text, len(a.Text)))
	lines = append(append(lines, quote...), tail[0])
	if offer := offers(res.Hits, whole, talk); offer != "" {
		lines = append(lines, offer)
	}
	out := output{text: strings.Join(append(lines, tail[1:]...), "\n"), article: a}
	for _, h := range res.Hits {
		out.choices = append(out.choices, "全文 "+h.Article.Key())
	}
	return out
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

// firstLines keeps whole lines of a text, at most n.
func firstLines(text string, n int) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\n"); strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	return lines[:min(n, len(lines))]
}

// choices lists articles that are near the question.
func (b *turn) choices(res index.Result, talk bool) output {
	out := output{}
	lines := []string{"没有找到直接规定，相近的条文有："}
	if res.Guess {
		lines[0] = "没有查到。按读音猜，您是不是要找："
	}
	sample := false
	for i, h := range res.Hits {
		lines = append(lines, fmt.Sprintf("%d %s：%s", i+1, h.Article.Citation(), opening(h)))
		out.choices = append(out.choices, "全文 "+h.Article.Key())
		sample = sample || h.Article.Rule.Sample
	}
	how := "回复数字看原文"
	if !talk {
		how = "写制度名称和条号看原文"
	}
	lines = append(lines, how+"；仍不清楚，可问"+b.config.Contact+"。")
	out.text = strings.Join(appendMark(lines, sample), "\n")
	return out
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
func (b *turn) notFound(res index.Result, talk bool) output {
	out := output{choices: []string{}}
	lines := []string{"制度中没有查到。"}
	var titles []string
	for i, r := range res.Nearest {
		title := "《" + r.Title + "》"
		if talk {
			title = strconv.Itoa(i+1) + title
		}
		titles = append(titles, title)
		out.choices = append(out.choices, "看《"+r.Title+"》")
	}
	next := "可以换个说法再问，或咨询" + b.config.Contact + "。"
	if len(titles) > 0 {
		lines = append(lines, "相近的制度："+strings.Join(titles, " "))
		if talk {
			next = "回复数字查看；也" + next
		}
	} else if talk {
		next += "回复“目录”看有哪些制度。"
	}
	out.text = strings.Join(append(lines, next), "\n")
	return out
}

// missingArticle answers a citation whose article does not exist.
func missingArticle(res index.Result, talk bool) output {
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
	return output{text: text, choices: []string{"看《" + r.Title + "》"}, rule: r}
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

// SampleMark ends every answer from example text.
const SampleMark = "示例文本，以正式印发文件为准"

func appendMark(lines []string, sample bool) []string {
	if sample {
		return append(lines, SampleMark)
	}
	return lines
}
