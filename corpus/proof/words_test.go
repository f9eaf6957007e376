package proof

import (
	"strings"
	"testing"
)

// Ways to write one year's days and how long a rule holds: each is known by itself.
func TestDatedWritten(t *testing.T) {
	a := rule("jia", "甲办法", clean)
	for text, found := range map[string]bool{
		"10月1日到7日放假。": true, "10月1日—10月7日放假。": true, "10月1日-7日放假。": true, "放假3天。": true, "照常调休。": true, "10月1日起放假。": false,
	} {
		r := checked(t, "rules/a.md", a, "notices/n.md", notice("n", text, "jia#1"), "cases/c.md", caseOf("c", text, "jia#1"))
		if got := only(Dated, r.Findings); len(got) > 1 || (len(got) == 1) != found { // what happened in a case had its day
			t.Errorf("%s: %+v", text, got)
		}
	}
	for text, found := range map[string]bool{"有效期为5年": true, "有效期限为五年": true, "有效期5年": true, "有效期为6年": false, "使用期限为5年": false} {
		r := checked(t, "rules/a.md", strings.Replace(rule("jia", "甲办法", "第一条 本办法"+text+"。\n"), "2026-02-01", "2021-02-01", 1))
		if (len(r.Findings) == 1) != found {
			t.Errorf("%s: %+v", text, r.Findings)
		}
	}
}

// Each name of our own days, and each word that says that somebody is dead.
func TestPersonsWritten(t *testing.T) {
	for _, s := range []struct {
		period, text string
		found        bool
	}{
		{"新时代", "老人不提。", true}, {"当代", "老人不提。", true}, {"新世纪", "老人不提。", true}, {"一九八○年", "老人不提。", true}, {"2003年", "老人不提。", true},
		{"近代", "老人不提。", false}, {"1949年至1956年", "老人不提。", false},
		{"当代", "老人已故。", false}, {"当代", "他是烈士。", false}, {"当代", "老人逝世了。", false}, {"当代", "老人去世了。", false}, {"当代", "老人辞世了。", false},
		{"当代", "老人病逝了。", false}, {"当代", "他殉职了。", false}, {"当代", "老人（1931-2001）不提。", false}, {"当代", "老人（生于1931）不提。", true},
	} {
		got := only(Persons, checked(t, "rules/a.md", rule("jia", "甲办法", clean), "stories/s.md", story("s", s.period, s.text, "jia#1"), "cases/c.md", caseOf("c", "某人，当代。", "jia#1")).Findings)
		if len(got) > 1 || (len(got) == 1) != s.found {
			t.Errorf("%s, %s: %+v", s.period, s.text, got)
		}
	}
}

// An article is the one that is cited by its number and by its rule; a title can stand in
// an option only, and several dead cites are all named.
func TestRepealedQuestions(t *testing.T) {
	files := []string{"rules/a.md", rule("jia", "甲办法", "第一条 甲。\n第一条之一 甲。\n第二条 （删去）\n"), "rules/b.md", rule("yi", "乙办法", "第一条 丙。\n"), "rules/jia.2019.md", old}
	for _, q := range []struct{ said, option, found string }{
		{"第一条之一这样规定。", "甲", "?解析写到第一条之一"},
		{"第一条这样规定。", "甲", ""},
		{"《甲办法》第一条和《乙办法》第一条都这样规定。", "甲", "?解析写到《乙办法》第一条"},
		{"如此。", "看《旧甲办法》", "《旧甲办法》已经废止"},
		{"看《老办法》。", "甲", "《老办法》已经废止"},
		{"如此。", "看《甲办法》", ""},
	} {
		got := checked(t, append(files, "questions/q.toml", question("q-1", "怎么办？", "A", q.said, "jia#1", "丁", "乙", q.option))...).Findings
		if part, doubt := strings.CutPrefix(q.found, "?"); q.found == "" {
			want(t, got)
		} else if doubt {
			want(t, got, "?repealed q-1 questions/q.toml:2|"+part)
		} else {
			want(t, got, "repealed q-1 questions/q.toml:2|"+part)
		}
	}
	got := checked(t, append(files, "stories/s.md", story("s", "北宋", "故事。", "jia#1@2019-02-01", "jia#1", "jia#2"))...).Findings
	want(t, got, "repealed s stories/s.md:6|依据的 jia#1@2019-02-01、jia#2 已经")
}

// Each word by which an article forbids or punishes, and by which a moral takes back
// what it permits.
func TestMoralsWritten(t *testing.T) {
	const moral = "会上的书包可以收下。"
	for _, s := range []struct {
		article, moral string
		found          bool
	}{
		{"不准收书包", moral, true}, {"不许收书包", moral, true}, {"禁止收书包", moral, true}, {"严禁收书包", moral, true}, {"不能收书包", moral, true},
		{"不超过一个书包", moral, true}, {"不发书包", moral, true}, {"不赠送书包", moral, true}, {"不组织书包义卖", moral, true}, {"会上备有书包", moral, false},
		{"书包不得乱放", moral, false}, // forbidden is what stands behind the word
		{"收书包的，给予通报批评", moral, true}, {"收书包的，作出书面检查", moral, true}, {"收书包的，予以撤销", moral, true}, {"收书包的，依规追究", moral, true},
		{"通报批评以后，书包退回", moral, false}, // punished is what stands before it
		{"领书包必须登记", "领书包不用登记。", true}, {"领书包须登记", "领书包不必登记。", true}, {"领书包后登记", "领书包不用登记。", false}, {"书包应当退回", "书包不用登记。", false}, {"书包应当退回", "登记不用书包。", false},
		{"不得收书包", "书包可以看，不能收。", false}, {"不得收书包", "书包可以看，他不收。", false}, {"不得收书包", "书包可以看，他谢绝了。", false}, {"不得收书包", "书包可以看，也没事。", true},
		{"不得收书包", "他说“不收”，后来书包还是可以收下。", true}, // the quotation is over
	} {
		got := checked(t, "rules/a.md", rule("jia", "甲办法", "第一条 "+s.article+"。\n"), "stories/s.md", story("s", "北宋", s.moral, "jia#1")).Findings
		if len(got) > 1 || (len(got) == 1) != s.found {
			t.Errorf("%s, %s: %+v", s.article, s.moral, got)
		}
	}
}

// A word that many articles have says nothing of what both are about: two of twenty are
// few, three are many.
func TestMoralsRare(t *testing.T) {
	for with, found := range map[int]bool{2: true, 3: false, 7: false} {
		var body strings.Builder
		body.WriteString("第一条 不得收书包。\n")
		for i := range 19 {
			text := "开会"
			if i < with-1 {
				text = "备书包"
			}
			body.WriteString("第" + strings.Split("二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十", " ")[i] + "条 " + text + "。\n")
		}
		got := checked(t, "rules/a.md", rule("jia", "甲办法", body.String()), "stories/s.md", story("s", "北宋", "会上的书包可以收下。", "jia#1")).Findings
		if (len(got) == 1) != found {
			t.Errorf("in %d articles: %+v", with, got)
		}
	}
}

// Each way to ask for a last day, to say that it can be put off, and that it is not meant.
func TestUndecidableWritten(t *testing.T) {
	for text, found := range map[string]bool{
		"最迟多久完成？": true, "至迟多久完成？": true, "最晚多久完成？": true, "通常最迟多久完成？": false, "多久完成？": false,
	} {
		for _, put := range []string{"再延长", "延长", "可延长", "可以再延长"} {
			got := only(Options, asked(t, "第一条 整改2个月内完成，情况复杂的"+put+"1个月。\n", text, "A", "2个月内", "3个月内", "半年内"))
			if (len(got) == 1) != found || found && !strings.Contains(got[0].What, "「"+put+"」") {
				t.Errorf("%s with %s: %+v", text, put, got)
			}
		}
	}
}

// Each way to call all options right.
func TestAllOfThem(t *testing.T) {
	for option, all := range map[string]bool{
		"以上都对": true, "上述都对": true, "以上各项均可以": true, "上述几项全对": true, "上述情形都不得": true, "以上三项都正确": true, "以上全是": true, "全都对": true, "都对": true,
		"都对不上": false, "报上述科室": false, "三项都对": false,
	} {
		if got := asked(t, "第一条 甲。\n", "怎么办？", "A", "报告", "登记", option); (len(got) == 1) != all {
			t.Errorf("%s: %+v", option, got)
		}
	}
}
