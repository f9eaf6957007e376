package staff_test

import (
	"os"
	"path/filepath"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
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
