package relief

import (
	"fmt"
	"slices"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// repeatDays is within how many days the same content is too soon again.
const repeatDays = 7

// repeats looks for the same content that comes to the same people again too soon,
// and for plans that hold more than the caps let through.
func (f Facts) repeats(r *Result) {
	c := f.Caps
	r.look(fmt.Sprintf("上限：一个群一天 %d 条、一周 %d 条，私聊一个人一天 %d 条、一周 %d 条，几个渠道合起来算", c.GroupDay, c.GroupWeek, c.PersonDay, c.PersonWeek))
	r.look(fmt.Sprintf("今后 %d 天的计划 %d 条，最近 %d 天发到群里的记录：同样的内容 %d 天里有没有向同一个群、同一个人发两遍", PlanDays, len(f.Plan), BackDays, repeatDays))
	planned := again(f.planned())
	for _, what := range planned {
		r.doubt("计划里" + what)
	}
	var sent []ledger.Push
	for _, p := range f.Records {
		if toGroup(p.Target) && (p.State == ledger.PushSent || p.State == ledger.PushUncertain) {
			sent = append(sent, p.Push)
		}
	}
	for _, what := range again(sent) {
		r.doubt("记录里" + what)
	}
}

// planned is what of the plan goes out within the caps.
func (f Facts) planned() []ledger.Push {
	yields := map[ledger.PushKey]bool{}
	for _, y := range f.Caps.Yields(f.Plan) {
		yields[y.Key()] = true
	}
	return slices.DeleteFunc(slices.Clone(f.Plan), func(p ledger.Push) bool { return yields[p.Key()] })
}

// again is what comes to one group or person again too soon, each content of each
// push once.
func again(list []ledger.Push) (found []string) {
	type content struct{ place, content, id string }
	last := map[content]ledger.Push{}
	told := map[[2]string]bool{}
	for _, p := range list { // by time
		key := content{day.Place(p.Target), p.Content, p.ContentID}
		before, seen := last[key]
		last[key] = p
		if !seen || p.Date > before.Date.AddDays(repeatDays-1) || told[[2]string{p.Name, p.Content}] {
			continue
		}
		told[[2]string{p.Name, p.Content}] = true
		found = append(found, fmt.Sprintf("“%s”向%s发两遍：%s（%s）、%s（%s）", p.Title, people(p.Target), before.Date.Chinese(), before.Name, p.Date.Chinese(), p.Name))
	}
	return found
}

// people are whom a push goes to, without saying who a single person is.
func people(target string) string {
	if name, ok := bot.GroupOf(day.Place(target)); ok {
		return "“" + name + "”"
	}
	return "同一个人"
}

// Crowded is a push that the caps hold back.
type Crowded struct {
	Name    string
	First   corpus.Date // the first day on which they do
	Planned int
	Held    int
	Week    bool // it is the week's cap
}

// Crowding says of each push how often the caps hold it back, in the order of its
// first day.
func Crowding(caps day.Caps, plan []ledger.Push) (list []Crowded) {
	planned := map[string]int{}
	for _, p := range plan {
		planned[p.Name]++
	}
	for _, y := range caps.Yields(plan) {
		i := slices.IndexFunc(list, func(c Crowded) bool { return c.Name == y.Name })
		if i < 0 {
			i = len(list)
			list = append(list, Crowded{Name: y.Name, First: y.Date, Planned: planned[y.Name], Week: y.Week})
		}
		list[i].Held++
	}
	return list
}
