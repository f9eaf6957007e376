package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"lianwen/bot/day"
	"lianwen/bot/relief"
)

// reliefConfig is the table [relief].
type reliefConfig struct {
	GroupWeek  int      `toml:"group_week"`
	PersonDay  int      `toml:"person_day"`
	PersonWeek int      `toml:"person_week"`
	Allow      []string `toml:"allow"`
	Reason     string   `toml:"reason"`
}

func defaultRelief() reliefConfig {
	s := relief.Standard
	return reliefConfig{GroupWeek: s.GroupWeek, PersonDay: s.PersonDay, PersonWeek: s.PersonWeek, Allow: []string{}}
}

// mostCap bounds the caps, and shortestReason what is taken for a reason, in
// characters.
const (
	mostCap        = 200
	shortestReason = 4
)

// caps are how much may be pushed to whom.
func (c *config) caps() day.Caps {
	return day.Caps{GroupDay: c.PushLimit, GroupWeek: c.Relief.GroupWeek, PersonDay: c.Relief.PersonDay, PersonWeek: c.Relief.PersonWeek}
}

// burdens are what of the configuration can add to people's load.
func (c *config) burdens() relief.Settings {
	return relief.Settings{Caps: c.caps(), Pushes: c.pushes, Blocked: func(at time.Duration) bool {
		return c.Wechat.channel.Quiet.Left(time.Date(2026, 1, 1, 0, int(at/time.Minute), 0, 0, c.location)) > 0
	}}
}

// waiver is what the operator has written down to be allowed.
func (c reliefConfig) waiver() relief.Waiver {
	return relief.Waiver{Allow: c.Allow, Reason: strings.TrimSpace(c.Reason)}
}

// validate says which values are impossible.
func (c reliefConfig) validate(bad badFunc) {
	for _, cap := range []struct {
		key  string
		have int
	}{{"relief.group_week", c.GroupWeek}, {"relief.person_day", c.PersonDay}, {"relief.person_week", c.PersonWeek}} {
		if cap.have < 1 || cap.have > mostCap {
			bad(cap.key, fmt.Sprintf("%s %d 不在 1 到 %d 之间", cap.key, cap.have, mostCap), "请写最多发几条")
		}
	}
	for _, name := range c.Allow {
		if !slices.Contains(relief.Names(), name) {
			bad("relief.allow", fmt.Sprintf("relief.allow 里的 %q 不认识", name), "可以写的有 "+strings.Join(relief.Names(), "、"))
		}
	}
	if n := utf8.RuneCountInString(strings.TrimSpace(c.Reason)); len(c.Allow) > 0 && n < shortestReason {
		what := "写了 relief.allow，没有写 relief.reason"
		if n > 0 {
			what = fmt.Sprintf("relief.reason 只有 %d 个字，看不出理由", n)
		}
		bad("relief.reason", what, "请在 [relief] 下写 reason = \"……\"：为什么需要，谁同意的")
	}
}

// unburdened says which settings break a trait that the operator has not allowed:
// the program does not start with them.
func (c *config) unburdened(bad badFunc) {
	w := c.Relief.waiver()
	for _, b := range c.burdens().Breaches() {
		if !w.Allows(b.Trait) {
			bad(b.Key, b.What+"，不合减负要求（"+b.Trait+"）",
				fmt.Sprintf("%s；确实需要的，在 [relief] 下写 allow = [%q] 和 reason = \"……\"（为什么，谁同意的）", b.Fix, b.Trait))
		}
	}
}
