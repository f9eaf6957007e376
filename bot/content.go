package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lianwen/corpus"
)

// errNothing means that there is nothing to send; its text says why.
var errNothing = errors.New("没有可发的内容")

// memberPrefix begins a target that is a member's number.
const memberPrefix = "member:"

// text makes the text of a push.
func (o *Outbox) text(ctx context.Context, p Push) (text string, err error) {
	c, release := o.Library()
	defer release()
	switch p.Content {
	case QuestionContent:
		text, err = o.question(ctx, p, c)
	case CardContent:
		text, err = o.card(ctx, p, c)
	default:
		text = contentText(p, c)
	}
	if err == nil && text == "" {
		err = fmt.Errorf("%w：制度库里没有 %s", errNothing, p.ContentID)
	}
	return text, err
}

// address is where the channel sends to for a target; wait is why it cannot now.
// With several accounts a member is bound to several senders, and this channel
// reaches but one of them.
func (o *Outbox) address(ctx context.Context, target string) (to string, wait, err error) {
	number, ok := strings.CutPrefix(target, memberPrefix)
	if !ok {
		return target, o.Ready(target), nil
	}
	senders, err := o.Records.Senders(ctx, o.Channel.Name(), number)
	if err != nil {
		return "", nil, err
	}
	wait = fmt.Errorf("%w：编号 %s 没有绑定", errNothing, number)
	for _, to := range senders {
		if wait = o.Ready(to); wait == nil {
			return to, nil, nil
		}
	}
	return "", wait, nil
}

// contentText is what stands in the library by itself; "" when it is no longer
// there.
func contentText(p Push, c *corpus.Corpus) string {
	switch p.Content {
	case StoryContent:
		if i := slices.IndexFunc(c.Stories, func(s *corpus.Story) bool { return s.ID == p.ContentID }); i >= 0 {
			return storyText(c.Stories[i])
		}
	case NoticeContent:
		if i := slices.IndexFunc(c.Notices, func(n *corpus.Notice) bool { return n.ID == p.ContentID }); i >= 0 {
			return strings.Join(appendMark([]string{p.Title, c.Notices[i].Text}, c.Notices[i].Sample), "\n")
		}
	case BookContent:
		if i := slices.IndexFunc(c.Books, func(b *corpus.Book) bool { return b.ID == p.ContentID }); i >= 0 {
			return bookText(c.Books[i])
		}
	case CaseContent:
		if i := slices.IndexFunc(c.Cases, func(k *corpus.Case) bool { return k.ID == p.ContentID }); i >= 0 {
			return caseText(c, c.Cases[i])
		}
	}
	return ""
}

// question opens the round of the day, or finds it open, and is its text.
func (o *Outbox) question(ctx context.Context, p Push, c *corpus.Corpus) (string, error) {
	for _, q := range c.Questions {
		if q.ID != p.ContentID {
			continue
		}
		round, err := o.Records.OpenRound(ctx, Round{ID: string(p.Date), Question: *q, Opened: o.Now(), Closes: o.Now().AddDate(0, 0, RoundDays)})
		switch {
		case err != nil:
			return "", err
		case round.Void != "":
			return "", fmt.Errorf("%w：%s", errNothing, round.Void)
		}
		return questionText(round, sampled(c, &round.Question), o.Location), nil
	}
	return "", nil
}

// card is the discipline card before the meetings of a day: when and what, the
// prohibitions, and how to ask for leave. An attendee reads of their own
// meetings.
func (o *Outbox) card(ctx context.Context, p Push, c *corpus.Corpus) (string, error) {
	day, cites := readCardID(p.ContentID)
	activities, err := o.Records.Activities(ctx, day, day)
	if err != nil {
		return "", err
	}
	number, single := strings.CutPrefix(p.Target, memberPrefix)
	var names []string
	for _, m := range meetingsOn(activities, day) {
		if !single || slices.Contains(m.Members, number) {
			names = append(names, m.Title)
		}
	}
	if len(names) == 0 {
		return "", fmt.Errorf("%w：%s的会议取消了", errNothing, day.Chinese())
	}
	return cardText(day, names, cites, c), nil
}

// cardID is what a card brings: the meetings of a day, and the articles that are
// quoted behind the prohibitions.
func cardID(day corpus.Date, cites []string) string {
	return strings.Join(append([]string{string(day)}, cites...), " ")
}

func readCardID(id string) (day corpus.Date, cites []string) {
	words := strings.Fields(id)
	if len(words) == 0 {
		return "", nil
	}
	return corpus.Date(words[0]), words[1:]
}

// cardText is the card for the meetings of a day.
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
	return strings.Join(appendMark(lines, sample), "\n")
}
