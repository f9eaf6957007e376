package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// becomes makes a push what it says; "" leaves it without a record.
func becomes(t *testing.T, l *ledger.Ledger, p ledger.Push, state ledger.PushState) {
	t.Helper()
	switch state {
	case "":
		return
	case ledger.PushSkipped:
		_, err := l.SkipPush(t.Context(), ledger.PushRecord{Push: p, State: state, At: noon})
		must(t, err)
		return
	}
	_, err := l.ClaimPush(t.Context(), p, noon)
	must(t, err)
	if state != ledger.PushClaimed {
		must(t, l.SettlePush(t.Context(), ledger.PushRecord{Push: p, State: state, MessageID: "7", Detail: "先前", At: noon, NextTry: noon.AddDate(1, 0, 0)}))
	}
}

// What staff ask for by hand goes out unless it is on its way, has gone out, or
// nobody knows; what is asked for replaces what was planned, and the audit has
// what was taken.
func TestAskForPush(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		later := noon.Add(3 * time.Hour)
		for i, tt := range []struct {
			before ledger.PushState // "": no record
			taken  bool
		}{
			{"", true}, {ledger.PushWaiting, true}, {ledger.PushFailed, true}, {ledger.PushSkipped, true},
			{ledger.PushClaimed, false}, {ledger.PushSent, false}, {ledger.PushUncertain, false},
		} {
			p := push(fmt.Sprintf("group:%d", i))
			becomes(t, l, p, tt.before)
			deeds := len(history(t, l))
			asked := p
			asked.Due, asked.Until, asked.ContentID, asked.Title = later, later.Add(time.Hour), "yang-zhen", "杨震四知"
			if taken, err := l.AskForPush(ctx, asked, "staff S01", later); err != nil || taken != tt.taken {
				t.Errorf("%q: taken %v, %v", tt.before, taken, err)
			}
			got := recordOf(t, l, p)
			if !tt.taken {
				if got.State != tt.before || got.ContentID != p.ContentID || !got.Due.Equal(noon) || len(history(t, l)) != deeds {
					t.Errorf("%q was not taken, and is now %+v", tt.before, got)
				}
				continue
			}
			if got.Push.Key() != asked.Key() || got.State != ledger.PushWaiting || got.Detail != "staff S01 要求现在推送" || got.Title != asked.Title || got.ContentID != asked.ContentID ||
				!got.Due.Equal(later) || !got.Until.Equal(asked.Until) || !got.NextTry.Equal(later) || !got.At.Equal(later) {
				t.Errorf("%q: %+v", tt.before, got)
			}
			if h := history(t, l); len(h) != deeds+1 || h[0].Actor != "staff S01" || h[0].Action != "push now" || h[0].Detail != "story "+p.Target+" 2026-12-01: yang-zhen" {
				t.Errorf("%q: the audit has %+v", tt.before, h[0])
			}
			if claimed, err := l.ClaimPush(ctx, asked, later); err != nil || !claimed {
				t.Errorf("%q: not to be sent at once: %v", tt.before, err)
			}
		}
	})
}

// What is asked for twice is asked for once, until it is too late for that, or it waits
// for something else.
func TestAskTwice(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx, p := t.Context(), push("group:甲")
		p.Until = noon.Add(time.Hour)
		ask := func(by ledger.Actor, after time.Duration, want bool, asker ledger.Actor) {
			t.Helper()
			asked := p
			asked.Until = noon.Add(after + time.Hour)
			if taken, err := l.AskForPush(ctx, asked, by, noon.Add(after)); err != nil || taken != want {
				t.Errorf("%s after %v: %v, %v", by, after, taken, err)
			}
			if got, ok := recordOf(t, l, p).AskedBy(); !ok || got != asker {
				t.Errorf("%s after %v: it was %s", by, after, got)
			}
		}
		ask("staff S01", 0, true, "staff S01")
		ask("web:甲", time.Hour, false, "staff S01")
		ask("web:甲", time.Hour+time.Millisecond, true, "web:甲")
		r := ledger.PushRecord{Push: p, State: ledger.PushWaiting, Detail: "现在是安静时段", At: noon.Add(time.Hour)}
		_, err := l.SkipPush(ctx, r)
		must(t, err)
		if by, ok := recordOf(t, l, p).AskedBy(); ok {
			t.Errorf("it waits for %s", by)
		}
		ask("staff S01", 2*time.Hour, true, "staff S01")
		r.State, r.Detail = ledger.PushSkipped, "x 要求现在推送"
		_, err = l.SkipPush(ctx, r)
		must(t, err)
		if by, ok := recordOf(t, l, p).AskedBy(); ok {
			t.Errorf("over, and asked for by %s", by)
		}
	})
}

// An uncertain push is settled once by whoever has looked; nothing else is.
func TestResolvePush(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		resolve := func(p ledger.Push, as ledger.PushState, want bool) {
			t.Helper()
			before := len(history(t, l))
			r := ledger.PushRecord{Push: p, State: as, Detail: "staff S01 核实", At: noon.Add(time.Hour)}
			if done, err := l.ResolvePush(ctx, r, "staff S01"); err != nil || done != want {
				t.Errorf("%s as %s: %v, %v", p.Target, as, done, err)
			}
			h := history(t, l)
			if !want {
				if len(h) != before {
					t.Errorf("%s as %s: nothing was done, and the audit has %+v", p.Target, as, h[0])
				}
				return
			}
			if got := recordOf(t, l, p); got.State != as || got.Detail != r.Detail || !got.At.Equal(r.At) || got.MessageID != "7" {
				t.Errorf("%s as %s: %+v", p.Target, as, got)
			}
			if len(h) != before+1 || h[0].Action != "resolve push" || h[0].Detail != fmt.Sprintf("story %s 2026-12-01: %s", p.Target, as) || !h[0].At.Equal(r.At) {
				t.Errorf("%s as %s: the audit has %+v", p.Target, as, h[0])
			}
		}
		for target, state := range map[string]ledger.PushState{"a": ledger.PushUncertain, "b": ledger.PushUncertain, "sent": ledger.PushSent, "waiting": ledger.PushWaiting} {
			becomes(t, l, push(target), state)
		}
		resolve(push("a"), ledger.PushSent, true)
		resolve(push("a"), ledger.PushFailed, false)
		resolve(push("b"), ledger.PushFailed, true)
		resolve(push("sent"), ledger.PushFailed, false)
		resolve(push("waiting"), ledger.PushSent, false)
		resolve(push("nobody"), ledger.PushSent, false)
	})
}

// A claim is believed for as long as it was said, to the millisecond.
func TestAbandon(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		for target, at := range map[string]time.Time{"old": noon.Add(-time.Millisecond), "young": noon} {
			if ok, err := l.ClaimPush(t.Context(), push(target), at); !ok || err != nil {
				t.Fatal(ok, err)
			}
		}
		left, err := l.AbandonPushes(t.Context(), noon, noon.Add(time.Minute))
		if err != nil || len(left) != 1 || left[0].Target != "old" || !left[0].At.Equal(noon.Add(time.Minute)) {
			t.Errorf("%+v, %v", left, err)
		}
		if got := recordOf(t, l, push("young")); got.State != ledger.PushClaimed {
			t.Errorf("%+v", got)
		}
	})
}

// history is the whole audit, newest first.
func history(t *testing.T, l *ledger.Ledger) []ledger.Deed {
	t.Helper()
	list, err := l.History(t.Context(), 1000)
	must(t, err)
	return list
}

// recordOf is the record of a push.
func recordOf(t *testing.T, l *ledger.Ledger, p ledger.Push) ledger.PushRecord {
	t.Helper()
	list, err := l.Pushes(t.Context(), p.Date, p.Date)
	must(t, err)
	for _, r := range list {
		if r.Key() == p.Key() {
			return r
		}
	}
	t.Fatalf("no record of %v", p.Key())
	return ledger.PushRecord{}
}
