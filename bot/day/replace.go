package day

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Choice is a content that a draft may bring.
type Choice struct{ ID, Title string }

// How far around a day a content is not offered again, and how far ahead others
// are looked for, in days.
const (
	choiceApart = 7
	choiceAhead = 400
)

// Choices are the contents that a draft could bring instead, best first: the
// plan's own, where staff have put another in its place, then those whose turn is
// farthest away but for a week around.
func (s *Schedule) Choices(ctx context.Context, d Draft) ([]Choice, error) {
	if d.Push.Content == CardContent {
		return nil, bot.Invalid.Sayf("会前纪律卡引的是制度原文，只能签发，不能换。")
	}
	c, release := s.Library()
	defer release()
	if d.Push.Content == NoticeContent {
		return otherNotices(c, d.Push), nil
	}
	date := d.Push.Date
	near, err := s.Plan(ctx, date.AddDays(-choiceApart), date.AddDays(choiceApart))
	if err != nil {
		return nil, err
	}
	far, err := s.planned(ctx, date.AddDays(choiceApart+1), date.AddDays(choiceAhead))
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, p := range near {
		if p.Content == d.Push.Content {
			taken[p.ContentID] = true
		}
	}
	var list []Choice
	offer := func(id string) {
		if title, ok := titled(c, d.Push, id); ok && !taken[id] {
			taken[id] = true
			list = append(list, Choice{id, title})
		}
	}
	if d.Planned != d.Push.ContentID || d.Record.Source == ledger.EditedDraft {
		delete(taken, d.Planned)
		offer(d.Planned)
	}
	for _, p := range far {
		if p.Name == d.Push.Name {
			offer(p.ContentID)
		}
	}
	return list, nil
}

// otherNotices are the notices for the same festival and audience. Where several
// festivals fall on a day, nothing fits but all of them.
func otherNotices(c *corpus.Corpus, p ledger.Push) (list []Choice) {
	i := slices.IndexFunc(c.Notices, func(n *corpus.Notice) bool { return n.ID == p.ContentID })
	if i < 0 {
		return nil
	}
	for _, n := range c.Notices {
		if n.Festival == c.Notices[i].Festival && n.Audience == c.Notices[i].Audience && n.ID != p.ContentID {
			list = append(list, Choice{n.ID, p.Title})
		}
	}
	return list
}

// Choose is a content by its id, if a draft may bring it.
func (s *Schedule) Choose(ctx context.Context, d Draft, id string) (Choice, error) {
	if d.Push.Content == CardContent || d.Push.Content == NoticeContent && id != d.Planned {
		list, err := s.Choices(ctx, d)
		if i := slices.IndexFunc(list, func(c Choice) bool { return c.ID == id }); i >= 0 {
			return list[i], nil
		}
		if err == nil {
			err = bot.NotFound.Sayf("没有 %s 这一则同一个节日、同一类对象的提醒，没有换。", id)
		}
		return Choice{}, err
	}
	c, release := s.Library()
	defer release()
	if d.Push.Content == QuestionContent {
		suspended, err := s.suspended(ctx, c)
		if err != nil {
			return Choice{}, err
		}
		if suspended[id] {
			return Choice{}, bot.Conflict.Sayf("题 %s 停用着，等核准以后才能用，没有换。", id)
		}
	}
	title, ok := titled(c, d.Push, id)
	if !ok {
		return Choice{}, bot.NotFound.Sayf("制度库里没有 %s，没有换。", id)
	}
	return Choice{id, title}, nil
}

// titled is the title that a push has with a content; ok is false where the
// library has no such content, or it must not be sent.
func titled(c *corpus.Corpus, p ledger.Push, id string) (title string, ok bool) {
	title, ok = titleIn(c, p, id)
	return title, ok && bot.Keepable(title)
}

func titleIn(c *corpus.Corpus, p ledger.Push, id string) (title string, ok bool) {
	switch p.Content {
	case StoryContent:
		for _, s := range c.Stories {
			if s.ID == id {
				return s.Title, true
			}
		}
	case QuestionContent:
		for _, q := range c.Questions {
			if q.ID == id {
				return q.Text, true
			}
		}
	case BookContent:
		for _, b := range c.Books {
			if b.ID == id {
				return "《" + b.Title + "》", true
			}
		}
	case CaseContent:
		for _, k := range c.Cases {
			if k.ID == id {
				return k.Title, true
			}
		}
	case NoticeContent:
		p.ContentID = id
		return p.Title, noticeText(p, c, "") != ""
	}
	return "", false
}

// Words are those of a draft's text that Reword puts others in the place of; "" where
// they cannot be told from the rest.
func (s *Schedule) Words(d Draft) string {
	const mark = "\x00"
	c, release := s.Library()
	defer release()
	above, below, ok := strings.Cut(contentText(d.Push, c, mark), mark)
	words, from := strings.CutPrefix(d.Text, above)
	words, to := strings.CutSuffix(words, below)
	if !ok || !from || !to {
		return ""
	}
	return words
}

// Reword is the text of a draft with other words between what stands above and
// below them: the title, the source, the mark of example text.
func (s *Schedule) Reword(d Draft, words string) (string, error) {
	words = strings.TrimSpace(strings.ReplaceAll(words, "\r\n", "\n"))
	limit := corpus.MaxStoryRunes
	switch d.Push.Content {
	case CardContent:
		return "", bot.Invalid.Sayf("会前纪律卡引的是制度原文，只能签发，不能改。")
	case QuestionContent:
		return "", bot.Invalid.Sayf("题和答案是制度库里的，不能改文字，可以换一道。")
	case NoticeContent:
		limit = corpus.MaxNoticeRunes
	}
	lines := bot.Lines(words, len(words)+1)
	switch n := utf8.RuneCountInString(words); {
	case n == 0:
		return "", bot.Invalid.Sayf("请写上新的文字。")
	case n > limit:
		return "", bot.Invalid.Sayf("新的文字有 %d 字，超过 %d 字，请压缩。", n, limit)
	case len(lines) > bot.MaxLines:
		return "", bot.Invalid.Sayf("新的文字有 %d 行，超过 %d 行，请合并几行。", len(lines), bot.MaxLines)
	case strings.ContainsFunc(words, func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || r == utf8.RuneError) }):
		return "", bot.Invalid.Sayf("新的文字里有看不见的控制字符，或者不是 UTF-8，请重新写一遍。")
	}
	c, release := s.Library()
	defer release()
	text := contentText(d.Push, c, strings.Join(lines, "\n"))
	if text == "" {
		return "", bot.Conflict.Sayf("制度库里没有 %s 了，不能在它上面改，请另换一则。", d.Push.ContentID)
	}
	return text, nil
}
