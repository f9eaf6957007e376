package corpus

import (
	"strings"
	"testing"
)

// What stands in brackets behind the label is the heading and no text; brackets
// anywhere else, or with a sentence in them, are text.
func TestHeading(t *testing.T) {
	t.Parallel()
	forty := strings.Repeat("长", 40)
	for _, c := range []struct{ name, line, heading, text string }{
		{"none", "第一条 甲。", "", "第一条 甲。"},
		{"space on both sides", "第一条 【提交时限】 甲。", "提交时限", "第一条 甲。"},
		{"wide spaces", "第一条　【提交时限】　甲。", "提交时限", "第一条　甲。"},
		{"no space at all", "第一条【提交时限】甲。", "提交时限", "第一条甲。"},
		{"space only in front", "第一条 【提交时限】甲。", "提交时限", "第一条 甲。"},
		{"space inside", "第一条 【 提交 时限　】 甲。", "提交 时限", "第一条 甲。"},
		{"comma inside", "第一条 【提交、时限】 甲。", "提交、时限", "第一条 甲。"},
		{"bold label", "**第一条** 【提交时限】 甲。", "提交时限", "**第一条** 甲。"},
		{"marked line", "### 第一条 【提交时限】 甲。", "提交时限", "第一条 甲。"},
		{"digits", "第1条 【提交时限】 甲。", "提交时限", "第1条 甲。"},
		{"text on the next line", "第一条 【提交时限】\n甲。", "提交时限", "第一条 \n甲。"},
		{"deleted", "第一条 【提交时限】 （删去）", "提交时限", "第一条 （删去）"},
		{"two in a row: one heading", "第一条 【提交】【时限】甲。", "提交", "第一条 【时限】甲。"},
		{"in the text", "第一条 甲【乙】丙。", "", "第一条 甲【乙】丙。"},
		{"on the next line", "第一条 甲。\n【乙】丙。", "", "第一条 甲。\n【乙】丙。"},
		{"never closed", "第一条 【甲。", "", "第一条 【甲。"},
		{"nothing inside", "第一条 【】甲。", "", "第一条 【】甲。"},
		{"only space inside", "第一条 【　】甲。", "", "第一条 【　】甲。"},
		{"a sentence", "第一条 【甲。】乙。", "", "第一条 【甲。】乙。"},
		{"half a sentence", "第一条 【甲；乙】丙。", "", "第一条 【甲；乙】丙。"},
		{"a question", "第一条 【甲？】丙。", "", "第一条 【甲？】丙。"},
		{"as long as may be", "第一条 【" + forty + "】甲。", forty, "第一条 甲。"},
		{"longer", "第一条 【" + forty + "长】甲。", "", "第一条 【" + forty + "长】甲。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := readOne(t, "rules/jia.md", rule("jia", "甲办法", c.line+"\n第二条 末条。\n"))
			a := article(t, r, "1")
			if a.Heading != c.heading || a.Text != c.text {
				t.Errorf("%q %q, want %q %q", a.Heading, a.Text, c.heading, c.text)
			}
			if a.Deleted != strings.Contains(c.line, "删去") {
				t.Errorf("Deleted = %v", a.Deleted)
			}
			if got := text(t, r, "2"); got != "第二条 末条。" {
				t.Errorf("the next article is %q", got)
			}
		})
	}
}

// Prohibitions have headings behind their number; an annex's name stands where
// it is, and brackets there are a part of it.
func TestHeadingElsewhere(t *testing.T) {
	t.Parallel()
	head := strings.Replace(rule("shi", "三不准", ""), "+++\n", "+++\nkind = \"prohibitions\"\n", 1)
	shi := readOne(t, "rules/shi.md", head+"一、【迟到】不准迟到。\n二、不准【代】会。\n")
	if a, b := shi.Articles[0], shi.Articles[1]; a.Heading != "迟到" || a.Text != "一、不准迟到。" || b.Heading != "" || b.Text != "二、不准【代】会。" {
		t.Errorf("%q %q, %q %q", a.Heading, a.Text, b.Heading, b.Text)
	}
	annex := article(t, readOne(t, "rules/jia.md", small+"## 附件1 【请假】表\n甲\n"), "annex-1")
	if annex.Heading != "【请假】表" || annex.Text != "附件1 【请假】表\n甲" {
		t.Errorf("%q %q", annex.Heading, annex.Text)
	}
	// a heading is no content
	wantProblems(t, problemsOf(t, lib("rules/jia.md", rule("jia", "甲办法", "第一条 甲。\n第二条 【乙】\n"))), "rules/jia.md:8|第二条没有内容")
}

// A heading too long to be shown is a warning for who keeps the file, and none
// in a file that nobody keeps in this form.
func TestLongHeading(t *testing.T) {
	t.Parallel()
	limit := strings.Repeat("长", MaxHeading)
	const body = "第二条 末条。\n"
	for _, c := range []struct{ name, file, src, want string }{
		{"at the limit", "rules/jia.md", rule("jia", "甲办法", "第一条 【"+limit+"】 甲。\n"+body), ""},
		{"over the limit", "rules/jia.md", rule("jia", "甲办法", "\n第一条 【"+limit+"长】 甲。\n"+body), "rules/jia.md:8|第一条的条旨「" + limit + "长」有 13 个字"},
		{"over the limit in a plain text", "jia.txt", "甲办法\n第一条 【" + limit + "长】 甲。\n" + body, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			corpus := mustRead(t, lib(c.file, c.src))
			var want []string
			if c.want != "" {
				want = []string{c.want}
			}
			wantProblems(t, corpus.Warnings, want...)
			if a := corpus.Rules[0].Articles[0]; !strings.HasPrefix(a.Heading, limit) || a.Text != "第一条 甲。" {
				t.Errorf("%q %q", a.Heading, a.Text)
			}
		})
	}
}

// What an article is about: heading, else a clause of its text that is short and
// tells something, else the innermost chapter with a name.
func TestAbout(t *testing.T) {
	t.Parallel()
	twelve := "机关干部外出学习培训报备"
	for _, c := range []struct{ name, body, want string }{
		{"heading", "第一条 【提交时限】 提案工作很重要。", "提交时限"},
		{"heading of all the length", "第一条 【" + twelve + "】 提案工作很重要。", twelve},
		{"heading too long", "第一条 【" + twelve + "表】 提案工作很重要。", "提案工作很重要"},
		{"first clause", "第一条 提案工作，另行规定。", "提案工作"},
		{"shortest clause", "第一条 值班员，另行规定。", "值班员"},
		{"clause too short", "第一条 值班，另行规定。", "另行规定"},
		{"longest clause", "第一条 " + twelve + "，另行规定。", twelve},
		{"clause too long", "第一条 " + twelve + "表，另行规定。", "另行规定"},
		{"up to the verb", "第一条 机关干部外出学习培训应当提前三天报批。", "机关干部外出学习培训"},
		{"up to the first verb", "第一条 外出培训不得超期并且应当提前三天报批。", "外出培训"},
		{"too short before the verb", "第一条 干部应当提前三天向办公室报批，销假。", ""},
		{"opening words", "第一条 为了规范考勤，制定本办法。", "规范考勤"},
		{"other opening words", "第一条 根据上级规定，制定本办法。", "上级规定"},
		{"tells nothing", "第一条 本办法，委员，有下列情形的，登记造册。", "登记造册"},
		{"the fourth clause whole", "第一条 甲，乙，丙，登记造册，归档备查。", "登记造册"},
		{"the fifth clause is not looked at", "第一条 甲，乙，丙，丁，登记造册。", ""},
		{"brackets", "第一条 【】登记，归档备查。", "归档备查"},
		{"label in digits", "第1条 提案工作，另行规定。", "提案工作"},
		{"bold label", "**第一条** 提案工作，另行规定。", "提案工作"},
		{"colon behind the label", "第一条：提案工作，另行规定。", "提案工作"},
		{"chapter", "## 第一章 考勤管理\n第一条 甲。", "考勤管理"},
		{"section before chapter", "## 第一章 考勤管理\n### 第一节 请假审批\n第一条 甲。", "请假审批"},
		{"section too long", "## 第一章 考勤管理\n### 第一节 " + twelve + "表\n第一条 甲。", "考勤管理"},
		{"section without a name", "## 第一章 考勤管理\n### 第一节\n第一条 甲。", "考勤管理"},
		{"chapter of all the length", "## 第一章 " + twelve + "\n第一条 甲。", twelve},
		{"chapter without a name", "## 第一章\n第一条 甲。", ""},
		{"deleted", "## 第一章 考勤管理\n第一条 （删去）", "考勤管理"},
		{"nothing", "第一条 甲。", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := article(t, readOne(t, "rules/jia.md", rule("jia", "甲办法", c.body+"\n")), "1")
			if got := a.About(); got != c.want {
				t.Errorf("About = %q, want %q", got, c.want)
			}
		})
	}
}

// A prohibition and an annex are about something too; nothing that is shown is
// longer than a line or holds the end of a clause.
func TestAboutElsewhere(t *testing.T) {
	t.Parallel()
	head := strings.Replace(rule("shi", "三不准", ""), "+++\n", "+++\nkind = \"prohibitions\"\n", 1)
	if got := readOne(t, "rules/shi.md", head+"一、不准迟到早退。\n").Articles[0].About(); got != "不准迟到早退" {
		t.Errorf("a prohibition is about %q", got)
	}
	annex := article(t, readOne(t, "rules/jia.md", small+"## 附件1 请假表\n甲\n"), "annex-1")
	if got := annex.About(); got != "请假表" {
		t.Errorf("an annex is about %q", got)
	}
	for chapter, want := range map[string]string{"第一章　考勤管理": "考勤管理", "总　则": "", "附则": ""} {
		if got := readOne(t, "考勤办法.txt", "考勤办法\n"+chapter+"\n第一条 甲。\n").Articles[0].About(); got != want {
			t.Errorf("in %s an article is about %q, want %q", chapter, got, want)
		}
	}
	for _, r := range readSample(t).Rules {
		for _, a := range r.Articles {
			about := a.About()
			if n := len([]rune(about)); n > MaxHeading || about != a.Heading && strings.ContainsAny(about, "，。：；！？\n") {
				t.Errorf("%s is about %q", a.Citation(), about)
			}
		}
	}
}

// Who is in charge stands in the front matter, or nowhere.
func TestContact(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{"": "", "contact = \"　办公室 \"\n": "办公室"} {
		src := strings.Replace(rule("jia", "甲办法", "第一条 甲。\n"), "status", line+"status", 1)
		if got := readOne(t, "rules/jia.md", src).Contact; got != want {
			t.Errorf("contact %q, want %q", got, want)
		}
	}
	src := strings.Replace(rule("jia", "甲办法", "第一条 甲。\n"), "status", "contact = 12\nstatus", 1)
	wantProblems(t, problemsOf(t, lib("rules/jia.md", src)), "rules/jia.md:5|contact")
}
