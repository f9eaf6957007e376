package index

import (
	"slices"
	"testing"

	"lianwen/corpus"
)

func groupsOf(groups ...[]string) synonyms {
	s := synonyms{groups: map[string]*group{}}
	for _, g := range groups {
		s.add(g, false)
	}
	return s
}

func TestSynonymsIn(t *testing.T) {
	t.Parallel()
	s := groupsOf([]string{"领导", "当官的"}, []string{"主要领导", "一把手", "当家人"}, []string{"病假", "ＫＴＶ"})
	for text, want := range map[string][]string{
		"一把手生病了":      {"一把手"},
		"主要领导请假":      {"主要领导"}, // and none of the 领导
		"领导和主要领导":     {"领导", "主要领导"},
		"一把手就是当家人":    {"一把手"}, // the same group
		"去ktv要请病假吗":   {"ktv"}, // … once
		"把手":          nil,
		"":            nil,
		"an 一 letter": nil,
	} {
		var got []string
		for _, m := range s.in(text) {
			got = append(got, m.word)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// A word is of the first group that has it; what is left of a later group counts if
// it is still more than one word.
func TestSynonymsAdd(t *testing.T) {
	t.Parallel()
	s := groupsOf([]string{"出席", "到会"}, []string{"参加会议", "到会", "去开会"}, []string{"出席", "露面"})
	for word, want := range map[string][]string{
		"到会": {"出席", "到会"}, "去开会": {"参加会议", "去开会"}, "露面": nil,
	} {
		if got := s.groups[word]; (got != nil) != (want != nil) || got != nil && !slices.Equal(got.words, want) {
			t.Errorf("%s: %v, want %v", word, got, want)
		}
	}
}

// What a library says about a word comes before the vocabulary.
func TestVocabulary(t *testing.T) {
	t.Parallel()
	general := newSynonyms(&corpus.Corpus{})
	g := corpus.Vocabulary()[0].Words
	if got := general.groups[fold(g[1])]; got == nil || !got.general || !slices.Contains(got.words, fold(g[0])) {
		t.Fatalf("%s stands for %v", g[1], got)
	}
	own := newSynonyms(&corpus.Corpus{Synonyms: []corpus.Synonyms{{Words: []string{g[1], "另一个词"}}}})
	if got := own.groups[fold(g[1])]; got.general || !slices.Equal(got.words, []string{fold(g[1]), "另一个词"}) {
		t.Errorf("%s stands for %v, not for what the library says", g[1], got)
	}
}

// A word that was said is there where another of the same meaning is: what synonyms
// find is not refused.
func TestCoverageBySynonym(t *testing.T) {
	t.Parallel()
	x := library(t, map[string]string{
		"jia":  "甲办法\n第一条 配偶患病的，可以请护理假。\n第二条 仓库钥匙由保管员负责。",
		"yi":   "乙办法\n第一条 会议室由办公室统一安排。\n第二条 用车应当提前申请。",
		"bing": "丙办法\n第一条 印章由专人保管。\n第二条 档案按年度归档。",
	})
	a := x.units[unitOf(t, x, "jia#1")]
	q := askedFor(t, x, "老婆患病")
	said, meant, pairs := coverage(a, q)
	q.meant = nil
	same, without, fewer := coverage(a, q)
	if said != same || meant <= said || without != said || pairs <= fewer {
		t.Errorf("with synonyms %.2f, %.2f (%d pairs), without %.2f, %.2f (%d)", said, meant, pairs, same, without, fewer)
	}
	_, other, _ := coverage(x.units[unitOf(t, x, "jia#2")], askedFor(t, x, "老婆患病"))
	if other != 0 {
		t.Errorf("an article of something else: %.2f", other)
	}
}
