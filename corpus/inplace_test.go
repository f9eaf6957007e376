package corpus

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"
	"testing"
)

// A heading is set, changed and taken away in the file, and nothing else of it changes,
// whatever its lines end in.
func TestSetHeading(t *testing.T) {
	for _, end := range []string{"\n", "\r\n"} {
		body := strings.ReplaceAll("第一条 甲一。  \n\n第二条 【旧的】  甲二：\n（一）子。\n> 问：怎么子\n## 第二章 后面\n第三条　甲三。\n第四条\n甲四。\n", "\n", end)
		raw := []byte("\ufeff" + strings.ReplaceAll(rule("jia", "甲办法", ""), "\n", end) + body)
		for _, tt := range []struct {
			key, heading, was, now string
		}{
			{"jia#1", "新的", "第一条 甲一。", "第一条 【新的】 甲一。"},
			{"jia#2", "新的", "【旧的】", "【新的】"},
			{"jia#2", "", "【旧的】  甲二", "甲二"},
			{"jia#3", "十二个字的条旨就是这样长", "第三条　甲三", "第三条　【十二个字的条旨就是这样长】　甲三"},
			{"jia#4", "另一行", "第四条" + end, "第四条【另一行】" + end},
			{"jia#1", "", "第一条", "第一条"},
		} {
			before := mustRead(t, lib("rules/jia.md", string(raw)))
			got, err := SetHeading(raw, before.Article(tt.key), tt.heading)
			if err != nil {
				t.Errorf("%s %q: %v", tt.key, tt.heading, err)
				continue
			}
			if want := strings.Replace(string(raw), tt.was, tt.now, 1); string(got) != want {
				t.Errorf("%s %q:\n%q\nwant\n%q", tt.key, tt.heading, got, want)
			}
			after := mustRead(t, lib("rules/jia.md", string(got)))
			if a := after.Article(tt.key); a.Heading != tt.heading || a.Text != before.Article(tt.key).Text {
				t.Errorf("%s: %q, %q", tt.key, a.Heading, a.Text)
			}
		}
	}
}

// What can be no heading, and what is no article's, is refused, and so is a file that is
// not as it was read.
func TestSetHeadingRefused(t *testing.T) {
	raw := []byte(rule("jia", "甲办法", "第一条 甲一。\n## 附件1 表格\n内容。\n"))
	c := mustRead(t, lib("rules/jia.md", string(raw)))
	for heading, want := range map[string]string{
		"十三个字的条旨就是这样长的": "超过 12 个字", "有】的": "不能有", "两\n行": "不能有", "零\u200b宽": "不能有", "完。": "不能有", " 空": "前后",
	} {
		_, err := SetHeading(raw, c.Article("jia#1"), heading)
		if e := (*InPlaceError)(nil); !errors.As(err, &e) || !strings.Contains(e.Why, want) {
			t.Errorf("%q: %v", heading, err)
		}
	}
	if _, err := SetHeading(raw, c.Article("jia#annex-1"), "别的"); err == nil || !strings.Contains(err.Error(), "正文的一部分") {
		t.Error(err)
	}
	changed := bytes.Replace(raw, []byte("甲一"), []byte("乙一"), 1)
	if _, err := SetHeading(changed, c.Article("jia#1"), "新的"); err == nil || !strings.Contains(err.Error(), "不是原来的样子") {
		t.Error(err)
	}
}

// Lines go out of a rule file and back to where they were; where the words of the
// article would change by it, they stay.
func TestDropAsked(t *testing.T) {
	raw := []byte(rule("jia", "甲办法", "第一条 甲一：\n（一）子；\n> 问：怎么子\n（二）丑。\n> 问：怎么丑\n\n> 问：怎么甲\n> 问：怎么子\n第二条 乙。\n> 问：乙呢\n\n又一款。\n> 问：又呢\n"))
	c := mustRead(t, lib("rules/jia.md", string(raw)))
	one, two := c.Article("jia#1"), c.Article("jia#2")
	for a, texts := range map[*Article][]string{one: {"怎么子", "怎么丑", "怎么甲"}, two: {"又呢"}} {
		for _, text := range texts {
			got, line, below, err := DropAsked(raw, a, text)
			if err != nil {
				t.Errorf("%s: %v", text, err)
				continue
			}
			if want := strings.Replace(string(raw), "> 问："+text+"\n", "", 1); string(got) != want || line != "> 问："+text+"\n" {
				t.Errorf("%s: %q\n%s", text, line, got)
			}
			again := mustRead(t, lib("rules/jia.md", string(got))).Article(a.Key())
			if back, err := PutAsked(got, again, line, below); err != nil || !bytes.Equal(back, raw) {
				t.Errorf("%s put back: %v\n%s", text, err, back)
			}
		}
	}
	for text, want := range map[string]string{"乙呢": "动到别的字", "怎么甲": "没有找到", "": "没有找到"} {
		if _, _, _, err := DropAsked(raw, two, text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, line := range []string{"第三条 多的。\n", "> 问：\n", "正文\n"} {
		if _, err := PutAsked(raw, one, line, 0); err == nil {
			t.Errorf("%q was put into the file", line)
		}
	}
	if _, err := PutAsked(raw, one, "> 问：新\n", 99); err == nil {
		t.Error("put behind the file")
	}
}

// Every article of the sample can be given a heading, and nearly every line of its files
// can be taken out.
func TestInPlaceOfSample(t *testing.T) {
	c := readSample(t)
	headed, dropped, lines := 0, 0, 0
	for i, r := range c.Rules {
		raw, err := fs.ReadFile(Sample(), r.File)
		if err != nil {
			t.Fatal(err)
		}
		for k, a := range r.Articles {
			if (i+k)%29 != 0 || a.Deleted || a.Number.Preamble || a.Number.Annex > 0 {
				continue // some tell as much as all
			}
			if got, err := SetHeading(raw, a, "另一个条旨"); err != nil {
				t.Errorf("%s: %v", a.Key(), err)
			} else if bytes.Equal(got, raw) {
				t.Errorf("%s is as it was", a.Key())
			}
			headed++
			for _, text := range a.AskedAs[:min(3, len(a.AskedAs))] {
				lines++
				if _, _, _, err := DropAsked(raw, a, text); err == nil {
					dropped++
				}
			}
		}
	}
	if headed < 20 || dropped*100 < lines*95 {
		t.Errorf("%d headings; %d of %d lines", headed, dropped, lines)
	}
	t.Logf("%d headings; %d of %d lines", headed, dropped, lines)
}

// Files are changed in place however they are written: as an office's plain text, as a
// list of prohibitions, with lines that end in CR alone; a file of bulk articles has no
// lines of its own and is left alone.
func TestInPlaceHoweverWritten(t *testing.T) {
	prohibited := strings.Replace(rule("buzhun", "十不准", "一、不准迟到。\n二、【早退】 不准早退。\n> 问：能先走吗\n"), "+++\n一", "kind = \"prohibitions\"\n+++\n一", 1)
	for name, tt := range map[string]struct{ file, text, key, was, now string }{
		"plain text":      {"请假办法.txt", "请假办法\n第一条 三天以内的报科室。\n第二条 五天以内的报领导。\n", "", "第二条 五", "第二条 【新的】 五"},
		"prohibition":     {"rules/b.md", prohibited, "buzhun#1", "一、不准", "一、【新的】不准"},
		"a changed one":   {"rules/b.md", prohibited, "buzhun#2", "【早退】", "【新的】"},
		"carriage return": {"rules/j.md", strings.ReplaceAll(rule("jia", "甲办法", "第一条 甲。\n第二条 乙。\n"), "\n", "\r"), "jia#2", "第二条 乙", "第二条 【新的】 乙"},
	} {
		c := mustRead(t, lib(tt.file, tt.text))
		a := c.Article(tt.key)
		if tt.key == "" {
			a = c.Rules[0].Articles[1]
		}
		got, err := SetHeading([]byte(tt.text), a, "新的")
		if want := strings.Replace(tt.text, tt.was, tt.now, 1); err != nil || string(got) != want {
			t.Errorf("%s: %v\n%q\nwant\n%q", name, err, got, want)
		}
	}
	bulk := "{\"id\":\"a#1\",\"title\":\"甲\",\"text\":\"第一条 甲。\"}\n"
	c := mustRead(t, lib("a.jsonl", bulk))
	if got, err := SetHeading([]byte(bulk), c.Rules[0].Articles[0], "新的"); err == nil {
		t.Errorf("bulk articles: %s", got)
	}
}
