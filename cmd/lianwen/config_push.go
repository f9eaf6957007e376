package main

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/corpus"
)

// pushConfig is one table [[push]].
type pushConfig struct {
	Name     string   `toml:"name"`
	Content  string   `toml:"content"`
	At       string   `toml:"at"`
	Days     string   `toml:"days"`
	Window   string   `toml:"window"`
	Targets  []string `toml:"targets"`
	LeadDays int      `toml:"lead_days"`
	Audience string   `toml:"audience"`
	Cites    []string `toml:"cites"`
	Approval bool     `toml:"approval"`
}

// The values of content and days.
var (
	pushContents = []string{day.StoryContent, day.QuestionContent, day.NoticeContent, day.BookContent, day.CaseContent, day.CardContent}
	pushDays     = []string{"daily", "workdays", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
)

// firstWeekday is where the days of the week begin in pushDays.
const firstWeekday = 2

// pushKeys are the keys of a table [[push]].
func pushKeys() (names []string) {
	for _, field := range reflect.VisibleFields(reflect.TypeFor[pushConfig]()) {
		names = append(names, field.Tag.Get("toml"))
	}
	return names
}

// specs reads the tables [[push]] and says what in them is impossible.
func (c *config) specs(bad badFunc) (list []day.PushSpec) {
	for i, p := range c.Push {
		table := fmt.Sprintf("第 %d 个 [[push]]", i+1)
		if p.Name != "" {
			table += "（" + p.Name + "）"
		}
		wrong := func(key, fix string) { bad(fmt.Sprintf("push.%d.%s", i, key), table+" 的 "+key+" 不对", fix) }
		if slices.ContainsFunc(list, func(s day.PushSpec) bool { return s.Name == p.Name && p.Name != "" }) {
			wrong("name", "请换一个没有用过的名称")
		}
		list = append(list, p.spec(wrong))
	}
	return list
}

// spec reads one table and says what is wrong with it.
func (p pushConfig) spec(wrong func(key, fix string)) day.PushSpec {
	spec := day.PushSpec{Name: p.Name, Content: p.Content, Workdays: p.Days == "workdays", Targets: p.Targets, LeadDays: p.LeadDays, Audience: p.Audience, Cites: p.Cites, Approval: p.Approval}
	if p.Name == "" {
		wrong("name", "请写一个不重复的名称，如 \"story\"")
	}
	at, err := time.Parse("15:04", p.At)
	if err != nil {
		wrong("at", "请写 \"08:00\" 这样的时刻")
	}
	spec.At = time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute
	if i := slices.Index(pushDays, p.Days); p.Days != "" && i < 0 {
		wrong("days", "请写下列之一："+strings.Join(pushDays, "、"))
	} else if i >= firstWeekday {
		spec.Weekdays = []time.Weekday{time.Weekday(i - firstWeekday)}
	}
	spec.Window = 4 * time.Hour
	if p.Window != "" {
		if spec.Window, err = time.ParseDuration(p.Window); err != nil || spec.Window <= 0 {
			wrong("window", "请写 \"4h\" 这样的时长")
		}
	}
	if fix := p.badTargets(); fix != "" {
		wrong("targets", fix)
	}
	if !slices.Contains(pushContents, p.Content) {
		wrong("content", "请写下列之一："+strings.Join(pushContents, "、"))
		return spec // what else may be there depends on it
	}
	p.checkContent(&spec, wrong)
	return spec
}

// checkContent checks what only some contents have.
func (p pushConfig) checkContent(spec *day.PushSpec, wrong func(key, fix string)) {
	occasion := p.Content == day.NoticeContent || p.Content == day.CardContent
	if p.LeadDays < 0 || p.LeadDays > day.MostLeadDays || p.LeadDays > 0 && !occasion {
		wrong("lead_days", fmt.Sprintf("请写 0 到 %d 的天数，只用于 content = \"notice\" 和 \"card\"", day.MostLeadDays))
	}
	if slices.ContainsFunc(p.Cites, func(cite string) bool {
		_, err := corpus.ParseCite(cite)
		return err != nil || p.Content != day.CardContent
	}) {
		wrong("cites", "请写 \"huiyi-jilv#12\" 这样的引用，只用于 content = \"card\"")
	}
	if p.Content == day.NoticeContent && spec.Audience == "" {
		spec.Audience = corpus.Audiences[0]
	}
	if spec.Audience != "" && (p.Content != day.NoticeContent || !slices.Contains(corpus.Audiences, spec.Audience)) {
		wrong("audience", "请写下列之一，只用于 content = \"notice\"："+strings.Join(corpus.Audiences, "、"))
	}
}

// badTargets says what would be right where the targets are not.
func (p pushConfig) badTargets() string {
	if len(p.Targets) == 0 {
		return "请写发给谁，如 [\"group:机关学习群\"]"
	}
	for _, target := range p.Targets {
		if target == bot.AttendeesTarget && p.Content == day.CardContent {
			continue
		}
		t, ok := bot.ParseTarget(target)
		if !ok {
			return fmt.Sprintf("%q 请写成 group:群名 或 member:编号，指定渠道写 wechat:group:群名；content = \"card\" 时还可以写 attendees（参会的每个人）", target)
		}
		if t.Channel != "" && !slices.Contains(channelNames, t.Channel) {
			return fmt.Sprintf("%q 里的渠道 %s 不认识，有：%s", target, t.Channel, strings.Join(channelNames, "、"))
		}
	}
	return ""
}

// readCalendar reads the calendar file; "" is none.
func readCalendar(file string) (*day.Calendar, error) {
	if file == "" {
		return day.NewCalendar("")
	}
	if err := readable(file); err != nil {
		return nil, &configError{file, err.Error(), "请检查 calendar 写的路径"}
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read calendar: %w", err)
	}
	var years map[string]map[string][]string
	text, mistakes := corpus.MendTOML(string(raw), &years)
	var found configErrors
	for _, m := range mistakes {
		found = append(found, &configError{fmt.Sprintf("%s:%d", file, m.Line), "日历写法不对：" + m.What, m.Fix})
	}
	if len(found) > 0 {
		return nil, found
	}
	c, err := day.NewCalendar(text)
	if err != nil {
		return nil, &configError{file, "日历写法不对（" + err.Error() + "）", "请写成 [2027]、off = [\"2027-01-01\"]（放假）、work = [\"2027-01-03\"]（调休上班）"}
	}
	return c, nil
}
