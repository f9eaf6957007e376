package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"
)

func TestEncodings(t *testing.T) {
	const text = "第一条 开会。\n"
	gbk := "\xbf\xbc\xc7\xda\xb0\xec\xb7\xa8\r\n\xb5\xda\xd2\xbb\xcc\xf5 \xbf\xaa\xbb\xe1\xa1\xa3\r\n" // 考勤办法, 第一条 开会。
	utf16le := "\xff\xfe"
	for _, u := range utf16.Encode([]rune(text)) {
		utf16le += string([]byte{byte(u), byte(u >> 8)})
	}
	for _, c := range []struct {
		name, file, src, want string
	}{
		{"GBK", "kaoqin.txt", gbk, "kaoqin.txt:1|GBK"},
		{"GBK from the third line", "kaoqin.txt", "a\nb\n" + gbk, "kaoqin.txt:3|GBK"},
		{"GBK in the synonyms", "synonyms/a.txt", gbk, "synonyms/a.txt:1|GBK"},
		{"UTF-16", "kaoqin.txt", utf16le, "kaoqin.txt|UTF-16"},
		{"UTF-16, the other end first", "kaoqin.txt", "\xfe\xff\x00a", "kaoqin.txt|UTF-16"},
		{"binary under a text name", "kaoqin.txt", "PK\x03\x04\x00\x00\x08\x00\xff", "kaoqin.txt|不是文本文件"},
		{"Word file", "kaoqin.docx", "PK\x03\x04\x00\x00", "kaoqin.docx|"},
		{"unknown type", "kaoqin.html", "<p>第一条 开会。", "kaoqin.html|不认识的文件"},
		{"unknown type among the questions", "questions/a.md", text, "questions/a.md|不认识的文件"},
		{"rules among the stories", "stories/a.txt", text, "stories/a.txt|不认识的文件"},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantProblems(t, problemsOf(t, lib("rules/jia.md", small, c.file, c.src)), c.want)
		})
	}
}

// A byte order mark, as Windows leaves it, is no part of the first word.
func TestByteOrderMark(t *testing.T) {
	c := mustRead(t, lib("rules/jia.md", "\ufeff"+small, "synonyms/a.txt", "\ufeff请假 告假\n", "questions/q.toml", "\ufeff"+question("q-1", `"jia#1"`)))
	if len(c.Rules) != 1 || c.Rules[0].ID != "jia" || c.Synonyms[0].Words[0] != "请假" || c.Questions[0].ID != "q-1" {
		t.Errorf("%+v, %v, %+v", c.Rules, c.Synonyms, c.Questions)
	}
}

func TestIgnoredFiles(t *testing.T) {
	const junk = "\x00\xff junk"
	fsys := lib("rules/jia.md", small)
	for _, name := range []string{".DS_Store", "rules/.DS_Store", "README.md", "rules/readme.txt", "rules/~$甲办法.docx", "rules/jia.md~",
		"Thumbs.db", "rules/.jia.md.swp", ".git/config", ".obsidian/app.json"} {
		fsys[name] = &fstest.MapFile{Data: []byte(junk)}
	}
	if c := mustRead(t, fsys); len(c.Rules) != 1 {
		t.Errorf("%d rules", len(c.Rules))
	}
}

func TestEmptyLibrary(t *testing.T) {
	for name, fsys := range map[string]fs.FS{
		"nothing":        lib(),
		"only leftovers": lib(".DS_Store", "x", "README.md", "说明"),
		"only synonyms":  lib("synonyms/a.txt", "请假 告假\n"),
	} {
		t.Run(name, func(t *testing.T) { wantProblems(t, problemsOf(t, fsys), ".|没有制度文件") })
	}
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	write := func(name, src string) string {
		t.Helper()
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
		return p
	}
	plain := write("office/考勤办法.txt", "考勤办法\n第一条 甲。\n")
	maintained := write("office/制度/jia.md", small)
	bulk := write("bulk/fa.jsonl", `{"id":"a","title":"甲法第一条","text":"甲"}`)
	lone := write("stories/条例.md", "某条例\n第一条 甲。\n") // the name of the folder above a lone file says nothing
	for path, rules := range map[string]int{filepath.Join(dir, "office"): 2, plain: 1, maintained: 1, bulk: 1, lone: 1} {
		c, err := Open(path)
		if err != nil {
			t.Errorf("Open(%s): %v", path, err)
		} else if len(c.Rules) != rules {
			t.Errorf("Open(%s): %d rules, want %d", path, len(c.Rules), rules)
		}
	}
	for _, path := range []string{filepath.Join(dir, "nowhere"), filepath.Join(dir, "nowhere.md"), write("empty/.keep", ""), filepath.Join(dir, "empty")} {
		_, err := Open(path)
		var ps Problems
		if !errors.As(err, &ps) || len(ps) != 1 {
			t.Errorf("Open(%s) = %v, want one problem", path, err)
		}
	}
	if _, err := Open(filepath.Join(dir, "nowhere")); !strings.Contains(err.Error(), "nowhere: 没有这个文件或文件夹，请检查") {
		t.Errorf("a missing path is reported as %v", err)
	}
}

// The line as a person sees it: where, what, what to do.
func TestProblemString(t *testing.T) {
	for want, p := range map[string]Problem{
		"rules/a.md:3: 第三条重复，请改正条号": {"rules/a.md", 3, "第三条重复", "请改正条号"},
		"a.txt: 不是文本文件，请移出":         {"a.txt", 0, "不是文本文件", "请移出"},
	} {
		if got := p.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Whatever is wrong is said in one go, in the order of files and lines, so
// that a clerk can walk through it once.
func TestAllProblemsAtOnce(t *testing.T) {
	ps := problemsOf(t, lib(
		"rules/b.md", rule("b", "乙办法", "第一条 甲。\n第三条 丙，依照本办法第九条。\n第三条 又丙。\n"),
		"rules/a.md", rule("a", "甲办法", "第一条 甲。\n> 问：\n第二条\n第三条 丙。\n"),
		"a.docx", "PK\x00",
		"synonyms/s.txt", "孤单\n",
		"questions/q.toml", question("q-1", `"a#1"`)+question("q-2", `"a#8"`),
		"rules/c.md", "\xb5\xda",
	))
	wantProblems(t, ps,
		"a.docx|不认识的文件", "questions/q.toml:9|a#8", "rules/a.md:8|问", "rules/a.md:9|第二条没有内容",
		"rules/b.md:8|缺第二条", "rules/b.md:8|本办法第九条", "rules/b.md:9|第三条重复", "rules/c.md:1|UTF-8", "synonyms/s.txt:1|孤单")
	if got := strings.Count(ps.Error(), "\n"); got != len(ps)-1 {
		t.Errorf("the message has %d line breaks for %d problems", got, len(ps))
	}
}

func TestRulesClash(t *testing.T) {
	const body = "第一条 甲。\n"
	alias := func(id, title, alias string) string {
		return strings.Replace(rule(id, title, body), "title", "aliases = [\""+alias+"\"]\ntitle", 1)
	}
	for _, c := range []struct {
		name, a, b, want string // want in b
	}{
		{"one id, one date", rule("x", "甲办法", body), rule("x", "乙办法", body), "id \"x\" 与 rules/a.md 重复"},
		{"two in force", rule("x", "甲办法", body), strings.Replace(rule("x", "乙办法", body), "2026-02-01", "2027-02-01", 1), "两个现行版本"},
		{"two repealed of one day", repealed("x", "甲办法", "2019-01-01", body), repealed("x", "甲办法", "2019-01-01", body), "id \"x\" 与 rules/a.md 重复"},
		{"one title", rule("x", "甲办法", body), rule("y", "《甲办法》", body), "名称「甲办法」与 rules/a.md 重复"},
		{"alias is a title", rule("x", "甲办法", body), alias("y", "乙办法", "甲办法"), "名称「甲办法」与 rules/a.md 重复"},
		{"one alias", alias("x", "甲办法", "考勤"), alias("y", "乙办法", "考 勤"), "名称「考勤」与 rules/a.md 重复"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ps := problemsOf(t, lib("rules/a.md", c.a, "rules/b.md", c.b))
			if len(ps) != 1 || ps[0].File != "rules/b.md" || ps[0].Line == 0 || !strings.Contains(ps[0].What, c.want) {
				t.Errorf("problems %v, want rules/b.md: %s", ps, c.want)
			}
		})
	}
	// an alias that repeats the rule's own title, and names shared with a repealed version, harm nobody
	mustRead(t, lib("rules/a.md", alias("x", "甲办法", "甲办法"), "rules/b.md", repealed("x", "甲办法", "2019-01-01", body)))
}

// What was cited before a revision is found after it, in the words of its day.
func TestVersions(t *testing.T) {
	old, v2 := "第一条 旧一。\n第二条 旧二。\n第三条 旧三。\n", "第一条 新一。\n第二条 新二。\n"
	before := mustRead(t, lib("rules/jia.md", rule("jia", "甲办法", old)))
	kept := Cite{Rule: "jia", Number: Number{Main: 3}, Effective: before.RuleByID("jia").Effective}
	after := mustRead(t, lib(
		"rules/jia.2026.md", repealed("jia", "甲办法", "2026-02-01", old),
		"rules/jia.2019.md", repealed("jia", "甲暂行办法", "2019-03-01", "第一条 最旧。\n"),
		"rules/jia.md", strings.Replace(rule("jia", "甲办法", v2), "2026-02-01", "2027-01-01", 1)))
	for cite, want := range map[string]string{
		"jia#1": "第一条 新一。", "jia#1@2027-01-01": "第一条 新一。", "jia#1@2026-02-01": "第一条 旧一。", "jia#1@2019-03-01": "第一条 最旧。",
		"jia#3": "", "jia#3@2019-03-01": "", "jia#1@2020-01-01": "", "yi#1": "", "jia": "", kept.String(): "第三条 旧三。",
	} {
		got := ""
		if a := after.Article(cite); a != nil {
			got = a.Text
			if !strings.HasPrefix(cite, a.Key()) { // jia#1@2027-01-01 may be called jia#1, being in force
				t.Errorf("%s is kept as %s", cite, a.Key())
			}
		}
		if got != want {
			t.Errorf("%s finds %q, want %q", cite, got, want)
		}
	}
	for _, r := range after.Rules {
		for _, a := range r.Articles {
			if after.Article(a.Key()) != a {
				t.Errorf("%s of %s does not lead back to it", a.Key(), r.File)
			}
		}
	}
	rules, _ := after.RulesInForce()
	if len(rules) != 1 || rules[0].Effective != "2027-01-01" || after.RuleByName("甲办法") != rules[0] || after.RuleByID("jia") != rules[0] {
		t.Errorf("in force: %+v", rules)
	}
	if after.RuleByName("甲暂行办法") != nil {
		t.Error("a repealed rule's own name must not find it by default")
	}
	gone := mustRead(t, lib("rules/a.md", repealed("jia", "甲办法", "2019-03-01", "第一条 旧。\n"), "rules/b.md", repealed("jia", "甲办法", "2022-03-01", "第一条 新。\n")))
	if r := gone.RuleByID("jia"); r == nil || r.Effective != "2022-03-01" {
		t.Errorf("of repealed versions the newest is meant, got %+v", r)
	}
}

// The index is rebuilt when the digest differs and only then.
func TestDigest(t *testing.T) {
	digest := func(pairs ...string) string { return mustRead(t, lib(pairs...)).Digest }
	yi := rule("yi", "乙办法", "第一条 乙。\n")
	base := digest("rules/a.md", small, "rules/b.md", yi)
	if len(base) != 64 || digest("rules/b.md", yi, "rules/a.md", small) != base {
		t.Error("the same files must have the same digest")
	}
	for name, other := range map[string]string{
		"a byte":                digest("rules/a.md", small+"\n", "rules/b.md", yi),
		"a byte order mark":     digest("rules/a.md", "\ufeff"+small, "rules/b.md", yi),
		"a name":                digest("rules/a.md", small, "rules/c.md", yi),
		"a file more":           digest("rules/a.md", small, "rules/b.md", yi, "synonyms/s.txt", "请假 告假\n"),
		"an empty file more":    digest("rules/a.md", small, "rules/b.md", yi, "synonyms/s.txt", ""),
		"contents exchanged":    digest("rules/a.md", yi, "rules/b.md", small),
		"only an asked-as line": digest("rules/a.md", small+"> 问：甲\n", "rules/b.md", yi),
	} {
		if other == base {
			t.Errorf("%s changes nothing in the digest", name)
		}
	}
	if digest("rules/a.md", small, "rules/b.md", yi, "README.md", "说明") != base {
		t.Error("a file that is not read must not count")
	}
}
