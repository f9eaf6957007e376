package shelf

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianwen/bot"
)

// An older paper than the version in force becomes an older version, once.
func TestOlderVersion(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "新.txt", duty2026)
	c := imported(t, s, "旧.txt", duty2024)
	if r := c.RuleByID("zbgzbf"); r.Effective != "2026-06-01" || len(c.Rules) != 2 || c.Article("zbgzbf#2@2024-05-01") == nil {
		t.Fatalf("%+v", r)
	}
	if got := actions(drafted(t, s, papers(t, "旧.txt", duty2024))); got != "未变zbgzbf" {
		t.Errorf("again: %s", got)
	}
	if read := drafted(t, s, papers(t, "旧.txt", strings.Replace(duty2024, "10", "12", 1))); read[0].Drafts[0].Action != Refuse {
		t.Errorf("other words of the same day: %s", actions(read))
	}
	if got := actions(drafted(t, s, papers(t, "新.txt", duty2026, "旧.txt", duty2024))); got != "未变zbgzbf 不能导入zbgzbf" && got != "未变zbgzbf 未变zbgzbf" {
		t.Errorf("both again: %s", got)
	}
}

// A paper that says what it repeals, or is another under a new name, is pointed at.
func TestDoubtsOfOthers(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "用车.txt", long)
	read := drafted(t, s, papers(t, "新.txt", strings.NewReplacer("用车管理办法", "公务用车办法", "油卡由专人保管。", "《用车管理办法》同时废止。").Replace(long)))
	got := strings.Join(read[0].Drafts[0].Doubts, "\n")
	if !strings.Contains(got, "它废止了《用车管理办法》") || !strings.Contains(got, "有 4 条和《用车管理办法》一样") || !strings.Contains(got, "lianwen library repeal ycglbf") {
		t.Errorf("%s", got)
	}
	c, err := s.Library()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Repeal(t.Context(), c.RuleByID("ycglbf"), "2026-12-01"); err != nil {
		t.Fatal(err)
	}
	if c, _ = s.Library(); c != nil {
		if r := c.RuleByID("ycglbf"); !r.Repealed || r.Until != "2026-12-01" {
			t.Errorf("%+v", r)
		}
	}
	if got := actions(drafted(t, s, papers(t, "用车.txt", long))); got != "未变ycglbf" {
		t.Errorf("a repealed rule comes back: %s", got)
	}
}

// Somebody else changed the library while the preview was looked at.
func TestStalePlan(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "值班.txt", duty2024)
	plan := planned(t, s, papers(t, "新.txt", duty2026))
	imported(t, s, "印章.txt", seals)
	if err := s.Publish(t.Context(), plan, func(*Draft) { t.Error("published") }); bot.CodeOf(err) != bot.Conflict {
		t.Errorf("%v", err)
	}
}

// What is not known to the library is not overwritten.
func TestUnknownFile(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "值班.txt", duty2024)
	if err := os.WriteFile(filepath.Join(s.Dir, "rules/yzglbf.md"), []byte("+++\nid = \"yzglbf\"\n坏了"), 0o644); err != nil {
		t.Fatal(err)
	}
	if d := drafted(t, s, papers(t, "印章.txt", seals))[0].Drafts[0]; d.Action != Refuse || !strings.Contains(d.Why, "rules/yzglbf.md 有问题") {
		t.Errorf("%s %q", d.Action, d.Why)
	}
}

func TestCleanName(t *testing.T) {
	for name, want := range map[string]string{
		"值班.docx": "值班.docx", "值\n班\x1b.docx": "值_班_.docx", "\xff\xb5.docx": "__.docx", strings.Repeat("长", 80) + ".docx": strings.Repeat("长", 48) + ".docx", "a/b": "a_b",
	} {
		if got := cleanName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// What staff wrote about an article stays with its words, part by part; what they
// wrote about words that changed is said to be left behind.
func TestInherit(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "用车.txt", strings.Replace(long, "管理。\n", "管理。\n钥匙由值班室保管。\n", 1))
	file := filepath.Join(s.Dir, "rules/ycglbf.md")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	written := strings.NewReplacer("第一条 甲", "第一条 【管理】 甲", "管理。\n", "管理。\n> 问：归谁管\n", "保管。\n\n第二", "保管。\n> 问：钥匙在哪\n\n> 问：甲车的事\n\n第二", "第三条 丙", "第三条 【保养】 丙").Replace(string(raw))
	if err := os.WriteFile(file, []byte(written), 0o644); err != nil {
		t.Fatal(err)
	}
	next := strings.NewReplacer("管理。\n", "管理。\n钥匙由值班室保管。\n", "每月保养一次", "每季保养两次并登记在册").Replace(long)
	d := drafted(t, s, papers(t, "新.txt", next))[0].Drafts[0]
	if !slices.ContainsFunc(d.Doubts, func(s string) bool { return strings.HasPrefix(s, "有 1 条改了或删了") }) {
		t.Errorf("%q", d.Doubts)
	}
	a := imported(t, s, "新.txt", next).Article("ycglbf#1")
	if a.Heading != "管理" || len(a.Paragraphs) != 2 || !slices.Equal(a.Paragraphs[0].AskedAs, []string{"归谁管"}) || !slices.Equal(a.Paragraphs[1].AskedAs, []string{"钥匙在哪"}) || len(a.AskedAs) != 3 {
		t.Errorf("%q %+v %q", a.Heading, a.Paragraphs, a.AskedAs)
	}
}

// A rule that is to take effect says so, one that takes effect today does not.
func TestFutureDay(t *testing.T) {
	for day, want := range map[string]bool{"2026年11月28日": false, "2026年11月29日": true} {
		d := drafted(t, newShelf(t), papers(t, "甲.txt", "甲办法\n第一条 子。\n第二条 本办法自"+day+"起施行。\n"))[0].Drafts[0]
		if got := slices.ContainsFunc(d.Doubts, func(s string) bool { return strings.Contains(s, "才施行") }); got != want {
			t.Errorf("%s: %q", day, d.Doubts)
		}
	}
}

// A file that holds another rule besides is not overwritten by one of them.
func TestTwoRulesInOneFile(t *testing.T) {
	s := newShelf(t)
	if err := os.MkdirAll(filepath.Join(s.Dir, "rules"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir, "rules/hb.txt"), []byte(seals+long), 0o644); err != nil {
		t.Fatal(err)
	}
	if d := drafted(t, s, papers(t, "印章.txt", seals+"第三条 完。\n"))[0].Drafts[0]; d.Action != Refuse || !strings.Contains(d.Why, "rules/hb.txt") {
		t.Errorf("%s %q", d.Action, d.Why)
	}
}

// The line that a killed program left unfinished in the log costs no other.
func TestTornLog(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "值班.txt", duty2024)
	f, err := os.OpenFile(filepath.Join(s.Dir, filepath.FromSlash(logFile)), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"at":"2026-11`); err != nil || f.Close() != nil {
		t.Fatal(err)
	}
	imported(t, s, "印章.txt", seals)
	if entries, err := s.Log(""); err != nil || len(entries) != 2 || entries[1].Rule != "yzglbf" {
		t.Errorf("%+v %v", entries, err)
	}
}
