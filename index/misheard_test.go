package index

import (
	"maps"
	"math"
	"slices"
	"testing"
)

func TestMisheard(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	t.Run("listed", func(t *testing.T) { listMisheard(t, x) })
	t.Run("added", func(t *testing.T) { addOnlyMisheard(t, x) })
}

// A pair that no article has is taken for those that sound like it, the most
// frequent first; a pair that means nothing by sound either stays alone.
func listMisheard(t *testing.T, x *Index) {
	p := lists(t, x)
	for pair, want := range map[string]string{"提岸": "提案", "题案": "提案", "公彻": "公车", "是间": "时间", "龘龘": "", "提龘": "", "囍案": ""} {
		ts, err := x.misheard(p, pair)
		if err != nil {
			t.Fatal(err)
		}
		if want == "" && len(ts) > 0 || want != "" && (len(ts) == 0 || ts[0].text != want) {
			t.Errorf("%s: got %v, want %q", pair, ts, want)
		}
		sum := 0.0
		for i, tm := range ts {
			sum += tm.share
			if !tm.synonym || i > 0 && tm.share > ts[i-1].share || find(t, p, fieldBody, tm.text).n+find(t, p, fieldAsked, tm.text).n == 0 {
				t.Errorf("%s: %+v", pair, tm)
			}
		}
		if len(ts) > maxMisheard || len(ts) > 0 && (sum < 0.9999 || sum > 1.0001) {
			t.Errorf("%s: %d terms that share %v, want 1", pair, len(ts), sum)
		}
	}
}

// What an article has was heard right; so was what is only part of the asking,
// came in as a synonym, or is no pair.
func addOnlyMisheard(t *testing.T, x *Index) {
	added := func(tm term) map[string]bool {
		all, err := x.addMisheard([]term{tm})
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]bool{}
		sum := 0.0
		for _, m := range all[1:] {
			sum += m.share
			if m.said != tm.text {
				t.Errorf("%s stands for %q, want %q", m.text, m.said, tm.text)
			}
			out[m.text] = true
		}
		if want := x.params.misheard * tm.share; len(out) > 0 && math.Abs(sum-want) > 1e-9 {
			t.Errorf("%+v: what it may mean counts for %v, want %v", tm, sum, want)
		}
		return out
	}
	if got := added(term{text: "提岸", share: 1}); !got["提案"] {
		t.Errorf("提岸: got %v, want 提案 among them", slices.Collect(maps.Keys(got)))
	}
	added(term{text: "提岸", share: 3}) // said three times
	for _, tm := range []term{
		{text: "提案", share: 1}, {text: "提岸", share: 1, scaffold: true}, {text: "提岸", share: 1, synonym: true},
		{text: "岸", share: 1}, {text: "tian", share: 1},
	} {
		if got := added(tm); len(got) > 0 {
			t.Errorf("%+v: got %v", tm, slices.Collect(maps.Keys(got)))
		}
	}
	finds(t, x, "提岸什么时候截止", "ti-an#5")
}
