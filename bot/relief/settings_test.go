package relief_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/relief"
)

// at is a time after midnight.
func at(hour, minute int) time.Duration {
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
}

func spec(name, content string, targets ...string) day.PushSpec {
	return day.PushSpec{Name: name, Content: content, At: at(8, 0), Window: time.Hour, Targets: targets}
}

// with changes a push.
func with(p day.PushSpec, change func(*day.PushSpec)) day.PushSpec {
	change(&p)
	return p
}

// What breaks a trait, by the key that does it; what does not is not in it.
func TestBreaches(t *testing.T) {
	t.Parallel()
	story, quiz := spec("story", day.StoryContent, "group:甲"), spec("quiz", day.QuestionContent, "group:甲")
	workdays := func(p *day.PushSpec) { p.Workdays = true }
	saturday := func(p *day.PushSpec) { p.Weekdays = []time.Weekday{time.Saturday} }
	notice := with(spec("n", day.NoticeContent, "group:甲"), func(p *day.PushSpec) { p.Audience = "全体" })
	card := with(spec("c", day.CardContent, "attendees"), func(p *day.PushSpec) { p.LeadDays = 1 })
	again := func(p day.PushSpec, change ...func(*day.PushSpec)) day.PushSpec {
		for _, f := range change {
			f(&p)
		}
		p.Name += "2"
		return p
	}
	for _, tt := range []struct {
		what   string
		pushes []day.PushSpec
		want   string // traits and keys
	}{
		{"the recommended plan", []day.PushSpec{story, with(quiz, workdays), notice, with(card, func(p *day.PushSpec) { p.Targets = []string{"group:甲", "attendees"} })}, ""},
		{"a story twice a day", []day.PushSpec{story, again(story)}, "重复 push.1"},
		{"over another channel", []day.PushSpec{story, again(story, func(p *day.PushSpec) { p.Targets = []string{"wechat:group:甲"} })}, "重复 push.1"},
		{"by a person who forwards", []day.PushSpec{story, again(story, func(p *day.PushSpec) { p.Targets = []string{"group:乙", "forward:甲"} })}, "重复 push.1"},
		{"to another group", []day.PushSpec{story, again(story, func(p *day.PushSpec) { p.Targets = []string{"group:乙"} })}, ""},
		{"on other days", []day.PushSpec{with(story, workdays), again(story, saturday)}, ""},
		{"on the same days", []day.PushSpec{story, again(story, saturday)}, "重复 push.1"},
		{"one target twice", []day.PushSpec{with(story, func(p *day.PushSpec) { p.Targets = []string{"group:甲", "group:乙", "wechat:group:甲"} })}, "重复 push.0.targets"},
		{"a notice twice", []day.PushSpec{notice, again(notice, func(p *day.PushSpec) { p.LeadDays = 7 })}, "重复 push.1"},
		{"notices for two audiences", []day.PushSpec{notice, again(notice, func(p *day.PushSpec) { p.Audience = "企业界委员" })}, ""},
		{"a card twice", []day.PushSpec{card, again(card, func(p *day.PushSpec) { p.LeadDays = 7 })}, "重复 push.1"},
		{"cards with other articles", []day.PushSpec{card, again(card, func(p *day.PushSpec) { p.Cites = []string{"x#1"} })}, ""},
		{"a member on weekends", []day.PushSpec{spec("s", day.StoryContent, "member:A01")}, "接龙截图 push.0.days"},
		{"a member on Saturdays", []day.PushSpec{with(spec("s", day.BookContent, "member:A01"), saturday)}, "接龙截图 push.0.days"},
		{"a member on Sundays", []day.PushSpec{with(spec("s", day.StoryContent, "member:A01"), func(p *day.PushSpec) { p.Weekdays = []time.Weekday{time.Sunday} })}, "接龙截图 push.0.days"},
		{"a member on Fridays", []day.PushSpec{with(spec("s", day.StoryContent, "member:A01"), func(p *day.PushSpec) { p.Weekdays = []time.Weekday{time.Friday} })}, ""},
		{"a member before festivals", []day.PushSpec{with(notice, func(p *day.PushSpec) { p.Targets = []string{"member:A01"} })}, ""},
		{"a member on working days", []day.PushSpec{with(spec("s", day.StoryContent, "member:A01"), workdays)}, ""},
		{"attendees at night", []day.PushSpec{with(card, func(p *day.PushSpec) { p.At = at(21, 30) })}, "接龙截图 push.0.at"},
		{"attendees just before", []day.PushSpec{with(card, func(p *day.PushSpec) { p.At = at(21, 29) })}, ""},
		{"attendees early", []day.PushSpec{with(card, func(p *day.PushSpec) { p.At = at(7, 29) })}, "接龙截图 push.0.at"},
		{"attendees not so early", []day.PushSpec{with(card, func(p *day.PushSpec) { p.At = at(7, 30) })}, ""},
		{"a group at night", []day.PushSpec{with(story, func(p *day.PushSpec) { p.At = at(23, 0) })}, ""},
	} {
		var got []string
		for _, b := range (relief.Settings{Caps: relief.Standard, Pushes: tt.pushes}).Breaches() {
			got = append(got, b.Trait+" "+b.Key)
			if b.What == "" || b.Fix == "" || !slices.Contains(relief.Names(), b.Trait) {
				t.Errorf("%s: %+v", tt.what, b)
			}
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: %v, want %s", tt.what, got, tt.want)
		}
	}
}

// A cap may be lowered, not raised; quiet hours keep people's rest.
func TestBreachesOfCapsAndQuiet(t *testing.T) {
	t.Parallel()
	s := relief.Settings{Caps: day.Caps{GroupDay: 1, GroupWeek: 1, PersonDay: 1, PersonWeek: 1}}
	if got := s.Breaches(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	s.Caps = relief.Standard
	s.Caps.GroupDay++
	s.Caps.GroupWeek++
	s.Caps.PersonDay++
	s.Caps.PersonWeek++
	var keys []string
	for _, b := range s.Breaches() {
		keys = append(keys, b.Key)
		if most := map[string]string{"push_limit": "3", "relief.group_week": "13", "relief.person_day": "2", "relief.person_week": "7"}[b.Key]; b.Fix != "请写 "+most+" 以内的数" {
			t.Errorf("%s: %s", b.Key, b.Fix)
		}
	}
	if want := []string{"push_limit", "relief.group_week", "relief.person_day", "relief.person_week"}; !slices.Equal(keys, want) {
		t.Errorf("%v", keys)
	}
	late := with(spec("c", day.CardContent, "attendees"), func(p *day.PushSpec) { p.At = at(22, 0) })
	s = relief.Settings{Caps: relief.Standard, Pushes: []day.PushSpec{late}, Blocked: func(when time.Duration) bool { return when == at(22, 0) }}
	if got := s.Breaches(); len(got) != 0 {
		t.Errorf("within the quiet hours: %+v", got)
	}
}

func TestWaiver(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		w    relief.Waiver
		want bool
	}{
		{relief.Waiver{Allow: []string{"重复"}, Reason: "全会"}, true}, {relief.Waiver{Allow: []string{"重复"}}, false},
		{relief.Waiver{Reason: "全会"}, false}, {relief.Waiver{Allow: []string{"空壳"}, Reason: "全会"}, false},
	} {
		if got := tt.w.Allows(relief.Repeat); got != tt.want {
			t.Errorf("%+v: %v", tt.w, got)
		}
	}
}
