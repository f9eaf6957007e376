package staff_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// What somebody has taken out by hand, or an undoing that was cut short, is no dead end:
// the cluster is opened again, and of several files those are changed that need it.
func TestUndoWhatIsGone(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		r.shelved()
		r.asks(ledger.AskedNone, "三四天不来找谁点头", "三四天不来找谁点头", "三四天不来找谁点头", "画到几点开始", "画到几点开始", "低保怎么办理")
		c := r.read()
		_, _, err := r.desk.AddLines(t.Context(), boss, r.cluster(1), places(c.Article("h#1"), c.Article("r#2")))
		r.must(err)
		_, err = r.desk.AddSynonyms(t.Context(), boss, r.cluster(2), "签到", []string{"画到"})
		r.must(err)
		_, err = r.desk.NotOurs(t.Context(), boss, r.cluster(3), "区民政局")
		r.must(err)
		r.must(os.Remove(filepath.Join(r.desk.Dir, "asked", "r.txt")))
		r.writes("synonyms/learned.txt", "# 都去掉了\n")
		r.writes("talk/learned.toml", "")
		for n := 1; n <= 3; n++ {
			_, err := r.desk.Undo(t.Context(), boss, n)
			r.must(err)
			_, err = r.desk.Undo(t.Context(), boss, n)
			r.refused("twice", err, bot.NotFound, "或者已经撤销过了")
		}
		if got := r.open(); got != "三四天不来找谁点头 画到几点开始 低保怎么办理" {
			t.Errorf("open: %s", got)
		}
		if got := len(r.read().Article("h#1").Approved); got != 0 || r.holds("asked/r.txt") != "" || r.holds("synonyms/learned.txt") != "# 都去掉了\n" || r.holds("talk/learned.toml") != "" {
			t.Errorf("left %d lines; %s", got, r.holds("asked/r.txt"))
		}
	})
}

// When the program was killed between the library and the record, the same step again
// puts it on record; it is there once, and one undoing takes it.
func TestSettleAgain(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	r := newRoom(t, w)
	r.shelved()
	r.asks(ledger.AskedNone, "三四天不来找谁点头", "三四天不来找谁点头", "低保怎么办理")
	article := r.read().Article("r#2")
	act := func() {
		_, _, err := r.desk.AddLines(t.Context(), boss, r.cluster(1), places(article))
		r.must(err)
		_, err = r.desk.NotOurs(t.Context(), boss, r.cluster(2), "区民政局")
		r.must(err)
	}
	act()
	before := r.holds("asked/r.txt") + r.holds("talk/learned.toml")
	_, err := w.Raw(t).ExecContext(t.Context(), `DELETE FROM settled`)
	r.must(err)
	act()
	if got := r.holds("asked/r.txt") + r.holds("talk/learned.toml"); got != before {
		t.Errorf("once more:\n%s\nwas\n%s", got, before)
	}
	r.now = r.now.Add(time.Hour)
	r.asks(ledger.AskedNone, "三四天不来找谁点头")
	_, _, err = r.desk.AddLines(t.Context(), boss, r.cluster(1), places(article)) // that does not help
	r.refused("on record", err, bot.Conflict, "已经是这条的问法了")
	_, _, err = r.desk.AddLines(t.Context(), boss, r.cluster(1), append(places(article), places(r.corpus.Rules[0].Articles[0])...))
	if got := len(r.read().Article("r#2").Approved); err == nil || got != 1 {
		t.Errorf("what was there was taken: %v, %d left", err, got)
	}
	r.must(os.Remove(filepath.Join(r.desk.Dir, "asked", "r.txt")))
	_, _, err = r.desk.AddLines(t.Context(), boss, r.cluster(1), places(article)) // it was not there any more
	r.must(err)
	for n := 1; n <= 3; n++ {
		_, err := r.desk.Undo(t.Context(), boss, n)
		r.must(err)
	}
	if c := r.read(); len(c.Article("r#2").Approved) != 0 || c.Replies()[0].File == corpus.LearnedTalk {
		t.Errorf("left:\n%s%s", r.holds("asked/r.txt"), r.holds("talk/learned.toml"))
	}
}

// What is decided last holds, and when that is undone what was decided before. What is
// said is one line.
func TestReplyAnew(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	r.asks(ledger.AskedNone, "低保怎么办理")
	_, err := r.desk.NotOurs(t.Context(), boss, r.cluster(1), "区民政局")
	r.must(err)
	r.now = r.now.Add(time.Hour)
	r.asks(ledger.AskedNone, "低保怎么办理呀")
	n, err := r.desk.AddReply(t.Context(), boss, r.cluster(1), "请打\n12345\x00\t问。")
	r.must(err)
	if got := r.read().Replies()[0].Text; got != "请打 12345 问。" {
		t.Errorf("said %q", got)
	}
	_, err = r.desk.Undo(t.Context(), boss, n)
	r.must(err)
	if got := r.read().Replies()[0].Text; got != "这件事不归我们管，请找区民政局。" {
		t.Errorf("said %q", got)
	}
}

// Of two who undo the same at once one is told that it was done; it stays undone.
func TestUndoAtOnce(t *testing.T) {
	t.Parallel()
	w := ledgertest.SQLite(t)
	r := newRoom(t, w)
	r.shelved()
	r.asks(ledger.AskedNone, "三四天不来找谁点头")
	n, _, err := r.desk.AddLines(t.Context(), boss, r.cluster(1), places(r.read().Article("r#2")))
	r.must(err)
	db := w.Raw(t)
	r.desk.Now = func() time.Time { // asked when the file is changed, before the record is
		_, err := db.ExecContext(t.Context(), `UPDATE settled SET undone = 1`)
		r.must(err)
		return r.now
	}
	_, err = r.desk.Undo(t.Context(), boss, n)
	r.refused("by another", err, bot.NotFound, "或者已经撤销过了")
	if c := r.read(); len(c.Article("r#2").Approved) != 0 {
		t.Error("it was put back")
	}
}
