package relief

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
)

// Settings are what of the configuration can add to people's load.
type Settings struct {
	Caps    day.Caps
	Pushes  []day.PushSpec
	Blocked func(at time.Duration) bool // no channel sends anything unasked at a time after midnight
}

// Breach is a setting that breaks a trait.
type Breach struct {
	Trait string
	Key   string // of the configuration: push_limit, relief.group_week, push.0.targets
	What  string
	Fix   string
}

// Breaches are the settings that break a trait, in the order of the traits.
func (s Settings) Breaches() (list []Breach) {
	for _, c := range []struct {
		key            string
		have, standard int
	}{
		{"push_limit", s.Caps.GroupDay, Standard.GroupDay}, {"relief.group_week", s.Caps.GroupWeek, Standard.GroupWeek},
		{"relief.person_day", s.Caps.PersonDay, Standard.PersonDay}, {"relief.person_week", s.Caps.PersonWeek, Standard.PersonWeek},
	} {
		if c.have > c.standard {
			list = append(list, Breach{Repeat, c.key, fmt.Sprintf("%s %d 超过 %d", c.key, c.have, c.standard), fmt.Sprintf("请写 %d 以内的数", c.standard)})
		}
	}
	for i, p := range s.Pushes {
		key := fmt.Sprintf("push.%d", i)
		if at := twice(p.Targets, p.Targets, true); at != "" {
			list = append(list, Breach{Repeat, key + ".targets", fmt.Sprintf("推送 %s 向 %s 发两遍", p.Name, at), "请在 targets 里只留一个"})
		}
		for _, q := range s.Pushes[:i] {
			if at := twice(q.Targets, p.Targets, false); at != "" && sameContent(q, p) {
				list = append(list, Breach{Repeat, key, fmt.Sprintf("推送 %s 和 %s 向 %s 发同样的内容", q.Name, p.Name, at), "请去掉一项，或者错开日子（days）、换一个对象"})
			}
		}
	}
	for i, p := range s.Pushes {
		list = append(list, s.disturbs(p, fmt.Sprintf("push.%d", i))...)
	}
	return list
}

// disturbs says how a push to single people keeps them from their rest. Cards are
// for a meeting that they are expected at, on whatever day it is.
func (s Settings) disturbs(p day.PushSpec, key string) (list []Breach) {
	person := personal(p)
	if person == "" {
		return nil
	}
	if day.Resting(p.At) && !s.blocked(p.At) {
		list = append(list, Breach{Instant, key + ".at", fmt.Sprintf("推送 %s 在休息时间（21:30 到 7:30）私聊发给 %s", p.Name, person), `请改 at，或者改 [wechat] quiet = ["21:30", "07:30"]`})
	}
	weekend := !p.Workdays && (p.Weekdays == nil || slices.Contains(p.Weekdays, time.Saturday) || slices.Contains(p.Weekdays, time.Sunday))
	if weekend && p.Content != day.CardContent && p.Content != day.NoticeContent {
		list = append(list, Breach{Instant, key + ".days", fmt.Sprintf("推送 %s 在休息日私聊发给 %s", p.Name, person), `请写 days = "workdays"，或者改发到群里`})
	}
	return list
}

func (s Settings) blocked(at time.Duration) bool { return s.Blocked != nil && s.Blocked(at) }

// personal is the first target of a push that is a single person; "": there is
// none.
func personal(p day.PushSpec) string {
	for _, target := range p.Targets {
		if t, ok := bot.ParseTarget(target); target == bot.AttendeesTarget || ok && t.Kind == bot.MemberKind {
			return target
		}
	}
	return ""
}

// twice is a group or person that two lists of targets have in common; of one list
// with itself, one that it has twice.
func twice(a, b []string, same bool) string {
	for i, x := range a {
		for j, y := range b {
			if (!same || i < j) && day.Place(x) == day.Place(y) {
				return day.TargetName(y)
			}
		}
	}
	return ""
}

// sameContent reports whether two pushes bring the same on some day: what goes
// round is on one day the same for all, and notices and cards come for the same
// occasion, be it on different days.
func sameContent(a, b day.PushSpec) bool {
	switch {
	case a.Content != b.Content:
		return false
	case a.Content == day.NoticeContent:
		return a.Audience == b.Audience
	case a.Content == day.CardContent:
		return strings.Join(a.Cites, " ") == strings.Join(b.Cites, " ")
	}
	for weekday := time.Sunday; weekday <= time.Saturday; weekday++ {
		if on(a, weekday) && on(b, weekday) {
			return true
		}
	}
	return false
}

// on reports whether a push goes out on a weekday. That some Saturdays are working
// days is seen in the plan.
func on(p day.PushSpec, weekday time.Weekday) bool {
	if p.Workdays {
		return weekday != time.Saturday && weekday != time.Sunday
	}
	return p.Weekdays == nil || slices.Contains(p.Weekdays, weekday)
}
