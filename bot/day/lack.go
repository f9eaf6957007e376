package day

import (
	"context"
	"fmt"
	"time"

	"lianwen/corpus"
)

// How many days are planned to see whether a push ever brings something, for a notice
// may wait for most of a year, and how long before a festival its notice is missed.
const (
	lackAhead    = 366
	noticesAhead = 60
)

// Lack is a push that is configured and has nothing to bring.
type Lack struct {
	Spec     PushSpec
	Festival string      // a notice: the festival for which there is none; "": there are none at all
	On       corpus.Date // when that is
}

// contentNames are the contents of pushes, with what of the library they need.
var contentNames = map[string]string{
	StoryContent: "廉政故事（stories）", QuestionContent: "题（questions）", NoticeContent: "节日提醒（notices）",
	BookContent: "荐书（books）", CaseContent: "案例（cases）", CardContent: "会议纪律（rules 里的禁令清单）",
}

// ContentName is what a push with a content brings, and where the library has it.
func ContentName(content string) string { return contentNames[content] }

// Chinese is what is missing, in words.
func (l Lack) Chinese() string {
	if l.Festival != "" {
		return fmt.Sprintf("制度库里没有%s（%s）的提醒，到时不发", l.Festival, l.On.Chinese())
	}
	return fmt.Sprintf("制度库里没有可推的%s，什么也不会发", contentNames[l.Spec.Content])
}

// Brings reports whether a push will bring something within a year. Of a card it
// is enough that there are prohibitions: its meetings are not known yet.
func (p Planner) Brings(spec PushSpec, today corpus.Date) bool {
	if spec.Content == CardContent {
		_, lists := p.Corpus.RulesInForce()
		return len(lists) > 0
	}
	spec.Targets = spec.Targets[:min(1, len(spec.Targets))]
	p.Specs = []PushSpec{spec}
	return len(p.Plan(today, today.AddDays(lackAhead))) > 0
}

// lacks are the pushes that bring nothing from a day on, and the festivals soon to
// come for which there is no notice.
func (p Planner) lacks(today corpus.Date) (list []Lack) {
	for _, spec := range p.Specs {
		if !p.Brings(spec, today) {
			list = append(list, Lack{Spec: spec})
			continue
		}
		first, err := time.Parse(time.DateOnly, string(today))
		if err != nil || spec.Content != NoticeContent {
			continue
		}
		for n := range noticesAhead {
			on := first.AddDate(0, 0, n+spec.LeadDays)
			for _, festival := range p.Calendar.festivalsOn(on) {
				if id, _ := chooseNotice(p.Corpus, []string{festival}, spec.Audience, on.Year()); id == "" {
					list = append(list, Lack{spec, festival, corpus.DateOf(on)})
				}
			}
		}
	}
	return list
}

// Lacks are the pushes that have nothing to bring, as the library and the records are.
func (s *Schedule) Lacks(ctx context.Context, today corpus.Date) ([]Lack, error) {
	c, release := s.Library()
	defer release()
	p := Planner{Location: s.Location, Calendar: s.Calendar, Corpus: c, Specs: s.Specs}
	if s.Ledger != nil {
		var err error
		if p.Suspended, err = s.suspended(ctx, c); err != nil {
			return nil, err
		}
	}
	return p.lacks(today), nil
}
