package corpus

import (
	"slices"
	"strings"
	"testing"
)

// partsAsked lays out the parts of an article that have asked-as lines of their
// own: the last line of the part without the label, =, the lines.
func partsAsked(a *Article) []string {
	var out []string
	add := func(text string, asked []string) {
		if len(asked) > 0 {
			line := strings.TrimPrefix(text[strings.LastIndex(text, "\n")+1:], a.Label+" ")
			out = append(out, line+"="+strings.Join(asked, "+"))
		}
	}
	for _, p := range a.Paragraphs {
		add(p.Text, p.AskedAs)
		for _, item := range p.Items {
			add(item.Text, item.AskedAs)
		}
	}
	return out
}

// A line belongs to what it stands directly behind; behind the whole article it
// is the article's. The article knows them all, and its text none of them.
func TestAskedParts(t *testing.T) {
	t.Parallel()
	const ask = "> 问："
	for _, c := range []struct {
		name, body, text string
		parts            []string
		all              string
	}{
		{"one paragraph", "第一条 甲。\n" + ask + "子\n" + ask + "丑\n", "第一条 甲。", nil, "子 丑"},
		{"one paragraph, blank line above", "第一条 甲。\n\n" + ask + "子\n", "第一条 甲。", nil, "子"},
		{"behind all paragraphs", "第一条 甲。\n乙。\n" + ask + "子\n", "第一条 甲。\n乙。", nil, "子"},
		{"behind all items", "第一条 甲：\n（一）乙；\n（二）丙。\n" + ask + "子\n", "第一条 甲：\n（一）乙；\n（二）丙。", nil, "子"},
		{"a paragraph in the middle", "第一条 甲。\n" + ask + "子\n乙。\n", "第一条 甲。\n乙。", []string{"甲。=子"}, "子"},
		{"every paragraph", "第一条 甲。\n" + ask + "子\n乙。\n" + ask + "丑\n" + ask + "寅\n丙。\n" + ask + "卯\n", "第一条 甲。\n乙。\n丙。",
			[]string{"甲。=子", "乙。=丑+寅", "丙。=卯"}, "子 丑 寅 卯"},
		{"the last paragraph, then the article", "第一条 甲。\n" + ask + "子\n乙。\n\n" + ask + "丑\n", "第一条 甲。\n乙。", []string{"甲。=子"}, "子 丑"},
		{"paragraph and article, only a blank line between", "第一条 甲。\n" + ask + "子\n\n" + ask + "丑\n", "第一条 甲。", []string{"甲。=子"}, "子 丑"},
		{"two groups that blank lines part from the article", "第一条 甲。\n" + ask + "子\n乙。\n\n" + ask + "丑\n\n" + ask + "寅\n", "第一条 甲。\n乙。",
			[]string{"甲。=子"}, "子 丑 寅"},
		{"blank line above the lines of a paragraph", "第一条 甲。\n\n" + ask + "子\n乙。\n", "第一条 甲。\n乙。", []string{"甲。=子"}, "子"},
		{"blank line below the lines of a paragraph", "第一条 甲。\n" + ask + "子\n\n　　乙。\n", "第一条 甲。\n　　乙。", []string{"甲。=子"}, "子"},
		{"items", "第一条 甲：\n（一）乙；\n" + ask + "子\n（二）丙；\n（三）丁。\n" + ask + "丑\n", "第一条 甲：\n（一）乙；\n（二）丙；\n（三）丁。",
			[]string{"（一）乙；=子", "（三）丁。=丑"}, "子 丑"},
		{"items, then the article", "第一条 甲：\n（一）乙；\n" + ask + "子\n（二）丙。\n\n" + ask + "丑\n", "第一条 甲：\n（一）乙；\n（二）丙。", []string{"（一）乙；=子"}, "子 丑"},
		{"the last item above another paragraph", "第一条 甲：\n（一）乙；\n（二）丙。\n" + ask + "子\n丁。\n", "第一条 甲：\n（一）乙；\n（二）丙。\n丁。", []string{"（二）丙。=子"}, "子"},
		{"items that read the same", "第一条 甲：\n1. 乙。\n1. 乙。\n" + ask + "子\n丁：\n1. 乙。\n" + ask + "丑\n1. 乙。\n", "第一条 甲：\n1. 乙。\n1. 乙。\n丁：\n1. 乙。\n1. 乙。",
			[]string{"1. 乙。=子", "1. 乙。=丑"}, "子 丑"},
		{"an item with numbered lines", "第一条 甲：\n（一）乙：\n1. 丙；\n2. 丁。\n" + ask + "子\n（二）戊。\n", "第一条 甲：\n（一）乙：\n1. 丙；\n2. 丁。\n（二）戊。", []string{"2. 丁。=子"}, "子"},
		{"the line that opens a list is no part", "第一条 甲：\n" + ask + "子\n（一）乙。\n", "第一条 甲：\n（一）乙。", nil, "子"},
		{"the label alone is no part", "第一条\n> 问：子\n甲。\n乙。\n", "第一条\n甲。\n乙。", nil, "子"},
		{"a numbered line is no part", "第一条 甲：\n（一）乙：\n1. 丙；\n" + ask + "子\n2. 丁。\n", "第一条 甲：\n（一）乙：\n1. 丙；\n2. 丁。", nil, "子"},
		{"below a heading", "第一条 【目的】 甲。\n" + ask + "子\n乙。\n", "第一条 甲。\n乙。", []string{"甲。=子"}, "子"},
		{"label and heading alone", "第一条 【目的】\n甲。\n" + ask + "子\n乙。\n" + ask + "丑\n", "第一条 \n甲。\n乙。", []string{"甲。=子", "乙。=丑"}, "子 丑"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := readOne(t, "rules/jia.md", rule("jia", "甲办法", c.body+"第二条 末条。\n"))
			a := article(t, r, "1")
			if a.Text != c.text {
				t.Errorf("text %q, want %q", a.Text, c.text)
			}
			if got := partsAsked(a); !slices.Equal(got, c.parts) {
				t.Errorf("parts are asked for as %q, want %q", got, c.parts)
			}
			if got := strings.Join(a.AskedAs, " "); got != c.all {
				t.Errorf("the article is asked for as %q, want %q", got, c.all)
			}
			if last := article(t, r, "2"); last.AskedAs != nil || partsAsked(last) != nil {
				t.Errorf("the next article got %q, %q", last.AskedAs, partsAsked(last))
			}
		})
	}
}

// Nothing of one article's lines is left over for the next, not even for one
// whose text has the same length.
func TestAskedPartsOfNeighbours(t *testing.T) {
	t.Parallel()
	r := readOne(t, "rules/jia.md", rule("jia", "甲办法",
		"第一条 甲。\n> 问：子\n乙。\n> 问：丑\n第二条 甲。\n乙。\n> 问：寅\n## 附件1 表\n丙。\n> 问：卯\n丁。\n"))
	for i, want := range []struct {
		parts []string
		all   string
	}{{[]string{"甲。=子", "乙。=丑"}, "子 丑"}, {nil, "寅"}, {[]string{"丙。=卯"}, "卯"}} {
		a := r.Articles[i]
		if got := partsAsked(a); !slices.Equal(got, want.parts) || strings.Join(a.AskedAs, " ") != want.all {
			t.Errorf("%s: %q of %q", a.Label, got, a.AskedAs)
		}
	}
}

// The items of a list of prohibitions, and of a text without front matter.
func TestAskedPartsElsewhere(t *testing.T) {
	t.Parallel()
	head := strings.Replace(rule("shi", "三不准", ""), "+++\n", "+++\nkind = \"prohibitions\"\n", 1)
	for file, src := range map[string]string{
		"rules/shi.md": head + "一、不准迟到。\n> 问：晚到\n　　早退也不行。\n二、不准代会。\n",
		"考勤办法.txt":     "考勤办法\n第一条 不准迟到。\n> 问：晚到\n　　早退也不行。\n第二条 不准代会。\n",
	} {
		a := readOne(t, file, src).Articles[0]
		if got := partsAsked(a); len(got) != 1 || !strings.HasSuffix(got[0], "不准迟到。=晚到") || !strings.HasSuffix(a.Text, "迟到。\n　　早退也不行。") {
			t.Errorf("%s: %q of %q", file, got, a.Text)
		}
	}
}

// A signature over a date is cut off, also below asked-as lines.
func TestAskedAboveSignature(t *testing.T) {
	t.Parallel()
	a := readOne(t, "考勤办法.txt", "考勤办法\n第一条 甲。\n> 问：子\n\n某某办公室\n2026年2月1日\n").Articles[0]
	if a.Text != "第一条 甲。" || !slices.Equal(a.AskedAs, []string{"子"}) || partsAsked(a) != nil {
		t.Errorf("%q, %q, %q", a.Text, a.AskedAs, partsAsked(a))
	}
}

// A faulty line is reported where it stands and changes nothing.
func TestAskedProblems(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body string
		want       []string // the first line of body being 7
	}{
		{"before the first article", "> 问：子\n第一条 甲。\n", []string{"rules/jia.md:7|不在任何一条之后"}},
		{"empty before the first article", "> 问：\n第一条 甲。\n", []string{"rules/jia.md:7|不在任何一条之后"}},
		{"below a chapter", "第一条 甲。\n## 第一章 乙\n> 问：子\n第二条 丙。\n", []string{"rules/jia.md:9|不在任何一条之后"}},
		{"empty", "第一条 甲。\n> 问：\n乙。\n> 问：　\n", []string{"rules/jia.md:8|「问：」后面是空的", "rules/jia.md:10|「问：」后面是空的"}},
		{"an article of nothing else", "第一条 甲。\n第二条\n> 问：子\n", []string{"rules/jia.md:8|第二条没有内容"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			wantProblems(t, problemsOf(t, lib("rules/jia.md", rule("jia", "甲办法", c.body))), c.want...)
		})
	}
}

// The library gives lines to parts, and no part has one that its article has not.
func TestSampleAskedParts(t *testing.T) {
	t.Parallel()
	of := func(a *Article, asked []string) {
		for _, l := range asked {
			if !slices.Contains(a.AskedAs, l) {
				t.Errorf("%s: %q is of a part but not of the article", a.Citation(), l)
			}
		}
	}
	parts := 0
	for _, r := range readSample(t).Rules {
		for _, a := range r.Articles {
			if strings.Contains(a.Text, "问：") && strings.Contains(a.Text, "\n>") {
				t.Errorf("%s: an asked-as line is in its text", a.Citation())
			}
			for _, p := range a.Paragraphs {
				of(a, p.AskedAs)
				for _, item := range p.Items {
					of(a, item.AskedAs)
				}
			}
			parts += len(partsAsked(a))
		}
	}
	if parts == 0 {
		t.Error("no item and no paragraph of the library has lines of its own")
	}
}
