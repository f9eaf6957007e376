package ledger_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

// Who has unbound is nobody until they bind anew, whatever they were before and
// whatever is noted of them.
func TestFault12UnbindHolds(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := imported(t, w), t.Context()
		codes := map[string]string{"A01": "CODE1", "A02": "CODE2"}
		must(t, l.NewCodes(ctx, codes, noon.Add(time.Hour), "staff", noon))
		sender := func(name string) ledger.Sender { return ledger.Sender{Channel: "wechat", Name: name} }
		for name, code := range map[string]string{"@zhang1": "CODE1", "@li1": "CODE2"} {
			_, err := l.Bind(ctx, sender(name), code, noon)
			must(t, err)
		}
		_, err := l.Recognize(ctx, sender("@zhang2"), "A01", noon) // a new login
		must(t, err)
		must(t, l.Unbind(ctx, sender("@zhang2"), noon))
		for _, name := range []string{"@zhang1", "@zhang2", "@zhang3"} {
			if m, err := l.Identify(ctx, sender(name)); !errors.Is(err, ledger.ErrNoMember) {
				t.Errorf("%s is %+v, %v", name, m, err)
			}
			if m, err := l.Recognize(ctx, sender(name), "A01", noon); !errors.Is(err, ledger.ErrNoMember) {
				t.Errorf("%s is recognised as %+v, %v", name, m, err)
			}
		}
		if m, err := l.Identify(ctx, sender("@li1")); err != nil || m.Number != "A02" {
			t.Errorf("somebody else: %+v, %v", m, err)
		}
		must(t, l.NewCodes(ctx, map[string]string{"A01": "CODE3"}, noon.Add(time.Hour), "staff", noon))
		_, err = l.Bind(ctx, sender("@zhang3"), "CODE3", noon)
		must(t, err)
		if m, err := l.Recognize(ctx, sender("@zhang4"), "A01", noon); err != nil || m.Number != "A01" {
			t.Errorf("bound anew, and not recognised after another login: %+v, %v", m, err)
		}
	})
}

// A year of logins leaves a handful of identities, the newest.
func TestIdentitiesDoNotGrow(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := imported(t, w), t.Context()
		must(t, l.NewCodes(ctx, map[string]string{"A01": "CODE1", "A02": "CODE2"}, noon.Add(time.Hour), "staff", noon))
		for name, code := range map[string]string{"@0": "CODE1", "@li": "CODE2"} {
			_, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: name}, code, noon)
			must(t, err)
		}
		for i := range 50 {
			_, err := l.Recognize(ctx, ledger.Sender{Channel: "wechat", Name: fmt.Sprintf("@%d", i+1)}, "A01", noon.AddDate(0, 0, i+1))
			must(t, err)
		}
		senders, err := l.Senders(ctx, "wechat", "A01")
		must(t, err)
		if len(senders) != 8 || senders[0] != "@50" || senders[7] != "@43" {
			t.Errorf("senders: %v", senders)
		}
		if senders, err := l.Senders(ctx, "wechat", "A02"); err != nil || len(senders) != 1 {
			t.Errorf("somebody else's: %v, %v", senders, err)
		}
	})
}

// A code that others have seen binds nobody.
func TestFault11VoidCode(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l, ctx := imported(t, w), t.Context()
		must(t, l.NewCodes(ctx, map[string]string{"A01": "K7QM3XWP", "A02": "C4444444"}, noon.Add(time.Hour), "staff", noon))
		for code, want := range map[string]bool{"K7QM3XWP": true, "XXXXXXXX": false} {
			if voided, err := l.VoidCode(ctx, code, "somebody", noon); voided != want || err != nil {
				t.Errorf("%s: %v, %v", code, voided, err)
			}
		}
		zhang := ledger.Sender{Channel: "wechat", Name: "@zhang"}
		if _, err := l.Bind(ctx, zhang, "K7QM3XWP", noon); !errors.Is(err, ledger.ErrNoCode) {
			t.Errorf("the void code: %v", err)
		}
		if m, err := l.Bind(ctx, zhang, "C4444444", noon); err != nil || m.Number != "A02" {
			t.Errorf("another: %+v, %v", m, err)
		}
		deeds, err := l.History(ctx, 10)
		must(t, err)
		if len(deeds) != 4 || deeds[1].Action != "void code" || deeds[1].Detail != "A01" {
			t.Errorf("audit: %+v", deeds)
		}
	})
}

func TestIsCode(t *testing.T) {
	for range 1000 {
		if code := ledger.NewCode(); !ledger.IsCode(code) {
			t.Fatalf("%s is none", code)
		}
	}
	for _, s := range []string{"", "K7QM3XW", "K7QM3XWPP", "K7QM2XWP", "k7qm3xwp", "K7QM3XW ", " 7QM3XWP", "K7QM.XWP", "OOOOOOOO", "K7QM3X二"} {
		if ledger.IsCode(s) {
			t.Errorf("%q is a code", s)
		}
	}
}
