package staff_test

import (
	"strings"
	"sync"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/bot/staff"
)

// Of two who settle a question at once one does; the other is told what was done and by
// whom, and leaves nothing in the library.
func TestSettledByTwo(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		r := newRoom(t, w)
		r.shelved()
		r.asks(ledger.AskedNone, "三四天不来找谁点头")
		c, mine := r.cluster(1), r.read()
		errs := make([]error, 2)
		var wg sync.WaitGroup
		wg.Go(func() { _, _, errs[0] = r.desk.AddLines(t.Context(), "web:周姐", c, places(mine.Article("r#1"))) })
		wg.Go(func() { _, errs[1] = r.desk.NotOurs(t.Context(), "web:老吴", c, "人事科") })
		wg.Wait()
		lost, by := errs[0], "老吴"
		if lost == nil {
			lost, by = errs[1], "周姐"
		}
		r.refused("the second", lost, bot.Conflict, by)
		r.refused("the second", lost, bot.Conflict, "“三四天不来找谁点头”已经处理过（1 号")
		list, err := r.desk.Settled(t.Context())
		if err != nil || len(list) != 1 {
			t.Errorf("%+v, %v", list, err)
		}
		learned, line := strings.Contains(r.holds("talk/learned.toml"), "人事科"), len(r.read().Article("r#1").Approved) > 0
		if learned == line {
			t.Errorf("in the library: reply %v, line %v", learned, line)
		}
	})
}

// A question that was tried is a line of an article, of one after the other, and is
// taken back.
func TestAddTried(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	for i, key := range []string{"r#2", "h#1"} {
		n, err := r.desk.AddTried(t.Context(), "web:周姐", " 五天不来跟谁说 ", places(r.read().Article(key))[0])
		if err != nil || n != i+1 {
			t.Fatalf("%d, %v", n, err)
		}
		if got := r.read().Article(key).Approved; len(got) != 1 || got[0].Text != "五天不来跟谁说" || got[0].From != "试问，周姐 2026-12-01" {
			t.Errorf("%+v", got)
		}
	}
	r.did("web:周姐: settle line 1: r#2", "web:周姐: settle line 2: h#1")
	_, err := r.desk.AddTried(t.Context(), "web:周姐", "五天不来跟谁说？", places(r.read().Article("h#1"))[0])
	r.refused("again", err, bot.Conflict, "已经是这条的问法了")
	_, err = r.desk.AddTried(t.Context(), "web:周姐", "张三请假找谁", places(r.read().Article("h#1"))[0])
	r.refused("a name", err, bot.Invalid, "里有人名")
	_, err = r.desk.AddTried(t.Context(), "web:周姐", " ", places(r.read().Article("h#1"))[0])
	r.refused("nothing", err, bot.Invalid, "不能作问法")
	_, err = r.desk.Undo(t.Context(), "web:周姐", 1)
	r.must(err)
	if got := r.read().Article("r#2").Approved; len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

// A cluster is found by what its question is, while it is open and in its time.
func TestClusterWhere(t *testing.T) {
	t.Parallel()
	r := newRoom(t, ledgertest.SQLite(t))
	r.shelved()
	r.asks(ledger.AskedNone, "低保怎么办理", "食堂几点开饭", "张三的食堂几点开饭")
	where := func(days int, question string) (staff.Cluster, error) {
		return r.desk.ClusterWhere(t.Context(), days, func(q string) bool { return q == question })
	}
	c, err := where(30, "食堂几点开饭")
	if err != nil || c.Question != "食堂几点开饭" || len(c.Others) != 0 { // one names somebody
		t.Errorf("%+v, %v", c, err)
	}
	_, err = where(0, "食堂几点开饭")
	r.refused("before", err, bot.NotFound, "不在最近 0 天")
	_, err = where(30, "食堂")
	r.refused("none", err, bot.NotFound, "不在最近 30 天没有查到的里面了")
	_, err = r.desk.NotOurs(t.Context(), boss, c, "")
	r.must(err)
	_, err = where(30, "食堂几点开饭")
	r.refused("settled", err, bot.Conflict, "已经处理过（1 号，不归我们，工作人员 S01")
}
