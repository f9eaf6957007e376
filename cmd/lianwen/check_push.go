package main

import (
	"fmt"
	"time"

	"lianwen/bot/day"
	"lianwen/corpus"
)

// planAhead is how many days are planned to see whether a push ever brings
// something: a notice may wait for most of a year.
const planAhead = 366

// contentNames are the contents of pushes, with what of the library they need.
var contentNames = map[string]string{
	day.StoryContent: "廉政故事（stories）", day.QuestionContent: "题（questions）", day.NoticeContent: "节日提醒（notices）",
	day.BookContent: "荐书（books）", day.CaseContent: "案例（cases）", day.CardContent: "会议纪律（rules 里的禁令清单）",
}

// pushes says which pushes would never bring anything, or not what they name.
func (f *findings) pushes(cfg *config, c *corpus.Corpus, now time.Time) {
	calendar, err := readCalendar(cfg.Calendar)
	if err != nil {
		return // told with the files
	}
	today := corpus.DateOf(now.In(cfg.location))
	for _, spec := range cfg.pushes {
		where := "推送 " + spec.Name
		if !brings(day.Planner{Location: cfg.location, Calendar: calendar, Corpus: c, Specs: []day.PushSpec{spec}}, spec, today) {
			f.problem(where, fmt.Sprintf("制度库里没有可推的%s", contentNames[spec.Content]), "请在制度库里补上，或从配置里去掉这一项")
		}
		for _, text := range spec.Cites {
			cite, err := corpus.ParseCite(text)
			if a := c.Resolve(cite); err != nil || a == nil || a.Deleted || a.Rule.Repealed {
				f.problem(where, "cites 里的 "+text+" 在制度库里没有，或者已经废止", "请改正 [[push]] 的 cites")
			}
		}
	}
}

// brings reports whether a push will bring something within a year. Of a card it
// is enough that there are prohibitions: its meetings are not known yet.
func brings(p day.Planner, spec day.PushSpec, today corpus.Date) bool {
	if spec.Content == day.CardContent {
		_, lists := p.Corpus.RulesInForce()
		return len(lists) > 0
	}
	return len(p.Plan(today, today.AddDays(planAhead))) > 0
}
