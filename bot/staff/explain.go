package staff

import (
	"context"
	"fmt"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/corpus"
)

// Explanation is a figure of a report opened to the rows that it is the sum of.
type Explanation struct {
	Subject  string // whose figure it is, in words
	From, To corpus.Date
	Counts   ledger.Counts // the sums of all people, as the rows are now
	People   []Explained
	Folded   bool // they are without their lines: there are too many

	// Where the days are a period that is closed: its name, and the sums as closed,
	// which are what a report prints.
	Closed       string
	ClosedCounts ledger.Counts
}

// Explained is what the figures of one member are the sums of.
type Explained struct {
	Member ledger.Member
	Counts ledger.Counts
	Lines  []Line
}

// Line is one round of one member.
type Line struct {
	Day      corpus.Date
	Question string
	Standing ledger.Participation
	Counted  bool   // the round is in the sums
	State    string // in words
	Source   string // which rows say so, in words
}

// Explain opens the figures that words name to their rows: a number, a name, a 界别 or a
// 专委会, and a day, a month, a year or some days; without days those from one to
// another.
func (d *Desk) Explain(ctx context.Context, words string, from, to corpus.Date) (Explanation, error) {
	who, from, to, err := splitFigure(words, from, to, d.Today())
	if err != nil {
		return Explanation{}, err
	}
	return d.ExplainOf(ctx, who, from, to, 0)
}

// ExplainOf opens the figures of some days of whom words name. Where they have more
// than so many rows the people are told without them; 0: however many.
func (d *Desk) ExplainOf(ctx context.Context, who string, from, to corpus.Date, most int) (Explanation, error) {
	closed, err := d.Ledger.Closed(ctx)
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{From: from, To: to}
	var is func(ledger.Member) bool
	a, err := d.Ledger.Explain(ctx, from, to, d.here(), func(t ledger.Table) (numbers []string, err error) {
		if len(t.Rounds)+t.Open+t.Void == 0 {
			return nil, d.noRounds(ctx, from, to)
		}
		if is, e.Subject, err = d.figureOf(ctx, who, t); err != nil {
			return nil, err
		}
		for _, row := range t.Rows {
			if is(row.Member) {
				numbers = append(numbers, row.Member.Number)
			}
		}
		if e.Folded = most > 0 && len(numbers) > 1 && len(numbers)*len(t.Rounds) > most; e.Folded {
			return nil, nil
		}
		return numbers, nil
	})
	if err != nil {
		return Explanation{}, err
	}
	for _, row := range a.Rows {
		if is(row.Member) {
			e.Counts = plus(e.Counts, row.Counts)
			e.People = append(e.People, Explained{Member: row.Member, Counts: row.Counts, Lines: d.lines(a, row.Member.Number, closed)})
		}
	}
	for _, c := range closed {
		if c.From == from && c.To == to {
			e.Closed = c.Name
			for _, row := range c.Table.Rows {
				if is(row.Member) {
					e.ClosedCounts = plus(e.ClosedCounts, row.Counts)
				}
			}
		}
	}
	return e, nil
}

func plus(a, b ledger.Counts) ledger.Counts {
	return ledger.Counts{Took: a.Took + b.Took, Excused: a.Excused + b.Excused, Absent: a.Absent + b.Absent}
}

// noRounds says of days without rounds when there were any.
func (d *Desk) noRounds(ctx context.Context, from, to corpus.Date) error {
	rounds, err := d.Ledger.Rounds(ctx, "0000-01-01", "9999-12-31")
	switch {
	case err != nil:
		return err
	case len(rounds) == 0:
		return bot.NotFound.Sayf("台账里还没有每日一题。")
	}
	return bot.NotFound.Sayf("%s没有每日一题。台账里的题从%s到%s。", Span(from, to), rounds[0].Day.Chinese(), rounds[len(rounds)-1].Day.Chinese())
}

// lines are the rounds of one member.
func (d *Desk) lines(a ledger.Account, number string, closed []ledger.Closed) (list []Line) {
	now := d.here()
	for i, g := range a.Grounds[number] {
		r := a.All[i]
		l := Line{Day: r.Day, Question: r.Question.Text, Standing: g.Standing, Counted: r.Void == "" && !r.Closes.After(now)}
		if !l.Counted {
			l.Standing = ledger.NotDue
		}
		l.State, l.Source = standingWords[l.Standing], d.source(r, g, l.Counted)
		for _, c := range closed {
			if c.From <= r.Day && r.Day <= c.To {
				l.Source += afterClosing(c, r.Day, number)
			}
		}
		list = append(list, l)
	}
	return list
}

// standingWords are how a member stands to a round, in words.
var standingWords = map[ledger.Participation]string{ledger.Took: "参加", ledger.Excused: "请假", ledger.Absent: "未参加", ledger.NotDue: "不计"}

// source says on which rows it rests how a member stands to a round.
func (d *Desk) source(r ledger.Round, g ledger.Ground, counted bool) string {
	switch {
	case r.Void != "":
		return "这道题停用（" + r.Void + "），不计入任何人" + d.answered(g)
	case !counted:
		return "还没有截止（" + d.clock(r.Closes) + "），没有计入" + d.answered(g)
	case g.Correction != nil:
		c := g.Correction
		who, _, _ := DeedInWords(ledger.Deed{Actor: c.Actor})
		return fmt.Sprintf("更正：%s由%s由“%s”改为“%s”，理由：%s", d.clock(c.At), who, standingWords[g.Without], standingWords[c.Standing], c.Reason)
	case !g.On:
		return "这天不在花名册上" + d.answered(g)
	case g.Answer != nil:
		return "作答：" + d.clock(g.Answer.At) + through(g.Answer)
	case g.Leave != nil:
		who, _, _ := DeedInWords(ledger.Deed{Actor: g.Leave.Actor})
		what := "请假"
		if g.Leave.Back {
			what = "没有作答；销假"
		}
		return fmt.Sprintf("%s：%s，%s由%s登记", what, Span(g.Leave.From, g.Leave.To), d.clock(g.Recorded), who)
	}
	return "没有作答，没有请假"
}

// answered tells of an answer that is in no number.
func (d *Desk) answered(g ledger.Ground) string {
	if g.Answer == nil {
		return ""
	}
	return "；" + d.clock(g.Answer.At) + through(g.Answer) + "作答过"
}

// through names the channel of an answer, as far as it was kept.
func through(a *ledger.Answer) string {
	if a.Channel == "" {
		return ""
	}
	return "（" + ChannelName(a.Channel) + "）"
}

// channelWords are the channels that answers come through, in words.
var channelWords = map[string]string{"wechat": "微信", "terminal": "终端"}

// clock is a moment where the desk stands.
func (d *Desk) clock(t time.Time) string { return t.In(d.Location).Format("2006-01-02 15:04") }

// afterClosing tells what was changed in one place after the period was closed.
func afterClosing(c ledger.Closed, day corpus.Date, number string) (words string) {
	for _, k := range c.Changes {
		if k.Day == day && k.About == "" && k.Member == number {
			words += fmt.Sprintf("；定稿 %s 之后第%d号更正，由“%s”改为“%s”", c.Name, k.Number, office.ChangeWord(k.Before), office.ChangeWord(k.After))
		}
	}
	return words
}
