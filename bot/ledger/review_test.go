package ledger_test

import (
	"errors"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
	"lianwen/corpus"
)

func voidOf(t *testing.T, l *ledger.Ledger, id corpus.Date) string {
	t.Helper()
	r, err := l.Round(t.Context(), id)
	must(t, err)
	return r.Void
}

// A question whose basis changes is suspended and its open round void; both are
// undone when the basis is as it was, or when staff approve the new one. Rounds
// that had closed stay what they were.
func TestReview(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		old := round("2026-11-20")
		old.Opened, old.Closes = noon.AddDate(0, 0, -11), noon.AddDate(0, 0, -4)
		for _, r := range []ledger.Round{old, round("2026-12-01")} {
			_, err := l.OpenRound(ctx, r)
			must(t, err)
		}
		basis := ledger.Basis{Question: "ti-an-01", Digest: "v1", Sound: true}
		look := func(b ledger.Basis, at time.Duration, suspended int, void string) {
			t.Helper()
			must(t, l.Review(ctx, []ledger.Basis{b, {Question: "other", Digest: "x", Sound: true}}, noon.Add(at)))
			list, err := l.Suspensions(ctx)
			must(t, err)
			if len(list) != suspended || voidOf(t, l, "2026-12-01") != void || voidOf(t, l, "2026-11-20") != "" {
				t.Errorf("%+v: %+v, void %q and %q", b, list, voidOf(t, l, "2026-12-01"), voidOf(t, l, "2026-11-20"))
			}
		}
		answer := func(member string, want error) {
			t.Helper()
			if _, err := l.Answer(ctx, ledger.Answer{Round: "2026-12-01", Member: member, At: noon.Add(time.Minute)}); !errors.Is(err, want) {
				t.Errorf("%s answers: %v, want %v", member, err, want)
			}
		}
		look(basis, 0, 0, "")
		look(basis, 1, 0, "")
		answer("A01", nil)
		changed := ledger.Basis{Question: "ti-an-01", Digest: "v2", Sound: true}
		look(changed, 2, 1, ledger.VoidReason)
		look(changed, 3, 1, ledger.VoidReason)
		answer("A02", ledger.ErrClosed)
		answer("A01", ledger.ErrAnswered)
		look(basis, 4, 0, "")
		answer("A02", nil)
		look(changed, 5, 1, ledger.VoidReason)
		must(t, l.Approve(ctx, changed, true, "staff S01", noon.Add(6)))
		look(changed, 7, 0, "")
		look(basis, 8, 1, ledger.VoidReason) // what was approved is now the other
		must(t, l.Approve(ctx, basis, false, "staff S01", noon.Add(9)))
		look(basis, 10, 0, ledger.VoidReason) // the question itself was changed: its round stays void

		must(t, l.Review(ctx, []ledger.Basis{{Question: "stale", Digest: "y"}}, noon))
		if list, err := l.Suspensions(ctx); err != nil || len(list) != 1 || list[0].Question != "stale" || !list[0].Since.Equal(noon) {
			t.Errorf("a question on a repealed article: %+v, %v", list, err)
		}
		if n, err := l.Verify(ctx); err != nil || n < 8 {
			t.Errorf("audit: %d, %v", n, err)
		}
	})
}
