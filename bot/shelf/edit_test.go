package shelf

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"lianwen/bot"
	"lianwen/corpus"
)

// inked is a rule as people keep it by hand, with lines of its own.
const inked = "+++\nid = \"yin\"\ntitle = \"用印办法\"\nstatus = \"in-force\"\neffective = 2026-02-01\n+++\n第一条 【保管】 印章由专人保管。\n> 问：章谁管\n> 问：公章放哪\n\n第二条 用印应当登记。\n\n第三条 （删去）\n"

// shelved is a library with that rule, one that was imported, and one that is repealed.
func shelved(t *testing.T) *Shelf {
	t.Helper()
	s := newShelf(t)
	imported(t, s, "值班.txt", duty2024)
	keep(t, s, "rules/yin.md", inked)
	keep(t, s, "rules/old.md", "+++\nid = \"old\"\ntitle = \"旧办法\"\nstatus = \"repealed\"\neffective = 2020-02-01\n+++\n第一条 不再用的。\n")
	return s
}

func article(t *testing.T, s *Shelf, key string) *corpus.Article {
	t.Helper()
	c, err := s.Library()
	if err != nil || len(c.Faults) > 0 {
		t.Fatal(err, c.Faults)
	}
	a := c.Article(key)
	if a == nil {
		t.Fatalf("no %s", key)
	}
	return a
}

// of is an edit of an article as it is.
func of(t *testing.T, s *Shelf, key string, add ...string) ArticleEdit {
	t.Helper()
	a := article(t, s, key)
	e := ArticleEdit{Rule: a.Rule.ID, Number: a.Number, Words: a.WordsDigest()}
	for _, text := range add {
		e.Add = append(e.Add, corpus.AskedLine{Text: text, From: "网页"})
	}
	return e
}

func edit(t *testing.T, s *Shelf, e Edit) Entry {
	t.Helper()
	done, err := s.Edit(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// Heading, lines of the rule's own file and approved ones change in one go, are on
// record, and all come back.
func TestEditArticle(t *testing.T) {
	s := shelved(t)
	first := edit(t, s, of(t, s, "yin#1", "章在哪里", "盖章找谁"))
	if first.Said() != "加「章在哪里」，加「盖章找谁」" || len(first.Own) != 0 {
		t.Errorf("%s", first.Said())
	}
	e := of(t, s, "yin#1", "盖章找谁？？", "借章")
	e.Heading, e.Remove = &Swap{Was: "保管", Now: "谁管章"}, []string{"公章放哪", "盖章找谁"}
	before, what, err := s.Foresee(t.Context(), e)
	if err != nil || !strings.HasSuffix(what.Said(), "条旨「保管」→「谁管章」") || before.Article("yin#1").Heading != "谁管章" || kept(t, s, "rules/yin.md") != inked {
		t.Fatalf("%v\n%s", err, kept(t, s, "rules/yin.md"))
	}
	done := edit(t, s, e)
	want := strings.Replace(strings.Replace(inked, "> 问：公章放哪\n", "", 1), "【保管】", "【谁管章】", 1)
	if got := kept(t, s, "rules/yin.md"); got != want {
		t.Errorf("%s", got)
	}
	a := article(t, s, "yin#1")
	if got := strings.Join(a.Lines(), "|"); got != "章谁管|章在哪里|盖章找谁？？|借章" || a.Text != "第一条 印章由专人保管。" {
		t.Errorf("%s\n%s", got, a.Text)
	}
	if got := done.Said(); got != "去「盖章找谁」，加「盖章找谁？？」，加「借章」，去「公章放哪」，条旨「保管」→「谁管章」" {
		t.Error(got)
	}
	list, err := s.Edits()
	if err != nil || len(list) != 2 || list[0].ID != first.ID || list[1].ID != done.ID {
		t.Fatalf("%+v, %v", list, err)
	}
	if _, err := s.Undo(t.Context(), done.ID); err != nil {
		t.Fatal(err)
	}
	if got := kept(t, s, "rules/yin.md"); got != inked {
		t.Errorf("undone:\n%s", got)
	}
	if got := asking(t, s, "yin#1"); got != "章在哪里 ← 网页|盖章找谁 ← 网页" {
		t.Error(got)
	}
	_, err = s.Undo(t.Context(), done.ID)
	refused(t, err, bot.NotFound, "撤销过了")
	if e, err := s.UndoLines(t.Context()); err != nil || len(e.Lines) != 2 { // as the command line does
		t.Errorf("%+v, %v", e, err)
	}
	if list, err := s.Edits(); err != nil || len(list) != 0 || asking(t, s, "yin#1") != "" {
		t.Errorf("%+v, %v", list, err)
	}
}

// What was made from something else is refused and says what is there now, and so is
// what cannot be; nothing is written.
func TestEditArticleRefused(t *testing.T) {
	s := shelved(t)
	stale := of(t, s, "yin#1")
	stale.Heading = &Swap{Was: "保管", Now: "甲"}
	first := of(t, s, "yin#1")
	first.Heading = &Swap{Was: "保管", Now: "谁管章"}
	edit(t, s, first)
	was := kept(t, s, "rules/yin.md")
	with := func(change func(*ArticleEdit)) ArticleEdit {
		e := of(t, s, "yin#1")
		change(&e)
		return e
	}
	long := strings.Repeat("字", 61)
	for name, tt := range map[string]struct {
		edit Edit
		code bot.Code
		want string
	}{
		"heading of another": {stale, bot.Conflict, "现在是「谁管章」（terminal 王 11月28日09:30 改的），不是您改的时候的「保管」"},
		"too long a heading": {with(func(e *ArticleEdit) {
			e.Heading = &Swap{Was: "谁管章", Now: "十三个字的条旨就是这样长的"}
		}), bot.Invalid, "超过 12 个字"},
		"a number in it":       {with(func(e *ArticleEdit) { e.Heading = &Swap{Was: "谁管章", Now: "机密★20年"} }), bot.Invalid, "条旨里"},
		"nothing":              {of(t, s, "yin#1"), bot.Conflict, "没有要改的"},
		"a line that is there": {of(t, s, "yin#1", "章谁管？"), bot.Conflict, "没有要改的"},
		"61 characters":        {of(t, s, "yin#1", long), bot.Invalid, "61 字，超过 60 字"},
		"an empty line":        {of(t, s, "yin#1", "章", " "), bot.Invalid, "没有问句"},
		"a control character":  {of(t, s, "yin#1", "章\x07谁"), bot.Invalid, "「章谁」里有看不见的字符"},
		"right to left":        {of(t, s, "yin#1", "章\u202e谁"), bot.Invalid, "看不见的字符"},
		"an identity number":   {of(t, s, "yin#1", "11010519491231002X的章呢"), bot.Invalid, "问法里"},
		"gone already":         {with(func(e *ArticleEdit) { e.Remove = []string{"没有的"} }), bot.Conflict, "「没有的」已经不在了"},
		"other words":          {with(func(e *ArticleEdit) { e.Words = "00000000" }), bot.Conflict, "刚刚改过"},
		"repealed":             {ArticleEdit{Rule: "old", Number: corpus.Number{Main: 1}}, bot.Conflict, "废止"},
		"deleted":              {ArticleEdit{Rule: "yin", Number: corpus.Number{Main: 3}}, bot.NotFound, "没有第三条"},
		"no such rule":         {ArticleEdit{Rule: "none", Number: corpus.Number{Main: 3}}, bot.NotFound, "没有《none》"},
		"suspended, settled":   {with(func(e *ArticleEdit) { e.Settle = []corpus.AskedSection{{Number: e.Number, Digest: "1"}} }), bot.Conflict, "有人处理过"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := s.Foresee(t.Context(), tt.edit)
			refused(t, err, tt.code, tt.want)
			_, err = s.Edit(t.Context(), tt.edit)
			refused(t, err, tt.code, tt.want)
		})
	}
	if kept(t, s, "rules/yin.md") != was || kept(t, s, "asked/yin.txt") != "" {
		t.Error("something was written")
	}
}

// Lines that wait because the words changed are taken for the new words, and back.
func TestSettleSuspended(t *testing.T) {
	s := shelved(t)
	edit(t, s, of(t, s, "yin#2", "要不要记账", "登记写在哪"))
	keep(t, s, "rules/yin.md", strings.Replace(inked, "应当登记", "应当逐次登记", 1))
	c, err := s.Library()
	if err != nil || len(c.Suspended) != 1 {
		t.Fatal(err, c.Suspended)
	}
	e := of(t, s, "yin#2", "登记写在哪")
	e.Settle = []corpus.AskedSection{c.Suspended[0].AskedSection}
	done := edit(t, s, e)
	if got := asking(t, s, "yin#2"); got != "登记写在哪 ← 网页" {
		t.Error(got)
	}
	if c, err := s.Library(); err != nil || len(c.Suspended) != 0 {
		t.Error(err, c.Suspended)
	}
	if _, err := s.Undo(t.Context(), done.ID); err != nil {
		t.Fatal(err)
	}
	if c, err := s.Library(); err != nil || len(c.Suspended) != 1 || len(c.Suspended[0].Lines) != 2 || asking(t, s, "yin#2") != "" {
		t.Error(err, c.Suspended)
	}
}

// Twenty people edit one library at once: headings, lines of one article, groups and
// replies. Each edit is there in the end, and each is on record.
func TestEditAtOnce(t *testing.T) {
	s := shelved(t)
	before := of(t, s, "yin#2")
	var all sync.WaitGroup
	lost := make(chan error, 20)
	for i := range 20 {
		all.Go(func() {
			mine := *s
			mine.Who = fmt.Sprintf("web:%d", i)
			var e Edit
			switch i % 4 {
			case 0, 1:
				add := before
				add.Add = []corpus.AskedLine{{Text: fmt.Sprintf("第%d个人怎么问", i), From: "网页"}}
				e = add
			case 2:
				e = GroupEdit{Now: []string{[]string{"印章", "专人", "保管", "用印", "登记"}[i/4], fmt.Sprintf("说法%c", 'a'+i)}}
			default:
				e = ReplyEdit{Say: []string{fmt.Sprintf("第%d句话", i)}, Text: "好。", From: "网页"}
			}
			if _, err := mine.Edit(t.Context(), e); err != nil {
				lost <- err
			}
		})
	}
	all.Wait()
	close(lost)
	for err := range lost {
		t.Error(err)
	}
	c, err := s.Library()
	if err != nil || len(c.Faults) > 0 {
		t.Fatal(err, c.Faults)
	}
	replies := 0
	for _, r := range c.Replies() {
		if r.File == corpus.LearnedTalk {
			replies++
		}
	}
	list, err := s.Edits()
	if len(c.Article("yin#2").Lines()) != 10 || len(c.Synonyms) != 5 || replies != 5 || len(list) != 20 || err != nil {
		t.Errorf("%d lines, %d groups, %d replies, %d on record, %v", len(c.Article("yin#2").Lines()), len(c.Synonyms), replies, len(list), err)
	}
}

// When a file cannot be written, those before it are as they were.
func TestEditHalf(t *testing.T) {
	s := shelved(t)
	e := of(t, s, "yin#1", "章在哪里")
	e.Remove = []string{"公章放哪"}
	if err := os.MkdirAll(filepath.Join(s.Dir, "asked", "yin.txt", "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Edit(t.Context(), e); err == nil {
		t.Error("written")
	}
	if err := os.RemoveAll(filepath.Join(s.Dir, "asked")); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(s.Dir, "originals", "log.jsonl")
	if err := os.Rename(log, log+".old"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(log, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Edit(t.Context(), e); err == nil {
		t.Error("not on record, and done")
	}
	if kept(t, s, "rules/yin.md") != inked || kept(t, s, "asked/yin.txt") != "" {
		t.Error("half of it was written")
	}
}
