package ledger_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// Whatever is claimed at once, by however many processes, no more is than a
// bound allows; what is refused leaves no claim behind.
func TestBoundOverProcesses(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		ledgers := []*ledger.Ledger{w.Open(t), w.Open(t)}
		bound := ledger.Bound{Targets: []string{"group:甲", "wechat:group:甲"}, From: "2026-12-01", To: "2026-12-01", Most: 3}
		var wg sync.WaitGroup
		var mu sync.Mutex
		claims, full := 0, 0
		for i := range 24 {
			p := push(bound.Targets[i/2%2])
			p.Name = fmt.Sprint("p", i)
			wg.Go(func() {
				ok, err := ledgers[i%2].ClaimPush(t.Context(), p, noon, bound)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case ok && err == nil:
					claims++
				case !ok && errors.Is(err, ledger.ErrFull):
					full++
				default:
					t.Error(ok, err)
				}
			})
		}
		wg.Wait()
		records, err := ledgers[0].Pushes(t.Context(), "2026-12-01", "2026-12-01")
		must(t, err)
		if claims != 3 || full != 21 || len(records) != 3 {
			t.Errorf("%d claimed, %d refused, %d on record", claims, full, len(records))
		}
	})
}

// What has gone out or may have counts, in the days of the bound and there alone.
func TestBoundCounts(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := w.Open(t), t.Context()
		for i, state := range []ledger.PushState{ledger.PushSent, ledger.PushUncertain, ledger.PushFailed, ledger.PushSkipped, ledger.PushWaiting} {
			p := push("group:甲")
			p.Name = fmt.Sprint("p", i)
			if ok, err := l.ClaimPush(ctx, p, noon); !ok || err != nil {
				t.Fatal(ok, err)
			}
			must(t, l.SettlePush(ctx, ledger.PushRecord{Push: p, State: state, At: noon}))
		}
		before := push("group:甲")
		before.Name, before.Date = "before", "2026-11-30"
		if ok, err := l.ClaimPush(ctx, before, noon); !ok || err != nil {
			t.Fatal(ok, err)
		}
		next := push("group:甲")
		next.Name = "next"
		for _, tt := range []struct {
			bounds []ledger.Bound
			full   bool
		}{
			{[]ledger.Bound{{Targets: []string{"group:甲"}, From: "2026-12-01", To: "2026-12-01", Most: 2}}, true},
			{[]ledger.Bound{
				{Targets: []string{"group:甲"}, From: "2026-12-01", To: "2026-12-01", Most: 3},
				{Targets: []string{"group:甲"}, From: "2026-11-30", To: "2026-12-06", Most: 3},
			}, true},
			{[]ledger.Bound{
				{Targets: []string{"group:甲"}, From: "2026-12-01", To: "2026-12-01", Most: 3},
				{Targets: []string{"group:甲"}, From: "2026-11-30", To: "2026-12-06", Most: 4},
			}, false},
		} {
			ok, err := l.ClaimPush(ctx, next, noon, tt.bounds...)
			if ok == tt.full || errors.Is(err, ledger.ErrFull) != tt.full || !tt.full && err != nil {
				t.Errorf("%+v: %v, %v", tt.bounds, ok, err)
			}
		}
	})
}
