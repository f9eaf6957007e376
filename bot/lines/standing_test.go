package lines

import (
	"fmt"
	"strings"
	"testing"

	"lianwen/bot/shelf"
	"lianwen/corpus"
)

// officeShelf is the office's library in a folder.
func officeShelf(t *testing.T, s *Store) (*shelf.Shelf, *corpus.Corpus) {
	t.Helper()
	lib := &shelf.Shelf{Dir: t.TempDir(), Who: "terminal 王", Now: s.Now}
	for name, file := range office() {
		writeFile(t, lib.Dir, name, string(file.Data))
	}
	return lib, library(t, lib)
}

func library(t *testing.T, lib *shelf.Shelf) *corpus.Corpus {
	t.Helper()
	c, err := lib.Library()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What waits for a person comes first, then what is thin; stale drafts do not count.
func TestStandings(t *testing.T) {
	s := newStore(t)
	lib, c := officeShelf(t, s)
	check := NewChecker(indexOf(t, office()))
	propose(t, s, check, c.Article("yongche#1"), "公车办私事会怎么样", "车")
	if err := s.Fail(t.Context(), c.Article("xiujia#3"), "模型 甲", "没有回答"); err != nil {
		t.Fatal(err)
	}
	stale := *c.Article("xiujia#2")
	stale.Text += "改过。"
	propose(t, s, check, &stale, "想歇几天得跟谁打招呼")
	if _, err := lib.AddLines(t.Context(), "xiujia", []shelf.Asked{{Article: c.Article("xiujia#1"), Lines: many(4)}}); err != nil {
		t.Fatal(err)
	}
	writeFile(t, lib.Dir, "asked/zonghe.txt", "[1] 00000000\n甲甲甲甲\n乙乙乙乙\n")
	c = library(t, lib)
	rules, _ := c.RulesInForce()
	standings, err := s.Standings(c, rules)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, st := range standings {
		got = append(got, fmt.Sprint(st.Rule.ID, " ", st.Articles, st.WithLines, st.Thin, st.Lines, st.Waiting, st.Apart, st.Failed, st.Suspended, st.Decided))
	}
	want := []string{"zonghe 8 0 8 0 0 0 0 2 0", "yongche 2 1 2 1 1 1 0 0 0", "xiujia 3 1 2 5 0 0 1 0 0"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if err := s.append("yongche", draftsOf(c.Article("yongche#1"), Declined, Line{Text: "公车办私事会怎么样"}, Line{Text: "车"})); err != nil {
		t.Fatal(err)
	}
	if standings, err = s.Standings(c, []*corpus.Rule{c.Article("yongche#1").Rule}); err != nil || standings[0].Decided != 1 || standings[0].Thin != 2 {
		t.Errorf("once it was declined: %+v, %v", standings, err)
	}
}

func many(n int) (lines []corpus.AskedLine) {
	for i := range n {
		lines = append(lines, corpus.AskedLine{Text: fmt.Sprintf("第%d种问法", i)})
	}
	return lines
}

// What was taken is in the library, with where it came from; all that was decided is on
// record, and approving the same again changes nothing.
func TestApprove(t *testing.T) {
	s := newStore(t)
	lib, c := officeShelf(t, s)
	two, three := c.Article("xiujia#2"), c.Article("xiujia#3")
	check := NewChecker(indexOf(t, office()))
	propose(t, s, check, two, "想歇几天得跟谁打招呼", "手里的活交给谁")
	propose(t, s, check, three, "忙得走不开歇不成咋整")
	drafts, _ := s.Drafts("xiujia")
	choices := []Choice{{two, drafts[:1], drafts[1:2]}, {three, drafts[2:], nil}}
	for i, want := range []int{2, 0} {
		if n, err := s.Approve(t.Context(), lib, "xiujia", "李某", choices); err != nil || n != want {
			t.Fatalf("%d: %d, %v", i, n, err)
		}
	}
	c = library(t, lib)
	if got := c.Article("xiujia#2").Approved; len(got) != 1 || got[0].String() != "想歇几天得跟谁打招呼 ← 模型 甲，李某 2026-11-28" {
		t.Errorf("%v", got)
	}
	if got := states(t, s, "xiujia"); got != "xiujia#2 想歇几天得跟谁打招呼 approved\nxiujia#2 手里的活交给谁 declined\nxiujia#3 忙得走不开歇不成咋整 approved" {
		t.Error(got)
	}
	bad := Choice{c.Article("yongche#1"), []Draft{{Text: "一句\n两行"}}, nil}
	if n, err := s.Approve(t.Context(), lib, "yongche", "李某", []Choice{bad}); err == nil || n != 0 {
		t.Errorf("%d, %v", n, err)
	}
	if got := s.Provenance("", "李某"); got != "李某 2026-11-28" {
		t.Error(got)
	}
}

// What was decided can be opened again: approved lines leave the library, and each draft
// stands where it stood.
func TestReopen(t *testing.T) {
	s := newStore(t)
	lib, c := officeShelf(t, s)
	a := Articles(c.Rules[0])[0]
	rule := a.Rule.ID
	if _, _, err := s.Propose(t.Context(), NewChecker(indexOf(t, office())), a, "模型 甲", []Line{{Text: "这件事归哪个管"}, {Text: "abc"}, {Text: "章程在什么地方看得到呢"}}); err != nil {
		t.Fatal(err)
	}
	drafts, err := s.Drafts(rule)
	if err != nil || len(drafts) != 3 {
		t.Fatal(drafts, err)
	}
	if drafts[0].ID() == drafts[1].ID() || len(drafts[0].ID()) != 16 {
		t.Errorf("%s %s", drafts[0].ID(), drafts[1].ID())
	}
	before := states(t, s, rule)
	if _, err := s.Approve(t.Context(), lib, rule, "张三", []Choice{{Article: a, Take: drafts[:2], Leave: drafts[2:]}}); err != nil {
		t.Fatal(err)
	}
	drafts, err = s.Drafts(rule)
	if last := LastDecided(drafts, 2); err != nil || len(last) != 2 || len(LastDecided(drafts, 9)) != 3 {
		t.Fatal(last, err)
	}
	now := library(t, lib).Article(a.Key())
	if len(now.Approved) != 2 {
		t.Fatal(now.Approved)
	}
	if err := s.Reopen(t.Context(), lib, Choice{Article: now, Take: drafts}); err != nil {
		t.Fatal(err)
	}
	if got := states(t, s, rule); got != before {
		t.Errorf("%s\nwant\n%s", got, before)
	}
	if got := library(t, lib).Article(a.Key()).Approved; len(got) != 0 {
		t.Error(got)
	}
	if err := s.Reopen(t.Context(), lib, Choice{Article: library(t, lib).Article(a.Key()), Take: drafts}); err != nil {
		t.Errorf("of lines that are gone: %v", err)
	}
}
