package lines

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"lianwen/bot"
	"lianwen/corpus"
)

func standard(t *testing.T) *Template {
	t.Helper()
	tmpl, err := LoadTemplate(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return tmpl
}

// The request has the article whole, what its parts are called, what stands beside it,
// and what it has already; all that is quoted stands between marks.
func TestPrompt(t *testing.T) {
	a := holiday(t, "4")
	system, user := standard(t).Prompt(Request{a, []string{"病假多了还有年假吗"}, 5})
	if system != instruction {
		t.Errorf("the instruction is %q", system)
	}
	want := `第四条还要 5 句。
==== 材料开始 ` + a.WordsDigest() + ` ====
《职工年休假办法》第四条，在第一章 总则
[1] 第四条 有下列情形之一的，当年不再休年休假：
[1.1] （一）请事假累计二十天以上，单位按照规定不扣工资的；
[1.2] （二）工作满一年不满十年，请病假累计两个月以上的。
前后的条：第三条 天数；第六条 年休假由本人提出，经科室负责人同意，报办公室安排。
已有的问法：病假多了还有年假吗
==== 材料结束 ` + a.WordsDigest() + ` ====`
	if !strings.HasSuffix(user, want) {
		t.Errorf("got\n%s\nwant … %s", user, want)
	}
	if !strings.Contains(user, "制度：《职工年休假办法》\n") || strings.Count(user, formatOne) != 1 || strings.Contains(user, "{{") {
		t.Errorf("places are left in\n%s", user)
	}
	_, user = standard(t).Prompt(Request{Article: holiday(t, "3"), Want: 7})
	if !strings.Contains(user, "第三条（天数），在第一章 总则\n[1] 第三条 职工工作满") || !strings.Contains(user, "\n[2] 国家法定休假日") || strings.Contains(user, "已有的问法：") {
		t.Errorf("two paragraphs:\n%s", user)
	}
	_, user = standard(t).Prompt(Request{Article: holiday(t, "6"), Want: 7})
	if !strings.Contains(user, "总则\n第六条 年休假由本人提出") || strings.Contains(user, "\n[1]") || !strings.Contains(user, "前后的条：第四条 有下列情形之一的，当年不再休年休假： （一）请事假累计二十天…\n") {
		t.Errorf("one piece:\n%s", user)
	}
}

// An article by itself has nothing beside it.
func TestPromptOfOne(t *testing.T) {
	a := mustRead(t, secret).Article("jiyao#1")
	_, user := standard(t).Prompt(Request{Article: a, Want: 7})
	if want := "《机要文件传递办法》第一条\n第一条 机要文件由专人用专用的袋子传递。\n==== 材料结束 " + a.WordsDigest() + " ===="; !strings.HasSuffix(user, want) {
		t.Errorf("got %s\nwant … %s", user, want)
	}
}

// Whatever an article says stands between its marks, word for word, and is never taken
// for a place of the template.
func TestPromptInjection(t *testing.T) {
	a := holiday(t, "2")
	_, user := standard(t).Prompt(Request{Article: a, Want: 7})
	before, rest, _ := strings.Cut(user, "==== 材料开始 "+a.WordsDigest()+" ====")
	inside, after, ok := strings.Cut(rest, "==== 材料结束 "+a.WordsDigest()+" ====")
	if !ok || after != "" || strings.Contains(before, "忽略") || !strings.Contains(inside, a.Text) {
		t.Errorf("before %q\ninside %q\nafter %q", before, inside, after)
	}
	evil := *a
	evil.Text = "第二条 {{条文}}{{格式}}{{制度}}"
	evil.Paragraphs = []corpus.Paragraph{{Text: evil.Text}}
	if _, user := standard(t).Prompt(Request{Article: &evil, Want: 7}); strings.Count(user, formatOne) != 1 || !strings.Contains(user, evil.Text) {
		t.Errorf("an article is read as a template:\n%s", user)
	}
}

// No article of the sample loses a word on its way into a prompt.
func TestPromptIsWhole(t *testing.T) {
	c, err := corpus.Open("")
	if err != nil {
		t.Fatal(err)
	}
	words := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, s)
	}
	for _, r := range c.Rules {
		for _, a := range r.Articles {
			text := ""
			for _, part := range numbered(a) {
				if _, rest, ok := strings.Cut(part, "] "); ok && strings.HasPrefix(part, "[") {
					part = rest
				}
				text += part
			}
			if words(text) != words(a.Text) {
				t.Errorf("%s:\n got %s\nwant %s", a.Key(), text, a.Text)
			}
		}
	}
}

func TestOwnTemplate(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, corpus.LinesPrompt)
	for name, tt := range map[string]struct{ text, why string }{
		"ours":           {"\ufeff为{{制度}}写问法。\r\n{{格式}}\r\n{{条文}}\r\n", ""},
		"no title":       {"{{格式}}{{条文}}", ""},
		"no articles":    {"写问法。{{格式}}", "里 {{条文}} 要写一处，现在有 0 处"},
		"articles twice": {"{{格式}}{{条文}}{{条文}}", "里 {{条文}} 要写一处，现在有 2 处"},
		"no format":      {"写问法。{{条文}}", "里 {{格式}} 要写一处，现在有 0 处"},
		"unknown place":  {"{{格式}}\n{{条文}}{{条数}}", "第 2 行的 {{条数}} 不认识，可用的有 {{制度}}、{{格式}}、{{条文}}"},
		"GBK":            {"{{格式}}{{条文}}\xb0\xec", "不是 UTF-8 编码"},
		"longest":        {"{{格式}}{{条文}}" + strings.Repeat("长", maxTemplate-12), ""},
		"too long":       {"{{格式}}{{条文}}" + strings.Repeat("长", maxTemplate-11), "超过 10000 字"},
		"empty":          {"", "里 {{条文}} 要写一处，现在有 0 处"},
	} {
		if err := os.WriteFile(file, []byte(tt.text), 0o644); err != nil {
			t.Fatal(err)
		}
		tmpl, err := LoadTemplate(dir)
		if tt.why != "" {
			if err == nil || bot.CodeOf(err) != bot.Invalid || !strings.Contains(err.Error(), file+" "+tt.why) {
				t.Errorf("%s: %v, want … %s", name, err, tt.why)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if name == "ours" {
			if _, user := tmpl.Prompt(Request{Article: holiday(t, "6"), Want: 3}); !strings.HasPrefix(user, "为《职工年休假办法》写问法。\n"+formatOne+"\n第六条还要 3 句。\n====") {
				t.Errorf("filled: %s", user)
			}
		}
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(file, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadTemplate(dir); err == nil {
		t.Error("a folder is read")
	}
	if why := templateFault(standardTemplate); why != "" {
		t.Errorf("the standard template %s", why)
	}
}
