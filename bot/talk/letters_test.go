package talk_test

import (
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/talk"
	"lianwen/corpus"
)

// What a letter may answer: the question of the first or of the second, a drill,
// or nothing that was not answered before.
const old, newest, drill, again = "2026-12-01", "2026-12-02", "练习", "nothing"

// letters are what was said before letters, and which each of these answers; the
// third comes when what was offered is forgotten.
var letters = map[string]struct {
	said []string
	want []string
}{
	"nothing was offered":            {nil, []string{newest}},
	"the oldest":                     {[]string{"补答"}, []string{old}},
	"the oldest, then the newest":    {[]string{"补答"}, []string{old, again, newest}},
	"the oldest, then help":          {[]string{"补答", "帮助"}, []string{old}},
	"the oldest, then a source":      {[]string{"提案工作条例第五条", "补答", "出处"}, []string{old}},
	"the oldest, then a question":    {[]string{"补答", "提案什么时候截止"}, []string{old}},
	"the oldest, then an article":    {[]string{"补答", "提案工作条例第五条"}, []string{old}},
	"the oldest, then the contents":  {[]string{"补答", "目录"}, []string{old}},
	"the oldest, then a story":       {[]string{"补答", "故事"}, []string{old}},
	"the oldest, then no such rule":  {[]string{"补答", "看《没有的办法》"}, []string{old}},
	"the oldest, then nonsense":      {[]string{"补答", "……"}, []string{old}},
	"the oldest, then no such digit": {[]string{"补答", "9"}, []string{old}},
	"the oldest, then no such one":   {[]string{"补答", "Z"}, []string{old}},
	"the oldest, then the day's":     {[]string{"补答", "今日一题"}, []string{newest}},
	"the oldest, then a drill":       {[]string{"补答", "练习"}, []string{drill, drill, newest}},
	"a drill":                        {[]string{"练习"}, []string{drill, drill, newest}},
	"a drill, then help":             {[]string{"练习", "帮助"}, []string{drill}},
	"a drill, then no such one":      {[]string{"练习", "Z"}, []string{drill}},
	"a drill, then a question":       {[]string{"练习", "提案什么时候截止"}, []string{drill}},
	"a drill, then the oldest":       {[]string{"练习", "补答"}, []string{old, again, newest}},
	"a drill, then the day's":        {[]string{"练习", "今日一题"}, []string{newest}},
	"the oldest, half an hour ago":   {[]string{"补答", "+30m"}, []string{old}},
	"the oldest, longer ago":         {[]string{"补答", "+31m"}, []string{old}},
}

// A letter answers what was offered last, and so does the next; otherwise it is
// for the newest question of the day. What offers no question leaves it as it was,
// however much time it takes.
func TestLetters(t *testing.T) {
	t.Parallel()
	for name, tt := range letters {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newBureau(t)
			o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
			o.ask()
			o.now = o.now.AddDate(0, 0, 1)
			o.ask()
			for _, text := range tt.said {
				if wait, ok := strings.CutPrefix(text, "+"); ok {
					d, err := time.ParseDuration(wait)
					if err != nil {
						t.Fatal(err)
					}
					o.now = o.now.Add(d)
					continue
				}
				o.says("@zhang", false, text)
			}
			answered := map[corpus.Date]bool{}
			for i, want := range tt.want {
				if i == 2 {
					o.now = o.now.Add(talk.StateLife + time.Second)
				}
				if got, reply := o.letter(answered); got != want {
					t.Errorf("a letter answers %s, want %s:\n%s", got, want, reply)
				}
			}
		})
	}
}

// letter sends one, and returns what it answers that was not answered before.
func (o *bureau) letter(answered map[corpus.Date]bool) (what, reply string) {
	o.Helper()
	what, reply = again, o.says("@zhang", false, "A")
	answers, err := o.ledger.Answers(o.Context(), old, newest)
	if err != nil {
		o.Fatal(err)
	}
	if strings.HasPrefix(reply, "练习：") {
		what = drill
	}
	for _, a := range answers {
		if !answered[a.Round] {
			answered[a.Round], what = true, string(a.Round)
		}
	}
	return what, reply
}

// What was offered in private is nobody's in a group, and nobody else's.
func TestLettersAreApart(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@li", false, "绑定 CCCC4444", "绑定好了")
	o.ask()
	o.now = o.now.AddDate(0, 0, 1)
	o.ask()
	o.says("@zhang", false, "补答", "2026年12月1日")
	o.says("@zhang", true, "A", "收到，已记录")
	o.says("@li", false, "A", "已记录")
	answers, err := o.ledger.Answers(t.Context(), "2026-12-01", "2026-12-02")
	if err != nil || len(answers) != 2 || answers[0].Round != "2026-12-02" || answers[1].Round != "2026-12-02" {
		t.Errorf("%+v, %v", answers, err)
	}
	o.says("@zhang", false, "A", "已记录")
	if answers, err = o.ledger.Answers(t.Context(), "2026-12-01", "2026-12-01"); err != nil || len(answers) != 1 || answers[0].Member != "A01" {
		t.Errorf("%+v, %v", answers, err)
	}
}

// Digits keep their meaning until others are offered, or it is said that there
// are none.
func TestDigitsStay(t *testing.T) {
	t.Parallel()
	const third, none = "《请假办法》第三条\n", "现在没有编号为 2 的选项"
	b := newBot(openIndex(t, smallLibrary()))
	for name, tt := range map[string]struct {
		said string
		want string // how the reply to 2 begins
	}{
		"nothing":                   {"", third},
		"help":                      {"帮助", third},
		"a greeting":                {"您好！", third},
		"the source":                {"出处", third},
		"a refusal":                 {"目录 体育", third},
		"no such article":           {"全文 请假办法第九条", third},
		"no text":                   {"……", third},
		"a digit that is not there": {"7", third},
		"the first":                 {"1", third}, // the offer stands after one of it was taken
		"a question in vain":        {"量子力学薛定谔", third},
		"the contents":              {"目录", "会议类制度 2 部"},
		"a story":                   {"故事 悬鱼", third}, // its second article is the same
		"another story":             {"故事 还珠", none},
		"another rule":              {"看《会议办法》", third},
		"the prohibitions":          {"十不准", none},
	} {
		c := newTalk(t, b)
		c.in.Sender = name
		c.tells("请假办法第一条和第三条", "\n2 违反本办法第二条的")
		if tt.said != "" {
			c.in.Text = tt.said
			if _, err := b.Handle(t.Context(), c.in); err != nil && bot.CodeOf(err) == 0 {
				t.Errorf("%s: %v", name, err)
			}
		}
		c.in.Text = "2"
		reply, err := b.Handle(t.Context(), c.in)
		if err != nil && bot.CodeOf(err) != bot.NotFound || !strings.HasPrefix(reply.Text, tt.want) {
			t.Errorf("after %s: %v\n%s", name, err, reply.Text)
		}
	}
}

// A drill needs no records.
func TestDrillWithoutRecords(t *testing.T) {
	t.Parallel()
	c := newTalk(t, newBot(sampleIndex(t)))
	c.tells("练习", "练习（不记录）", "A. ")
	c.refuses("Z", "这道题只有 A 到 ")
	c.tells("A", "练习：")
	if got := c.say("A"); strings.HasPrefix(got, "练习：") || strings.Contains(got, "已记录") {
		t.Errorf("a letter with nothing to answer: %s", got)
	}
}

// A drill of somebody who was not known yet is over once a question is offered
// to the member that they turn out to be, whether by a code or by a remark.
func TestDrillBeforeKnown(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.ask()
	o.says("@li", false, "练习", "练习（不记录）")
	o.says("@li", false, "绑定 CCCC4444", "绑定好了")
	o.says("@li", false, "A", "已记录：A")
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.sends(bot.Incoming{Sender: "@zhang2", Text: "练习"}, "练习（不记录）")
	o.sends(bot.Incoming{Sender: "@zhang2", Remark: "A01 张三", Text: "补答"}, "2026年12月1日")
	o.sends(bot.Incoming{Sender: "@zhang2", Remark: "A01 张三", Text: "A"}, "已记录：A")
}
