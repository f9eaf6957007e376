package ledger_test

import (
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

// What is held back is counted by day, channel, kind and way, and in no other detail.
func TestHeld(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		mark := ledger.Held{Day: "2026-11-28", Channel: "wechat", Kind: "密级或内部标志", Way: ledger.HeldIn}
		card := ledger.Held{Day: "2026-11-28", Channel: "wechat", Kind: "银行卡号", Way: ledger.HeldIn}
		out, later := mark, mark
		out.Way, later.Day = ledger.HeldOut, "2026-11-29"
		for _, h := range []ledger.Held{mark, card, mark, later, out, mark} {
			if err := l.Hold(t.Context(), h); err != nil {
				t.Fatal(err)
			}
		}
		for _, tt := range []struct {
			from, to corpus.Date
			want     []ledger.Held
			counts   []int
		}{
			{"2026-11-28", "2026-11-28", []ledger.Held{mark, card, out}, []int{3, 1, 1}},
			{"2026-11-29", "2026-11-29", []ledger.Held{later}, []int{1}},
			{"2026-11-28", "2026-11-29", []ledger.Held{mark, card, out, later}, []int{3, 1, 1, 1}},
			{"2026-11-30", "2026-12-31", nil, nil},
			{"2026-11-01", "2026-11-27", nil, nil},
		} {
			got, err := l.HeldBack(t.Context(), tt.from, tt.to)
			if err != nil || len(got) != len(tt.want) {
				t.Fatalf("%s to %s: %+v, %v", tt.from, tt.to, got, err)
			}
			for i, w := range tt.want {
				if w.Count = tt.counts[i]; got[i] != w {
					t.Errorf("%s to %s: got %+v, want %+v", tt.from, tt.to, got[i], w)
				}
			}
		}
	})
}
