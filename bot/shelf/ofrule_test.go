package shelf

import (
	"strings"
	"testing"

	"lianwen/corpus"
)

const ownFile = "+++\nid = \"yin-zhang\"\ntitle = \"印章管理办法\"\nstatus = \"in-force\"\neffective = 2026-01-01\ncontact = \"办公室\"\n+++\n\n## 【专人】\n\n第一条 印章由专人保管。\n> 问：章归谁管\n\n第二条 用章登记。\n"

// The file of a rule of a library comes in as it is: with its id, which others cite, its
// headings and its lines; an older version of it stands beside it.
func TestFileOfLibrary(t *testing.T) {
	s := newShelf(t)
	older := strings.NewReplacer("in-force", "repealed", "2026-01-01", "2020-01-01", "专人", "秘书").Replace(ownFile)
	c := imported(t, s, "下载.md", ownFile, "旧.md", older)
	a := c.Article("yin-zhang#1")
	if a == nil || a.Text != "第一条 印章由专人保管。" || len(a.AskedAs) != 1 || a.Rule.Contact != "办公室" || !strings.HasPrefix(a.Rule.Original, "originals/yin-zhang/") {
		t.Fatalf("%+v", a)
	}
	if len(c.Rules) != 2 || !c.Rules[1].Repealed || c.Rules[1].ID != "yin-zhang" || c.Rules[1].Effective != "2020-01-01" {
		t.Error("the older version is not beside it", len(c.Rules))
	}
	if got := actions(drafted(t, s, papers(t, "再来.md", ownFile))); !strings.Contains(got, "未变") {
		t.Error(got)
	}
	changed := strings.ReplaceAll(ownFile, "用章登记", "用章批准后登记")
	if got := actions(drafted(t, s, papers(t, "改过.md", changed))); !strings.Contains(got, "更正") {
		t.Error(got)
	}
}

// Every rule of the sample library comes in by its own file with not a byte of its words
// changed.
func TestSampleByItsFiles(t *testing.T) {
	s := newShelf(t)
	var pairs []string
	sample, err := corpus.Read(corpus.Sample())
	must(t, err)
	for i, r := range sample.Rules {
		text, err := corpus.Format(r)
		must(t, err)
		pairs = append(pairs, r.ID+strings.Repeat("_", i)+".md", text)
	}
	c := imported(t, s, pairs...)
	for _, r := range sample.Rules {
		for _, a := range r.Articles {
			if r.Repealed {
				continue
			}
			if now := c.Article(a.Key()); now == nil || now.Text != a.Text || now.Heading != a.Heading || len(now.Lines()) != len(a.Lines()) {
				t.Fatalf("%s is not as it was", a.Key())
			}
		}
	}
	if len(c.Rules) != len(sample.Rules) {
		t.Errorf("%d rules of %d", len(c.Rules), len(sample.Rules))
	}
}

// What a library cannot read does not come in, and it is said why.
func TestFileOfLibraryRefused(t *testing.T) {
	s := newShelf(t)
	for text, want := range map[string]string{
		strings.Replace(ownFile, "in-force", "现行", 1):                            "第 4 行：status",
		strings.Replace(ownFile, "yin-zhang", "印章", 1):                           "第 2 行：id",
		strings.TrimSuffix(ownFile, ownFile[strings.LastIndex(ownFile, "+++"):]): "文件头没有结束",
		"+++\n+++\n": "是制度库的文件",
	} {
		read := drafted(t, s, papers(t, "坏.md", text))
		if len(read[0].Drafts) != 0 || !strings.Contains(read[0].Problem, want) {
			t.Errorf("%q is not in %q", want, read[0].Problem)
		}
	}
}
