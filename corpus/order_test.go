package corpus

import (
	"strings"
	"testing"
)

// Rules stand as an office numbers them: the categories by their lowest
// document, in a category the documents by number, what has none at the end.
func TestRulesInOrder(t *testing.T) {
	file := func(id, category, document string) string {
		head := "category = \"" + category + "\"\ndocument = \"" + document + "\"\n"
		return strings.Replace(rule(id, id+"办法", "第一条 甲。\n"), "+++\n", "+++\n"+head, 1)
	}
	c := mustRead(t, lib(
		"rules/a.md", file("a", "机关", "示例〔2026〕12号"),
		"rules/b.md", file("b", "机关", "示例〔2026〕9号"),
		"rules/c.md", file("c", "机关", ""),
		"rules/d.md", file("d", "会议", "示例〔2026〕10号"),
		"rules/e.md", file("e", "履职", "示例〔2026〕 8 号"),
		"rules/f.md", file("f", "履职", "示例〔2026〕30号"),
		"rules/g.md", file("g", "乙类", ""),
		"rules/h.md", file("h", "丙类", ""),
		"rules/i.md", file("i", "乙类", ""),
	))
	var got []string
	for _, r := range c.Rules {
		got = append(got, r.ID)
	}
	if ids := strings.Join(got, " "); ids != "e f b a c d h g i" {
		t.Errorf("in the order %s", ids)
	}
}

// What is counted as articles: the numbered ones of rules in force, and bulk
// articles without a number; no annexes and no prohibitions.
func TestArticlesInForce(t *testing.T) {
	list := strings.Replace(rule("shi", "十不准", "一、不准迟到。\n二、不准代会。\n"), "+++\n", "+++\nkind = \"prohibitions\"\n", 1)
	c := mustRead(t, lib(
		"rules/jia.md", small+"## 附件1 表\n甲\n",
		"rules/jia.2019.md", repealed("jia", "甲办法", "2019-03-01", "第一条 旧。\n"),
		"rules/shi.md", list,
		"fa.jsonl", `{"id":"a","title":"答复","text":"无条号"}`+"\n"+`{"id":"b","title":"乙法第一条","text":"甲"}`+"\n",
	))
	if n := c.ArticlesInForce(); n != 5 {
		t.Errorf("%d articles, want three of 甲办法 and two in bulk", n)
	}
}

// Warnings come in the order of files and lines too, whichever were found first.
func TestWarningsInOrder(t *testing.T) {
	c := mustRead(t, lib(
		"a.txt", "甲办法\n第一条 见本办法第九条。\n第二条 甲：\n- 2 -\n乙。\n",
		"b.txt", "乙办法\n第一条 甲：\n- 1 -\n乙。\n",
	))
	wantProblems(t, c.Warnings, "a.txt:2|第九条", "a.txt:4|页码", "b.txt:3|页码")
}
