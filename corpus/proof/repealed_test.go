package proof

import "testing"

const old = "+++\nid = \"jia\"\ntitle = \"旧甲办法\"\naliases = [\"老办法\"]\neffective = 2019-02-01\nstatus = \"repealed\"\n+++\n第一条 旧。\n"

func TestRepealed(t *testing.T) {
	now := rule("jia", "甲办法", "第一条 甲。\n第二条 （删去）\n第三条 依照《旧甲办法》办理，《别人的办法》另有规定的除外。\n第四条 依照本办法第二条、《甲办法》第一条办理。\n")
	r := checked(t, "rules/jia.md", now, "rules/jia.2019.md", old,
		"stories/s.md", story("s", "北宋", "故事。", "jia#1@2019-02-01", "jia#1"), "notices/n.md", notice("n", "见《老办法》。", "jia#2"),
		"cases/c.md", caseOf("c", "对照《甲办法》和《论语》。", "jia#1"),
		"questions/q.toml", question("q-1", "按《旧甲办法》怎么办？", "A", "因为。", "jia#1@2019-02-01", "甲", "乙", "丙"),
		"talk/talk.toml", "[[reply]]\nid = \"r\"\nsay = [\"好\"]\ntext = \"请看《旧甲办法》。\"\n")
	want(t, r.Findings,
		"repealed n notices/n.md:5|依据的 jia#2", "repealed n notices/n.md:7|《老办法》",
		"repealed q-1 questions/q.toml:2|jia#1@2019-02-01", "repealed q-1 questions/q.toml:2|《旧甲办法》",
		"repealed jia#3 rules/jia.md:9|《旧甲办法》", "repealed jia#4 rules/jia.md:10|第二条",
		"repealed s stories/s.md:6|jia#1@2019-02-01", "repealed r talk/talk.toml:4|《旧甲办法》")
}

// An explanation names the article that decides it.
func TestOtherArticle(t *testing.T) {
	a, b := rule("jia", "甲办法", "第一条 甲。\n第二条 乙。\n"), rule("yi", "乙办法", "第一条 丙。\n")
	for said, found := range map[string]string{
		"第一条这样规定。":      "",
		"《甲办法》第一条这样规定。": "",
		"第二条这样规定。":      "解析写到第二条",
		"《乙办法》第一条这样规定。": "解析写到《乙办法》第一条",
		"甲办法这样规定。":      "",
	} {
		r := checked(t, "rules/a.md", a, "rules/b.md", b, "questions/q.toml", question("q-1", "怎么办？", "A", said, "jia#1", "甲", "乙", "丙"))
		if found == "" {
			want(t, r.Findings)
		} else {
			want(t, r.Findings, "?repealed q-1 questions/q.toml:2|"+found)
		}
	}
}
