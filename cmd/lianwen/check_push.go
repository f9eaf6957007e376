package main

import (
	"fmt"
	"slices"
	"time"

	"lianwen/bot/day"
	"lianwen/bot/relief"
	"lianwen/corpus"
)

// borrowedFor is the kind of content that a push brings, where the sample may
// have to stand in; lacking says why it does not for the others.
var (
	borrowedFor = map[string]string{day.StoryContent: corpus.StoriesKind, day.NoticeContent: corpus.NoticesKind, day.BookContent: corpus.BooksKind}
	lacking     = map[string]string{
		day.QuestionContent: "；示例的题依据的是示例制度，不会借来用", day.CaseContent: "；示例的案例依据的是示例制度，不会借来用",
	}
)

// pushes says which pushes would never bring anything, or not what they name.
func (f *findings) pushes(cfg *config, c *corpus.Corpus, now time.Time) {
	p, ok := planner(cfg, c)
	if !ok {
		return
	}
	now = now.In(cfg.location)
	today := corpus.DateOf(now)
	f.crowded(cfg, p, now)
	if len(cfg.pushes) > 0 && !cfg.Wechat.Enabled {
		f.warning("推送", "配置里有推送，但没有启用任何渠道，什么也发不出去", "请在 [wechat] 下写 enabled = true，运行 lianwen serve")
	}
	for _, spec := range cfg.pushes {
		where := "推送 " + spec.Name
		if !p.Brings(spec, today) {
			f.problem(where, day.Lack{Spec: spec}.Chinese(), "请在制度库里补上，或从配置里去掉这一项"+lacking[spec.Content])
		} else if slices.Contains(c.Borrowed, borrowedFor[spec.Content]) {
			f.warning(where, fmt.Sprintf("制度库里没有%s，推的是示例的，标着“示例文本”", day.ContentName(spec.Content)), "请在制度库里放上自己的")
		}
		due := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, cfg.location).Add(spec.At)
		if cfg.Wechat.Enabled && cfg.Wechat.channel.Quiet.Left(due) > spec.Window {
			f.problem(where, "从 at 到 window 结束都在安静时段里，发不出去", "请改 at 或 window，或者改 [wechat] 的 quiet")
		}
		for _, text := range spec.Cites {
			cite, err := corpus.ParseCite(text)
			if a := c.Resolve(cite); err != nil || a == nil || a.Deleted || a.Rule.Repealed {
				f.problem(where, "cites 里的 "+text+" 在制度库里没有，或者已经废止", "请改正 [[push]] 的 cites")
			}
		}
	}
}

// crowded says which pushes never go out, or not on some days, because whom they
// go to has had enough by then.
func (f *findings) crowded(cfg *config, p day.Planner, now time.Time) {
	for _, c := range relief.Crowding(cfg.caps(), thisWeekOn(p, now)) {
		keys := "push_limit（群）、[relief] person_day（私聊）"
		if c.Week {
			keys = "[relief] group_week（群）、person_week（私聊）"
		}
		where, what := "推送 "+c.Name, fmt.Sprintf("%s起，超过一天或一周的上限（%s），", c.First.Chinese(), keys)
		if c.Held == c.Planned {
			f.problem(where, what+"这一项一条也发不出去", "请减少发到那里的推送，或者把上限改大")
			continue
		}
		f.warning(where, fmt.Sprintf("%s今后 %d 天里 %d 条有 %d 条让给更要紧的，不发", what, relief.PlanDays, c.Planned, c.Held), "这样可以的不用改；要都发，请减少发到那里的推送，或者把上限改大")
	}
}
