package main

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

// jsonExplained is what report --explain --json prints.
type jsonExplained struct {
	Subject string            `json:"subject"`
	From    string            `json:"from"`
	To      string            `json:"to"`
	Counts  jsonCounts        `json:"counts"`
	Closed  *jsonClosedCounts `json:"closed"` // null where the days are no closed period
	People  []jsonPerson      `json:"people"`
}

// jsonClosedCounts are the figures as closed, which a report prints.
type jsonClosedCounts struct {
	Name   string     `json:"name"`
	Counts jsonCounts `json:"counts"`
}

type jsonPerson struct {
	Number string      `json:"number"`
	Name   string      `json:"name"`
	Counts jsonCounts  `json:"counts"`
	Rounds []jsonRound `json:"rounds"`
}

type jsonRound struct {
	Day      string `json:"day"`
	Question string `json:"question"`
	Standing string `json:"standing"` // took, excused, absent or ""
	Counted  bool   `json:"counted"`
	Source   string `json:"source"`
}

type jsonCounts struct {
	Due     int `json:"due"`
	Took    int `json:"took"`
	Excused int `json:"excused"`
	Absent  int `json:"absent"`
}

func countsJSON(c ledger.Counts) jsonCounts { return jsonCounts{c.Due(), c.Took, c.Excused, c.Absent} }

func explainedJSON(e staff.Explanation) jsonExplained {
	j := jsonExplained{Subject: e.Subject, From: string(e.From), To: string(e.To), Counts: countsJSON(e.Counts), People: []jsonPerson{}}
	if e.Closed != "" {
		j.Closed = &jsonClosedCounts{e.Closed, countsJSON(e.ClosedCounts)}
	}
	for _, p := range e.People {
		person := jsonPerson{Number: p.Member.Number, Name: p.Member.Name, Counts: countsJSON(p.Counts), Rounds: []jsonRound{}}
		for _, l := range p.Lines {
			person.Rounds = append(person.Rounds, jsonRound{string(l.Day), l.Question, string(l.Standing), l.Counted, l.Source})
		}
		j.People = append(j.People, person)
	}
	return j
}

// explain opens a figure to its rows. Without days in the words nor in the flags it
// is this year.
func (a *app) explain(ctx context.Context, d *staff.Desk, flags reportFlags) error {
	from, to := d.ThisYear()
	if flags.from != "" || flags.to != "" {
		var err error
		if from, to, err = staff.DateRange(flags.from, flags.to); err != nil {
			return err
		}
	}
	e, err := d.Explain(ctx, flags.figure, from, to)
	if err != nil {
		return err
	}
	if flags.asJSON {
		return printJSON(a.out, explainedJSON(e))
	}
	return a.said(nil, "%s", explainedText(e))
}

// How much of a question and of a source stands in a line, in columns: together with the
// day and the state eighty.
const (
	shownQuestion = 28
	shownSource   = 30
)

func explainedText(e staff.Explanation) string {
	var b strings.Builder
	for _, p := range e.People {
		fmt.Fprintf(&b, "%s（%s） %s\n", p.Member.Name, p.Member.Number, staff.Span(e.From, e.To))
		rows := [][]string{{"日期", "状态", "题", "依据"}}
		for _, l := range p.Lines {
			source := folded(l.Source, shownSource)
			rows = append(rows, []string{string(l.Day), l.State, shortened(l.Question, shownQuestion), source[0]})
			for _, more := range source[1:] {
				rows = append(rows, []string{"", "", "", more})
			}
		}
		fmt.Fprintf(&b, "%s合计：%s\n\n", aligned(rows), sums(p.Counts))
	}
	fmt.Fprintf(&b, "%s，%s，%d 人：\n%s（应参 = 实参 + 未参）。\n", e.Subject, staff.Span(e.From, e.To), len(e.People), sums(e.Counts))
	if e.Closed != "" {
		fmt.Fprintf(&b, "这段时间已定稿（%s），报表上是定稿时的数字：\n%s；上面是更正后的记录。\n", e.Closed, sums(e.ClosedCounts))
	}
	return b.String()
}

// shortened is a text that takes at most some columns, in one line.
func shortened(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if columnsOf(text) <= most {
		return text
	}
	n, end := 0, 0
	for i, r := range text {
		if n += columnsOf(string(r)); n > most-2 {
			break
		}
		end = i + len(string(r))
	}
	return text[:end] + "…"
}

// folded are the lines of a text that take at most some columns, unless a number or a
// time, which stays whole, takes more. None begins with a mark that ends something.
func folded(text string, most int) (lines []string) {
	start, end, columns := 0, 0, 0 // of the line; where it can end; how long it is
	before := ' '
	for i, r := range text {
		if (r > unicode.MaxASCII || before > unicode.MaxASCII || before == ' ') && !strings.ContainsRune("，。；：、）”", r) {
			end = i
		}
		before = r
		if columns += columnsOf(string(r)); columns > most && end > start {
			lines = append(lines, strings.TrimSpace(text[start:end]))
			start, columns = end, columnsOf(text[end:i+utf8.RuneLen(r)])
		}
	}
	return append(lines, strings.TrimSpace(text[start:]))
}

// clock is a moment as lists show it.
func clock(cfg *config, t time.Time) string { return t.In(cfg.location).Format("2006-01-02 15:04") }
