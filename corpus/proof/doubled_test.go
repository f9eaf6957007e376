package proof

import "testing"

func TestDoubledLines(t *testing.T) {
	a := rule("jia", "甲办法", "第一条 甲。\n> 问：稿子最多写多少字\n> 问：谁写\n第二条 乙。\n> 问：稿子，最多写多少字？\n> 问：几个人写\n> 问：几个人写！\n")
	b := rule("yi", "乙办法", "第一条 丙。\n> 问：谁写?\n> 问：谁来写\n")
	asked := "[1] 第一条\n谁写\n"
	r := checked(t, "rules/a.md", a, "rules/b.md", b)
	want(t, r.Findings, "doubled jia#2 rules/a.md:11|稿子", "doubled jia#2 rules/a.md:13|「几个人写！」在《甲办法》第二条写了两遍", "doubled yi#1 rules/b.md:8|「谁写?」既在《甲办法》第一条，又在《乙办法》第一条")
	r = checked(t, "rules/a.md", rule("jia", "甲办法", "第一条 甲。\n> 问：谁写\n"), "rules/b.md", rule("yi", "乙办法", "第一条 丙。\n"), "asked/yi.txt", asked)
	want(t, r.Findings, "doubled yi#1 asked/yi.txt:2|谁写")
}

func TestSameTwice(t *testing.T) {
	same := "受到刁难、威胁或者打击报复的，可以向委员联络科书面反映，由办公室核实"
	r := checked(t, "rules/a.md", rule("jia", "甲办法", "第一条 甲。\n第二条 委员"+same+"。\n"), "rules/b.md", rule("yi", "乙办法", "第一条 干部因工作"+same+"并告知。\n"))
	want(t, r.Findings, "?doubled jia#2 yi#1 rules/a.md:8|《甲办法》第二条和《乙办法》第一条说的一样")
	for name, other := range map[string]string{
		"who refers to the other":   "第一条 按照《甲办法》，" + same + "。\n",
		"what a third rule says":    "第一条 受到刁难、威胁或者打击报复的，可以依照《丙办法》向委员联络科书面反映。\n",
		"a shorter run":             "第一条 受到刁难、威胁或者打击报复的，可以向委员联络科反映。\n",
		"what every rule ends with": "第一条 本办法由市政协办公室负责解释，自二〇二六年二月一日起施行，以前的规定同时废止。\n",
	} {
		t.Run(name, func(t *testing.T) {
			want(t, checked(t, "rules/a.md", rule("jia", "甲办法", "第一条 甲。\n第二条 委员"+same+"。\n第三条 本办法由市政协办公室负责解释，自二〇二六年二月一日起施行，以前的规定同时废止。\n"), "rules/b.md", rule("yi", "乙办法", other)).Findings)
		})
	}
	// within one rule an office may say a thing twice
	want(t, checked(t, "rules/a.md", rule("jia", "甲办法", "第一条 委员"+same+"。\n第二条 干部"+same+"。\n")).Findings)
}

// Set phrases of all rules and laws are not told, only what stands beside them; nor are 23
// characters in a row, and 24 are.
func TestSameTwiceOf(t *testing.T) {
	const run = "各科室收到来文以后先登记编号再送分管领导批示然后办"
	runes := []rune(run)
	for text, found := range map[string]bool{
		string(runes[:24]): true, string(runes[:23]): false, string(runes[:12]) + "，" + string(runes[12:]): true,
		"本办法由办公室负责解释" + run: false, "以马克思列宁主义为指导" + run: false, "直接负责的主管人员" + run: false, "构成犯罪的依法追究刑事责任" + run: false, "与别的机关联合印发的" + run: false,
	} {
		got := checked(t, "rules/a.md", rule("jia", "甲办法", "第一条 "+text+"。\n"), "rules/b.md", rule("yi", "乙办法", "第一条 "+text+"。\n")).Findings
		if len(got) > 1 || (len(got) == 1) != found {
			t.Errorf("%s: %+v", text, got)
		}
	}
	// whichever of two names the other refers to it
	a := rule("jia", "甲办法", "第一条 按照《乙办法》，"+run+"。\n")
	want(t, checked(t, "rules/a.md", a, "rules/b.md", rule("yi", "乙办法", "第一条 "+run+"。\n")).Findings)
	// letters of either size ask the same
	r := checked(t, "rules/a.md", rule("jia", "甲办法", "第一条 甲。\n> 问：app怎么用\n> 问：APP怎么用\n"))
	want(t, r.Findings, "doubled jia#1 rules/a.md:9|写了两遍")
}
