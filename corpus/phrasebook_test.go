package corpus

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// The phrasebook is written as rules are; each matter says in one paragraph what it is
// about, and has lines enough to be found by.
func TestPhrasebook(t *testing.T) {
	t.Parallel()
	c := Bridge()
	asked, matters := map[string]string{}, 0
	for _, r := range c.Rules {
		if !strings.HasPrefix(r.ID, "pb-") {
			continue
		}
		if r.File != "matters/"+r.ID+".md" {
			t.Errorf("%s stands in %s", r.ID, r.File)
		}
		for _, a := range r.Articles {
			matters++
			if n := utf8.RuneCountInString(strings.TrimPrefix(a.Text, a.Label)); n < 60 || n > 180 || len(a.Paragraphs) != 1 || a.Heading == "" {
				t.Errorf("%s: %d characters in %d paragraphs, heading %q", a.Key(), n, len(a.Paragraphs), a.Heading)
			}
			if len(a.AskedAs) < 14 {
				t.Errorf("%s has %d lines", a.Key(), len(a.AskedAs))
			}
			for _, line := range a.AskedAs {
				if other := asked[line]; other != "" {
					t.Errorf("%s and %s have the same line %q", other, a.Key(), line)
				}
				asked[line] = a.Key()
			}
		}
	}
	if matters < 500 {
		t.Errorf("%d matters", matters)
	}
	if !slices.ContainsFunc(c.Rules, func(r *Rule) bool { return r.ID == "ti-an" }) {
		t.Error("the bridge lacks the sample's rules")
	}
}

// No word of the vocabulary is in two groups, and none is so short that other words
// have it in them.
func TestVocabulary(t *testing.T) {
	t.Parallel()
	groups := map[string]int{}
	for _, g := range Vocabulary() {
		for _, w := range g.Words {
			if line, twice := groups[w]; twice {
				t.Errorf("line %d: %s is in line %d already", g.Line, w, line)
			}
			if groups[w] = g.Line; utf8.RuneCountInString(w) < 2 {
				t.Errorf("line %d: %s is one character", g.Line, w)
			}
		}
	}
	if len(Vocabulary()) < 1500 {
		t.Errorf("%d groups", len(Vocabulary()))
	}
	if !slices.ContainsFunc(Bridge().Synonyms, func(s Synonyms) bool { return slices.Equal(s.Words, Vocabulary()[0].Words) }) {
		t.Error("the bridge does not know the vocabulary")
	}
}

// A word in two groups of a library counts in the first; the second is named.
func TestSynonymsTwice(t *testing.T) {
	t.Parallel()
	c, err := Read(fstest.MapFS{
		"a.md":            {Data: []byte("甲办法\n第一条 甲。\n第二条 乙。\n")},
		"synonyms/yi.txt": {Data: []byte("报销 核销\n\n结算 核销 算账\n")},
		"synonyms/er.txt": {Data: []byte("报销 报账\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range c.Warnings {
		if strings.HasPrefix(w.File, "synonyms/") {
			got = append(got, fmt.Sprintf("%s:%d: %s，%s", w.File, w.Line, w.What, w.Fix))
		}
	}
	want := []string{
		"synonyms/yi.txt:1: 「报销」synonyms/er.txt 第 1 行已经有了，这里的不算，请把两行并成一行，或删去一处",
		"synonyms/yi.txt:3: 「核销」第 1 行已经有了，这里的不算，请把两行并成一行，或删去一处",
	}
	if !slices.Equal(got, want) || len(c.Faults) > 0 {
		t.Errorf("%q\n%v", got, c.Faults)
	}
}
