package talk_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"lianwen/index"
)

// leastScreen is which share of the judged questions of a class must be answered
// on the first screen; mostWrong which share of all may be answered with an article
// that they do not want. What is reached is in testdata/screens.golden.
var (
	leastScreen = map[string]float64{
		"questions": 0.90, "questions colloquial": 0.85, "questions exact": 0.95, "questions number": 0.95, "questions keyword": 0.90,
		"heldout": 0.92, "heldout colloquial": 0.92, "heldout exact": 0.95,
		"talks turn-lean": 0.75, "talks turn-new": 0.87, "talks long": 0.80, "talks double": 0.70,
	}
	mostWrong = map[string]float64{"questions": 0.06, "heldout": 0.06, "talks": 0.10}
)

var update = flag.Bool("update", false, "rewrite the goldens in testdata")

func TestScreens(t *testing.T) {
	t.Parallel()
	x := sampleIndex(t)
	b := newBot(x)
	ask := func(ctx context.Context, said []string, depth int) (index.Result, string, error) {
		a, err := b.Screen(ctx, said, depth)
		return a.Result, a.Text, err
	}
	var table strings.Builder
	fmt.Fprintf(&table, "%-24s %4s %6s %6s\n", "", "n", "screen", "wrong")
	for _, name := range []string{"questions", "heldout", "talks"} {
		f, err := os.Open("../../index/testdata/" + name + ".jsonl")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		questions, err := index.ReadJudged(f, name, x.Corpus())
		if err != nil {
			t.Fatal(err)
		}
		r, err := x.Evaluate(context.Background(), questions, ask, nil)
		if err != nil {
			t.Fatal(err)
		}
		row := func(class string, s index.Score) {
			fmt.Fprintf(&table, "%-24s %4d %6.3f %6d\n", class, s.N, s.Screen, s.QuotedWrong)
			if least, ok := leastScreen[class]; ok && s.Screen < least {
				t.Errorf("%s: %.3f on the first screen, want %.2f", class, s.Screen, least)
			}
		}
		row(name, r.Score)
		for _, class := range slices.Sorted(maps.Keys(r.Classes)) {
			row(name+" "+class, r.Classes[class])
		}
		if wrong := float64(r.QuotedWrong) / float64(r.N); wrong > mostWrong[name] {
			t.Errorf("%s: %.3f answered with a wrong article", name, wrong)
		}
	}
	const golden = "testdata/screens.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(table.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || table.String() != string(want) {
		t.Errorf("%s has changed (%v); if for the better, run with -update:\n%s", golden, err, &table)
	}
}
