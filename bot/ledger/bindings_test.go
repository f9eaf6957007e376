package ledger_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// Staff see who is bound where and since when, which codes are still out, and can
// unbind one member on one channel.
func TestBindings(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := imported(t, w), t.Context()
		bind := func(number, channel, sender string, at time.Time) {
			t.Helper()
			must(t, l.NewCodes(ctx, map[string]string{number: "CODE" + number}, at.Add(time.Hour), "staff", at))
			_, err := l.Bind(ctx, ledger.Sender{Channel: channel, Name: sender}, "CODE"+number, at)
			must(t, err)
		}
		bind("A02", "wechat", "@b", noon)
		bind("A01", "wechat", "@a", noon.Add(time.Minute))
		bind("A01", "wecom", "@w", noon.Add(2*time.Minute))
		bind("A01", "wechat", "@again", noon.Add(time.Hour))
		must(t, l.NewCodes(ctx, map[string]string{"A01": "ONE", "A02": "TWO"}, noon.Add(3*time.Hour), "staff", noon))
		check := func(want ...ledger.Binding) {
			t.Helper()
			got, err := l.Bindings(ctx)
			if err != nil || !slices.EqualFunc(got, want, func(a, b ledger.Binding) bool {
				return a.Member == b.Member && a.Channel == b.Channel && a.Since.Equal(b.Since)
			}) {
				t.Errorf("%v, %v, want %v", got, err, want)
			}
		}
		check(ledger.Binding{"A01", "wechat", noon.Add(time.Minute)}, ledger.Binding{"A01", "wecom", noon.Add(2 * time.Minute)}, ledger.Binding{"A02", "wechat", noon})
		for at, want := range map[time.Time]int{noon: 2, noon.Add(3*time.Hour - time.Millisecond): 2, noon.Add(3 * time.Hour): 0} {
			if codes, err := l.UnusedCodes(ctx, at); err != nil || len(codes) != want || want > 0 && !codes["A02"].Equal(noon.Add(3*time.Hour)) {
				t.Errorf("codes at %v: %v, %v", at, codes, err)
			}
		}
		if err := l.UnbindMember(ctx, "A02", "wecom", "staff S", noon); !errors.Is(err, ledger.ErrNoMember) {
			t.Errorf("who is not bound there: %v", err)
		}
		must(t, l.UnbindMember(ctx, "A01", "wechat", "staff S", noon))
		check(ledger.Binding{"A01", "wecom", noon.Add(2 * time.Minute)}, ledger.Binding{"A02", "wechat", noon})
		deeds, err := l.History(ctx, 1)
		if err != nil || deeds[0].Actor != "staff S" || deeds[0].Action != "unbind member" || deeds[0].Detail != "A01 wechat" {
			t.Errorf("%v, %v", deeds, err)
		}
		if _, err := l.Identify(ctx, ledger.Sender{Channel: "wechat", Name: "@again"}); !errors.Is(err, ledger.ErrNoMember) {
			t.Errorf("still known: %v", err)
		}
	})
}
