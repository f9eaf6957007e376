package corpus

import (
	"strings"
	"testing"
)

// refsOf lists an article's references as words→target.
func refsOf(a *Article) string {
	var out []string
	for _, r := range a.Refs {
		to := "?"
		if r.Target != nil {
			to = r.Target.Key()
		}
		out = append(out, r.Text+"→"+to)
	}
	return strings.Join(out, " ")
}

func TestRefs(t *testing.T) {
	yi := strings.Replace(rule("yi", "乙工作条例", "第一条 一：\n（一）子。\n二。\n第二条 二。\n第二条之一 插入。\n第三条 三。\n"), "title", "aliases = [\"乙条例\"]\ntitle", 1)
	for _, c := range []struct{ text, want string }{
		{"依照本办法第二条执行。", "本办法第二条→jia#2"},
		{"按照《乙工作条例》第一条第二款办理。", "《乙工作条例》第一条第二款→yi#1"},
		{"按照《乙工作条例》第一条第一款第（一）项办理。", "《乙工作条例》第一条第一款第（一）项→yi#1"},
		{"按照《乙工作条例》第一条第一款第一项办理。", "《乙工作条例》第一条第一款第一项→yi#1"},
		{"《乙条例》第三条所列。", "《乙条例》第三条→yi#3"}, // by alias
		{"本办法第二条、第三条。", "本办法第二条→jia#2 第三条→jia#3"},
		{"本办法第二条、第三条和第一条。", "本办法第二条→jia#2 第三条→jia#3 第一条→jia#1"},
		{"《乙工作条例》第一条第二款、第三条规定。", "《乙工作条例》第一条第二款→yi#1 第三条→yi#3"},
		{"《乙工作条例》第一条第一款、第二款和第三条。", "《乙工作条例》第一条第一款、第二款→yi#1 第三条→yi#3"},
		{"《乙工作条例》第二条至第三条。", "《乙工作条例》第二条→yi#2 第三条→yi#3"},
		{"《乙工作条例》第二条之一。", "《乙工作条例》第二条之一→yi#2-1"},
		{"本办法第2条、第３条。", "本办法第2条→jia#2 第３条→jia#3"},
		{"先本办法第二条，\n后《乙条例》第二条。", "本办法第二条→jia#2 《乙条例》第二条→yi#2"},
		{"《乙工作条例》的规定，第三季度，每条建议。", ""},
	} {
		lib := lib("rules/jia.md", rule("jia", "甲办法", "第一条 "+c.text+"\n第二条 二。\n第三条 三。\n"), "rules/yi.md", yi)
		got := mustRead(t, lib).Article("jia#1")
		// how far the words of a list of paragraphs reach is a matter of taste; where they lead is not
		if g, w := strings.ReplaceAll(refsOf(got), "、第二款", ""), strings.ReplaceAll(c.want, "、第二款", ""); g != w {
			t.Errorf("%s\n got %s\nwant %s", c.text, g, w)
		}
		for _, r := range got.Refs {
			if !strings.Contains(got.Text, r.Text) {
				t.Errorf("%q is not a part of %q", r.Text, got.Text)
			}
		}
	}
}

// Who maintains a file can correct it; an official text is quoted as it is.
func TestRefsToNowhere(t *testing.T) {
	body := "第一条 甲：\n（一）依照本办法第九条；\n（二）依照《丙条例》第八条。\n第二条 见《丙条例》第七条、\n本办法第一条、第七条。\n"
	wantProblems(t, problemsOf(t, lib("rules/jia.md", rule("jia", "甲办法", body))),
		"rules/jia.md:8|第一条引用「本办法第九条」，但《甲办法》没有第九条",
		"rules/jia.md:11|第二条引用「第七条」，但《甲办法》没有第七条") // not line 10, where the same words mean another rule

	c := mustRead(t, lib("rules/jia.md", rule("jia", "甲办法", "第一条 依照\n《丙条例》第八条。\n")))
	wantProblems(t, c.Warnings, "rules/jia.md:8|《丙条例》不在制度库里")
	if refs := c.Article("jia#1").Refs; len(refs) != 1 || refs[0].Title != "丙条例" || refs[0].Target != nil {
		t.Errorf("refs %+v", refs)
	}

	plain := mustRead(t, lib("jia.txt", "甲办法\n"+body))
	wantProblems(t, plain.Warnings, "jia.txt:3|本办法第九条", "jia.txt:6|第七条")
}

// A repealed version means its own articles by 本条例, not its successor's.
func TestRefsStayInTheirVersion(t *testing.T) {
	c := mustRead(t, lib(
		"rules/jia.md", rule("jia", "甲条例", "第一条 新一，依照本条例第二条。\n第二条 新二。\n"),
		"rules/jia.2019.md", repealed("jia", "甲条例", "2019-03-01", "第一条 旧一，依照本条例第二条。\n第二条 旧二。\n")))
	for key, want := range map[string]string{"jia#1": "第二条 新二。", "jia#1@2019-03-01": "第二条 旧二。"} {
		if refs := c.Article(key).Refs; len(refs) != 1 || refs[0].Target == nil || refs[0].Target.Text != want {
			t.Errorf("%s refers to %+v, want %s", key, refs, want)
		}
	}
}
