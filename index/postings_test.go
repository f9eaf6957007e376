package index

import (
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
)

func lists(t *testing.T, x *Index) *postings {
	t.Helper()
	p, err := x.postings()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func find(t *testing.T, p *postings, field, term string) list {
	t.Helper()
	l, err := p.find(field, term)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Every posting list of the index, read below bleve, is what counting the
// terms of the texts gives; so is its part among any articles.
func TestPostings(t *testing.T) {
	t.Parallel()
	x := openSample(t)
	for _, field := range textFields {
		if n := comparePostings(t, x, field); n < 10_000 {
			t.Errorf("%s: only %d terms compared", field, n)
		}
		if l := find(t, lists(t, x), field, "龘龘"); l.n != 0 || len(l.parts) > 0 {
			t.Errorf("%s: a term that is nowhere is in %v", field, l)
		}
	}
}

// comparePostings compares the lists of a field and returns how many they are.
func comparePostings(t *testing.T, x *Index, field string) int {
	t.Helper()
	want := map[string][]uint32{} // by term in the index: the places where it is
	for u, a := range x.units {
		counts := map[string]int{}
		for _, term := range terms(fold(document(a)[field])) {
			counts[term]++
		}
		for term, n := range counts {
			for i, l := range layers {
				if i == 0 || n >= l.from && !isSingle(term) {
					want[layerTerm(term, i)] = append(want[layerTerm(term, i)], uint32(u))
				}
			}
		}
	}
	var thirds []candidate
	for u := len(x.units) - 1; u >= 0; u-- { // in an order of their own, as the best come
		if u%3 == 0 {
			thirds = append(thirds, candidate{unit: u})
		}
	}
	p := lists(t, x)
	third := p.some(thirds)
	for term, all := range want {
		l := find(t, p, field, term)
		got := slices.Sorted(slices.Values(p.units(l, nil)))
		if l.n != len(all) || !slices.Equal(got, all) {
			t.Fatalf("%s in %s: %d in %v, want %v", term, field, l.n, got, all)
		}
		among := slices.Sorted(slices.Values(p.unitsAmong(l, third, nil)))
		if in := slices.DeleteFunc(all, func(u uint32) bool { return u%3 != 0 }); !slices.Equal(among, in) {
			t.Fatalf("%s in every third %s: %v, want %v", term, field, among, in)
		}
	}
	return len(want)
}

// units and unitsAmong append: a scan reads list after list into one slice.
func TestUnitsAppend(t *testing.T) {
	t.Parallel()
	x := openIndex(t, small(t, "提交"))
	p := lists(t, x)
	l := find(t, p, fieldBody, "提交") // of the first two articles
	all := p.some([]candidate{{unit: 0}, {unit: 1}, {unit: 2}})
	for _, got := range [][]uint32{p.units(l, []uint32{7}), p.unitsAmong(l, all, []uint32{7})} {
		if len(got) != 3 || got[0] != 7 {
			t.Errorf("got %v, want 7 and two more", got)
		}
	}
}

// A segment may hold a list of one as the number itself; all but the first
// count their documents from a base.
func TestUnitsOfPieces(t *testing.T) {
	t.Parallel()
	p := &postings{x: &Index{place: []uint32{2, 0, 1}}}
	all := list{n: 3, parts: []piece{{only: 0}, {segment: 1, base: 1, only: 0}, {segment: 1, base: 1, bitmap: roaring.BitmapOf(1)}}}
	if got := p.units(all, nil); !slices.Equal(got, []uint32{2, 0, 1}) {
		t.Errorf("got %v", got)
	}
	for unit, in := range map[uint32]some{
		2: {roaring.BitmapOf(0), roaring.New()}, 0: {roaring.New(), roaring.BitmapOf(0)}, 1: {roaring.New(), roaring.BitmapOf(1)},
	} {
		if got := p.unitsAmong(all, in, nil); !slices.Equal(got, []uint32{unit}) {
			t.Errorf("got %v, want %d", got, unit)
		}
	}
}
