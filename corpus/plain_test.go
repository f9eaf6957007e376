package corpus

import (
	"slices"
	"strings"
	"testing"
)

// A charter as an office would have it on disk: a note of adoption, a table of
// contents that names everything once before it comes, indents, a preamble.
const charter = `××市政协议事会章程

（2018年3月15日第一次会议通过　根据2026年1月10日第九次会议通过的《××市政协议事会章程修正案》修订）

目录
总纲
第一章　工作总则
第二章　组织
附则

总纲

议事会是联系群众的组织。

议事会坚持协商为民。

第一章　工作总则

第一条　议事会依照章程进行工作。

第二条　议事会的职责是：

（一）协商；

（二）监督。

　　职责的分工由会议确定。

第二章　组　织

第三条　议事会每年举行一次会议。本章程第一条、第二条适用于会议。

第四条　本章程自2026年3月1日起施行。
`

func TestPlainCharter(t *testing.T) {
	c := mustRead(t, lib("章程 2018.txt", charter))
	r := c.Rules[0]
	if r.Title != "××市政协议事会章程" || r.Effective != "2026-03-01" || r.Sample || r.ID != "章程-2018" {
		t.Errorf("read as %q, id %q, effective %q, sample %v", r.Title, r.ID, r.Effective, r.Sample)
	}
	if got := labels(r); got != "总纲 第一条 第二条 第三条 第四条" {
		t.Fatalf("articles %s", got)
	}
	for number, want := range map[string]string{
		"preamble": "总纲\n\n议事会是联系群众的组织。\n\n议事会坚持协商为民。",
		"1":        "第一条　议事会依照章程进行工作。",
		"2":        "第二条　议事会的职责是：\n\n（一）协商；\n\n（二）监督。\n\n　　职责的分工由会议确定。",
		"3":        "第三条　议事会每年举行一次会议。本章程第一条、第二条适用于会议。",
	} {
		if got := text(t, r, number); got != want {
			t.Errorf("%s:\n got %q\nwant %q", number, got, want)
		}
	}
	if got := article(t, r, "3").Path; !slices.Equal(got, []string{"第二章 组 织"}) {
		t.Errorf("path %q", got)
	}
	if got := article(t, r, "preamble").Path; len(got) != 0 {
		t.Errorf("the table of contents gave the preamble the path %q", got)
	}
	if refs := article(t, r, "3").Refs; len(refs) != 2 || refs[0].Target != article(t, r, "1") || refs[1].Target != article(t, r, "2") {
		t.Errorf("本章程第一条、第二条 resolved to %+v", refs)
	}
	if c.Article("章程-2018#2") == nil || c.Article("章程-2018#preamble").Citation() != "《××市政协议事会章程》总纲" {
		t.Error("a plain document must be citable")
	}
}

func TestPlainLayouts(t *testing.T) {
	const two = "第一条 甲。\n第二条 乙。"
	for _, c := range []struct {
		name, src                    string
		title, document, arts, first string // first: the text of 第一条
	}{
		{"bare", "考勤办法\n" + two, "考勤办法", "", "第一条 第二条", "第一条 甲。"},
		{"centred with full-width spaces", "　　　　考勤办法\n\n　　第一条　甲。\n　　乙。\n　　第二条　丙。\n", "考勤办法", "", "第一条 第二条", "第一条　甲。\n　　乙。"},
		{"two-line title", "　　中国人民政治协商会议某市委员会\n　　提案工作条例\n" + two, "中国人民政治协商会议某市委员会提案工作条例", "", "第一条 第二条", "第一条 甲。"},
		{"document number below", "考勤办法\n某协办发〔2026〕5号\n" + two, "考勤办法", "某协办发〔2026〕5号", "第一条 第二条", "第一条 甲。"},
		{"document number above, other brackets", "某协[2026] 15 号\n考勤办法\n" + two, "考勤办法", "某协[2026]15号", "第一条 第二条", "第一条 甲。"},
		{"a sentence with another's document number", "考勤办法\n根据某协办发〔2026〕5号文件和年度工作要点的要求，结合机关工作实际，制定本办法。\n" + two, "考勤办法", "", "引言 第一条 第二条", "第一条 甲。"},
		{"title in book marks", "《考勤办法》\n" + two, "考勤办法", "", "第一条 第二条", "第一条 甲。"},
		{"no title at all", two, "kaoqin", "", "第一条 第二条", "第一条 甲。"},
		{"note of adoption", "考勤办法\n（2026年1月5日主席会议通过）\n" + two, "考勤办法", "", "第一条 第二条", "第一条 甲。"},
		{"contents with page numbers", "考勤办法\n目　　录\n第一章 总则………1\n第二章 附则………2\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。", "考勤办法", "", "第一条 第二条", "第一条 甲。"},
		{"no space behind 条", "考勤办法\n第一章总则\n第一条甲。\n第二条乙。\n第三条中国人民政治协商会议。\n第四条与会人员。\n", "考勤办法", "", "第一条 第二条 第三条 第四条", "第一条甲。"},
		{"Arabic numbers", "考勤办法\n第1条 甲。\n第２条 乙。\n", "考勤办法", "", "第一条 第二条", "第1条 甲。"},
		{"colon behind 条", "考勤办法\n第一条：甲。\n第二条:乙。\n", "考勤办法", "", "第一条 第二条", "第一条：甲。"},
		{"markdown headings", "# 考勤办法\n\n## 第一章 总则\n\n### 第一条\n\n甲。\n\n### 第二条 乙\n\n丙。\n", "考勤办法", "", "第一条 第二条", "第一条\n\n甲。"},
		{"markdown bold", "# **考勤办法**\n\n**第一章 总则**\n\n**第一条** 甲。\n\n**第二条**乙。\n", "考勤办法", "", "第一条 第二条", "第一条 甲。"},
		{"annex", "考勤办法\n" + two + "\n附件1\n请假表\n第一条 表内\n附件2\n销假表\n", "考勤办法", "", "第一条 第二条 附件1 附件2", "第一条 甲。"},
		{"annexes without numbers", "考勤办法\n" + two + "\n附件\n请假表\n附件\n销假表\n", "考勤办法", "", "第一条 第二条 附件1 附件2", "第一条 甲。"},
		{"annexes listed, then given", "考勤办法\n" + two + "\n附件1：请假表\n附件2：销假表\n附件1\n请假表\n附件2\n销假表\n", "考勤办法", "", "第一条 第二条 附件1 附件2", "第一条 甲。"},
		{"CRLF and BOM", "\ufeff考勤办法\r\n\r\n第一条 甲。\r\n　　乙。\r\n第二条 丙。\r\n", "考勤办法", "", "第一条 第二条", "第一条 甲。\n　　乙。"},
		{"preamble with a spaced name", "某会章程\n序　言\n某会成立于1956年。\n第一章 总则\n" + two, "某会章程", "", "序言 第一条 第二条", "第一条 甲。"},
		{"decree above the law", "某市人民政府令\n第七十三号\n《考勤办法》已经市政府常务会议通过，现予公布。\n市长　张某\n2026年1月5日\n考勤办法\n" + two, "考勤办法", "", "第一条 第二条", "第一条 甲。"},
		{"notice of issue above the rule", "某市政协办公室文件\n某协办〔2026〕5号\n关于印发《考勤办法》的通知\n各科室：\n现印发给你们，请遵照执行。\n某市政协办公室\n2026年1月5日\n考勤办法\n第一章 总则\n" + two, "考勤办法", "某协办〔2026〕5号", "第一条 第二条", "第一条 甲。"},
		{"附则 without a number", "考勤办法\n总则\n第一条 甲。\n附则\n第二条 乙。\n", "考勤办法", "", "第一条 第二条", "第一条 甲。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := readOne(t, "kaoqin.md", c.src)
			got := strings.ReplaceAll(labels(r), "序　言", "序言")
			if r.Title != c.title || r.Document != c.document || got != c.arts {
				t.Errorf("title %q, document %q, articles %s\nwant %q, %q, %s", r.Title, r.Document, got, c.title, c.document, c.arts)
			}
			if got := text(t, r, "1"); got != c.first {
				t.Errorf("第一条 = %q, want %q", got, c.first)
			}
		})
	}
}

// The day a rule took effect is shown under every quotation: none is better
// than another document's.
func TestPlainEffective(t *testing.T) {
	for last, want := range map[string]Date{
		"本办法自2026年3月1日起施行。":                     "2026-03-01",
		"本办法自2026年12月15日起实施，原办法同时废止。":           "2026-12-15",
		"本办法自 2026 年 3 月 1 日起施行。":               "2026-03-01", // as word processors space it
		"本办法由办公室解释，自2026年3月1日起执行。":              "2026-03-01",
		"本办法自印发之日起施行。":                          "",
		"本办法自2026年13月1日起施行。":                    "",
		"本办法自2026年2月31日起施行。":                    "",
		"《乙办法》自2020年5月1日起施行的，从其规定。本办法自印发之日起施行。": "",
	} {
		r := readOne(t, "kaoqin.txt", "考勤办法\n第一条 甲。\n第二条 "+last+"\n")
		if r.Effective != want {
			t.Errorf("%s: effective %q, want %q", last, r.Effective, want)
		}
	}
}

// A text nobody maintains in our format is checked all the same: an article
// that went missing on the way is not found out by reading.
func TestPlainProblems(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      []string
	}{
		{"gap", "考勤办法\n\n第一条 甲。\n第三条 丙。\n", []string{"kaoqin.txt:4|缺第二条"}},
		{"gap without spaces", "考勤办法\n第一条甲。\n第三条丙。\n", []string{"kaoqin.txt:3|缺第二条"}},
		{"articles twice, the first no mere names", "甲办法\n第一条 下列人员：\n第二条 甲；\n第一条 丙。\n第二条 丁。\n", []string{"kaoqin.txt:4|第一条重复", "kaoqin.txt:5|第二条重复"}},
		{"text under a chapter that is of no article", "考勤办法\n第一章 总则\n第一条 甲。\n第二章 值班\n本章规定值班。\n第二条 乙。\n", []string{"kaoqin.txt:5|「本章规定值班。」"}},
		{"prose without numbers", "关于放假的通知\n放假一天。\n注意安全。\n", []string{"kaoqin.txt|没有找到任何条文"}},
		{"an empty file", "", []string{"kaoqin.txt|没有找到任何条文"}},
		{"blank lines only", "\n　　\n\n", []string{"kaoqin.txt|没有找到任何条文"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantProblems(t, problemsOf(t, lib("kaoqin.txt", c.src)), c.want...)
		})
	}
}

// More of what is found on offices' disks: nothing is lost without a word.
func TestPlainOddities(t *testing.T) {
	for _, c := range []struct{ name, src, title, arts, first string }{
		{"spaces inside 第 一 条", "考勤办法\n第 一 条 甲。\n第 二 条 乙。\n", "考勤办法", "第一条 第二条", "第 一 条 甲。"},
		{"contents that list the articles", "考勤办法\n目录\n第一条 目的\n第二条 附则\n第一条 甲。\n第二条 乙。\n", "考勤办法", "第一条 第二条", "第一条 甲。"},
		{"YAML above the text", "---\ntitle: x\n---\n考勤办法\n第一条 甲。\n", "考勤办法", "第一条", "第一条 甲。"},
		{"old Macintosh line ends", "考勤办法\r第一条 甲。\r第二条 乙。\r", "考勤办法", "第一条 第二条", "第一条 甲。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := readOne(t, "kaoqin.txt", c.src)
			if got := labels(r); r.Title != c.title || got != c.arts || text(t, r, "1") != c.first {
				t.Errorf("title %q, articles %s, 第一条 %q", r.Title, got, text(t, r, "1"))
			}
		})
	}
	c := mustRead(t, lib("新/章程.txt", "某会章程\n第一条 新。本章程自2023年1月1日起施行。\n", "旧/章程.txt", "某会章程\n第一条 旧。本章程自2018年1月1日起施行。\n"))
	wantProblems(t, c.Warnings, "旧/章程.txt:1|新/章程.txt")
	if r := c.RuleByName("某会章程"); r.ID != "新-章程" || c.Article("旧-章程#1") == nil {
		t.Errorf("the name means %s", r.ID)
	}
}

// A header that is no TOML at all must not drown in cites of its rule either.
func TestUnreadableHeaderDoesNotCascade(t *testing.T) {
	ps := problemsOf(t, lib(
		"rules/jia.md", strings.Replace(fullRule, "sample ", "= ", 1),
		"questions/jia.toml", question("q-1", `"jia#1"`)+question("q-2", `"nobody#2"`),
	))
	wantProblems(t, ps, "questions/jia.toml:9|nobody#2", "rules/jia.md:10|写法不对")
}

// What stands below the text of a document is not quoted as rule text.
func TestPlainEndMatter(t *testing.T) {
	for _, c := range []struct{ name, below, arts string }{
		{"date", "\n2026年1月15日\n", "第一条 第二条"},
		{"signature over a date", "\n　　　　某市政协办公室\n　　　　二〇二六年一月十五日\n", "第一条 第二条"},
		{"copies", "\n抄送：市委办公室。\n某市政协办公室　2026年1月15日印发\n", "第一条 第二条"},
		{"list of annexes, then the annexes", "\n附件：1.资产清单\n　　　2.审批表\n\n附件1\n资产清单\n电脑\n附件2\n审批表\n姓名\n", "第一条 第二条 附件1 附件2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := mustRead(t, lib("a.txt", "资产办法\n第一条 甲。\n第二条 乙。\n"+c.below))
			r := m.Rules[0]
			if got := labels(r); got != c.arts || text(t, r, "2") != "第二条 乙。" {
				t.Errorf("articles %s, 第二条 %q", got, text(t, r, "2"))
			}
			if len(m.Warnings) == 0 {
				t.Error("text was left out without a word")
			}
		})
	}
	// a sentence over a date is no signature, and neither is a line further up
	const last = "第二条 乙。\n\n办公室负责解释。"
	if r := readOne(t, "a.txt", "资产办法\n第一条 甲。\n"+last+"\n2026年1月15日\n"); text(t, r, "2") != last {
		t.Errorf("第二条 %q, want %q", text(t, r, "2"), last)
	}
	if r := readOne(t, "a.txt", "资产办法\n第一条 甲\n\n乙\n第二条 丙。\n2026年1月15日\n"); text(t, r, "1") != "第一条 甲\n\n乙" || text(t, r, "2") != "第二条 丙。" {
		t.Errorf("第一条 %q, 第二条 %q", text(t, r, "1"), text(t, r, "2"))
	}
	m := mustRead(t, lib("a.txt", "资产办法\n第一条 甲：\n- 2 -\n（一）乙。\n"))
	wantProblems(t, m.Warnings, "a.txt:3|页码的「- 2 -」没有收入")
	if got := m.Rules[0].Articles[0].Text; got != "第一条 甲：\n（一）乙。" {
		t.Errorf("第一条 %q", got)
	}
	if r := readOne(t, "a.txt", "关于印发《资产办法》的通知\n各科室：\n请遵照执行。\n2026年1月5日\n附件\n资产办法\n第一条 甲。\n"); r.Title != "资产办法" {
		t.Errorf("title %q", r.Title)
	}
	if r := readOne(t, "a.txt", "附件\n资产办法\n第一条 甲。\n"); r.Title != "资产办法" {
		t.Errorf("title %q", r.Title)
	}
}

func TestStem(t *testing.T) {
	for file, want := range map[string]string{"rules/甲.md": "甲", "甲": "甲", "a.b/甲.乙.txt": "甲.乙", "a.b/甲": "甲", ".md": ".md"} {
		if got := stem(file); got != want {
			t.Errorf("stem(%q) = %q, want %q", file, got, want)
		}
	}
}

// The index is often kept beside the rules; it is no part of them.
func TestCacheFoldersAreIgnored(t *testing.T) {
	c := mustRead(t, lib("a.txt", "资产办法\n第一条 甲。\n", "data/index/CACHEDIR.TAG", "Signature: x", "data/index/v1/store.zap", "\x00"))
	if len(c.Rules) != 1 {
		t.Errorf("%d rules", len(c.Rules))
	}
}
