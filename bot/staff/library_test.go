package staff_test

import (
	"testing"
	"testing/fstest"
	"time"

	"lianwen/bot"
	"lianwen/bot/day"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
	"lianwen/corpus"
)

// The state is what is in force and asked about, with what is suspended.
func TestStatus(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		want := staff.Holding{Rules: 2, Articles: 4, Lists: 1, Stories: 3, Questions: 3}
		if got, err := r.desk.Status(t.Context()); err != nil || got != want {
			t.Errorf("%+v, %v, want %+v", got, err, want)
		}
		r.revise()
		want.Suspended = 2
		if got, err := r.desk.Status(t.Context()); err != nil || got != want {
			t.Errorf("%+v, %v, want %+v", got, err, want)
		}
	})
}

// A file of the library that is not used is part of the state.
func TestStatusLeftOut(t *testing.T) {
	r := newRoom(t, ledgertest.SQLite(t))
	c, err := corpus.Read(fstest.MapFS{"章程.txt": {Data: []byte("试验章程\n第一条 甲。\n")}, "章程.docx": {Data: []byte("PK")}})
	r.must(err)
	r.desk.Library = day.Fixed(c)
	if got, err := r.desk.Status(t.Context()); err != nil || got.LeftOut != 1 || got.Rules != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// The index is built anew once at a time; how it went is told to who has asked,
// and is part of the state from then on.
func TestRebuildIndex(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		ctx := t.Context()
		reindexed := func(want string) {
			t.Helper()
			if got, err := r.desk.Status(ctx); err != nil || got.Reindexed != want {
				t.Errorf("the state says %q, %v, want %q", got.Reindexed, err, want)
			}
		}
		_, err := r.desk.RebuildIndex(ctx, boss)
		r.refused("where it cannot be done", err, bot.Unavailable, "lianwen index --rebuild")
		result, free := make(chan string, 1), false
		r.desk.Reindex = func() (<-chan string, bool) { return result, free }
		_, err = r.desk.RebuildIndex(ctx, boss)
		r.refused("while one is under way", err, bot.Conflict, "正在重建，还没有做完")
		r.did()
		reindexed("")

		free = true
		told, err := r.desk.RebuildIndex(ctx, boss)
		r.must(err)
		r.did("staff S01: reindex")
		select {
		case text, ok := <-told:
			t.Errorf("told %q, %v before it is done", text, ok)
		default:
		}
		r.now = r.now.Add(90 * time.Minute)
		result <- "索引已重建并换用"
		if text := <-told; text != "索引已重建并换用" {
			t.Errorf("told %q", text)
		}
		if text, more := <-told; more {
			t.Errorf("told again: %q", text)
		}
		reindexed("上次重建（12月1日08:30）：索引已重建并换用")

		// The program is stopped: nobody waits for ever, and nothing new is said.
		told, err = r.desk.RebuildIndex(ctx, "staff S02")
		r.must(err)
		r.did("staff S02: reindex")
		close(result)
		if text, more := <-told; more {
			t.Errorf("told %q", text)
		}
		reindexed("上次重建（12月1日08:30）：索引已重建并换用")
	})
}
