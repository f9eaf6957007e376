package shelf

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/corpus"
	"lianwen/corpus/convert"
)

// reads is a file of the library, "" when it is not there.
func reads(t *testing.T, s *Shelf, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(name)))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(raw)
}

// takes takes the last publication of a rule back and returns the library after it.
func takes(t *testing.T, s *Shelf, rule string) *corpus.Corpus {
	t.Helper()
	if _, err := s.TakeBack(t.Context(), rule, ""); err != nil {
		t.Fatal(err)
	}
	c, err := s.Library()
	if err != nil || c != nil && len(c.Faults) > 0 {
		t.Fatal(c, err)
	}
	return c
}

// What was published one after the other is taken back one after the other, to the
// byte; the papers and what was wrong are kept.
func TestTakeBackAll(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "印章.txt", seals)
	imported(t, s, "值班.txt", duty2024)
	first := reads(t, s, "rules/zbgzbf.md")
	imported(t, s, "值班改.txt", strings.Replace(duty2024, "10分钟", "20分钟", 1))
	corrected := reads(t, s, "rules/zbgzbf.md")
	c := imported(t, s, "新值班.txt", duty2026)
	if err := s.Repeal(t.Context(), c.RuleByID("zbgzbf"), "2026-12-01"); err != nil {
		t.Fatal(err)
	}
	if c = takes(t, s, "zbgzbf"); c.RuleByID("zbgzbf").Repealed || c.RuleByID("zbgzbf").Effective != "2026-06-01" {
		t.Errorf("the repealed rule is not in force again: %+v", c.RuleByID("zbgzbf"))
	}
	if c = takes(t, s, "zbgzbf"); len(c.Rules) != 2 || reads(t, s, "rules/zbgzbf.md") != corrected || reads(t, s, "rules/zbgzbf@2024-05-01.md") != "" {
		t.Errorf("the version before is not in force again: %s", reads(t, s, "rules/zbgzbf.md"))
	}
	if takes(t, s, "zbgzbf"); reads(t, s, "rules/zbgzbf.md") != first {
		t.Errorf("the words before the correction are not back: %s", reads(t, s, "rules/zbgzbf.md"))
	}
	if c = takes(t, s, "zbgzbf"); c.RuleByID("zbgzbf") != nil || c.RuleByID("yzglbf") == nil {
		t.Error("the new rule is still there, or another is gone")
	}
	if _, err := s.TakeBack(t.Context(), "zbgzbf", ""); bot.CodeOf(err) != bot.NotFound {
		t.Errorf("nothing is left to be taken back: %v", err)
	}
	log, err := s.Log("zbgzbf")
	if err != nil || len(log) != 8 {
		t.Fatalf("%d entries, %v", len(log), err)
	}
	for _, e := range log {
		if kept := reads(t, s, e.Original); kept == "" {
			t.Errorf("the paper of %s is gone: %s", e.Action, e.Original)
		}
	}
	if was, err := s.Former(log[1]); err != nil || !strings.Contains(was.Articles[1].Text, "10分钟") {
		t.Errorf("%+v %v", was, err)
	}
	for _, bad := range []Entry{log[0], {Before: "originals/no.md"}, {Before: "../x.md"}} {
		if _, err := s.Former(bad); bot.CodeOf(err) != bot.NotFound {
			t.Errorf("%s: %v", bad.Before, err)
		}
	}
	if wrong := reads(t, s, log[6].Before); wrong != corrected {
		t.Errorf("what was taken back is not kept in %s: %s", log[6].Before, wrong)
	}
	if c = takes(t, s, "yzglbf"); c != nil {
		t.Error("the library should be empty")
	}
	if c = imported(t, s, "值班.txt", duty2024); c.RuleByID("zbgzbf") == nil {
		t.Error("what was taken back does not come again")
	}
}

// An older version that was put beside the one in force goes again.
func TestTakeBackArchived(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "新.txt", duty2026)
	imported(t, s, "旧.txt", duty2024)
	if c := takes(t, s, "zbgzbf"); len(c.Rules) != 1 || c.Rules[0].Effective != "2026-06-01" {
		t.Errorf("%+v", c.Rules)
	}
}

// What somebody has changed since, or others rest on, is not taken back.
func TestTakeBackRefused(t *testing.T) {
	cites := strings.Replace(long, "油卡由专人保管。", "用印依照《印章管理办法》第二条。", 1)
	question := "[[question]]\nid = \"q\"\ntext = \"用印要不要登记？\"\noptions = [\"要\", \"不要\", \"随便\"]\nanswer = \"A\"\nexplanation = \"应当登记。\"\ncites = [\"yzglbf#2\"]\n"
	for name, tt := range map[string]struct {
		change func(t *testing.T, s *Shelf)
		was    string
		want   string
	}{
		"changed by hand": {func(t *testing.T, s *Shelf) {
			put(t, s, "rules/yzglbf.md", strings.Replace(reads(t, s, "rules/yzglbf.md"), "第二条 ", "第二条 【登记】", 1))
		}, "", "有人改过"},
		"removed by hand":                 {func(t *testing.T, s *Shelf) { must(t, os.Remove(filepath.Join(s.Dir, "rules/yzglbf.md"))) }, "", "有人改过"},
		"another page":                    {func(*testing.T, *Shelf) {}, "0123", "打开页面以后又有改动"},
		"cited by a rule that came later": {func(t *testing.T, s *Shelf) { imported(t, s, "用车.txt", cites) }, "", "《用车管理办法》第五条引用了《印章管理办法》"},
		"cited by a question":             {func(t *testing.T, s *Shelf) { put(t, s, "questions/q.toml", question) }, "", "questions/q.toml"},
		"of an older program": {func(t *testing.T, s *Shelf) {
			log := reads(t, s, logFile)
			put(t, s, logFile, log[:strings.LastIndex(log, `,"file"`)]+"}\n")
		}, "", "旧版程序"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShelf(t)
			imported(t, s, "值班.txt", duty2024)
			imported(t, s, "印章.txt", seals)
			tt.change(t, s)
			before := reads(t, s, "rules/yzglbf.md")
			_, err := s.TakeBack(t.Context(), "yzglbf", tt.was)
			if bot.CodeOf(err) != bot.Conflict || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v", err)
			}
			if reads(t, s, "rules/yzglbf.md") != before {
				t.Error("something was written")
			}
		})
	}
}

// A rule that cited another before that came does not keep it from being taken back.
func TestTakeBackCitedBefore(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "用车.txt", strings.Replace(long, "油卡由专人保管。", "用印依照《印章管理办法》第二条。", 1))
	imported(t, s, "印章.txt", seals)
	if c := takes(t, s, "yzglbf"); c.RuleByID("yzglbf") != nil {
		t.Error("still there")
	}
}

// Approved lines wait while their version is not in force, and answer again.
func TestTakeBackLines(t *testing.T) {
	s := newShelf(t)
	c := imported(t, s, "值班.txt", duty2024)
	if _, err := s.AddLines(t.Context(), "zbgzbf", []Asked{{c.Article("zbgzbf#2"), []corpus.AskedLine{{Text: "几点到岗"}}}}); err != nil {
		t.Fatal(err)
	}
	if c = imported(t, s, "新.txt", duty2026); len(c.Suspended) != 1 {
		t.Fatalf("%+v", c.Suspended)
	}
	if c = takes(t, s, "zbgzbf"); len(c.Suspended) != 0 || !slices.Equal(c.Article("zbgzbf#2").Lines(), []string{"几点到岗"}) {
		t.Errorf("%+v", c.Suspended)
	}
}

// A paper is called by the name that it came with, wherever it lies.
func TestReadNamed(t *testing.T) {
	s := newShelf(t)
	file := papers(t, "007.txt", duty2024)[0]
	read, err := ReadNamed(t.Context(), []File{{file, "值班\"\n<b>.txt"}}, convert.Options{}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := s.Plan(read, false)
	if err != nil {
		t.Fatal(err)
	}
	must(t, s.Publish(t.Context(), plan, func(*Draft) {}))
	c, err := s.Library()
	if err != nil {
		t.Fatal(err)
	}
	if r := c.RuleByID("zbgzbf"); read[0].File != "值班\"\n<b>.txt" || !strings.HasSuffix(r.Original, "-值班___b_.txt") || reads(t, s, r.Original) != duty2024 {
		t.Errorf("%q %q", read[0].File, r.Original)
	}
}

func put(t *testing.T, s *Shelf, name, text string) {
	t.Helper()
	file := filepath.Join(s.Dir, filepath.FromSlash(name))
	must(t, os.MkdirAll(filepath.Dir(file), 0o755))
	must(t, os.WriteFile(file, []byte(text), 0o644))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
