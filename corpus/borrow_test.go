package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A library without stories, notices or books has the sample's, each kind by
// itself, marked and without cites of rules it does not have.
func TestBorrow(t *testing.T) {
	sample := mustRead(t, Sample())
	if len(sample.Borrowed) > 0 {
		t.Errorf("the sample borrows %v", sample.Borrowed)
	}
	all := []string{StoriesKind, NoticesKind, BooksKind}
	own := []string{"stories/a.md", story("", "杨震。"), "notices/b.md", notice("中秋", "全体", "", "不收。"), "books/e.md", book("好书。")}
	for name, tt := range map[string]struct {
		files    []string
		borrowed []string
	}{
		"a rule alone":    {nil, all},
		"with stories":    {own[0:2], all[1:]},
		"with notices":    {own[2:4], []string{StoriesKind, BooksKind}},
		"with books":      {own[4:], all[:2]},
		"with everything": {own, nil},
		"a bad story":     {[]string{"stories/a.md", story("", "")}, all[1:]}, // it is to be mended, not replaced
		"other contents":  {[]string{"questions/q.toml", question("q-1", `"jia#1"`), "cases/f.md", caseOf(`"jia#1"`, "经过。"), "stories/README.md", "x"}, all},
		"bulk beside it":  {[]string{"fa.jsonl", `{"id":"a","title":"乙法第一条","text":"乙"}`}, all},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := Read(lib(append([]string{"rules/jia.md", small}, tt.files...)...))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(c.Borrowed, tt.borrowed) {
				t.Errorf("borrowed %v, want %v", c.Borrowed, tt.borrowed)
			}
			for kind, have := range map[string][2]int{
				StoriesKind: {len(c.Stories), len(sample.Stories)}, NoticesKind: {len(c.Notices), len(sample.Notices)}, BooksKind: {len(c.Books), len(sample.Books)},
			} {
				if slices.Contains(tt.borrowed, kind) != (have[0] == have[1]) {
					t.Errorf("%d %s, the sample has %d", have[0], kind, have[1])
				}
			}
			if len(c.Cases) > 1 || len(c.Questions) > 1 {
				t.Errorf("%d cases, %d questions", len(c.Cases), len(c.Questions))
			}
			wantSound(t, c)
		})
	}
	c := mustRead(t, lib("jia.md", small))
	for _, s := range c.Stories {
		if !s.Sample || len(s.Cites) > 0 || s.Text == "" {
			t.Errorf("story %s: %+v", s.ID, s)
		}
	}
	for _, n := range c.Notices {
		if !n.Sample || len(n.Cites) > 0 {
			t.Errorf("notice %s: %+v", n.ID, n)
		}
	}
	for _, b := range c.Books {
		if !b.Sample {
			t.Errorf("book %s", b.ID)
		}
	}
	if len(sample.Stories[0].Cites) == 0 {
		t.Error("the sample's own stories have lost their cites")
	}
	if c, err := Read(lib("fa.jsonl", `{"id":"a","title":"甲法第一条","text":"甲"}`)); err != nil || len(c.Borrowed)+len(c.Stories) > 0 {
		t.Errorf("bulk articles borrow: %v", err)
	}
	lone := filepath.Join(t.TempDir(), "章程.txt")
	if err := os.WriteFile(lone, []byte("章程\n第一条 甲。\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if c, err := Open(lone); err != nil || !slices.Equal(c.Borrowed, all) {
		t.Errorf("a lone file: %v", err)
	}
}
