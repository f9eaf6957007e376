package proof

import (
	"testing"

	"lianwen/corpus"
)

func TestGeneralTerms(t *testing.T) {
	for text, found := range map[string]string{
		"机关下午14时30分上班":            "二十四小时制",
		"机关下午2时30分上班":             "",
		"机关14时30分上班":              "",
		"机关上午10时上班":               "",
		"离岗前5个工作日内清退":             "读成最晚",
		"到岗前十日之内完成":               "读成最晚",
		"至迟在离岗前5个工作日清退":           "",
		"离岗前5个工作日内清退（至迟在离岗前1日办结）": "",
		"会前7日送达":                  "",
		"离岗前，5日内清退":               "",
		"受到党纪严重处分的":               "撤销党内职务",
		"受到撤销党内职务以上处分的":           "",
	} {
		r := checked(t, "rules/jia.md", rule("jia", "甲办法", "第一条 "+text+"。\n"))
		if found == "" {
			want(t, r.Findings)
			continue
		}
		want(t, r.Findings, "?term jia#1 rules/jia.md:7|")
		if said := r.Findings[0].What + r.Findings[0].Fix; !containsAny(said, []string{found}) {
			t.Errorf("%s: %s", text, said)
		}
	}
}

const inquiry = "[[term]]\nwords = [\"询问\"]\nunless = [\"派出所\"]\nwhy = \"人大的用语\"\ninstead = \"「了解情况」\"\n"

// Every text that people are shown is looked at, and the synonyms; how people ask is not.
func TestTermsEverywhere(t *testing.T) {
	r := checked(t,
		"rules/jia.md", rule("jia", "甲办法", "第一条 【提出询问】 可以提出询问。\n> 问：能不能询问\n第二条 派出所询问的，应当配合。\n"),
		"rules/yi.md", rule("yi", "询问办法", "第一条 乙。\n"),
		"stories/s.md", story("s", "北宋", "有人询问他。"), "notices/n.md", notice("n", "请询问。"), "cases/c.md", caseOf("c", "有人询问。", "jia#1"),
		"questions/q.toml", question("q-1", "谁可以询问？", "A", "因为可以。", "jia#1", "委员", "询问的人", "别人"),
		"synonyms/s.txt", "了解情况 询问\n", corpus.FactsFile, inquiry)
	want(t, r.Findings, "term c cases/c.md:6|有人询问", "term n notices/n.md:7|请询问",
		"term q-1 questions/q.toml:3|谁可以询问", "term q-1 questions/q.toml:4|询问的人",
		"term jia#1 rules/jia.md:7|可以提出询问", "term jia#1 rules/jia.md:7|「提出询问」", "term yi rules/yi.md:3|询问办法",
		"term s stories/s.md:8|有人询问", "term synonyms/s.txt synonyms/s.txt:1|询问")
}

// A term can be meant for some rules, articles, stories or questions only.
func TestTermsIn(t *testing.T) {
	files := []string{"rules/jia.md", rule("jia", "甲办法", "第一条 询问。\n第二条 询问。\n"), "stories/s.md", story("s", "北宋", "询问。"), corpus.FactsFile}
	for in, found := range map[string][]string{
		`"jia"`:      {"term jia#1 rules/jia.md:7|", "term jia#2 rules/jia.md:8|"},
		`"jia#2"`:    {"term jia#2 rules/jia.md:8|"},
		`"s"`:        {"term s stories/s.md:8|"},
		`"nobody"`:   {"table facts.toml facts.toml:1|nobody"},
		`"s", "jia"`: {"term jia#1 rules/jia.md:7|", "term jia#2 rules/jia.md:8|", "term s stories/s.md:8|"},
	} {
		want(t, checked(t, append(files, inquiry+"in = ["+in+"]\n")...).Findings, found...)
	}
}

// The words that open a list are looked at once, however many items it has.
func TestTermsOfLists(t *testing.T) {
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", "第一条 可以询问下列事项：\n（一）甲；\n（二）向下列人员询问：\n1. 乙；\n2. 丙。\n"), corpus.FactsFile, inquiry)
	want(t, r.Findings, "term jia#1 rules/jia.md:7|可以询问", "term jia#1 rules/jia.md:9|向下列人员询问")
}

func TestTermsMatch(t *testing.T) {
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", "第一条 没有造成泄密的，由秘书长约谈。\n第二条 造成泄密的，由秘书长约谈。\n"),
		corpus.FactsFile, "[[term]]\nmatch = ['没有造成泄密.{0,20}约谈']\nwhy = \"不论后果都要处分\"\ninstead = \"依法给予处分\"\n")
	want(t, r.Findings, "term jia#1 rules/jia.md:7|没有造成泄密的，由秘书长约谈")
}

// What is asked for may be just those days.
func TestLastDaysAsked(t *testing.T) {
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", "第一条 甲。\n"), "questions/q.toml", question("q-1", "在哪段时间？下午15时吗？", "A", "如此。", "jia#1", "离岗前5日内", "离岗前7日内", "到岗后"))
	want(t, r.Findings, "?term q-1 questions/q.toml:3|15时")
}
