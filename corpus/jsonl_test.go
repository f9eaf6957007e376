package corpus

import (
	"slices"
	"testing"
)

func TestJSONL(t *testing.T) {
	c := mustRead(t, lib("fa.jsonl", `{"id":"m-465","title":"《民法典》第四百六十五条","text":"依法成立的合同，\n受法律保护。"}
{"id":"x-133-1","title":"刑法第一百三十三条之一","text":"  在道路上驾驶：\n（一）甲；\n（二）乙。 ","extra":1}

{"id":"m-2","title":"民法典 第二条","text":"第二款"}
{"id":"w-1","title":"关于第三条的答复","text":"无条号的文字"}
`))
	if len(c.Rules) != 3 {
		t.Fatalf("%d rules, want 民法典, 刑法 and 关于第三条的答复", len(c.Rules))
	}
	for i, want := range []struct {
		title, articles string
	}{{"民法典", "第四百六十五条 第二条"}, {"刑法", "第一百三十三条之一"}, {"关于第三条的答复", ""}} {
		if r := c.Rules[i]; r.Title != want.title || labels(r) != want.articles {
			t.Errorf("rule %d: %s with %s; want %s with %s", i, r.Title, labels(r), want.title, want.articles)
		}
	}
	a := c.Article("m-465")
	if a == nil || a.Key() != "m-465" || a.Number != (Number{Main: 465}) || a.Text != "依法成立的合同，\n受法律保护。" || a.Citation() != "《民法典》第四百六十五条" || a.Line != 1 {
		t.Errorf("m-465 = %+v", a)
	}
	b := c.Article("x-133-1")
	if b == nil || b.Number != (Number{Main: 133, Sub: 1}) || len(b.Paragraphs) != 1 || len(b.Paragraphs[0].Items) != 2 || b.Line != 2 {
		t.Errorf("x-133-1 = %+v", b)
	}
	if w := c.Article("w-1"); w == nil || w.Citation() != "《关于第三条的答复》" || w.Line != 5 {
		t.Errorf("w-1 = %+v", w)
	}
	// a selection has gaps, and quotes other laws: neither is a problem of the library
	if len(c.Warnings) != 0 {
		t.Errorf("warnings %v", c.Warnings)
	}
}

// A law is one whether its articles name the nation or not; a title that is
// nothing but a number names the rule.
func TestJSONLTitles(t *testing.T) {
	c := mustRead(t, lib("fa.jsonl", "\ufeff"+`{"id":"a","title":"中华人民共和国民法典第一条","text":"甲"}
{"id":"b","title":"民法典第二条","text":"乙"}
{"id":"c","title":"第一条","text":"丙"}
`))
	var got []string
	for _, r := range c.Rules {
		got = append(got, r.Title+" with "+labels(r))
	}
	if want := []string{"中华人民共和国民法典 with 第一条 第二条", "第一条 with "}; !slices.Equal(got, want) {
		t.Errorf("rules %q, want %q", got, want)
	}
}

func TestJSONLProblems(t *testing.T) {
	const good = `{"id":"a","title":"甲法第一条","text":"甲"}` + "\n"
	wantProblems(t, problemsOf(t, lib("fa.jsonl", good+
		"{\"id\":\"b\",\n"+ // 2
		`{"title":"甲法第二条","text":"乙"}`+"\n"+ // 3
		`{"id":"c","title":"甲法第三条"}`+"\n"+ // 4
		`{"id":"d","title":"甲法第四条","text":" 　 "}`+"\n"+ // 5
		`{"id":4,"title":"甲法第五条","text":"戊"}`+"\n"+ // 6
		`["a"]`+"\n"+ // 7
		`{"id":"a","title":"甲法第六条","text":"己"}`+"\n"+ // 8
		`{"id":"e","text":"庚"}`+"\n")), // 9: would be cited as 《》
		"fa.jsonl:2|JSON", "fa.jsonl:3|缺 id", "fa.jsonl:4|text", "fa.jsonl:5|text", "fa.jsonl:6|JSON", "fa.jsonl:7|JSON",
		"fa.jsonl:8|id \"a\" 与第 1 行重复", "fa.jsonl:9|title")
	wantProblems(t, problemsOf(t, lib("a.jsonl", good, "b.jsonl", `{"id":"a","title":"乙法第一条","text":"乙"}`)),
		"b.jsonl:1|a.jsonl") // the other file must be named, not only its line
	wantProblems(t, problemsOf(t, lib("fa.jsonl", "\n")), ".|没有制度文件")
}
