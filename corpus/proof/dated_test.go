package proof

import (
	"strings"
	"testing"
)

func TestDated(t *testing.T) {
	a := rule("jia", "甲办法", clean)
	for text, found := range map[string]string{
		"2025年中秋，请从简。":     "2025年",
		"2026年中秋，请从简。":     "",
		"10月1日至7日放假，请从简。":  "10月1日至7日",
		"9月25日（周五）至27日放假。": "9月25日",
		"放假8天，请从简。":        "放假8天",
		"按放假安排调休，请从简。":     "调休",
		"9月10日前交行政科。":      "",
	} {
		r := checked(t, "rules/a.md", a, "notices/n.md", notice("n", text, "jia#1"))
		if found == "" {
			want(t, r.Findings)
		} else {
			want(t, only(Dated, r.Findings), "dated n notices/n.md:7|"+found)
		}
	}
	r := checked(t, "rules/a.md", a, "cases/c.md", caseOf("c", "2024年，某人。", "jia#1"), "stories/s.md", story("s", "现代", "2019年，某人。", "jia#1"))
	want(t, r.Findings, "?dated c cases/c.md:6|2024年")
}

// A rule that was to hold for so many years, all over.
func TestExpired(t *testing.T) {
	for text, found := range map[string]bool{
		"本办法有效期5年。": false, "本办法有效期至2030年。": false, "本办法有效期至2026年12月31日。": false,
		"本办法有效期至2025年。": true, "本办法有效期为零年。": false,
	} {
		r := checked(t, "rules/a.md", rule("jia", "甲办法", "第一条 甲。\n第二条 "+text+"\n"))
		if found {
			want(t, r.Findings, "?dated jia#2 rules/a.md:8|年已满")
		} else {
			want(t, r.Findings)
		}
	}
	old := strings.Replace(rule("jia", "甲办法", "第一条 本办法有效期五年。\n"), "2026-02-01", "2021-11-28", 1)
	want(t, checked(t, "rules/a.md", old).Findings, "?dated jia#1 rules/a.md:7|到 2026 年已满")
	want(t, checked(t, "rules/a.md", strings.Replace(old, "11-28", "11-29", 1)).Findings)
}

func TestLengths(t *testing.T) {
	body := "第一条 甲。\n> 问：" + strings.Repeat("谁", 61) + "\n第二条 乙。\n> 问：" + strings.Repeat("何", 60) + "\n"
	long := question("q-1", strings.Repeat("题", 200), "A", strings.Repeat("解", 91), "jia#1", strings.Repeat("甲", 41), strings.Repeat("乙", 40), "丙")
	fits := question("q-2", strings.Repeat("问", 200), "B", strings.Repeat("析", 90), "jia#1", strings.Repeat("甲", 40), strings.Repeat("乙", 39), "丙")
	r := checked(t, "rules/a.md", rule("jia", "甲办法", body), "questions/q.toml", long+fits)
	want(t, r.Findings, "?length q-1 questions/q.toml:2|解析有 91 字", "?length q-1 questions/q.toml:2|选项 A 有 41 字", "?length q-1 questions/q.toml:2|282 字",
		"?length jia#1 rules/a.md:8|61 字")
}

func TestPersons(t *testing.T) {
	for _, s := range []struct{ period, text, found string }{
		{"一九八〇年", "青年厨师陈爱武发现了，写信给中央纪委。", "陈爱武可能在世"},
		{"二〇一八年", "老人从不提起。", "写到的人可能在世"},
		{"改革开放初期", "老人从不提起。", "写到的人可能在世"},
		{"一九八〇年", "老人张某（1920—1998）从不提起。", ""},
		{"一九八〇年", "他牺牲以后，人们才知道。", ""},
		{"一九七七年", "老人从不提起。", ""},
		{"一九七八年", "老人从不提起。", "写到的人可能在世"},
		{"北宋", "老人从不提起。", ""},
		{"1985年", "老人从不提起。", "写到的人可能在世"},
	} {
		r := checked(t, "rules/a.md", rule("jia", "甲办法", clean), "stories/s.md", story("s", s.period, s.text, "jia#1"))
		if s.found == "" {
			want(t, r.Findings)
		} else {
			want(t, r.Findings, "?person s stories/s.md:3|"+s.found)
		}
	}
}
