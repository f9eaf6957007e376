package corpus

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// addSample seeds a target with files of the sample library.
func addSample(f *testing.F, pattern string) {
	f.Helper()
	files, err := fs.Glob(Sample(), pattern)
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds in %s: %v", pattern, err)
	}
	for _, file := range files {
		raw, err := fs.ReadFile(Sample(), file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
}

func FuzzParseNumeral(f *testing.F) {
	for _, s := range []string{"", "十二", "一百零三", "一〇三", "两百", "１０３", "一百三", "九千九百九十九", "零", "\xff十"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := ParseNumeral(s)
		if !ok {
			return
		}
		if n < 1 || n > MaxNumeral {
			t.Fatalf("ParseNumeral(%q) = %d", s, n)
		}
		if back, ok := ParseNumeral(FormatNumeral(n)); !ok || back != n {
			t.Fatalf("%q → %d → %s → %d, %v", s, n, FormatNumeral(n), back, ok)
		}
	})
}

// checkParsed holds for the outcome of reading any bytes at all: what is kept
// is quoted byte for byte, and what is refused is explained.
func checkParsed(t *testing.T, raw []byte, articles []*Article, rep *report) {
	t.Helper()
	src, _ := decodeText("", raw, &report{})
	if !hasFrontMatter(src) {
		src = boldLabel.ReplaceAllString(src, "$1$2")
	}
	from := 0
	for _, a := range articles {
		if a.Text == "" {
			t.Fatalf("%s has no text", a.Label)
		}
		for i, line := range strings.Split(a.Text, "\n") {
			parts := []string{line}
			if kept := len(articlePattern.FindString(line)) + len(prohibitionPat.FindString(line)); i == 0 && a.Heading != "" {
				parts = []string{line[:kept], strings.TrimLeft(line[kept:], spaces)} // the heading stands between
			}
			for _, part := range parts {
				at := strings.Index(src[from:], part)
				if at < 0 {
					t.Fatalf("%s: %q is not in the source behind what is above it", a.Label, part)
				}
				from += at + len(part)
			}
		}
		for i, p := range a.Passages() {
			for _, s := range append(p.Lead, p.Span) {
				if s.Start < 0 || s.End > len(a.Text) || s.Start >= s.End || strings.TrimSpace(s.In(a.Text)) == "" || !utf8.ValidString(s.In(a.Text)) {
					t.Fatalf("%s: passage %d is %v of %d bytes", a.Label, i, s, len(a.Text))
				}
			}
			if i > 0 && p.Start < a.Passages()[i-1].End {
				t.Fatalf("%s: passage %d begins inside the one before", a.Label, i)
			}
		}
		if a.Line < 1 || a.Line > 1+strings.Count(src, "\n") {
			t.Fatalf("%s on line %d", a.Label, a.Line)
		}
		for _, p := range a.Paragraphs {
			if !strings.Contains(a.Text, p.Text) {
				t.Fatalf("paragraph %q is not in %q", p.Text, a.Text)
			}
			for _, item := range p.Items {
				if !strings.Contains(p.Text, item.Text) {
					t.Fatalf("item %q is not in %q", item.Text, p.Text)
				}
				for _, sub := range item.Sub {
					if !strings.Contains(item.Text, sub) {
						t.Fatalf("sub-item %q is not in %q", sub, item.Text)
					}
				}
			}
		}
	}
	for _, p := range append(rep.errors, rep.warnings...) {
		checkProblem(t, p)
	}
}

func checkProblem(t *testing.T, p Problem) {
	t.Helper()
	if p.File == "" || p.What == "" || p.Fix == "" || p.Line < 0 || strings.Contains(p.String(), "\n") {
		t.Fatalf("not a problem for people: %#v", p)
	}
}

// checkRead holds for a library of one such file, with all the links made.
func checkRead(t *testing.T, file string, raw []byte) {
	t.Helper()
	c, err := Read(lib(file, string(raw)))
	var ps Problems
	switch {
	case errors.As(err, &ps):
		for _, p := range ps {
			checkProblem(t, p)
		}
		return
	case err != nil:
		t.Fatal(err)
	}
	for _, p := range c.Faults {
		checkProblem(t, p)
	}
	for _, r := range c.Rules {
		for _, a := range r.Articles {
			if c.Article(a.Key()) != a {
				t.Fatalf("%q leads elsewhere: two articles under one key, or none", a.Key())
			}
			for _, ref := range a.Refs {
				if !strings.Contains(a.Text, ref.Text) {
					t.Fatalf("reference %q is not in %q", ref.Text, a.Text)
				}
			}
		}
	}
}

func FuzzRule(f *testing.F) {
	addSample(f, "rules/*.md")
	f.Add([]byte(fullRule))
	f.Add([]byte("+++\n+++\n第一条\n> 问：\n## 附件\n# x"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		rep := &report{unread: map[string]bool{}}
		src, ok := decodeText("rules/a.md", raw, rep)
		if ok && hasFrontMatter(src) {
			if r := parseRule("rules/a.md", src, rep); r != nil {
				checkParsed(t, raw, r.Articles, rep)
			} else if len(rep.errors) == 0 {
				t.Fatal("refused without a word")
			}
		}
		checkRead(t, "rules/a.md", raw)
	})
}

func FuzzPlain(f *testing.F) {
	f.Add([]byte(charter))
	f.Add([]byte("\ufeff# 考勤办法\r\n某协〔2026〕5号\r\n### 第一条\r\n甲\r\n**第二条**乙\r\n附件：表\r\n"))
	f.Add([]byte("考勤办法\n第一条甲。\n第二条规定的。\n第二条乙。\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		rep := &report{unread: map[string]bool{}}
		if src, ok := decodeText("a.txt", raw, rep); ok && !hasFrontMatter(src) {
			r := recognise("a.txt", src, rep)[0]
			checkParsed(t, raw, r.Articles, rep)
			if r.Title == "" {
				t.Fatal("a rule without a name cannot be cited")
			}
		}
		checkRead(t, "a.txt", raw)
	})
}

func FuzzJSONL(f *testing.F) {
	f.Add([]byte(`{"id":"m-465","title":"民法典第四百六十五条","text":"依法成立的合同"}` + "\n" + `{"id":"x","title":"第一条","text":"甲"}`))
	f.Add([]byte("{\"id\":\"\"}\n[]\n{"))
	f.Add([]byte(`{"id":"a#1","title":"第","text":"本法第九条"}`))
	f.Fuzz(func(t *testing.T, raw []byte) { checkRead(t, "a.jsonl", raw) })
}

// Whatever three files hold, what is left of a library is sound, with and
// without a former reading of it.
func FuzzLeftOut(f *testing.F) {
	f.Add([]byte(small), []byte(yi), []byte(question("q-1", `"jia#1"`)))
	f.Add([]byte(small), []byte(small), []byte(question("q-1", `"jia#9"`)))
	f.Add([]byte(strings.Replace(small, "第二条", "第五条", 1)), []byte("\xb5\xda"), []byte("[[question]]\nid = \"a\"\n"))
	prev, err := Read(lib("rules/a.md", small, "rules/b.md", yi))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, a, b, questions []byte) {
		for _, prev := range []*Corpus{nil, prev} {
			c, err := readFolder(lib("rules/a.md", string(a), "rules/b.md", string(b), "questions/q.toml", string(questions)), prev, nil)
			if (err == nil) == (c == nil) {
				t.Fatalf("%v, %v", c, err)
			}
			if err == nil {
				wantSound(t, c)
			}
		}
	})
}

// Whatever stands in a file of a rule: a heading is set, and all else is as it was, or the
// file is left alone.
func FuzzSetHeading(f *testing.F) {
	f.Add("第一条 甲。\n> 问：怎么甲\n\n第二条 【旧】 乙。\n", "新的")
	f.Add("第一条【旧】甲。\r\n第二条\r\n乙。\r\n", "")
	f.Add("### 一、甲\n内容\n## 附件1 表\n第一条 表。\n", "表头")
	f.Fuzz(func(t *testing.T, body, heading string) {
		raw := []byte(rule("jia", "甲办法", body))
		c, err := Read(lib("rules/jia.md", string(raw)))
		if err != nil {
			return
		}
		for _, a := range c.Rules[0].Articles {
			got, err := SetHeading(raw, a, heading)
			if err != nil {
				continue
			}
			after, err := Read(lib("rules/jia.md", string(got)))
			if err != nil || len(after.Rules) != 1 || len(after.Rules[0].Articles) != len(c.Rules[0].Articles) {
				t.Fatalf("%q is not read any more as it was: %v", got, err)
			}
			for i, b := range after.Rules[0].Articles {
				was := c.Rules[0].Articles[i]
				want := was.Heading
				if was == a {
					want = heading
				}
				if b.Text != was.Text || b.Heading != want || b.Number != was.Number || !slices.Equal(b.AskedAs, was.AskedAs) {
					t.Fatalf("%q: %q %q, was %q %q", got, b.Text, b.Heading, was.Text, was.Heading)
				}
			}
		}
	})
}
