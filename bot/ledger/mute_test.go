package ledger_test

import (
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// The wish to be sent nothing is the member's: it outlasts binding and the
// roster, is counted without names, and leaves no trace where staff look.
func TestMute(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := imported(t, w), t.Context()
		count := func(want int) {
			t.Helper()
			if n, err := l.CountMuted(ctx); err != nil || n != want {
				t.Errorf("%d are muted, %v, want %d", n, err, want)
			}
		}
		before, err := l.History(ctx, 100)
		must(t, err)
		count(0)
		must(t, l.Mute(ctx, "A01", noon))
		must(t, l.Mute(ctx, "A01", noon.Add(time.Hour))) // said twice
		must(t, l.Mute(ctx, "A02", noon))
		count(2)
		must(t, l.Unmute(ctx, "A02"))
		must(t, l.Unmute(ctx, "A02"))
		count(1)
		after, err := l.History(ctx, 100)
		must(t, err)
		if len(after) != len(before) {
			t.Errorf("the audit has it: %+v", after)
		}
		must(t, l.Close())
		l = w.Open(t)
		for number, want := range map[string]time.Time{"A01": noon, "A02": {}, "nobody": {}} {
			if since, err := l.Muted(ctx, number); err != nil || !since.Equal(want) {
				t.Errorf("%s since %v, %v, want %v", number, since, err, want)
			}
		}
		if err := l.Mute(ctx, "nobody", noon); err == nil {
			t.Error("somebody who was never on the roster is muted")
		}
		// Who leaves is not counted, and comes back with the wish they left with.
		all := roster()
		_, err = l.ImportMembers(ctx, all[1:], "2026-12-02", "staff", noon)
		must(t, err)
		count(0)
		_, err = l.ImportMembers(ctx, all, "2026-12-03", "staff", noon)
		must(t, err)
		count(1)
	})
}

// Binding anew, or unbinding, changes nothing of it.
func TestMuteOutlastsBinding(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := imported(t, w), t.Context()
		s := ledger.Sender{Channel: "wechat", Name: "@zhang"}
		for _, code := range []string{"CODEONE", "CODETWO"} {
			must(t, l.NewCodes(ctx, map[string]string{"A01": code}, noon.Add(time.Hour), "staff", noon))
			_, err := l.Bind(ctx, s, code, noon)
			must(t, err)
			must(t, l.Mute(ctx, "A01", noon))
			must(t, l.Unbind(ctx, s, noon))
			if since, err := l.Muted(ctx, "A01"); err != nil || since.IsZero() {
				t.Errorf("after unbinding: %v, %v", since, err)
			}
		}
	})
}
