package talk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/talk"
	"lianwen/index"
)

// A long article is cut to what a phone shows; 1 gives all of it, with where
// it stands.
func TestFullArticle(t *testing.T) {
	t.Parallel()
	lib := smallLibrary()
	whole := articleText(t, lib, "rules/qingjia.md", "第二条 ", "## 第二章")
	c := smallTalk(t)
	c.hears("请假办法第二条", `请假按照下列权限批准：
（一）半天以内的，由科室负责人口头批准；
（二）一天以内的，由科室负责人书面批准；
（三）三天以内的，由分管副秘书长批准；
（四）超过三天的，由秘书长批准。
病假应当附医院证明。
《请假办法》第二条（示例〔2026〕1号，2026年2月1日起施行）
回复数字：1 全文
示例文本，以正式印发文件为准`)
	full := "《请假办法》第二条\n第一章 总则\n" + whole + "\n出处：示例〔2026〕1号，2026年2月1日起施行\n示例文本，以正式印发文件为准"
	for _, one := range []string{"1", "１", "1。", "1.", " 1 ", "全文"} {
		c.hears(one, full)
	}
}

func TestOtherHits(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	c.tells("请假办法第一条和第三条", "1 为了规范", "《请假办法》第一条（示例〔2026〕1号", "《请假办法》第三条\n回复数字看全文")
	c.tells("２", "《请假办法》第三条\n", "第三条 违反本办法第二条的", "文中引用：《请假办法》第二条、《会议办法》第一条")
	c.tells("1", "《请假办法》第一条\n") // the offer stands after one of it was taken
	c.refuses("3", "编号为 3 的选项")
	c.refuses("0", "编号为 0 的选项")
	c.tells("2", "《请假办法》第三条\n") // … and after a digit that was not offered
}

func TestNeighbours(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	c.refuses("下一条", "还没有看过条文")
	c.refuses("上一条", "还没有看过条文")
	c.refuses("全文", "还没有看过条文")
	c.refuses("出处", "还没有看过条文")
	c.tells("请假办法第二条", "\n《请假办法》第二条（")
	c.tells("下一条", "《请假办法》第三条\n第二章 附则\n第三条 违反")
	c.refuses("下条", "《请假办法》第三条是最后一条")
	c.tells("上一条", "《请假办法》第二条\n")
	c.tells("上条。", "《请假办法》第一条\n")
	c.refuses("上一条", "《请假办法》第一条是第一条")
}

func TestDigitWithoutStep(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	for _, digit := range []string{"1", "５", "9", "0"} {
		c.refuses(digit, "现在没有编号为", "帮助")
	}
	if got := c.refused("５"); !strings.Contains(got, "编号为 5 ") {
		t.Errorf("a digit is not named in plain width: %s", got)
	}
}

func TestStepExpires(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	x := openIndex(t, smallLibrary())
	c := newTalk(t, talk.New(index.NewLive(x), talk.Config{Contact: contact, Now: func() time.Time { return now }}))
	c.say("请假办法第二条")
	now = now.Add(talk.StateLife)
	c.tells("1", "第二条 请假按照") // the last moment, and it begins the time anew
	now = now.Add(talk.StateLife - time.Second)
	c.tells("下一条", "《请假办法》第三条")
	now = now.Add(talk.StateLife + time.Second)
	c.refuses("1", "没有编号为 1")
	c.refuses("下一条", "还没有看过条文")
	c.tells("第二条", "不知道问的是哪部制度的第二条") // the rule is forgotten as well
}

// What was offered to one person in one conversation means nothing elsewhere.
func TestStepsAreApart(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	c.say("请假办法第二条")
	home := c.in
	for name, change := range map[string]func(*bot.Incoming){
		"another sender":       func(in *bot.Incoming) { in.Sender = "li" },
		"another conversation": func(in *bot.Incoming) { in.Conversation = "group" },
		"another channel":      func(in *bot.Incoming) { in.Channel = "wechat" },
	} {
		c.in = home
		change(&c.in)
		if got := c.refused("1"); !strings.Contains(got, "没有编号为 1") {
			t.Errorf("%s: %s", name, got)
		}
		c.say("会议办法第一条")
	}
	c.in = home
	c.tells("1", "《请假办法》第二条")
}

// The memory is bounded: of a flood of speakers the first is forgotten, and
// nobody else.
func TestStepsAreBounded(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	const speakers = 10_001
	for i := range speakers {
		c.in.Sender = fmt.Sprint("speaker ", i)
		c.say("十不准")
	}
	for _, i := range []int{speakers - 1, 5000, 2, 1} {
		c.in.Sender = fmt.Sprint("speaker ", i)
		c.tells("1", "十、不准推销产品。")
	}
	c.in.Sender = "speaker 0"
	c.refuses("1", "没有编号为 1")
}

// After a rule was named, a number alone means an article of it.
func TestNumberAlone(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	c.hears("第二条", "不知道问的是哪部制度的第二条。\n请连同制度名称一起问，如“提案条例第十二条”；回复“目录”看有哪些制度。")
	for _, named := range []string{"请假规定", "《请假办法》", "看《请假办法》", "请假办法第一条"} {
		c.say(named)
		for _, number := range []string{"3条", "第三条", "第３条", "第 3 条"} {
			c.tells(number, "违反本办法第二条的", "\n《请假办法》第三条（")
		}
	}
	c.say("会议办法")
	c.tells("2条", "会场内手机静音。\n《会议办法》第二条（")
	c.hears("12条", "《会议办法》没有第十二条，最后一条是第二条。\n回复数字：1 看这部制度。")
	c.tells("1", "《会议办法》\n", "共 2 条")
	c.say("十不准")
	c.tells("第三条", "不准请人代会。\n《会议纪律“十不准”》第三条（")
}

func TestSource(t *testing.T) {
	t.Parallel()
	c := smallTalk(t)
	c.say("会议办法第二条")
	want := `《会议办法》第二条
文号：示例〔2026〕2号
印发：2026年1月15日
施行：2026年2月1日
文件：rules/huiyi.md
引用编号：huiyi#2
示例文本，以正式印发文件为准`
	c.hears("出处", want)
	c.hears("来源", want) // it took nothing away
	c.tells("1", "第二条 会场内手机静音。")
}
