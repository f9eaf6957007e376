package corpus

import (
	"strings"
	"testing"
)

// fullRule has one line for each thing that a header may hold, so that a test
// can spoil any of them.
const fullRule = `+++
id        = "jia"
title     = "甲办法"
aliases   = ["甲规定"]
document  = "示例〔2026〕1号"
issued    = 2026-01-15
effective = 2026-02-01
status    = "in-force"
category  = "履职"
sample    = true
+++
第一条 甲。
第二条 乙。
`

func TestFrontMatter(t *testing.T) {
	r := readOne(t, "rules/jia.md", fullRule)
	if r.ID != "jia" || r.Title != "甲办法" || len(r.Aliases) != 1 || r.Aliases[0] != "甲规定" || r.Document != "示例〔2026〕1号" ||
		r.Issued != "2026-01-15" || r.Effective != "2026-02-01" || r.Repealed || r.Category != "履职" || !r.Sample || r.Kind != Regulation || r.File != "rules/jia.md" {
		t.Errorf("read as %+v", r)
	}
	if r.Articles[0].Line != 12 {
		t.Errorf("第一条 is said to stand on line %d, want 12", r.Articles[0].Line)
	}
	// the same file from Windows
	crlf := readOne(t, "rules/jia.md", "\ufeff"+strings.ReplaceAll(fullRule, "\n", "\r\n"))
	if crlf.Title != r.Title || crlf.Articles[0].Text != r.Articles[0].Text || crlf.Articles[1].Line != r.Articles[1].Line {
		t.Errorf("read with CRLF as %+v", crlf)
	}
}

func TestFrontMatterProblems(t *testing.T) {
	for _, c := range []struct {
		name, old, new string
		want           []string
	}{
		{"unknown key", `category `, `catgory `, []string{"rules/jia.md:9|catgory"}},
		{"two unknown keys", "document ", "docment = 1\nnumber ", []string{"rules/jia.md:5|docment", "rules/jia.md:6|number"}},
		{"wrong type: text for a list", `["甲规定"]`, `"甲规定"`, []string{"rules/jia.md:4|aliases"}},
		{"wrong type: text for yes or no", `= true`, `= "是"`, []string{"rules/jia.md:10|sample"}},
		{"wrong type: number for text", `"示例〔2026〕1号"`, `12`, []string{"rules/jia.md:5|document"}},
		{"no such day", `2026-02-01`, `2026-02-30`, []string{"rules/jia.md:7|effective"}},
		{"date in words", `2026-02-01`, `2026年2月1日`, []string{"rules/jia.md:7|"}},
		{"quotation mark lost", `"甲办法"`, `"甲办法`, []string{"rules/jia.md:3|"}},
		{"Chinese quotation marks", `"甲办法"`, `“甲办法”`, []string{"rules/jia.md:3|"}},
		{"key twice", "document ", "title = \"乙\"\ndocument ", []string{"rules/jia.md:5|title"}},
		{"closing fence lost", "true\n+++\n", "true\n", []string{"rules/jia.md:1|文件头没有结束"}},
		{"bad id", `"jia"`, `"甲"`, []string{"rules/jia.md:2|id \"甲\""}},
		{"id with capitals", `"jia"`, `"Jia"`, []string{"rules/jia.md:2|id \"Jia\""}},
		{"no id", `id        = "jia"`, ``, []string{"rules/jia.md:1|id"}},
		{"bad status", `"in-force"`, `"有效"`, []string{"rules/jia.md:8|status \"有效\""}},
		{"no status", `status    = "in-force"`, ``, []string{"rules/jia.md:1|status"}},
		{"bad kind", `sample `, "kind = \"list\"\nsample ", []string{"rules/jia.md:10|kind \"list\""}},
		{"no title", `title     = "甲办法"`, ``, []string{"rules/jia.md:1|没有标题"}},
		{"blank title", `"甲办法"`, `"　"`, []string{"rules/jia.md:3|没有标题"}},
		// everything wrong with a file is said at once
		{"header and body", `"in-force"`, `"有效"`, []string{"rules/jia.md:8|status", "rules/jia.md:13|缺第二条"}},
		{"unknown key and body", `category `, `catgory `, []string{"rules/jia.md:9|catgory", "rules/jia.md:13|缺第二条"}},
		{"two in the header", "\"jia\"\n", "\"甲\"\nkind = \"list\"\n", []string{"rules/jia.md:2|id", "rules/jia.md:3|kind"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(fullRule, c.old) {
				t.Fatalf("%q is not in the file", c.old)
			}
			src := strings.Replace(fullRule, c.old, c.new, 1)
			if strings.HasSuffix(c.name, "body") {
				src = strings.Replace(src, "第二条", "第三条", 1)
			}
			ps := problemsOf(t, lib("rules/jia.md", src))
			wantProblems(t, ps, c.want...)
			// the reader is a clerk: no names out of our source code
			if msg := ps.Error(); strings.Contains(msg, "corpus.") || strings.Contains(msg, "cannot") || strings.Contains(msg, "struct") {
				t.Errorf("a message for programmers: %s", msg)
			}
		})
	}
}

// A header that cannot be used must not make every cite of that rule a problem
// of its own: the one line that matters would drown.
func TestBrokenHeaderDoesNotCascade(t *testing.T) {
	ps := problemsOf(t, lib(
		"rules/jia.md", strings.Replace(fullRule, "category ", "catgory ", 1),
		"questions/jia.toml", question("q-1", `"jia#1"`)+question("q-2", `"jia#2"`),
	))
	wantProblems(t, ps, "rules/jia.md:9|catgory")
}

// A paper that does not say when it takes effect is quoted all the same.
func TestNoEffectiveDate(t *testing.T) {
	c := mustRead(t, lib("rules/jia.md", strings.Replace(fullRule, "effective = 2026-02-01", "", 1)))
	wantProblems(t, c.Warnings, "rules/jia.md:1|没有施行日期")
	if r := c.Rules[0]; r.Effective != "" {
		t.Errorf("effective %q", r.Effective)
	}
}
