package index

import (
	"testing"

	"lianwen/corpus"
)

// An index beside another answers from its own library: with another line from stores of
// its own, with other synonyms from those of the first, which stay open.
func TestBeside(t *testing.T) {
	t.Parallel()
	x := library(t, map[string]string{"a": "甲\n第一条 委员应当签到。\n第二条 因故缺席的应当请假。\n> 问：开会去不了"})
	for name, tt := range map[string]struct {
		line   string
		words  []string
		shared bool
	}{
		"a line":   {line: "\n> 问：请人顶一顶行不行"},
		"synonyms": {words: []string{"签到", "按指纹"}, shared: true},
	} {
		c := *reread(t, "甲\n第一条 委员应当签到。\n第二条 因故缺席的应当请假。\n> 问：开会去不了"+tt.line)
		if tt.words != nil {
			c.Synonyms = []corpus.Synonyms{{Words: tt.words}}
		}
		y, err := x.Beside(t.Context(), &c, nil)
		if err != nil {
			t.Fatal(err)
		}
		if (y.stores == nil) != tt.shared {
			t.Errorf("%s: stores of its own: %v", name, y.stores != nil)
		}
		want, question := "a#2", "请人顶一顶行不行"
		if tt.shared {
			want, question = "a#1", "按指纹"
		}
		if got := search(t, y, question); len(got.Hits) == 0 || got.Hits[0].Article.Key() != want {
			t.Errorf("%s: %v %v", name, got.Outcome, keys(got.Hits))
		}
		if err := y.Close(); err != nil {
			t.Error(err)
		}
		if got := search(t, x, question); got.Outcome == Answered {
			t.Errorf("%s: the first has learnt it: %v", name, keys(got.Hits))
		}
		finds(t, x, "开会去不了", "a#2")
	}
	if _, err := x.Beside(t.Context(), &corpus.Corpus{}, nil); err == nil {
		t.Error("an index of nothing")
	}
}

func reread(t *testing.T, text string) *corpus.Corpus {
	t.Helper()
	return library(t, map[string]string{"a": text}).corpus
}
