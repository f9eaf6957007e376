package relief_test

import (
	"strings"
	"testing"

	"lianwen/bot/day"
	"lianwen/bot/ledger"
	"lianwen/bot/relief"
	"lianwen/corpus"
)

// Every text that people are sent or shown is looked at, each part of it; what a case
// and a question tell of others is not meant, but where they turn to the reader.
func TestTextsOfTheLibrary(t *testing.T) {
	t.Parallel()
	const asks, tells = "请大家每天打卡。", "某单位要求每天打卡。"
	for what, tt := range map[string]struct {
		library corpus.Corpus
		found   string // "": nothing
	}{
		"the title of a story":     {corpus.Corpus{Stories: []*corpus.Story{{File: "stories/a.md", Title: "群里打卡", Text: "海瑞。"}}}, "stories/a.md：“群里打卡”"},
		"a story":                  {corpus.Corpus{Stories: []*corpus.Story{{File: "stories/a.md", Title: "海瑞", Text: asks}}}, "stories/a.md：“请大家每天打卡”"},
		"a book":                   {corpus.Corpus{Books: []*corpus.Book{{File: "books/a.md", Text: asks}}}, "books/a.md：“请大家每天打卡”"},
		"a case that asks":         {corpus.Corpus{Cases: []*corpus.Case{{File: "cases/a.md", Text: asks}}}, "cases/a.md：“请大家每天打卡”"},
		"a case that tells":        {corpus.Corpus{Cases: []*corpus.Case{{File: "cases/a.md", Text: tells}}}, ""},
		"a question that asks":     {corpus.Corpus{Questions: []*corpus.Question{{File: "questions/a.toml", Line: 7, Text: asks}}}, "questions/a.toml:7：“请大家每天打卡”"},
		"a question that tells":    {corpus.Corpus{Questions: []*corpus.Question{{File: "questions/a.toml", Text: tells}}}, ""},
		"an option that asks":      {corpus.Corpus{Questions: []*corpus.Question{{File: "questions/a.toml", Line: 7, Text: "对不对", Options: []string{"对", asks}}}}, "questions/a.toml:7：“请大家每天打卡”"},
		"an option that tells":     {corpus.Corpus{Questions: []*corpus.Question{{File: "questions/a.toml", Text: "对不对", Options: []string{tells}}}}, ""},
		"a reason that asks":       {corpus.Corpus{Questions: []*corpus.Question{{File: "questions/a.toml", Line: 7, Text: "对不对", Explanation: asks}}}, "questions/a.toml:7：“请大家每天打卡”"},
		"a reason that tells":      {corpus.Corpus{Questions: []*corpus.Question{{File: "questions/a.toml", Text: "对不对", Explanation: tells}}}, ""},
		"a notice tells of others": {corpus.Corpus{Notices: []*corpus.Notice{{File: "notices/a.md", Text: tells}}}, "notices/a.md：“"},
	} {
		f := facts(t)
		f.Corpus = &tt.library
		f.Corpus.Rules = []*corpus.Rule{{Kind: corpus.Prohibitions}}
		got := strings.Join(result(t, f, relief.CheckIn).Found, "\n")
		if tt.found == "" && got != "" || !strings.Contains(got, tt.found) {
			t.Errorf("%s: %q, want %q", what, got, tt.found)
		}
	}
}

// What is answered is looked at as well, with its line.
func TestTextsOfReplies(t *testing.T) {
	t.Parallel()
	f := facts(t)
	reply := *f.Corpus.Replies()[0]
	f.Corpus.Replies()[0].Text = "请截图发到群里。"
	defer func() { f.Corpus.Replies()[0].Text = reply.Text }()
	if r := result(t, f, relief.Instant); r.Outcome != relief.Doubt || len(r.Found) != 1 || !strings.HasPrefix(r.Found[0], reply.File+":") {
		t.Errorf("%+v", r)
	}
}

// A library has rules in force when it has a rule or a list of prohibitions; it has
// none when all are repealed.
func TestHollowLibrary(t *testing.T) {
	t.Parallel()
	for what, tt := range map[string]struct {
		rules []*corpus.Rule
		want  relief.Outcome
	}{
		"a rule alone":    {[]*corpus.Rule{{}}, relief.Fine},
		"a list alone":    {[]*corpus.Rule{{Kind: corpus.Prohibitions}}, relief.Fine},
		"repealed both":   {[]*corpus.Rule{{Repealed: true}, {Repealed: true, Kind: corpus.Prohibitions}}, relief.Broken},
		"one is in force": {[]*corpus.Rule{{Repealed: true}, {}}, relief.Fine},
	} {
		f := facts(t)
		f.Corpus = &corpus.Corpus{Rules: tt.rules}
		if r := result(t, f, relief.Hollow); r.Outcome != tt.want {
			t.Errorf("%s: %+v", what, r)
		}
	}
}

// Of prohibitions as of rules it is said where they make a tool a yardstick; what
// forbids it, speaks about it or is repealed is left alone.
func TestYardstick(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]relief.Outcome{
		"委员登录次数纳入考核。": relief.Doubt, "考核时看答题情况。": relief.Doubt, "每日一题的结果与评优挂钩。": relief.Doubt,
		"不得把登录次数纳入考核。": relief.Fine, "登录次数不得纳入考核。": relief.Fine, "整治以登录次数排名的做法。": relief.Fine, "考核由办公室组织。": relief.Fine,
	} {
		for _, kind := range []corpus.Kind{corpus.Prohibitions, corpus.Regulation} {
			rule := &corpus.Rule{Title: "某规定", Kind: kind, Articles: []*corpus.Article{{Text: text}}}
			rule.Articles[0].Rule = rule
			f := facts(t)
			f.Corpus = &corpus.Corpus{Rules: []*corpus.Rule{rule}}
			if r := result(t, f, relief.Measure); r.Outcome != want {
				t.Errorf("%s (%d): %+v", text, kind, r)
			}
			if rule.Repealed = true; result(t, f, relief.Measure).Outcome != relief.Fine {
				t.Errorf("%s (%d) is told of a repealed rule", text, kind)
			}
		}
	}
}

// Nobody is disturbed by a push that the quiet hours hold back.
func TestInstantBehindQuietHours(t *testing.T) {
	t.Parallel()
	for what, tt := range map[string]struct {
		target string
		quiet  bool
		want   relief.Outcome
	}{
		"a group at night":  {"group:甲", false, relief.Doubt},
		"a group, quiet":    {"group:甲", true, relief.Fine},
		"a member at night": {"member:A01", false, relief.Broken},
		"a member, quiet":   {"member:A01", true, relief.Fine},
	} {
		f := facts(t)
		f.Pushes = []day.PushSpec{with(spec("s", day.StoryContent, tt.target), func(p *day.PushSpec) { p.At, p.Workdays = at(22, 0), true })}
		f.Plan = nil
		if tt.quiet {
			f.Blocked = day.Resting
		}
		if r := result(t, f, relief.Instant); r.Outcome != tt.want || len(r.Found) > 1 {
			t.Errorf("%s: %+v", what, r)
		}
	}
}

// planned are pushes of one content on some days, at eight.
func planned(name, target, id string, days ...corpus.Date) (list []ledger.Push) {
	for _, d := range days {
		list = append(list, ledger.Push{Name: name, Target: target, Date: d, Content: day.StoryContent, ContentID: id, Title: "海瑞"})
	}
	return list
}

// The same content is too soon again within a week, counted from the last time, to one
// group or person by whatever way; each content of a push is told once, and nobody named.
func TestRepeatedInThePlan(t *testing.T) {
	t.Parallel()
	const target = "group:甲"
	for what, tt := range map[string]struct {
		plan  []ledger.Push
		found []string
	}{
		"six days later":    {planned("s", target, "a", "2026-12-01", "2026-12-07"), []string{"计划里“海瑞”向“甲”发两遍：2026年12月1日（s）、2026年12月7日（s）"}},
		"seven days later":  {planned("s", target, "a", "2026-12-01", "2026-12-08"), nil},
		"from the last":     {planned("s", target, "a", "2026-12-01", "2026-12-08", "2026-12-14"), []string{"计划里“海瑞”向“甲”发两遍：2026年12月8日（s）、2026年12月14日（s）"}},
		"three times":       {planned("s", target, "a", "2026-12-01", "2026-12-02", "2026-12-03"), []string{"计划里“海瑞”向“甲”发两遍：2026年12月1日（s）、2026年12月2日（s）"}},
		"two pushes":        {append(planned("s", target, "a", "2026-12-01"), planned("s2", "wechat:group:甲", "a", "2026-12-02")...), []string{"计划里“海瑞”向“甲”发两遍：2026年12月1日（s）、2026年12月2日（s2）"}},
		"another group":     {append(planned("s", target, "a", "2026-12-01"), planned("s", "group:乙", "a", "2026-12-02")...), nil},
		"another story":     {append(planned("s", target, "a", "2026-12-01"), planned("s", target, "b", "2026-12-02")...), nil},
		"to a person":       {planned("s", "member:A01", "a", "2026-12-01", "2026-12-02"), []string{"计划里“海瑞”向同一个人发两遍：2026年12月1日（s）、2026年12月2日（s）"}},
		"held back by caps": {append(planned("x", target, "b", "2026-12-02"), planned("s", target, "a", "2026-12-01", "2026-12-02")...), nil},
	} {
		f := facts(t)
		f.Plan = tt.plan
		if what == "held back by caps" {
			f.Caps.GroupDay = 1
		}
		if got := result(t, f, relief.Repeat).Found; strings.Join(got, "\n") != strings.Join(tt.found, "\n") {
			t.Errorf("%s: %q, want %q", what, got, tt.found)
		}
	}
}
