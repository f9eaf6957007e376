package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lianwen/corpus"
)

// storyText is a story as it is pushed.
func storyText(s *corpus.Story) string {
	return strings.Join(appendMark(storyLines(s), s.Sample), "\n")
}

func storyLines(s *corpus.Story) []string {
	lines := append([]string{"廉政故事：" + s.Title + "（" + s.Period + "）"}, firstLines(s.Text, maxLines)...)
	return append(lines, "出自"+s.Source)
}

// bookText is a book recommendation.
func bookText(b *corpus.Book) string {
	by := b.Author
	if b.Publisher != "" {
		by += "，" + b.Publisher
	}
	lines := append([]string{"荐书：《" + b.Title + "》（" + by + "）"}, firstLines(b.Text, maxLines)...)
	return strings.Join(append(lines, "自愿阅读，不打卡。"), "\n")
}

// caseText is a case notice as it is pushed, with the articles that decide it by
// name.
func caseText(c *corpus.Corpus, k *corpus.Case) string {
	lines := caseLines(k)
	var cites []string
	for _, cite := range k.Cites {
		if a := c.Resolve(cite); a != nil {
			cites = append(cites, a.Citation())
		}
	}
	if len(cites) > 0 {
		lines = append(lines, "依据："+strings.Join(cites, "；"))
	}
	return strings.Join(appendMark(lines, k.Sample), "\n")
}

func caseLines(k *corpus.Case) []string {
	return append([]string{"案例通报：" + k.Title}, firstLines(k.Text, maxLines)...)
}

// pick takes the item whose turn it is, or the first in which words are found;
// ok is false when there is none.
func pick[T any](list []T, turn int, words string, text func(T) string) (item T, ok bool) {
	i := turn % max(len(list), 1)
	if words != "" {
		i = slices.IndexFunc(list, func(item T) bool { return strings.Contains(text(item), words) })
	}
	if i < 0 || i >= len(list) {
		return item, false
	}
	return list[i], true
}

// runStory tells the story of the day, or one found by words.
func runStory(_ context.Context, b *turn, words string, _ step) (output, error) {
	turn := b.config.Now().In(b.config.Location).YearDay()
	s, ok := pick(b.corpus.Stories, turn, words, func(s *corpus.Story) string { return s.Title + "\n" + s.Text })
	if !ok {
		return output{}, none(len(b.corpus.Stories), "廉政故事", "故事", words)
	}
	return b.withArticles(storyLines(s), s.Cites, s.Sample), nil
}

// runBook recommends the book of the week, or one found by words.
func runBook(_ context.Context, b *turn, words string, _ step) (output, error) {
	_, week := b.config.Now().In(b.config.Location).ISOWeek()
	book, ok := pick(b.corpus.Books, week, words, func(b *corpus.Book) string { return b.Title + "\n" + b.Author + "\n" + b.Theme + "\n" + b.Text })
	if !ok {
		return output{}, none(len(b.corpus.Books), "荐书", "荐书", words)
	}
	return output{text: bookText(book)}, nil
}

// runCase tells the case of the week, or one found by words.
func runCase(_ context.Context, b *turn, words string, _ step) (output, error) {
	_, week := b.config.Now().In(b.config.Location).ISOWeek()
	k, ok := pick(b.corpus.Cases, week, words, func(k *corpus.Case) string { return k.Title + "\n" + k.Theme + "\n" + k.Text })
	if !ok {
		return output{}, none(len(b.corpus.Cases), "案例", "案例", words)
	}
	return b.withArticles(caseLines(k), k.Cites, k.Sample), nil
}

// none says that a library has nothing of a kind, or nothing with such words.
func none(has int, kind, command, words string) error {
	if has == 0 {
		return Sayf("制度库里没有%s。", kind)
	}
	return Sayf("没有找到讲“%s”的%s。回复“%s”看现在的一则。", words, command, command)
}

// withArticles offers articles as digits beneath a text.
func (b *turn) withArticles(lines []string, cites []corpus.Cite, sample bool) output {
	out := output{choices: []string{}}
	var offers []string
	for _, c := range cites {
		if a := b.corpus.Resolve(c); a != nil {
			out.choices = append(out.choices, "全文 "+a.Key())
			offers = append(offers, fmt.Sprintf("%d %s", len(out.choices), shortCitation(a)))
		}
	}
	if len(offers) > 0 {
		lines = append(lines, "回复数字看相关制度："+strings.Join(offers, "；"))
	}
	out.text = strings.Join(appendMark(lines, sample), "\n")
	return out
}
