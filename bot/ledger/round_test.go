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

func TestRound(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := imported(t, w)
		ctx := t.Context()
		if _, err := l.NewestRound(ctx, noon); !errors.Is(err, ledger.ErrNoRound) {
			t.Errorf("no round yet: %v", err)
		}
		want := round("2026-12-01")
		got, err := l.OpenRound(ctx, want)
		must(t, err)
		other := round("2026-12-01")
		other.Question.Text = "另一题"
		if got, err = l.OpenRound(ctx, other); err != nil || got.Question.Text != want.Question.Text {
			t.Errorf("the second question of the day: %+v, %v", got, err)
		}
		if got.Question.Cites[0].String() != "ti-an#5" || got.Question.Answer != 1 || len(got.Question.Options) != 3 || !got.Closes.Equal(want.Closes) {
			t.Errorf("got %+v", got)
		}
		first := ledger.Answer{Round: want.Day, Member: "A01", Choice: 1, Correct: true, At: noon.Add(time.Minute)}
		if _, err := l.Answer(ctx, first); err != nil {
			t.Fatal(err)
		}
		second := first
		second.Choice, second.Correct, second.At = 2, false, noon.Add(time.Hour)
		if kept, err := l.Answer(ctx, second); !errors.Is(err, ledger.ErrAnswered) || kept.Choice != 1 || !kept.At.Equal(first.At) {
			t.Errorf("the second answer: %+v, %v", kept, err)
		}
		late := ledger.Answer{Round: want.Day, Member: "A02", At: want.Closes}
		if _, err := l.Answer(ctx, late); !errors.Is(err, ledger.ErrClosed) {
			t.Errorf("after the end: %v", err)
		}
		must(t, l.Excuse(ctx, ledger.Leave{Member: "A02", From: "2026-11-28", To: "2026-12-02", Reason: "出差", Actor: "staff"}, noon))
		answers, err := l.Answers(ctx, "2026-12-01", "2026-12-31")
		must(t, err)
		excuses, err := l.Excuses(ctx, "2026-12-01", "2026-12-31")
		must(t, err)
		rounds, err := l.Rounds(ctx, "2026-12-01", "2026-12-31")
		must(t, err)
		if len(answers) != 1 || !answers[0].Correct || len(excuses) != 1 || excuses[0].Reason != "出差" || len(rounds) != 1 {
			t.Errorf("%+v, %+v, %+v", answers, excuses, rounds)
		}
		if none, err := l.Excuses(ctx, "2026-12-03", "2026-12-31"); err != nil || len(none) != 0 {
			t.Errorf("excuses later: %+v, %v", none, err)
		}
	})
}

// A round takes answers from the moment it opens until it closes; the newest that
// is open is the one that a letter answers.
func TestRoundHours(t *testing.T) {
	ledgertest.Both(t, func(t *testing.T, w ledgertest.Where) {
		l := w.Open(t)
		ctx := t.Context()
		var list []ledger.Member
		for i := range 8 {
			list = append(list, ledger.Member{Number: fmt.Sprint("A0", i), Name: "委员"})
		}
		_, err := l.ImportMembers(ctx, list, "2026-12-01", "staff", noon)
		must(t, err)
		first, second := round("2026-12-01"), round("2026-12-03")
		second.Opened, second.Closes = noon.AddDate(0, 0, 2), noon.AddDate(0, 0, 9)
		for _, r := range []ledger.Round{second, first} {
			_, err := l.OpenRound(ctx, r)
			must(t, err)
		}
		for i, tt := range []struct {
			at     time.Time
			newest corpus.Date // "": none is open
			first  error       // of an answer to the first round
		}{
			{first.Opened.Add(-time.Millisecond), "", ledger.ErrClosed},
			{first.Opened, "2026-12-01", nil},
			{second.Opened.Add(-time.Millisecond), "2026-12-01", nil},
			{second.Opened, "2026-12-03", nil},
			{first.Closes.Add(-time.Millisecond), "2026-12-03", nil},
			{first.Closes, "2026-12-03", ledger.ErrClosed},
			{second.Closes.Add(-time.Millisecond), "2026-12-03", ledger.ErrClosed},
			{second.Closes, "", ledger.ErrClosed},
		} {
			r, err := l.NewestRound(ctx, tt.at)
			if r.Day != tt.newest || errors.Is(err, ledger.ErrNoRound) != (tt.newest == "") {
				t.Errorf("at %v: %s, %v", tt.at, r.Day, err)
			}
			if _, err := l.Answer(ctx, ledger.Answer{Round: "2026-12-01", Member: list[i].Number, At: tt.at}); !errors.Is(err, tt.first) {
				t.Errorf("at %v: an answer to the first: %v, want %v", tt.at, err, tt.first)
			}
		}
		if _, err := l.Round(ctx, "2026-12-02"); !errors.Is(err, ledger.ErrNoRound) {
			t.Errorf("a day without a round: %v", err)
		}
	})
}
