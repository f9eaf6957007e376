package corpus

import (
	"slices"
	"strings"
	"testing"
)

// Every rule of the sample, written and read again, is the same rule, with its
// headings and asked-as lines where they were.
func TestFormatSample(t *testing.T) {
	c := mustRead(t, Sample())
	for _, r := range c.Rules {
		text, err := Format(r)
		if err != nil {
			t.Fatal(err)
		}
		again := readRule(t, text)
		if again.Title != r.Title || again.Document != r.Document || again.Effective != r.Effective || again.Issued != r.Issued || again.Contact != r.Contact ||
			again.Kind != r.Kind || !slices.Equal(again.Aliases, r.Aliases) || again.Category != r.Category || !again.Sample {
			t.Errorf("%s: front matter is now %+v", r.ID, again)
		}
		for i, a := range r.Articles {
			if b := again.Articles[i]; a.Text != b.Text || !slices.Equal(partsAsked(a), partsAsked(b)) || !slices.Equal(a.Path, b.Path) {
				t.Errorf("%s%s:\n got %q %q\nwant %q %q", r.ID, a.Label, b.Text, partsAsked(b), a.Text, partsAsked(a))
			}
		}
	}
}

// A rule that is marked as internal stays so.
func TestFormatInternal(t *testing.T) {
	for _, internal := range []bool{true, false} {
		r := &Rule{ID: "zhi-ban", Title: "值班办法", Effective: "2026-01-01", Internal: internal}
		r.Articles = []*Article{{Rule: r, Number: Number{Main: 1}, Label: "第一条", Text: "第一条 八点到岗。"}}
		text, err := Format(r)
		if err != nil {
			t.Fatal(err)
		}
		if again := readRule(t, text); again.Internal != internal || strings.Contains(text, "internal") != internal {
			t.Errorf("%v became\n%s", internal, text)
		}
	}
}

func readRule(t *testing.T, text string) *Rule {
	t.Helper()
	rep := &report{unread: map[string]bool{}}
	r := parseRule("rules/x.md", text, rep)
	if len(rep.errors) > 0 {
		t.Fatalf("%v in\n%s", rep.errors, text)
	}
	return r
}

// What offices write, recognised, written and read again.
func TestFormatPlain(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"charter", charter, "总纲 第一条 第二条 第三条 第四条"},
		{"counted", "关于值班的通知\n各科室：\n为做好值班工作，现将有关事项通知如下，请各科室认真对照执行。\n一、值班\n值班到岗。\n（一）白班。\n二、交接\n当面交接。\n", "引言 第一项 第二项"},
		{"figures", "值班须知\n一、到岗\n1. 八点到岗。\n2. 不得迟到。\n二、交接\n3. 当面交接。\n", "第一项 第二项 第三项"},
		{"chapters", "值班须知\n第一章 到岗\n一、八点到岗。\n二、不得迟到。\n第二章 交接\n一、当面交接。\n", "第一章 第二章"},
		{"brackets", "值班须知\n（一）八点到岗。\n（二）不得迟到。\n", "第一项 第二项"},
		{"spaced", "值班办法\n第 一 条　八点到岗。\n第 二 条　不得迟到。\n", "第一条 第二条"},
		{"with a mark", "值班办法\n第一条、八点到岗。\n第二条、不得迟到。\n", "第一条 第二条"},
		{"glued", "值班办法\n第一条八点到岗，按照\n第二条办理。\n第二条不得迟到。\n", "第一条 第二条"},
		{"lines that look like others", "值班办法\n第一条 甲：\n附件2\n\\乙\n第二条的期限，照旧。\n第二条 丙。\n总则\n第三条 丁。\n", "第一条 第二条 第三条"},
		{"annexes", "值班办法\n第一条 甲。\n第二条 乙。\n附件\n值班表\n姓名\n附件：签到表\n日期\n附件3值班细则\n第一条 丙。\n第二条 丁。\n", "第一条 第二条 附件1 附件2 附件3 附件3第一条 附件3第二条"},
		{"heading", "值班办法\n第一条【目的】甲。\n第二条 【到岗】 乙。\n", "第一条 第二条"},
		{"bold", "# 值班办法\n**第一条**甲。\n**第二条** 乙。\n", "第一条 第二条"},
		{"deleted", "值班办法\n第一条 甲。\n第二条 （删去）\n第三条 乙。\n", "第一条 第二条 第三条"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Recognise("x.txt", c.src, false)
			if len(got.Faults) > 0 {
				t.Fatal(got.Faults)
			}
			r := got.Rules[0]
			r.ID = "x"
			text, err := Format(r)
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			again := readRule(t, text)
			if c.want != "" && labels(again) != c.want {
				t.Errorf("articles %s, want %s in\n%s", labels(again), c.want, text)
			}
			for i, a := range r.Articles {
				if b := again.Articles[i]; hanOnly(a.Text) != hanOnly(b.Text) {
					t.Errorf("%s: %q, was %q", a.Label, b.Text, a.Text)
				}
			}
		})
	}
}

func hanOnly(s string) string {
	return strings.Map(func(r rune) rune {
		if r = foldRune(r); r > 0x2e80 && r != '　' {
			return r
		}
		return -1
	}, s)
}

func TestPaper(t *testing.T) {
	for original, want := range map[string]string{"": "rules/a.md", "originals/a/0123456789ab-值班-试行.docx": "值班-试行.docx", "originals/值班.docx": "rules/a.md"} {
		if got := (&Rule{File: "rules/a.md", Original: original}).Paper(); got != want {
			t.Errorf("%q: %q, want %q", original, got, want)
		}
	}
}
