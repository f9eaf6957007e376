package shelf

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"lianwen/bot"
	"lianwen/corpus"
)

// asking reads the library and returns what an article is asked with by approved lines.
func asking(t *testing.T, s *Shelf, key string) string {
	t.Helper()
	c, err := s.Library()
	if err != nil {
		t.Fatal(err)
	}
	a := c.Article(key)
	if a == nil {
		t.Fatalf("no %s", key)
	}
	var out []string
	for _, l := range a.Approved {
		out = append(out, l.String())
	}
	return strings.Join(out, "|")
}

func addLine(t *testing.T, s *Shelf, a *corpus.Article, texts ...string) ([]corpus.AskedLine, error) {
	t.Helper()
	one := Asked{Article: a}
	for _, text := range texts {
		one.Lines = append(one.Lines, corpus.AskedLine{Text: text, From: "手写"})
	}
	return s.AddLines(t.Context(), a.Rule.ID, []Asked{one})
}

func fileOf(t *testing.T, s *Shelf, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(s.Dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// Lines come, come once, go, and come back; each is on record, and no rule file changes.
func TestLines(t *testing.T) {
	s := newShelf(t)
	c := imported(t, s, "值班.txt", duty2024, "印章.md", seals)
	rule := fileOf(t, s, "rules/zbgzbf.md")
	two := c.Article("zbgzbf#2")
	added, err := addLine(t, s, two, "几点到岗", "交接要当面吗", "几点到岗？")
	if err != nil || len(added) != 2 {
		t.Fatalf("%v, %v", added, err)
	}
	if added, err := addLine(t, s, two, "几点到岗。"); err != nil || added != nil {
		t.Errorf("a second time: %v, %v", added, err)
	}
	if _, err := addLine(t, s, c.Article("zbgzbf#1"), "为什么要值班"); err != nil {
		t.Fatal(err)
	}
	want := "# 《值班工作办法》的问法：人们怎么问某一条。只用来查找，不会显示。\n# 批准过的才写在这里；用 lianwen lines 管理，也可以手改，写法见 lianwen library doc。\n\n" +
		"[1] 第一条 " + c.Article("zbgzbf#1").WordsDigest() + "\n为什么要值班 ← 手写\n\n[2] 第二条 " + two.WordsDigest() + "\n几点到岗 ← 手写\n交接要当面吗 ← 手写\n"
	if got := fileOf(t, s, "asked/zbgzbf.txt"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if got := asking(t, s, "zbgzbf#2"); got != "几点到岗 ← 手写|交接要当面吗 ← 手写" {
		t.Error(got)
	}
	section, id, err := s.RemoveLine(t.Context(), "几点到岗", "")
	if err != nil || id != "zbgzbf" || section.Number.Main != 2 {
		t.Errorf("%+v %s %v", section, id, err)
	}
	if got := asking(t, s, "zbgzbf#2"); got != "交接要当面吗 ← 手写" {
		t.Error(got)
	}
	if got := fileOf(t, s, "rules/zbgzbf.md"); got != rule {
		t.Error("the rule file was changed")
	}
	log, err := s.Log("zbgzbf")
	if err != nil || len(log) != 4 || log[1].Action != "加问法" || len(log[1].Lines) != 2 || log[1].Who != "terminal 王" || log[3].Action != "去问法" || !log[3].Lines[0].Removed {
		t.Errorf("%+v, %v", log, err)
	}
}

// Undo goes back change by change; what was undone is not undone again.
func TestUndoLines(t *testing.T) {
	s := newShelf(t)
	c := imported(t, s, "值班.txt", duty2024)
	two := c.Article("zbgzbf#2")
	for _, text := range []string{"甲甲", "乙乙"} {
		if _, err := addLine(t, s, two, text); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := s.RemoveLine(t.Context(), "甲甲", "zbgzbf#2"); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"乙乙 ← 手写|甲甲 ← 手写", "甲甲 ← 手写", ""} {
		e, err := s.UndoLines(t.Context())
		if err != nil || e.Action != "撤销问法" || len(e.Lines) != 1 {
			t.Fatalf("%d: %+v, %v", i, e, err)
		}
		if got := asking(t, s, "zbgzbf#2"); got != want {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
	}
	if _, err := s.UndoLines(t.Context()); bot.CodeOf(err) != bot.NotFound {
		t.Errorf("nothing is left: %v", err)
	}
	if _, err := addLine(t, s, two, "丙丙"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir, "asked/zbgzbf.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := s.UndoLines(t.Context()); bot.CodeOf(err) != bot.Conflict {
		t.Errorf("somebody was there before: %v", err)
	}
}

// A revision takes the lines of what it left alone along, whatever its number; those of
// what it changed wait, and can be approved for the words of now.
func TestLinesOfRevision(t *testing.T) {
	s := newShelf(t)
	c := imported(t, s, "值班.txt", duty2024)
	for key, line := range map[string]string{"zbgzbf#1": "为什么要值班", "zbgzbf#2": "几点到岗"} {
		if _, err := addLine(t, s, c.Article(key), line); err != nil {
			t.Fatal(err)
		}
	}
	d := drafted(t, s, papers(t, "新.txt", duty2026))[0].Drafts[0]
	if got := strings.Join(d.Doubts, "\n"); !strings.Contains(got, "有 1 条改了或删了，批准过的问法先不用。导入以后请到网页的“问法草稿”再批准，或运行 lianwen lines approve zbgzbf") {
		t.Error(got)
	}
	c = imported(t, s, "新.txt", duty2026)
	if got := asking(t, s, "zbgzbf#1"); got != "为什么要值班 ← 手写" || len(c.Suspended) != 1 || c.Suspended[0].Lines[0].Text != "几点到岗" {
		t.Fatalf("%s, %+v", got, c.Suspended)
	}
	take := Asked{c.Article("zbgzbf#3"), []corpus.AskedLine{{Text: "几点到岗", From: "手写，李某再批准"}}}
	if err := s.Reapprove(t.Context(), c.Suspended[0], take); err != nil {
		t.Fatal(err)
	}
	if c, err := s.Library(); err != nil || len(c.Suspended) > 0 || asking(t, s, "zbgzbf#3") != "几点到岗 ← 手写，李某再批准" {
		t.Errorf("%+v, %v", c.Suspended, err)
	}
	if _, err := s.UndoLines(t.Context()); err != nil {
		t.Fatal(err)
	}
	if c, err := s.Library(); err != nil || len(c.Suspended) != 1 || asking(t, s, "zbgzbf#3") != "" {
		t.Errorf("%+v, %v", c.Suspended, err)
	}
}

// What cannot be is refused with a reason, and nothing is written.
func TestLinesRefused(t *testing.T) {
	s := newShelf(t)
	c := imported(t, s, "值班.txt", duty2024, "印章.md", seals)
	two := c.Article("zbgzbf#2")
	other := *two
	other.Text = strings.Replace(other.Text, "10", "20", 1)
	for name, tt := range map[string]struct {
		rule string
		a    *corpus.Article
		line corpus.AskedLine
		code bot.Code
		say  string
	}{
		"no such rule": {"meiyou", two, corpus.AskedLine{Text: "几点到岗"}, bot.NotFound, "制度库里没有"},
		"other words":  {"zbgzbf", &other, corpus.AskedLine{Text: "几点到岗"}, bot.Conflict, "刚刚改过"},
		"no such part": {"zbgzbf", two, corpus.AskedLine{Text: "几点到岗", Part: corpus.Part{Paragraph: 2}}, bot.Invalid, "没有第二款"},
		"too long":     {"zbgzbf", two, corpus.AskedLine{Text: strings.Repeat("长", corpus.MaxAskedRunes+1)}, bot.Invalid, "超过 60 字"},
		"two lines":    {"zbgzbf", two, corpus.AskedLine{Text: "几点\n到岗"}, bot.Invalid, "不能有换行"},
	} {
		added, err := s.AddLines(t.Context(), tt.rule, []Asked{{tt.a, []corpus.AskedLine{tt.line}}})
		if added != nil || bot.CodeOf(err) != tt.code || !strings.Contains(err.Error(), tt.say) {
			t.Errorf("%s: %v, %v", name, added, err)
		}
	}
	if err := s.Repeal(t.Context(), c.RuleByID("yzglbf"), "2026-12-01"); err != nil {
		t.Fatal(err)
	}
	if _, err := addLine(t, s, c.Article("yzglbf#1"), "章谁管"); bot.CodeOf(err) != bot.Conflict || !strings.Contains(err.Error(), "已经废止") {
		t.Errorf("repealed: %v", err)
	}
	if _, err := os.Stat(filepath.Join(s.Dir, "asked")); err == nil {
		t.Error("something was written")
	}
}

// A line is removed by what it says, when that is plain.
func TestRemoveLineRefused(t *testing.T) {
	s := newShelf(t)
	c := imported(t, s, "值班.txt", duty2024+"> 问：何时起\n", "印章.md", seals)
	for _, key := range []string{"zbgzbf#1", "zbgzbf#2"} {
		if _, err := addLine(t, s, c.Article(key), "怎么值班"); err != nil {
			t.Fatal(err)
		}
	}
	for text, want := range map[string]string{"怎么值班": "有 2 处写着「怎么值班」，请写明是哪一条的：zbgzbf#1、zbgzbf#2", "没有这句": "批准过的问法里没有", "何时起": "写在制度文件 rules/zbgzbf.md 里"} {
		if _, _, err := s.RemoveLine(t.Context(), text, ""); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, _, err := s.RemoveLine(t.Context(), "怎么值班", "zbgzbf#2"); err != nil || asking(t, s, "zbgzbf#1") == "" || asking(t, s, "zbgzbf#2") != "" {
		t.Errorf("%v", err)
	}
}

// A file that somebody spoilt is left as it is: what cannot be read would be lost.
func TestLinesSpoilt(t *testing.T) {
	s := newShelf(t)
	c := imported(t, s, "值班.txt", duty2024)
	file := filepath.Join(s.Dir, "asked", "zbgzbf.txt")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	for src, want := range map[string]string{"[二]\n几点到岗\n": "asked/zbgzbf.txt 第 1 行看不懂", "\xb5\xda\n": "不是 UTF-8 编码"} {
		if err := os.WriteFile(file, []byte(src), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := addLine(t, s, c.Article("zbgzbf#2"), "几点到岗"); bot.CodeOf(err) != bot.Conflict || !strings.Contains(err.Error(), want) {
			t.Errorf("%v", err)
		}
		if got := fileOf(t, s, "asked/zbgzbf.txt"); got != src {
			t.Errorf("%q was written", got)
		}
	}
	l := flock.New(filepath.Join(s.Dir, originalsDir, ".lock"))
	if ok, err := l.TryLock(); !ok || err != nil {
		t.Fatal(err)
	}
	s.Wait = time.Millisecond
	if _, err := addLine(t, s, c.Article("zbgzbf#2"), "几点到岗"); bot.CodeOf(err) != bot.Conflict {
		t.Errorf("while another writes: %v", err)
	}
}

// What people wrote by hand stays: their comments, their sections without a digest.
func TestLinesByHand(t *testing.T) {
	s := newShelf(t)
	c := imported(t, s, "值班.txt", duty2024)
	const hand = "# 我们自己的\n\n[2]\n何时到\n\n# 以后再说\n[3]\n何时起\n"
	if err := os.MkdirAll(filepath.Join(s.Dir, "asked"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir, "asked", "zbgzbf.txt"), []byte(hand), 0o644); err != nil {
		t.Fatal(err)
	}
	two := c.Article("zbgzbf#2")
	if _, err := addLine(t, s, two, "几点到岗"); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(hand, "# 以后", "[2] 第二条 "+two.WordsDigest()+"\n几点到岗 ← 手写\n\n# 以后", 1)
	if got := fileOf(t, s, "asked/zbgzbf.txt"); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if got := strings.Split(asking(t, s, "zbgzbf#2"), "|"); !slices.Equal(got, []string{"何时到", "几点到岗 ← 手写"}) {
		t.Errorf("%q", got)
	}
}
