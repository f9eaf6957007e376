package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A folder is read as it would be with other files: instead of what is there, and beside
// it; the folder stays as it is.
func TestOpenWith(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "jia.md")
	if err := os.WriteFile(file, []byte(rule("jia", "甲办法", "第一条 甲一。\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	as, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	same, err := OpenWith(dir, nil)
	if err != nil || same.Digest != as.Digest {
		t.Errorf("with nothing else: %v", err)
	}
	changed := map[string][]byte{
		"jia.md":         []byte(rule("jia", "甲办法", "第一条 【条旨】 甲一。\n")),
		"asked/jia.txt":  []byte("[1]\n怎么甲\n"),
		"synonyms/a.txt": []byte("甲一 甲壹\n"),
		"talk/a.toml":    []byte(replyOf("a", "")),
	}
	c, err := OpenWith(dir, changed)
	if err != nil || len(c.Faults) > 0 {
		t.Fatal(err, c.Faults)
	}
	a := c.Article("jia#1")
	if a.Heading != "条旨" || len(a.Approved) != 1 || len(c.Synonyms) != 1 || c.Replies()[0].ID != "a" || c.Digest == as.Digest {
		t.Errorf("%+v", a)
	}
	for name, raw := range changed {
		must := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(must), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(must, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if written, err := Open(dir); err != nil || written.Digest != c.Digest {
		t.Errorf("written, it is something else: %v", err)
	}
	broken, err := OpenWith(dir, map[string][]byte{"synonyms/a.txt": []byte("一个\n")})
	if err != nil || len(broken.Faults) != 1 {
		t.Errorf("%v, %v", err, broken.Faults)
	}
	if _, err := OpenWith(filepath.Join(dir, "none"), nil); err == nil {
		t.Error("a folder that is not there")
	}
}

// A reply is told from what it was, found in its file whatever stands around it, and says
// something else without a change of anything besides.
func TestReplyBlock(t *testing.T) {
	const src = "# 头\n[[reply]]\nid = \"a\"\nsay = [\"甲\"]\ntext = '''\n一。\n'''\n\n# 乙的\n\n  [[ reply ]]  # 第二条\nid = \"b\"\nsay = [\"乙\"]\ntext = \"二\\\"。\"\ngroups = true\n"
	for _, text := range []string{src, strings.ReplaceAll(src, "\n", "\r\n")} {
		list := mustRead(t, lib("rules/jia.md", small, "talk/a.toml", text)).Replies()
		b := list[1]
		block := b.Block([]byte(text))
		if !strings.HasPrefix(block, "  [[ reply ]]") || !strings.HasSuffix(text, block) {
			t.Fatalf("%q", block)
		}
		now, ok := b.Retold(block, b.Say, "三\"行\\。")
		if !ok || !strings.Contains(now, `text = "三\"行\\。"`) || !strings.Contains(now, "groups = true") {
			t.Errorf("%v %q", ok, now)
		}
		again := mustRead(t, lib("rules/jia.md", small, "talk/a.toml", strings.Replace(text, block, now, 1))).Replies()
		if again[1].Text != "三\"行\\。" || again[0].Text != list[0].Text || again[1].Digest() == b.Digest() || again[0].Digest() != list[0].Digest() {
			t.Errorf("%+v", again[1])
		}
	}
	silent := mustRead(t, lib("rules/jia.md", small, "talk/a.toml", "[[reply]]\nid = \"s\"\nsay = [\"嗯\"]\n")).Replies()[0]
	if _, ok := silent.Retold(silent.Block([]byte("[[reply]]\nid = \"s\"\nsay = [\"嗯\"]\n")), silent.Say, "在。"); ok {
		t.Error("a reply without a text has got one")
	}
	for name, raw := range map[string]string{"no file": "", "another": "[[reply]]\nid = \"t\"\nsay = [\"嗯\"]\n", "no reply": "id = \"s\"\n"} {
		if got := silent.Block([]byte(raw)); got != "" {
			t.Errorf("of %s: %q", name, got)
		}
	}
}
