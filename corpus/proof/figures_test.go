package proof

import "testing"

const limits = "第一条 收到之日起5个工作日内上交，每年不超过2次，每人60元。\n第二条 每半年检查一次。\n"

func TestFiguresOfQuestions(t *testing.T) {
	for said, found := range map[string]string{
		"5个工作日内上交。":         "",
		"5 工作日内上交":          "",
		"6个工作日内上交。":         "「6个工作日」",
		"每年检查。":             "",
		"每半年检查。":            "「每半年」", // it is in an article that is not cited
		"每人40元。":            "「40元」",
		"不超过3次。":            "「3次」",
		"陪餐可以有3人。":          "",
		"两个月以后再说。":          "",
		"老王15日收到，5个工作日内上交。": "",
	} {
		got := checked(t, "rules/jia.md", rule("jia", "甲办法", limits), "questions/q.toml", question("q-1", "15日收到的怎么办？", "A", said, "jia#1", "上交", "退回", "留下")).Findings
		if found == "" {
			want(t, got)
		} else {
			want(t, got, "?figure q-1 questions/q.toml:2|解析写的"+found)
		}
	}
}

func TestFiguresOfContents(t *testing.T) {
	a := rule("jia", "甲办法", limits)
	r := checked(t, "rules/jia.md", a, "notices/n.md", notice("n", "三件小事。7个工作日内上交。", "jia#1"), "notices/m.md", notice("m", "一年将尽，5个工作日内上交，每半年查一次。", "jia#1", "jia#2"))
	want(t, r.Findings, "?figure n notices/n.md:7|「7个工作日」")
	r = checked(t, "rules/jia.md", a, "cases/c.md", caseOf("c", "某人过了20天才交。\n对照：第一条规定，10个工作日内上交。", "jia#1"))
	want(t, r.Findings, "?figure c cases/c.md:7|「10个工作日」")
}

// What is counted is no limit, in whatever unit; days of the year are no period.
func TestFiguresCounted(t *testing.T) {
	for said, found := range map[string]bool{
		"来了4名。": false, "来了4位。": false, "印了4页。": false, "讲了4场。": false, "讲了4场次。": false, "来了4人次。": false, "收了4件。": false,
		"9月4日收到。": false, "过了4天。": true, "收了4元。": true, "写了4篇。": true, "15日收到。": false,
	} {
		r := checked(t, "rules/jia.md", rule("jia", "甲办法", limits), "questions/q.toml", question("q-1", "15日收到的怎么办？", "A", said, "jia#1", "上交", "退回", "留下"))
		if (len(r.Findings) == 1) != found {
			t.Errorf("%s: %+v", said, r.Findings)
		}
	}
}
