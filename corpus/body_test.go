package corpus

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestClassify(t *testing.T) {
	for _, c := range []struct {
		line string
		kind lineKind
		text string // what a quotation or a path would show
	}{
		{"", lineBlank, ""}, {" 　\t", lineBlank, ""},
		{"第十二条 提案", lineArticle, "第十二条 提案"},
		{"　　第十二条　提案", lineArticle, "第十二条　提案"},
		{"### 第十二条 提案", lineArticle, "第十二条 提案"},
		{"**第十二条** 提案", lineArticle, "**第十二条** 提案"},
		{"第12条 提案", lineArticle, "第12条 提案"},
		{"第１２条 提案", lineArticle, "第１２条 提案"},
		{"第一百三条 提案", lineText, "第一百三条 提案"}, // no number: see TestParseNumeral
		{"依照第十二条", lineText, "依照第十二条"},
		{"## 第一章 总则", lineHeading, "第一章 总则"},
		{"　第一章　总　　则", lineHeading, "第一章　总　　则"},
		{"**第一章 总则**", lineHeading, "第一章 总则"},
		{"### 第一节 一般规定", lineHeading, "第一节 一般规定"},
		{"## 其他", lineHeading, "其他"},
		{"#不是标题", lineText, "#不是标题"},
		{"第三章规定的程序，由秘书长会议确定。", lineText, "第三章规定的程序，由秘书长会议确定。"}, // a sentence
		{"## 附件1 请假表", lineAnnex, "附件1 请假表"},
		{"附件：请假表", lineAnnex, "附件：请假表"},
		{"附件二", lineAnnex, "附件二"},
		{"附件材料应当装订", lineText, "附件材料应当装订"},
		{"附件：请假表由本人填写，交办公室备查。", lineText, "附件：请假表由本人填写，交办公室备查。"}, // a sentence
		{"第一章 " + strings.Repeat("长", maxHeadingRunes-4), lineHeading, "第一章 " + strings.Repeat("长", maxHeadingRunes-4)},
		{"第一章 " + strings.Repeat("长", maxHeadingRunes-3), lineText, "第一章 " + strings.Repeat("长", maxHeadingRunes-3)},
		{"三、不准代会", lineProhibition, "三、不准代会"},
		{"（一）甲", lineText, "（一）甲"},
		{"> 问：几时截止", lineAsked, "几时截止"}, {">问: 几时截止 ", lineAsked, "几时截止"}, {"> 问：", lineAsked, ""},
		{"> 引文", lineText, "> 引文"},
	} {
		if got := classify(c.line); got.kind != c.kind || got.text != c.text {
			t.Errorf("classify(%q) = kind %d %q, want kind %d %q", c.line, got.kind, got.text, c.kind, c.text)
		}
	}
}

// One rule with all that a rule may hold; every expected text is written out,
// so a byte lost or gained anywhere shows.
func TestRuleBody(t *testing.T) {
	r := readOne(t, "rules/jia.md", rule("jia", "甲办法", `
## 第一章  总则

第一条 为了……，制定本办法。
> 问：为什么有这个办法
> 问：凭什么

### 第一节 范围

　　第二条　本办法适用于下列人员：
（一）委员：
1. 本级委员；
2. 住本市的上级委员；
（二）机关干部。

前款以外的人员参照执行。  

## 第二章 责任

第三条 （删去）

第三条之一 插入的条。
第四条：违反的，通报。
## 附件1 请假表
第一条 表中的话不是条文
| 姓名 | 事由 |
> 问：请假表长什么样
## 附件2 权限表
一、科长
`))
	want := []struct {
		number, label, heading, path, text string
	}{
		{"1", "第一条", "", "第一章 总则", "第一条 为了……，制定本办法。"},
		{"2", "第二条", "", "第一章 总则/第一节 范围", "第二条　本办法适用于下列人员：\n（一）委员：\n1. 本级委员；\n2. 住本市的上级委员；\n（二）机关干部。\n\n前款以外的人员参照执行。"},
		{"3", "第三条", "", "第二章 责任", "第三条 （删去）"},
		{"3-1", "第三条之一", "", "第二章 责任", "第三条之一 插入的条。"},
		{"4", "第四条", "", "第二章 责任", "第四条：违反的，通报。"},
		{"annex-1", "附件1", "请假表", "", "附件1 请假表\n第一条 表中的话不是条文\n| 姓名 | 事由 |"},
		{"annex-2", "附件2", "权限表", "", "附件2 权限表\n一、科长"},
	}
	if len(r.Articles) != len(want) {
		t.Fatalf("articles %s", labels(r))
	}
	for i, w := range want {
		a := r.Articles[i]
		if a.Number.String() != w.number || a.Label != w.label || a.Heading != w.heading || strings.Join(a.Path, "/") != w.path || a.Text != w.text {
			t.Errorf("article %d:\n got %s %s %q %q %q\nwant %s %s %q %q %q", i, a.Number, a.Label, a.Heading, a.Path, a.Text, w.number, w.label, w.heading, w.path, w.text)
		}
		if a.Deleted != (w.number == "3") {
			t.Errorf("%s: Deleted = %v", a.Label, a.Deleted)
		}
		if a.Key() != "jia#"+w.number || a.Citation() != "《甲办法》"+w.label {
			t.Errorf("cited as %s, %s", a.Key(), a.Citation())
		}
	}
	if got := r.Articles[0].AskedAs; !slices.Equal(got, []string{"为什么有这个办法", "凭什么"}) {
		t.Errorf("asked as %q", got)
	}
	if got := article(t, r, "annex-1").AskedAs; !slices.Equal(got, []string{"请假表长什么样"}) {
		t.Errorf("annex asked as %q", got)
	}
	if got := article(t, r, "2").Line; got != bodyLine1+9 {
		t.Errorf("第二条 is said to stand on line %d", got)
	}
}

func TestParagraphs(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []Paragraph
	}{
		{"one", "第一条 甲。", []Paragraph{{Text: "第一条 甲。"}}},
		{"two, blank line and indent between", "第一条 甲。\n\n　　乙。", []Paragraph{{Text: "第一条 甲。"}, {Text: "乙。"}}},
		{"items with sub-items, then a paragraph", "第一条 甲：\n（一）一：\n1. 子；\n（2）丑；\n（二）二。\n乙。", []Paragraph{
			{Text: "第一条 甲：\n（一）一：\n1. 子；\n（2）丑；\n（二）二。", Items: []Item{
				{Text: "（一）一：\n1. 子；\n（2）丑；", Sub: []string{"1. 子；", "（2）丑；"}}, {Text: "（二）二。"}}},
			{Text: "乙。"}}},
		{"items of the second paragraph", "第一条 甲。\n乙：\n　　（一）一；\n　　（十一）二。", []Paragraph{
			{Text: "第一条 甲。"},
			{Text: "乙：\n　　（一）一；\n　　（十一）二。", Items: []Item{{Text: "（一）一；"}, {Text: "（十一）二。"}}}}},
		{"numbered lines without items above them are the items", "第一条 甲：\n1. 子；\n2、丑。", []Paragraph{
			{Text: "第一条 甲：\n1. 子；\n2、丑。", Items: []Item{{Text: "1. 子；"}, {Text: "2、丑。"}}}}},
		{"a year is no number", "第一条 甲。\n2026年起执行。", []Paragraph{{Text: "第一条 甲。"}, {Text: "2026年起执行。"}}},
		// 第一款 is what follows the label, also when the label has a line of its own
		{"label alone", "第一条\n\n甲。\n乙。", []Paragraph{{Text: "第一条\n\n甲。"}, {Text: "乙。"}}},
		{"label alone above items", "第一条\n（一）子；\n（二）丑。", []Paragraph{{Text: "第一条\n（一）子；\n（二）丑。", Items: []Item{{Text: "（一）子；"}, {Text: "（二）丑。"}}}}},
		{"label alone above numbered lines", "第一条\n1. 子；\n2. 丑。", []Paragraph{{Text: "第一条\n1. 子；\n2. 丑。", Items: []Item{{Text: "1. 子；"}, {Text: "2. 丑。"}}}}},
	} {
		if got := splitParagraphs(c.text); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

// A line that begins with 第十二条 may be the article or a sentence about it.
func TestGluedArticles(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"no space behind 条", "第一条为了规范。\n第二条提案。\n第二条之一插入。\n第三条结束。", "第一条 第二条 第二条之一 第三条"},
		{"a reference to the next article", "第一条 甲。\n第二条规定的期限，从次日起算。\n第二条 乙。", "第一条 第二条"},
		{"a list of the next articles", "第一条 甲。\n第二条、第三条的期限，从次日起算。\n第二条 乙。\n第三条 丙。", "第一条 第二条 第三条"},
		{"an item of the next article", "第一条 甲。\n第二条第一款的期限，从次日起算。\n第二条 乙。", "第一条 第二条"},
		{"a reference back", "第一条 甲。\n第二条 乙。\n第一条的期限，从次日起算。\n第三条 丙。", "第一条 第二条 第三条"},
		{"a reference far ahead", "第一条 甲。\n第十二条规定的期限，从次日起算。\n第二条 乙。", "第一条 第二条"},
		{"a subject far ahead", "第一条 甲。\n第十二条提案另行办理。\n第二条 乙。", "第一条 第二条"},
		// words that begin a reference begin ordinary sentences too
		{"中国", "第一条中国人民政治协商会议。\n第二条中共党员委员。", "第一条 第二条"},
		{"与会", "第一条为了规范。\n第二条与会人员应当守时。\n第三条以本人名义发言。", "第一条 第二条 第三条"},
		{"第一", "第一条为了规范。\n第二条第一提案人负责。", "第一条 第二条"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := labels(readOne(t, "rules/jia.md", rule("jia", "甲办法", c.body))); got != c.want {
				t.Errorf("articles %s, want %s", got, c.want)
			}
		})
	}
	r := readOne(t, "rules/jia.md", rule("jia", "甲办法", "第一条 甲。\n第十二条规定的除外。\n第二条 乙。"))
	if got := text(t, r, "1"); got != "第一条 甲。\n第十二条规定的除外。" {
		t.Errorf("the sentence left its article: %q", got)
	}
}

func TestNumberingChecks(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string // problems, the first line of body being 7
	}{
		{"gap", "第一条 甲。\n第二条 乙。\n\n第四条 丁。\n第五条 戊。", []string{"rules/jia.md:10|第二条之后是第四条，缺第三条"}},
		{"gap without spaces", "第一条甲。\n第二条乙。\n第四条丁。\n第五条戊。", []string{"rules/jia.md:9|缺第三条"}},
		{"two gaps", "第一条 甲。\n第三条 丙。\n第五条 戊。", []string{"rules/jia.md:8|缺第二条", "rules/jia.md:9|缺第四条"}},
		{"starts late", "第二条 乙。\n第三条 丙。", []string{"rules/jia.md:7|缺第一条"}},
		{"duplicate", "第一条 甲。\n第二条 乙。\n第二条 又乙。\n第三条 丙。", []string{"rules/jia.md:9|第二条重复"}},
		// a wrong number is one problem; what follows it is not wrong as well
		{"late duplicate", "第一条 甲。\n第二条 乙。\n第三条 丙。\n第二条 又乙。\n第四条 丁。", []string{"rules/jia.md:10|第二条重复"}},
		{"out of order", "第一条 甲。\n第二条 乙。\n第四条 丁。\n第三条 丙。\n第五条 戊。",
			[]string{"rules/jia.md:9|缺第三条", "rules/jia.md:10|第三条排在第四条之后"}},
		{"inserted gap", "第一条 甲。\n第一条之二 乙。\n第二条 丙。", []string{"rules/jia.md:8|缺第一条之一"}},
		{"inserted without its main article", "第一条 甲。\n第二条之一 乙。\n第三条 丙。", []string{"rules/jia.md:8|缺第二条"}},
		{"inserted duplicate", "第一条 甲。\n第一条之一 乙。\n第一条之一 丙。\n第二条 丁。", []string{"rules/jia.md:9|第一条之一重复"}},
		{"deleted keeps its number", "第一条 甲。\n第二条 （删去）\n第三条（已删除）\n第四条 丁。", nil},
		{"empty article", "第一条 甲。\n第二条\n第三条 丙。", []string{"rules/jia.md:8|第二条没有内容"}},
		{"no article", "提案应当一事一案。", []string{"rules/jia.md|没有找到任何条文", "rules/jia.md:7|不属于任何条"}},
		{"text before 第一条", "前言。\n第一条 甲。", []string{"rules/jia.md:7|「前言。」"}},
		{"asked before 第一条", "> 问：甲\n第一条 甲。", []string{"rules/jia.md:7|不在任何一条之后"}},
		{"empty asked", "第一条 甲。\n> 问：", []string{"rules/jia.md:8|「问：」后面是空的"}},
		{"annex twice", "第一条 甲。\n## 附件1 表\n甲\n## 附件2 表\n乙\n## 附件1 表\n丙", []string{"rules/jia.md:12|附件1重复"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			fsys := lib("rules/jia.md", rule("jia", "甲办法", c.body))
			if c.want == nil {
				mustRead(t, fsys)
				return
			}
			wantProblems(t, problemsOf(t, fsys), c.want...)
		})
	}
}

func TestProhibitions(t *testing.T) {
	head := strings.Replace(rule("shi", "会议纪律“十不准”", ""), "+++\n", "+++\nkind = \"prohibitions\"\naliases = [\"十不准\"]\n", 1)
	c := mustRead(t, lib("rules/jia.md", small, "rules/shi.md", head+"一、不准迟到。\n> 问：晚到行吗\n\n二、不准代会，\n第三人也不行。\n三、不准饮酒。\n"))
	rules, lists := c.RulesInForce()
	if len(rules) != 1 || len(lists) != 1 || lists[0].Kind != Prohibitions {
		t.Fatalf("%d rules and %d lists", len(rules), len(lists))
	}
	second := c.Article("shi#2")
	if second == nil || second.Text != "二、不准代会，\n第三人也不行。" || second.Citation() != "《会议纪律“十不准”》第二条" {
		t.Errorf("shi#2 = %+v", second)
	}
	for _, name := range []string{"十不准", "《十不准》", "会议纪律\"十不准\"", "《会议纪律“十不准”》", "会议纪律「十不准」"} {
		if c.RuleByName(name) != lists[0] {
			t.Errorf("%s is not found by name", name)
		}
	}
	wantProblems(t, problemsOf(t, lib("rules/shi.md", head+"一、不准迟到。\n三、不准饮酒。\n")), "rules/shi.md:10|缺第二条")
	// in an ordinary rule such a line is text
	r := readOne(t, "rules/jia.md", rule("jia", "甲办法", "第一条 甲：\n一、子；\n二、丑。\n"))
	if got := text(t, r, "1"); got != "第一条 甲：\n一、子；\n二、丑。" {
		t.Errorf("%q", got)
	}
}

func TestExcerpt(t *testing.T) {
	twenty := strings.Repeat("字", 20)
	for in, want := range map[string]string{"": "", twenty: twenty, twenty + "一": twenty + "……"} {
		if got := excerpt(in); got != want {
			t.Errorf("excerpt(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNeighbour(t *testing.T) {
	r := readOne(t, "rules/jia.md", rule("jia", "甲办法", "第一条 甲。\n第一条之一 乙。\n第二条 丙。\n"))
	first, inserted, last := r.Articles[0], r.Articles[1], r.Articles[2]
	if first.Neighbour(1) != inserted || last.Neighbour(-1) != inserted || first.Neighbour(2) != last || last.Neighbour(-2) != first {
		t.Error("上一条 and 下一条 go by place, so that inserted articles are met")
	}
	if first.Neighbour(-1) != nil || last.Neighbour(1) != nil {
		t.Error("the ends of a rule have no neighbour")
	}
}
