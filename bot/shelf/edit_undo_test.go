package shelf

import (
	"strings"
	"sync"
	"testing"

	"lianwen/bot"
)

// What was changed since is not taken back, and nothing is written; what has gone by
// itself is said.
func TestUndoChanged(t *testing.T) {
	s := shelved(t)
	keep(t, s, "synonyms/own.txt", "印章 公章\n")
	heading := of(t, s, "yin#1")
	heading.Heading = &Swap{Was: "保管", Now: "谁管章"}
	own := of(t, s, "yin#1")
	own.Remove = []string{"公章放哪"}
	for name, tt := range map[string]struct {
		edit   Edit
		meddle func(text string) (file, now string)
		code   bot.Code
		want   string
	}{
		"heading": {heading, func(string) (string, string) {
			return "rules/yin.md", strings.Replace(inked, "【保管】", "【别的】", 1)
		}, bot.Conflict, "现在是「别的」（terminal 王 11月28日09:30 改的），不是您改的时候的「谁管章」"},
		"heading, the same again": {heading, func(string) (string, string) { return "rules/yin.md", inked }, bot.Conflict, "没有要改的"},
		"line of the file, other words": {own, func(string) (string, string) {
			return "rules/yin.md", strings.Replace(inked, "由专人", "由两人", 1)
		}, bot.Conflict, "条文改过了，没有撤销"},
		"line of the file, no rule": {own, func(string) (string, string) {
			return "rules/yin.md", strings.Replace(inked, "in-force", "repealed", 1)
		}, bot.Conflict, "不在现行的制度里"},
		"group": {GroupEdit{File: "synonyms/own.txt", Was: []string{"印章", "公章"}, Now: []string{"印章", "戳子"}}, func(string) (string, string) {
			return "synonyms/own.txt", "印章 大印\n"
		}, bot.Conflict, "现在是“印章 大印”"},
		"reply": {ReplyEdit{Say: []string{"在吗"}, Text: "在。", From: "网页"}, func(string) (string, string) {
			return "talk/learned.toml", "[[reply]]\nid = \"learned-1\"\nsay = [\"在吗\"]\ntext = \"不在。\"\n"
		}, bot.Conflict, "有人手改过"},
		"approved line": {of(t, s, "yin#2", "记在哪"), func(text string) (string, string) { return "asked/yin.txt", "" }, bot.Conflict, "没有要改的"},
	} {
		t.Run(name, func(t *testing.T) {
			s := shelved(t)
			keep(t, s, "synonyms/own.txt", "印章 公章\n")
			done := edit(t, s, tt.edit)
			file, now := tt.meddle("")
			keep(t, s, file, now)
			_, err := s.Undo(t.Context(), done.ID)
			refused(t, err, tt.code, tt.want)
			if got := kept(t, s, file); got != now {
				t.Errorf("%s:\n%s", file, got)
			}
		})
	}
}

// What the command line takes back and what the page takes back is counted together,
// whichever came first.
func TestUndoBothWays(t *testing.T) {
	s := shelved(t)
	two := article(t, s, "yin#2")
	if _, err := addLine(t, s, two, "第一批"); err != nil {
		t.Fatal(err)
	}
	second := edit(t, s, of(t, s, "yin#2", "第二批"))
	third := edit(t, s, of(t, s, "yin#2", "第三批"))
	if _, err := s.Undo(t.Context(), second.ID); err != nil {
		t.Fatal(err)
	}
	if got := asking(t, s, "yin#2"); got != "第一批 ← 手写|第三批 ← 网页" {
		t.Fatal(got)
	}
	for _, want := range []string{"第一批 ← 手写", ""} {
		if _, err := s.UndoLines(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := asking(t, s, "yin#2"); got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	}
	_, err := s.UndoLines(t.Context())
	refused(t, err, bot.NotFound, "没有可以撤销的")
	_, err = s.Undo(t.Context(), third.ID)
	refused(t, err, bot.NotFound, "撤销过了")
	if list, err := s.Edits(); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

// Ten people take the same edit back: one has done so.
func TestUndoAtOnce(t *testing.T) {
	s := shelved(t)
	done := edit(t, s, of(t, s, "yin#2", "记在哪"))
	again := edit(t, s, of(t, s, "yin#1", "章在哪"))
	var all sync.WaitGroup
	var mu sync.Mutex
	ok := 0
	for range 10 {
		all.Go(func() {
			_, err := s.Undo(t.Context(), done.ID)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				ok++
			case bot.CodeOf(err) != bot.NotFound:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if list, err := s.Edits(); ok != 1 || err != nil || len(list) != 1 || list[0].ID != again.ID {
		t.Errorf("taken back %d times; %+v, %v", ok, list, err)
	}
}

// Rules that cannot be edited in their files say where to do it; what stands in a file of
// lines that cannot be read is not lost.
func TestEditElsewhere(t *testing.T) {
	s := shelved(t)
	keep(t, s, "rules/biao.md", "+++\nid = \"biao\"\ntitle = \"表格办法\"\nstatus = \"in-force\"\neffective = 2026-02-01\n+++\n第一条 见附件。\n## 附件1 申请表\n一张表。\n")
	e := of(t, s, "biao#annex-1")
	e.Heading = &Swap{Was: "申请表", Now: "报名表"}
	_, err := s.Edit(t.Context(), e)
	refused(t, err, bot.Conflict, "《表格办法》附件1的条旨没有改：附件1的名称是正文的一部分。请直接改 rules/biao.md 第 8 行")
	keep(t, s, "asked/yin.txt", "[看不懂] 某条\n章在哪\n")
	_, err = s.Edit(t.Context(), of(t, s, "yin#2", "记在哪"))
	refused(t, err, bot.Conflict, "asked/yin.txt 第 1 行看不懂")
	one := &Shelf{Dir: papers(t, "一部.md", seals)[0]}
	_, err = one.Edit(t.Context(), GroupEdit{Now: []string{"印章", "公章"}})
	refused(t, err, bot.Invalid, "是一个文件")
	_, _, err = one.Foresee(t.Context(), GroupEdit{Now: []string{"印章", "公章"}})
	refused(t, err, bot.Invalid, "是一个文件")
	none := newShelf(t)
	_, err = none.Edit(t.Context(), GroupEdit{Now: []string{"印章", "公章"}})
	refused(t, err, bot.NotFound, "还没有制度")
}
