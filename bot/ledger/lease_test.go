package ledger_test

import (
	"testing"
	"time"

	"lianwen/bot/ledger/ledgertest"
)

// A name is one holder's at a time; it is another's when the lease has run out
// or was given back.
func TestLease(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		a, b := w.Open(t), w.Open(t)
		ctx := t.Context()
		lease := func(holder string, at time.Duration, want bool) {
			t.Helper()
			l := a
			if holder == "b" {
				l = b
			}
			if held, err := l.Lease(ctx, "wechat:1", holder, noon.Add(at+time.Minute), noon.Add(at)); err != nil || held != want {
				t.Errorf("%s at %v: %v, %v", holder, at, held, err)
			}
		}
		lease("a", 0, true)
		lease("b", 30*time.Second, false)
		lease("a", 50*time.Second, true)
		lease("b", 100*time.Second, false)
		lease("b", 110*time.Second, true)
		lease("a", 111*time.Second, false)
		must(t, a.Release(ctx, "wechat:1", "a")) // not a's to give back
		lease("a", 112*time.Second, false)
		must(t, b.Release(ctx, "wechat:1", "b"))
		lease("a", 113*time.Second, true)
	})
}
