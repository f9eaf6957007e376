package day

import (
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// What a push brings.
const (
	StoryContent    = "story"
	QuestionContent = "question"
	NoticeContent   = "notice"
	BookContent     = "book"
	CaseContent     = "case"
	CardContent     = "card" // the discipline card before a meeting
)

// PushSpec is one [[push]] of the configuration.
type PushSpec struct {
	Name     string         // unique; part of the outbox's key
	Content  string         // one of the above
	At       time.Duration  // after midnight
	Workdays bool           // only on working days
	Weekdays []time.Weekday // only on these; nil: on all
	Window   time.Duration  // how late it may be
	Targets  []string       // see bot.ParseTarget; of a card also bot.AttendeesTarget
	LeadDays int            // a notice, a card: days before the festival or meeting
	Audience string         // a notice: for whom
	Cites    []string       // a card: the articles to quote besides the prohibitions
	Approval bool           // what it says goes out only after staff have approved it
}

// due is when the push of a day is due.
func (s PushSpec) due(day time.Time, location *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, int(s.At/time.Minute), 0, 0, location)
}

// memberPrefix begins a target that is a member's number.
const memberPrefix = string(bot.MemberKind) + ":"

// epoch is where the turns of stories and questions begin.
var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// Planner knows what is to be pushed when.
type Planner struct {
	Location  *time.Location
	Calendar  *Calendar
	Corpus    *corpus.Corpus
	Specs     []PushSpec
	Suspended map[string]bool   // questions that are not asked
	Meetings  []ledger.Activity // of the days that are planned and some after
}

// LastDay is the last that is planned.
const LastDay corpus.Date = "2099-12-31"

// MostLeadDays is how long before its occasion a push may be.
const MostLeadDays = 60

// Plan is what is due from one day to another, both included and none behind
// LastDay, in order of time.
// It depends on the planner and the days alone: the same plan comes out
// tomorrow, as long as the library and the configuration stay as they are.
//
// Stories, books, cases and questions go round: none comes again before all
// have come, nor before half as many. In the week up to a festival stories about gifts, thrift and
// families go first. The questions of each rule are spread over the whole turn.
func (p Planner) Plan(from, to corpus.Date) []ledger.Push {
	var list []ledger.Push
	fit := map[string]string{} // titles as they may be kept: what goes round comes often
	to = min(to, LastDay)
	for _, spec := range p.Specs {
		chosen := p.chooser(spec)
		for day := epoch; corpus.DateOf(day) <= to; day = day.AddDate(0, 0, 1) {
			if spec.Workdays && !p.Calendar.Workday(day) || spec.Weekdays != nil && !slices.Contains(spec.Weekdays, day.Weekday()) {
				continue
			}
			id, title := chosen(day)
			if id == "" || corpus.DateOf(day) < from {
				continue
			}
			if _, known := fit[title]; !known {
				fit[title] = keepable(title)
			}
			due := spec.due(day, p.Location)
			for _, target := range p.targets(spec, id) {
				list = append(list, ledger.Push{
					Name: spec.Name, Date: corpus.DateOf(day), Due: due, Until: due.Add(spec.Window), Target: target,
					Content: spec.Content, ContentID: id, Title: fit[title],
				})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b ledger.Push) int { return a.Due.Compare(b.Due) })
	return list
}

// keepable is a title as plan and records may have it: a text that must not be kept
// can stand in the library, until the gate holds it back.
func keepable(title string) string {
	if bot.Keepable(title) {
		return title
	}
	return "题目带有密级标志或者不能发的号码"
}

// targets are whom a push goes to.
func (p Planner) targets(spec PushSpec, id string) []string {
	i := slices.Index(spec.Targets, bot.AttendeesTarget)
	if i < 0 {
		return spec.Targets
	}
	list := slices.Delete(slices.Clone(spec.Targets), i, i+1)
	day, _ := readCardID(id)
	for _, m := range meetingsOn(p.Meetings, day) {
		for _, number := range m.Members {
			if target := memberPrefix + number; !slices.Contains(list, target) {
				list = append(list, target)
			}
		}
	}
	return list
}

// chooser returns what is to be pushed on one day after another, each asked for
// in turn.
func (p Planner) chooser(spec PushSpec) func(day time.Time) (id, title string) {
	switch spec.Content {
	case StoryContent:
		return chooseStories(p.Corpus, p.Calendar)
	case QuestionContent:
		return p.chooseQuestions()
	case BookContent:
		return inTurn(p.Corpus.Books, func(b *corpus.Book) (string, string) { return b.ID, "《" + b.Title + "》" })
	case CaseContent:
		return inTurn(p.Corpus.Cases, func(c *corpus.Case) (string, string) { return c.ID, c.Title })
	case CardContent:
		return func(day time.Time) (id, title string) {
			on := corpus.DateOf(day.AddDate(0, 0, spec.LeadDays))
			var names []string
			for _, m := range meetingsOn(p.Meetings, on) {
				names = append(names, m.Title)
			}
			if len(names) == 0 {
				return "", ""
			}
			return cardID(on, spec.Cites), strings.Join(names, "、")
		}
	}
	return func(day time.Time) (id, title string) {
		on := day.AddDate(0, 0, spec.LeadDays)
		return chooseNotice(p.Corpus, p.Calendar.festivalsOn(on), spec.Audience, on.Year())
	}
}

// meetingsOn are the meetings of a day.
func meetingsOn(list []ledger.Activity, day corpus.Date) (on []ledger.Activity) {
	for _, a := range list {
		if a.Date == day && a.Kind == ledger.MeetingKind {
			on = append(on, a)
		}
	}
	return on
}
