package admin

import (
	"strings"
	"testing"

	"lianwen/bot/shelf"
	"lianwen/corpus"
	"lianwen/corpus/convert"
)

// ruled is a rule out of a text.
func ruled(t *testing.T, text string) *corpus.Rule {
	t.Helper()
	found := corpus.Recognise("文.txt", text, true)
	if len(found.Rules) != 1 {
		t.Fatalf("%d rules, %v", len(found.Rules), found.Faults)
	}
	return found.Rules[0]
}

const chaptered = "值班办法\n第一章 总则\n第一条 甲。\n第二条 乙。\n第二章 值班\n第一节 白天\n第三条 丙。\n第二节 夜间\n第四条 丁。\n第三章 附则\n第五条 戊。\n"

// Headings stand where they begin; a page that begins in a chapter says which.
func TestSections(t *testing.T) {
	t.Parallel()
	r := ruled(t, chaptered)
	shape := func(from, to int) string {
		var out []string
		for _, sec := range sectionsOf(r, from, to, false) {
			for _, h := range sec.Headings {
				mark := "# "
				if h.Deep {
					mark = "## "
				}
				out = append(out, mark+h.Title)
			}
			for _, a := range sec.Articles {
				out = append(out, a.Label)
			}
		}
		return strings.Join(out, "|")
	}
	for _, tt := range []struct {
		from, to int
		want     string
	}{
		{0, 5, "# 第一章 总则|第一条|第二条|# 第二章 值班|## 第一节 白天|第三条|## 第二节 夜间|第四条|# 第三章 附则|第五条"},
		{1, 3, "# 第一章 总则|第二条|# 第二章 值班|## 第一节 白天|第三条"},
		{3, 4, "# 第二章 值班|## 第二节 夜间|第四条"},
		{2, 2, ""},
	} {
		if got := shape(tt.from, tt.to); got != tt.want {
			t.Errorf("%d to %d: %s", tt.from, tt.to, got)
		}
	}
	ids := map[string]bool{}
	for _, sec := range sectionsOf(r, 0, 5, false) {
		for _, h := range sec.Headings {
			ids["#"+h.ID] = true
		}
	}
	chapters := chaptersOf(r)
	for _, c := range chapters {
		if !ids[c.Href] {
			t.Errorf("%s leads to %s, which is not there", c.Title, c.Href)
		}
	}
	if len(chapters) != 5 || chapters[2].Deep != true || chapters[4].Deep {
		t.Errorf("%+v", chapters)
	}
}

// Words are the text, whatever of it is a link.
func TestWords(t *testing.T) {
	t.Parallel()
	target := ruled(t, chaptered)
	target.ID = "zb"
	for _, tt := range []struct {
		text, label string
		refs        []corpus.Ref
		want        string
	}{
		{"第一条 甲。", "第一条", nil, "[第一条] 甲。"},
		{"**第1条** 甲。", "第一条", nil, "**第1条** 甲。"},
		{"第一条 依照《甲》第三条，又依照《甲》第三条。", "第一条", []corpus.Ref{{Text: "《甲》第三条", Target: target.Articles[2]}, {Text: "《甲》第三条", Target: target.Articles[2]}}, "[第一条] 依照[《甲》第三条]，又依照[《甲》第三条]。"},
		{"第一条 依照《外》第三条。", "第一条", []corpus.Ref{{Text: "《外》第三条"}}, "[第一条] 依照《外》第三条。"},
		{"第一条 完。", "第一条", []corpus.Ref{{Text: "没有的", Target: target.Articles[0]}}, "[第一条] 完。"},
		{"没有条号", "", nil, "没有条号"},
	} {
		a := &corpus.Article{Rule: target, Number: corpus.Number{Main: 1}, Text: tt.text, Label: tt.label, Refs: tt.refs}
		got, all := "", ""
		for _, w := range wordsOf(a) {
			all += w.Text
			if w.Href != "" {
				got += "[" + w.Text + "]"
			} else {
				got += w.Text
			}
		}
		if got != tt.want || all != tt.text {
			t.Errorf("%s: %s, %s", tt.text, got, all)
		}
	}
}

// What did not change is folded; the columns are named once.
func TestCompareFolds(t *testing.T) {
	t.Parallel()
	old := ruled(t, "值班办法\n第一条 甲甲甲甲。\n第二条 乙乙乙乙。\n第三条 丙丙丙丙。\n第四条 丁丁丁丁。\n第五条 戊戊戊戊。\n")
	now := ruled(t, "值班办法\n第一条 甲甲甲甲。\n第二条 乙乙乙乙。\n第三条 丙丙丙改。\n第四条 丁丁丁丁。\n第五条 戊戊戊改。\n")
	c := compare(corpus.Compare(old, now))
	var shape []string
	for _, run := range c.Runs {
		text := "变"
		if run.Folded {
			text = run.First() + "至" + run.Last()
		}
		if run.Headed {
			text = "^" + text
		}
		shape = append(shape, text)
	}
	if got := strings.Join(shape, "|"); got != "第一条至第二条|^变|第四条至第四条|变" || c.Same || !strings.HasPrefix(c.Counted, "改 2 条") {
		t.Errorf("%s %s", got, c.Counted)
	}
	if !compare(corpus.Compare(old, old)).Same {
		t.Error("the same differs")
	}
}

// Rules stand by their categories as these come, those that are repealed behind.
func TestCount(t *testing.T) {
	t.Parallel()
	rule := func(id, category, more string) string {
		return "+++\nid = \"" + id + "\"\ntitle = \"" + id + "办法\"\ncategory = \"" + category + "\"\n" + more + "+++\n第一条 甲。\n> 问：一\n> 问：二\n\n第二条 （删去）\n"
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.md": rule("a", "会议", "status = \"in-force\"\neffective = 2026-01-01\n"), "a@2025.md": rule("a", "会议", "status = \"repealed\"\neffective = 2025-01-01\n"),
		"b.md": rule("b", "履职", "status = \"in-force\"\n"), "c.md": rule("c", "会议", "status = \"in-force\"\n"), "d.md": rule("d", "会议", "status = \"repealed\"\n"),
	} {
		writeFile(t, dir, name, text)
	}
	c, err := corpus.Open(dir)
	must(t, err)
	var tr tree
	got := ""
	for _, one := range tr.of(c) {
		got += one.ID + " "
		if one.Asked != 2 || one.Numbered != 1 || (one.Thin == 1) == one.Repealed || (one.Older == 1) != (one.ID == "a") {
			t.Errorf("%+v", one)
		}
	}
	if got != "a c b d " {
		t.Error(got)
	}
	if first, again := tr.of(c), tr.of(c); &first[0] != &again[0] {
		t.Error("it is counted each time")
	}
	if len(tr.of(&corpus.Corpus{Digest: "other"})) != 0 {
		t.Error("another library is not counted")
	}
}

// What of a paper is in doubt is said once, where it stands.
func TestPreviewDoubts(t *testing.T) {
	s := newSite(t, follows)
	read := corpus.Recognise("扫描.pdf", sealPaper, true)
	paper := &shelf.Paper{File: "扫描.pdf", Format: "PDF", Digest: strings.Repeat("0", 64), Found: read, Notes: []convert.Note{{Kind: convert.Doubt, Where: "第3页", What: "这一页是<扫描>的"}, {Kind: convert.Info, What: "共 3 页"}}}
	plan, err := (&shelf.Shelf{Dir: s.library, Now: s.Desk.Now}).Plan([]*shelf.Paper{paper}, false)
	must(t, err)
	v := previewOfPlan(plan, "J")
	if len(v.Papers) != 1 || len(v.Papers[0].Doubts) != 1 || len(v.Papers[0].Notes) != 1 || len(v.Papers[0].Drafts) != 1 {
		t.Fatalf("%+v", v)
	}
	for _, doubt := range v.Papers[0].Drafts[0].Doubts {
		if strings.Contains(doubt, "扫描") {
			t.Errorf("it is said twice: %s", doubt)
		}
	}
	if d := v.Papers[0].Drafts[0]; d.Number != 1 || d.Path != "/import/J/1" || !d.Writes() || d.Refused() || len(plan.Papers[0].Drafts[0].Doubts) <= len(d.Doubts) {
		t.Errorf("%+v", d)
	}
}
