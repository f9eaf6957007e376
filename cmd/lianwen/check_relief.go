package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/office"
	"lianwen/bot/relief"
	"lianwen/corpus"
	"lianwen/corpus/convert"
)

// jsonTrait is one trait of 减负自检.
type jsonTrait struct {
	Trait   string   `json:"trait"`
	OK      bool     `json:"ok"`
	Outcome string   `json:"outcome"` // 符合、要看一看、不符合
	Looked  string   `json:"looked"`
	Found   []string `json:"found"`
	Reason  string   `json:"reason,omitempty"` // why it is allowed

	title string
}

// pushed keeps what the records say of the last days' pushes.
func (f *findings) pushed(ctx context.Context, cfg *config, l *ledger.Ledger, now time.Time) error {
	today := corpus.DateOf(now.In(cfg.location))
	var err error
	if f.records, err = l.Pushes(ctx, today.AddDays(-relief.BackDays), today); err != nil {
		return err
	}
	f.ledger.Muted, err = l.CountMuted(ctx)
	return err
}

// staleIndex is why the index on the disk is not the library's.
func staleIndex(cfg *config) string {
	if entries, err := os.ReadDir(indexDir(cfg)); err != nil || len(entries) == 0 {
		return ""
	}
	return "索引还是改动以前的制度库的；lianwen serve 会自己换，没有在运行的请运行 lianwen index"
}

// relieve looks at the eight traits with what the other looks have found.
func (res *checkResult) relieve(ctx context.Context, cfg *config, c *corpus.Corpus, found []findings, now time.Time) error {
	f := relief.Facts{Settings: cfg.burdens(), Waiver: cfg.Relief.waiver(), Now: now, Corpus: c, Ledger: res.Ledger != nil, Own: ownTexts(cfg, c)}
	for _, one := range found {
		f.Records = append(f.Records, one.records...)
		f.Stale += one.stale
		f.Edited = append(f.Edited, one.edited...)
	}
	var err error
	if f.Reports, err = reportTexts(ctx); err != nil {
		return err
	}
	if p, ok := planner(cfg, c); ok {
		f.Plan = thisWeekOn(p, now.In(cfg.location))
		for _, spec := range cfg.pushes {
			if !p.Brings(spec, corpus.DateOf(now.In(cfg.location))) {
				f.Barren = append(f.Barren, spec.Name)
			}
		}
	}
	for _, r := range f.Check() {
		res.Relief = append(res.Relief, jsonTrait{r.Trait, r.Outcome == relief.Fine, string(r.Outcome), strings.Join(r.Looked, "；"), r.Found, r.Reason, r.Title})
		if r.Outcome == relief.Broken {
			res.Warnings = append(res.Warnings, jsonProblem{"减负自检", r.Trait + "不符合（" + strings.Join(r.Found, "；") + "）", brokenFix(r)})
		} else if f.Allows(r.Trait) {
			res.Warnings = append(res.Warnings, jsonProblem{"[relief]", "allow 里写了" + r.Trait + "，没有用到", "请去掉，免得以后改出问题看不到"})
		}
	}
	return nil
}

// brokenFix is what to do about a trait that is broken.
func brokenFix(r relief.Result) string {
	if r.Reason != "" {
		return "配置里写明的理由：" + r.Reason + "；过了这段时间请改回来"
	}
	return "请看“减负自检”里这一条，改掉它"
}

// planner plans what is configured; ok is false where nothing can be planned.
func planner(cfg *config, c *corpus.Corpus) (p day.Planner, ok bool) {
	calendar, err := readCalendar(cfg.Calendar)
	if err != nil || c == nil { // told with the files
		return p, false
	}
	return day.Planner{Location: cfg.location, Calendar: calendar, Corpus: c, Specs: cfg.pushes}, true
}

// thisWeekOn is the plan from Monday of a week on.
func thisWeekOn(p day.Planner, now time.Time) []ledger.Push {
	monday, _ := day.Week(corpus.DateOf(now))
	return p.Plan(monday, monday.AddDays(relief.PlanDays-1))
}

// ownTexts are what people read that stands in the configuration, and what the
// program says around a question and a book.
func ownTexts(cfg *config, c *corpus.Corpus) []relief.Text {
	texts := []relief.Text{{Where: "contact", Body: cfg.Contact}, {Where: "wechat.friend_phrase", Body: cfg.Wechat.FriendPhrase}}
	for _, name := range cfg.Wechat.GroupNames {
		texts = append(texts, relief.Text{Where: "wechat.group_names", Body: name})
	}
	if c != nil && len(c.Questions) > 0 {
		r := ledger.Round{Day: "2026-01-02", Question: *c.Questions[0], Closes: time.Date(2026, 1, 9, 9, 0, 0, 0, cfg.location)}
		texts = append(texts, relief.Text{Where: "每日一题的推送", Body: day.QuestionText(r, false, cfg.location), Case: true})
	}
	if c != nil && len(c.Books) > 0 {
		texts = append(texts, relief.Text{Where: "荐书的推送", Body: day.BookText(c.Books[0])})
	}
	return texts
}

// reportTexts are what the reports say, made of an example and read again.
func reportTexts(ctx context.Context) (texts []relief.Text, err error) {
	at := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	day := corpus.DateOf(at)
	member := ledger.Member{Number: "A01", Name: "委员", Sector: "界别", Committee: "专委会"}
	row := ledger.Row{Counts: ledger.Counts{Took: 1}, Member: member, Rounds: []ledger.Participation{ledger.Took}}
	r := office.Report{Table: ledger.Table{From: day, To: day, Rounds: []ledger.Round{{Day: day}}, Rows: []ledger.Row{row}}}
	for _, flags := range []reportFlags{{file: "参与情况.xlsx"}, {file: "汇总.docx"}, {file: "一人一表.docx", each: true}} {
		name := flags.file
		write, err := reportWriter(flags)
		if err != nil {
			return nil, err
		}
		var raw bytes.Buffer
		if err := write(&raw, r, at); err != nil {
			return nil, fmt.Errorf("write %s to look at: %w", name, err)
		}
		doc, err := convert.Bytes(ctx, name, raw.Bytes(), convert.Options{})
		if err != nil {
			return nil, fmt.Errorf("read %s again: %w", name, err)
		}
		texts = append(texts, relief.Text{Where: name, Body: strings.ReplaceAll(doc.Text, "|", "，"), Groups: !flags.each})
	}
	return texts, nil
}

// reliefText is 减负自检 for people.
func (res checkResult) reliefText() string {
	if len(res.Relief) == 0 {
		return ""
	}
	fine := 0
	for _, t := range res.Relief {
		if t.OK {
			fine++
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "减负自检：%d 条，符合 %d 条。\n", len(res.Relief), fine)
	for _, t := range res.Relief {
		fmt.Fprintf(&b, "  %s：%s\n    看了：%s\n", t.Outcome, t.title, t.Looked)
		for _, what := range t.Found {
			fmt.Fprintf(&b, "    有：%s\n", what)
		}
		if t.Reason != "" {
			fmt.Fprintf(&b, "    配置里写明的理由：%s\n", t.Reason)
		}
	}
	return b.String()
}
