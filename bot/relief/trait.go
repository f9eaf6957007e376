package relief

import (
	"slices"

	"lianwen/bot/day"
)

// The traits, by the names that the configuration and the report use.
const (
	Hollow  = "空壳"
	Repeat  = "重复"
	CheckIn = "打卡排名"
	Install = "强制下载"
	Instant = "接龙截图"
	Measure = "考核异化"
	Likes   = "点赞评比"
	Forms   = "多头填报"
)

// trait is one of the eight.
type trait struct{ name, title string }

// traits are all, in the order in which they are told.
var traits = []trait{
	{Hollow, "空壳：建了没有内容、没有人管"},
	{Repeat, "重复：同样的内容反复推，推得太多"},
	{CheckIn, "打卡、签到、积分、排名、在线时长"},
	{Install, "强制下载、安装、关注"},
	{Instant, "接龙、限时响应、截图反馈，打扰休息"},
	{Measure, "考核异化：拿使用情况考核人"},
	{Likes, "点赞、投票、评比、转发"},
	{Forms, "多头填报：知道的还要人再填"},
}

// Names are the names of the traits.
func Names() []string {
	var names []string
	for _, t := range traits {
		names = append(names, t.name)
	}
	return names
}

// Outcome is how a trait was found.
type Outcome string

// There are three.
const (
	Fine   Outcome = "符合"
	Doubt  Outcome = "要看一看" // people have to judge
	Broken Outcome = "不符合"
)

// Result is one trait with what was looked at and what was found.
type Result struct {
	Trait   string // its name
	Title   string
	Outcome Outcome
	Looked  []string // what was looked at
	Found   []string // what speaks against it
	Reason  string   // why the operator allows what breaks it
}

func (r *Result) look(what string) { r.Looked = append(r.Looked, what) }

// doubt and breaks say what was found.
func (r *Result) doubt(what string) {
	r.Found = append(r.Found, what)
	if r.Outcome == Fine {
		r.Outcome = Doubt
	}
}

func (r *Result) breaks(what string) {
	r.Found = append(r.Found, what)
	r.Outcome = Broken
}

// Waiver is what the operator has written down: traits that may be broken, and why.
type Waiver struct {
	Allow  []string
	Reason string
}

// Allows reports whether a breach of a trait is allowed.
func (w Waiver) Allows(name string) bool { return w.Reason != "" && slices.Contains(w.Allow, name) }

// Standard are the caps that come with the program; to raise one breaks Repeat.
// They are what the recommended plan needs: a story a day, a question on working
// days, the notices, and cards before meetings, for which stories make room.
var Standard = day.Caps{GroupDay: 3, GroupWeek: 13, PersonDay: 2, PersonWeek: 7}
