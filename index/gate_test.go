package index

import (
	"context"
	"errors"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
)

// The five articles of a library that revisions take something from.
var five = []string{
	"第一条 会徽为五角星。",
	"第二条 提案在三日内提交。",
	"第三条 公车不得私用。",
	"第四条 迟到的应当说明。",
	"第五条 食堂十二点开门。",
}

// revised is a library of five, with other articles in the place of some and
// more behind, in force or repealed; and another rule, which is in force.
func revised(t *testing.T, status string, instead map[int]string) *corpus.Corpus {
	t.Helper()
	articles := slices.Clone(five)
	for _, i := range slices.Sorted(maps.Keys(instead)) {
		if i > len(articles) {
			articles = append(articles, "")
		}
		articles[i-1] = instead[i]
	}
	c, err := corpus.Read(fstest.MapFS{
		"zc.md": {Data: []byte("+++\nid=\"zc\"\ntitle=\"试验章程\"\neffective=2026-02-01\nstatus=\"" + status + "\"\n+++\n" + strings.Join(articles, "\n") + "\n")},
		"另.txt": {Data: []byte("另一规则\n第一条 每年评比一次。\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// asks find their article first, but for the third: it finds it second.
var asks = []Judged{
	{Q: "会徽是什么", Want: []string{"zc#1"}},
	{Q: "公车私用", Want: []string{"zc#3"}},
	{Q: "提案在三日内提交，迟到", Want: []string{"zc#4"}},
	{Q: "食堂几点开门", Want: []string{"zc#5"}},
}

// One of four questions lost is a quarter of hit@3: more than a margin below
// that allows, and no more than a margin of that or above.
func TestGateMargin(t *testing.T) {
	t.Parallel()
	old := openIndex(t, revised(t, "in-force", nil))
	r, err := old.Evaluate(context.Background(), asks, nil, nil)
	if err != nil || r.Hit1 != 0.75 || r.Hit3 != 1 {
		t.Fatalf("hit@1 %v, hit@3 %v, %v", r.Hit1, r.Hit3, err)
	}
	worse := openIndex(t, revised(t, "in-force", map[int]string{5: "第五条 另有规定。"}))
	for _, tt := range []struct {
		name          string
		from, to      *Index
		margin        float64
		before, after float64 // of the refusal; both 0 for none
	}{
		{"worse, no margin", old, worse, 0, 1, 0.75},
		{"worse than the margin", old, worse, 0.24, 1, 0.75},
		{"worse by the margin", old, worse, 0.25, 0, 0},
		{"within the margin", old, worse, 0.26, 0, 0},
		{"as good", old, old, 0, 0, 0},
		{"better", worse, old, 0, 0, 0},
	} {
		err := Gate{Questions: asks, Margin: tt.margin}.check(context.Background(), tt.from, tt.to)
		var refused *WorseError
		switch {
		case tt.before == 0 && err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case tt.before > 0 && (!errors.As(err, &refused) || *refused != WorseError{tt.before, tt.after}):
			t.Errorf("%s: got %v, want %v to %v", tt.name, err, tt.before, tt.after)
		}
	}
	if said := (&WorseError{Before: 1, After: 0.75}).Error(); !strings.Contains(said, "from 1.000 to 0.750") {
		t.Errorf("said %q", said)
	}
}

// Only what both can answer is compared: an article that was taken out does not
// count as lost, and one that was put in does not make up for a loss.
func TestGateComparesWhatBothHave(t *testing.T) {
	t.Parallel()
	canteen := asks[3]
	gate := Gate{Questions: []Judged{canteen, {Q: "大门几点锁", Want: []string{"zc#6"}}}}
	refuses := func(name string, from, to *Index, want bool) {
		t.Helper()
		err := gate.check(context.Background(), from, to)
		var refused *WorseError
		switch {
		case !want && err != nil:
			t.Errorf("%s: %v", name, err)
		case want && (!errors.As(err, &refused) || *refused != WorseError{1, 0}):
			t.Errorf("%s: got %v, want from 1 to 0", name, err)
		}
	}
	old := openIndex(t, revised(t, "in-force", nil))
	refuses("one lost, one new", old, openIndex(t, revised(t, "in-force", map[int]string{5: "第五条 另有规定。", 6: "第六条 大门十点上锁。"})), true)
	refuses("one deleted", old, openIndex(t, revised(t, "in-force", map[int]string{5: "第五条 （删去）"})), false)
	refuses("one cut off", openIndex(t, revised(t, "in-force", map[int]string{6: "第六条 大门十点上锁。"})), old, false)
	refuses("the rule repealed", old, openIndex(t, revised(t, "repealed", nil)), false)
}

// A revision that makes search worse is refused, and the old index answers on;
// so it does when there is nothing to revise.
func TestRevise(t *testing.T) {
	t.Parallel()
	ctx, dir := context.Background(), filepath.Join(t.TempDir(), "index")
	c := revised(t, "in-force", nil)
	x, err := Open(ctx, dir, c, Options{})
	if err != nil {
		t.Fatal(err)
	}
	live := NewLive(x)
	defer live.Close()
	worse := revised(t, "in-force", map[int]string{5: "第五条 另有规定。"})
	for _, tt := range []struct {
		name     string
		c        *corpus.Corpus
		opts     Options
		gate     Gate
		replaced bool
		refused  bool
	}{
		{"worse", worse, Options{}, Gate{Questions: asks}, false, true},
		{"the same", c, Options{}, Gate{}, false, false},
		{"the same, built again", c, Options{Rebuild: true}, Gate{Questions: asks}, true, false},
		{"worse within the margin", worse, Options{}, Gate{Questions: asks, Margin: 0.3}, true, false},
		{"back again", c, Options{}, Gate{Questions: asks}, true, false},
		{"worse without a gate", worse, Options{}, Gate{}, true, false},
	} {
		before, release := live.Acquire()
		replaced, err := live.Revise(ctx, dir, tt.c, tt.opts, tt.gate)
		release()
		if replaced != tt.replaced || errors.As(err, new(*WorseError)) != tt.refused || !tt.refused && err != nil {
			t.Errorf("%s: replaced %v, %v", tt.name, replaced, err)
		}
		after, release := live.Acquire()
		release()
		if (before != after) != tt.replaced || tt.replaced && after.Corpus() != tt.c {
			t.Errorf("%s: another index answers: %v", tt.name, before != after)
		}
	}
}

// lasting is a context that ends after it has been asked some times.
type lasting struct {
	context.Context
	asked, most int
}

func (c *lasting) Err() error {
	if c.asked++; c.asked > c.most {
		return context.Canceled
	}
	return nil
}

// A gate that cannot ask the revised index does not take it for a bad one.
func TestGateCancelled(t *testing.T) {
	t.Parallel()
	x := openIndex(t, revised(t, "in-force", nil))
	once := &lasting{Context: context.Background(), most: math.MaxInt}
	if _, err := x.Evaluate(once, asks, nil, nil); err != nil {
		t.Fatal(err)
	}
	for _, most := range []int{0, once.asked} {
		err := Gate{Questions: asks}.check(&lasting{Context: context.Background(), most: most}, x, x)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("after %d looks: %v", most, err)
		}
	}
}
