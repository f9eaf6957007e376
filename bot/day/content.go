package day

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// errNothing means that there is nothing to send; its text says why.
var errNothing = errors.New("没有可发的内容")

// contents makes the texts of pushes.
type contents struct {
	records  contentRecords
	schedule *Schedule
	now      func() time.Time
}

// contentRecords is what texts need of the ledger.
type contentRecords interface {
	OpenRound(ctx context.Context, r ledger.Round) (ledger.Round, error)
	Activities(ctx context.Context, from, to corpus.Date) ([]ledger.Activity, error)
}

// text makes the text of a push that is about to be sent: a question's round is
// opened, or found open. errNothing: there is none.
func (m contents) text(ctx context.Context, p ledger.Push, c *corpus.Corpus) (text string, err error) {
	switch p.Content {
	case QuestionContent:
		text, err = m.question(ctx, p, c)
	case CardContent:
		text, err = m.card(ctx, p, c)
	default:
		text = contentText(p, c, "")
	}
	if err == nil && text == "" {
		err = fmt.Errorf("%w：制度库里没有 %s", errNothing, p.ContentID)
	}
	return text, err
}

// round is the round that a question push opens.
func (m contents) round(p ledger.Push, q *corpus.Question) ledger.Round {
	now := m.now()
	return ledger.Round{Day: p.Date, Question: *q, Opened: now, Closes: m.schedule.asked(p, now).AddDate(0, 0, ledger.RoundDays)}
}

// question opens the round of the day, or finds it open, and is its text; "" for
// a question that the library no longer has.
func (m contents) question(ctx context.Context, p ledger.Push, c *corpus.Corpus) (string, error) {
	i := slices.IndexFunc(c.Questions, func(q *corpus.Question) bool { return q.ID == p.ContentID })
	if i < 0 {
		return "", nil
	}
	round := m.round(p, c.Questions[i])
	if text := QuestionText(round, false, m.schedule.Location) + "\n" + round.Question.Explanation; !bot.Keepable(text) {
		return text, nil // the gate holds it back: nobody is asked, so no round is opened
	}
	round, err := m.records.OpenRound(ctx, round)
	switch {
	case err != nil:
		return "", err
	case round.Void != "":
		return "", fmt.Errorf("%w：%s", errNothing, round.Void)
	}
	return QuestionText(round, Sampled(c, &round.Question), m.schedule.Location), nil
}

// card is the discipline card before the meetings of a day: when and what, the
// prohibitions, and how to ask for leave. An attendee reads of their own
// meetings.
func (m contents) card(ctx context.Context, p ledger.Push, c *corpus.Corpus) (string, error) {
	names, err := m.meetings(ctx, p)
	if err != nil {
		return "", err
	}
	day, cites := readCardID(p.ContentID)
	return cardText(day, names, cites, c), nil
}

// meetings are the meetings that a card is about.
func (m contents) meetings(ctx context.Context, p ledger.Push) (names []string, err error) {
	day, _ := readCardID(p.ContentID)
	activities, err := m.records.Activities(ctx, day, day)
	if err != nil {
		return nil, err
	}
	number, single := strings.CutPrefix(p.Target, memberPrefix)
	for _, a := range meetingsOn(activities, day) {
		if !single || slices.Contains(a.Members, number) {
			names = append(names, a.Title)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%w：%s的会议取消了", errNothing, day.Chinese())
	}
	return names, nil
}

// Preview is the text that a push would have, for people to look at: nothing is
// opened or recorded by it.
func (s *Schedule) Preview(ctx context.Context, p ledger.Push, now time.Time) (string, error) {
	c, release := s.Library()
	defer release()
	text, err := s.previews(now).text(ctx, p, c)
	if errors.Is(err, errNothing) {
		err = bot.NotFound.Sayf("%s的“%s”：%s。", p.Date.Chinese(), p.Name, err)
	}
	return text, err
}

// previews makes texts to look at.
func (s *Schedule) previews(now time.Time) contents {
	return contents{records: preview{s.Ledger}, schedule: s, now: func() time.Time { return now }}
}

// preview reads the records and opens no round in them.
type preview struct{ *ledger.Ledger }

// OpenRound is the round that is there, or the one that would be opened.
func (v preview) OpenRound(ctx context.Context, r ledger.Round) (ledger.Round, error) {
	if v.Ledger == nil {
		return r, nil
	}
	found, err := v.Ledger.Round(ctx, r.Day)
	if errors.Is(err, ledger.ErrNoRound) {
		return r, nil
	}
	return found, err
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
