package talk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/corpus"
)

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
func runStory(_ context.Context, t *turn, words string) (string, error) {
	turn := t.config.Now().In(t.config.Location).YearDay()
	s, ok := pick(t.corpus.Stories, turn, words, func(s *corpus.Story) string { return s.Title + "\n" + s.Text })
	if !ok {
		return "", none(len(t.corpus.Stories), "廉政故事", "故事", words)
	}
	return t.withArticles(day.StoryLines(s), s.Cites, s.Sample), nil
}

// runBook recommends the book of the week, or one found by words.
func runBook(_ context.Context, t *turn, words string) (string, error) {
	_, week := t.config.Now().In(t.config.Location).ISOWeek()
	book, ok := pick(t.corpus.Books, week, words, func(b *corpus.Book) string { return b.Title + "\n" + b.Author + "\n" + b.Theme + "\n" + b.Text })
	if !ok {
		return "", none(len(t.corpus.Books), "荐书", "荐书", words)
	}
	return day.BookText(book), nil
}

// runCase tells the case of the week, or one found by words.
func runCase(_ context.Context, t *turn, words string) (string, error) {
	_, week := t.config.Now().In(t.config.Location).ISOWeek()
	k, ok := pick(t.corpus.Cases, week, words, func(k *corpus.Case) string { return k.Title + "\n" + k.Theme + "\n" + k.Text })
	if !ok {
		return "", none(len(t.corpus.Cases), "案例", "案例", words)
	}
	return t.withArticles(day.CaseLines(k), k.Cites, k.Sample), nil
}

// none says that a library has nothing of a kind, or nothing with such words.
func none(has int, kind, command, words string) error {
	if has == 0 {
		return bot.NotFound.Sayf("制度库里没有%s。", kind)
	}
	return bot.NotFound.Sayf("没有找到讲“%s”的%s。回复“%s”看现在的一则。", words, command, command)
}

// withArticles offers articles as digits beneath a text.
func (t *turn) withArticles(lines []string, cites []corpus.Cite, sample bool) string {
	var offers, messages []string
	for _, c := range cites {
		if a := t.corpus.Resolve(c); a != nil {
			messages = append(messages, "全文 "+a.Key())
			offers = append(offers, fmt.Sprintf("%d %s", len(messages), shortCitation(a)))
		}
	}
	if len(offers) > 0 {
		lines = append(lines, "回复数字看相关制度："+strings.Join(offers, "；"))
	}
	t.choices(messages)
	return bot.Marked(lines, sample)
}
