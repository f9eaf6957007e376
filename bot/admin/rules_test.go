package admin

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/corpus"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// wordsOn are the texts of the articles on a page, as somebody reads them.
func wordsOn(body string) (texts []string) {
	for _, m := range regexp.MustCompile(`(?s)<div class="words"[^>]*>(.*?)</div>`).FindAllStringSubmatch(body, -1) {
		texts = append(texts, html.UnescapeString(tags.ReplaceAllString(m[1], "")))
	}
	return texts
}

// writeFile writes a file of a library.
func writeFile(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	must(t, os.MkdirAll(filepath.Dir(file), 0o755))
	must(t, os.WriteFile(file, []byte(text), 0o644))
}

// Every article is on the page of its rule and on its own, byte for byte, and in order.
func TestRuleText(t *testing.T) {
	s := newSite(t)
	c, release := s.Desk.Library()
	defer release()
	staff := s.as(ledger.RoleView)
	for _, r := range c.Rules {
		status, body := staff.get(rulePath(r))
		says(t, status, body, http.StatusOK, r.Title, r.Document)
		texts := wordsOn(body)
		if len(texts) != len(r.Articles) {
			t.Fatalf("%s: %d texts of %d", r.File, len(texts), len(r.Articles))
		}
		for i, a := range r.Articles {
			status, own := staff.get(articlePath(a))
			if texts[i] != a.Text || status != http.StatusOK || len(wordsOn(own)) != 1 || wordsOn(own)[0] != a.Text {
				t.Errorf("%s: %q, want %q", a.Key(), texts[i], a.Text)
			}
		}
	}
}

// What leads from a rule to others, and from others to it.
func TestRuleLinks(t *testing.T) {
	s := newSite(t)
	editor := s.as(ledger.RoleEdit)
	_, body := editor.get("/rules/huiyi")
	for _, want := range []string{`<a href="/rules/qingjia/3">《委员请假办法》第三条</a>`, `href="/rules/huiyi/2/lines"`, "【手机】", "开会能不能接电话", `href="/rules/huiyi?version=2025-01-01"`} {
		if !strings.Contains(body, want) {
			t.Errorf("%s is not on the page", want)
		}
	}
	_, body = editor.get("/rules/qingjia/3")
	for _, want := range []string{`<a href="/rules/huiyi/3">《会议纪律》第三条</a>`, `href="/rules/qingjia/2"`, `href="/rules/qingjia/4"`, "第二章 手续"} {
		if !strings.Contains(body, want) {
			t.Errorf("%s is not on the page", want)
		}
	}
	_, body = editor.get("/rules/huiyi/2?version=2025-01-01")
	if strings.Contains(body, "/lines") || !strings.Contains(body, "手机应当关机") || !strings.Contains(body, `href="/rules/huiyi/2"`) {
		t.Errorf("the older version:\n%s", body)
	}
}

// All rules are on one page, as they stand; one is found by its names.
func TestRulesTree(t *testing.T) {
	s := newSite(t, follows)
	viewer := s.as(ledger.RoleView)
	status, body := viewer.get("/rules")
	says(t, status, body, http.StatusOK, "现行 2 部，8 条", "委员联络科", "旧版 1", "履职（1 部）", `href="/drafts"`)
	if strings.Contains(body, `href="/import"`) {
		t.Error("whoever may look is offered to import")
	}
	for query, found := range map[string]bool{"联络": true, "请假办法": true, "〔2026〕3号": true, "QINGJIA": true, "没有这个": false} {
		_, body := viewer.get("/rules?q=" + url.QueryEscape(query))
		if strings.Contains(body, `href="/rules/qingjia"`) != found {
			t.Errorf("%q", query)
		}
	}
	must(t, os.WriteFile(filepath.Join(s.library, "rules/cuo.md"), []byte("+++\nid = \"cuo\"\n"), 0o644))
	status, body = viewer.get("/rules")
	says(t, status, body, http.StatusOK, "制度库有 1 处错误", "rules/cuo.md")
}

// A long rule and a large library are shown in pages; nothing is left out.
func TestRulesInPages(t *testing.T) {
	var text strings.Builder
	for i := 1; i <= 450; i++ {
		fmt.Fprintf(&text, `{"id":"%d","title":"长法%s","text":"第%d条的文字。"}`+"\n", i, corpus.Number{Main: i}.Chinese(), i)
	}
	for i := range 120 {
		fmt.Fprintf(&text, `{"id":"k%d","title":"第%d号短法","text":"没有条号的文字。"}`+"\n", i, i)
	}
	file := filepath.Join(t.TempDir(), "成批.jsonl")
	must(t, os.WriteFile(file, []byte(text.String()), 0o644))
	s := newSite(t, func(c *Config) {
		c.Desk.Dir = file
		c.Desk.Library = func() (*corpus.Corpus, func()) {
			now, err := corpus.Open(file)
			must(t, err)
			return now, func() {}
		}
	})
	editor := s.as(ledger.RoleEdit)
	status, body := editor.get("/rules")
	says(t, status, body, http.StatusOK, "成批的条文", `href="/rules?page=2"`, "现行 121 部")
	if n := strings.Count(body, "<tr><th scope=\"row\">"); n != rulesOf {
		t.Errorf("%d rules on a page", n)
	}
	texts := 0
	for page := 1; page <= 3; page++ {
		_, body := editor.get(fmt.Sprintf("/rules/%s?page=%d", url.PathEscape("长法"), page))
		texts += len(wordsOn(body))
	}
	if texts != 450 {
		t.Errorf("%d articles on all pages", texts)
	}
	status, body = editor.get("/rules/" + url.PathEscape("第7号短法"))
	says(t, status, body, http.StatusOK, "没有条号的文字")
	_, status, body = editor.papers(nil, sent{"印章.txt", sealPaper})
	says(t, status, body, http.StatusBadRequest, "是一个文件", "lianwen library init")
}
