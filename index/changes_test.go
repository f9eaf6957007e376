package index

import (
	"slices"
	"testing"
)

// Each of these fares better than those before it.
func TestChanges(t *testing.T) {
	t.Parallel()
	want, nothing := []string{"a#1"}, []string(nil)
	orders := [][][]Verdict{
		{
			{{Outcome: "none", Place: 1}, {Outcome: "choices"}, {Outcome: "answered", Place: MaxHits + 1}},
			{{Outcome: "choices", Place: MaxHits}, {Outcome: "answered", Place: 4}},
			{{Outcome: "choices", Place: 3}, {Outcome: "answered", Place: 2}},
			{{Outcome: "choices", Place: 1}},
			{{Outcome: "answered", Place: 1}},
		},
		{{{Outcome: "answered"}}, {{Outcome: "choices"}}, {{Outcome: "none"}}},
	}
	for i, order := range orders {
		wanted := [][]string{want, nothing}[i]
		for low, worseOnes := range order {
			for high, betterOnes := range order {
				for _, a := range worseOnes {
					for _, b := range betterOnes {
						a.Q, b.Q, a.Want, b.Want = "问", "问", wanted, wanted
						better, worse := Changes(Report{Questions: []Verdict{a}}, Report{Questions: []Verdict{b}})
						if len(better) > 0 != (high > low) || len(worse) > 0 != (high < low) {
							t.Errorf("%+v → %+v: better %v, worse %v", a, b, better, worse)
						}
					}
				}
			}
		}
	}
	before := Report{Questions: []Verdict{{Q: "甲", Want: want, Outcome: "none"}, {Q: "乙", Want: want, Outcome: "none"}}}
	now := Report{Questions: []Verdict{{Q: "丙", Want: want, Outcome: "answered", Place: 1}, {Q: "乙", Want: []string{"b#1"}, Outcome: "answered", Place: 1}, {Q: "甲", Want: want, Outcome: "choices", Place: 2}}}
	better, worse := Changes(before, now)
	if len(better) != 1 || better[0].Now.Q != "甲" || better[0].Before.Outcome != "none" || len(worse) != 0 || !slices.Equal(better[0].Now.Want, want) {
		t.Errorf("better %+v, worse %+v", better, worse)
	}
}
