package proof

import (
	"strconv"
	"strings"
	"testing"
)

const banned = "第一条 不得用会议费支付下列开支：\n（一）发放纪念品、书包；\n（二）组织旅游。\n第二条 有下列情形的，认定为无故缺席：\n（一）没有请假的；\n（二）假期已满的。\n第三条 迟交材料三次的，由秘书长约谈。\n第四条 外出应当向科长报告去向。\n第五条 来人不安排宴请。\n"

func TestMorals(t *testing.T) {
	for moral, word := range map[string]string{
		"办会、采购、做纪念品，数量按需要定，多一份都不该有。": "纪念",
		"会上的纪念品可以收下。":                "纪念",
		"缺席了，照实说一声就过去；编理由才会出事。":      "缺席",
		"材料迟交几次也没关系。":                "材料",
		"小事不必报告，大事再说。":               "报告",
		"多出来的不必扔掉，向科长报告。":            "",
		"纪念品一份都不该收。":                 "",
		"纪念品不可以收下。":                  "",
		"有人说“纪念品可以收”，他没有听。":          "",
		"纪念品的心意可以领，东西不必拿。":           "",
		"帮助别人也可以从小事做起。":              "",
		"没有请假就走，是对大家的不尊重。":           "",
		"他以为旅游一次可以不算什么。":             "",
		"旅游也不是都不行。":                  "",
		"缺席的人可以补课；编理由的不行。":           "缺席",
		"这样的人，群众可以放心。":               "",
		"发一点纪念品，人之常情。":               "纪念",
		"去旅游一次，算不得什么。":               "旅游",
		"多做几个纪念品，大家高兴就好。":            "纪念",
		"纪念品一样没发，没什么人说闲话。":           "",
		"先说清不做纪念品，事情就好办。":            "",
		"宴请的事，陪几个人都没关系。":             "宴请",
		"第一段说纪念品可以收下。\n\n可是他没有收。":    "",
		"他退了回去。\n\n别的都好办，发一点纪念品也行。":  "纪念",
	} {
		r := checked(t, "rules/jia.md", rule("jia", "甲办法", banned), "stories/s.md", story("s", "北宋", moral, "jia#1", "jia#2", "jia#3", "jia#4", "jia#5"))
		if word == "" {
			want(t, r.Findings)
			continue
		}
		line := 8 + strings.Count(moral, "\n")
		want(t, r.Findings, "?moral s stories/s.md:"+strconv.Itoa(line)+"|都说到「"+word+"」")
	}
	// what it does not cite, it does not contradict
	want(t, checked(t, "rules/jia.md", rule("jia", "甲办法", banned), "stories/s.md", story("s", "北宋", "会上的纪念品可以收下。", "jia#4")).Findings)
}

// A notice that frees people of a duty which the article it cites lays on some of them.
func TestMoralsOfNotices(t *testing.T) {
	body := "第一条 干部办婚事，应当事先报告。\n第二条 礼品5日内登记上交。\n"
	for text, found := range map[string]string{
		"委员办婚事不用报告。":            "都说到「报告」",
		"办丧事不必向机关报告。":           "都说到「报告」",
		"办婚事不必报告，本单位另有规定的从其规定。": "",
		"办喜事不用公款、不摆排场。":         "",
		"办婚事要事先报告。":             "",
		"礼品不用登记。":               "", // no article says 应当
	} {
		r := checked(t, "rules/jia.md", rule("jia", "甲办法", body), "notices/n.md", notice("n", text, "jia#1", "jia#2"))
		if found == "" {
			want(t, r.Findings)
		} else {
			want(t, r.Findings, "?moral n notices/n.md:7|"+found)
		}
	}
}

func TestPairs(t *testing.T) {
	if got := strings.Join(pairs("甲乙，丙a丁戊己"), " "); got != "甲乙 丁戊 戊己" {
		t.Errorf("pairs %q", got)
	}
}
