package talk_test

import (
	"testing"
	"testing/fstest"

	"lianwen/bot/talk"
	"lianwen/corpus"
	"lianwen/index"
)

// A bot beside another answers from its own index, in the same words, and leaves no trace
// of it in the records.
func TestBeside(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	x, release := o.live.Acquire()
	defer release()
	c, err := corpus.Read(fstest.MapFS{"rules/a.md": {Data: []byte("+++\nid = \"a\"\ntitle = \"养猫办法\"\nstatus = \"in-force\"\neffective = 2026-02-01\n+++\n第一条 火星上可以养三只猫。\n")}})
	if err != nil {
		t.Fatal(err)
	}
	y, err := x.Beside(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	live := index.NewLive(y)
	t.Cleanup(live.Close)
	asked := func(b *talk.Bot) talk.Answer {
		t.Helper()
		a, err := b.Screen(t.Context(), []string{"火星上有几只猫"}, 0)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	b := talk.New(o.live, o.config)
	for i, want := range []index.Outcome{index.Choices, index.None} {
		if got := asked(b.Beside([]*index.Live{live, o.live}[i])); got.Outcome != want {
			t.Errorf("%v, want %v: %s", got.Outcome, want, got.Text)
		}
	}
	count := func() int {
		list, err := o.ledger.Asked(t.Context(), o.now.AddDate(-1, 0, 0), o.now.AddDate(1, 0, 0))
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if n := count(); n != 0 {
		t.Errorf("%d on record", n)
	}
	if o.says("wx-a", false, "火星上有几只猫"); count() != 1 {
		t.Error("what is asked of the bot itself is not on record: the test sees nothing")
	}
}
