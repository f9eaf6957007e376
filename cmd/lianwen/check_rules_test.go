package main

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
)

// What is listed of a rule is what its paper says at the beginning and at the
// end; columns stand below each other, whatever is in them.
func TestRulesTable(t *testing.T) {
	t.Parallel()
	const head = "+++\nid = %q\ntitle = %q\n%seffective = 2026-02-01\nstatus = %q\n+++\n"
	c, err := corpus.Read(fstest.MapFS{
		"rules/a.md": {Data: []byte(fmt.Sprintf(head, "a", "提案工作条例", "document = \"示例〔2026〕12号\"\nissued = 2026-01-15\n", "in-force") +
			"第一条 甲。\n第一条之一 乙。\n第二条 （删去）\n## 附件1 表\n一张表。\n")},
		"rules/b.md":   {Data: []byte(fmt.Sprintf(head, "b", "会议纪律“十不准”", "kind = \"prohibitions\"\n", "in-force") + "一、不准迟到。\n\n二、不准早退。\n")},
		"rules/c.md":   {Data: []byte(fmt.Sprintf(head, "c", "旧办法", "", "repealed") + "第一条 旧。\n")},
		"rules/章程.txt": {Data: []byte("ABC章程\n第一条 甲。\n附件\n乙细则\n第一条 乙。\n第二条 丙。\n")},
		"rules/须知.txt": {Data: []byte("会场须知\n一、守时。\n二、静音。\n")},
	})
	if err != nil || len(c.Faults) > 0 {
		t.Fatal(err, c)
	}
	list := listRules(c)
	if len(list) != 4 || list[0] != (jsonRule{"a", "提案工作条例", "示例〔2026〕12号", "2026-01-15", "2026-02-01", 3, 0, "第二条", "", "rules/a.md"}) {
		t.Fatalf("%+v", list)
	}
	const want = `请与纸上的核对：
  制度               文号            施行       条数 最后一条
  《提案工作条例》   示例〔2026〕12号 2026-02-01 3    第二条
  《ABC章程》        —               —          1    第一条，附件另有2条
  《会场须知》       —               —          2    第二项（以「一、」编号）
  《会议纪律“十不准”》 —               2026-02-01 2    第二条
`
	got := rulesTable(list)
	if squeezed(got) != squeezed(want) {
		t.Errorf("got\n%s", got)
	}
	edge := map[int]bool{}
	for _, line := range strings.Split(strings.TrimSpace(got), "\n")[1:] {
		edge[columnsOf(line[:strings.LastIndex(line, " ")])] = true
	}
	if len(edge) != 1 {
		t.Errorf("the last column begins at %v:\n%s", edge, got)
	}
	if got := rulesTable(nil); got != "" {
		t.Errorf("of nothing: %q", got)
	}
}

// squeezed is a text with single spaces.
func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

// A long list is cut, and says so.
func TestRulesTableLong(t *testing.T) {
	t.Parallel()
	for n, more := range map[int]string{rulesShown: "", rulesShown + 1: "……还有 1 部", 1000: "……还有 800 部"} {
		got := rulesTable(make([]jsonRule, n))
		if lines := strings.Count(got, "《》"); lines != rulesShown || strings.Contains(got, "……还有") != (more != "") || !strings.Contains(got, more) {
			t.Errorf("%d rules: %d lines, %q", n, lines, got[max(0, len(got)-80):])
		}
	}
}

func TestColumnsOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"": 0, "ab1": 3, "制度": 4, "《a》": 5, "（）": 4, "〔2026〕12号": 12, "ＡＢ": 4, "—": 1} {
		if got := columnsOf(text); got != want {
			t.Errorf("%s takes %d columns, want %d", text, got, want)
		}
	}
}
