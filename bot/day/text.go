package day

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// QuestionText is the daily question as it is posted.
func QuestionText(r ledger.Round, sample bool, location *time.Location) string {
	lines := append([]string{"每日一题（" + r.Day.Chinese() + "）", r.Question.Text}, OptionLines(r.Question)...)
	lines = append(lines, fmt.Sprintf("私聊我回复一个字母作答（过后回复“补答”），%s前有效。自愿参加，不排名。", r.Closes.In(location).Format("1月2日15:04")))
	return bot.Marked(lines, sample)
}

// OptionLines are the options of a question, a line each.
func OptionLines(q corpus.Question) []string {
	var lines []string
	for i, option := range q.Options {
		lines = append(lines, OptionLetter(i)+". "+option)
	}
	return lines
}

// OptionLetter is the letter that stands for an option: A for 0.
func OptionLetter(choice int) string { return string(rune('A' + choice)) }

// Sampled reports whether a question rests on a sample rule.
func Sampled(c *corpus.Corpus, q *corpus.Question) bool {
	return slices.ContainsFunc(q.Cites, func(cite corpus.Cite) bool {
		a := c.Resolve(cite)
		return a != nil && a.Rule.Sample
	})
}

// StoryLines are a story without what goes beneath it.
func StoryLines(s *corpus.Story) []string {
	lines := append([]string{"廉政故事：" + s.Title + "（" + s.Period + "）"}, bot.Lines(s.Text, bot.MaxLines)...)
	return append(lines, "出自"+s.Source)
}

// CaseLines are a case without what goes beneath it.
func CaseLines(k *corpus.Case) []string {
	return append([]string{"案例通报：" + k.Title}, bot.Lines(k.Text, bot.MaxLines)...)
}

// BookText is a book recommendation.
func BookText(b *corpus.Book) string {
	by := b.Author
	if b.Publisher != "" {
		by += "，" + b.Publisher
	}
	lines := append([]string{"荐书：《" + b.Title + "》（" + by + "）"}, bot.Lines(b.Text, bot.MaxLines)...)
	return bot.Marked(append(lines, "自愿阅读，不打卡。"), b.Sample)
}

// caseText is a case as it is pushed, with the articles that decide it by name.
func caseText(c *corpus.Corpus, k *corpus.Case) string {
	lines := CaseLines(k)
	var cites []string
	for _, cite := range k.Cites {
		if a := c.Resolve(cite); a != nil {
			cites = append(cites, a.Citation())
		}
	}
	if len(cites) > 0 {
		lines = append(lines, "依据："+strings.Join(cites, "；"))
	}
	return bot.Marked(lines, k.Sample)
}

// contentText is what stands in the library by itself; "" when it is no longer
// there. Staff's own words, if there are any, take the place of the library's.
func contentText(p ledger.Push, c *corpus.Corpus, words string) string {
	switch p.Content {
	case StoryContent:
		if i := slices.IndexFunc(c.Stories, func(s *corpus.Story) bool { return s.ID == p.ContentID }); i >= 0 {
			s := *c.Stories[i]
			s.Text = cmp.Or(words, s.Text)
			return bot.Marked(StoryLines(&s), s.Sample)
		}
	case NoticeContent:
		return noticeText(p, c, words)
	case BookContent:
		if i := slices.IndexFunc(c.Books, func(b *corpus.Book) bool { return b.ID == p.ContentID }); i >= 0 {
			b := *c.Books[i]
			b.Text = cmp.Or(words, b.Text)
			return BookText(&b)
		}
	case CaseContent:
		if i := slices.IndexFunc(c.Cases, func(k *corpus.Case) bool { return k.ID == p.ContentID }); i >= 0 {
			k := *c.Cases[i]
			k.Text = cmp.Or(words, k.Text)
			return caseText(c, &k)
		}
	}
	return ""
}

// noticeText is the notice of a festival, or those of the festivals of a day.
func noticeText(p ledger.Push, c *corpus.Corpus, words string) string {
	var lines []string
	sample := false
	for _, id := range strings.Fields(p.ContentID) {
		i := slices.IndexFunc(c.Notices, func(n *corpus.Notice) bool { return n.ID == id })
		if i < 0 {
			return ""
		}
		lines, sample = append(lines, c.Notices[i].Text), sample || c.Notices[i].Sample
	}
	if words != "" && len(lines) > 0 {
		lines = []string{words}
	}
	return bot.Marked(append([]string{p.Title}, lines...), sample)
}

// cardText is the discipline card for the meetings of a day.
func cardText(day corpus.Date, names, cites []string, c *corpus.Corpus) string {
	lines := []string{"会前提醒：" + day.Chinese() + "，" + strings.Join(names, "、")}
	sample := false
	if _, lists := c.RulesInForce(); len(lists) > 0 {
		lines = append(lines, "《"+lists[0].Title+"》")
		for _, a := range lists[0].Articles {
			lines = append(lines, a.Text)
		}
		sample = lists[0].Sample
	}
	for _, cite := range cites {
		if a := c.Article(cite); a != nil {
			lines = append(lines, a.Citation(), a.Text)
			sample = sample || a.Rule.Sample
		}
	}
	return bot.Marked(lines, sample)
}
