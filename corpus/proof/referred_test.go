package proof

import "testing"

// What is said in one clause with another rule stands there too.
func TestReferred(t *testing.T) {
	jia := rule("jia", "甲办法", "第一条 发现泄露的，24小时内报告。\n\n第二条 更正在7个工作日内答复，费用不超过60元。\n")
	for text, found := range map[string]string{
		"涉密的由秘书科按照《甲办法》在24小时内上报。":            "",
		"涉密的由秘书科按照《甲办法》在48小时内上报。":            "写的「48小时」，《甲办法》里没有",
		"漏记的按照《甲办法》第二条在七个工作日内答复。":            "",
		"漏记的按照《甲办法》第二条在7个工作日内答复。":            "",
		"漏记的按照《甲办法》第二条在10个工作日内答复。":           "写的「10个工作日」，《甲办法》第二条里没有",
		"漏记的按照《甲办法》第一条在7个工作日内答复。":            "写的「7个工作日」，《甲办法》第一条里没有",
		"费用比照《甲办法》第二条不超过80元；另有规定的除外。":        "写的「80元」",
		"费用按照《甲办法》第二条办理，5个工作日内报销。":           "", // of something else
		"按照《丙办法》在3日内办理。":                     "", // not in the library
		"《甲办法》施行后3日内公布。":                     "", // nothing is done by it
		"按照《乙办法》第一条在9日内办理，按照《甲办法》第二条在9日内答复。": "写的「9日」，《甲办法》第二条里没有",
	} {
		got := only(Figures, checked(t, "rules/jia.md", jia, "rules/yi.md", rule("yi", "乙办法", "第一条 "+text+"\n")).Findings)
		if found == "" {
			want(t, got)
			continue
		}
		want(t, got, "?figure yi#1 rules/yi.md:7|"+found)
	}
}
