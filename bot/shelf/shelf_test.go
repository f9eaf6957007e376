package shelf

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/corpus"
	"lianwen/corpus/convert"
)

const (
	duty2024 = "值班工作办法\n某协办〔2024〕3号\n第一章 总则\n第一条 为做好值班工作，制定本办法。\n第二条 值班员应当提前10分钟到岗，当面交接。\n第二章 附则\n第三条 本办法自2024年5月1日起施行。\n"
	duty2026 = "值班工作办法\n某协办〔2026〕9号\n第一章 总则\n第一条 为做好值班工作，制定本办法。\n第二条 值班室设在办公楼一层。\n第三条 值班员应当提前15分钟到岗，当面交接。\n第二章 附则\n第四条 本办法自2026年6月1日起施行。\n"
	long     = "用车管理办法\n第一条 甲车归办公室管理。\n第二条 乙车归行政科调度。\n第三条 丙车每月保养一次。\n第四条 丁车逐次登记里程。\n第五条 油卡由专人保管。\n"
	seals    = "印章管理办法\n第一条 印章由专人保管。\n第二条 用印应当登记。\n"
)

func newShelf(t *testing.T) *Shelf {
	return &Shelf{Dir: filepath.Join(t.TempDir(), "我们的制度"), Who: "terminal 王", Now: func() time.Time { return time.Date(2026, 11, 28, 9, 30, 0, 0, time.UTC) }}
}

// papers writes files of these names and contents and returns what names them.
func papers(t *testing.T, pairs ...string) []string {
	t.Helper()
	dir := t.TempDir()
	var out []string
	for i := 0; i < len(pairs); i += 2 {
		file := filepath.Join(dir, pairs[i])
		if err := os.WriteFile(file, []byte(pairs[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
		out = append(out, file)
	}
	return out
}

// drafted reads papers and says what would become of them.
func drafted(t *testing.T, s *Shelf, files []string) []*Paper {
	t.Helper()
	return planned(t, s, files).Papers
}

// planned reads papers and plans their import.
func planned(t *testing.T, s *Shelf, files []string) *Plan {
	t.Helper()
	read, err := Read(t.Context(), files, convert.Options{}, func() {})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := s.Plan(read, false)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// imported publishes papers and returns the library that comes of it.
func imported(t *testing.T, s *Shelf, pairs ...string) *corpus.Corpus {
	t.Helper()
	if err := s.Publish(t.Context(), planned(t, s, papers(t, pairs...)), func(*Draft) {}); err != nil {
		t.Fatal(err)
	}
	c, err := s.Library()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Faults) > 0 {
		t.Fatal(c.Faults)
	}
	return c
}

func actions(read []*Paper) string {
	var out []string
	for _, p := range read {
		if p.Problem != "" {
			out = append(out, "！")
		}
		for _, d := range p.Drafts {
			out = append(out, d.Action.String()+d.Rule.ID)
		}
	}
	return strings.Join(out, " ")
}

func TestImport(t *testing.T) {
	s := newShelf(t)
	c := imported(t, s, "值班.txt", duty2024, "印章.md", seals)
	r := c.RuleByID("zbgzbf")
	if len(c.Rules) != 2 || r == nil || r.Title != "值班工作办法" || r.Document != "某协办〔2024〕3号" || r.Effective != "2024-05-01" || r.Sample || r.File != "rules/zbgzbf.md" {
		t.Fatalf("%+v", r)
	}
	if a := c.Article("zbgzbf#2"); a == nil || a.Text != "第二条 值班员应当提前10分钟到岗，当面交接。" || !slices.Equal(a.Path, []string{"第一章 总则"}) {
		t.Errorf("%+v", a)
	}
	original, err := os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(r.Original)))
	if err != nil || string(original) != duty2024 || !strings.HasPrefix(r.Original, "originals/zbgzbf/") || !strings.HasSuffix(r.Original, "-值班.txt") {
		t.Errorf("original %s: %q %v", r.Original, original, err)
	}
	// the same again changes nothing
	if got := actions(drafted(t, s, papers(t, "值班.txt", duty2024, "印章.md", seals))); got != "未变zbgzbf 未变yzglbf" {
		t.Errorf("again: %s", got)
	}
}

func TestRevise(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "值班.txt", duty2024)
	file := filepath.Join(s.Dir, "rules/zbgzbf.md")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	// what staff wrote about the rule and its articles
	edited := strings.NewReplacer("category  = \"文件\"", "aliases   = [\"值班办法\"]\ncategory  = \"机关\"\ncontact   = \"秘书科\"\ninternal  = true",
		"制定本办法。\n", "制定本办法。\n\n> 问：为什么要值班\n", "第二条 值班员", "第二条 【到岗】值班员", "当面交接。\n", "当面交接。\n> 问：几点到岗\n").Replace(string(raw))
	if err := os.WriteFile(file, []byte(edited), 0o644); err != nil {
		t.Fatal(err)
	}
	read := drafted(t, s, papers(t, "新值班.txt", duty2026))
	d := read[0].Drafts[0]
	if changed, added, removed, renumbered, same := d.Comparison.Counts(); d.Action != Revise || changed != 2 || added != 1 || removed+renumbered != 0 || same != 1 {
		t.Fatalf("%s: %d %d %d %d %d", d.Action, changed, added, removed, renumbered, same)
	}
	c := imported(t, s, "新值班.txt", duty2026)
	now, was := c.RuleByID("zbgzbf"), c.Rules[slices.IndexFunc(c.Rules, func(r *corpus.Rule) bool { return r.Repealed })]
	if now.Effective != "2026-06-01" || now.Category != "机关" || now.Contact != "秘书科" || !now.Internal || !slices.Equal(now.Aliases, []string{"值班办法"}) || len(now.Articles) != 4 {
		t.Errorf("in force: %+v", now)
	}
	if was.Effective != "2024-05-01" || was.Until != "2026-06-01" || was.File != "rules/zbgzbf@2024-05-01.md" || len(was.Articles) != 3 {
		t.Errorf("repealed: %+v", was)
	}
	if a := now.Articles[0]; !slices.Equal(a.AskedAs, []string{"为什么要值班"}) {
		t.Errorf("an article that did not change lost its lines: %q", a.AskedAs)
	}
	if a := now.Articles[2]; len(a.AskedAs) != 0 || a.Heading != "" {
		t.Errorf("lines written for other words were kept: %q %q", a.Heading, a.AskedAs)
	}
	if a := was.Articles[1]; a.Heading != "到岗" || !slices.Equal(a.AskedAs, []string{"几点到岗"}) {
		t.Errorf("the old version lost its lines: %q %q", a.Heading, a.AskedAs)
	}
	if a := c.Article("zbgzbf#2@2024-05-01"); a == nil || !strings.Contains(a.Text, "10分钟") {
		t.Errorf("the old words are not to be had: %+v", a)
	}
	entries, err := s.Log("值班工作办法")
	if err != nil || len(entries) != 2 || entries[1].Action != "修订" || entries[1].Changed != 2 || entries[1].Who != "terminal 王" || len(entries[1].Digest) != 64 {
		t.Errorf("%+v %v", entries, err)
	}
	versions, err := Versions(c, "《值班工作办法》")
	if err != nil || len(versions) != 2 || versions[0] != was {
		t.Fatalf("%v %v", versions, err)
	}
	if comparison, err := Between(versions, ""); err != nil || comparison.Old != was || comparison.New != now {
		t.Errorf("%+v %v", comparison, err)
	}
	if _, err := Between(versions, "2024-05-01"); bot.CodeOf(err) != bot.NotFound {
		t.Errorf("the first version has none before it: %v", err)
	}
	if _, err := Between(versions, "2025-01-01"); bot.CodeOf(err) != bot.NotFound || !strings.Contains(err.Error(), "2024-05-01、2026-06-01") {
		t.Errorf("%v", err)
	}
}

// A paper that says nothing of a new day is a correction: the words that were wrong
// are kept with the papers.
func TestCorrect(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "值班.txt", duty2024)
	c := imported(t, s, "值班改.txt", strings.Replace(duty2024, "10分钟", "20分钟", 1))
	if len(c.Rules) != 1 || !strings.Contains(c.Article("zbgzbf#2").Text, "20分钟") {
		t.Fatalf("%d rules, %q", len(c.Rules), c.Article("zbgzbf#2").Text)
	}
	kept, err := filepath.Glob(filepath.Join(s.Dir, "originals/zbgzbf/20261128-*-zbgzbf.md"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("%q %v", kept, err)
	}
	if raw, err := os.ReadFile(kept[0]); err != nil || !strings.Contains(string(raw), "10分钟") {
		t.Errorf("%q %v", raw, err)
	}
}

func TestDraftActions(t *testing.T) {
	for _, tt := range []struct{ name, have, paper, want string }{
		{"later day", duty2024, duty2026, "修订zbgzbf"},
		{"earlier day", duty2026, duty2024, "存为旧版zbgzbf"},
		{"another number, no day", seals, strings.Replace(seals, "\n", "\n某协〔2026〕8号\n", 1) + "第三条 完。\n", "修订yzglbf"},
		{"no day, no number", seals, seals + "第三条 完。\n", "更正yzglbf"},
		{"another layout only", duty2024, strings.ReplaceAll(duty2024, "\n", "\n\n　　"), "未变zbgzbf"},
		{"another rule of the same letters", seals, strings.Replace(seals, "印章", "用章", 1), "新增yzglbf-2"},
		{"another number, the same words", duty2024, strings.Replace(duty2024, "3号", "4号", 1), "更正zbgzbf"},
		{"another number, issued before it took effect", duty2024, "值班工作办法\n某协办〔2024〕4号\n（2024年4月1日印发）\n第一条 为做好值班工作，制定本办法。\n第二条 值班员应当提前10分钟到岗，当面交接。\n第三条 完。\n", "修订zbgzbf"},
		{"a day where there was none", seals, strings.Replace(seals, "登记。", "登记，自2026年1月1日起施行。", 1), "修订yzglbf"},
		{"marked as repealed", seals, strings.Replace(seals, "办法\n", "办法（已废止）\n", 1), "不能导入新"},
		{"what amends it", long, "关于修改《用车管理办法》的决定\n一、第二条改为：登记。\n二、删去第三条。\n", "新增gyxgycglbfdjd"},
		{"two of five gone", long, "用车管理办法\n第一条 甲车归办公室管理。\n第二条 乙车归行政科调度。\n第三条 丙车每月保养一次。\n", "更正ycglbf"},
		{"counted otherwise, nothing the same", long, "用车管理办法\n一、车辆统一停放在院内。\n二、钥匙交给值班室保管。\n三、节假日一律封存车辆。\n四、驾驶员应当持证上岗。\n五、费用按月公布一次。\n", "不能导入ycglbf"},
		{"hardly anything of it", long, "用车管理办法\n第一条 用车从简。\n", "不能导入ycglbf"},
		{"its own file", seals, "+++\nid = \"x\"\n+++\n第一条 甲。\n", "！"},
		{"no rule at all", seals, "关于放假的通知\n放假一天。\n", "！"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newShelf(t)
			imported(t, s, "旧.txt", tt.have)
			if got := actions(drafted(t, s, papers(t, "新.txt", tt.paper))); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// Two papers of one title: the first comes in, the second is refused by name.
func TestTwoOfOneTitle(t *testing.T) {
	s := newShelf(t)
	read := drafted(t, s, papers(t, "甲.txt", seals, "乙.txt", seals+"第三条 完。\n"))
	if got := actions(read); !strings.HasPrefix(got, "新增yzglbf 不能导入") || !strings.Contains(read[1].Drafts[0].Why, "甲.txt") {
		t.Errorf("%s %q", got, read[1].Drafts[0].Why)
	}
	if got := actions(drafted(t, s, papers(t, "甲.txt", seals, "乙.txt", seals))); !strings.HasPrefix(got, "新增yzglbf 未变") {
		t.Errorf("copies: %s", got)
	}
	// of two versions the later one is in force, whatever the files are called
	c := imported(t, s, "乙旧.txt", duty2026, "甲新.txt", duty2024)
	if r := c.RuleByID("zbgzbf"); len(c.Rules) != 2 || r.Effective != "2026-06-01" || c.Article("zbgzbf#2@2024-05-01") == nil {
		t.Errorf("%d rules, in force %+v", len(c.Rules), r)
	}
}

// A rule that somebody keeps by hand elsewhere in the library is not overwritten.
func TestRuleOfAnotherFolder(t *testing.T) {
	s := newShelf(t)
	imported(t, s, "值班.txt", duty2024)
	if err := os.WriteFile(filepath.Join(s.Dir, "印章.txt"), []byte(seals), 0o644); err != nil {
		t.Fatal(err)
	}
	read := drafted(t, s, papers(t, "印章.txt", seals))
	if d := read[0].Drafts[0]; d.Action != Refuse || !strings.Contains(d.Why, "印章.txt") {
		t.Errorf("%s %q", d.Action, d.Why)
	}
}

func TestGather(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"甲.txt", "子/乙.docx", ".隐藏.txt", "~$甲.docx", "Thumbs.db", ".git/x.txt", "丙.txt~", "制度库/rules/a.md"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, err := Gather([]string{dir, filepath.Join(dir, "甲.txt")}, filepath.Join(dir, "制度库"))
	var names []string
	for _, f := range files {
		rel, _ := filepath.Rel(dir, f)
		names = append(names, rel)
	}
	if err != nil || strings.Join(names, " ") != "子/乙.docx 甲.txt" {
		t.Errorf("%q %v", names, err)
	}
	if _, err := Gather([]string{filepath.Join(dir, "没有")}, dir); bot.CodeOf(err) != bot.NotFound {
		t.Errorf("%v", err)
	}
}

func TestNames(t *testing.T) {
	for title, want := range map[string]string{
		"提案工作条例": "tagztl", "会议管理办法（试行）": "hyglbf", "秘书长会议制度": "mszhyzd", "差旅费管理细则": "clfglxz", "“十不准”": "sbz", "《》": "zhidu", "Wi-Fi使用办法": "wifisybf",
	} {
		if got := nameOf(title); got != want {
			t.Errorf("%s: %s, want %s", title, got, want)
		}
	}
	if got := uniqueName("a", map[string]bool{"a": true, "a-2": true}); got != "a-3" {
		t.Errorf("%s", got)
	}
}

func TestStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, papers(t, "甲.txt", seals), convert.Options{}, func() {}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	s := newShelf(t)
	if err := s.Publish(ctx, planned(t, s, papers(t, "甲.txt", seals)), func(*Draft) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if c, err := s.Library(); c != nil || err != nil {
		t.Errorf("something was written: %v %v", c, err)
	}
}
