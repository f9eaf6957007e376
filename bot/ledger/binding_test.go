package ledger_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot/ledger"
	"lianwen/bot/ledger/ledgertest"
)

func TestBinding(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		codes := map[string]string{"A01": "K7QM-2XWP", "A02": "PPPP-PPPP"}
		must(t, l.NewCodes(ctx, codes, noon.Add(time.Hour), "staff", noon))
		if _, err := l.Identify(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}); !errors.Is(err, ledger.ErrNoMember) {
			t.Errorf("unbound: %v", err)
		}
		m, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}, " k7qm-2xwp ", noon)
		if err != nil || m.Number != "A01" {
			t.Fatalf("bind: %+v, %v", m, err)
		}
		if got, err := l.Identify(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}); err != nil || got != m {
			t.Errorf("identify: %+v, %v", got, err)
		}
		if s, err := l.Senders(ctx, "wechat", "A01"); err != nil || !slices.Equal(s, []string{"@a"}) {
			t.Errorf("senders: %v, %v", s, err)
		}
		for name, try := range map[string]struct {
			code string
			at   time.Time
		}{"used": {"K7QM-2XWP", noon}, "expired": {"PPPP-PPPP", noon.Add(2 * time.Hour)}, "wrong": {"X", noon}} {
			if _, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@b"}, try.code, try.at); !errors.Is(err, ledger.ErrNoCode) {
				t.Errorf("%s: %v", name, err)
			}
		}
		must(t, l.Unbind(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}, noon))
		if _, err := l.Identify(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}); !errors.Is(err, ledger.ErrNoMember) {
			t.Errorf("after unbinding: %v", err)
		}
		if err := l.Unbind(ctx, ledger.Sender{Channel: "wechat", Name: "@a"}, noon); !errors.Is(err, ledger.ErrNoMember) {
			t.Errorf("unbinding nobody: %v", err)
		}
	})
}

// Ten wrong codes within an hour, and even the right one does not help; an hour
// later it does. Another sender is not hindered.
func TestGuessing(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		must(t, l.NewCodes(ctx, map[string]string{"A01": "RIGHT", "A02": "OTHER"}, noon.Add(24*time.Hour), "staff", noon))
		for i := range 10 {
			if _, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@thief"}, fmt.Sprint(i), noon); !errors.Is(err, ledger.ErrNoCode) {
				t.Fatal(err)
			}
		}
		if _, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@thief"}, "RIGHT", noon); !errors.Is(err, ledger.ErrTooMany) {
			t.Errorf("the eleventh: %v", err)
		}
		if _, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@li"}, "OTHER", noon); err != nil {
			t.Errorf("another sender: %v", err)
		}
		if _, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@thief"}, "RIGHT", noon.Add(61*time.Minute)); err != nil {
			t.Errorf("an hour later: %v", err)
		}
	})
}

// An operator's remark says who somebody is only where a binding code has said
// it before.
func TestRecognize(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		recognize := func(sender, number string, want error) {
			t.Helper()
			if m, err := l.Recognize(ctx, ledger.Sender{Channel: "wechat", Name: sender}, number, noon); !errors.Is(err, want) || err == nil && m.Number != number {
				t.Errorf("%s as %s: %+v, %v", sender, number, m, err)
			}
		}
		recognize("@new", "A01", ledger.ErrNoMember) // never bound
		must(t, l.NewCodes(ctx, map[string]string{"A01": "CODE"}, noon.Add(time.Hour), "staff", noon))
		_, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@old"}, "CODE", noon)
		must(t, err)
		recognize("@new", "A01", nil)
		recognize("@new", "A02", ledger.ErrNoMember)
		recognize("@new", "张三", ledger.ErrNoMember)
		if m, err := l.Identify(ctx, ledger.Sender{Channel: "wechat", Name: "@new"}); err != nil || m.Number != "A01" {
			t.Errorf("then: %+v, %v", m, err)
		}
		_, err = l.ImportMembers(ctx, roster()[1:], "2026-12-20", "staff", noon)
		must(t, err)
		recognize("@newest", "A01", ledger.ErrNoMember) // has left
		if _, err := l.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}

// A code is good until its last moment and no longer; a new one voids the old.
func TestCodeLife(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		expires := noon.Add(time.Hour)
		give := func(number, code string) {
			t.Helper()
			must(t, l.NewCodes(ctx, map[string]string{number: code}, expires, "staff S01", noon))
		}
		bind := func(code string, at time.Time, want error) {
			t.Helper()
			if _, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@" + code}, code, at); !errors.Is(err, want) {
				t.Errorf("%s at %v: %v, want %v", code, at, err, want)
			}
		}
		give("A01", "FIRST")
		give("A02", "OTHER")
		give("A01", "SECOND")
		bind("FIRST", noon, ledger.ErrNoCode)
		bind("SECOND", expires, ledger.ErrNoCode)
		bind("SECOND", expires.Add(-time.Millisecond), nil)
		bind("OTHER", noon, nil)
		// Who is bound anew is who the last code says.
		give("A02", "AGAIN")
		if m, err := l.Bind(ctx, ledger.Sender{Channel: "wechat", Name: "@SECOND"}, "AGAIN", noon.Add(time.Minute)); err != nil || m.Number != "A02" {
			t.Errorf("%+v, %v", m, err)
		}
		if s, err := l.Senders(ctx, "wechat", "A02"); err != nil || !slices.Equal(s, []string{"@SECOND", "@OTHER"}) {
			t.Errorf("newest first: %q, %v", s, err)
		}
		if s, err := l.Senders(ctx, "wecom", "A02"); err != nil || len(s) != 0 {
			t.Errorf("on another channel: %q, %v", s, err)
		}
		for i, want := range []string{"bind wechat", "roster codes 1 codes", "bind wechat", "bind wechat", "roster codes 1 codes"} {
			if d := history(t, l)[i]; d.Action+" "+d.Detail != want {
				t.Errorf("deed %d is %+v, want %s", i, d, want)
			}
		}
		if d := history(t, l)[0]; d.Actor != "member A02" {
			t.Errorf("bound by %s", d.Actor)
		}
		must(t, l.Unbind(ctx, ledger.Sender{Channel: "wechat", Name: "@OTHER"}, noon))
		if d := history(t, l)[0]; d.Actor != "member A02" || d.Action != "unbind" {
			t.Errorf("unbound: %+v", d)
		}
	})
}

// A wrong code is held against its sender for an hour.
func TestAttemptsLife(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		must(t, l.NewCodes(ctx, map[string]string{"A01": "RIGHT"}, noon.Add(24*time.Hour), "staff", noon))
		thief := ledger.Sender{Channel: "wechat", Name: "@thief"}
		for i := range 10 {
			if _, err := l.Bind(ctx, thief, "WRONG", noon.Add(time.Duration(i)*time.Minute)); !errors.Is(err, ledger.ErrNoCode) {
				t.Fatal(err)
			}
		}
		if _, err := l.Bind(ctx, thief, "RIGHT", noon.Add(time.Hour)); !errors.Is(err, ledger.ErrTooMany) {
			t.Errorf("after an hour: %v", err)
		}
		if _, err := l.Bind(ctx, ledger.Sender{Channel: "wecom", Name: "@thief"}, "WRONG", noon); !errors.Is(err, ledger.ErrNoCode) {
			t.Errorf("the same name on another channel: %v", err)
		}
		if _, err := l.Bind(ctx, thief, "RIGHT", noon.Add(time.Hour+time.Millisecond)); err != nil {
			t.Errorf("after more than an hour: %v", err)
		}
	})
}

// What is kept about somebody is counted, each kind by itself.
func TestHoldings(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		sender := ledger.Sender{Channel: "wechat", Name: "@a"}
		for _, day := range []int{1, 2, 3, 4} {
			_, err := l.OpenRound(ctx, round(december(day)))
			must(t, err)
			_, err = l.Answer(ctx, ledger.Answer{Round: december(day), Member: "A01", At: noon})
			must(t, err)
		}
		for _, text := range []string{"1-2", "3-4", "5-6"} {
			must(t, l.Excuse(ctx, leave(t, "A01", text), noon))
		}
		for i := range 2 {
			must(t, l.Correct(ctx, ledger.Correction{Round: december(1), Member: "A01", Standing: ledger.Took, Reason: "x", At: noon.Add(time.Duration(i) * time.Second)}))
		}
		_, err := l.ImportActivities(ctx, []ledger.Activity{{Date: december(1), Kind: "读书", Title: "一", Members: []string{"A01", "A02"}}}, "staff", noon)
		must(t, err)
		for i, asker := range []string{"new", "old", "old", "somebody else"} {
			must(t, l.Ask(ctx, ledger.Asked{At: noon, Question: fmt.Sprint(i), Asker: asker}))
			must(t, l.Rate(ctx, ledger.Rating{At: noon, Question: fmt.Sprint(i), Asker: asker}))
		}
		for number, want := range map[string]ledger.Holdings{
			"A01": {Answers: 4, Excuses: 3, Corrections: 2, Activities: 1, Asked: 6}, "A02": {Activities: 1, Asked: 6}, "": {Asked: 6},
		} {
			if got, err := l.Holdings(ctx, sender, number, []string{"new", "old"}); err != nil || got != want {
				t.Errorf("%q: %+v, %v, want %+v", number, got, err, want)
			}
		}
		if got, err := l.Holdings(ctx, sender, "A02", nil); err != nil || got != (ledger.Holdings{Activities: 1}) {
			t.Errorf("without questions: %+v, %v", got, err)
		}
	})
}

func TestNewCode(t *testing.T) {
	t.Parallel()
	seen, letters := map[string]bool{}, map[rune]bool{}
	for range 1000 {
		code := ledger.NewCode()
		if len(code) != 8 || strings.ContainsAny(code, "0O1IL8B5S2ZUV") || seen[code] {
			t.Fatalf("code %s", code)
		}
		seen[code] = true
		for _, letter := range code {
			letters[letter] = true
		}
	}
	if len(letters) != 23 { // each is missing once in some 10^154
		t.Errorf("%d letters are used", len(letters))
	}
}
