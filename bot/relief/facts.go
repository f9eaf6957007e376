package relief

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/corpus"
)

// Facts are what Check looks at. Whoever brings them leaves out what there is not.
type Facts struct {
	Settings
	Waiver
	Now     time.Time
	Corpus  *corpus.Corpus // nil: nothing of the library can be used
	Stale   string         // why the index is not the library's; "": it is, or there is none yet
	Plan    []ledger.Push  // of the days from this Monday on; see PlanDays
	Barren  []string       // pushes that bring nothing within a year
	Ledger  bool           // there are records
	Records []ledger.PushRecord
	Own     []Text // of the configuration
	Edited  []Text // staff's own words in pushes to come
	Reports []Text // what the reports say
}

// How far the plan goes that Check is given, and how far back the records.
const (
	PlanDays = 63
	BackDays = 30
)

// Check looks at the eight traits, in their order.
func (f Facts) Check() []Result {
	list := make([]Result, len(traits))
	at := map[string]*Result{}
	for i, t := range traits {
		list[i] = Result{Trait: t.name, Title: t.title, Outcome: Fine, Looked: []string{}, Found: []string{}}
		at[t.name] = &list[i]
	}
	f.hollow(at[Hollow])
	f.repeats(at[Repeat])
	f.instant(at[Instant])
	f.figures(at[CheckIn], at[Measure])
	f.fields(at[Forms])
	f.texts(at)
	for _, b := range f.Breaches() {
		at[b.Trait].breaks(b.What)
	}
	for _, r := range at {
		if r.Outcome == Broken && f.Allows(r.Trait) {
			r.Reason = f.Reason
		}
	}
	return list
}

// hollow looks for what is there and brings nothing, or is looked after by nobody.
func (f Facts) hollow(r *Result) {
	if f.Corpus == nil {
		r.look("制度库：没有可用的")
		r.breaks("制度库是空的，或者读不出来")
		return
	}
	rules, lists := f.Corpus.RulesInForce()
	r.look(fmt.Sprintf("制度库：现行制度 %d 部，禁令 %d 份，故事 %d 则，提醒 %d 则，题 %d 道", len(rules), len(lists), len(f.Corpus.Stories), len(f.Corpus.Notices), len(f.Corpus.Questions)))
	if len(rules)+len(lists) == 0 {
		r.breaks("没有现行的制度")
	}
	r.look(fmt.Sprintf("推送 %d 项，今后一年各有没有内容、有没有对象", len(f.Pushes)))
	for _, name := range f.Barren {
		r.breaks(fmt.Sprintf("推送 %s 一年里没有内容可推", name))
	}
	for _, p := range f.Pushes {
		if len(p.Targets) == 0 {
			r.breaks(fmt.Sprintf("推送 %s 没有对象", p.Name))
		}
	}
	r.look("索引：是不是现在这个制度库的，还没有建的第一次提问时建")
	if f.Stale != "" {
		r.doubt(f.Stale)
	}
	f.idle(r)
}

// fewest is how many pushes must have been due before it means something that none
// has gone out; overlooked is after how many days somebody should have looked.
const (
	fewest     = 5
	overlooked = 7 * 24 * time.Hour
)

// toGroup reports whether a push goes to a group. Of those to single people nothing
// is told from the records: that one never arrives could mean that its member does
// not want it, which is nobody's business.
func toGroup(target string) bool {
	_, ok := bot.GroupOf(day.Place(target))
	return ok
}

// idle looks in the records for pushes that never arrive and for what nobody looks
// after.
func (f Facts) idle(r *Result) {
	if !f.Ledger {
		r.look("台账：还没有")
		return
	}
	r.look(fmt.Sprintf("台账：最近 %d 天的推送记录 %d 条，发到群里的发没发出，不确定的有没有人核实", BackDays, len(f.Records)))
	due, sent, waits := map[string]int{}, map[string]int{}, 0
	for _, p := range f.Records {
		if toGroup(p.Target) {
			due[p.Name]++
		}
		if toGroup(p.Target) && (p.State == ledger.PushSent || p.State == ledger.PushUncertain) {
			sent[p.Name]++
		}
		if p.State == ledger.PushUncertain && f.Now.Sub(p.Due) > overlooked {
			waits++
		}
	}
	for _, p := range f.Pushes {
		if due[p.Name] >= fewest && sent[p.Name] == 0 {
			r.doubt(fmt.Sprintf("推送 %s 最近 %d 天有 %d 条到了时间，一条也没有发出", p.Name, BackDays, due[p.Name]))
		}
	}
	if waits > 0 {
		r.doubt(fmt.Sprintf("不确定有没有发出的 %d 条，过了 7 天没有人核实", waits))
	}
}

// figures looks at what is counted and put in a table.
func (f Facts) figures(ranks, measures *Result) {
	const reports = "导出的报表（用样例导出一遍，逐栏看）有没有"
	ranks.look(reports + "名次、积分、时长；名单按编号排")
	measures.look(reports + "得分、对错、达标；参与情况只分参、假、缺")
	for _, h := range Scan(f.Reports) {
		for _, r := range []*Result{ranks, measures} {
			if r.Trait == h.Trait {
				r.breaks(fmt.Sprintf("%s里有“%s”", h.Where, h.Words))
			}
		}
	}
}

// fields looks at what members have to enter by hand.
func (f Facts) fields(r *Result) {
	r.look("委员要填的：绑定 1 项（绑定码），答题 1 个字母，请假 1 项（日期，事由可不写）；姓名、界别、专委会由花名册带出，不再问")
}

// texts looks for words in what people are sent and shown, and for rules that make
// the use of a tool a yardstick for people.
func (f Facts) texts(at map[string]*Result) {
	texts := append(slices.Clone(f.Own), textsOf(f.Corpus)...)
	words := fmt.Sprintf("文字 %d 篇（故事、提醒、荐书、案例、题、应答，推送的样子，配置里的称呼，工作人员改过的推送）里有没有这样的要求", len(texts)+len(f.Edited))
	for _, a := range asked {
		at[a.trait].look(words)
	}
	for _, h := range Scan(texts) {
		at[h.Trait].doubt(fmt.Sprintf("%s：“%s”", h.Where, h.Words))
	}
	for _, h := range Scan(f.Edited) { // such words are refused unless the trait is allowed
		at[h.Trait].breaks(fmt.Sprintf("%s：“%s”", h.Where, h.Words))
	}
	measure := at[Measure]
	measure.look("现行制度的条文里有没有把登录、答题、在线、使用的情况拿来考核评优的")
	for _, h := range scanRules(f.Corpus) {
		measure.doubt(fmt.Sprintf("%s：“%s”", h.Where, h.Words))
	}
}

// textsOf are the texts of a library that people are sent or shown, but for its
// rules, which are what they are.
func textsOf(c *corpus.Corpus) (texts []Text) {
	if c == nil {
		return nil
	}
	for _, s := range c.Stories {
		texts = append(texts, Text{Where: s.File, Body: s.Title + "。" + s.Text})
	}
	for _, n := range c.Notices {
		texts = append(texts, Text{Where: n.File, Body: n.Text})
	}
	for _, b := range c.Books {
		texts = append(texts, Text{Where: b.File, Body: b.Text})
	}
	for _, k := range c.Cases {
		texts = append(texts, Text{Where: k.File, Body: k.Text, Case: true})
	}
	for _, q := range c.Questions {
		where := fmt.Sprintf("%s:%d", q.File, q.Line)
		texts = append(texts, Text{Where: where, Body: q.Text + "\n" + strings.Join(q.Options, "\n"), Case: true}, Text{Where: where, Body: q.Explanation, Case: true})
	}
	for _, reply := range c.Replies() {
		texts = append(texts, Text{Where: fmt.Sprintf("%s:%d", reply.File, reply.Line), Body: reply.Text})
	}
	return texts
}

// instant looks at when people are disturbed.
func (f Facts) instant(r *Result) {
	r.look(fmt.Sprintf("推送 %d 项的时刻、日子和对象，安静时段拦不拦得住 21:30 到 7:30；没有一项要人回复才算收到", len(f.Pushes)))
	for _, p := range f.Pushes {
		if personal(p) == "" && day.Resting(p.At) && !f.blocked(p.At) {
			r.doubt(fmt.Sprintf("推送 %s 在休息时间（21:30 到 7:30）发到群里", p.Name))
		}
	}
}
