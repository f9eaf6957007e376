package ledger_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// A push is claimed once, whoever tries and however many, and stays what it
// became.
func TestPush(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		a, b := w.Open(t), w.Open(t)
		var wg sync.WaitGroup
		var mu sync.Mutex
		claims := 0
		for i := range 40 {
			l := []*ledger.Ledger{a, b}[i%2]
			wg.Go(func() {
				ok, err := l.ClaimPush(t.Context(), push("group:甲"), noon)
				if err != nil {
					t.Error(err)
				}
				if ok {
					mu.Lock()
					defer mu.Unlock()
					claims++
				}
			})
		}
		wg.Wait()
		if claims != 1 {
			t.Errorf("claimed %d times", claims)
		}
		r := ledger.PushRecord{Push: push("group:甲"), State: ledger.PushSent, MessageID: "7", At: noon.Add(time.Second)}
		must(t, a.SettlePush(t.Context(), r))
		late := r
		late.State = ledger.PushFailed
		must(t, b.SettlePush(t.Context(), late))
		if ok, err := b.ClaimPush(t.Context(), push("group:甲"), noon.Add(time.Minute)); ok || err != nil {
			t.Errorf("claimed after it was sent: %v, %v", ok, err)
		}
		got, err := b.Pushes(t.Context(), "2026-12-01", "2026-12-01")
		must(t, err)
		if len(got) != 1 || got[0].State != ledger.PushSent || got[0].MessageID != "7" || !got[0].Due.Equal(noon) || got[0].Title != r.Title {
			t.Errorf("got %+v", got)
		}
	})
}

// A refused push waits for its time; a claim that nobody settles becomes
// uncertain; a skipped one has a record though nobody claimed it.
func TestPushStates(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		claim := func(target string, at time.Time, want bool) {
			t.Helper()
			if ok, err := l.ClaimPush(t.Context(), push(target), at); err != nil || ok != want {
				t.Errorf("claim %s at %v: %v, %v", target, at, ok, err)
			}
		}
		claim("waiting", noon, true)
		must(t, l.SettlePush(t.Context(), ledger.PushRecord{Push: push("waiting"), State: ledger.PushWaiting, At: noon, NextTry: noon.Add(time.Minute)}))
		claim("waiting", noon.Add(time.Second), false)
		claim("waiting", noon.Add(time.Minute), true)
		claim("crashed", noon, true)
		skip := func(target string, want bool) {
			t.Helper()
			ok, err := l.SkipPush(t.Context(), ledger.PushRecord{Push: push(target), State: ledger.PushSkipped, Detail: "过了时间", At: noon})
			if err != nil || ok != want {
				t.Errorf("skip %s: %v, %v", target, ok, err)
			}
		}
		skip("skipped", true)
		skip("skipped", false)
		skip("crashed", false) // somebody is sending it
		claim("skipped", noon.Add(time.Hour), false)
		left, err := l.AbandonPushes(t.Context(), noon.Add(30*time.Second), noon.Add(time.Hour))
		must(t, err)
		if len(left) != 1 || left[0].Target != "crashed" || left[0].State != ledger.PushUncertain {
			t.Errorf("abandoned %+v", left)
		}
		claim("crashed", noon.Add(time.Hour), false)
		if got, err := l.Pushes(t.Context(), "2026-12-02", "2026-12-31"); err != nil || len(got) != 0 {
			t.Errorf("another day: %v, %v", got, err)
		}
	})
}

func TestPause(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		for _, on := range []bool{true, true, false, true} {
			must(t, l.Pause(t.Context(), "story", on, "staff S01", noon))
			want := []string(nil)
			if on {
				want = []string{"story"}
			}
			if got, err := l.Paused(t.Context()); err != nil || !slices.Equal(got, want) {
				t.Errorf("paused %v, %v", got, err)
			}
		}
		must(t, l.Note(t.Context(), "staff S01", "skip", "story", noon))
		if n, err := l.Verify(t.Context()); err != nil || n != 5 {
			t.Errorf("audit: %d, %v", n, err)
		}
	})
}
