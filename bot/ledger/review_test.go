package ledger_test

import (
	"errors"
	"fmt"
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

// What a question rests on, before a change and after it.
var (
	first   = ledger.Basis{Question: "ti-an-01", Digest: "v1", Sound: true}
	changed = ledger.Basis{Question: "ti-an-01", Digest: "v2", Sound: true}
)

// reviews come one after the other.
var reviews = []struct {
	basis     ledger.Basis
	approve   bool // by staff
	keep      bool // … and its rounds count again
	suspended int  // questions
	void      string
	deed      string // what the audit has of it; "": nothing
	answer    string // who answers then
	err       error
}{
	{first, false, false, 0, "", "", "", nil},
	{first, false, false, 0, "", "", "A01", nil},
	{changed, false, false, 1, ledger.VoidReason, "library: suspend", "", nil},
	{changed, false, false, 1, ledger.VoidReason, "", "A02", ledger.ErrClosed},
	{changed, false, false, 1, ledger.VoidReason, "", "A01", ledger.ErrAnswered},
	{first, false, false, 0, "", "library: resume question", "A02", nil},
	{changed, false, false, 1, ledger.VoidReason, "library: suspend", "", nil},
	{changed, true, true, 0, "", "staff S01: approve question", "", nil},
	{changed, false, false, 0, "", "", "", nil},
	{first, false, false, 1, ledger.VoidReason, "library: suspend", "", nil},           // what was approved is now the other
	{first, true, false, 0, ledger.VoidReason, "staff S01: approve question", "", nil}, // the question itself was changed: its round stays void
	{first, false, false, 0, ledger.VoidReason, "", "", nil},
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
		deeds := len(history(t, l))
		for i, tt := range reviews {
			at := noon.Add(time.Duration(i))
			if tt.approve {
				must(t, l.Approve(ctx, tt.basis, tt.keep, "staff S01", at))
			} else {
				must(t, l.Review(ctx, []ledger.Basis{tt.basis, {Question: "other", Digest: "x", Sound: true}}, at))
			}
			list, err := l.Suspensions(ctx)
			must(t, err)
			if len(list) != tt.suspended || voidOf(t, l, "2026-12-01") != tt.void || voidOf(t, l, "2026-11-20") != "" {
				t.Errorf("%d: %+v, void %q and %q", i, list, voidOf(t, l, "2026-12-01"), voidOf(t, l, "2026-11-20"))
			}
			h := history(t, l)
			if deed := fmt.Sprint(h[0].Actor, ": ", h[0].Action); tt.deed != "" && (deed != tt.deed || h[0].Detail != "ti-an-01") || len(h) != deeds+min(len(tt.deed), 1) {
				t.Errorf("%d: the audit has %+v", i, h[0])
			}
			deeds = len(h)
			if tt.answer != "" {
				if _, err := l.Answer(ctx, ledger.Answer{Round: "2026-12-01", Member: tt.answer, At: noon.Add(time.Minute)}); !errors.Is(err, tt.err) {
					t.Errorf("%d: %s answers: %v, want %v", i, tt.answer, err, tt.err)
				}
			}
		}
	})
}

// A question that rests on nothing that is in force is suspended at first sight.
func TestReviewOfUnsound(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		must(t, l.Review(t.Context(), []ledger.Basis{{Question: "stale", Digest: "y"}, {Question: "sound", Digest: "y", Sound: true}}, noon))
		if list, err := l.Suspensions(t.Context()); err != nil || len(list) != 1 || list[0].Question != "stale" || !list[0].Since.Equal(noon) {
			t.Errorf("%+v, %v", list, err)
		}
		if h := history(t, l); len(h) != 1 || h[0].Action != "suspend" || h[0].Detail != "stale" {
			t.Errorf("the audit has %+v", h)
		}
	})
}
