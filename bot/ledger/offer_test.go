package ledger_test

import (
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// What was offered last in a place is remembered by whoever opens the ledger,
// and not for ever.
func TestFault10Offer(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := imported(t, w), t.Context()
		at := noon.Add(123 * time.Millisecond)
		first := ledger.Offer{Round: "2026-11-26", At: at}
		must(t, l.PutOffer(ctx, "A01", "wechat", ledger.Offer{Drill: "ti-an-01", At: noon}))
		must(t, l.PutOffer(ctx, "A01", "wechat", first))
		must(t, l.PutOffer(ctx, "A01", "wechat/@@group", ledger.Offer{Drill: "ti-an-02", Done: true, At: at}))
		must(t, l.Close())
		l = w.Open(t)
		for place, want := range map[string]ledger.Offer{"wechat": first, "wechat/@@group": {Drill: "ti-an-02", Done: true, At: at}} {
			got, ok, err := l.Offered(ctx, "A01", place, at.Add(ledger.OfferLife))
			must(t, err)
			if !ok || !got.At.Equal(want.At) || got.Round != want.Round || got.Drill != want.Drill || got.Done != want.Done {
				t.Errorf("%s: %+v, %v", place, got, ok)
			}
			if _, ok, err := l.Offered(ctx, "A01", place, at.Add(ledger.OfferLife+time.Millisecond)); ok || err != nil {
				t.Errorf("%s, a week later: %v, %v", place, ok, err)
			}
		}
		for _, who := range [][2]string{{"A02", "wechat"}, {"A01", "wecom"}} {
			if o, ok, err := l.Offered(ctx, who[0], who[1], noon); ok || err != nil {
				t.Errorf("%v: %+v, %v", who, o, err)
			}
		}
		must(t, l.PutOffer(ctx, "A02", "wechat", ledger.Offer{Drill: "x", At: at.Add(ledger.OfferLife + time.Millisecond)}))
		var rows int
		must(t, w.Raw(t).QueryRowContext(ctx, `SELECT count(*) FROM offer`).Scan(&rows))
		if rows != 1 {
			t.Errorf("%d offers are kept", rows)
		}
	})
}
