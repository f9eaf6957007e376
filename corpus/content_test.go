package corpus

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func story(cites, body string) string {
	return "+++\nid = \"yang-zhen\"\ntitle = \"四知\"\nperiod = \"东汉\"\nsource = \"《后汉书》\"\ntheme = \"拒礼\"\ncites = [" + cites + "]\nsample = true\n+++\n" + body
}

func notice(festival, audience, cites, body string) string {
	return "+++\nid = \"jie\"\nfestival = \"" + festival + "\"\naudience = \"" + audience + "\"\ncites = [" + cites + "]\n+++\n" + body
}

func book(body string) string {
	return "+++\nid = \"xiangtu\"\ntitle = \"《乡土中国》\"\nauthor = \"费孝通\"\ntheme = \"文化\"\n+++\n" + body
}

func caseOf(cites, body string) string {
	return "+++\nid = \"peican\"\ntitle = \"陪餐超标\"\ntheme = \"接待\"\ncites = [" + cites + "]\nsample = true\n+++\n" + body
}

// question is seven lines long.
func question(id, cites string) string {
	return "[[question]]\nid = \"" + id + "\"\ntext = \"何时？\"\noptions = [\"甲\", \"乙\", \"丙\"]\nanswer = \"B\"\nexplanation = \"见条文。\"\ncites = [" + cites + "]\n"
}

func TestContents(t *testing.T) {
	c := mustRead(t, lib(
		"rules/jia.md", small,
		"stories/a.md", story(`"jia#1", "jia#3"`, "\n杨震拒金。\n\n今天也一样。\n\n"),
		"notices/b.md", notice("中秋", "机关干部", `"jia#2"`, "不收月饼。\n"),
		"questions/c.toml", "# 甲办法\n"+question("q-1", `"jia#1"`)+"\n"+question("q-2", `"jia#2", "jia#3"`),
		"synonyms/d.txt", "# 会议\n请假 告假　歇班 # 口语\n\n代会\t替会\n",
		"books/e.md", book("\n讲中国乡村。\n"), "cases/f.md", caseOf(`"jia#2"`, "经过。\n"),
	))
	if b := c.Books[0]; b.ID != "xiangtu" || b.Title != "乡土中国" || b.Author != "费孝通" || b.Publisher != "" || b.Theme != "文化" || b.Text != "讲中国乡村。" || b.File != "books/e.md" {
		t.Errorf("book %+v", b)
	}
	if k := c.Cases[0]; k.ID != "peican" || k.Title != "陪餐超标" || k.Theme != "接待" || !k.Sample || k.Text != "经过。" || c.Resolve(k.Cites[0]).Text != "第二条 甲二。" {
		t.Errorf("case %+v", k)
	}
	s := c.Stories[0]
	if s.ID != "yang-zhen" || s.Title != "四知" || s.Period != "东汉" || s.Source != "《后汉书》" || s.Theme != "拒礼" || !s.Sample || s.Text != "杨震拒金。\n\n今天也一样。" {
		t.Errorf("story %+v", s)
	}
	if len(s.Cites) != 2 || s.Cites[1].String() != "jia#3" {
		t.Errorf("story cites %v", s.Cites)
	}
	n := c.Notices[0]
	if n.Festival != "中秋" || n.Audience != "机关干部" || n.Text != "不收月饼。" || c.Resolve(n.Cites[0]).Text != "第二条 甲二。" {
		t.Errorf("notice %+v", n)
	}
	q := c.Questions[1]
	if q.ID != "q-2" || q.Text != "何时？" || !slices.Equal(q.Options, []string{"甲", "乙", "丙"}) || q.Answer != 1 || q.Explanation != "见条文。" || len(q.Cites) != 2 || q.File != "questions/c.toml" || q.Line != 11 {
		t.Errorf("question %+v", q)
	}
	want := []Synonyms{{[]string{"请假", "告假", "歇班"}, "synonyms/d.txt", 2}, {[]string{"代会", "替会"}, "synonyms/d.txt", 4}}
	if !reflect.DeepEqual(c.Synonyms, want) {
		t.Errorf("synonyms %+v", c.Synonyms)
	}
}

func TestContentProblems(t *testing.T) {
	q := question("q-1", `"jia#1"`)
	for _, c := range []struct {
		name, file, src string
		want            []string
	}{
		{"story cites nowhere", "stories/a.md", story(`"jia#1", "jia#9"`, "杨震。"), []string{"stories/a.md:7|jia#9"}},
		{"story cites no such rule", "stories/a.md", story(`"yi#1"`, "杨震。"), []string{"stories/a.md:7|yi#1"}},
		{"story cites no such version", "stories/a.md", story(`"jia#1@2019-03-01"`, "杨震。"), []string{"stories/a.md:7|jia#1@2019-03-01"}},
		{"story cite misspelt", "stories/a.md", story(`"jia第一条"`, "杨震。"), []string{"stories/a.md:7|jia第一条"}},
		{"story too long", "stories/a.md", story("", strings.Repeat("杨", 401)), []string{"stories/a.md:10|401"}},
		{"story without text", "stories/a.md", story("", "\n"), []string{"stories/a.md:10|没有正文"}},
		{"story without source", "stories/a.md", strings.Replace(story("", "杨震。"), "《后汉书》", "", 1), []string{"stories/a.md:5|出处"}},
		{"story with an unknown key", "stories/a.md", strings.Replace(story("", "杨震。"), "theme", "thema", 1), []string{"stories/a.md:6|thema"}},
		{"story without header", "stories/a.md", "杨震。\n", []string{"stories/a.md:1|文件头"}},
		{"notice cites nowhere", "notices/b.md", notice("中秋", "全体", `"jia#4"`, "不收。"), []string{"notices/b.md:5|jia#4"}},
		{"notice too long", "notices/b.md", notice("中秋", "全体", "", strings.Repeat("不", 181)), []string{"notices/b.md:7|181"}},
		{"unknown festival", "notices/b.md", notice("冬至", "全体", "", "不收。"), []string{"notices/b.md:3|冬至"}},
		{"unknown audience", "notices/b.md", notice("中秋", "大家", "", "不收。"), []string{"notices/b.md:4|大家"}},
		{"unknown festival and audience", "notices/b.md", notice("冬至", "大家", "", "不收。"), []string{"notices/b.md:3|冬至", "notices/b.md:4|大家"}},
		{"question cites nowhere", "questions/c.toml", q + question("q-2", `"jia#9"`), []string{"questions/c.toml:9|jia#9"}},
		{"question cite misspelt", "questions/c.toml", q + question("q-2", `"jia"`), []string{"questions/c.toml:9|\"jia\""}},
		{"question without cites", "questions/c.toml", question("q-1", ``), []string{"questions/c.toml:2|没有依据"}},
		{"two options", "questions/c.toml", strings.Replace(q, `, "丙"`, ``, 1), []string{"questions/c.toml:2|2 个选项"}},
		{"five options", "questions/c.toml", strings.Replace(q, `"丙"`, `"丙", "丁", "戊"`, 1), []string{"questions/c.toml:2|5 个选项"}},
		{"answer beyond the options", "questions/c.toml", strings.Replace(q, `"B"`, `"D"`, 1), []string{"questions/c.toml:2|答案 \"D\""}},
		{"answer in lower case", "questions/c.toml", strings.Replace(q, `"B"`, `"b"`, 1), []string{"questions/c.toml:2|答案 \"b\""}},
		{"two answers", "questions/c.toml", strings.Replace(q, `"B"`, `"AB"`, 1), []string{"questions/c.toml:2|答案 \"AB\""}},
		{"no answer", "questions/c.toml", strings.Replace(q, `"B"`, `""`, 1), []string{"questions/c.toml:2|答案 \"\""}},
		{"no text", "questions/c.toml", strings.Replace(q, "何时？", "", 1), []string{"questions/c.toml:2|缺题干"}},
		{"no explanation", "questions/c.toml", strings.Replace(q, "见条文。", "", 1), []string{"questions/c.toml:2|解析"}},
		{"bad question id", "questions/c.toml", question("第一题", `"jia#1"`), []string{"questions/c.toml:2|第一题"}},
		{"unknown key in a question", "questions/c.toml", q + "note = 1\n", []string{"questions/c.toml:8|note"}},
		{"not TOML", "questions/c.toml", q + "[[question\n", []string{"questions/c.toml:8|"}},
		{"question id twice in a file", "questions/c.toml", q + q, []string{"questions/c.toml:9|题 id \"q-1\""}},
		{"a question wrong in two ways", "questions/c.toml", strings.NewReplacer(`"B"`, `"E"`, "何时？", "").Replace(q), []string{"questions/c.toml:2|", "questions/c.toml:2|"}},
		{"book without author", "books/e.md", strings.Replace(book("好书。"), "费孝通", "", 1), []string{"books/e.md:3|书名或作者"}},
		{"book too long", "books/e.md", book(strings.Repeat("书", 301)), []string{"books/e.md:7|301"}},
		{"book without text", "books/e.md", book(""), []string{"books/e.md:7|没有正文"}},
		{"book with an unknown key", "books/e.md", strings.Replace(book("好书。"), "theme", "rating", 1), []string{"books/e.md:5|rating"}},
		{"book that is no Markdown", "books/e.txt", book("好书。"), []string{"books/e.txt|不认识的文件"}},
		{"case without title", "cases/f.md", strings.Replace(caseOf(`"jia#1"`, "经过。"), "陪餐超标", "", 1), []string{"cases/f.md:3|缺标题"}},
		{"case without cites", "cases/f.md", caseOf("", "经过。"), []string{"cases/f.md:2|没有依据"}},
		{"case cites nowhere", "cases/f.md", caseOf(`"jia#9"`, "经过。"), []string{"cases/f.md:5|jia#9"}},
		{"case too long", "cases/f.md", caseOf(`"jia#1"`, strings.Repeat("案", 401)), []string{"cases/f.md:8|401"}},
		{"case with a bad id", "cases/f.md", strings.Replace(caseOf(`"jia#1"`, "经过。"), "peican", "陪餐", 1), []string{"cases/f.md:2|陪餐"}},
		{"lonely synonym", "synonyms/d.txt", "请假 告假\n# 空\n代会\n", []string{"synonyms/d.txt:3|「代会」"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantProblems(t, problemsOf(t, lib("rules/jia.md", small, c.file, c.src)), c.want...)
		})
	}
}

// The limits are limits: the last character allowed is allowed, and it is
// characters that count, not bytes.
func TestContentLimits(t *testing.T) {
	mustRead(t, lib("rules/jia.md", small,
		"stories/a.md", story("", strings.Repeat("杨", MaxStoryRunes)+"\n\n"),
		"books/e.md", book(strings.Repeat("书", MaxBookRunes)), "cases/f.md", caseOf(`"jia#1"`, strings.Repeat("案", MaxCaseRunes)),
		"notices/b.md", notice("中秋", "全体", "", strings.Repeat("不", MaxNoticeRunes)+"\n")))
}

// ids are unique within their kind, whichever files they stand in; a story and
// a question may share one.
func TestContentIDsTwice(t *testing.T) {
	ps := problemsOf(t, lib("rules/jia.md", small,
		"stories/a.md", story("", "甲。"), "stories/b.md", story("", "乙。"),
		"notices/a.md", notice("中秋", "全体", "", "甲。"), "notices/b.md", notice("国庆", "全体", "", "乙。"),
		"questions/a.toml", question("yang-zhen", `"jia#1"`), "questions/b.toml", "\n"+question("yang-zhen", `"jia#1"`),
		"books/a.md", book("甲。"), "books/b.md", book("乙。"), "cases/a.md", caseOf(`"jia#1"`, "甲。"), "cases/b.md", caseOf(`"jia#1"`, "乙。"),
	))
	wantProblems(t, ps, "books/b.md:2|books/a.md", "cases/b.md:2|cases/a.md", "notices/b.md:2|notices/a.md", "questions/b.toml:3|questions/a.toml", "stories/b.md:2|stories/a.md")
}
