package proof

import (
	"strings"
	"testing"

	"lianwen/corpus"
)

func factOf(lines ...string) string {
	return "[[fact]]\nname = \"某事\"\n" + strings.Join(lines, "\n") + "\n"
}

const money = "第一条 行科每半年公开一次接待支出。\n第二条 行科每月公开车辆支出，\n> 问：多久公开\n并在每年2月底前公开上年度差旅支出。\n第三条 公开会议，每年1次。\n第四条 5个工作日内公开支出预算。\n"

func TestFactPeriod(t *testing.T) {
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", money), corpus.FactsFile, factOf(`kind = "period"`, `about = ["公开|公布", "支出"]`, `says = ["每半年"]`))
	want(t, r.Findings, "fact jia#2 rules/jia.md:8|「每月」", "fact jia#2 rules/jia.md:10|「每年」")
	// what the sentence is not about, by word or by rule
	r = checked(t, "rules/jia.md", rule("jia", "甲办法", money), corpus.FactsFile, factOf(`kind = "period"`, `about = ["公开", "支出"]`, `not = ["车辆"]`, `says = ["每半年", "每年"]`))
	want(t, r.Findings)
	r = checked(t, "rules/jia.md", rule("jia", "甲办法", money), "rules/yi.md", rule("yi", "乙办法", "第一条 每季度公开支出。\n"),
		corpus.FactsFile, factOf(`kind = "period"`, `about = ["公开", "支出"]`, `in = ["yi"]`, `says = ["每季度"]`))
	want(t, r.Findings)
}

// A length is compared with lengths, 内 or not; one with words around it wants them.
func TestFactLength(t *testing.T) {
	body := "第一条 泄密的，由秘科核实后24小时内报告。\n第二条 泄密的，应当自发现之时起24小时内报告。\n第三条 泄密的，每年报告。\n"
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", body), corpus.FactsFile, factOf(`kind = "period"`, `about = ["泄密"]`, `says = ["发现之时起24小时内"]`))
	want(t, r.Findings, "fact jia#1 rules/jia.md:7|「24小时」")
	r = checked(t, "rules/jia.md", rule("jia", "甲办法", body), corpus.FactsFile, factOf(`kind = "period"`, `about = ["泄密"]`, `says = ["2小时内"]`))
	want(t, r.Findings, "fact jia#1 rules/jia.md:7|24", "fact jia#2 rules/jia.md:8|24")
	r = checked(t, "rules/jia.md", rule("jia", "甲办法", body), corpus.FactsFile, factOf(`kind = "period"`, `about = ["泄密"]`, `says = ["24小时"]`))
	want(t, r.Findings)
}

func TestFactApprover(t *testing.T) {
	body := "第一条 提前离开的，应当经小组召集人同意。\n第二条 中途离开的，应当告知小组召集人。\n第三条 离开的，由副秘书长批准。\n"
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", body), corpus.FactsFile, factOf(`kind = "approver"`, `about = ["离开"]`, `says = ["同意"]`))
	want(t, r.Findings, "fact jia#2 rules/jia.md:8|「告知小组召集人」", "fact jia#3 rules/jia.md:9|副秘书长批准")
	r = checked(t, "rules/jia.md", rule("jia", "甲办法", body), corpus.FactsFile, factOf(`kind = "approver"`, `about = ["离开"]`, `not = ["中途"]`, `says = ["小组召集人", "秘书长"]`))
	want(t, r.Findings, "fact jia#3 rules/jia.md:9|副秘书长批准")
}

func TestFactAmount(t *testing.T) {
	body := "第一条 陪餐不超过3人。\n第二条 陪餐不超过5人，用时1天。\n第三条 陪餐每人60元。\n"
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", body), corpus.FactsFile, factOf(`kind = "amount"`, `about = ["陪餐"]`, `says = ["3人"]`))
	want(t, r.Findings, "fact jia#2 rules/jia.md:8|「5人」")
}

func TestFactRoute(t *testing.T) {
	body := "第一条 检举控告由机关纪委受理。\n第二条 检举控告移送有管辖权的机关。\n第三条 属于检举控告的，拨打12388。\n"
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", body), corpus.FactsFile, factOf(`kind = "route"`, `about = ["检举控告"]`, `says = ["有管辖权的机关|12388"]`))
	want(t, r.Findings, "fact jia#1 rules/jia.md:7|有管辖权的机关")
}

// Words must all stand: in the articles named, in the sentences about the thing, or
// somewhere.
func TestFactWords(t *testing.T) {
	body := "第一条 不予立案：指名举报的；党派内部的。\n第二条 不予立案的，说明理由。\n"
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", body), corpus.FactsFile, factOf(`kind = "words"`, `cites = ["jia#1"]`, `says = ["举报|检举", "学术研讨"]`))
	want(t, r.Findings, "fact jia#1 rules/jia.md:7|学术研讨")
	r = checked(t, "rules/jia.md", rule("jia", "甲办法", body), corpus.FactsFile, factOf(`kind = "words"`, `about = ["不予立案"]`, `says = ["理由"]`))
	want(t, r.Findings, "fact jia#1 rules/jia.md:7|理由")
	r = checked(t, "rules/jia.md", rule("jia", "甲办法", body), corpus.FactsFile, factOf(`kind = "words"`, `says = ["理由", "中央八项规定"]`))
	want(t, r.Findings, "fact 某事 facts.toml:1|中央八项规定")
	r = checked(t, "rules/jia.md", rule("jia", "甲办法", body), "rules/yi.md", rule("yi", "乙办法", "第一条 乙。\n"),
		corpus.FactsFile, factOf(`kind = "words"`, `in = ["yi"]`, `says = ["理由"]`))
	want(t, r.Findings, "fact 某事 facts.toml:1|理由")
}

// An item is about what the words that open its list are about.
func TestFactItem(t *testing.T) {
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", "第一条 请假按下列权限批准：\n（一）1天的，由科长批准；\n（二）3天的，由秘书长批准。\n"),
		corpus.FactsFile, factOf(`kind = "approver"`, `about = ["请假", "3天"]`, `says = ["主席"]`))
	want(t, r.Findings, "fact jia#1 rules/jia.md:9|秘书长批准")
}

// Articles that must state it, and a table that fits nothing.
func TestFactCites(t *testing.T) {
	old := "+++\nid = \"jia\"\ntitle = \"甲办法\"\neffective = 2019-02-01\nstatus = \"repealed\"\n+++\n第一条 每半年公开。\n"
	files := []string{"rules/jia.md", rule("jia", "甲办法", money), "rules/jia.2019.md", old, corpus.FactsFile}
	r := checked(t, append(files, factOf(`kind = "period"`, `cites = ["jia#1", "jia#3"]`, `says = ["每半年"]`))...)
	want(t, r.Findings, "fact jia#3 rules/jia.md:11|每半年")
	r = checked(t, append(files, factOf(`kind = "period"`, `cites = ["jia#9", "jia#1@2019-02-01"]`, `says = ["每半年"]`))...)
	want(t, r.Findings, "table facts.toml facts.toml:1|jia#1@2019-02-01", "table facts.toml facts.toml:1|jia#9")
	r = checked(t, append(files, factOf(`kind = "period"`, `about = ["退休"]`, `in = ["yi"]`, `says = ["每半年"]`))...)
	want(t, r.Findings, "table facts.toml facts.toml:1|没有一句", "table facts.toml facts.toml:1|in 写的 yi")
}

// What the table itself has wrong is said with what was likely meant.
func TestFactTable(t *testing.T) {
	files := []string{"rules/jia-bm.md", rule("jia-bm", "甲办法", money), corpus.FactsFile}
	for lines, what := range map[[3]string]string{
		{`kind = "amount"`, `about = ["公开"]`, `says = ["60"]`}:     "says 写的「60」读不出",
		{`kind = "period"`, `about = ["公开"]`, `says = ["每半年|按时"]`}: "says 写的「按时」读不出",
		{`kind = "words"`, `cites = ["jia#1"]`, `says = ["每半年"]`}:  "jia#1 不在现行制度里",
		{`kind = "words"`, `in = ["甲办法"]`, `says = ["每半年"]`}:       "in 写的 甲办法 不在制度库里",
	} {
		got := only(Table, checked(t, append(files, factOf(lines[:]...))...).Findings)
		want(t, got, "table facts.toml facts.toml:1|"+what)
		if guess := strings.HasSuffix(got[0].Fix, "，是不是 jia-bm"); guess == strings.Contains(what, "says") {
			t.Errorf("%s: %s", what, got[0].Fix)
		}
	}
}

func TestValues(t *testing.T) {
	for _, v := range []struct{ kind, text, want string }{
		{"period", "每半年或者每2个月", "每半年 每2个月"},
		{"period", "每年1月31日前，3个工作日内，2小时", "1月31日 每年 3个工作日 2小时"},
		{"period", "自2026年2月1日起，2026年度，满5年", "5年"},
		{"period", "每年12月底前，次年1月上旬，二〇二六年三月五日", "12月底 1月上旬 每年"},
		{"period", "第3日17时，10日至15日", "3日 10日"},
		{"amount", "3万元以上，百分之五，10人，第七条，6次", "3万元 10人 6次"},
		{"approver", "由分管副秘书长审核、秘书长签发", "分管副秘书长审核 秘书长签发"},
		{"approver", "报机关党组会议研究，告知小组召集人", "机关党组会议研究 小组召集人告知"},
		{"approver", "主席会议", ""},
	} {
		var got []string
		for _, found := range values(v.kind, v.text) {
			got = append(got, found.text)
		}
		if strings.Join(got, " ") != v.want {
			t.Errorf("%s in %s: %q", v.kind, v.text, got)
		}
	}
}

// A right value behind ； does not hide a wrong one before it; in one part it says what
// the sentence leaves open.
func TestFactParts(t *testing.T) {
	fact := []string{corpus.FactsFile, factOf(`kind = "period"`, `about = ["登记"]`, `says = ["5个工作日"]`)}
	for text, wrong := range map[string]string{
		"活动结束后9个工作日内登记；大会的情况在闭幕后5个工作日内集中登记。": "「9个工作日」",
		"活动结束后5个工作日内登记；逾期的在9个工作日内答复。":        "",
		"登记的期限：活动结束后5个工作日；补报的3个月。":           "",
	} {
		r := checked(t, append(fact, "rules/jia.md", rule("jia", "甲办法", "第一条 "+text+"\n"))...)
		if wrong == "" {
			want(t, only(Facts, r.Findings))
			continue
		}
		want(t, only(Facts, r.Findings), "fact jia#1 rules/jia.md:7|"+wrong)
	}
}

// What is told and asked of the thing says no other value, where it rests on the rules
// that are looked at.
func TestFactTold(t *testing.T) {
	files := []string{"rules/jia.md", rule("jia", "甲办法", "第一条 每半年公开支出。\n"), "rules/yi.md", rule("yi", "乙办法", "第一条 乙。\n"),
		"notices/n.md", notice("n", "支出每月公开。会议每月一次。", "jia#1"), "notices/m.md", notice("m", "支出每年公开。", "yi#1"), "cases/c.md", caseOf("c", "没有按期公开支出。", "jia#1"),
		"questions/q.toml", question("q-1", "支出多久公开一次？", "B", "按期公开。", "jia#1", "每半年", "每季度", "每年") + question("q-2", "支出多久公开？", "A", "每半年公开。", "jia#1", "每半年", "每季度", "每年"),
		corpus.FactsFile}
	r := checked(t, append(files, factOf(`kind = "period"`, `about = ["公开", "支出"]`, `in = ["jia"]`, `says = ["每半年"]`, `why = "上级要求"`))...)
	got := only(Facts, r.Findings)
	want(t, got, "fact n notices/n.md:7|「每月」", "fact q-1 questions/q.toml:2|「每季度」")
	if fix := got[0].Fix; fix != "请改成「每半年」（上级要求），或改核对表 facts.toml 第 1 行" {
		t.Error(fix)
	}
}

// What is told of another thing, or rests on rules that are not looked at, is not compared;
// what the items of a list are about may stand in the words that open it.
func TestFactScope(t *testing.T) {
	fact := factOf(`kind = "period"`, `about = ["公开", "支出"]`, `in = ["jia"]`, `says = ["每半年"]`)
	files := []string{"rules/jia.md", rule("jia", "甲办法", "第一条 支出按下列期限公开：\n（一）车辆的，每月；\n（二）接待的，每半年。\n"),
		"rules/yi.md", rule("yi", "乙办法", "第一条 每月公开支出。\n"),
		"questions/q.toml", question("q-1", "支出多久公开？", "A", "如此。", "yi#1", "每月", "每半年", "每年") + question("q-2", "多久开会？", "A", "如此。", "jia#1", "每月", "每半年", "每年") +
			question("q-3", "支出要公开吗？", "A", "每季度公开。", "jia#1", "要的", "不必", "不许"), corpus.FactsFile, fact}
	want(t, only(Facts, checked(t, files...).Findings), "fact q-3 questions/q.toml:16|「每季度」", "fact jia#1 rules/jia.md:8|「每月」")
	r := checked(t, append(files[:len(files)-1:len(files)-1], factOf(`kind = "words"`, `in = ["yi"]`, `says = ["每月"]`)+factOf(`kind = "words"`, `about = ["接待"]`, `says = ["支出"]`))...)
	want(t, only(Facts, r.Findings))
	// a deleted article states nothing
	r = checked(t, "rules/jia.md", rule("jia", "甲办法", "第一条 甲。\n第二条 （删去）\n"), corpus.FactsFile, factOf(`kind = "words"`, `cites = ["jia#2"]`, `says = ["删去"]`))
	want(t, r.Findings, "table facts.toml facts.toml:1|jia#2 不在现行制度里")
}
