package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// yi cites 甲办法 in every way there is.
var yi = rule("yi", "乙办法", "第一条 依照《甲办法》第二条。\n第二条 乙二。\n")

// held is what of a library's own can be used, by id.
func held(c *Corpus) string {
	var ids []string
	own := *c
	c = &own
	for kind, drop := range map[string]func(){StoriesKind: func() { c.Stories = nil }, NoticesKind: func() { c.Notices = nil }, BooksKind: func() { c.Books = nil }} {
		if slices.Contains(c.Borrowed, kind) {
			drop()
		}
	}
	for _, r := range c.Rules {
		ids = append(ids, r.ID)
	}
	for _, s := range c.Stories {
		ids = append(ids, "故事"+s.ID)
	}
	for _, n := range c.Notices {
		ids = append(ids, "提醒"+n.ID)
	}
	for _, b := range c.Books {
		ids = append(ids, "荐书"+b.ID)
	}
	for _, k := range c.Cases {
		ids = append(ids, "案例"+k.ID)
	}
	for _, q := range c.Questions {
		ids = append(ids, q.ID)
	}
	for _, s := range c.Synonyms {
		ids = append(ids, s.Words[0])
	}
	for _, r := range c.replies {
		ids = append(ids, "应答"+r.ID)
	}
	return strings.Join(ids, " ")
}

// One bad file keeps itself out and nothing else.
func TestLeftOut(t *testing.T) {
	gap := rule("jia", "甲办法", "第一条 甲一。\n第三条 甲三。\n")
	for name, tt := range map[string]struct {
		files     []string
		held, out string
	}{
		"a gap":                       {[]string{"jia.md", gap, "yi.md", yi}, "yi", "jia.md"},
		"a number twice":              {[]string{"jia.md", rule("jia", "甲办法", "第一条 甲。\n第一条 甲。\n"), "yi.md", yi}, "yi", "jia.md"},
		"no front matter to speak of": {[]string{"jia.md", "+++\nid = jia\n+++\n第一条 甲。\n", "yi.md", yi}, "yi", "jia.md"},
		"a fence that is wide":        {[]string{"jia.md", "＋＋＋\nid = \"jia\"\n", "yi.md", yi}, "yi", "jia.md"},
		"no text":                     {[]string{"jia.txt", "甲办法\n", "yi.md", yi}, "yi", "jia.txt"},
		"another encoding":            {[]string{"jia.md", "\xb5\xda", "yi.md", yi}, "yi", "jia.md"},
		"a paper":                     {[]string{"jia.docx", "PK\x03\x04", "yi.md", yi}, "yi", "jia.docx"},
		"a reference nowhere": {[]string{"jia.md", rule("jia", "甲办法", "第一条 见本办法第九条。\n"), "yi.md", yi}, // the words are fit to be quoted
			"jia yi", ""},
		"one id, one day":           {[]string{"a.md", small, "b.md", rule("jia", "乙办法", "第一条 乙。\n"), "yi.md", rule("yi", "丙办法", "第一条 丙。\n")}, "jia yi", "b.md"},
		"two in force":              {[]string{"a.md", small, "b.md", strings.Replace(small, "2026-02-01", "2027-02-01", 1)}, "jia", "b.md"},
		"three of one id":           {[]string{"a.md", small, "b.md", small, "c.md", small}, "jia", "b.md c.md"},
		"one name":                  {[]string{"a.md", small, "b.md", rule("yi", "甲办法", "第一条 乙。\n")}, "jia", "b.md"},
		"an id that a bad file has": {[]string{"a.md", gap, "b.md", strings.Replace(small, "2026-02-01", "2027-02-01", 1)}, "jia", "a.md"},
		"a line of a bulk":          {[]string{"a.jsonl", `{"id":"a","title":"甲法第一条","text":"甲"}` + "\n{\n", "yi.md", yi}, "yi", "a.jsonl"},
		"a bulk id": {[]string{"a.jsonl", `{"id":"a","title":"甲法第一条","text":"甲"}`, "b.jsonl", `{"id":"b","title":"丙法第一条","text":"丙"}` + "\n" + `{"id":"a","title":"乙法第一条","text":"乙"}`},
			"甲法", "b.jsonl"},
		"a question of two": {[]string{"jia.md", small, "questions/q.toml", question("q-1", `"jia#1"`) + strings.Replace(question("q-2", `"jia#1"`), `"B"`, `"E"`, 1)}, "jia q-1", "questions/q.toml"},
		"a cite nowhere":    {[]string{"jia.md", small, "questions/q.toml", question("q-1", `"jia#1"`) + question("q-2", `"jia#2", "jia#9"`)}, "jia q-1", "questions/q.toml"},
		"questions that are none": {[]string{"jia.md", small, "questions/p.toml", question("p-1", `"jia#1"`), "questions/q.toml", "[[question\n"},
			"jia p-1", "questions/q.toml"},
		"a story, a notice, a book, a case": {[]string{"jia.md", small, "stories/a.md", story("", ""), "stories/b.md", strings.Replace(story(`"jia#1"`, "杨震。"), "yang-zhen", "b", 1),
			"notices/a.md", notice("冬至", "全体", "", "不收。"), "books/a.md", book(""), "cases/a.md", caseOf("", "经过。")},
			"jia 故事b", "books/a.md cases/a.md notices/a.md stories/a.md"},
		"a lonely word":        {[]string{"jia.md", small, "synonyms/a.txt", "孤单\n请假 告假\n"}, "jia 请假", "synonyms/a.txt"},
		"a reply":              {[]string{"jia.md", small, "talk/a.toml", replyOf("a", "") + replyOf("b", "match = ['(']\n")}, "jia 应答a", "talk/a.toml"},
		"replies that are not": {[]string{"jia.md", small, "talk/a.toml", "[[reply\n"}, "jia", "talk/a.toml"},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := Read(lib(tt.files...))
			if err != nil {
				t.Fatal(err)
			}
			wantSound(t, c)
			if got := held(c); got != tt.held || strings.Join(c.LeftOut, " ") != tt.out || len(c.Faults) == 0 || len(c.Kept) > 0 {
				t.Errorf("used %q, left out %v, faults %v; want %q, %q", got, c.LeftOut, c.Faults, tt.held, tt.out)
			}
		})
	}
}

// With a rule go the questions and stories that rest on it, and one message is
// enough for all.
func TestLeftOutWithARule(t *testing.T) {
	rest := []string{"rules/yi.md", yi, "questions/q.toml", question("q-1", `"jia#1"`) + question("q-2", `"yi#2"`) + question("q-3", `"yi#2", "jia#2"`),
		"stories/a.md", story(`"jia#3"`, "杨震。"), "notices/n.md", notice("中秋", "全体", `"jia#2"`, "不收。"), "cases/k.md", caseOf(`"jia#1"`, "经过。")}
	for name, src := range map[string]string{
		"a number twice":   small + "第三条 又。\n",
		"another encoding": "\xb5\xda",
		"no front matter":  "+++\nid = \"jia\"\n",
		"a wide fence":     "＋＋＋\nid = \"jia\"\n＋＋＋\n",
		"a wrong date":     strings.Replace(small, "2026-02-01", "\"去年\"", 1),
		"another's title":  strings.Replace(small, "甲办法", "乙办法", 1),
		"no id":            strings.Replace(small, `"jia"`, `""`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			c, err := Read(lib(append(rest, "rules/zz/jia.md", src)...))
			if err != nil {
				t.Fatal(err)
			}
			wantSound(t, c)
			if got := held(c); got != "yi q-2" {
				t.Errorf("used: %s", got)
			}
			for _, p := range c.Faults {
				if p.File != "rules/zz/jia.md" && name != "no id" { // whose rule it is nobody can know
					t.Errorf("a fault of another file: %v", p)
				}
			}
			if got := c.Warnings.Error(); name != "no id" && !strings.Contains(got, "有 2 道题、1 则故事、1 则提醒、1 例案例引用了没有用上的制度") {
				t.Errorf("warnings: %s", got)
			}
		})
	}
}

// Nothing that can be used is an error, as ever.
func TestNothingLeft(t *testing.T) {
	for name, files := range map[string][]string{
		"one bad rule":     {"jia.md", "\xb5\xda"},
		"all bad":          {"jia.md", "\xb5\xda", "yi.md", strings.Replace(small, "第二条", "第五条", 1)},
		"only a paper":     {"jia.docx", "PK"},
		"only a bad story": {"stories/a.md", story("", "")},
	} {
		if c, err := Read(lib(files...)); c != nil || !errors.As(err, new(Problems)) {
			t.Errorf("%s: %v, %v", name, c, err)
		}
	}
}

// A file that may not be read is left out like one that cannot be: the disk is
// in order.
func TestForbidden(t *testing.T) {
	c, err := Read(forbidden{lib("rules/jia.md", small, "rules/yi.md", yi)})
	if err != nil || held(c) != "jia" || len(c.Faults) != 1 || !strings.Contains(c.Faults[0].String(), "rules/yi.md: 没有权限读") {
		t.Errorf("%+v, %v", c, err)
	}
}

type forbidden struct{ fs.FS }

func (f forbidden) Stat(name string) (fs.FileInfo, error) { return fs.Stat(f.FS, name) }

func (f forbidden) Open(name string) (fs.File, error) {
	if name == "rules/yi.md" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return f.FS.Open(name)
}

// The papers that rules were made from are kept in the library and are none of
// it; elsewhere a folder of that name is like any other.
func TestOriginals(t *testing.T) {
	dir := t.TempDir()
	write := func(name, src string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(src), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	write("rules/jia.md", small)
	before, err1 := Stamp(dir)
	write("originals/jia/甲办法.docx", "PK")
	write("originals/jia.md", small)
	write(LinesPrompt, "第一条 请写问法。")
	after, err2 := Stamp(dir)
	c, err3 := Open(dir)
	if err := errors.Join(err1, err2, err3); err != nil || before != after || len(c.Rules) != 1 || len(c.Faults) > 0 {
		t.Fatalf("%v; %v, %v", err, before == after, c)
	}
	write("rules/originals/yi.md", yi)
	write("rules/"+LinesPrompt, rule("bing", "丙办法", "第一条 丙一。\n"))
	if c, err := Open(dir); err != nil || len(c.Rules) != 3 {
		t.Errorf("below rules: %v", err)
	}
}

// The rules of a file that is spoilt while they are in use stay as they were.
func TestKeeping(t *testing.T) {
	dir := t.TempDir()
	write := func(name, src string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var c *Corpus
	digests := map[string]string{}
	step := func(what, held_, kept, first string) {
		t.Helper()
		next, err := OpenKeeping(dir, c)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		wantSound(t, next)
		text := ""
		if a := next.Article("jia#1"); a != nil {
			text = a.Text
		}
		if got := held(next); got != held_ || strings.Join(next.Kept, " ") != kept || text != first {
			t.Errorf("%s: %s, kept %v, %q; want %s, %s, %q", what, got, next.Kept, text, held_, kept, first)
		}
		if same := digests[next.Digest]; same != "" {
			t.Errorf("%s has the digest of %s", what, same)
		}
		digests[next.Digest] = what
		if c != nil {
			wantSound(t, c) // it goes on answering
		}
		c = next
	}
	write("jia.md", small)
	write("yi.md", yi)
	if err := os.Mkdir(filepath.Join(dir, "questions"), 0o755); err != nil {
		t.Fatal(err)
	}
	write("questions/q.toml", question("q-1", `"jia#2"`))
	step("at first", "jia yi q-1", "", "第一条 甲一。")
	write("jia.md", strings.Replace(small, "第二条", "第五条", 1))
	write("yi.md", strings.Replace(yi, "乙二", "新乙二", 1))
	step("spoilt", "jia yi q-1", "jia.md", "第一条 甲一。")
	if got := c.Article("yi#2").Text; got != "第二条 新乙二。" || c.Article("yi#1").Refs[0].Target != c.Article("jia#2") {
		t.Errorf("the good file: %q, %+v", got, c.Article("yi#1").Refs)
	}
	write("jia.md", "\xb5\xda")
	step("spoilt again", "jia yi q-1", "jia.md", "第一条 甲一。")
	write("jia.md", strings.Replace(small, "甲一", "新甲一", 1))
	step("mended", "jia yi q-1", "", "第一条 新甲一。")
	write("jia.md", "\xb5\xda")
	step("spoilt once more", "jia yi q-1", "jia.md", "第一条 新甲一。") // not as it was the last time
	write("jia.2027.md", strings.Replace(strings.Replace(small, "甲一", "又新", 1), "2026-02-01", "2027-02-01", 1))
	step("replaced by another file", "jia yi q-1", "", "第一条 又新。")
	if err := errors.Join(os.Remove(filepath.Join(dir, "jia.2027.md")), os.Remove(filepath.Join(dir, "jia.md"))); err != nil {
		t.Fatal(err)
	}
	step("gone", "yi", "", "")
	write("yi.md", "\xb5\xda")
	if next, err := OpenKeeping(dir, c); next != nil || !errors.As(err, new(Problems)) {
		t.Errorf("with nothing of its own left: %v, %v", next, err)
	}
}

// Of two files that want one id, the one that had it keeps it only while it can
// be used; what both had before comes back for neither twice.
func TestKeepingClashes(t *testing.T) {
	dir := t.TempDir()
	write := func(name, src string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.md", small)
	write("b.md", yi)
	before, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	write("b.md", strings.Replace(yi, `"yi"`, `"jia"`, 1))
	c, err := OpenKeeping(dir, before)
	if err != nil || held(c) != "jia yi" || !slices.Equal(c.Kept, []string{"b.md"}) || !slices.Equal(c.LeftOut, []string{"b.md"}) {
		t.Errorf("an id taken: %v, %v", c.Faults, err)
	}
	write("a.md", yi)
	write("b.md", strings.Replace(yi, "乙二", "丙", 1))
	c, err = OpenKeeping(dir, before)
	if err != nil || held(c) != "yi" || len(c.Kept) > 0 || !slices.Equal(c.LeftOut, []string{"b.md"}) {
		t.Errorf("moved and changed: %v, %v", c.Faults, err)
	}
}
