package proof

import (
	"strings"
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

// Each way to write an hour of twenty-four, and a last day that could be a window.
func TestGeneralTermsWritten(t *testing.T) {
	for text, found := range map[string]bool{
		"晚上20:30散会": true, "夜里23点值班": true, "下午13：00开会": true, "晚上19时散会": true, "下午12时开会": false, "晚上9:30散会": false, "下午15人开会": false,
		"离岗前的5日以内清退": true, "离岗前5天之内清退": true, "离岗前5天清退": false, "给予党纪严重警告处分以上的": true, "给予党内严重警告处分的": false,
	} {
		got := only(Terms, checked(t, "rules/jia.md", rule("jia", "甲办法", "第一条 "+text+"。\n")).Findings)
		if len(got) > 1 || (len(got) == 1) != found {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

// Titles of contents and explanations are shown as well; the title of a repealed rule is
// what it was.
func TestTermsOfTitles(t *testing.T) {
	r := checked(t, "rules/jia.md", rule("jia", "甲办法", "第一条 甲。\n"), "rules/jia.2019.md", strings.ReplaceAll(old, "旧甲办法", "询问办法"),
		"stories/s.md", strings.Replace(story("s", "北宋", "故事。"), "故事", "询问", 1),
		"questions/q.toml", question("q-1", "怎么办？", "A", "因为要询问。", "jia#1", "甲", "乙", "丙"), corpus.FactsFile, inquiry)
	want(t, r.Findings, "term q-1 questions/q.toml:6|因为要询问", "term s stories/s.md:3|询问")
}

// Everything that findings name is known to in; what is not is said with the rules that
// somebody may have meant, if they are few.
func TestTermsInUnknown(t *testing.T) {
	files := []string{"questions/q.toml", question("q-1", "怎么办？", "A", "如此。", "jia-1#1", "甲", "乙", "丙"), "stories/s.md", story("s", "北宋", "故事。"),
		"synonyms/s.txt", "了解情况 问情况\n", "rules/0.md", strings.Replace(strings.Replace(old, `"jia"`, `"jia-0"`, 1), "旧甲", "丁", 1)}
	for i, title := range []string{"甲办法", "乙办法", "丙办法", "丙规则"} {
		n := string(rune('1' + i))
		files = append(files, "rules/"+n+".md", rule("jia-"+n, title, "第一条 "+title+"。\n"))
	}
	for in, fix := range map[string]string{
		"q-1": "", "s": "", "synonyms/s.txt": "", "jia-1": "", "jia-1#1": "", "jia-0": "",
		"q-2": "请改正", "jia": "请改正", // four
		"办法": "请改正，是不是 jia-1、jia-2、jia-3", "丙": "请改正，是不是 jia-3、jia-4", "ia-2": "请改正，是不是 jia-2", "丁": "请改正",
	} {
		got := only(Table, checked(t, append(files, corpus.FactsFile, inquiry+"in = [\""+in+"\"]\n")...).Findings)
		if (len(got) == 0) != (fix == "") || len(got) == 1 && got[0].Fix != fix {
			t.Errorf("in %s: %+v", in, got)
		}
	}
}
